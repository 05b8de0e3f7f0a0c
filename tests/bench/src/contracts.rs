//! The contracts of the cases: ink! contracts as `make guests` builds them, and modules in text for what
//! none of these does. All of them are of Wasm's first version, which both pallets take.

use crate::extrinsic::{address, Account, Call};
use codec::Encode;
use std::{fmt::Write as _, path::PathBuf};

// What prepares ink! contracts prepares this bench's own compiled one.
#[path = "../../ink/tool/src/module.rs"]
#[allow(dead_code, unreachable_pub, reason = "another program's file")]
mod strip;

/// Selectors of the ink! messages that are called.
pub(crate) mod selector {
	/// `new`, of every contract.
	pub(crate) const NEW: [u8; 4] = [0x9b, 0xae, 0x9d, 0x5e];
	/// `get` of a flipper.
	pub(crate) const GET: [u8; 4] = [0x2f, 0x86, 0x5b, 0xd9];
	/// `flip` of a flipper.
	pub(crate) const FLIP: [u8; 4] = [0x63, 0x3a, 0xa5, 0x51];
	/// `transfer` of a token.
	pub(crate) const TRANSFER: [u8; 4] = [0x84, 0xa1, 0x5d, 0xa1];
	/// `turn_all` of an operator.
	pub(crate) const TURN_ALL: [u8; 4] = [0xb2, 0x7b, 0x6f, 0xc8];
}

/// Where `make guests` leaves what it builds.
fn guests() -> PathBuf {
	let target = std::env::var_os("CARGO_TARGET_DIR").map_or_else(
		|| {
			PathBuf::from(std::env::var_os("HOME").unwrap_or_default())
				.join(".cache/caisson/target")
		},
		PathBuf::from,
	);
	target.join("caisson-guests")
}

/// A file that was built before.
///
/// # Panics
///
/// If it was not.
fn built(name: &str) -> Vec<u8> {
	let file = guests().join(name);
	std::fs::read(&file)
		.unwrap_or_else(|error| panic!("{}: {error}; build it with `make guests`", file.display()))
}

/// The ink! 5 contract of this name.
pub(crate) fn ink(name: &str) -> Vec<u8> {
	built(&format!("ink/v5/{name}.wasm"))
}

/// A contract that is deployed with its code.
#[derive(Clone)]
pub(crate) struct Contract {
	/// Its code.
	pub(crate) code: Vec<u8>,
	/// What its constructor gets.
	pub(crate) data: Vec<u8>,
	/// What sets it apart from others of the same code and constructor.
	pub(crate) salt: Vec<u8>,
}

impl Contract {
	/// A module whose constructor takes nothing.
	pub(crate) fn new(code: Vec<u8>) -> Self {
		Self { code, data: Vec::new(), salt: Vec::new() }
	}

	/// An ink! contract, made by `new` with these encoded arguments.
	pub(crate) fn ink(name: &str, arguments: impl Encode) -> Self {
		let data = (selector::NEW, arguments).encode();
		Self { code: ink(name), data, salt: Vec::new() }
	}

	/// The same with another address.
	pub(crate) fn salted(self, salt: u32) -> Self {
		Self { salt: salt.encode(), ..self }
	}

	/// Where Alice makes it.
	pub(crate) fn address(&self, alice: Account) -> Account {
		address(alice, &self.code, &self.data, &self.salt)
	}

	/// The call that makes it and uploads its code.
	pub(crate) fn deploy(&self) -> Call {
		let Self { code, data, salt } = self.clone();
		Call::Deploy { code, data, salt }
	}

	/// The call that makes it of code that is there.
	pub(crate) fn instantiate(&self) -> Call {
		let Self { code, data, salt } = self.clone();
		Call::Instantiate { code: sp_io::hashing::blake2_256(&code), data, salt }
	}
}

/// A module with these imports and functions, that runs `body` when it is called.
fn module(declarations: &str, body: &str) -> Vec<u8> {
	let text = format!(
		r#"(module
			{declarations}
			(import "env" "memory" (memory 2 16))
			(func (export "deploy"))
			(func (export "call") (local $n i32) (local $long i64) {body}))"#
	);
	wat::parse_str(text).unwrap_or_else(|error| panic!("{body}: {error}"))
}

/// `body`, as often as this; `$n` counts down to one.
fn times(count: u32, body: &str) -> String {
	format!(
		"(local.set $n (i32.const {count})) (loop $more {body}
			(br_if $more (local.tee $n (i32.sub (local.get $n) (i32.const 1)))))"
	)
}

/// The import that returns what was computed, so that nothing is optimised away.
const RETURN: &str = r#"(import "seal0" "seal_return" (func $return (param i32 i32 i32)))"#;

/// Iterations of four operations each on a number, which it returns.
pub(crate) fn arithmetic(iterations: u32) -> Vec<u8> {
	let round = "(local.set $long (i64.rotl (i64.xor (i64.add (i64.mul (local.get $long)
		(i64.const 0x5851f42d4c957f2d)) (i64.const 0x14057b7ef767814f))
		(i64.extend_i32_u (local.get $n))) (i64.const 7)))";
	let end = "(i64.store (i32.const 0) (local.get $long))
		(call $return (i32.const 0) (i32.const 0) (i32.const 8))";
	module(RETURN, &format!("{} {end}", times(iterations, round)))
}

/// Calls of a host function that has hardly anything to do.
pub(crate) fn host_calls(count: u32) -> Vec<u8> {
	let import = r#"(import "seal0" "value_transferred" (func $value (param i32 i32)))
		(data (i32.const 0) "\10")"#;
	module(import, &times(count, "(call $value (i32.const 16) (i32.const 0))"))
}

/// Writes entries of 32 bytes, and reads all of them.
pub(crate) fn storage(entries: u32) -> Vec<u8> {
	let import = r#"
		(import "seal2" "set_storage" (func $set (param i32 i32 i32 i32) (result i32)))
		(import "seal1" "get_storage" (func $get (param i32 i32 i32 i32) (result i32)))"#;
	let key = "(i32.store (i32.const 64) (local.get $n))";
	let write = format!(
		"{key} (drop (call $set (i32.const 64) (i32.const 32) (i32.const 128) (i32.const 32)))"
	);
	let read = format!(
		"{key} (i32.store (i32.const 0) (i32.const 32))
		(if (call $get (i32.const 64) (i32.const 32) (i32.const 192) (i32.const 0)) (then unreachable))"
	);
	module(import, &format!("{} {}", times(entries, &write), times(entries, &read)))
}

/// Input is two numbers, an entry and a count: it writes as many entries of 32 bytes from that one on; or,
/// where the count is zero, reads that one and writes it.
pub(crate) fn shelf() -> Vec<u8> {
	let import = r#"
		(import "seal0" "input" (func $input (param i32 i32)))
		(import "seal2" "set_storage" (func $set (param i32 i32 i32 i32) (result i32)))
		(import "seal1" "get_storage" (func $get (param i32 i32 i32 i32) (result i32)))"#;
	// The input lies at 8, the key at 64, the value at 128.
	let write = "(drop (call $set (i32.const 64) (i32.const 32) (i32.const 128) (i32.const 32)))";
	let next = "(i32.store (i32.const 64) (i32.add (i32.load (i32.const 64)) (i32.const 1)))";
	let body = format!(
		"(i32.store (i32.const 0) (i32.const 8)) (call $input (i32.const 8) (i32.const 0))
		(i32.store (i32.const 64) (i32.load (i32.const 8)))
		(local.set $n (i32.load (i32.const 12)))
		(if (local.get $n) (then (loop $more {write} {next}
			(br_if $more (local.tee $n (i32.sub (local.get $n) (i32.const 1))))))
		(else
			(i32.store (i32.const 0) (i32.const 32))
			(if (call $get (i32.const 64) (i32.const 32) (i32.const 128) (i32.const 0))
				(then unreachable))
			(i32.store (i32.const 128) (i32.add (i32.load (i32.const 128)) (i32.const 1)))
			{write}))"
	);
	module(import, &body)
}

/// Events with a topic and 32 bytes of data.
pub(crate) fn events(count: u32) -> Vec<u8> {
	let import = r#"(import "seal0" "deposit_event" (func $event (param i32 i32 i32 i32)))
		(data (i32.const 0) "\04")"#;
	let event = "(i32.store (i32.const 1) (local.get $n))
		(call $event (i32.const 0) (i32.const 33) (i32.const 64) (i32.const 32))";
	module(import, &times(count, event))
}

/// A module with as many pages of memory that does nothing.
pub(crate) fn pages(pages: u32) -> Vec<u8> {
	let text = format!(
		r#"(module (import "env" "memory" (memory {pages} 16))
			(func (export "deploy")) (func (export "call")))"#
	);
	wat::parse_str(text).unwrap_or_else(|error| panic!("{pages} pages: {error}"))
}

/// A module of as many functions, each of `operations` additions and multiplications, which all run where
/// the input is not empty, so that none of them may be left out. `tag` makes another code of it.
pub(crate) fn generated(functions: u32, operations: u32, tag: u32) -> Vec<u8> {
	let mut declarations = format!(
		r#"(import "seal0" "input" (func $input (param i32 i32)))
		(data (i32.const 1024) "tag {tag}")"#
	);
	let mut calls = String::new();
	for function in 0..functions {
		let mut body = "(local.get 0)".to_string();
		for operation in 0..operations {
			let number = 0x0100_0193u32.wrapping_mul(function * operations + operation + 1);
			let kind = if operation % 2 == 0 { "mul" } else { "add" };
			write!(body, "(i32.const {number}) i32.{kind} ").expect("memory takes all");
		}
		write!(declarations, "(func $f{function} (param i32) (result i32) {body})")
			.expect("memory takes all");
		write!(calls, "(local.set $n (call $f{function} (local.get $n)))")
			.expect("memory takes all");
	}
	// Functions come behind imports.
	let text = format!(
		r#"(module
			(import "env" "memory" (memory 2 16))
			{declarations}
			(func (export "deploy"))
			(func (export "call") (local $n i32)
				(i32.store (i32.const 0) (i32.const 32))
				(call $input (i32.const 8) (i32.const 0))
				(if (i32.load (i32.const 0)) (then {calls}))))"#
	);
	wat::parse_str(text).unwrap_or_else(|error| panic!("{functions} functions: {error}"))
}

/// A module of about this many bytes, in functions of 200 bytes as compiled code has them.
pub(crate) fn generated_of(bytes: u32, tag: u32) -> Vec<u8> {
	// What a function takes with its part of the calls; measured below by its result.
	const FUNCTION: u32 = 211;
	let code = generated(bytes / FUNCTION, 29, tag);
	assert!(code.len().abs_diff(bytes as usize) < bytes as usize / 10, "{} bytes", code.len());
	code
}

/// SHA-256 of 64 KiB, by compiled code. What a linker leaves beside the entry points is dropped.
pub(crate) fn sha2() -> Vec<u8> {
	strip::strip(include_bytes!(env!("BENCH_SHA2"))).expect("a compiler's module is valid")
}
