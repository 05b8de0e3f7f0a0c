//! Errors by blame: what a guest did, what its caller did. What we did wrong is `defensive!`.

use alloc::{string::String, vec::Vec};
use caisson_contracts_abi::Capability;
use core::fmt;
use sp_runtime::DispatchError;

/// Why a frame ended before its entry point returned.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Halt {
	/// The meter is empty.
	OutOfGas,
	/// The guest undid its call, with a message.
	Revert(Vec<u8>),
	/// The guest did what no guest may.
	Trap(Trap),
	/// The chain refused what was asked of it.
	Dispatch(DispatchError),
	/// Not a failure: a `seal` guest returned, with these flags and this output.
	Return {
		/// As the guest gave them.
		flags: u32,
		/// The output.
		data: Vec<u8>,
	},
	/// Not a failure: a `seal` guest ended its contract.
	Terminated,
}

/// A fault of the guest. Deterministic: the same code on the same state faults in the same way.
#[derive(Clone, PartialEq, Eq, Debug)]
#[non_exhaustive]
pub enum Trap {
	/// The instruction `unreachable`.
	Unreachable,
	/// A load, store or bulk operation outside of memory.
	MemoryOutOfBounds,
	/// A table index outside of the table.
	TableOutOfBounds,
	/// An indirect call of an empty table slot.
	IndirectCallToNull,
	/// An indirect call of a function of another type.
	IndirectCallType,
	/// Division by zero.
	DivisionByZero,
	/// A result that its type does not hold.
	IntegerOverflow,
	/// Too many open calls, or too high a value stack.
	StackOverflow,
	/// A pointer and a length that name bytes outside of memory.
	PointerOutOfBounds {
		/// Offset, in bytes.
		ptr: u32,
		/// Length, in bytes.
		len: u32,
	},
	/// A host function over a limit.
	LimitExceeded {
		/// What is limited.
		what: &'static str,
		/// What was asked for.
		len: u32,
		/// The limit.
		limit: u32,
	},
	/// A value or event of `seal` over its limit.
	ValueTooLarge {
		/// What was asked for, in bytes.
		len: u32,
		/// The limit.
		limit: u32,
	},
	/// A subject of `random` over its limit.
	SubjectTooLong {
		/// What was asked for, in bytes.
		len: u32,
		/// The limit.
		limit: u32,
	},
	/// A host function whose capability was withheld.
	CapabilityDenied(Capability),
	/// A change of state in a read-only frame.
	StateChangeDenied(&'static str),
	/// Bytes that the ABI wants to be UTF-8.
	NotUtf8,
	/// Bytes that name no account.
	NotAnAddress,
	/// A call of a function that the contract does not have.
	FunctionNotFound,
	/// Arguments that do not fit the function's type.
	ArgumentMismatch,
	/// A result that lies outside of memory or is longer than its limit.
	BadOutput,
	/// An output that is longer than the buffer for it.
	OutputBufferTooSmall {
		/// Length of the output, in bytes.
		len: u32,
		/// That of the buffer.
		limit: u32,
	},
	/// Flags of a call or of a return that have no meaning there.
	InvalidCallFlags,
	/// A use of the input after it was handed on to a callee.
	InputForwarded,
	/// An event with too many topics.
	TooManyTopics,
	/// Bytes that are no encoding of what is expected.
	DecodingFailed,
	/// Something else that the engine refuses, in its words.
	Engine(String),
}

impl fmt::Display for Trap {
	fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
		match self {
			Self::Unreachable => f.write_str("unreachable executed"),
			Self::MemoryOutOfBounds => f.write_str("memory access out of bounds"),
			Self::TableOutOfBounds => f.write_str("table access out of bounds"),
			Self::IndirectCallToNull => f.write_str("indirect call of an empty table slot"),
			Self::IndirectCallType => f.write_str("indirect call of a function of another type"),
			Self::DivisionByZero => f.write_str("integer division by zero"),
			Self::IntegerOverflow => f.write_str("integer overflow"),
			Self::StackOverflow => f.write_str("stack overflow"),
			Self::PointerOutOfBounds { ptr, len } => {
				write!(f, "{len} bytes at {ptr} are not in memory")
			},
			Self::LimitExceeded { what, len, limit } => {
				write!(f, "{what} of {len} is over the limit of {limit}")
			},
			Self::ValueTooLarge { len, limit } => {
				write!(f, "a value of {len} bytes is over the limit of {limit}")
			},
			Self::SubjectTooLong { len, limit } => {
				write!(f, "a subject of {len} bytes is over the limit of {limit}")
			},
			Self::CapabilityDenied(capability) => {
				write!(f, "the capability {capability:?} was withheld at deploy")
			},
			Self::StateChangeDenied(function) => {
				write!(f, "{function} changes state in a read-only call")
			},
			Self::NotUtf8 => f.write_str("the text is not UTF-8"),
			Self::NotAnAddress => f.write_str("the bytes are no address"),
			Self::FunctionNotFound => f.write_str("the contract has no such function"),
			Self::ArgumentMismatch => f.write_str("the arguments do not fit the function"),
			Self::BadOutput => f.write_str("the result is not in memory or over its limit"),
			Self::OutputBufferTooSmall { len, limit } => {
				write!(f, "an output of {len} bytes does not fit its buffer of {limit}")
			},
			Self::InvalidCallFlags => f.write_str("the flags have no meaning here"),
			Self::InputForwarded => f.write_str("the input was handed on to a callee"),
			Self::TooManyTopics => f.write_str("the event has too many topics"),
			Self::DecodingFailed => {
				f.write_str("the bytes are not the encoding of what is expected")
			},
			Self::Engine(text) => f.write_str(text),
		}
	}
}

impl From<crate::meter::OutOfGas> for Halt {
	fn from(_: crate::meter::OutOfGas) -> Self {
		Self::OutOfGas
	}
}

impl From<Trap> for Halt {
	fn from(trap: Trap) -> Self {
		Self::Trap(trap)
	}
}

impl From<DispatchError> for Halt {
	fn from(error: DispatchError) -> Self {
		Self::Dispatch(error)
	}
}

impl<T: crate::Config> From<crate::Error<T>> for Halt {
	fn from(error: crate::Error<T>) -> Self {
		Self::Dispatch(error.into())
	}
}
