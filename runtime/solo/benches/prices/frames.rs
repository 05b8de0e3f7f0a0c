//! Frames: what a called contract has to be loaded from, what it does to its engine, and how it ends.
//!
//! A sub-call is a round. Where loading is what costs, each round calls another contract, whose code no
//! call has run before, so that it is read, parsed, and translated where it runs.

use crate::case::{case, parse, Case, Given};
use caisson_contracts_abi::{types::WasmType, Abi, FunctionSpec, Status};
use codec::Encode;

/// Rounds of a case in which each needs something of its own.
const EACH: usize = 24;

/// A contract of `seal` that is called, of a page of memory.
fn callee(imports: &str, fields: &str, body: &str) -> String {
	of_pages(1, imports, fields, body)
}

/// A contract of `seal` that is called, of so many pages.
fn of_pages(pages: u32, imports: &str, fields: &str, body: &str) -> String {
	format!(
		r#"(module {imports}
			(import "env" "memory" (memory {pages} 16))
			{fields}
			(func (export "deploy"))
			(func (export "call") (local $n i32) {body}))"#
	)
}

/// A sub-call a round, with this limit of time (0: none) and this input, which the callee reads at need.
fn call(name: &'static str, gas: u64, given: Given) -> Case {
	let import = r#"(import "seal1" "seal_call"
		(func $call (param i32 i32 i64 i32 i32 i32 i32 i32) (result i32)))"#;
	// No flags, no value, the round's number as input, and no output.
	let body = format!(
		"(i32.store (i32.const 2048) (local.get $n))
		(drop (call $call (i32.const 0) (call $given (local.get $n)) (i64.const {gas})
			(i32.const 1024) (i32.const 2048) (i32.const 4) (i32.const -1) (i32.const 0)))"
	);
	let most = match &given {
		Given::Contracts(of) | Given::Codes(of) => Some(of.len() as u32),
		Given::Nothing => None,
	};
	Case { imports: Some(import.into()), repeated: 1, most, given, ..case(name, body) }
}

/// Calls contracts whose code differs in a constant, each once.
fn each(name: &'static str, text: impl Fn(usize) -> String) -> Case {
	call(name, 0, Given::Contracts((0..EACH).map(|number| parse(&text(number))).collect()))
}

/// Calls contracts of one code, each once.
fn alike(name: &'static str, gas: u64, text: &str) -> Case {
	call(name, gas, Given::Contracts(vec![parse(text); EACH]))
}

/// Functions that add to what they get, as many as are told, and calls of all of them.
fn functions(count: usize, number: usize, locals: usize) -> (String, String) {
	let function = |index: usize| {
		format!(
			"(func $f{index} (result i32) (local{}) (i32.add (i32.const {index}) (i32.const {number})))",
			" i64".repeat(locals)
		)
	};
	let calls = (0..count).map(|index| format!("(drop (call $f{index}))"));
	((0..count).map(function).collect(), calls.collect())
}

/// Simple instructions that take so many bytes.
fn straight(bytes: usize, number: usize) -> String {
	// A constant of three bytes and an opcode, an addition, and two locals of two bytes each.
	let one = format!("(local.set $n (i32.add (local.get $n) (i32.const {})))", 100_000 + number);
	one.repeat(bytes / 9)
}

fn skipped(body: &str) -> String {
	format!("(if (i32.const 0) (then {body}))")
}

/// Every function that can be imported, and a body that could call each.
fn every_import() -> (String, String) {
	let wasm = |ty| match ty {
		WasmType::I32 => "i32",
		WasmType::I64 => "i64",
	};
	// The solo chain has none of these.
	let absent = ["call_chain_extension", "xcm_execute", "xcm_send"];
	let stable = |spec: &&FunctionSpec| {
		matches!(spec.status, Status::Stable) && !absent.contains(&spec.name)
	};
	Abi::Seal
		.functions()
		.iter()
		.filter(stable)
		.map(|spec| {
			let params: Vec<_> = spec.params.iter().map(|param| wasm(param.ty.wasm())).collect();
			let result = spec.result.map(wasm);
			let import = format!(
				"(import {:?} {:?} (func $i{} (param {}) {}))",
				spec.module,
				spec.name,
				spec.id.row,
				params.join(" "),
				result.map(|ty| format!("(result {ty})")).unwrap_or_default(),
			);
			let zeros: String = params.iter().map(|ty| format!("({ty}.const 0)")).collect();
			let call = format!("(call $i{} {zeros})", spec.id.row);
			(import, if result.is_some() { format!("(drop {call})") } else { call })
		})
		.unzip()
}

/// What loading depends on, each part at its most.
fn loads() -> Vec<Case> {
	let constant = |number: usize| format!("(drop (i32.const {number}))");
	let (imports, calls) = every_import();
	vec![
		each("frame: an empty contract", |n| callee("", "", &constant(n))),
		each("frame: 60 KB of code that runs", |n| callee("", "", &straight(60_000, n))),
		each("frame: 60 KB of code that does not run", |n| {
			callee("", "", &skipped(&straight(60_000, n)))
		}),
		each("frame: 1,000 functions that run", |n| {
			let (functions, calls) = functions(1_000, n, 0);
			callee("", &functions, &calls)
		}),
		each("frame: 1,000 functions that do not run", |n| {
			let (functions, calls) = functions(1_000, n, 0);
			callee("", &functions, &skipped(&calls))
		}),
		each("frame: 500 functions of 255 locals that run", |n| {
			let (functions, calls) = functions(500, n, 255);
			callee("", &functions, &calls)
		}),
		each("frame: 2,000 nested blocks", |n| {
			let nested = "(block ".repeat(2_000) + &")".repeat(2_000);
			callee("", "", &(nested + &constant(n)))
		}),
		each("frame: br_table of 1,024 targets, 24 times", |n| {
			let targets = " 0".repeat(1_025);
			let table = format!("(block (br_table{targets} (local.get $n)))");
			callee("", "", &(table.repeat(24) + &constant(n)))
		}),
		each("frame: 4,000 ifs with a value", |n| {
			let one = "(local.set $n (if (result i32) (local.get $n) (then (i32.const 7)) (else (i32.const 9))))";
			callee("", "", &(one.repeat(4_000) + &constant(n)))
		}),
		each("frame: 1,000 types", |n| {
			let types = (0..1_000).map(|index| {
				let params: String = (0..10)
					.map(|bit| if index >> bit & 1 == 0 { " i32" } else { " i64" })
					.collect();
				let zeros: String = (0..10)
					.map(
						|bit| if index >> bit & 1 == 0 { "(i32.const 0)" } else { "(i64.const 0)" },
					)
					.collect();
				(format!("(func $f{index} (param{params}))"), format!("(call $f{index} {zeros})"))
			});
			let (functions, calls): (String, String) = types.unzip();
			callee("", &functions, &(skipped(&calls) + &constant(n)))
		}),
		each("frame: 250 globals", |n| {
			let globals: String = (0..250)
				.map(|index| format!("(global $g{index} (mut i64) (i64.const {index}))"))
				.collect();
			let uses: String =
				(0..250).map(|index| format!("(global.set $g{index} (i64.const {n}))")).collect();
			callee("", &globals, &uses)
		}),
		each("frame: 1,000 data segments of a byte", |n| {
			let data: String = (0..1_000)
				.map(|index| format!("(data (i32.const {}) \"x\")", index * 60))
				.collect();
			// Data stands behind the memory, which `callee` declares behind this.
			callee("", &data, &constant(n))
		}),
		each("frame: 60 KB of data", |n| {
			let data = format!("(data (i32.const 0) \"{}\")", "x".repeat(60_000));
			callee("", &data, &constant(n))
		}),
		each("frame: a table of 4,096 elements, all set", |n| {
			let table = format!(
				"(type $t (func)) (table 4096 funcref) (elem (i32.const 0) func {}) (func $leaf)",
				"$leaf ".repeat(4_096)
			);
			callee("", &table, &format!("(call_indirect (type $t) (i32.const {n}))"))
		}),
		each("frame: a table of 4,096 elements in 256 segments", |n| {
			let segments: String = (0..256)
				.map(|index| {
					format!("(elem (i32.const {}) func {})", index * 16, "$leaf ".repeat(16))
				})
				.collect();
			let table = format!("(type $t (func)) (table 4096 funcref) {segments} (func $leaf)");
			callee("", &table, &format!("(call_indirect (type $t) (i32.const {n}))"))
		}),
		each("frame: every function of the interface imported", |n| {
			callee(&imports, "", &(skipped(&calls) + &constant(n)))
		}),
	]
}

/// What a guest makes its engine do, by sub-calls of one contract.
fn engine() -> Vec<Case> {
	let again = |name, text: &str| Case {
		most: None,
		body: call("", 0, Given::Nothing)
			.body
			.replace("(call $given (local.get $n))", "(call $given (i32.const 1))"),
		..call(name, 0, Given::Contracts(vec![parse(text)]))
	};
	let recursion = |locals: usize| {
		format!(
			"(func $down (param i32) (local{}) (if (local.get 0) (then
				(call $down (i32.sub (local.get 0) (i32.const 1))))))",
			" i64".repeat(locals)
		)
	};
	let page = "(drop (memory.grow (i32.const 1)))";
	vec![
		again("frame: 16 pages of memory", &of_pages(16, "", "", "")),
		again("frame: 16 pages of memory, grown one by one", &callee("", "", &page.repeat(15))),
		again(
			"frame: 16 pages of memory, grown at once",
			&callee("", "", "(drop (memory.grow (i32.const 15)))"),
		),
		again(
			"frame: 1,000 calls deep",
			&callee("", &recursion(0), "(call $down (i32.const 1000))"),
		),
		again(
			"frame: 120 calls deep with 255 locals each",
			&callee("", &recursion(255), "(call $down (i32.const 120))"),
		),
		again("frame: traps at once", &callee("", "", "unreachable")),
	]
}

/// How a frame ends, and what that leaves to do.
fn ends() -> Vec<Case> {
	let storage = r#"(import "seal0" "input" (func $input (param i32 i32)))
		(import "seal2" "set_storage" (func $set (param i32 i32 i32 i32) (result i32)))
		(import "seal0" "seal_return" (func $return (param i32 i32 i32)))
		(import "seal1" "terminate" (func $terminate (param i32)))"#;
	// Keys that no round before had: the round's number, which the input is, and the index.
	let writes = |count: usize| -> String {
		let input =
			"(i32.store (i32.const 0) (i32.const 4)) (call $input (i32.const 4) (i32.const 0))";
		let write = |index| {
			format!(
				"(i32.store (i32.const 8) (i32.const {index}))
				(drop (call $set (i32.const 4) (i32.const 8) (i32.const 1024) (i32.const 32)))"
			)
		};
		input.to_string() + &(0..count).map(write).collect::<String>()
	};
	vec![
		alike(
			"frame: an entry written in another contract each",
			0,
			&callee(storage, "", &writes(1)),
		),
		alike("frame: 20 entries written", 0, &callee(storage, "", &writes(20))),
		alike(
			"frame: 20 entries written and undone",
			0,
			&callee(
				storage,
				"",
				&(writes(20) + "(call $return (i32.const 1) (i32.const 0) (i32.const 0))"),
			),
		),
		alike(
			"frame: 20 entries written, then a trap",
			0,
			&callee(storage, "", &(writes(20) + "unreachable")),
		),
		alike("frame: out of a limit of its own", 300_000_000, &callee("", "", "(loop (br 0))")),
		alike(
			"frame: terminates",
			0,
			// The caller's address would be as good: any account that there is.
			&callee(storage, "", "(call $terminate (i32.const 1024))"),
		),
	]
}

/// Contracts made and code run by its hash.
fn codes() -> Vec<Case> {
	let code = |n: usize| parse(&callee("", "", &format!("(drop (i32.const {n}))")));
	let all: Vec<_> = (0..EACH).map(code).collect();
	let make = r#"(import "seal1" "seal_instantiate"
		(func $make (param i32 i64 i32 i32 i32 i32 i32 i32 i32 i32 i32) (result i32)))"#;
	let delegate = r#"(import "seal0" "delegate_call"
		(func $delegate (param i32 i32 i32 i32 i32 i32) (result i32)))"#;
	let set = r#"(import "seal0" "set_code_hash" (func $set (param i32) (result i32)))"#;
	let of = |name, imports: &str, body: &str| Case {
		imports: Some(imports.into()),
		repeated: 1,
		most: Some(EACH as u32),
		given: Given::Codes(all.clone()),
		..case(name, body)
	};
	vec![
		of(
			"frame: a contract made of another code each",
			make,
			"(drop (call $make (call $given (local.get $n)) (i64.const 0) (i32.const 1024)
				(i32.const 2048) (i32.const 0) (i32.const -1) (i32.const 0) (i32.const -1) (i32.const 0)
				(i32.const 2048) (i32.const 4)))",
		),
		of(
			"frame: another code run on this contract's state",
			delegate,
			"(drop (call $delegate (i32.const 0) (call $given (local.get $n)) (i32.const 2048)
				(i32.const 0) (i32.const -1) (i32.const 0)))",
		),
		of("frame: another code set", set, "(drop (call $set (call $given (local.get $n))))"),
	]
}

/// A contract of another interface with as much memory as that allows.
fn baals() -> Case {
	let text = r#"(module
		(import "env" "baals_get_block_index" (func $index (result i64)))
		(memory (export "memory") 64 64)
		(func (export "go") (param i32 i32) (result i32) (drop (call $index)) (i32.const 0)))"#;
	let input = (b"go".to_vec(), Vec::<Vec<u8>>::new()).encode();
	let bytes: String = input.iter().map(|byte| format!("\\{byte:02x}")).collect();
	let mut case = call("frame: 64 pages of memory", 0, Given::Contracts(vec![parse(text); EACH]));
	case.declarations = format!("(data (i32.const 3000) \"{bytes}\")");
	case.body = case.body.replace(
		"(i32.const 2048) (i32.const 4) (i32.const -1)",
		&format!("(i32.const 3000) (i32.const {}) (i32.const -1)", input.len()),
	);
	case
}

/// The cases.
pub(crate) fn cases() -> Vec<Case> {
	let mut cases = loads();
	cases.extend(engine());
	cases.push(baals());
	cases.extend(ends());
	cases.extend(codes());
	cases
}
