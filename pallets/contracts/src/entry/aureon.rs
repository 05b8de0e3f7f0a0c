//! `aureon`: a call names an export, and its arguments are given as the export's own signature asks.

use super::{charge_copy, EntryPoint, NamedCall};
use crate::{
	exec::{Ext, Halt, Trap},
	limits::PAGE_BYTES,
	sandbox::{Instance, Value},
};
use alloc::vec::Vec;
use caisson_contracts_abi::{types::WasmType, GuestPtr};

/// What an empty name means.
const DEFAULT_FUNCTION: &str = "run";

/// How one argument is handed over.
enum Passed {
	/// As a pointer and a length: a pair of `i32`.
	Bytes,
	/// As the `i32` of its 4 bytes.
	I32,
	/// As the `i64` of its 8 bytes.
	I64,
}

/// Splits a signature into what `count` arguments take: an `i64` each takes an `i64`; `i32`s are taken
/// in pairs as long as they last for the arguments that are left, singly otherwise.
fn split(params: &[Option<WasmType>], count: usize) -> Option<Vec<Passed>> {
	let mut passed = Vec::with_capacity(count);
	let mut rest = params;
	while let Some((first, tail)) = rest.split_first() {
		match first {
			Some(WasmType::I64) => {
				passed.push(Passed::I64);
				rest = tail;
			},
			Some(WasmType::I32) => match tail.split_first() {
				Some((Some(WasmType::I32), tail)) => {
					passed.push(Passed::Bytes);
					rest = tail;
				},
				_ => {
					passed.push(Passed::I32);
					rest = tail;
				},
			},
			None => return None,
		}
	}
	(passed.len() == count).then_some(passed)
}

/// Little endian bytes as a number's, padded with zeros: a short argument is a small number.
fn padded<const N: usize>(arg: &[u8]) -> Option<[u8; N]> {
	let mut bytes = [0u8; N];
	bytes.get_mut(..arg.len())?.copy_from_slice(arg);
	Some(bytes)
}

fn arguments<E: Ext>(
	guest: &mut Instance<'_, E>,
	params: &[Option<WasmType>],
	args: &[Vec<u8>],
) -> Result<Vec<Value>, Halt> {
	// Callers of another ABI always send one argument; an empty one is none for a function without
	// parameters.
	if params.is_empty() && args.iter().all(Vec::is_empty) {
		return Ok(Vec::new());
	}
	let passed = split(params, args.len()).ok_or(Trap::ArgumentMismatch)?;
	let bytes: Vec<u8> = passed
		.iter()
		.zip(args)
		.filter(|(passed, _)| matches!(passed, Passed::Bytes))
		.flat_map(|(_, arg)| arg.iter().copied())
		.collect();
	charge_copy(guest, &bytes)?;
	// The guest's own memory is left alone: bytes lie in pages added for them.
	let pages = crate::host::byte_len(&bytes).div_ceil(PAGE_BYTES);
	let mut at = if pages > 0 { guest.grow(pages)? } else { GuestPtr(0) };
	guest.write(at, &bytes)?;
	let mut values = Vec::with_capacity(params.len());
	for (passed, arg) in passed.iter().zip(args) {
		match passed {
			Passed::Bytes => {
				let len = crate::host::byte_len(arg);
				values.push(Value::I32(at.0.cast_signed()));
				values.push(Value::I32(len.cast_signed()));
				at = GuestPtr(at.0.saturating_add(len));
			},
			Passed::I32 => values
				.push(Value::I32(i32::from_le_bytes(padded(arg).ok_or(Trap::ArgumentMismatch)?))),
			Passed::I64 => values
				.push(Value::I64(i64::from_le_bytes(padded(arg).ok_or(Trap::ArgumentMismatch)?))),
		}
	}
	Ok(values)
}

pub(super) fn run<E: Ext>(
	guest: &mut Instance<'_, E>,
	entry: EntryPoint,
	call: &NamedCall,
) -> Result<Vec<u8>, Halt> {
	let function = match (entry, call.name()?) {
		(EntryPoint::Constructor, _) => "init",
		(EntryPoint::Call, "") => DEFAULT_FUNCTION,
		(EntryPoint::Call, name) => name,
	};
	let Some((params, _)) = guest.function_type(function) else {
		return match entry {
			EntryPoint::Constructor if call.args.is_empty() => Ok(Vec::new()),
			_ => Err(Trap::FunctionNotFound.into()),
		};
	};
	let values = arguments(guest, &params, &call.args)?;
	Ok(match guest.call(function, &values)? {
		Some(Value::I32(value)) => value.to_le_bytes().to_vec(),
		Some(Value::I64(value)) => value.to_le_bytes().to_vec(),
		None => Vec::new(),
	})
}
