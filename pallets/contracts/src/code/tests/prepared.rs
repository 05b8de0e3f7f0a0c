//! What a call loads does what was uploaded.

use super::*;
use crate::limits;
use proptest::prelude::*;
use wasmi::{Config, Engine, Instance, Linker, Module, Store, Val};

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
	let memory = instance.get_memory(&store, "memory").unwrap();
	Observation { calls, memory: memory.data(&store).to_vec() }
}

fn call(instance: &Instance, store: &mut Store<()>, name: &str) -> Result<Option<i32>, String> {
	let function = instance.get_func(&*store, name).unwrap();
	let mut results = [Val::I32(0)];
	function
		.call(&mut *store, &[Val::I32(3), Val::I32(5)], &mut results)
		.map(|()| results[0].i32())
		.map_err(|error| error.to_string())
}

#[track_caller]
fn assert_equivalent(code: &[u8]) -> Vec<u8> {
	let prepared = accepted(code).prepared;
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
	let costs = validated.costs;
	assert_eq!(costs.code_bytes as usize, validated.prepared.len());
	assert_eq!(costs.functions, 13);
	assert_eq!(costs.imports, 1);
	assert_eq!(costs.globals, 1);
	assert_eq!(costs.data_bytes, 4);
	assert_eq!(costs.element_items, 2);
	assert_eq!(costs.table_items, 3);
	assert_eq!(costs.exports, 7);
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
