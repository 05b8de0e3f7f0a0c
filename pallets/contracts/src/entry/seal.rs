//! `seal`: the export `deploy` or `call` runs without arguments, behind a start function where there is
//! one; input and output go through host functions.

use super::{charge_copy, EntryPoint};
use crate::{
	code,
	exec::{Ext, Halt, Trap},
	sandbox::Instance,
};
use alloc::vec::Vec;

/// The output undoes the call.
const REVERT: u32 = 1;

pub(super) fn run<E: Ext>(
	guest: &mut Instance<'_, E>,
	entry: EntryPoint,
	data: Vec<u8>,
) -> Result<Vec<u8>, Halt> {
	charge_copy(guest, &data)?;
	guest.abi().input = Some(data);
	let function = match entry {
		EntryPoint::Constructor => "deploy",
		EntryPoint::Call => "call",
	};
	match call(guest, function) {
		// What the function itself returns means nothing.
		Ok(()) | Err(Halt::Terminated) => Ok(Vec::new()),
		Err(Halt::Return { flags: 0, data }) => Ok(data),
		Err(Halt::Return { flags: REVERT, data }) => Err(Halt::Revert(data)),
		Err(Halt::Return { .. }) => Err(Trap::InvalidCallFlags.into()),
		Err(halt) => Err(halt),
	}
}

/// Runs the start function, which may end the call as any other, then `function`.
fn call<E: Ext>(guest: &mut Instance<'_, E>, function: &str) -> Result<(), Halt> {
	if guest.exports_function(code::START) {
		guest.call(code::START, &[])?;
	}
	guest.call(function, &[])?;
	Ok(())
}
