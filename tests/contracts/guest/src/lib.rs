//! What a contract in Rust needs to speak one of Caisson's guest interfaces.
//!
//! The host functions are those that `caisson-contracts-abi` derives from its tables; here they become
//! safe functions, one module an ABI, and entry points are written as plain Rust functions inside
//! [`baals_entries!`], [`aureon_entries!`] or [`dytallix_entries!`]. A contract uses one module: the
//! chain refuses imports of two ABIs in one module.
//!
//! # Memory
//!
//! Input and output of `baals` lie at offset 0, the input of `dytallix` at offset 1,024. So the first
//! 112 KiB of memory are the host's, 16 KiB of stack follow, then static data, then the heap. The
//! workspace's `.cargo/config.toml` tells it to the linker, [`memory`] to this crate.
//!
//! # Failing
//!
//! A panic is a trap: it costs no code for messages, and undoes the call as every trap does. Where an
//! ABI has a way to stop with a message (`baals`), use it for what a caller can do wrong.

#![cfg(target_family = "wasm")]
#![no_std]

extern crate alloc;

pub mod aureon;
pub mod baals;
pub mod dytallix;
mod heap;
pub mod input;
pub mod memory;
pub mod output;

pub use alloc::vec::Vec;
pub use input::{Argument, Arguments, Input, Rest};
pub use output::Output;

/// An account: of a user, or of a contract.
pub type Account = [u8; 32];

/// Ends the call with a trap.
pub fn trap() -> ! {
	core::arch::wasm32::unreachable()
}

#[panic_handler]
fn panic(_: &core::panic::PanicInfo) -> ! {
	trap()
}

/// The bytes of all parts in a row: a storage key, an event's data, a call's payload.
pub fn concat(parts: &[&[u8]]) -> Vec<u8> {
	parts.concat()
}
