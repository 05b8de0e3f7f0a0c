//! SHA-256 of 64 KiB, computed by the guest itself.

#![no_std]

use sha2::{Digest, Sha256};

#[link(wasm_import_module = "seal0")]
extern "C" {
	/// Ends the call with this output.
	fn seal_return(flags: u32, data: *const u8, len: u32) -> !;
}

/// Bytes that are hashed at a time.
const PART: usize = 1024;
/// How many parts there are.
const PARTS: usize = 64;

/// Does nothing.
#[no_mangle]
pub extern "C" fn deploy() {}

/// Hashes and returns the hash.
#[no_mangle]
pub extern "C" fn call() {
	let part: [u8; PART] = core::array::from_fn(|index| index as u8);
	let mut hasher = Sha256::new();
	for _ in 0..PARTS {
		hasher.update(part);
	}
	let hash = hasher.finalize();
	// SAFETY: the pointer is valid for the 32 bytes that the length says.
	unsafe { seal_return(0, hash.as_ptr(), 32) }
}

#[panic_handler]
fn panic(_: &core::panic::PanicInfo<'_>) -> ! {
	core::arch::wasm32::unreachable()
}
