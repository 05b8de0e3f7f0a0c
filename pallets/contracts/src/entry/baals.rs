//! `baals`: an exported function gets the arguments at offset 0, as `(0, length)`, and returns the
//! length of its output at offset 0.

use super::{charge_copy, EntryPoint, NamedCall};
use crate::{
	exec::{Ext, Halt, Trap},
	limits,
	sandbox::{Instance, Value},
};
use alloc::{format, vec::Vec};
use caisson_contracts_abi::{GuestLen, GuestPtr};

/// Where arguments and output lie.
const EXCHANGE: GuestPtr = GuestPtr(0);

/// Names of a constructor, the first that is exported.
const CONSTRUCTORS: [&str; 3] = ["instantiate", "init", "_start"];

/// The list of arguments: their number, then each with its length in front, as 64-bit little endian.
pub(super) fn encode_args(args: &[Vec<u8>]) -> Vec<u8> {
	fn count(len: usize) -> [u8; 8] {
		u64::try_from(len).unwrap_or(u64::MAX).to_le_bytes()
	}
	let mut blob = count(args.len()).to_vec();
	for arg in args {
		blob.extend(count(arg.len()));
		blob.extend(arg);
	}
	blob
}

pub(super) fn run<E: Ext>(
	guest: &mut Instance<'_, E>,
	entry: EntryPoint,
	call: &NamedCall,
) -> Result<Vec<u8>, Halt> {
	let pages = guest.pages();
	guest.abi().counted_pages = pages;
	let name = call.name()?;
	let prefixed = format!("_{name}");
	let candidates: &[&str] = match entry {
		EntryPoint::Constructor => &CONSTRUCTORS,
		EntryPoint::Call => &[name, &prefixed, "main"],
	};
	let Some(function) = candidates.iter().find(|name| guest.function_type(name).is_some()) else {
		return match entry {
			// A contract need not have a constructor.
			EntryPoint::Constructor => Ok(Vec::new()),
			EntryPoint::Call => Err(Trap::FunctionNotFound.into()),
		};
	};
	let blob = encode_args(&call.args);
	charge_copy(guest, &blob)?;
	guest.write(EXCHANGE, &blob)?;
	let len = i32::try_from(blob.len()).map_err(|_| Trap::ArgumentMismatch)?;
	guest.abi().input = Some(blob);
	match guest.call(function, &[Value::I32(0), Value::I32(len)])? {
		Some(Value::I32(length)) if length > 0 => {
			let output = guest.read(
				EXCHANGE,
				GuestLen(length.unsigned_abs()),
				limits::BAALS.output_bytes,
			)?;
			charge_copy(guest, &output)?;
			Ok(output)
		},
		_ => Ok(Vec::new()),
	}
}
