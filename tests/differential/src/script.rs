//! A guest that runs the steps in its input, so that a case is data: what host functions are called with,
//! and what they gave.

use caisson_contracts_abi::{types::WasmType, Abi, FunctionSpec, Status};
use std::{
	collections::{BTreeMap, BTreeSet},
	fmt::Write,
	sync::Mutex,
};

/// The memory that an uploaded guest imports.
const IMPORTED: &str = r#"(import "env" "memory" (memory 16 16))"#;

/// The guest, with marks where its imports go.
const GUEST: &str = include_str!("../../wat/seal/script.wat");

/// The first byte behind a guest's memory.
pub const END: u32 = 0x10_0000;

/// The pointer or number that means none.
pub const SENTINEL: u32 = u32::MAX;

/// A name that a host function of `seal` is imported by.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct Import {
	/// The module.
	pub module: &'static str,
	/// The name, or the alias.
	pub name: &'static str,
}

/// Every import of the interface with its row, in the order of the table.
pub fn imports() -> impl Iterator<Item = (Import, &'static FunctionSpec)> {
	Abi::Seal
		.functions()
		.iter()
		.flat_map(|spec| spec.names().map(move |name| (Import { module: spec.module, name }, spec)))
}

/// The names that the row of this Rust name is imported by.
///
/// # Panics
///
/// If the table has no such row.
pub fn names(rust_name: &str) -> Vec<Import> {
	let names: Vec<_> = imports()
		.filter(|(_, spec)| spec.rust_name == rust_name)
		.map(|(import, _)| import)
		.collect();
	assert!(!names.is_empty(), "no row {rust_name}");
	names
}

/// The guest with some imports.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Guest(Vec<Import>);

impl Guest {
	/// With the imports whose status is one of these.
	fn with(statuses: &[Status]) -> Self {
		let chosen = imports().filter(|(_, spec)| statuses.contains(&spec.status));
		Self(chosen.map(|(import, _)| import).collect())
	}

	/// With those that are open to new code everywhere.
	pub fn stable() -> Self {
		Self::with(&[Status::Stable])
	}

	/// With those and the ones that may still change.
	pub fn open() -> Self {
		Self::with(&[Status::Stable, Status::Unstable])
	}

	/// With all, those of older code included.
	pub fn old() -> Self {
		Self::with(&[Status::Stable, Status::Unstable, Status::Deprecated])
	}

	/// With one.
	pub fn only(import: Import) -> Self {
		Self(vec![import])
	}

	/// The module that is uploaded.
	///
	/// # Panics
	///
	/// If its text is none.
	pub fn code(&self) -> Vec<u8> {
		compile(&self.0, IMPORTED)
	}

	/// The module as Caisson's pallet loads it: with a memory of its own in place of the imported one.
	///
	/// # Panics
	///
	/// If its text is none.
	pub fn prepared(&self) -> Vec<u8> {
		compile(&self.0, r#"(memory (export "memory") 16 16)"#)
	}

	/// The rows of its imports, in their order, the two that every guest has before them.
	///
	/// # Panics
	///
	/// If the table lacks those two.
	pub fn plan(&self) -> Vec<u8> {
		let row = |import: Import| imports().nth(number(import)).unwrap().1.id.row;
		let own = ["input", "seal_return"].map(|name| Import { module: "seal0", name });
		own.into_iter().chain(self.0.iter().copied()).map(row).collect()
	}
}

/// The guest with these imports, assembled once.
fn compile(chosen: &[Import], memory: &'static str) -> Vec<u8> {
	type Made = BTreeMap<(Vec<Import>, &'static str), Vec<u8>>;
	static MADE: Mutex<Made> = Mutex::new(BTreeMap::new());
	let mut made = MADE.lock().unwrap();
	made.entry((chosen.to_vec(), memory)).or_insert_with(|| assemble(chosen, memory)).clone()
}

/// The guest with these imports. Arms are numbered as the table has them, whichever are there.
fn assemble(chosen: &[Import], memory: &str) -> Vec<u8> {
	let (mut externs, mut arms) = (String::new(), String::new());
	let type_name = |ty| if ty == WasmType::I32 { "i32" } else { "i64" };
	for import in chosen {
		let number = number(*import);
		let (_, spec) = imports().nth(number).unwrap();
		let params: String =
			spec.params.iter().map(|param| format!(" {}", type_name(param.ty.wasm()))).collect();
		let result =
			spec.result.map_or_else(String::new, |ty| format!("(result {})", type_name(ty)));
		writeln!(
			externs,
			"(import {:?} {:?} (func $import{number} (param{params}) {result}))",
			import.module, import.name
		)
		.unwrap();
		let args: String = spec
			.params
			.iter()
			.enumerate()
			.map(|(at, param)| {
				format!(" ({}.load offset={} (local.get 0))", type_name(param.ty.wasm()), at * 8)
			})
			.collect();
		let call = format!("(call $import{number}{args})");
		let body = match spec.result {
			None => format!("{call} (i64.const 0)"),
			Some(WasmType::I32) => format!("(i64.extend_i32_u {call})"),
			Some(WasmType::I64) => call,
		};
		writeln!(arms, "(func $arm{number} (type $arm) {body})").unwrap();
		writeln!(arms, "(elem (i32.const {number}) $arm{number})").unwrap();
	}
	let text =
		GUEST.replace(";; @imports", &externs).replace(IMPORTED, memory).replace(";; @arms", &arms);
	wat::parse_str(&text).unwrap_or_else(|error| panic!("the guest is no module: {error}\n{text}"))
}

/// A contract that returns its input.
///
/// # Panics
///
/// If its text is no module.
pub fn echo() -> Vec<u8> {
	wat::parse_str(include_str!("../../wat/seal/echo.wat")).unwrap()
}

/// The number of an import's arm.
fn number(import: Import) -> usize {
	imports()
		.position(|(other, _)| other == import)
		.unwrap_or_else(|| panic!("no import {import:?}"))
}

/// What one step notes, if it does.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Noted {
	Result(Import),
	Bytes(usize),
}

/// Steps for the guest.
#[derive(Clone, Default, Debug)]
pub struct Script {
	bytes: Vec<u8>,
	noted: Vec<Noted>,
}

/// What a script noted.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Notes {
	/// The results of host functions, in order.
	pub results: Vec<(Import, u64)>,
	/// The pieces of memory that were asked for, in order.
	pub bytes: Vec<Vec<u8>>,
}

impl Notes {
	/// Only the results.
	pub fn codes(&self) -> Vec<u64> {
		self.results.iter().map(|(_, result)| *result).collect()
	}

	/// The imports that returned.
	pub fn returned(&self) -> BTreeSet<Import> {
		self.results.iter().map(|(import, _)| *import).collect()
	}
}

impl Script {
	/// Without steps.
	pub fn new() -> Self {
		Self::default()
	}

	/// Puts the steps of `other` behind these.
	#[must_use]
	pub fn then(mut self, other: Self) -> Self {
		self.bytes.extend(other.bytes);
		self.noted.extend(other.noted);
		self
	}

	/// Calls a host function. Arguments are numbers of 64 bits whatever the function takes.
	///
	/// # Panics
	///
	/// If it takes another number of arguments.
	#[must_use]
	pub fn call(mut self, import: Import, args: &[u64]) -> Self {
		let number = number(import);
		let (_, spec) = imports().nth(number).unwrap();
		assert_eq!(spec.params.len(), args.len(), "arguments of {import:?}");
		self.bytes.extend([1, u8::try_from(number).unwrap(), u8::try_from(args.len()).unwrap()]);
		self.bytes.extend(args.iter().flat_map(|arg| arg.to_le_bytes()));
		self.noted.push(Noted::Result(import));
		self
	}

	/// As [`Self::call`], each argument found by its name in the table.
	#[must_use]
	pub fn call_with(self, import: Import, argument: impl Fn(&str) -> u64) -> Self {
		let (_, spec) = imports().nth(number(import)).unwrap();
		let args: Vec<_> = spec.params.iter().map(|param| argument(param.name)).collect();
		self.call(import, &args)
	}

	/// Writes to memory.
	///
	/// # Panics
	///
	/// If it is more than a script could have.
	#[must_use]
	pub fn write(mut self, at: u32, bytes: impl AsRef<[u8]>) -> Self {
		let bytes = bytes.as_ref();
		self.bytes.push(2);
		self.bytes.extend(at.to_le_bytes());
		self.bytes.extend(u32::try_from(bytes.len()).unwrap().to_le_bytes());
		self.bytes.extend(bytes);
		self
	}

	/// Writes a number of 32 bits.
	#[must_use]
	pub fn number(self, at: u32, number: u32) -> Self {
		self.write(at, number.to_le_bytes())
	}

	/// Fills memory with a byte.
	#[must_use]
	pub fn fill(mut self, at: u32, len: u32, byte: u8) -> Self {
		self.bytes.push(6);
		self.bytes.extend(at.to_le_bytes());
		self.bytes.extend(len.to_le_bytes());
		self.bytes.push(byte);
		self
	}

	/// Notes bytes of memory.
	#[must_use]
	pub fn note(mut self, at: u32, len: u32) -> Self {
		self.bytes.push(3);
		self.bytes.extend(at.to_le_bytes());
		self.bytes.extend(len.to_le_bytes());
		self.noted.push(Noted::Bytes(len as usize));
		self
	}

	/// Traps.
	#[must_use]
	pub fn trap(mut self) -> Self {
		self.bytes.push(4);
		self
	}

	/// Ends by reverting.
	#[must_use]
	pub fn revert(mut self) -> Self {
		self.bytes.push(5);
		self
	}

	/// Never ends.
	#[must_use]
	pub fn spin(mut self) -> Self {
		self.bytes.push(7);
		self
	}

	/// The input that makes the guest take these steps.
	pub fn input(&self) -> Vec<u8> {
		let mut bytes = self.bytes.clone();
		bytes.push(0);
		bytes
	}

	/// What is noted in `output`: less than the script asks for, if it ended early.
	pub fn read(&self, output: &[u8]) -> Notes {
		let (mut notes, mut rest) = (Notes::default(), output);
		for noted in &self.noted {
			let len = match noted {
				Noted::Result(_) => 8,
				Noted::Bytes(len) => *len,
			};
			let Some((bytes, behind)) = rest.split_at_checked(len) else { break };
			rest = behind;
			match noted {
				Noted::Result(import) => {
					let result = u64::from_le_bytes(bytes.try_into().unwrap());
					notes.results.push((*import, result));
				},
				Noted::Bytes(_) => notes.bytes.push(bytes.to_vec()),
			}
		}
		notes
	}

	/// The number of results that it asks for.
	pub fn calls(&self) -> usize {
		self.noted.iter().filter(|noted| matches!(noted, Noted::Result(_))).count()
	}
}
