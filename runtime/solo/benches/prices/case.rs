//! What is timed: code that a contract runs over and over, or a module that is uploaded.

/// How often the code of a case stands in a round, so that the loop around it hardly counts.
const REPEATED: usize = 8;

/// What a round does, and what it needs beside.
pub(crate) struct Case {
	pub(crate) name: &'static str,
	pub(crate) body: String,
	pub(crate) declarations: String,
	/// Imports of a contract of `seal`; all others are of `baals`.
	pub(crate) imports: Option<String>,
	/// Times that the body stands in a round.
	pub(crate) repeated: usize,
	/// Rounds that there can be, where something is used up by them.
	pub(crate) most: Option<u32>,
	/// What the contract works on, one a round, by its input.
	pub(crate) given: Given,
}

/// What stands in the input of a contract behind the number of rounds, one entry of 32 bytes for a round.
pub(crate) enum Given {
	/// Nothing.
	Nothing,
	/// The addresses of contracts made of these modules, each round another.
	Contracts(Vec<Vec<u8>>),
	/// The hashes of these modules, which are uploaded, each round another.
	Codes(Vec<Vec<u8>>),
}

/// An upload that is compared with another.
pub(crate) struct Upload {
	pub(crate) name: &'static str,
	pub(crate) code: Vec<u8>,
	/// Whether the runtime refuses it.
	pub(crate) refused: bool,
}

pub(crate) fn case(name: &'static str, body: impl Into<String>) -> Case {
	Case {
		name,
		body: body.into(),
		declarations: String::new(),
		imports: None,
		repeated: REPEATED,
		most: None,
		given: Given::Nothing,
	}
}

/// A call of a function of `seal`, of this type, with these arguments.
pub(crate) fn seal(name: &'static str, module: &str, ty: &str, arguments: &str) -> Case {
	let function = name.strip_prefix("seal: ").and_then(|rest| rest.split(',').next()).unwrap();
	let import = format!("(import {module:?} {function:?} (func $function {ty}))");
	let call = format!("(call $function {arguments})");
	let body = if ty.contains("result") { format!("(drop {call})") } else { call };
	Case { imports: Some(import), ..case(name, body) }
}

/// The module of that text.
pub(crate) fn parse(text: &str) -> Vec<u8> {
	wat::parse_str(text).unwrap_or_else(|error| panic!("{error}: {text:.200}"))
}

/// Where a contract of `seal` has its input.
const INPUT: u32 = 3 * 65_536;

/// A contract of `seal` that runs a case as often as its input says.
fn seal_module(case: &Case, imports: &str) -> Vec<u8> {
	let text = format!(
		r#"(module
			(import "seal0" "input" (func $rounds (param i32 i32)))
			{imports}
			(import "env" "memory" (memory 4 16))
			;; Room for the input, which is the number of rounds and what is given for each.
			(data (i32.const 4) "\00\00\01")
			;; Room for any output, as the length of its buffer.
			(func $room (result i32) (i32.store (i32.const 32) (i32.const 64)) (i32.const 32))
			;; What is given for this round.
			(func $given (param $n i32) (result i32)
				(i32.add (i32.const {first}) (i32.shl (local.get $n) (i32.const 5))))
			{declarations}
			(func (export "deploy"))
			(func (export "call") (local $n i32)
				(call $rounds (i32.const {input}) (i32.const 4))
				(local.set $n (i32.load (i32.const {input})))
				(if (local.get $n) (then (loop $more
					{body}
					(br_if $more (local.tee $n (i32.sub (local.get $n) (i32.const 1)))))))))"#,
		input = INPUT,
		// Rounds are counted down to one.
		first = INPUT + 4 - 32,
		declarations = case.declarations,
		body = case.body.repeat(case.repeated),
	);
	parse(&text)
}

/// The module of a case.
pub(crate) fn module(case: &Case) -> Vec<u8> {
	if let Some(imports) = &case.imports {
		return seal_module(case, imports);
	}
	let text = format!(
		r#"(module
			(import "env" "baals_get_block_index" (func $block_index (result i64)))
			(import "env" "baals_get_sender" (func $sender (param i32)))
			(import "env" "baals_hash_sha256" (func $sha256 (param i32 i32 i32)))
			(import "env" "baals_verify_signature"
				(func $verify (param i32 i32 i32 i32 i32 i32) (result i32)))
			(import "env" "baals_storage_read" (func $read (param i32 i32 i32 i32) (result i32)))
			(import "env" "baals_storage_write" (func $write (param i32 i32 i32 i32) (result i32)))
			(import "env" "baals_storage_remove" (func $remove (param i32 i32) (result i32)))
			(import "env" "baals_call_contract"
				(func $call (param i32 i32 i32 i32 i32 i32 i64) (result i32)))
			(type $none (func))
			(memory (export "memory") 4 16)
			(table 2048 funcref)
			;; Passive, so that it can be copied again and again.
			(elem $items func {items})
			(elem (i32.const 0) $leaf $leaf)
			(global $g (mut i32) (i32.const 0))
			(data $data "{data}")
			(func $leaf)
			{declarations}
			(func (export "go") (param $ptr i32) (param $len i32) (result i32)
				(local $n i32) (local $long i64)
				;; The number of rounds is the one argument, behind two lengths of eight bytes.
				(local.set $n (i32.load (i32.const 16)))
				(local.set $long (i64.const 0x0123456789abcdef))
				(if (local.get $n) (then (loop $more
					{body}
					(br_if $more (local.tee $n (i32.sub (local.get $n) (i32.const 1)))))))
				(i32.const 0)))"#,
		items = "$leaf ".repeat(64),
		data = "x".repeat(63),
		declarations = case.declarations,
		body = case.body.repeat(case.repeated),
	);
	parse(&text)
}
