//! Weights of `pallet_xcm` on this runtime.
//!
//! NOT BENCHMARKED: estimates, for the pallet comes without measured ones. What each function takes is
//! the entries that its code reads and writes at worst, a rounded-up time for what lies between, and
//! for each entry that is read a proof of the usual depth of a chain's trie.

use core::marker::PhantomData;
use frame_support::weights::Weight;
use sp_core::Get;

/// What a function takes beside its entries: a tenth of a millisecond.
const COMPUTATION: Weight = Weight::from_parts(100_000_000, 0);

/// Bytes of proof for an entry.
const PROOF_PER_READ: u64 = 4 * 1024;

/// Weight functions of `pallet_xcm`.
pub struct WeightInfo<T>(PhantomData<T>);

impl<T: frame_system::Config> WeightInfo<T> {
	/// A function that reads and writes so many entries.
	fn estimate(reads: u64, writes: u64) -> Weight {
		COMPUTATION
			.saturating_add(Weight::from_parts(0, PROOF_PER_READ.saturating_mul(reads)))
			.saturating_add(T::DbWeight::get().reads_writes(reads, writes))
	}

	/// What a length adds, in picoseconds a byte.
	fn by_length(bytes: u32, ref_time_per_byte: u64) -> Weight {
		Weight::from_parts(ref_time_per_byte, 0).saturating_mul(bytes.into())
	}
}

impl<T: frame_system::Config> pallet_xcm::WeightInfo for WeightInfo<T> {
	fn send() -> Weight {
		// Version of the destination, queue of unknown versions, channel, its pages, its fee, payer and
		// receiver of the fee.
		Self::estimate(10, 6)
	}

	fn teleport_assets() -> Weight {
		Self::transfer_assets()
	}

	fn reserve_transfer_assets() -> Weight {
		Self::transfer_assets()
	}

	fn transfer_assets() -> Weight {
		// As `send`, and the accounts that assets leave and reach.
		Self::estimate(14, 9)
	}

	fn execute() -> Weight {
		Self::estimate(2, 1)
	}

	fn force_xcm_version() -> Weight {
		Self::estimate(0, 1)
	}

	fn force_default_xcm_version() -> Weight {
		Self::estimate(0, 1)
	}

	fn force_subscribe_version_notify() -> Weight {
		Self::estimate(12, 8)
	}

	fn force_unsubscribe_version_notify() -> Weight {
		Self::estimate(12, 8)
	}

	fn force_suspension() -> Weight {
		Self::estimate(0, 1)
	}

	fn migrate_supported_version() -> Weight {
		Self::estimate(8, 2)
	}

	fn migrate_version_notifiers() -> Weight {
		Self::estimate(8, 2)
	}

	fn already_notified_target() -> Weight {
		Self::estimate(10, 0)
	}

	fn notify_current_targets() -> Weight {
		Self::estimate(12, 6)
	}

	fn notify_target_migration_fail() -> Weight {
		Self::estimate(8, 1)
	}

	fn migrate_version_notify_targets() -> Weight {
		Self::estimate(8, 2)
	}

	fn migrate_and_notify_old_targets() -> Weight {
		Self::estimate(14, 7)
	}

	fn new_query() -> Weight {
		Self::estimate(2, 2)
	}

	fn take_response() -> Weight {
		Self::estimate(2, 1)
	}

	fn claim_assets(assets: u32) -> Weight {
		let asset = Self::estimate(2, 2);
		asset.saturating_add(asset.saturating_mul(assets.into()))
	}

	fn add_authorized_alias() -> Weight {
		Self::estimate(3, 3)
	}

	fn remove_authorized_alias() -> Weight {
		Self::estimate(3, 3)
	}

	fn weigh_message(bytes: u32) -> Weight {
		// A nested call is decoded and asked for its weight.
		COMPUTATION.saturating_add(Self::by_length(bytes, 200_000))
	}

	fn decode_xcm(bytes: u32) -> Weight {
		COMPUTATION.saturating_add(Self::by_length(bytes, 40_000))
	}
}
