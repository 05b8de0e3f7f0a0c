//! Reading pieces of a module, each with its place, and nothing that contracts may not have.

use super::{
	super::reject::{Item, Reason, Rejection},
	ensure_limit,
	features::{self, ALLOWED},
};
use crate::limits;
use alloc::{
	format,
	string::{String, ToString},
};
use caisson_contracts_abi::types::WasmType;
use core::ops::Range;
use wasmparser::{BinaryReader, BinaryReaderError, Operator, ValType, WasmFeatures};

const BLOCK: u8 = 0x02;
const IF: u8 = 0x04;
const BR_TABLE: u8 = 0x0e;
const CALL: u8 = 0x10;
const SIMD_PREFIX: u8 = 0xfd;

/// The refusal of what the parser or the validator refuses.
pub(super) fn invalid(error: BinaryReaderError) -> Rejection {
	malformed(error.message().to_string(), error.offset())
}

/// The refusal of a module that breaks a rule of Wasm.
pub(super) fn malformed(message: String, offset: usize) -> Rejection {
	Rejection::new(Reason::Invalid { message }, offset)
}

/// Reads a part of the code from its beginning to its end.
pub(super) struct Reader<'a> {
	code: &'a [u8],
	range: Range<usize>,
	inner: BinaryReader<'a>,
}

impl<'a> Reader<'a> {
	/// A reader of the bytes in `range`.
	pub(super) fn new(code: &'a [u8], range: Range<usize>) -> Result<Self, Rejection> {
		let Some(bytes) = code.get(range.clone()) else {
			return Err(malformed(String::from("unexpected end"), range.start));
		};
		let inner = BinaryReader::new_features(bytes, range.start, ALLOWED);
		Ok(Self { code, range, inner })
	}

	/// The place in the code of what comes next.
	pub(super) fn offset(&self) -> usize {
		self.inner.original_position()
	}

	/// Whether nothing is left.
	pub(super) fn is_empty(&self) -> bool {
		self.inner.eof()
	}

	pub(super) fn byte(&mut self) -> Result<u8, Rejection> {
		self.inner.read_u8().map_err(invalid)
	}

	pub(super) fn u32(&mut self) -> Result<u32, Rejection> {
		self.inner.read_var_u32().map_err(invalid)
	}

	/// Any string.
	pub(super) fn text(&mut self) -> Result<&'a str, Rejection> {
		self.inner.read_string().map_err(invalid)
	}

	/// The name of an import or export.
	pub(super) fn name(&mut self) -> Result<&'a str, Rejection> {
		let offset = self.offset();
		let name = self.text()?;
		ensure_limit(Item::NameBytes, name.len() as u64, limits::NAME_BYTES, offset)?;
		Ok(name)
	}

	/// The number of items that follow, which must not be over `limit`.
	pub(super) fn count(&mut self, item: Item, limit: u32) -> Result<u32, Rejection> {
		let offset = self.offset();
		let count = self.u32()?;
		ensure_limit(item, count.into(), limit, offset)?;
		Ok(count)
	}

	/// A length, and the place of as many bytes behind it, which are skipped.
	///
	/// The parser adds a length to a position before it compares; with a `usize` of 32 bits the sum can
	/// pass its end. So lengths without a limit are compared here, by subtraction.
	pub(super) fn sized(&mut self) -> Result<Range<usize>, Rejection> {
		let offset = self.offset();
		let len = self.u32()? as usize;
		if len > self.inner.bytes_remaining() {
			let left = self.inner.bytes_remaining();
			return Err(malformed(format!("{len} bytes announced, {left} are left"), offset));
		}
		let start = self.offset();
		self.inner.read_bytes(len).map_err(invalid)?;
		Ok(start..self.offset())
	}

	/// All that is left.
	pub(super) fn rest(&self) -> &'a [u8] {
		let range = self.offset()..self.range.end;
		self.code.get(range).unwrap_or_default()
	}

	/// Whatever the parser reads itself, safe where its encoding holds no length.
	pub(super) fn read<T: wasmparser::FromReader<'a>>(&mut self) -> Result<T, Rejection> {
		self.inner.read().map_err(invalid)
	}

	/// The type of a value, if contracts may have such values.
	pub(super) fn value_type(&mut self) -> Result<WasmType, Rejection> {
		let offset = self.offset();
		allowed_type(self.read()?, offset)
	}

	/// An instruction, if contracts may use it.
	pub(super) fn operator(&mut self) -> Result<(Operator<'a>, usize), Rejection> {
		let offset = self.offset();
		// The parser is built without vector instructions and can only say that it does not know them.
		if self.code.get(offset) == Some(&SIMD_PREFIX) && offset < self.range.end {
			let what = String::from("an instruction with the prefix 0xfd");
			return Err(Rejection::new(Reason::Feature { feature: "SIMD", what }, offset));
		}
		let operator = match self.inner.read_operator() {
			Ok(operator) => operator,
			Err(error) => return Err(self.unreadable(error, offset)),
		};
		if let Some(reason) = features::forbidden(&operator) {
			return Err(Rejection::new(reason, offset));
		}
		if let Operator::BrTable { targets } = &operator {
			let count = targets.len().into();
			ensure_limit(Item::BrTableTargets, count, limits::BR_TABLE_TARGETS, offset)?;
		}
		if let Operator::Block { blockty } | Operator::Loop { blockty } | Operator::If { blockty } =
			&operator
		{
			allowed_block(*blockty, offset)?;
		}
		Ok((operator, offset))
	}

	/// Skips an instruction of a function, if contracts may use it.
	pub(super) fn instruction(&mut self) -> Result<Instruction, Rejection> {
		let offset = self.offset();
		// Only these have immediates that must be looked at. The others are most of any function.
		if let Some(BLOCK..=IF | BR_TABLE | CALL | SIMD_PREFIX) = self.code.get(offset).copied() {
			return Ok(Instruction::of(&self.operator()?.0));
		}
		match self.inner.visit_operator(&mut features::IsAllowed) {
			Ok(true) => Ok(Instruction::default()),
			// Once more for the reason.
			Ok(false) => {
				let operator = Self::new(self.code, offset..self.range.end)?.operator()?.0;
				Ok(Instruction::of(&operator))
			},
			Err(error) => Err(self.unreadable(error, offset)),
		}
	}

	/// A better reason than the parser's for an instruction that it cannot read.
	fn unreadable(&self, error: BinaryReaderError, offset: usize) -> Rejection {
		let bytes = self.code.get(offset..self.range.end).unwrap_or_default();
		let mut reader = BinaryReader::new_features(bytes, offset, WasmFeatures::all());
		match reader.read_operator() {
			// It is whole, so it is the encoding that belongs to a feature.
			Ok(operator) => Rejection::new(features::forbidden_encoding(&operator), offset),
			Err(_) if bytes.first() == Some(&BR_TABLE) => {
				let mut reader = BinaryReader::new(bytes.get(1..).unwrap_or_default(), offset);
				// More targets than the parser would read at all.
				let count = reader.read_var_u32().unwrap_or_default().into();
				ensure_limit(Item::BrTableTargets, count, limits::BR_TABLE_TARGETS, offset)
					.err()
					.unwrap_or_else(|| invalid(error))
			},
			Err(_) => invalid(error),
		}
	}

	/// A constant expression; its value where it is one constant.
	pub(super) fn constant(&mut self) -> Result<Option<u32>, Rejection> {
		let mut value = None;
		loop {
			let (operator, offset) = self.operator()?;
			match operator {
				Operator::End => return Ok(value),
				Operator::I32Const { value: constant } => value = Some(constant.cast_unsigned()),
				Operator::I64Const { .. } | Operator::GlobalGet { .. } => {},
				Operator::I32Add
				| Operator::I32Sub
				| Operator::I32Mul
				| Operator::I64Add
				| Operator::I64Sub
				| Operator::I64Mul => {
					let what = features::text_name(&operator);
					return Err(Rejection::new(
						Reason::Feature { feature: "extended constant expressions", what },
						offset,
					));
				},
				_ => {
					let name = features::text_name(&operator);
					return Err(malformed(format!("{name} is not a constant expression"), offset));
				},
			}
		}
	}
}

/// What is looked at of an instruction.
#[derive(Default)]
pub(super) struct Instruction {
	/// The function that it calls by index.
	pub(super) called: Option<u32>,
	/// As how many more instructions it counts, where it takes longer to compile than others.
	pub(super) more: u32,
}

/// As how many more an `if` counts, with what its arms and their value take: of all instructions the dearest
/// to compile, by `make bench-prices`.
const MORE_OF_AN_IF: u32 = 8;

impl Instruction {
	fn of(operator: &Operator<'_>) -> Self {
		let (called, more) = match operator {
			Operator::Call { function_index } => (Some(*function_index), 0),
			// Every target but the default is one, too.
			Operator::BrTable { targets } => (None, targets.len()),
			Operator::If { .. } => (None, MORE_OF_AN_IF),
			_ => (None, 0),
		};
		Self { called, more }
	}
}

fn allowed_type(ty: ValType, offset: usize) -> Result<WasmType, Rejection> {
	let reason = match ty {
		ValType::I32 => return Ok(WasmType::I32),
		ValType::I64 => return Ok(WasmType::I64),
		ValType::F32 => Reason::Float { what: String::from("the type f32") },
		ValType::F64 => Reason::Float { what: String::from("the type f64") },
		ValType::V128 => Reason::Feature { feature: "SIMD", what: String::from("the type v128") },
		ValType::Ref(ty) => {
			Reason::Feature { feature: "reference types", what: format!("the type {ty}") }
		},
	};
	Err(Rejection::new(reason, offset))
}

fn allowed_block(ty: wasmparser::BlockType, offset: usize) -> Result<(), Rejection> {
	match ty {
		wasmparser::BlockType::Empty => Ok(()),
		wasmparser::BlockType::Type(ty) => allowed_type(ty, offset).map(|_| ()),
		wasmparser::BlockType::FuncType(_) => Err(Rejection::new(
			Reason::Feature {
				feature: "multi-value",
				what: String::from("a block with parameters or several results"),
			},
			offset,
		)),
	}
}
