//! Entry conventions: how each ABI is handed its input, which function runs, and where its output is.
//!
//! The rule of this room: what the caller sent is `(function, arguments)`, or bytes that are the guest's
//! own business; how that looks to a guest, and what its return value means, is said here and nowhere
//! else.

mod aureon;
mod baals;
mod dytallix;
mod seal;
#[cfg(test)]
mod tests;

use crate::{
	exec::{Ext, Halt, Trap},
	sandbox::Instance,
};
use alloc::vec::Vec;
use caisson_contracts_abi::{Abi, HostCost};
use codec::DecodeLimit;

/// Why a frame is entered.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum EntryPoint {
	/// The contract is being made.
	Constructor,
	/// The contract is called.
	Call,
}

/// Input of the ABIs that call functions by name.
#[derive(Clone, PartialEq, Eq, Debug, Default, codec::Encode, codec::Decode)]
pub(crate) struct NamedCall {
	/// The function's name.
	pub(crate) function: Vec<u8>,
	/// Its arguments.
	pub(crate) args: Vec<Vec<u8>>,
}

impl NamedCall {
	/// Reads input data: empty data is a call without name and arguments, all else must be a whole
	/// encoding.
	///
	/// # Errors
	///
	/// If it is not, or holds more arguments than the limit.
	pub(crate) fn decode_input(mut data: &[u8]) -> Result<Self, codec::Error> {
		if data.is_empty() {
			return Ok(Self::default());
		}
		// Nesting is three deep; the limit only says that no more is meant.
		let call = Self::decode_with_depth_limit(4, &mut data)?;
		if !data.is_empty() {
			return Err("bytes behind the arguments".into());
		}
		if call.args.len() > crate::limits::ARGUMENTS as usize {
			return Err("too many arguments".into());
		}
		Ok(call)
	}

	/// The function's name as text; names of exports are UTF-8.
	fn name(&self) -> Result<&str, Halt> {
		core::str::from_utf8(&self.function).map_err(|_| Trap::FunctionNotFound.into())
	}
}

/// Bytes of a selector: the front of the input of a `seal` call, which names a function by convention of
/// the languages that emit it.
const SELECTOR_BYTES: usize = 4;

/// What a frame is called with.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) enum Input {
	/// A function and its arguments, for the ABIs that call by name.
	Named(NamedCall),
	/// Bytes that only the guest can read, for `seal`.
	Raw(Vec<u8>),
}

impl Input {
	/// What is called, for a person who watches: a name, or a selector.
	pub(crate) fn function(&self) -> &[u8] {
		match self {
			Self::Named(call) => &call.function,
			Self::Raw(data) => data.get(..SELECTOR_BYTES).unwrap_or(data),
		}
	}
}

/// Reads input data as `abi` wants it.
///
/// # Errors
///
/// As [`NamedCall::decode_input`]; `seal` takes any bytes.
pub(crate) fn decode(abi: Abi, data: Vec<u8>) -> Result<Input, codec::Error> {
	match abi {
		Abi::Seal => Ok(Input::Raw(data)),
		Abi::Baals | Abi::Aureon | Abi::Dytallix => {
			NamedCall::decode_input(&data).map(Input::Named)
		},
	}
}

/// Runs the function that `input` calls, or the constructor, and returns the output.
///
/// # Errors
///
/// Why the guest did not return an output.
pub(crate) fn run<E: Ext>(
	guest: &mut Instance<'_, E>,
	entry: EntryPoint,
	input: Input,
) -> Result<Vec<u8>, Halt> {
	match (guest.ext().abi(), input) {
		(Abi::Baals, Input::Named(call)) => baals::run(guest, entry, &call),
		(Abi::Aureon, Input::Named(call)) => aureon::run(guest, entry, &call),
		(Abi::Dytallix, Input::Named(call)) => dytallix::run(guest, entry, &call),
		(Abi::Seal, Input::Raw(data)) => seal::run(guest, entry, data),
		// `decode` made it for another ABI.
		(Abi::Seal, Input::Named(_)) | (_, Input::Raw(_)) => Err(Trap::ArgumentMismatch.into()),
	}
}

/// Pays for copying `bytes` in or out of the guest.
fn charge_copy<E: Ext>(guest: &mut Instance<'_, E>, bytes: &[u8]) -> Result<(), Halt> {
	let ext = guest.ext();
	let weight = ext.weigh(HostCost::Copy, crate::host::byte_len(bytes));
	Ok(ext.meter().charge(weight)?)
}
