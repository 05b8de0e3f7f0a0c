//! A place that a guest notes is that of the instruction in the uploaded module.

use super::*;
use crate::code::{
	check,
	locate::{instrument, offset, Place, NOTE},
};
use wasmi::{Engine, Linker, Store, Val};

/// Runs the export `name` of the copy that notes places, which traps, and tells where in `code`.
#[track_caller]
fn trap(code: &[u8], name: &str, args: &[Val]) -> u32 {
	let prepared =
		check(code, open(false)).unwrap_or_else(|rejection| panic!("{rejection}")).prepared;
	let copy = instrument(&prepared).unwrap();
	let engine = Engine::default();
	let module = wasmi::Module::new(&engine, &copy[..]).unwrap();
	let mut store = Store::new(&engine, ());
	let mut linker = Linker::new(&engine);
	linker.func_wrap("seal0", "seal_caller_is_origin", || 7i32).unwrap();
	linker.func_wrap("seal0", "input", |_: i32, _: i32| {}).unwrap();
	linker.func_wrap("env", "baals_get_input_data", |_: i32, _: i32| 7i32).unwrap();
	let instance = linker.instantiate_and_start(&mut store, &module).unwrap();
	let function = instance.get_func(&store, name).unwrap();
	let mut results = vec![Val::I32(0); function.ty(&store).results().len()];
	function.call(&mut store, args, &mut results).unwrap_err();
	let note = instance.get_global(&store, NOTE).unwrap().get(&store).i64().unwrap();
	let place = Place::decode(note).unwrap();
	offset(code, prepared.plan.len() as u32, place).unwrap()
}

/// The byte of `code` at which the only `unreachable` of the function number `function` stands.
#[track_caller]
fn unreachable(code: &[u8], function: usize) -> u32 {
	let bodies = wasmparser::Parser::new(0).parse_all(code).filter_map(|payload| match payload {
		Ok(wasmparser::Payload::CodeSectionEntry(body)) => Some(body),
		_ => None,
	});
	let body = bodies.collect::<Vec<_>>().swap_remove(function);
	let mut operators = body.get_operators_reader().unwrap().into_iter_with_offsets();
	operators
		.find_map(|operator| match operator.unwrap() {
			(wasmparser::Operator::Unreachable, at) => Some(at as u32),
			_ => None,
		})
		.unwrap()
}

/// What stands behind the imports: functions that nothing reaches around those that are, of which the
/// third traps.
const REST: &str = r#"
	(func $unused (result i32) (i32.div_u (i32.const 1) (i32.load (i32.const 0))))
	(func $deep (param i32) (result i32)
		(i32.store offset=300 (i32.const 8) (local.get 0))
		(drop (i32.div_u (i32.const 8) (local.get 0)))
		(unreachable))
	(func $unused_too)"#;

#[test]
fn of_a_module_with_its_own_memory() {
	let entry = r#"(func (export "stop") (param i32 i32) (result i32) (call $deep (i32.const 1)))"#;
	let code = wasm(&baals(&[REST, entry].concat()));
	assert_eq!(trap(&code, "stop", &[Val::I32(0), Val::I32(0)]), unreachable(&code, 2));
}

#[test]
fn of_a_module_whose_memory_was_imported() {
	let origin = r#"(import "seal0" "seal_caller_is_origin" (func (result i32)))"#;
	let input = r#"(import "seal0" "input" (func (param i32 i32)))"#;
	let memory = r#"(import "env" "memory" (memory 2 16))"#;
	let noise = r#"(@custom "noise" (before first) "a section that a call does not load")"#;
	let global = "(global (mut i32) (i32.const 5))";
	let entries = r#"(func (export "deploy") (drop (call $deep (i32.const 1))))
		(func (export "call") (result i32) (call $deep (i32.const 2)))"#;
	// The import section shrinks or goes; those of memory and exports grow; a global shifts none.
	for imports in [
		vec![memory],
		vec![memory, origin],
		vec![origin, memory],
		vec![origin, memory, input],
		vec![origin, input, memory],
		vec![input, origin, origin, input, memory, origin],
	] {
		for more in [vec![], vec![global], vec![noise], vec![global, noise]] {
			let code =
				wasm(&format!("(module {} {} {REST} {entries})", imports.concat(), more.concat(),));
			for name in ["deploy", "call"] {
				assert_eq!(trap(&code, name, &[]), unreachable(&code, 1), "{imports:?} {more:?}");
			}
		}
	}
}
