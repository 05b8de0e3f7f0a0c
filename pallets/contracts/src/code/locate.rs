//! Where a guest trapped: for dry runs, which run a trapping call again on a copy of its code that
//! notes every place where it could trap.
//!
//! The engine keeps no such record, and keeping one in the code that is executed on chain would cost
//! every call. The copy burns other fuel, so only the place is taken from the second run.

use super::raw;
use crate::types::PreparedCode;
use alloc::vec::Vec;
use wasm_encoder::{
	CodeSection, ConstExpr, Encode, ExportKind, GlobalType, Instruction, Module, RawSection,
	SectionId, ValType,
};
use wasmparser::{BinaryReaderError, FunctionBody, Operator, Parser, Payload};

/// The export by which the note is read. A guest that exports this name gets no place.
pub(crate) const NOTE: &str = "caisson:place";

/// A place in code: the function's index, imports counted first, and the instruction's distance from the
/// beginning of the function's body.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct Place {
	pub(crate) function: u32,
	pub(crate) within: u32,
}

impl Place {
	fn encode(self) -> i64 {
		(i64::from(self.function) << 32) | i64::from(self.within)
	}

	/// Reads a note; 0 is what it holds before the first.
	pub(crate) fn decode(note: i64) -> Option<Self> {
		let note = note.cast_unsigned();
		let half = |bits: u64| u32::try_from(bits & u64::from(u32::MAX)).ok();
		(note != 0).then_some(Self { function: half(note >> 32)?, within: half(note)? })
	}
}

/// A copy of the prepared module that notes places, or none if it cannot be made.
pub(crate) fn instrument(prepared: &PreparedCode) -> Option<Vec<u8>> {
	rewrite(&prepared.code, u32::try_from(prepared.plan.len()).ok()?).ok().flatten()
}

/// The offset of a place in the uploaded module, which imports so many functions.
///
/// A place is a number of a function and a distance within its body: preparing changes neither, however
/// long it makes the sections in front.
pub(crate) fn offset(uploaded: &[u8], imports: u32, place: Place) -> Option<u32> {
	let defined = usize::try_from(place.function.checked_sub(imports)?).ok()?;
	let body = Parser::new(0)
		.parse_all(uploaded)
		.filter_map(|payload| match payload {
			Ok(Payload::CodeSectionEntry(body)) => Some(body),
			_ => None,
		})
		.nth(defined)?;
	u32::try_from(body.range().start).ok()?.checked_add(place.within)
}

fn rewrite(code: &[u8], imports: u32) -> Result<Option<Vec<u8>>, BinaryReaderError> {
	let mut module = Module::new();
	// The index of the note: behind the globals that there are.
	let mut note = 0u32;
	let mut noted = false;
	let mut bodies = CodeSection::new();
	let mut bodies_left = 0u32;
	let mut function = imports;
	for payload in Parser::new(0).parse_all(code) {
		match payload? {
			Payload::GlobalSection(section) => {
				note = section.count();
				noted = true;
				let entries = code.get(section.original_position()..section.range().end);
				let Some(entries) = entries else { return Ok(None) };
				let count = note.saturating_add(1);
				module.section(&raw::entries(SectionId::Global, count, &[entries, &note_global()]));
			},
			Payload::ExportSection(section) => {
				if !noted {
					module.section(&raw::entries(SectionId::Global, 1, &[&note_global()]));
				}
				let entries = code.get(section.original_position()..section.range().end);
				let Some(entries) = entries else { return Ok(None) };
				let mut export = Vec::new();
				NOTE.encode(&mut export);
				ExportKind::Global.encode(&mut export);
				note.encode(&mut export);
				let count = section.count().saturating_add(1);
				module.section(&raw::entries(SectionId::Export, count, &[entries, &export]));
			},
			Payload::CodeSectionStart { count, .. } => bodies_left = count,
			Payload::CodeSectionEntry(body) => {
				let Some(bytes) = rewrite_body(code, &body, function, note)? else {
					return Ok(None);
				};
				bodies.raw(&bytes);
				function = function.saturating_add(1);
				bodies_left = bodies_left.saturating_sub(1);
				if bodies_left == 0 {
					module.section(&bodies);
				}
			},
			other => {
				if let Some((id, range)) = other.as_section() {
					let Some(data) = code.get(range) else { return Ok(None) };
					if id != SectionId::Custom as u8 {
						module.section(&RawSection { id, data });
					}
				}
			},
		}
	}
	Ok(Some(module.finish()))
}

/// The entry of the note: a mutable 64-bit integer that begins as 0.
fn note_global() -> Vec<u8> {
	let mut bytes = Vec::new();
	GlobalType { val_type: ValType::I64, mutable: true, shared: false }.encode(&mut bytes);
	ConstExpr::i64_const(0).encode(&mut bytes);
	bytes
}

/// The body with a note in front of every instruction that can trap.
fn rewrite_body(
	code: &[u8],
	body: &FunctionBody<'_>,
	function: u32,
	note: u32,
) -> Result<Option<Vec<u8>>, BinaryReaderError> {
	let start = body.range().start;
	let mut operators = body.get_operators_reader()?;
	let Some(locals) = code.get(start..operators.original_position()) else { return Ok(None) };
	let mut bytes = locals.to_vec();
	while !operators.eof() {
		let at = operators.original_position();
		let operator = operators.read()?;
		let end = operators.original_position();
		if can_trap(&operator) {
			let Ok(within) = u32::try_from(at.saturating_sub(start)) else { return Ok(None) };
			Instruction::I64Const(Place { function, within }.encode()).encode(&mut bytes);
			Instruction::GlobalSet(note).encode(&mut bytes);
		}
		let Some(raw) = code.get(at..end) else { return Ok(None) };
		bytes.extend(raw);
	}
	Ok(Some(bytes))
}

/// Whether an instruction that an upload lets pass can trap, or call what can.
fn can_trap(operator: &Operator<'_>) -> bool {
	use Operator::{
		Call, CallIndirect, I32DivS, I32DivU, I32Load, I32Load16S, I32Load16U, I32Load8S,
		I32Load8U, I32RemS, I32RemU, I32Store, I32Store16, I32Store8, I64DivS, I64DivU, I64Load,
		I64Load16S, I64Load16U, I64Load32S, I64Load32U, I64Load8S, I64Load8U, I64RemS, I64RemU,
		I64Store, I64Store16, I64Store32, I64Store8, MemoryCopy, MemoryFill, MemoryInit, TableCopy,
		TableInit, Unreachable,
	};
	matches!(
		operator,
		Unreachable
			| Call { .. }
			| CallIndirect { .. }
			| I32DivS | I32DivU
			| I32RemS | I32RemU
			| I64DivS | I64DivU
			| I64RemS | I64RemU
			| I32Load { .. }
			| I64Load { .. }
			| I32Load8S { .. }
			| I32Load8U { .. }
			| I32Load16S { .. }
			| I32Load16U { .. }
			| I64Load8S { .. }
			| I64Load8U { .. }
			| I64Load16S { .. }
			| I64Load16U { .. }
			| I64Load32S { .. }
			| I64Load32U { .. }
			| I32Store { .. }
			| I64Store { .. }
			| I32Store8 { .. }
			| I32Store16 { .. }
			| I64Store8 { .. }
			| I64Store16 { .. }
			| I64Store32 { .. }
			| MemoryCopy { .. }
			| MemoryFill { .. }
			| MemoryInit { .. }
			| TableCopy { .. }
			| TableInit { .. }
	)
}
