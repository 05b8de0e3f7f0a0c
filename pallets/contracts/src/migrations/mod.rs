//! Moving in and out: a chain's codes looked at again, and the pallet taken off a chain.
//!
//! The rule of this room: a step takes no more than the weight that it is given, and what is half done
//! can be observed by nobody: while a migration goes on, no contract is called or made, and no code
//! comes or goes (`ensure_none`).
//!
//! - [`PrepareCodes`]: every code is checked again and prepared, because it comes from pallet-contracts,
//!   or because the engine behaves otherwise than the one that it was prepared for. It starts by itself at
//!   the runtime upgrade that makes it necessary and goes on in the blocks' idle time, by the dispatchable
//!   [`migrate`](crate::Call::migrate), or as a migration of `pallet-migrations`, whichever comes first.
//! - [`Sunset`]: everything that the pallet holds and stores is given back and removed, so that a later
//!   runtime can do without it.
//!
//! docs/migrating.md tells operators how.

pub(crate) mod prepare;
pub(crate) mod sunset;

pub use prepare::PrepareCodes;
pub use sunset::Sunset;

use crate::{limits, weights::WeightInfo, Config, Error, Migration, Pallet, STORAGE_VERSION};
use codec::{Decode, Encode, MaxEncodedLen};
use frame_support::{
	ensure,
	pallet_prelude::{ConstU32, ValueQuery},
	storage_alias,
	traits::{Get, GetStorageVersion},
	BoundedVec,
};
use scale_info::TypeInfo;
use sp_runtime::Weight;

/// A migration that goes on.
#[derive(Clone, PartialEq, Eq, Encode, Decode, MaxEncodedLen, Debug, TypeInfo)]
pub enum MigrationState<Hash> {
	/// Every code is looked at again, in the order of their hashes.
	Codes {
		/// The behaviour version that they are prepared for.
		behaviour: u16,
		/// The last one that was looked at.
		last: Option<Hash>,
	},
	/// None can start: pallet-contracts has not finished a migration of its own. Its runtime has to come
	/// back and do so.
	Unfinished,
	/// The pallet is taken off the chain.
	Sunset,
}

/// Where pallet-contracts keeps how far a migration of its own is.
#[storage_alias]
type MigrationInProgress<T: Config> =
	StorageValue<Pallet<T>, BoundedVec<u8, ConstU32<1024>>, ValueQuery>;

/// Whether the state is what pallet-contracts' last version leaves, all its migrations done.
fn is_settled<T: Config>() -> bool {
	Pallet::<T>::on_chain_storage_version() == STORAGE_VERSION
		&& !MigrationInProgress::<T>::exists()
}

/// What is wrong with a state that is not settled.
#[cfg(any(feature = "try-runtime", feature = "test-utils", test))]
const UNFINISHED: &str =
	"pallet-contracts has not finished a migration of its own: let its runtime do so first";

/// Refuses what contracts and codes do while a migration goes on.
///
/// # Errors
///
/// If one does.
pub(crate) fn ensure_none<T: Config>() -> Result<(), Error<T>> {
	ensure!(!Migration::<T>::exists(), Error::<T>::MigrationInProgress);
	Ok(())
}

/// Panics if a step does not fit a block: a defect of the release or of a chain's weights.
///
/// # Panics
///
/// If it does not.
pub(crate) fn integrity<T: Config>() {
	let largest = prepare::largest_step::<T>();
	let block = <T as frame_system::Config>::BlockWeights::get().max_block;
	assert!(
		largest.all_lte(block),
		"preparing a code of {} bytes takes {largest}, a block has {block}",
		limits::CODE_BYTES
	);
}

/// What [`Pallet::on_runtime_upgrade`](frame_support::traits::Hooks::on_runtime_upgrade) does: closes the
/// pallet until every code is prepared for the engine of this runtime, if they are not.
pub(crate) fn on_runtime_upgrade<T: Config>() -> Weight {
	let state = Migration::<T>::get();
	let is_sunset = state == Some(MigrationState::Sunset);
	if !is_sunset && !is_settled::<T>() {
		log::error!(
			target: "runtime::contracts",
			"pallet-contracts has not finished a migration of its own; contracts stay closed until its \
			 runtime comes back and does"
		);
		Migration::<T>::put(MigrationState::Unfinished);
	} else if !is_sunset && (state.is_some() || prepare::is_needed::<T>()) {
		prepare::begin::<T>();
	}
	T::WeightInfo::migrate_start()
}
