//! Host functions of a parachain's node, which count the runtime's allocations.

use sp_runtime_interface::{
	runtime_interface,
	sp_wasm_interface::{ExtendedHostFunctions, Pointer},
};
use std::cell::Cell;

thread_local! {
	/// Allocations on this thread so far.
	static ALLOCATIONS: Cell<u64> = const { Cell::new(0) };
}

/// The allocator's host function under its own name, so that it replaces that of `sp-io`.
#[runtime_interface(wasm_only)]
pub(crate) trait Allocator {
	/// Allocates, and counts.
	fn malloc(&mut self, size: u32) -> Pointer<u8> {
		ALLOCATIONS.with(|count| count.set(count.get() + 1));
		self.allocate_memory(size).expect("a runtime without memory ends the bench")
	}
}

/// What the runtime may import.
pub(crate) type HostFunctions = ExtendedHostFunctions<
	(
		sp_io::SubstrateHostFunctions,
		cumulus_primitives_proof_size_hostfunction::storage_proof_size::HostFunctions,
	),
	allocator::HostFunctions,
>;

/// Runs something, and tells how often the runtime allocated meanwhile.
pub(crate) fn allocations<R>(run: impl FnOnce() -> R) -> (R, u64) {
	let before = ALLOCATIONS.get();
	let result = run();
	(result, ALLOCATIONS.get() - before)
}

/// Runs something, and tells how many pages this thread was first to touch meanwhile: of the fresh instance's
/// memory, above all. Each is a fault that the kernel serves.
pub(crate) fn page_faults<R>(run: impl FnOnce() -> R) -> (R, u64) {
	let before = minor_faults();
	let result = run();
	(result, minor_faults().saturating_sub(before))
}

/// Minor faults of this thread so far; none where the kernel does not tell.
fn minor_faults() -> u64 {
	let stat = std::fs::read_to_string("/proc/thread-self/stat").unwrap_or_default();
	// Behind the name, which is in parentheses, state is the first field and this the eighth.
	let behind = stat.rsplit(") ").next().unwrap_or_default();
	behind.split(' ').nth(7).and_then(|field| field.parse().ok()).unwrap_or_default()
}
