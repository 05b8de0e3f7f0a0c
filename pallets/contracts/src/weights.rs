//! Weights of the pallet's calls and of what contracts do.
//!
//! NOT BENCHMARKED. Every figure here is an estimate, made from the database weights of the runtime and
//! from timings of single parts; none was measured by a benchmark run. They err on the high side, but for
//! `load_code`, whose estimate is of reading and parsing alone. `make weights` puts a generated file in this
//! one's place, with the same trait and types.
//!
//! A batch is `BATCH` (`meter/cost.rs`) times the same in one call.

use core::marker::PhantomData;
use frame_support::{
	traits::Get,
	weights::{constants::RocksDbWeight, RuntimeDbWeight},
};
use sp_runtime::Weight;

/// Declares the weight functions, and an estimate of each: what it takes at least, and for each unit of
/// an argument. Four numbers stand for picoseconds, reads, writes and bytes of proof.
macro_rules! estimates {
	($(
		$( #[$doc:meta] )*
		$name:ident ( $( $arg:ident : $slope:expr ),* ) = $base:expr;
	)*) => {
		/// The weight functions of the pallet: one for each benchmark.
		pub trait WeightInfo {
			$(
				$( #[$doc] )*
				fn $name($( $arg: u32 ),*) -> Weight;
			)*
		}

		impl<T: frame_system::Config> WeightInfo for SubstrateWeight<T> {
			$(
				fn $name($( $arg: u32 ),*) -> Weight {
					let weigh = weigh::<T::DbWeight>;
					weigh($base)$( .saturating_add(weigh($slope).saturating_mul($arg.into())) )*
				}
			)*
		}

		impl WeightInfo for () {
			$(
				fn $name($( $arg: u32 ),*) -> Weight {
					let weigh = weigh::<RocksDbWeight>;
					weigh($base)$( .saturating_add(weigh($slope).saturating_mul($arg.into())) )*
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

estimates! {
	/// `upload_code` of `c` bytes, few of which are functions of their own.
	upload_code(c: [150_000, 0, 0, 1]) = [300_000_000, 4, 5, 14_000];
	/// `upload_code` of `f` functions of the shortest body.
	upload_functions(f: [1_000_000, 0, 0, 0]) = [300_000_000, 4, 5, 14_000];
	/// `remove_code`.
	remove_code() = [60_000_000, 3, 6, 10_500];
	/// `set_code`.
	set_code() = [40_000_000, 6, 4, 21_000];
	/// `call` of an empty contract.
	call() = [180_000_000, 6, 1, 21_000];
	/// `invoke` of an empty contract with `i` bytes of arguments.
	invoke(i: [2_000, 0, 0, 0]) = [180_000_000, 6, 1, 21_000];
	/// `instantiate_with_code` of `c` bytes with `i` bytes of input and `s` of salt.
	instantiate_with_code(c: [150_000, 0, 0, 1], i: [2_000, 0, 0, 0], s: [2_000, 0, 0, 0]) = [650_000_000, 16, 17, 56_000];
	/// `instantiate` of an empty contract with `i` bytes of input and `s` of salt.
	instantiate(i: [2_000, 0, 0, 0], s: [2_000, 0, 0, 0]) = [350_000_000, 12, 9, 42_000];
	/// `deploy` of an empty contract that is on chain, with `i` bytes of arguments and `s` of salt and chosen capabilities.
	deploy(i: [2_000, 0, 0, 0], s: [2_000, 0, 0, 0]) = [350_000_000, 12, 10, 42_000];
	/// Entering a frame with `n` bytes of code, all of which run for the first time.
	load_code(n: [4_000, 0, 0, 1]) = [120_000_000, 3, 0, 10_500];
	/// Entering a frame with `n` functions, all of which run.
	load_functions(n: [600_000, 0, 0, 8]) = [120_000_000, 3, 0, 10_500];
	/// Entering a frame with `n` functions, all of which run, in a batch behind a first time.
	load_functions_again(n: [3_200_000, 0, 0, 0]) = [2_400_000_000, 4, 0, 14_000];
	/// Entering a frame with `n` types of functions.
	load_types(n: [500_000, 0, 0, 13]) = [120_000_000, 3, 0, 10_500];
	/// Entering a frame with `n` imported functions.
	load_imports(n: [500_000, 0, 0, 17]) = [120_000_000, 3, 0, 10_500];
	/// Entering a frame with `n` globals.
	load_globals(n: [200_000, 0, 0, 8]) = [120_000_000, 3, 0, 10_500];
	/// Entering a frame with `n` exports.
	load_exports(n: [500_000, 0, 0, 131]) = [120_000_000, 3, 0, 10_500];
	/// Entering a frame with `n` bytes of data.
	load_data(n: [4_000, 0, 0, 1]) = [120_000_000, 3, 0, 10_500];
	/// Entering a frame with `n` data segments.
	load_data_segments(n: [500_000, 0, 0, 5]) = [120_000_000, 3, 0, 10_500];
	/// Entering a frame whose table has `n` elements.
	load_table(n: [20_000, 0, 0, 0]) = [120_000_000, 3, 0, 10_500];
	/// Entering a frame with `n` items of element segments.
	load_elements(n: [100_000, 0, 0, 2]) = [150_000_000, 3, 0, 10_500];
	/// Entering a frame with `n` element segments.
	load_element_segments(n: [500_000, 0, 0, 5]) = [120_000_000, 3, 0, 10_500];
	/// Entering a frame with `n` pages of memory.
	load_pages(n: [6_000_000, 0, 0, 0]) = [120_000_000, 3, 0, 10_500];
	/// Growing memory `n` times by a page.
	memory_grow(n: [30_000_000, 0, 0, 0]) = [120_000_000, 3, 0, 10_500];
	/// `n` rounds of a loop with 100 additions.
	instruction(n: [400_000, 0, 0, 0]) = [120_000_000, 3, 0, 10_500];
	/// Settling the storage deposits of `r` contracts.
	settle_deposit(r: [80_000_000, 3, 3, 10_500]) = [10_000_000, 1, 1, 3_500];
	/// Writing what is known of `r` contracts.
	write_back(r: [5_000_000, 0, 1, 0]) = [5_000_000, 0, 0, 0];
	/// Looking whether tries of ended contracts wait.
	deletion_base() = [5_000_000, 1, 1, 3_500];
	/// Removing a trie with `k` entries.
	deletion_per_key(k: [10_000_000, 1, 1, 3_500]) = [15_000_000, 2, 2, 7_000];
	/// Looking whether codes or the state have to be migrated, at a runtime upgrade.
	migrate_start() = [50_000_000, 6, 1, 421_000];
	/// Finding that no migration goes on.
	migrate_noop() = [2_000_000, 1, 0, 3_500];
	/// `migrate`, and a step of the migration, without the codes that it looks at.
	migrate() = [20_000_000, 3, 1, 10_500];
	/// Checking, preparing and storing a code of `c` bytes again, and finding the next.
	migrate_code(c: [154_000, 0, 0, 2]) = [300_000_000, 6, 4, 21_000];
	/// Finding a code of `c` bytes prepared already, and finding the next.
	migrate_kept_code(c: [4_000, 0, 0, 1]) = [20_000_000, 4, 0, 14_512];
	/// Taking a contract off the chain: its deposit and its info.
	sunset_contract() = [120_000_000, 6, 7, 21_000];
	/// Taking an entry of a contract, or the end of its entries, off the chain.
	sunset_entry() = [15_000_000, 2, 2, 7_000];
	/// Taking a code off the chain: its deposit and its info.
	sunset_code() = [80_000_000, 4, 4, 14_000];
	/// Looking at an account for what is still held, and releasing it.
	sunset_account() = [80_000_000, 3, 2, 10_500];
	/// Removing a key of the pallet.
	sunset_key() = [10_000_000, 1, 1, 3_500];
	/// `n` scalars of the frame.
	host_context(n: [150_000, 0, 0, 0]) = [200_000_000, 3, 1, 10_500];
	/// Copying nothing into a guest `n` times.
	host_copy(n: [150_000, 0, 0, 0]) = [200_000_000, 3, 1, 10_500];
	/// Copying `n` bytes into a guest, in a batch.
	host_copy_bytes(n: [16_000, 0, 0, 0]) = [300_000_000, 3, 1, 10_500];
	/// Reading `n` empty values.
	host_storage_read(n: [10_000_000, 1, 0, 3_500]) = [200_000_000, 3, 1, 10_500];
	/// Reading an empty value `n` times more.
	host_storage_read_again(n: [3_000_000, 0, 0, 0]) = [200_000_000, 4, 1, 14_000];
	/// Reading values of `n` bytes, in a batch.
	host_storage_read_bytes(n: [48_000, 0, 0, 16]) = [300_000_000, 3, 1, 10_500];
	/// Writing `n` empty values over others.
	host_storage_write(n: [10_000_000, 1, 1, 3_500]) = [200_000_000, 3, 1, 10_500];
	/// Writing an empty value over another `n` times more.
	host_storage_write_again(n: [5_000_000, 0, 0, 0]) = [200_000_000, 4, 2, 14_000];
	/// Writing values of `n` bytes over empty ones, in a batch.
	host_storage_write_bytes(n: [48_000, 0, 0, 0]) = [300_000_000, 3, 1, 10_500];
	/// Removing `n` empty values.
	host_storage_remove(n: [10_000_000, 1, 1, 3_500]) = [200_000_000, 3, 1, 10_500];
	/// Removing values of `n` bytes, in a batch.
	host_storage_remove_bytes(n: [48_000, 0, 0, 16]) = [300_000_000, 3, 1, 10_500];
	/// Reading `n` empty transient values.
	host_transient_read(n: [3_000_000, 0, 0, 0]) = [200_000_000, 3, 1, 10_500];
	/// Writing transient values of `n` bytes and reading them, in a batch.
	host_transient_read_bytes(n: [32_000, 0, 0, 0]) = [300_000_000, 3, 1, 10_500];
	/// Writing `n` empty transient values over others.
	host_transient_write(n: [5_000_000, 0, 0, 0]) = [200_000_000, 3, 1, 10_500];
	/// Writing transient values of `n` bytes, in a batch.
	host_transient_write_bytes(n: [48_000, 0, 0, 0]) = [300_000_000, 3, 1, 10_500];
	/// Emitting `n` empty events.
	host_emit_event(n: [5_000_000, 0, 0, 0]) = [200_000_000, 3, 1, 10_500];
	/// Emitting events of `n` bytes, in a batch.
	host_emit_event_bytes(n: [80_000, 0, 0, 0]) = [300_000_000, 3, 1, 10_500];
	/// Emitting events with `n` topics each, in a batch.
	host_event_topics(n: [80_000_000, 16, 16, 56_000]) = [300_000_000, 3, 1, 10_500];
	/// Logging `n` empty lines.
	host_log(n: [1_000_000, 0, 0, 0]) = [200_000_000, 3, 1, 10_500];
	/// Logging lines of `n` bytes, in a batch.
	host_log_bytes(n: [32_000, 0, 0, 0]) = [300_000_000, 3, 1, 10_500];
	/// SHA2-256 over nothing, `n` times.
	host_hash_sha256(n: [2_000_000, 0, 0, 0]) = [200_000_000, 3, 1, 10_500];
	/// SHA2-256 over `n` bytes, in a batch.
	host_hash_sha256_bytes(n: [80_000, 0, 0, 0]) = [300_000_000, 3, 1, 10_500];
	/// Keccak-256 over nothing, `n` times.
	host_hash_keccak256(n: [2_000_000, 0, 0, 0]) = [200_000_000, 3, 1, 10_500];
	/// Keccak-256 over `n` bytes, in a batch.
	host_hash_keccak256_bytes(n: [128_000, 0, 0, 0]) = [300_000_000, 3, 1, 10_500];
	/// Blake2-256 over nothing, `n` times.
	host_hash_blake2_256(n: [2_000_000, 0, 0, 0]) = [200_000_000, 3, 1, 10_500];
	/// Blake2-256 over `n` bytes, in a batch.
	host_hash_blake2_256_bytes(n: [48_000, 0, 0, 0]) = [300_000_000, 3, 1, 10_500];
	/// Blake2-128 over nothing, `n` times.
	host_hash_blake2_128(n: [2_000_000, 0, 0, 0]) = [200_000_000, 3, 1, 10_500];
	/// Blake2-128 over `n` bytes, in a batch.
	host_hash_blake2_128_bytes(n: [48_000, 0, 0, 0]) = [300_000_000, 3, 1, 10_500];
	/// Checking `n` ed25519 signatures of an empty message.
	host_verify_ed25519(n: [60_000_000, 0, 0, 0]) = [200_000_000, 3, 1, 10_500];
	/// Checking ed25519 signatures of `n` bytes, in a batch.
	host_verify_ed25519_bytes(n: [80_000, 0, 0, 0]) = [300_000_000, 3, 1, 10_500];
	/// Checking `n` sr25519 signatures of an empty message.
	host_verify_sr25519(n: [80_000_000, 0, 0, 0]) = [200_000_000, 3, 1, 10_500];
	/// Checking sr25519 signatures of `n` bytes, in a batch.
	host_verify_sr25519_bytes(n: [128_000, 0, 0, 0]) = [300_000_000, 3, 1, 10_500];
	/// Recovering `n` ECDSA keys.
	host_ecdsa_recover(n: [80_000_000, 0, 0, 0]) = [200_000_000, 3, 1, 10_500];
	/// Making `n` Ethereum addresses of ECDSA keys.
	host_ecdsa_to_eth_address(n: [25_000_000, 0, 0, 0]) = [200_000_000, 3, 1, 10_500];
	/// Reading `n` accounts.
	host_balance(n: [5_000_000, 1, 0, 3_500]) = [200_000_000, 3, 1, 10_500];
	/// Moving money to `n` new accounts.
	host_transfer(n: [30_000_000, 2, 2, 7_000]) = [200_000_000, 3, 1, 10_500];
	/// Calling `n` empty contracts, each of a code of its own.
	host_call(n: [140_000_000, 4, 0, 14_000]) = [200_000_000, 3, 1, 10_500];
	/// Calling an empty contract `n` times more.
	host_call_again(n: [80_000_000, 0, 0, 0]) = [300_000_000, 7, 1, 24_500];
	/// Calling a contract with `n` bytes of input, in a batch.
	host_call_bytes(n: [32_000, 0, 0, 0]) = [300_000_000, 3, 1, 10_500];
	/// Running `n` empty codes as the contract.
	host_delegate_call(n: [110_000_000, 2, 0, 7_000]) = [200_000_000, 3, 1, 10_500];
	/// Running an empty code as the contract `n` times more.
	host_delegate_call_again(n: [80_000_000, 0, 0, 0]) = [300_000_000, 5, 1, 17_500];
	/// Running a code as the contract with `n` bytes of input, in a batch.
	host_delegate_call_bytes(n: [32_000, 0, 0, 0]) = [300_000_000, 3, 1, 10_500];
	/// Making `n` empty contracts, each of a code of its own.
	host_instantiate(n: [350_000_000, 12, 9, 42_000]) = [200_000_000, 3, 1, 10_500];
	/// Making contracts with `n` bytes of input, in a batch.
	host_instantiate_bytes(n: [64_000, 0, 0, 0]) = [300_000_000, 3, 1, 10_500];
	/// Ending a contract, or not.
	host_terminate(n: [200_000_000, 8, 10, 28_000]) = [200_000_000, 3, 1, 10_500];
	/// Ending a contract that has locked `n` codes.
	host_terminate_locked(n: [10_000_000, 1, 1, 3_500]) = [400_000_000, 8, 10, 28_000];
	/// Giving the contract `n` other codes.
	host_set_code_hash(n: [40_000_000, 4, 3, 14_000]) = [200_000_000, 3, 1, 10_500];
	/// Locking `n` codes.
	host_lock_dependency(n: [110_000_000, 5, 5, 17_500]) = [200_000_000, 3, 1, 10_500];
	/// Reading `n` small records of the chain.
	host_lookup(n: [5_000_000, 1, 0, 3_500]) = [200_000_000, 3, 1, 10_500];
	/// Handing `n` short calls to the runtime.
	host_call_runtime(n: [10_000_000, 0, 0, 0]) = [200_000_000, 3, 1, 10_500];
	/// Handing calls of `n` bytes to the runtime, in a batch.
	host_call_runtime_bytes(n: [160_000, 0, 0, 0]) = [300_000_000, 3, 1, 10_500];
	/// `n` random hashes for subjects of the longest.
	host_random(n: [20_000_000, 1, 0, 3_500]) = [200_000_000, 3, 1, 10_500];
	/// Ending the call with an empty message, or not.
	host_revert(n: [150_000, 0, 0, 0]) = [200_000_000, 3, 1, 10_500];
	/// Calling a contract that ends with a message of `n` bytes, in a batch.
	host_revert_bytes(n: [16_000, 0, 0, 0]) = [300_000_000, 3, 1, 10_500];
}
