//! Weights of the pallet's calls and of what contracts do.
//!
//! NOT BENCHMARKED. Every figure here is an estimate, made from the database weights of the runtime and
//! from timings of single parts; none was measured by a benchmark run. They err on the high side.

use crate::limits;
use core::marker::PhantomData;
use frame_support::{traits::Get, weights::RuntimeDbWeight};
use sp_runtime::Weight;

/// A nanosecond of computation, in weight's unit.
const NANOS: u64 = 1_000;
/// A microsecond of computation, in weight's unit.
const MICROS: u64 = 1_000_000;
/// Proof of one storage item beside its value: the trie nodes on the way to it, in bytes.
const PROOF_ITEM: u64 = 3_500;

/// The weight functions of the pallet.
pub trait WeightInfo {
	/// `upload_code` of `n` bytes.
	fn upload_code(n: u32) -> Weight;
	/// `remove_code`.
	fn remove_code() -> Weight;
	/// `set_code`.
	fn set_code() -> Weight;
	/// `call` and `invoke`, without what runs in frames.
	fn call() -> Weight;
	/// `instantiate` with `i` bytes of input and `s` of salt, without what runs in frames.
	fn instantiate(i: u32, s: u32) -> Weight;
	/// Entering a frame whose code takes `n` bytes to load, with `f` functions and `p` pages of memory.
	fn frame(n: u32, f: u32, p: u32) -> Weight;
	/// Settling the storage deposit of one contract.
	fn settle_deposit() -> Weight;
	/// Looking whether tries of ended contracts wait.
	fn deletion_base() -> Weight;
	/// Removing `k` entries of one such trie.
	fn deletion_per_key(k: u32) -> Weight;
	/// Looking whether codes or the state have to be migrated, at a runtime upgrade.
	fn migrate_start() -> Weight;
	/// Finding that no migration goes on.
	fn migrate_noop() -> Weight;
	/// `migrate`, and a step of the migration, without the codes that it looks at.
	fn migrate() -> Weight;
	/// Checking, preparing and storing a code of `n` bytes again, and finding the next.
	fn migrate_code(n: u32) -> Weight;
	/// Finding a code of `n` bytes prepared already, and finding the next.
	fn migrate_kept_code(n: u32) -> Weight;
	/// Taking a contract off the chain: its deposit and its info.
	fn sunset_contract() -> Weight;
	/// Taking an entry of a contract, or the end of its entries, off the chain.
	fn sunset_entry() -> Weight;
	/// Taking a code off the chain: its deposit and its info.
	fn sunset_code() -> Weight;
	/// Looking at an account for what is still held, and releasing it.
	fn sunset_account() -> Weight;
	/// Removing a key of the pallet.
	fn sunset_key() -> Weight;
	/// A scalar of the frame.
	fn host_context() -> Weight;
	/// Copying `n` bytes into or out of a guest.
	fn host_copy(n: u32) -> Weight;
	/// Reading a value of `n` bytes.
	fn host_storage_read(n: u32) -> Weight;
	/// Writing a value, `n` bytes old and new together.
	fn host_storage_write(n: u32) -> Weight;
	/// Removing a value of `n` bytes.
	fn host_storage_remove(n: u32) -> Weight;
	/// Reading a transient value of `n` bytes.
	fn host_transient_read(n: u32) -> Weight;
	/// Writing or removing a transient value, `n` bytes old and new together, and undoing it.
	fn host_transient_write(n: u32) -> Weight;
	/// Emitting an event of `n` bytes.
	fn host_emit_event(n: u32) -> Weight;
	/// Indexing an event by `n` topics.
	fn host_event_topics(n: u32) -> Weight;
	/// Logging `n` bytes.
	fn host_log(n: u32) -> Weight;
	/// SHA2-256 over `n` bytes.
	fn host_hash_sha256(n: u32) -> Weight;
	/// Keccak-256 over `n` bytes.
	fn host_hash_keccak256(n: u32) -> Weight;
	/// Blake2-256 over `n` bytes.
	fn host_hash_blake2_256(n: u32) -> Weight;
	/// Blake2-128 over `n` bytes.
	fn host_hash_blake2_128(n: u32) -> Weight;
	/// An ed25519 signature over `n` bytes.
	fn host_verify_ed25519(n: u32) -> Weight;
	/// An sr25519 signature over `n` bytes.
	fn host_verify_sr25519(n: u32) -> Weight;
	/// Recovering an ECDSA key.
	fn host_ecdsa_recover() -> Weight;
	/// An Ethereum address of an ECDSA key.
	fn host_ecdsa_to_eth_address() -> Weight;
	/// Reading an account.
	fn host_balance() -> Weight;
	/// Moving money between accounts.
	fn host_transfer() -> Weight;
	/// Entering another contract with `n` bytes of input, beside its frame.
	fn host_call(n: u32) -> Weight;
	/// Entering other code as the same contract with `n` bytes of input, beside its frame.
	fn host_delegate_call(n: u32) -> Weight;
	/// Making a contract with `n` bytes of input and salt, beside its frame.
	fn host_instantiate(n: u32) -> Weight;
	/// Ending a contract that has locked `n` code hashes.
	fn host_terminate(n: u32) -> Weight;
	/// Giving a contract other code.
	fn host_set_code_hash() -> Weight;
	/// Locking a code hash or giving it up.
	fn host_lock_dependency() -> Weight;
	/// Reading a small record of the chain.
	fn host_lookup() -> Weight;
	/// Decoding `n` bytes of a call or message for the runtime, beside the weight of that.
	fn host_call_runtime(n: u32) -> Weight;
	/// Crossing over to a chain extension.
	fn host_chain_extension() -> Weight;
	/// A random hash for a subject of `n` bytes.
	fn host_random(n: u32) -> Weight;
	/// Stopping with `n` bytes of message.
	fn host_revert(n: u32) -> Weight;
}

/// Estimated weights over the database weights `D` of a runtime.
pub struct EstimatedWeight<D>(PhantomData<D>);

impl<D: Get<RuntimeDbWeight>> WeightInfo for EstimatedWeight<D> {
	fn upload_code(n: u32) -> Weight {
		estimate::upload_code(D::get().reads_writes(4, 5), n)
	}
	fn remove_code() -> Weight {
		estimate::fixed(D::get().reads_writes(3, 6), 60 * MICROS, 3)
	}
	fn set_code() -> Weight {
		estimate::fixed(D::get().reads_writes(6, 4), 40 * MICROS, 6)
	}
	fn call() -> Weight {
		estimate::fixed(D::get().reads_writes(3, 1), 60 * MICROS, 3)
	}
	fn instantiate(i: u32, s: u32) -> Weight {
		let hashed = u64::from(i).saturating_add(u64::from(s)).saturating_mul(2 * NANOS);
		estimate::fixed(D::get().reads_writes(6, 6), 150 * MICROS, 6)
			.saturating_add(Weight::from_parts(hashed, 0))
	}
	fn frame(n: u32, f: u32, p: u32) -> Weight {
		estimate::frame(D::get().reads(3), n, f, p)
	}
	fn deletion_base() -> Weight {
		estimate::fixed(D::get().reads_writes(1, 1), 5 * MICROS, 1)
	}
	fn deletion_per_key(k: u32) -> Weight {
		let k = u64::from(k);
		estimate::fixed(D::get().reads_writes(1, 1), 10 * MICROS, 1).saturating_add(
			estimate::fixed(D::get().reads_writes(1, 1), 10 * MICROS, 1).saturating_mul(k),
		)
	}
	fn migrate_start() -> Weight {
		estimate::bytes_read(
			estimate::fixed(D::get().reads_writes(6, 1), 50 * MICROS, 6),
			limits::PREPARED_BYTES,
		)
	}
	fn migrate_noop() -> Weight {
		estimate::fixed(D::get().reads(1), 2 * MICROS, 1)
	}
	fn migrate() -> Weight {
		estimate::fixed(D::get().reads_writes(3, 1), 20 * MICROS, 3)
	}
	fn migrate_code(n: u32) -> Weight {
		// The old prepared code is read, too, and an upload does not look for the next.
		let base = estimate::upload_code(D::get().reads_writes(6, 4), n);
		estimate::bytes_read(base.saturating_add(estimate::fixed(Weight::zero(), 0, 2)), n)
	}
	fn migrate_kept_code(n: u32) -> Weight {
		estimate::bytes_read(estimate::fixed(D::get().reads(4), 20 * MICROS, 4), n)
	}
	fn sunset_contract() -> Weight {
		estimate::fixed(D::get().reads_writes(6, 7), 120 * MICROS, 6)
	}
	fn sunset_entry() -> Weight {
		estimate::fixed(D::get().reads_writes(2, 2), 15 * MICROS, 2)
	}
	fn sunset_code() -> Weight {
		estimate::fixed(D::get().reads_writes(4, 4), 80 * MICROS, 4)
	}
	fn sunset_account() -> Weight {
		estimate::fixed(D::get().reads_writes(3, 2), 80 * MICROS, 3)
	}
	fn sunset_key() -> Weight {
		estimate::fixed(D::get().reads_writes(1, 1), 10 * MICROS, 1)
	}
	fn settle_deposit() -> Weight {
		estimate::fixed(D::get().reads_writes(3, 3), 80 * MICROS, 3)
	}
	fn host_context() -> Weight {
		estimate::HOST
	}
	fn host_copy(n: u32) -> Weight {
		estimate::bytes(estimate::HOST, n, NANOS)
	}
	fn host_storage_read(n: u32) -> Weight {
		estimate::storage(D::get().reads(1), n)
	}
	fn host_storage_write(n: u32) -> Weight {
		estimate::storage(D::get().reads_writes(1, 1), n)
	}
	fn host_storage_remove(n: u32) -> Weight {
		estimate::storage(D::get().reads_writes(1, 1), n)
	}
	fn host_transient_read(n: u32) -> Weight {
		estimate::bytes(Weight::from_parts(3 * MICROS, 0), n, 2 * NANOS)
	}
	fn host_transient_write(n: u32) -> Weight {
		estimate::bytes(Weight::from_parts(5 * MICROS, 0), n, 3 * NANOS)
	}
	fn host_emit_event(n: u32) -> Weight {
		estimate::bytes(Weight::from_parts(5 * MICROS, 0), n, 5 * NANOS)
	}
	fn host_event_topics(n: u32) -> Weight {
		estimate::each(D::get().reads_writes(1, 1), 5 * MICROS, n)
	}
	fn host_log(n: u32) -> Weight {
		estimate::bytes(Weight::from_parts(MICROS, 0), n, 2 * NANOS)
	}
	fn host_hash_sha256(n: u32) -> Weight {
		estimate::bytes(Weight::from_parts(2 * MICROS, 0), n, 5 * NANOS)
	}
	fn host_hash_keccak256(n: u32) -> Weight {
		estimate::bytes(Weight::from_parts(2 * MICROS, 0), n, 8 * NANOS)
	}
	fn host_hash_blake2_256(n: u32) -> Weight {
		estimate::bytes(Weight::from_parts(2 * MICROS, 0), n, 3 * NANOS)
	}
	fn host_hash_blake2_128(n: u32) -> Weight {
		estimate::bytes(Weight::from_parts(2 * MICROS, 0), n, 3 * NANOS)
	}
	fn host_verify_ed25519(n: u32) -> Weight {
		estimate::bytes(Weight::from_parts(60 * MICROS, 0), n, 5 * NANOS)
	}
	fn host_verify_sr25519(n: u32) -> Weight {
		estimate::bytes(Weight::from_parts(80 * MICROS, 0), n, 8 * NANOS)
	}
	fn host_ecdsa_recover() -> Weight {
		estimate::fixed(Weight::zero(), 80 * MICROS, 0)
	}
	fn host_ecdsa_to_eth_address() -> Weight {
		estimate::fixed(Weight::zero(), 25 * MICROS, 0)
	}
	fn host_balance() -> Weight {
		estimate::fixed(D::get().reads(1), 5 * MICROS, 1)
	}
	fn host_transfer() -> Weight {
		estimate::fixed(D::get().reads_writes(2, 2), 30 * MICROS, 2)
	}
	fn host_call(n: u32) -> Weight {
		estimate::bytes(Weight::from_parts(20 * MICROS, 0), n, 2 * NANOS)
	}
	fn host_delegate_call(n: u32) -> Weight {
		let base = estimate::fixed(D::get().reads(1), 20 * MICROS, 1);
		estimate::bytes(base, n, 2 * NANOS)
	}
	fn host_instantiate(n: u32) -> Weight {
		// What the dispatchable does, too: the account's address hashes input and salt.
		Self::instantiate(n, 0)
	}
	fn host_terminate(n: u32) -> Weight {
		estimate::fixed(D::get().reads_writes(5, 7), 120 * MICROS, 5)
			.saturating_add(estimate::each(D::get().reads_writes(1, 1), 10 * MICROS, n))
	}
	fn host_set_code_hash() -> Weight {
		estimate::fixed(D::get().reads_writes(4, 3), 40 * MICROS, 4)
	}
	fn host_lock_dependency() -> Weight {
		estimate::fixed(D::get().reads_writes(2, 2), 30 * MICROS, 2)
	}
	fn host_lookup() -> Weight {
		estimate::fixed(D::get().reads(1), 5 * MICROS, 1)
	}
	fn host_call_runtime(n: u32) -> Weight {
		estimate::bytes(Weight::from_parts(10 * MICROS, 0), n, 10 * NANOS)
	}
	fn host_chain_extension() -> Weight {
		estimate::HOST
	}
	fn host_random(n: u32) -> Weight {
		let base = estimate::fixed(D::get().reads(1), 20 * MICROS, 1);
		estimate::bytes(base, n, 5 * NANOS)
	}
	fn host_revert(n: u32) -> Weight {
		estimate::bytes(estimate::HOST, n, NANOS)
	}
}

mod estimate {
	use super::{MICROS, NANOS, PROOF_ITEM};
	use sp_runtime::Weight;

	/// Crossing the boundary between guest and host once.
	pub(super) const HOST: Weight = Weight::from_parts(150 * NANOS, 0);

	/// Database work, computation, and the proof of so many items.
	pub(super) const fn fixed(db: Weight, ref_time: u64, items: u64) -> Weight {
		db.saturating_add(Weight::from_parts(ref_time, PROOF_ITEM.saturating_mul(items)))
	}

	/// A base and a price a byte.
	pub(super) fn bytes(base: Weight, n: u32, price: u64) -> Weight {
		base.saturating_add(Weight::from_parts(u64::from(n).saturating_mul(price), 0))
	}

	/// A base and a value of so many bytes, or of code that was prepared out of so many, read and decoded.
	pub(super) fn bytes_read(base: Weight, n: u32) -> Weight {
		let n = u64::from(n);
		// What is stored about a prepared code beside its bytes: imports and counts.
		let proof = n.saturating_add(512);
		base.saturating_add(Weight::from_parts(n.saturating_mul(4 * NANOS), proof))
	}

	/// The same database work, computation and item of the proof, so many times.
	pub(super) fn each(db: Weight, ref_time: u64, n: u32) -> Weight {
		fixed(db, ref_time, 1).saturating_mul(n.into())
	}

	/// A storage operation whose value is also part of the proof.
	pub(super) fn storage(db: Weight, n: u32) -> Weight {
		let n = u64::from(n);
		fixed(db, 10 * MICROS, 1).saturating_add(Weight::from_parts(n.saturating_mul(3 * NANOS), n))
	}

	/// Validating, preparing, compiling once and storing twice.
	pub(super) fn upload_code(db: Weight, n: u32) -> Weight {
		let n = u64::from(n);
		fixed(db, 300 * MICROS, 4)
			.saturating_add(Weight::from_parts(n.saturating_mul(150 * NANOS), n))
	}

	/// Reading, decoding and parsing code, zeroing memory.
	pub(super) fn frame(db: Weight, n: u32, functions: u32, pages: u32) -> Weight {
		let ref_time = u64::from(n)
			.saturating_mul(4 * NANOS)
			.saturating_add(u64::from(functions).saturating_mul(600 * NANOS))
			.saturating_add(u64::from(pages).saturating_mul(6 * MICROS));
		fixed(db, 120 * MICROS, 3).saturating_add(Weight::from_parts(ref_time, n.into()))
	}
}
