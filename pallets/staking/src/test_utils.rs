//! What tests of other crates check and ask.

use crate::{invariants, rewards, BalanceOf, Config};
use sp_runtime::TryRuntimeError;

/// Checks every invariant of the pallet's state: the same as `try-runtime` does.
///
/// # Errors
///
/// The first that does not hold.
pub fn check_state<T: Config>() -> Result<(), TryRuntimeError> {
	invariants::do_try_state::<T>()
}

/// The account that fees are collected in.
pub fn pot<T: Config>() -> T::AccountId {
	rewards::pot::<T>()
}

/// What is in it for validators.
pub fn pot_balance<T: Config>() -> BalanceOf<T> {
	rewards::pot_balance::<T>()
}
