//! Where a contract's memory belongs to the host.

#![allow(
	unsafe_code,
	reason = "input and output lie at offsets that the ABIs fix, outside everything Rust knows of"
)]

use core::{hint::black_box, slice};

/// The bytes at the start of memory that only input and output use.
///
/// Two ABIs place them at low offsets: `dytallix` up to 64 KiB behind offset 1,024, `baals` at 0. The
/// linker is told 16 KiB more as the size of the stack, which grows down to here.
pub const LOW_BYTES: u32 = 112 * 1024;

/// Copies `bytes` to the start of memory; false if they are more than [`LOW_BYTES`].
#[must_use]
pub fn put_at_zero(bytes: &[u8]) -> bool {
	let fits = u32::try_from(bytes.len()).is_ok_and(|len| len <= LOW_BYTES);
	if fits {
		// Offset 0 is a place like any other to Wasm, and null to Rust: the optimiser must not see that
		// it is meant.
		let start = black_box(0usize) as *mut u8;
		// SAFETY: the linker leaves the first `LOW_BYTES` of memory to the host, so nothing that Rust
		// knows of lies there.
		unsafe { core::ptr::copy_nonoverlapping(bytes.as_ptr(), start, bytes.len()) }
	}
	fits
}

/// The bytes that the host placed at `ptr` for this call.
///
/// An instance serves one call, and the host places arguments in low memory or in a page that it grew
/// for them; so they stay as they are to its end.
///
/// A null pointer is an empty slice: the one ABI with arguments at offset 0 hands them out by a host
/// function, too.
pub fn argument(ptr: u32, len: u32) -> &'static [u8] {
	if ptr == 0 || len == 0 {
		return &[];
	}
	// SAFETY: the caller is an entry point, so the host wrote `len` bytes at `ptr`, where neither the
	// linker nor the heap places anything.
	unsafe { slice::from_raw_parts(ptr as *const u8, len as usize) }
}
