//! The sandbox: the only folder that may `use wasmi`.
//!
//! The rule of this room: whatever a guest does ends here as a value or as a
//! [`Halt`](crate::exec::Halt), in bounded time and memory, and the same on every machine.

mod cache;
mod costs;
pub(crate) mod engine;
mod instance;
mod linker;
pub(crate) mod memory;
mod trap;

#[cfg(test)]
mod tests;

#[cfg(any(test, feature = "runtime-benchmarks"))]
pub(crate) use cache::forget;
#[cfg(test)]
pub(crate) use cache::{cached_bytes, CACHED_BYTES};
pub(crate) use cache::{find, load_once, make_room, parse, Parsed};
pub(crate) use costs::LOCALS_OF_A_NOP;
pub(crate) use engine::check;
pub(crate) use instance::{Instance, Value};

use crate::host::AbiState;
use wasmi::StoreLimits;

/// What a store holds beside the guest: the door to the chain, and what the ABI remembers of a frame.
pub(crate) struct HostState<'a, E> {
	pub(crate) ext: &'a mut E,
	pub(crate) abi: AbiState,
	limits: StoreLimits,
	memory: Option<wasmi::Memory>,
	/// Why a host function ended the call: the engine carries only that it did.
	halt: Option<crate::exec::Halt>,
}
