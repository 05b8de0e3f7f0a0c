//! Types of the chains that clients know: accounts, signatures, headers.

use crate::BlockNumber;
use sp_runtime::{
	generic,
	traits::{BlakeTwo256, IdentifyAccount, Verify},
	MultiAddress, MultiSignature,
};

/// Signature of a transaction: sr25519, ed25519 or ECDSA.
pub type Signature = MultiSignature;

/// An account, named by its public key or its contract's address.
pub type AccountId = <<Signature as Verify>::Signer as IdentifyAccount>::AccountId;

/// How a transaction names an account.
pub type Address = MultiAddress<AccountId, ()>;

/// A hash of anything on the chain.
pub type Hash = sp_core::H256;

/// Header of a block.
pub type Header = generic::Header<BlockNumber, BlakeTwo256>;

/// Types of a chain for a client that does not decode transactions.
///
/// The node works with these, so that an upgrade of the runtime does not change what it handles.
pub mod opaque {
	pub use super::Header;
	pub use sp_runtime::OpaqueExtrinsic as UncheckedExtrinsic;

	/// A block whose transactions are byte strings.
	pub type Block = sp_runtime::generic::Block<Header, UncheckedExtrinsic>;
}
