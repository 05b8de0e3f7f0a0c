//! Parameters of the chain's frame.

use frame_support::traits::ConstU16;

/// SS58 prefix of the chain's addresses: the one of any Substrate chain, which tools assume where
/// nobody tells them another.
pub type Ss58Prefix = ConstU16<42>;
