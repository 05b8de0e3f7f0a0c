//! A module as far as the checks look at it, read section by section.
//!
//! Reading refuses floats, features that are not allowed, and counts over their limits. Indices are
//! kept as they are: whoever looks one up gets nothing for one that does not exist.

use super::{
	super::reject::{Item, Reason, Rejection},
	ensure_limit,
	reader::{self, Reader},
	sections::{AbiClaim, Kind, Sections},
};
use crate::limits;
use alloc::{format, string::ToString, vec::Vec};
use caisson_contracts_abi::types::WasmType;
use core::{fmt, ops::Range};
use wasmparser::{ExternalKind, MemoryType, TableType, TypeRef};

/// The type of a function.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Signature {
	pub(super) params: Vec<WasmType>,
	pub(super) result: Option<WasmType>,
}

impl fmt::Display for Signature {
	fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
		let params: Vec<_> = self.params.iter().map(|ty| type_name(*ty)).collect();
		write!(f, "({})", params.join(", "))?;
		self.result.map_or(Ok(()), |result| write!(f, " -> {}", type_name(result)))
	}
}

/// The name of a type in Wasm's text format.
pub(super) const fn type_name(ty: WasmType) -> &'static str {
	match ty {
		WasmType::I32 => "i32",
		WasmType::I64 => "i64",
	}
}

/// An import.
pub(super) struct Import<'a> {
	pub(super) offset: usize,
	/// Where what is behind it begins.
	pub(super) end: usize,
	pub(super) module: &'a str,
	pub(super) name: &'a str,
	pub(super) ty: TypeRef,
}

/// An export.
pub(super) struct Export<'a> {
	pub(super) offset: usize,
	pub(super) name: &'a str,
	pub(super) kind: ExternalKind,
	pub(super) index: u32,
}

impl Export<'_> {
	/// The index of the function that it exports, if it exports one.
	pub(super) fn function(&self) -> Option<u32> {
		(self.kind == ExternalKind::Func).then_some(self.index)
	}

	/// Whether it exports a memory by this name.
	pub(super) fn is_memory(&self, name: &str) -> bool {
		self.kind == ExternalKind::Memory && self.name == name
	}
}

/// A memory that a module defines or imports.
#[derive(Clone, Copy)]
pub(super) struct Memory {
	pub(super) offset: usize,
	pub(super) min: u64,
	pub(super) max: Option<u64>,
}

impl Memory {
	/// A memory of the kind that contracts may have, declared at byte `offset`.
	pub(super) fn new(ty: MemoryType, offset: usize) -> Result<Self, Rejection> {
		if ty.memory64 {
			return Err(feature("memory64", "a memory with addresses of 64 bits", offset));
		}
		if ty.shared {
			return Err(feature("threads", "a shared memory", offset));
		}
		if ty.page_size_log2.is_some() {
			return Err(feature("custom page sizes", "a memory with its own", offset));
		}
		Ok(Self { offset, min: ty.initial, max: ty.maximum })
	}
}

/// The refusal of another memory beside the one that a contract has.
pub(super) fn second_memory(offset: usize) -> Rejection {
	feature("multi-memory", "a second memory", offset)
}

/// The function that runs before any other.
#[derive(Clone, Copy)]
pub(super) struct Start {
	pub(super) offset: usize,
	pub(super) function: u32,
}

/// A data or element segment.
#[derive(Clone, Copy)]
pub(super) struct Segment {
	pub(super) offset: usize,
	/// Where it is copied to at instantiation, if it is.
	pub(super) target: Option<u32>,
	/// How many bytes or items it has.
	pub(super) len: u32,
}

impl Segment {
	/// Where it ends in memory or table; 0 for one that is copied on demand.
	pub(super) fn end(&self) -> u64 {
		self.target.map_or(0, |target| u64::from(target).saturating_add(self.len.into()))
	}
}

/// The body of a function.
pub(super) struct Body {
	/// Where it is, without its length.
	pub(super) range: Range<usize>,
	/// Locals beside its parameters.
	pub(super) locals: u32,
	/// The functions that it calls by index.
	pub(super) calls: Vec<u32>,
	/// Its instructions, those that are dear to compile more than once.
	pub(super) instructions: u32,
}

/// A module.
#[derive(Default)]
pub(super) struct Module<'a> {
	pub(super) types: Vec<Signature>,
	pub(super) imports: Vec<Import<'a>>,
	/// The index of the type of each function that the module defines.
	pub(super) functions: Vec<u32>,
	pub(super) table_elements: u32,
	/// The memory that the module defines.
	pub(super) memory: Option<Memory>,
	pub(super) globals: u32,
	pub(super) exports: Vec<Export<'a>>,
	/// The start function, if there is one.
	pub(super) start: Option<Start>,
	pub(super) elements: Vec<Segment>,
	/// The functions in all element segments.
	pub(super) element_items: Vec<u32>,
	pub(super) bodies: Vec<Body>,
	pub(super) data: Vec<Segment>,
	/// What the custom section `caisson.abi` says.
	pub(super) claim: Option<AbiClaim<'a>>,
}

impl<'a> Module<'a> {
	/// Reads `code`, whose sections are `sections`.
	///
	/// # Errors
	///
	/// The first float, feature that is not allowed, count over its limit, or error of encoding.
	pub(super) fn read(code: &'a [u8], sections: &Sections<'a>) -> Result<Self, Rejection> {
		let mut module = Self { claim: sections.claim, ..Self::default() };
		for section in sections.iter() {
			let mut reader = Reader::new(code, section.range.clone())?;
			match section.kind {
				Kind::Type => module.read_types(&mut reader)?,
				Kind::Import => module.read_imports(&mut reader)?,
				Kind::Function => module.read_functions(&mut reader)?,
				Kind::Table => module.read_table(&mut reader)?,
				Kind::Memory => module.read_memory(&mut reader)?,
				Kind::Tag => return Err(feature("exceptions", "a tag section", reader.offset())),
				Kind::Global => module.read_globals(&mut reader)?,
				Kind::Export => module.read_exports(&mut reader)?,
				Kind::Start => {
					let offset = reader.offset();
					module.start = Some(Start { offset, function: reader.u32()? });
				},
				Kind::Element => module.read_elements(&mut reader)?,
				// What it says is the business of the validator.
				Kind::DataCount => {},
				Kind::Code => module.read_bodies(code, &mut reader)?,
				Kind::Data => module.read_data(&mut reader)?,
			}
		}
		Ok(module)
	}

	/// The number of functions that are imported, which come first in the index space.
	pub(super) fn imported_functions(&self) -> usize {
		self.imports.iter().filter(|import| matches!(import.ty, TypeRef::Func(_))).count()
	}

	/// The place of a function among those that the module defines; nothing for an imported one.
	pub(super) fn defined(&self, function: u32) -> Option<usize> {
		(function as usize).checked_sub(self.imported_functions())
	}

	/// The type of a function that the module defines.
	pub(super) fn signature(&self, function: u32) -> Option<&Signature> {
		let ty = *self.functions.get(self.defined(function)?)?;
		self.types.get(ty as usize)
	}

	fn read_types(&mut self, reader: &mut Reader<'a>) -> Result<(), Rejection> {
		for _ in 0..reader.count(Item::Types, limits::TYPES)? {
			let offset = reader.offset();
			match reader.byte()? {
				0x60 => {},
				0x5e | 0x5f | 0x50 | 0x4f | 0x4e => {
					return Err(feature("garbage collection", "a type of no function", offset));
				},
				0x5d => return Err(feature("stack switching", "a type of no function", offset)),
				form => {
					return Err(reader::malformed(format!("there is no type {form:#x}"), offset))
				},
			}
			let mut params = Vec::new();
			for _ in 0..reader.count(Item::Parameters, limits::PARAMETERS)? {
				params.push(reader.value_type()?);
			}
			let results_offset = reader.offset();
			let result = match reader.u32()? {
				0 => None,
				1 => Some(reader.value_type()?),
				_ => {
					return Err(feature(
						"multi-value",
						"a function with several results",
						results_offset,
					))
				},
			};
			self.types.push(Signature { params, result });
		}
		Ok(())
	}

	fn read_imports(&mut self, reader: &mut Reader<'a>) -> Result<(), Rejection> {
		for _ in 0..reader.count(Item::Imports, limits::IMPORTS)? {
			let offset = reader.offset();
			let (module, name) = (reader.name()?, reader.name()?);
			let ty = reader.read()?;
			self.imports.push(Import { offset, end: reader.offset(), module, name, ty });
		}
		Ok(())
	}

	fn read_functions(&mut self, reader: &mut Reader<'a>) -> Result<(), Rejection> {
		for _ in 0..reader.count(Item::Functions, limits::FUNCTIONS)? {
			self.functions.push(reader.u32()?);
		}
		Ok(())
	}

	fn read_table(&mut self, reader: &mut Reader<'a>) -> Result<(), Rejection> {
		for _ in 0..reader.count(Item::Tables, limits::TABLES)? {
			let offset = reader.offset();
			let table: wasmparser::Table<'a> = reader.read()?;
			let TableType { element_type, table64, initial, shared, .. } = table.ty;
			if !element_type.is_func_ref() {
				let what = format!("a table of {element_type}");
				return Err(feature("reference types", what, offset));
			}
			if table64 {
				return Err(feature("memory64", "a table with indices of 64 bits", offset));
			}
			if shared {
				return Err(feature("shared-everything threads", "a shared table", offset));
			}
			if let wasmparser::TableInit::Expr(_) = table.init {
				let what = "a table with an initial element";
				return Err(feature("typed function references", what, offset));
			}
			ensure_limit(Item::TableElements, initial, limits::TABLE_ELEMENTS, offset)?;
			self.table_elements = u32::try_from(initial).unwrap_or(u32::MAX);
		}
		Ok(())
	}

	fn read_memory(&mut self, reader: &mut Reader<'a>) -> Result<(), Rejection> {
		let offset = reader.offset();
		let count = reader.u32()?;
		if count > 1 {
			return Err(feature("multi-memory", format!("{count} memories"), offset));
		}
		for _ in 0..count {
			let offset = reader.offset();
			self.memory = Some(Memory::new(reader.read()?, offset)?);
		}
		Ok(())
	}

	fn read_globals(&mut self, reader: &mut Reader<'a>) -> Result<(), Rejection> {
		self.globals = reader.count(Item::Globals, limits::GLOBALS)?;
		for _ in 0..self.globals {
			reader.value_type()?;
			// Whether it is mutable: the validator looks at the flag.
			reader.byte()?;
			reader.constant()?;
		}
		Ok(())
	}

	fn read_exports(&mut self, reader: &mut Reader<'a>) -> Result<(), Rejection> {
		for _ in 0..reader.count(Item::Exports, limits::EXPORTS)? {
			let offset = reader.offset();
			let name = reader.name()?;
			let (kind, index) = (reader.read()?, reader.u32()?);
			self.exports.push(Export { offset, name, kind, index });
		}
		Ok(())
	}

	fn read_elements(&mut self, reader: &mut Reader<'a>) -> Result<(), Rejection> {
		for _ in 0..reader.count(Item::ElementSegments, limits::ELEMENT_SEGMENTS)? {
			let offset = reader.offset();
			// Bit 0: passive or declared; bit 1: a table follows, or declared; bit 2: expressions.
			let flags = reader.u32()?;
			if flags & 0b100 != 0 {
				return Err(feature("reference types", "an element that is an expression", offset));
			}
			let target = match flags {
				0 => reader.constant()?,
				1 => None,
				2 => {
					reader.u32()?;
					reader.constant()?
				},
				3 => return Err(feature("reference types", "a declared element segment", offset)),
				_ => {
					return Err(reader::malformed(format!("no element segment {flags:#x}"), offset))
				},
			};
			if flags != 0 {
				// The kind of what follows: there is one, and the validator looks at it.
				reader.byte()?;
			}
			let items_offset = reader.offset();
			let len = reader.u32()?;
			let total = (self.element_items.len() as u64).saturating_add(len.into());
			ensure_limit(Item::ElementItems, total, limits::TABLE_ELEMENTS, items_offset)?;
			for _ in 0..len {
				self.element_items.push(reader.u32()?);
			}
			self.elements.push(Segment { offset, target, len });
		}
		Ok(())
	}

	fn read_bodies(&mut self, code: &'a [u8], reader: &mut Reader<'a>) -> Result<(), Rejection> {
		for _ in 0..reader.count(Item::Functions, limits::FUNCTIONS)? {
			let offset = reader.offset();
			let range = reader.sized()?;
			let limit = limits::FUNCTION_BYTES;
			ensure_limit(Item::FunctionBytes, range.len() as u64, limit, offset)?;
			let mut body = Reader::new(code, range.clone())?;
			let locals = read_locals(&mut body)?;
			let (calls, instructions) = read_instructions(&mut body)?;
			self.bodies.push(Body { range, locals, calls, instructions });
		}
		Ok(())
	}

	fn read_data(&mut self, reader: &mut Reader<'a>) -> Result<(), Rejection> {
		for _ in 0..reader.count(Item::DataSegments, limits::DATA_SEGMENTS)? {
			let offset = reader.offset();
			let target = match reader.u32()? {
				0 => reader.constant()?,
				1 => None,
				2 => {
					reader.u32()?;
					reader.constant()?
				},
				flags => {
					return Err(reader::malformed(format!("no data segment {flags:#x}"), offset))
				},
			};
			let bytes = reader.sized()?;
			let len = u32::try_from(bytes.len()).unwrap_or(u32::MAX);
			self.data.push(Segment { offset, target, len });
		}
		Ok(())
	}
}

/// Adds up the locals of a function without making them: a group of four billion has seven bytes.
fn read_locals(body: &mut Reader<'_>) -> Result<u32, Rejection> {
	let mut locals = 0u64;
	for _ in 0..body.u32()? {
		let offset = body.offset();
		locals = locals.saturating_add(body.u32()?.into());
		ensure_limit(Item::Locals, locals, limits::LOCALS, offset)?;
		body.value_type()?;
	}
	// Within its limit.
	Ok(u32::try_from(locals).unwrap_or(u32::MAX))
}

/// Reads the instructions of a function; returns the functions that it calls by index, and how much there
/// is to compile.
fn read_instructions(body: &mut Reader<'_>) -> Result<(Vec<u32>, u32), Rejection> {
	let mut calls = Vec::new();
	let mut instructions: u32 = 0;
	while !body.is_empty() {
		let instruction = body.instruction()?;
		calls.extend(instruction.called);
		instructions = instructions.saturating_add(1).saturating_add(instruction.more);
	}
	Ok((calls, instructions))
}

fn feature(feature: &'static str, what: impl ToString, offset: usize) -> Rejection {
	Rejection::new(Reason::Feature { feature, what: what.to_string() }, offset)
}
