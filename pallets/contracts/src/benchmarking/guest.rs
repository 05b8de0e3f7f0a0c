//! Modules that run what is measured: built here, as text needs a parser that no runtime has.

use alloc::{format, string::String, vec, vec::Vec};
use caisson_contracts_abi::{types::WasmType, Abi, FunctionSpec};
use wasm_encoder::{
	BlockType, CodeSection, ConstExpr, CustomSection, DataSection, ElementSection, Elements,
	EntityType, ExportKind, ExportSection, Function, FunctionSection, GlobalSection, GlobalType,
	ImportSection, Instruction, MemorySection, MemoryType, Module, RefType, TableSection,
	TableType, TypeSection, ValType,
};

/// Memory of a guest that asks for no other, in pages.
const PAGES: u32 = 4;

/// Where what a guest is given begins, in its memory. Below lie arguments of ABIs that hand them over so.
pub(super) const IN: i32 = 0x2000;
/// Where outputs go: room for the longest.
pub(super) const OUT: i32 = 0x1_4000;
/// Where the length of an output's buffer stands; a limit that nothing reaches at first.
pub(super) const LEN: i32 = 0x1000;
/// Sixteen bytes of zero: an amount of money, or an empty salt.
pub(super) const ZERO: i32 = 0x1010;
/// An amount of money.
pub(super) const VALUE: i32 = 0x1020;
/// Where a list begins, of which each round takes the next.
pub(super) const LIST: i32 = 0x2_8000;
/// The pointer that means none.
pub(super) const NONE: i32 = -1;

/// The distance of keys in [`LIST`]: they overlap, and begin with numbers of their own.
pub(super) const KEY_STEP: u32 = 8;
/// Length of a key, in bytes: the longest of `seal`.
pub(super) const KEY_BYTES: u32 = 128;

/// An argument of a host function.
#[derive(Clone, Copy)]
pub(super) enum Arg {
	I32(i32),
	I64(i64),
	/// A pointer to the round's own item of a list.
	Each {
		at: i32,
		step: u32,
	},
}

/// Data segments, element segments and other parts whose number is measured.
#[derive(Clone, Default)]
pub(super) struct Parts {
	/// Types beyond those that are used, each another.
	pub(super) types: u32,
	pub(super) globals: u32,
	/// Exports beyond those that the ABI asks for, by long names.
	pub(super) exports: u32,
	/// Elements of the table.
	pub(super) table: u32,
	/// Lengths of element segments, all at the table's beginning.
	pub(super) elements: Vec<u32>,
}

/// A module that is being built.
#[derive(Clone)]
pub(super) struct Guest {
	abi: Abi,
	pages: u32,
	imports: Vec<&'static FunctionSpec>,
	/// Functions beside the entry points, of no arguments and no result.
	functions: Vec<Vec<Instruction<'static>>>,
	entry: Vec<Instruction<'static>>,
	data: Vec<(i32, Vec<u8>)>,
	parts: Parts,
	number: u32,
	/// What host functions have to return.
	expected: Option<i32>,
}

impl Guest {
	/// A module that does nothing.
	pub(super) fn new(abi: Abi) -> Self {
		let any_length = i32::MAX.to_le_bytes().to_vec();
		Self {
			abi,
			pages: PAGES,
			imports: Vec::new(),
			functions: Vec::new(),
			entry: Vec::new(),
			data: vec![(LEN, any_length)],
			parts: Parts::default(),
			number: 0,
			expected: None,
		}
	}

	/// One that is nothing but its entry points.
	pub(super) fn empty(abi: Abi) -> Self {
		Self { pages: 0, data: Vec::new(), ..Self::new(abi) }
	}

	/// Gives it so much memory, in pages.
	pub(super) fn pages(self, pages: u32) -> Self {
		Self { pages, ..self }
	}

	/// Sets its hash apart from that of modules with other numbers.
	pub(super) fn numbered(self, number: u32) -> Self {
		Self { number, ..self }
	}

	pub(super) fn parts(self, parts: Parts) -> Self {
		Self { parts, ..self }
	}

	/// Lets it trap unless the host functions that it calls from here on return that.
	pub(super) fn expecting(self, result: i32) -> Self {
		Self { expected: Some(result), ..self }
	}

	/// Lays `bytes` into its memory.
	pub(super) fn with(mut self, at: i32, bytes: Vec<u8>) -> Self {
		self.data.push((at, bytes));
		self
	}

	/// Lays numbers into [`LIST`] that are `count` keys.
	pub(super) fn with_keys(self, count: u32) -> Self {
		self.with(LIST, (0..count.saturating_add(KEY_BYTES / KEY_STEP)).flat_map(number).collect())
	}

	/// Lays items of 32 bytes into [`LIST`].
	pub(super) fn with_list(self, items: impl Iterator<Item = [u8; 32]>) -> Self {
		self.with(LIST, items.flatten().collect())
	}

	/// Imports the row so often, without calling it.
	pub(super) fn importing(mut self, row: &str, count: u32) -> Self {
		let spec = row_of(self.abi, row);
		self.imports.extend(core::iter::repeat_n(spec, count as usize));
		self
	}

	/// Adds a function that the entry point calls once.
	pub(super) fn function(mut self, body: Vec<Instruction<'static>>) -> Self {
		self.functions.push(body);
		self
	}

	/// Runs `body` in a loop of `rounds`.
	pub(super) fn repeat(mut self, rounds: u32, body: &[Instruction<'static>]) -> Self {
		let (counter, rounds) = (self.counter(), Instruction::I32Const(rounds.cast_signed()));
		self.entry.extend([
			Instruction::I32Const(0),
			Instruction::LocalSet(counter),
			Instruction::Block(BlockType::Empty),
			Instruction::LocalGet(counter),
			rounds.clone(),
			Instruction::I32GeU,
			Instruction::BrIf(0),
			Instruction::Loop(BlockType::Empty),
		]);
		self.entry.extend_from_slice(body);
		self.entry.extend([
			Instruction::LocalGet(counter),
			Instruction::I32Const(1),
			Instruction::I32Add,
			Instruction::LocalTee(counter),
			rounds,
			Instruction::I32LtU,
			Instruction::BrIf(0),
			Instruction::End,
			Instruction::End,
		]);
		self
	}

	/// Calls a host function in a loop of `rounds`.
	pub(super) fn calling(self, row: &str, args: &[Arg], rounds: u32) -> Self {
		let function = u32::try_from(self.imports.len()).unwrap_or(u32::MAX);
		let (counter, spec) = (self.counter(), row_of(self.abi, row));
		let mut body = Vec::new();
		for arg in args {
			match *arg {
				Arg::I32(value) => body.push(Instruction::I32Const(value)),
				Arg::I64(value) => body.push(Instruction::I64Const(value)),
				Arg::Each { at, step } => body.extend([
					Instruction::LocalGet(counter),
					Instruction::I32Const(step.cast_signed()),
					Instruction::I32Mul,
					Instruction::I32Const(at),
					Instruction::I32Add,
				]),
			}
		}
		body.push(Instruction::Call(function));
		match (spec.result, self.expected) {
			(None, _) => {},
			(Some(_), None) => body.push(Instruction::Drop),
			(Some(_), Some(expected)) => body.extend([
				Instruction::I32Const(expected),
				Instruction::I32Ne,
				Instruction::If(BlockType::Empty),
				Instruction::Unreachable,
				Instruction::End,
			]),
		}
		self.importing(row, 1).repeat(rounds, &body)
	}

	/// The local that counts rounds.
	fn counter(&self) -> u32 {
		match self.abi {
			Abi::Baals => 2,
			Abi::Seal | Abi::Aureon | Abi::Dytallix => 0,
		}
	}

	/// The entry point's name and type; a result is 0.
	fn entry_type(&self) -> (&'static str, &'static [ValType], &'static [ValType]) {
		match self.abi {
			Abi::Seal => ("call", &[], &[]),
			Abi::Baals => ("main", &[ValType::I32, ValType::I32], &[ValType::I32]),
			Abi::Aureon => ("run", &[], &[]),
			Abi::Dytallix => ("contract_run", &[ValType::I32, ValType::I32], &[ValType::I32]),
		}
	}

	/// The module.
	pub(super) fn build(&self) -> Vec<u8> {
		let mut module = Module::new();
		module.section(&self.types());
		let memory = MemoryType {
			minimum: self.pages.into(),
			maximum: None,
			memory64: false,
			shared: false,
			page_size_log2: None,
		};
		let is_seal = self.abi == Abi::Seal;
		let mut imports = ImportSection::new();
		for (ty, spec) in (FIRST_IMPORTED..).zip(&self.imports) {
			imports.import(spec.module, spec.name, EntityType::Function(ty));
		}
		if is_seal {
			imports.import("env", "memory", memory);
		}
		if !imports.is_empty() {
			module.section(&imports);
		}
		let mut functions = FunctionSection::new();
		functions.function(ENTRY);
		functions.function(PLAIN);
		self.functions.iter().for_each(|_| {
			functions.function(PLAIN);
		});
		module.section(&functions);
		if self.parts.table > 0 {
			let mut tables = TableSection::new();
			tables.table(TableType {
				element_type: RefType::FUNCREF,
				table64: false,
				minimum: self.parts.table.into(),
				maximum: None,
				shared: false,
			});
			module.section(&tables);
		}
		if !is_seal {
			let mut memories = MemorySection::new();
			memories.memory(memory);
			module.section(&memories);
		}
		if self.parts.globals > 0 {
			let mut globals = GlobalSection::new();
			let ty = GlobalType { val_type: ValType::I64, mutable: true, shared: false };
			for value in 0..self.parts.globals {
				globals.global(ty, &ConstExpr::i64_const(value.into()));
			}
			module.section(&globals);
		}
		module.section(&self.exports());
		if !self.parts.elements.is_empty() {
			let mut elements = ElementSection::new();
			for len in &self.parts.elements {
				let items = vec![self.first_function(); *len as usize];
				let items = Elements::Functions((&items).into());
				elements.active(None, &ConstExpr::i32_const(0), items);
			}
			module.section(&elements);
		}
		module.section(&self.code());
		if !self.data.is_empty() {
			let mut data = DataSection::new();
			for (at, bytes) in &self.data {
				data.active(0, &ConstExpr::i32_const(*at), bytes.iter().copied());
			}
			module.section(&data);
		}
		module.section(&custom("caisson.abi", self.abi.name().as_bytes()));
		module.section(&custom("number", &self.number.to_le_bytes()));
		module.finish()
	}

	/// The number of the entry point among the functions.
	fn first_function(&self) -> u32 {
		u32::try_from(self.imports.len()).unwrap_or(u32::MAX)
	}

	fn types(&self) -> TypeSection {
		let mut types = TypeSection::new();
		let (_, params, results) = self.entry_type();
		types.ty().function(params.iter().copied(), results.iter().copied());
		types.ty().function([], []);
		for spec in &self.imports {
			let params = spec.params.iter().map(|param| value_type(param.ty.wasm()));
			types.ty().function(params, spec.result.map(value_type));
		}
		// Ten parameters of two types each are a thousand types.
		for number in 0..self.parts.types {
			let of = |bit: u32| if number >> bit & 1 == 0 { ValType::I32 } else { ValType::I64 };
			types.ty().function((0..10).map(of), []);
		}
		types
	}

	fn exports(&self) -> ExportSection {
		let mut exports = ExportSection::new();
		let entry = self.first_function();
		exports.export(self.entry_type().0, ExportKind::Func, entry);
		if self.abi == Abi::Seal {
			exports.export("deploy", ExportKind::Func, entry.saturating_add(1));
		} else {
			exports.export("memory", ExportKind::Memory, 0);
		}
		for number in 0..self.parts.exports {
			let name: String = format!("{number:0>128}");
			exports.export(&name, ExportKind::Func, entry);
		}
		exports
	}

	fn code(&self) -> CodeSection {
		let mut code = CodeSection::new();
		let mut entry = Function::new([(1, ValType::I32)]);
		let first = self.first_function().saturating_add(2);
		for (function, _) in (first..).zip(&self.functions) {
			entry.instruction(&Instruction::Call(function));
		}
		for instruction in &self.entry {
			entry.instruction(instruction);
		}
		if !self.entry_type().2.is_empty() {
			entry.instruction(&Instruction::I32Const(0));
		}
		entry.instruction(&Instruction::End);
		code.function(&entry);
		let mut deploy = Function::new([]);
		deploy.instruction(&Instruction::End);
		code.function(&deploy);
		for body in &self.functions {
			let mut function = Function::new([]);
			for instruction in body {
				function.instruction(instruction);
			}
			function.instruction(&Instruction::End);
			code.function(&function);
		}
		code
	}
}

/// The type of the entry point.
const ENTRY: u32 = 0;
/// The type of functions without arguments and result.
const PLAIN: u32 = 1;
/// The type of the first imported function.
const FIRST_IMPORTED: u32 = 2;

/// The bytes of the key with this number, as [`Guest::with_keys`] lays them out.
pub(super) fn key(number_of_key: u32) -> Vec<u8> {
	(number_of_key..).take((KEY_BYTES / KEY_STEP) as usize).flat_map(number).collect()
}

fn number(number: u32) -> [u8; KEY_STEP as usize] {
	u64::from(number).to_le_bytes()
}

fn value_type(ty: WasmType) -> ValType {
	match ty {
		WasmType::I32 => ValType::I32,
		WasmType::I64 => ValType::I64,
	}
}

fn custom<'a>(name: &'a str, data: &'a [u8]) -> CustomSection<'a> {
	CustomSection { name: name.into(), data: data.into() }
}

/// The row of that name in Rust.
///
/// # Panics
///
/// If there is none: a defect of the benchmark.
fn row_of(abi: Abi, row: &str) -> &'static FunctionSpec {
	let found = abi.functions().iter().find(|spec| spec.rust_name == row);
	found.unwrap_or_else(|| panic!("{} has no row {row}", abi.name()))
}
