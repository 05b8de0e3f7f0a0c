//! Entry conventions: how each ABI is handed its input, which function runs, and where its output is.
//!
//! The rule of this room: what the caller sent is `(function, arguments)`; how that looks in a guest's
//! memory, and what a guest's return value means, is said here and nowhere else.

mod aureon;
mod baals;
mod dytallix;

use crate::{
	exec::{Ext, Halt},
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
		core::str::from_utf8(&self.function).map_err(|_| crate::exec::Trap::FunctionNotFound.into())
	}
}

/// Runs the function of `call`, or the constructor, and returns the output.
///
/// # Errors
///
/// Why the guest did not return an output.
pub(crate) fn run<E: Ext>(
	guest: &mut Instance<'_, E>,
	abi: Abi,
	entry: EntryPoint,
	call: &NamedCall,
) -> Result<Vec<u8>, Halt> {
	match abi {
		Abi::Baals => baals::run(guest, entry, call),
		Abi::Aureon => aureon::run(guest, entry, call),
		Abi::Dytallix => dytallix::run(guest, entry, call),
		Abi::Seal => Err(crate::exec::Trap::FunctionNotFound.into()),
	}
}

/// Pays for copying `bytes` in or out of the guest.
fn charge_copy<E: Ext>(guest: &mut Instance<'_, E>, bytes: &[u8]) -> Result<(), Halt> {
	let ext = guest.ext();
	let weight = ext.weigh(HostCost::Copy, crate::host::byte_len(bytes));
	Ok(ext.meter().charge(weight)?)
}
