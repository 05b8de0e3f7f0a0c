//! What a call loads does what was uploaded.

use super::*;
use crate::limits;
use proptest::prelude::*;
use wasmi::{Config, Engine, Instance, Linker, Memory, MemoryType, Module, Store, Val};
use wasmparser::{FunctionBody, Parser, Payload, Validator, WasmFeatures};

/// Checks that a prepared module is valid with the features that contracts may use, and that the engine
/// finds in it what a call needs.
#[track_caller]
pub(super) fn assert_valid(prepared: &[u8]) {
	let features =
		WasmFeatures::MUTABLE_GLOBAL | WasmFeatures::SIGN_EXTENSION | WasmFeatures::BULK_MEMORY;
	Validator::new_with_features(features).validate_all(prepared).unwrap();
	let module = Module::new(&Engine::default(), prepared).unwrap();
	assert!(module.imports().all(|import| import.ty().func().is_some()));
	assert!(module.get_export("memory").unwrap().memory().is_some());
}

/// The bodies of the functions that a module defines.
fn bodies(code: &[u8]) -> Vec<Vec<u8>> {
	wasmparser::Parser::new(0)
		.parse_all(code)
		.filter_map(|payload| match payload.unwrap() {
			wasmparser::Payload::CodeSectionEntry(body) => Some(body.as_bytes().to_vec()),
			_ => None,
		})
		.collect()
}

/// Which functions keep their body.
fn kept(code: &[u8]) -> Vec<bool> {
	let before = bodies(code);
	let after = bodies(&accepted(code).prepared);
	assert_eq!(before.len(), after.len());
	before
		.iter()
		.zip(&after)
		.map(|(before, after)| {
			assert!(before == after || after == &[0, 0, 0x0b]);
			before == after
		})
		.collect()
}

/// What a call of every exported function, one after the other in one instance, comes to: results or
/// traps, the fuel left, and memory in the end.
#[derive(PartialEq, Eq, Debug)]
struct Observation {
	calls: Vec<(String, Result<Option<i32>, String>, u64)>,
	memory: Vec<u8>,
}

fn observe(code: &[u8]) -> Observation {
	let mut config = Config::default();
	config.consume_fuel(true);
	let engine = Engine::new(&config);
	let module = Module::new(&engine, code).unwrap();
	let mut store = Store::new(&engine, ());
	store.set_fuel(1_000_000).unwrap();
	let mut linker = Linker::new(&engine);
	linker
		.func_wrap("env", "baals_get_input_data", |ptr: i32, cap: i32| ptr.wrapping_add(cap))
		.unwrap();
	linker.func_wrap("seal0", "seal_caller_is_origin", || 7i32).unwrap();
	linker.func_wrap("seal0", "debug_message", |ptr: i32, len: i32| ptr.wrapping_mul(len)).unwrap();
	// What a chain gives to a module that imports its memory.
	let asked = module.imports().find_map(|import| import.ty().memory().copied());
	let imported = asked.map(|ty| {
		let maximum = ty.maximum().map_or(limits::SEAL.memory_pages, |pages| pages as u32);
		let ty = MemoryType::new(ty.minimum() as u32, Some(maximum));
		Memory::new(&mut store, ty).unwrap()
	});
	if let Some(memory) = imported {
		linker.define("env", "memory", memory).unwrap();
	}
	let instance = linker.instantiate_and_start(&mut store, &module).unwrap();
	let names: Vec<String> = module
		.exports()
		.filter(|export| export.ty().func().is_some())
		.map(|export| export.name().to_string())
		.collect();
	let calls = names
		.into_iter()
		.map(|name| {
			let result = call(&instance, &mut store, &name);
			(name, result, store.get_fuel().unwrap())
		})
		.collect();
	let memory = instance.get_memory(&store, "memory").or(imported).unwrap();
	Observation { calls, memory: memory.data(&store).to_vec() }
}

fn call(instance: &Instance, store: &mut Store<()>, name: &str) -> Result<Option<i32>, String> {
	let function = instance.get_func(&*store, name).unwrap();
	let ty = function.ty(&*store);
	let mut results = vec![Val::I32(0); ty.results().len()];
	function
		.call(&mut *store, &[Val::I32(3), Val::I32(5)][..ty.params().len()], &mut results)
		.map(|()| results.first().and_then(Val::i32))
		.map_err(|error| error.to_string())
}

#[track_caller]
fn assert_equivalent(code: &[u8]) -> Vec<u8> {
	let prepared = accepted(code).prepared;
	assert_valid(&prepared);
	assert_eq!(observe(code), observe(&prepared));
	prepared
}

const CONTRACT: &str = r#"(module
	(import "env" "baals_get_input_data" (func $host (param i32 i32) (result i32)))
	(type $entry (func (param i32 i32) (result i32)))
	(memory (export "memory") 1)
	(table 3 funcref)
	(global $count (mut i32) (i32.const 10))
	(elem (i32.const 1) $indirect)
	(elem $passive func $copied)
	(data (i32.const 16) "\01\02\03\04")
	(func $unused (param i32 i32) (result i32) (call $only_by_unused (local.get 0)))
	(func $only_by_unused (param i32) (result i32) (i32.mul (local.get 0) (i32.const 77)))
	(func $helper (param i32) (result i32)
		(global.set $count (i32.add (global.get $count) (local.get 0)))
		(i32.store (i32.const 32) (global.get $count))
		(global.get $count))
	(func $indirect (type $entry) (call $from_table (local.get 1)))
	(func $from_table (param i32) (result i32) (i32.add (local.get 0) (i32.load (i32.const 16))))
	(func $copied (type $entry) (i32.const 4242))
	(func $itself (param i64) (result i64) (call $itself (local.get 0)))
	(func (export "direct") (type $entry)
		(call $helper (call $host (local.get 0) (local.get 1))))
	(func (export "by_table") (type $entry)
		(call_indirect (type $entry) (local.get 0) (local.get 1) (i32.const 1)))
	(func (export "by_copy") (type $entry)
		(table.init $passive (i32.const 2) (i32.const 0) (i32.const 1))
		(call_indirect (type $entry) (local.get 0) (local.get 1) (i32.const 2)))
	(func (export "by_null") (type $entry)
		(call_indirect (type $entry) (local.get 0) (local.get 1) (i32.const 0)))
	(func (export "traps") (type $entry) (unreachable))
	(func (export "spins") (type $entry) (loop $l (br $l)) (i32.const 0)))"#;

#[test]
fn a_prepared_module_does_what_the_uploaded_one_does() {
	let code = wasm(CONTRACT);
	let prepared = assert_equivalent(&code);
	assert!(prepared.len() < code.len());
	let calls = observe(&prepared).calls;
	let results: Vec<_> =
		calls.iter().map(|(name, result, _)| (&name[..], result.clone().ok().flatten())).collect();
	assert_eq!(
		results,
		[
			("by_copy", Some(4242)),
			("by_null", None),
			("by_table", Some(0x0403_0206)),
			("direct", Some(18)),
			("spins", None),
			("traps", None),
		]
	);
}

#[test]
fn only_bodies_that_nothing_reaches_are_dropped() {
	let kept = kept(&wasm(CONTRACT));
	// unused, only_by_unused, helper, indirect, from_table, copied, itself, and six exports.
	let expected =
		[false, false, true, true, true, true, false, true, true, true, true, true, true];
	// The body of an export that only traps is the stub already.
	assert_eq!(kept, expected);
}

#[test]
fn custom_sections_are_dropped_wherever_they_stand() {
	let plain = wasm(CONTRACT);
	let custom = section(0, b"\x04notesome text");
	let mut noisy = plain[..8].to_vec();
	noisy.extend(&custom);
	for section in sections(&plain) {
		noisy.extend(&plain[section.start..section.contents.end]);
		noisy.extend(&custom);
	}
	assert_eq!(accepted(&noisy).prepared, accepted(&plain).prepared);
	assert!(!accepted(&noisy).prepared.windows(4).any(|window| window == b"note"));
}

#[test]
fn memory_grows_to_the_limit_and_no_further() {
	let grow = r#"(func (export "grow") (param i32 i32) (result i32)
		(memory.grow (i32.const PAGES)))"#;
	let text = |memory: &str, pages: u32| {
		let grow = grow.replace("PAGES", &pages.to_string());
		baals(&grow).replace(r#""memory") 1)"#, &format!(r#""memory") {memory})"#))
	};
	let result = |code: &[u8]| {
		let calls = observe(code).calls;
		let (_, result, _) = calls.into_iter().find(|(name, ..)| name == "grow").unwrap();
		result.unwrap()
	};
	let limit = limits::BAALS.memory_pages;
	for (memory, pages, expected) in [
		("1", limit - 1, Some(1)),
		("1", limit, Some(-1)),
		("1 65536", limit, Some(-1)),
		("1 65536", limit - 1, Some(1)),
		("1 2", 1, Some(1)),
		("1 2", 2, Some(-1)),
	] {
		let prepared = accepted(&wasm(&text(memory, pages))).prepared;
		assert_eq!(result(&prepared), expected, "{memory} + {pages}");
	}
}

#[test]
fn preparing_twice_is_preparing_once() {
	let once = accepted(&wasm(CONTRACT));
	let twice = accepted(&once.prepared);
	assert_eq!(once, twice);
}

#[test]
fn only_the_maximum_of_memory_makes_a_module_longer() {
	// The shortest bodies there are, which nothing reaches.
	let code = wasm(&baals(&"(func)".repeat(1_000)));
	assert_eq!(accepted(&code).prepared.len(), code.len() + 1);
}

#[test]
fn costs_count_what_is_loaded() {
	let validated = accepted(&wasm(CONTRACT));
	let inputs = validated.inputs;
	assert_eq!(inputs.code_bytes as usize, validated.prepared.len() - 4);
	assert_eq!(inputs.functions, 13);
	let code = &validated.prepared;
	let operators =
		|body: FunctionBody<'_>| body.get_operators_reader().unwrap().into_iter().count();
	let all = Parser::new(0).parse_all(code).map(|payload| match payload.unwrap() {
		// What nothing reaches is a trap now.
		Payload::CodeSectionEntry(body) if body.as_bytes() != [0, 0, 0x0b] => operators(body),
		_ => 0,
	});
	// And one that traps by itself: `unreachable` and `end`.
	assert_eq!(inputs.instructions as usize, all.sum::<usize>() + 2);
	assert_eq!(inputs.imports, 1);
	assert_eq!(inputs.globals, 1);
	assert_eq!(inputs.data_bytes, 4);
	assert_eq!(inputs.element_items, 2);
	assert_eq!(inputs.table_elements, 3);
	assert_eq!(inputs.exports, 7);
}

#[test]
fn what_is_dear_to_compile_counts_more_than_once() {
	let instructions = |targets: &str| {
		let body = format!("(block (br_table {targets} (local.get 0))) (i32.const 0)");
		let function = format!("(func (export \"go\") (param i32 i32) (result i32) {body})");
		accepted(&wasm(&baals(&function))).inputs.instructions
	};
	// The last one is the default.
	assert_eq!(instructions("0 0 0 0"), instructions("0") + 3);
	let of = |body: &str| {
		let body = format!("{body} (i32.const 0)");
		let function = format!("(func (export \"go\") (param i32 i32) (result i32) {body})");
		accepted(&wasm(&baals(&function))).inputs.instructions
	};
	assert_eq!(of("(if (local.get 0) (then))"), of("(block (drop (local.get 0)))") - 1 + 8);
}

/// A seal contract of these imports, one of which is the memory.
fn seal_contract(imports: &[&str]) -> Vec<u8> {
	wasm(&format!(
		r#"(module
			{}
			(table 3 funcref)
			(global $count (mut i32) (i32.const 10))
			(elem (i32.const 1) $indirect)
			(data (i32.const 16) "\01\02\03\04")
			(func $unused (result i32) (call $only_by_unused (i32.const 7)))
			(func $only_by_unused (param i32) (result i32) (i32.mul (local.get 0) (i32.const 77)))
			(func $indirect (result i32)
				(global.set $count (i32.add (global.get $count) (i32.load (i32.const 16))))
				(i32.store (i32.const 70000) (global.get $count))
				(global.get $count))
			(func (export "deploy")
				(drop (call_indirect (result i32) (i32.const 1)))
				(i32.store (i32.const 32) (memory.grow (i32.const 14)))
				(i32.store (i32.const 36) (memory.grow (i32.const 1)))
				(i32.store (i32.const 1048572) (call $origin)))
			(func (export "call") (result i32)
				(call $message (call_indirect (result i32) (i32.const 1)) (call $origin))))"#,
		imports.concat()
	))
}

const ORIGIN: &str = r#"(import "seal0" "seal_caller_is_origin" (func $origin (result i32)))"#;
const MESSAGE: &str =
	r#"(import "seal0" "debug_message" (func $message (param i32 i32) (result i32)))"#;
const MEMORY: &str = r#"(import "env" "memory" (memory 2 16))"#;

#[test]
fn a_memory_that_is_imported_becomes_one_that_is_exported() {
	for imports in [[ORIGIN, MESSAGE, MEMORY], [ORIGIN, MEMORY, MESSAGE], [MEMORY, ORIGIN, MESSAGE]]
	{
		let code = seal_contract(&imports);
		let validated = accepted(&code);
		let prepared = assert_equivalent(&code);
		let seen = observe(&prepared);
		// In the order of names: a call first, then the constructor.
		let results: Vec<_> =
			seen.calls.iter().map(|(name, result, _)| (&name[..], result.clone())).collect();
		let count = 10 + 0x0403_0201;
		assert_eq!(results, [("call", Ok(Some(count * 7))), ("deploy", Ok(None))]);
		assert_eq!(seen.memory.len(), 16 * 65_536);
		assert_eq!(seen.memory[32..40], [2, 0, 0, 0, 0xff, 0xff, 0xff, 0xff]);
		assert_eq!(seen.memory[1_048_572], 7);
		assert_eq!(kept(&code), [false, false, true, true, true]);

		// All but three sections are those that were uploaded.
		let ids = |code: &[u8]| sections(code).iter().map(|section| section.id).collect::<Vec<_>>();
		assert_eq!(ids(&code), [1, 2, 3, 4, 6, 7, 9, 10, 11]);
		assert_eq!(ids(&prepared), [1, 2, 3, 4, 5, 6, 7, 9, 10, 11]);
		for id in [1, 3, 4, 6, 9, 11] {
			let bytes = |code: &[u8]| {
				let section = sections(code).into_iter().find(|section| section.id == id).unwrap();
				code[section.contents].to_vec()
			};
			assert_eq!(bytes(&code), bytes(&prepared), "section {id}");
		}
		let inputs = validated.inputs;
		assert_eq!((inputs.code_bytes + inputs.data_bytes) as usize, prepared.len());
		assert_eq!(inputs.imports, 2);
		assert_eq!(inputs.exports, 3);
		assert_eq!(inputs.functions, 5);
	}
}

#[test]
fn an_import_section_of_memory_alone_goes() {
	let code = wasm(&seal("", ""));
	let prepared = assert_equivalent(&code);
	let ids: Vec<_> = sections(&prepared).iter().map(|section| section.id).collect();
	assert_eq!(ids, [1, 3, 5, 7, 10]);
	assert_eq!(prepared[sections(&prepared)[2].contents.clone()], [1, 1, 2, 16]);
	assert_eq!(
		prepared[sections(&prepared)[3].contents.clone()],
		*b"\x03\x06deploy\0\0\x04call\0\x01\x06memory\x02\0"
	);
}

#[test]
fn functions_grow_by_what_their_locals_cost() {
	let of = |locals: u32| {
		let locals = " i64".repeat(locals as usize);
		wasm(&baals(&format!(
			"(func (export \"f\") (param i32 i32) (result i32) (local{locals}) (i32.const 7))"
		)))
	};
	for (locals, nops) in [(0, 0), (7, 0), (8, 1), (15, 1), (16, 2), (limits::LOCALS, 32)] {
		let code = of(locals);
		let prepared = accepted(&code).prepared;
		let (before, after) = (bodies(&code).pop().unwrap(), bodies(&prepared).pop().unwrap());
		let end = before.len() - 1;
		assert_eq!(after, [&before[..end], &vec![0x01; nops], &before[end..]].concat());
	}
	// As long as it may be: every function with every local.
	let many = vec!["(func (local i64))"; limits::FUNCTIONS as usize - 1].concat();
	let many = many.replace("i64", &"i64 ".repeat(limits::LOCALS as usize));
	let many = format!(
		"{many} (table 4096 funcref) (elem (i32.const 0) func {})",
		(1..limits::FUNCTIONS).map(|n| format!("{n} ")).collect::<String>()
	);
	let code = wasm(&baals(&many));
	let grown = accepted(&code).prepared.len() - code.len();
	assert!(grown > (limits::FUNCTIONS as usize - 10) * 32);
	assert!(grown <= (limits::PREPARED_BYTES - limits::CODE_BYTES) as usize);
	assert!(crate::code::check(&code, open(false)).is_ok());
}

#[test]
fn a_start_function_becomes_an_export() {
	let code =
		wasm(&seal("", "(func $unused (drop (memory.size))) (func $start (call $deep)) (func $deep) (start $start)"));
	let validated = accepted(&code);
	let prepared = &validated.prepared;
	assert_valid(prepared);
	let ids: Vec<_> = sections(prepared).iter().map(|section| section.id).collect();
	assert_eq!(ids, [1, 3, 5, 7, 10]);
	assert_eq!(
		prepared[sections(prepared)[3].contents.clone()],
		*b"\x04\x06deploy\0\0\x04call\0\x01\x06memory\x02\0\x05start\0\x03"
	);
	assert_eq!(kept(&code)[2..], [false, true, true][..]);
	assert_eq!(validated.inputs.exports, 4);
	// The engine would refuse it as it was.
	assert!(crate::sandbox::check(prepared).is_ok());
	assert!(crate::sandbox::check(&code).is_err());
}

#[test]
fn imported_memory_grows_as_far_as_it_says() {
	for (memory, pages, expected) in [
		("2", 14, 2),
		("2", 15, -1),
		("2 16", 14, 2),
		("2 5", 3, 2),
		("2 5", 4, -1),
		("0", 16, 0),
		("0 0", 1, -1),
	] {
		let text = seal("", "").replace("(memory 2 16)", &format!("(memory {memory})")).replace(
			r#"(func (export "call"))"#,
			&format!(r#"(func (export "call") (result i32) (memory.grow (i32.const {pages})))"#),
		);
		let calls = observe(&assert_equivalent(&wasm(&text))).calls;
		assert_eq!(calls[0].1, Ok(Some(expected)), "{memory} + {pages}");
	}
}

#[test]
fn numbers_that_are_longer_than_they_must_be_change_nothing() {
	// Two imports: a memory of minimum 2 in five bytes, and a function of type 0 in five bytes; every count
	// and length in five bytes, too.
	let long = |number: u8| [number | 0x80, 0x80, 0x80, 0x80, 0];
	let memory = [&long(3)[..], b"env", &long(6), b"memory", &[2, 1], &long(2), &long(16)].concat();
	let origin = [&long(5)[..], b"seal0", &long(16), b"caller_is_origin", &[0], &long(0)].concat();
	let call = [&long(4)[..], b"call", &[0], &long(1)].concat();
	let deploy = [&long(6)[..], b"deploy", &[0], &long(1)].concat();
	let long_section = |id: u8, parts: &[&[u8]]| {
		let contents = parts.concat();
		[&[id][..], &long(contents.len() as u8), &contents].concat()
	};
	let code = module(&[
		long_section(1, &[&long(1), &[0x60, 0, 1, 0x7f]]),
		long_section(2, &[&long(2), &memory, &origin]),
		long_section(3, &[&long(1), &long(0)]),
		long_section(7, &[&long(2), &call, &deploy]),
		long_section(10, &[&long(1), &long(4), &[0, 0x10, 0, 0x0b]]),
	]);
	let validated = accepted(&code);
	assert_valid(&validated.prepared);
	assert!(validated.prepared.len() < code.len());
	assert_eq!(validated.plan[0].spec().unwrap().name, "caller_is_origin");
}

/// `code`, which has no data, with a segment that makes it as long as a module may be.
fn longest(code: &[u8]) -> Vec<u8> {
	// Around the bytes: the section's number, its length, one segment, on demand, its length.
	let len = limits::CODE_BYTES as usize - code.len() - 1 - 3 - 2 - 3;
	let segment = [&[1, 1][..], &leb(len as u64), &vec![0; len]].concat();
	let code = [code, &section(11, &segment)].concat();
	assert_eq!(code.len(), limits::CODE_BYTES as usize);
	code
}

#[test]
fn a_module_of_the_longest_length_is_accepted_though_preparing_makes_it_longer() {
	let entry = r#"(memory (export "memory") 1)
		(func (export "contract_x") (param i32 i32) (result i32) (i32.const 0))"#;
	let dytallix = format!(r#"(module (import "env" "block_number" (func (result i64))) {entry})"#);
	let unbounded = seal(ORIGIN, "").replace("(memory 2 16)", "(memory 2)");
	// A maximum of one or two bytes where there is none; an export, and a section for an import.
	for (text, more) in [(baals(""), 1), (dytallix, 2), (unbounded, 1), (seal(ORIGIN, ""), 0)] {
		let code = longest(&wasm(&text));
		let checked = crate::code::check(&code, open(false)).unwrap_or_else(|why| panic!("{why}"));
		assert_eq!(checked.prepared.code.len() as i64 - code.len() as i64, more, "{text}");
	}
}

proptest! {
	#![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..Default::default() })]

	/// Modules of random calls: each function calls some that come behind it, directly or through the
	/// table; some are exported, some stand in the table.
	#[test]
	fn random_call_graphs_behave_the_same(
		functions in prop::collection::vec(
			(prop::collection::vec((any::<prop::sample::Index>(), any::<bool>()), 0..3),
				prop::bool::weighted(0.3), prop::bool::weighted(0.2)),
			1..20,
		),
	) {
		let count = functions.len();
		let mut text = String::new();
		let mut items = String::new();
		for (number, (calls, exported, in_table)) in functions.iter().enumerate() {
			let mut body = format!("(i32.mul (local.get 0) (i32.const {}))", number + 3);
			for (callee, direct) in calls {
				let behind = count - number - 1;
				if behind == 0 {
					continue;
				}
				let callee = number + 1 + callee.index(behind);
				let arguments = format!("{body} (local.get 1)");
				body = if *direct {
					format!("(i32.add (local.get 1) (call $f{callee} {arguments}))")
				} else {
					// An empty place of the table traps, in both.
					format!("(call_indirect (type $t) {arguments} (i32.const {callee}))")
				};
			}
			let export = if *exported { format!("(export \"f{number}\")") } else { String::new() };
			text += &format!("(func $f{number} {export} (type $t) {body})\n");
			if *in_table {
				items += &format!("(elem (i32.const {number}) $f{number})");
			}
		}
		let code = wasm(&baals(&format!(
			"(type $t (func (param i32 i32) (result i32))) (table {count} funcref) {items} {text}"
		)));
		assert_equivalent(&code);
	}
}
