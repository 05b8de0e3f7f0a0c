//! What the engine says, as ours. Nowhere else does an error of the engine get a meaning.

use crate::exec::{Halt, Trap};
use alloc::string::ToString;
use core::fmt;
use wasmi::{
	errors::{ErrorKind, HostError},
	TrapCode,
};

/// Carried through the engine when a host function ends the call; the reason waits in the host state.
#[derive(Debug)]
pub(super) struct Halted;

impl fmt::Display for Halted {
	fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
		f.write_str("halted by a host function")
	}
}

impl HostError for Halted {}

impl Halted {
	pub(super) fn error() -> wasmi::Error {
		wasmi::Error::host(Self)
	}
}

/// Reads an error of the engine; `halt` is what a host function left.
pub(super) fn halt(error: &wasmi::Error, halt: Option<Halt>) -> Halt {
	if error.downcast_ref::<Halted>().is_some() {
		if let Some(halt) = halt {
			return halt;
		}
	}
	if let Some(code) = error.as_trap_code() {
		return match code {
			TrapCode::OutOfFuel => Halt::OutOfGas,
			TrapCode::UnreachableCodeReached => Trap::Unreachable.into(),
			TrapCode::MemoryOutOfBounds => Trap::MemoryOutOfBounds.into(),
			TrapCode::TableOutOfBounds => Trap::TableOutOfBounds.into(),
			TrapCode::IndirectCallToNull => Trap::IndirectCallToNull.into(),
			TrapCode::BadSignature => Trap::IndirectCallType.into(),
			TrapCode::IntegerDivisionByZero => Trap::DivisionByZero.into(),
			TrapCode::IntegerOverflow => Trap::IntegerOverflow.into(),
			TrapCode::StackOverflow => Trap::StackOverflow.into(),
			TrapCode::BadConversionToInteger
			| TrapCode::GrowthOperationLimited
			| TrapCode::OutOfSystemMemory => Trap::Engine(error.to_string()).into(),
		};
	}
	match error.kind() {
		ErrorKind::Fuel(_) => Halt::OutOfGas,
		_ => Trap::Engine(error.to_string()).into(),
	}
}
