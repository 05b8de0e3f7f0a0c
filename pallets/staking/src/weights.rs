//! Weights of the pallet's calls and of what sessions do.
//!
//! NOT BENCHMARKED. Every figure here is an estimate, made from the database weights of the runtime and
//! from the number of entries that are read and written; none was measured by a benchmark run. They err on
//! the high side: a list of candidates and a ledger are taken for full ones.

use core::marker::PhantomData;
use frame_support::{
	traits::Get,
	weights::{constants::RocksDbWeight, RuntimeDbWeight, Weight},
};

/// Declares the weight functions, and an estimate of each. Four numbers stand for picoseconds, reads,
/// writes and bytes of proof.
macro_rules! estimates {
	($(
		$( #[$doc:meta] )*
		$name:ident() = $base:expr;
	)*) => {
		/// The weight functions of the pallet: one for each benchmark.
		pub trait WeightInfo {
			$(
				$( #[$doc] )*
				fn $name() -> Weight;
			)*
		}

		impl<T: frame_system::Config> WeightInfo for SubstrateWeight<T> {
			$(
				fn $name() -> Weight {
					weigh::<T::DbWeight>($base)
				}
			)*
		}

		impl WeightInfo for () {
			$(
				fn $name() -> Weight {
					weigh::<RocksDbWeight>($base)
				}
			)*
		}
	};
}

/// Estimated weights over the database weights of the runtime `T`.
pub struct SubstrateWeight<T>(PhantomData<T>);

fn weigh<D: Get<RuntimeDbWeight>>([ref_time, reads, writes, proof]: [u64; 4]) -> Weight {
	D::get().reads_writes(reads, writes).saturating_add(Weight::from_parts(ref_time, proof))
}

// Read by a call of a staker: its session keys, its ledger, the candidates, what is held of it, and its
// account; and the session, where an amount begins or ends to wait. A list of 128 candidates is 6 KB.
estimates! {
	/// `stake` of a new candidate who displaces another.
	stake() = [120_000_000, 5, 4, 24_000];
	/// `unstake` of all, with as many amounts waiting as can.
	unstake() = [60_000_000, 3, 2, 16_000];
	/// `withdraw` of all, with as many amounts due as can be.
	withdraw() = [80_000_000, 4, 3, 14_000];
	/// `validate` of a candidate who displaces another.
	validate() = [60_000_000, 3, 1, 16_000];
	/// Punishing a validator: its ledger, what is held, the candidates, and the session's lists.
	punish() = [200_000_000, 10, 8, 45_000];
	/// Counting a block for its author.
	note_author() = [5_000_000, 1, 1, 3_500];
}
