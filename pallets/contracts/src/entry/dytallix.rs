//! `dytallix`: the function `contract_<method>` gets the joined arguments at offset 1,024 and returns
//! where its output is: a length and that many bytes behind it.

use super::{charge_copy, EntryPoint, NamedCall};
use crate::{
	exec::{Ext, Halt, Trap},
	limits,
	sandbox::{Instance, Value},
};
use alloc::{format, vec::Vec};
use caisson_contracts_abi::{GuestLen, GuestPtr};

/// Where input lies.
const INPUT: GuestPtr = GuestPtr(1_024);

/// Longest input, in bytes.
const INPUT_BYTES: u32 = 65_536;

/// Bytes of the length in front of the output.
const LENGTH_BYTES: GuestLen = GuestLen(4);

pub(super) fn run<E: Ext>(
	guest: &mut Instance<'_, E>,
	entry: EntryPoint,
	call: &NamedCall,
) -> Result<Vec<u8>, Halt> {
	let function = match entry {
		EntryPoint::Constructor => "contract_init".into(),
		EntryPoint::Call => format!("contract_{}", call.name()?),
	};
	if guest.function_type(&function).is_none() {
		return match entry {
			EntryPoint::Constructor => Ok(Vec::new()),
			EntryPoint::Call => Err(Trap::FunctionNotFound.into()),
		};
	}
	let input = call.args.concat();
	let len = crate::host::byte_len(&input);
	if len > INPUT_BYTES {
		return Err(Trap::LimitExceeded { what: "input", len, limit: INPUT_BYTES }.into());
	}
	charge_copy(guest, &input)?;
	guest.write(INPUT, &input)?;
	let args = [Value::I32(INPUT.0.cast_signed()), Value::I32(len.cast_signed())];
	match guest.call(&function, &args)? {
		Some(Value::I32(result)) if result > 0 => {
			let at = result.unsigned_abs();
			let length = guest.read(GuestPtr(at), LENGTH_BYTES, LENGTH_BYTES.0)?;
			let length = <[u8; 4]>::try_from(&length[..]).map_err(|_| Trap::BadOutput)?;
			let bytes = GuestPtr(at.checked_add(LENGTH_BYTES.0).ok_or(Trap::BadOutput)?);
			let output = guest.read(
				bytes,
				GuestLen(u32::from_le_bytes(length)),
				limits::DYTALLIX.output_bytes,
			)?;
			charge_copy(guest, &output)?;
			Ok(output)
		},
		_ => Ok(Vec::new()),
	}
}
