//! What uploads are refused for, and what is made of those that are not.

#![allow(
	clippy::arithmetic_side_effects,
	clippy::indexing_slicing,
	clippy::unwrap_used,
	reason = "a test that is wrong may panic"
)]

mod hostile;
mod locate;
mod opcodes;
mod prepared;
mod recognition;
mod refusals;
mod seal;

use super::{
	reject::{Item, Reason, Rejection},
	validate::{self, Validated},
	Standing,
};
use alloc::{
	format,
	string::{String, ToString},
	vec,
	vec::Vec,
};
use caisson_contracts_abi::{types::WasmType, Abi, FunctionSpec};
use core::ops::Range;

/// Assembles a module, without the section of names, so that what a test looks for is there once.
#[track_caller]
fn wasm(text: &str) -> Vec<u8> {
	let code = wat::parse_str(text).expect("the test's own text is right");
	let mut bare = code[..8].to_vec();
	for Section { id, start, contents } in sections(&code) {
		if id != 0 || !code[contents.clone()].starts_with(b"\x04name") {
			bare.extend(&code[start..contents.end]);
		}
	}
	bare
}

/// A section of a module.
struct Section {
	id: u8,
	/// Where its number stands.
	start: usize,
	contents: Range<usize>,
}

/// The sections of a module, found without the code under test.
fn sections(code: &[u8]) -> Vec<Section> {
	let mut sections = vec![];
	let mut at = 8;
	while at < code.len() {
		let start = at;
		let mut len = 0;
		for shift in (0..).step_by(7) {
			at += 1;
			len |= usize::from(code[at] & 0x7f) << shift;
			if code[at] < 0x80 {
				break;
			}
		}
		let contents = at + 1..at + 1 + len;
		at = contents.end;
		sections.push(Section { id: code[start], start, contents });
	}
	sections
}

/// Where the contents of the section with this number begin.
#[track_caller]
fn contents(code: &[u8], id: u8) -> u32 {
	let section = sections(code).into_iter().find(|section| section.id == id);
	section.expect("the section is there").contents.start as u32
}

/// A `baals` contract around further declarations, which come last.
fn baals(declarations: &str) -> String {
	format!(
		r#"(module
			(import "env" "baals_get_input_data" (func $input (param i32 i32) (result i32)))
			(memory (export "memory") 1)
			(func (export "main") (param i32 i32) (result i32) (i32.const 0))
			{declarations})"#
	)
}

/// A `baals` contract with a function of no parameters and no result around `body`.
fn with_body(body: &str) -> Vec<u8> {
	wasm(&baals(&format!("(func $extra {body})")))
}

/// A `seal` contract around further imports, which come first, and further declarations, which come last.
fn seal(imports: &str, declarations: &str) -> String {
	format!(
		r#"(module
			{imports}
			(import "env" "memory" (memory 2 16))
			(func (export "deploy"))
			(func (export "call"))
			{declarations})"#
	)
}

/// The import of a row by one of its names.
fn import_of(spec: &FunctionSpec, name: &str) -> String {
	let ty = |ty| match ty {
		WasmType::I32 => " i32",
		WasmType::I64 => " i64",
	};
	let params: String = spec.params.iter().map(|param| ty(param.ty.wasm())).collect();
	let result = spec.result.map(|result| format!("(result{})", ty(result))).unwrap_or_default();
	format!("(import {:?} {name:?} (func (param{params}) {result}))", spec.module)
}

/// A contract of `abi` with these imports and an entry.
fn importing(abi: Abi, imports: &str) -> Vec<u8> {
	wasm(&match abi {
		Abi::Seal => seal(imports, ""),
		Abi::Baals | Abi::Aureon | Abi::Dytallix => format!(
			r#"(module {imports} (memory (export "memory") 1)
				(func (export "contract_x") (param i32 i32) (result i32) (i32.const 0)))"#
		),
	})
}

/// A number that no test uses for anything else.
const MARK: i64 = 0x5ca1_ab1e;

/// As [`with_body`], with an instruction behind a mark; with the place of the instruction.
fn with_instruction(instruction: &str) -> (Vec<u8>, u32) {
	let code = with_body(&format!("(i64.const {MARK}) (drop) {instruction}"));
	let mark = [&[0x42][..], &leb(MARK as u64), &[0x1a]].concat();
	let place = place(&code, &mark) + mark.len() as u32;
	(code, place)
}

/// As on a chain that keeps what is not settled closed.
fn validate(code: &[u8]) -> Result<Validated, Rejection> {
	validate::validate(code, Standing::New { unstable: false })
}

#[track_caller]
fn accepted(code: &[u8]) -> Validated {
	match validate(code) {
		Ok(validated) => validated,
		Err(rejection) => panic!("refused: {rejection}"),
	}
}

#[track_caller]
fn refused(code: &[u8]) -> Rejection {
	match validate(code) {
		Ok(_) => panic!("accepted"),
		Err(rejection) => rejection,
	}
}

/// The only place of `pattern` in `code`.
#[track_caller]
fn place(code: &[u8], pattern: &[u8]) -> u32 {
	let mut places =
		code.windows(pattern.len()).enumerate().filter(|(_, window)| *window == pattern);
	let (place, _) = places.next().expect("the pattern is there");
	assert!(places.next().is_none(), "the pattern is there twice");
	place as u32
}

/// The place of the import or export whose name is `name`, behind a module if it is an import.
#[track_caller]
fn place_of_name(code: &[u8], module: Option<&str>, name: &str) -> u32 {
	let mut pattern = Vec::new();
	for text in module.into_iter().chain([name]) {
		pattern.push(text.len() as u8);
		pattern.extend(text.as_bytes());
	}
	place(code, &pattern)
}

/// `code` is refused for `reason` where `pattern` is.
#[track_caller]
fn assert_refused_at(code: &[u8], pattern: &[u8], reason: Reason) {
	let offset = place(code, pattern);
	assert_eq!(refused(code), Rejection { reason, offset });
}

fn float(what: &str) -> Reason {
	Reason::Float { what: what.to_string() }
}

fn feature(feature: &'static str, what: &str) -> Reason {
	Reason::Feature { feature, what: what.to_string() }
}

fn over(item: Item, count: u64, limit: u32) -> Reason {
	Reason::OverLimit { item, count, limit }
}

/// A number as the binary format writes it.
fn leb(mut number: u64) -> Vec<u8> {
	let mut bytes = vec![];
	loop {
		let byte = (number & 0x7f) as u8;
		number >>= 7;
		if number == 0 {
			bytes.push(byte);
			return bytes;
		}
		bytes.push(byte | 0x80);
	}
}

/// A section: its number, its length, its contents.
fn section(id: u8, contents: &[u8]) -> Vec<u8> {
	[vec![id], leb(contents.len() as u64), contents.to_vec()].concat()
}

/// A module of these sections.
fn module(sections: &[Vec<u8>]) -> Vec<u8> {
	[b"\0asm\x01\0\0\0".to_vec(), sections.concat()].concat()
}

/// The sections of a `baals` contract whose method `main` has this body, locals included.
fn raw_body(body: &[u8]) -> Vec<u8> {
	let entry = [leb(body.len() as u64), body.to_vec()].concat();
	module(&[
		section(1, &[1, 0x60, 2, 0x7f, 0x7f, 1, 0x7f]),
		section(2, b"\x01\x03env\x14baals_get_input_data\0\0"),
		section(3, &[1, 0]),
		section(5, &[1, 0, 1]),
		section(7, b"\x02\x06memory\x02\0\x04main\0\x01"),
		section(10, &[vec![1], entry].concat()),
	])
}
