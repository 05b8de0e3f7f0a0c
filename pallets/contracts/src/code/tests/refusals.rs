//! Each refusal, with its reason and the exact byte.

use super::*;
use crate::{code::RejectionCode, limits, tests::builder::NAMED_METHODS};
use caisson_contracts_abi::Status;

#[test]
fn the_smallest_contract_is_accepted() {
	let code = raw_body(&[0, 0x41, 0, 0x0b]);
	let validated = accepted(&code);
	assert_eq!(validated.abi, Abi::Baals);
	assert_eq!(validated.plan.len(), 1);
	assert_eq!(validated.plan[0].spec().unwrap().name, "baals_get_input_data");
}

#[test]
fn header_is_magic_version_and_no_component() {
	let good = raw_body(&[0, 0x41, 0, 0x0b]);
	for len in 0..4 {
		assert_eq!(refused(&good[..len]), Rejection::whole(Reason::NotWasm));
	}
	for len in 4..8 {
		assert_eq!(refused(&good[..len]), Rejection { reason: Reason::NotWasm, offset: 4 });
	}
	assert_eq!(refused(b"#!/bin/sh\n"), Rejection::whole(Reason::NotWasm));
	let with_version = |version: u32| [b"\0asm", &version.to_le_bytes()[..], &good[8..]].concat();
	let unknown = Reason::UnknownVersion { version: 2 };
	assert_eq!(refused(&with_version(2)), Rejection { reason: unknown, offset: 4 });
	let component = Rejection { reason: Reason::Component, offset: 4 };
	assert_eq!(refused(&with_version(0x0001_000d)), component);
	assert_eq!(refused(b"\0asm\x0d\0\x01\0"), component);
}

#[test]
fn size_is_limited_exactly() {
	let limit = limits::CODE_BYTES as usize;
	let mut code = raw_body(&[0, 0x41, 0, 0x0b]);
	// Numbers of three bytes before the padding, in the section and in its name.
	let padding = limit - code.len() - 4 - 1;
	code.extend([&section(0, &[&[0][..], &vec![0; padding]].concat())[..]].concat());
	assert_eq!(code.len(), limit);
	assert!(accepted(&code).prepared.len() < 200);
	code.push(0);
	let reason = Reason::CodeTooLarge { len: limit as u64 + 1, limit: limit as u32 };
	assert_eq!(refused(&code), Rejection { reason, offset: limit as u32 });
}

#[test]
fn floats_are_refused_where_they_stand() {
	for (instruction, what) in [
		("(f32.const 1)", "f32.const"),
		("(f64.const 1)", "f64.const"),
		("(i32.trunc_f32_s)", "i32.trunc_f32_s"),
		("(i64.trunc_sat_f64_u)", "i64.trunc_sat_f64_u"),
		("(f64.load offset=77)", "f64.load"),
		("(f32.store)", "f32.store"),
		("(f64.copysign)", "f64.copysign"),
		("(i64.reinterpret_f64)", "i64.reinterpret_f64"),
		("(block (result f64))", "the type f64"),
		("(if (result f32) (then) (else))", "the type f32"),
	] {
		let (code, offset) = with_instruction(instruction);
		assert_eq!(refused(&code), Rejection { reason: float(what), offset });
	}
	// A type: of a parameter, a result, a global, a local.
	let code = wasm(&baals("(func (param i64 f32 i64))"));
	let offset = place(&code, &[0x60, 3, 0x7e, 0x7d, 0x7e]) + 3;
	assert_eq!(refused(&code), Rejection { reason: float("the type f32"), offset });
	let code = wasm(&baals("(func (param i64) (result f64) (unreachable))"));
	let offset = place(&code, &[0x60, 1, 0x7e, 1, 0x7c]) + 4;
	assert_eq!(refused(&code), Rejection { reason: float("the type f64"), offset });
	let code = wasm(&baals("(global f64 (f64.const 0))"));
	assert_refused_at(&code, &[0x7c, 0, 0x44, 0], float("the type f64"));
	let code = wasm(&baals("(global i32 (f32.const 1))"));
	assert_refused_at(&code, &[0x43, 0, 0, 0x80, 0x3f], float("f32.const"));
	let code = with_body("(local i64 i64 f32)");
	assert_refused_at(&code, &[0x7d, 0x0b], float("the type f32"));
}

#[test]
fn instructions_of_other_features_are_refused_where_they_stand() {
	for (instruction, name, what) in [
		("(return_call $extra)", "tail calls", "return_call"),
		("(return_call_indirect 0)", "tail calls", "return_call_indirect"),
		("(ref.null func)", "reference types", "ref.null"),
		("(table.get 0)", "reference types", "table.get"),
		("(table.grow 0)", "reference types", "table.grow"),
		("(select (result i32))", "reference types", "select with a type"),
		("(block (result externref))", "reference types", "the type externref"),
		("(atomic.fence)", "threads", "atomic.fence"),
		("(memory.atomic.notify)", "threads", "memory.atomic.notify"),
		("(i32.atomic.rmw8.add_u)", "threads", "i32.atomic.rmw8.add_u"),
		("(v128.const i64x2 1 2)", "SIMD", "an instruction with the prefix 0xfd"),
		("(i8x16.relaxed_swizzle)", "SIMD", "an instruction with the prefix 0xfd"),
		("(throw_ref)", "exceptions", "throw_ref"),
		("(throw 0)", "exceptions", "throw"),
		("(ref.i31)", "garbage collection", "ref.i31"),
		("(struct.new 0)", "garbage collection", "struct.new"),
		("(call_ref 0)", "typed function references", "call_ref"),
		("(i64.mul_wide_u)", "wide arithmetic", "i64.mul_wide_u"),
		(
			"(block (param i32) (result i32))",
			"multi-value",
			"a block with parameters or several results",
		),
	] {
		let (code, offset) = with_instruction(instruction);
		assert_eq!(refused(&code), Rejection { reason: feature(name, what), offset });
	}
}

#[test]
fn declarations_of_other_features_are_refused_where_they_stand() {
	// The section, and how far into it.
	for (declaration, id, into, name, what) in [
		("(table 1 externref)", 4, 1, "reference types", "a table of externref"),
		("(table i64 1 funcref)", 4, 1, "memory64", "a table with indices of 64 bits"),
		("(memory 3)", 5, 0, "multi-memory", "2 memories"),
		("(tag)", 13, 0, "exceptions", "a tag section"),
		(
			"(elem funcref (ref.null func))",
			9,
			1,
			"reference types",
			"an element that is an expression",
		),
		("(elem declare func 0)", 9, 1, "reference types", "a declared element segment"),
		(
			"(global i32 (i32.add (i32.const 40) (i32.const 2)))",
			6,
			7,
			"extended constant expressions",
			"i32.add",
		),
		("(global externref (ref.null extern))", 6, 1, "reference types", "the type externref"),
		("(global v128 (v128.const i64x2 1 2))", 6, 1, "SIMD", "the type v128"),
	] {
		let code = wasm(&baals(declaration));
		let offset = contents(&code, id) + into;
		assert_eq!(refused(&code), Rejection { reason: feature(name, what), offset });
	}
	let code = wasm(&baals("(type (struct))"));
	let reason = feature("garbage collection", "a type of no function");
	assert_refused_at(&code, &[0x5f, 0], reason);
	// The number of results stands where the refusal points.
	let code = wasm(&baals("(func (result i64 i64) (unreachable))"));
	let offset = place(&code, &[0x60, 0, 2, 0x7e, 0x7e]) + 2;
	let reason = feature("multi-value", "a function with several results");
	assert_eq!(refused(&code), Rejection { reason, offset });
}

#[test]
fn memories_of_other_features_are_refused_where_they_stand() {
	for (memory, name, what) in [
		("i64 1", "memory64", "a memory with addresses of 64 bits"),
		("1 1 shared", "threads", "a shared memory"),
		("1 (pagesize 1)", "custom page sizes", "a memory with its own"),
	] {
		let code = wasm(&baals("").replace(
			r#"(memory (export "memory") 1)"#,
			&format!(r#"(memory (export "memory") {memory})"#),
		));
		let offset = contents(&code, 5) + 1;
		assert_eq!(refused(&code), Rejection { reason: feature(name, what), offset });
	}
}

#[test]
fn an_indirect_call_as_newer_targets_write_it_is_refused_by_name() {
	// (call_indirect) whose table is 0 in five bytes.
	let call = [0x11, 0, 0x80, 0x80, 0x80, 0x80, 0];
	let code = raw_body(&[&[0, 0x00][..], &call, &[0x0b]].concat());
	let what = "call_indirect with a table index of more than one byte";
	assert_refused_at(&code, &call, feature("reference types", what));
	// (i32.load) with the flag for a memory's index.
	let load = [0x28, 0x40, 0, 0x77];
	let code = raw_body(&[&[0, 0x00][..], &load, &[0x1a, 0x0b]].concat());
	assert_eq!(refused(&code).offset, place(&code, &load));
	assert_eq!(refused(&code).reason.code(), RejectionCode::Feature);
}

#[test]
fn what_current_rust_emits_is_accepted() {
	for body in [
		"(drop (i32.extend8_s (i32.const 1))) (drop (i64.extend32_s (i64.const 1)))",
		"(memory.copy (i32.const 0) (i32.const 8) (i32.const 8))",
		"(memory.fill (i32.const 0) (i32.const 8) (i32.const 8))",
		"(global.set 0 (i32.const 1))",
		"(drop (memory.grow (i32.const 1)))",
		"(memory.init 0 (i32.const 0) (i32.const 0) (i32.const 0)) (data.drop 0)",
	] {
		accepted(&wasm(&baals(&format!(
			"(func {body}) (global (mut i32) (i32.const 1024)) (data \"abc\")"
		))));
	}
}

#[test]
fn start_functions_are_refused_but_a_seal_contracts_own() {
	let code = wasm(&baals("(func $start) (start $start)"));
	let offset = place(&code, &[8, 1, 2]) + 2;
	assert_eq!(refused(&code), Rejection { reason: Reason::StartFunction, offset });
	// A host function, also of the interface that may have one.
	let import = r#"(import "seal0" "caller_is_root" (func $root (result i32)))"#;
	let code = wasm(&seal(import, "(start $root)"));
	let offset = place(&code, &[8, 1, 0]) + 2;
	assert_eq!(refused(&code), Rejection { reason: Reason::StartFunction, offset });
}

#[test]
fn counts_are_limited_exactly() {
	let repeat = |text: &str, count: u32| wasm(&baals(&text.repeat(count as usize)));
	// What the contract around has of each already, and the bytes before the count.
	let cases: &[(&str, Item, u32, u32, u8)] = &[
		("(global i32 (i32.const 0))", Item::Globals, limits::GLOBALS, 0, 6),
		("(func)", Item::Functions, limits::FUNCTIONS, 1, 3),
		("(data \"\")", Item::DataSegments, limits::DATA_SEGMENTS, 0, 11),
		("(elem func)", Item::ElementSegments, limits::ELEMENT_SEGMENTS, 0, 9),
	];
	for (text, item, limit, there, id) in cases {
		accepted(&repeat(text, limit - there));
		let code = repeat(text, limit - there + 1);
		let found = refused(&code);
		assert_eq!(found.reason, over(*item, u64::from(*limit) + 1, *limit));
		assert_eq!(found.offset, contents(&code, *id));
	}
}

#[test]
fn types_parameters_imports_exports_and_names_are_limited_exactly() {
	let types = |count: u32| {
		let types: String = (0..count)
			.map(|number| {
				let params: String =
					(0..10).map(|bit| ["i32 ", "i64 "][(number >> bit & 1) as usize]).collect();
				format!("(type (func (param {params})))")
			})
			.collect();
		wasm(&baals(&types))
	};
	accepted(&types(limits::TYPES - 1));
	let code = types(limits::TYPES);
	let reason = over(Item::Types, u64::from(limits::TYPES) + 1, limits::TYPES);
	assert_eq!(refused(&code), Rejection { reason, offset: contents(&code, 1) });

	let parameters =
		|count: u32| wasm(&baals(&format!("(func (param {}))", "i32 ".repeat(count as usize))));
	accepted(&parameters(limits::PARAMETERS));
	let code = parameters(limits::PARAMETERS + 1);
	let offset = place(&code, &[0x60, limits::PARAMETERS as u8 + 1]) + 1;
	let reason = over(Item::Parameters, u64::from(limits::PARAMETERS) + 1, limits::PARAMETERS);
	assert_eq!(refused(&code), Rejection { reason, offset });

	let import = r#"(import "env" "baals_memory_grow" (func (result i32)))"#;
	let imports = |count: u32| {
		wasm(&baals("").replacen(
			"(module",
			&format!("(module {}", import.repeat(count as usize)),
			1,
		))
	};
	assert_eq!(accepted(&imports(limits::IMPORTS - 1)).plan.len(), limits::IMPORTS as usize);
	let code = imports(limits::IMPORTS);
	let reason = over(Item::Imports, u64::from(limits::IMPORTS) + 1, limits::IMPORTS);
	assert_eq!(refused(&code), Rejection { reason, offset: contents(&code, 2) });

	let exports = |count: u32| {
		let exports: String =
			(0..count).map(|number| format!("(export \"e{number}\" (func 1))")).collect();
		wasm(&baals(&exports))
	};
	accepted(&exports(limits::EXPORTS - 2));
	let code = exports(limits::EXPORTS - 1);
	let reason = over(Item::Exports, u64::from(limits::EXPORTS) + 1, limits::EXPORTS);
	assert_eq!(refused(&code), Rejection { reason, offset: contents(&code, 7) });

	let name = |len: u32| "n".repeat(len as usize);
	let named = |len: u32| wasm(&baals(&format!("(export \"{}\" (func 1))", name(len))));
	accepted(&named(limits::NAME_BYTES));
	let code = named(limits::NAME_BYTES + 1);
	let offset = place(&code, name(limits::NAME_BYTES + 1).as_bytes()) - 2;
	let reason = over(Item::NameBytes, u64::from(limits::NAME_BYTES) + 1, limits::NAME_BYTES);
	assert_eq!(refused(&code), Rejection { reason, offset });
}

#[test]
fn functions_and_their_locals_are_limited_exactly() {
	let locals = |count: u32| with_body(&format!("(local {})", "i64 ".repeat(count as usize)));
	accepted(&locals(limits::LOCALS));
	let code = locals(limits::LOCALS + 1);
	let group = [&leb(u64::from(limits::LOCALS) + 1)[..], &[0x7e]].concat();
	let reason = over(Item::Locals, u64::from(limits::LOCALS) + 1, limits::LOCALS);
	assert_refused_at(&code, &group, reason);

	// No locals, as many `nop` as fit, `i32.const 0`, `end`.
	let limit = limits::FUNCTION_BYTES as usize;
	let body = |len: usize| raw_body(&[&[0], &vec![1; len - 4][..], &[0x41, 0, 0x0b]].concat());
	accepted(&body(limit));
	let code = body(limit + 1);
	let reason = over(Item::FunctionBytes, limit as u64 + 1, limit as u32);
	assert_eq!(refused(&code), Rejection { reason, offset: contents(&code, 10) + 1 });
}

#[test]
fn tables_and_their_elements_are_limited_exactly() {
	let table = |len: u32| wasm(&baals(&format!("(table {len} funcref)")));
	let limit = limits::TABLE_ELEMENTS;
	assert_eq!(accepted(&table(limit)).inputs.table_elements, limit);
	let code = table(limit + 1);
	let reason = over(Item::TableElements, u64::from(limit) + 1, limit);
	assert_refused_at(&code, &[&[0x70, 0][..], &leb(u64::from(limit) + 1)].concat(), reason);

	let code = wasm(&baals("(table 1 funcref) (table 2 funcref)"));
	let reason = over(Item::Tables, 2, limits::TABLES);
	assert_eq!(refused(&code), Rejection { reason, offset: contents(&code, 4) });

	// Passive segments would fit a table of any size.
	let items = |len: usize| wasm(&baals(&format!("(elem func {})", "0 ".repeat(len))));
	assert_eq!(accepted(&items(limit as usize)).inputs.element_items, limit);
	let code = items(limit as usize + 1);
	let count = leb(u64::from(limit) + 1);
	let reason = over(Item::ElementItems, u64::from(limit) + 1, limit);
	assert_refused_at(&code, &[&count[..], &[0, 0, 0]].concat(), reason);
}

#[test]
fn segments_that_do_not_fit_are_refused() {
	let data = |offset: u32| wasm(&baals(&format!("(data (i32.const {offset}) \"wxyz\")")));
	accepted(&data(65_532));
	let code = data(65_533);
	let offset = place(&code, &[0, 0x41, 0xfd, 0xff, 3, 0x0b]);
	let reason = Reason::DataOutOfBounds { end: 65_537, size: 65_536 };
	assert_eq!(refused(&code), Rejection { reason, offset });
	// An offset is an unsigned number.
	let reason = Reason::DataOutOfBounds { end: u64::from(u32::MAX) + 4, size: 65_536 };
	assert_eq!(refused(&data(u32::MAX)).reason, reason);

	let elements =
		|offset: u32| wasm(&baals(&format!("(table 3 funcref) (elem (i32.const {offset}) 0 1)")));
	accepted(&elements(1));
	let code = elements(2);
	let reason = Reason::ElementsOutOfBounds { end: 4, size: 3 };
	assert_refused_at(&code, &[0, 0x41, 2, 0x0b, 2], reason);
}

#[test]
fn imports_are_checked_by_module_name_and_type() {
	let import =
		|text: &str| wasm(&baals("").replacen("(module", &format!("(module (import {text})"), 1));
	let unknown = |module: &str, name: &str| Reason::UnknownImport {
		module: module.to_string(),
		name: name.to_string(),
	};
	for (module, name) in
		[("env", "baals_storage_reed"), ("env", ""), ("sys", "baals_revert"), ("seal9", "x")]
	{
		let code = import(&format!("{module:?} {name:?} (func)"));
		let offset = place_of_name(&code, Some(module), name);
		assert_eq!(refused(&code), Rejection { reason: unknown(module, name), offset });
	}

	let code = import(r#""env" "baals_storage_remove" (func (param i32 i64) (result i32))"#);
	let reason = Reason::ImportType {
		module: "env".into(),
		name: "baals_storage_remove".into(),
		expected: "(key_ptr: i32, key_len: i32) or (key_ptr: i32, key_len: i32) -> i32".into(),
		found: "(i32, i64) -> i32".into(),
	};
	let offset = place_of_name(&code, Some("env"), "baals_storage_remove");
	assert_eq!(refused(&code), Rejection { reason, offset });

	for (text, name, kind) in [
		(r#""env" "table" (table 1 funcref)"#, "table", "table"),
		(r#""env" "stack" (global i32)"#, "stack", "global"),
		(r#""env" "memory2" (memory 1)"#, "memory2", "memory"),
		(r#""env" "memory" (memory 1)"#, "memory", "memory"),
	] {
		let code = import(text);
		let reason = Reason::ImportKind { module: "env".into(), name: name.into(), kind };
		let offset = place_of_name(&code, Some("env"), name);
		assert_eq!(refused(&code), Rejection { reason, offset });
	}
}

#[test]
fn every_row_of_every_table_is_found_and_planned_by_each_of_its_names() {
	for abi in Abi::ALL {
		let rows = || abi.functions().iter().filter(|spec| spec.status != Status::Deprecated);
		let imports: String =
			rows().flat_map(|spec| spec.names().map(|name| import_of(spec, name))).collect();
		let validated = validate::validate(&importing(abi, &imports), open(true)).unwrap();
		let ids: Vec<_> = rows().flat_map(|spec| spec.names().map(|_| spec.id)).collect();
		assert_eq!(validated.abi, abi);
		assert_eq!(validated.plan, ids);
		assert_eq!(validated.inputs.imports as usize, ids.len());
	}
}

#[test]
fn every_row_of_every_table_is_open_as_its_status_says() {
	for spec in Abi::ALL.into_iter().flat_map(|abi| abi.functions()) {
		for name in spec.names() {
			let code = importing(spec.id.abi, &import_of(spec, name));
			for unstable in [false, true] {
				let found =
					validate::validate(&code, open(unstable)).map(|validated| validated.plan);
				let expected = match (spec.status, unstable) {
					(Status::Stable, _) | (Status::Unstable, true) => Ok(vec![spec.id]),
					(status @ (Status::Unstable | Status::Deprecated), _) => {
						let offset = place_of_name(&code, Some(spec.module), name);
						let (module, name) = (spec.module.to_string(), name.to_string());
						Err(Rejection {
							reason: Reason::ImportStatus { module, name, status },
							offset,
						})
					},
				};
				assert_eq!(found, expected, "{} {name:?}", spec.module);
			}
			let again = validate::validate(&code, Open::to_looked_at_again());
			assert_eq!(again.map(|validated| validated.plan), Ok(vec![spec.id]));
		}
	}
}

#[test]
fn memory_is_one_exported_and_limited_by_abi() {
	let memory = |declaration: &str| {
		wasm(&baals("").replace(r#"(memory (export "memory") 1)"#, declaration))
	};
	assert_eq!(refused(&memory("")), Rejection::whole(Reason::NoMemory));
	for declaration in [
		"(memory 7)",
		r#"(memory (export "mem") 7)"#,
		r#"(memory 7) (export "memory" (func 1))"#,
		r#"(memory 7) (global (export "memory") i32 (i32.const 0))"#,
	] {
		let code = memory(declaration);
		let offset = place(&code, &[5, 3, 1, 0, 7]) + 3;
		assert_eq!(refused(&code), Rejection { reason: Reason::MemoryNotExported, offset });
	}
	accepted(&memory(r#"(memory (export "memory") (export "other") 7)"#));
}

#[test]
fn the_size_of_memory_is_limited_by_abi() {
	for abi in NAMED_METHODS {
		let limit = limits::of(abi).memory_pages;
		let with = |pages: &str| {
			let mut code = wasm(&format!(
				r#"(module (memory (export "memory") {pages})
					(func (export "contract_x") (param i32 i32) (result i32) (i32.const 0)))"#
			));
			code.extend(section(0, &[b"\x0bcaisson.abi", abi.name().as_bytes()].concat()));
			code
		};
		let bounds = |pages: &str| {
			let memory = accepted(&with(pages)).memory;
			(memory.min_pages, memory.max_pages)
		};
		assert_eq!(bounds("0"), (0, limit));
		assert_eq!(bounds(&format!("{limit}")), (limit, limit));
		assert_eq!(bounds("1 2"), (1, 2));
		assert_eq!(bounds(&format!("1 {}", limit + 1)), (1, limit));
		assert_eq!(bounds("1 65536"), (1, limit));
		for pages in [limit + 1, 65_536] {
			let code = with(&format!("{pages}"));
			let offset = contents(&code, 5) + 1;
			let reason = Reason::MemoryTooLarge { pages: pages.into(), limit };
			assert_eq!(refused(&code), Rejection { reason, offset });
		}
	}
}

#[test]
fn exports_are_checked_by_abi() {
	// baals: every function is (ptr, len) -> i32.
	let code = wasm(&baals(r#"(func (export "other") (param i32) (result i32) (i32.const 0))"#));
	let reason = Reason::ExportType {
		name: "other".into(),
		expected: "(i32, i32) -> i32",
		found: "(i32) -> i32".into(),
	};
	let offset = place_of_name(&code, None, "other");
	assert_eq!(refused(&code), Rejection { reason, offset });
	// Globals and tables are nobody's business.
	accepted(&wasm(&baals(r#"(global (export "__data_end") i32 (i32.const 0))"#)));

	let none = |import: &str, exports: &str| {
		wasm(&format!(r#"(module {import} (memory (export "memory") 1) {exports})"#))
	};
	let baals_import = r#"(import "env" "baals_memory_grow" (func (result i32)))"#;
	let aureon_import = r#"(import "env" "log" (func (param i32 i32)))"#;
	let dytallix_import = r#"(import "env" "block_number" (func (result i64)))"#;
	let no_entry = |abi| Rejection::whole(Reason::NoEntryPoint { abi });
	assert_eq!(refused(&none(baals_import, "")), no_entry(Abi::Baals));
	assert_eq!(refused(&none(aureon_import, "")), no_entry(Abi::Aureon));
	assert_eq!(refused(&none(dytallix_import, "")), no_entry(Abi::Dytallix));
	let x = r#"(func (export "contract_x") (param i32 i64) (result i32) (i32.const 0))"#;
	assert_eq!(refused(&none(dytallix_import, x)), no_entry(Abi::Dytallix));
	let y = r#"(func (export "y") (param i32 i32) (result i32) (i32.const 0))"#;
	assert_eq!(refused(&none(dytallix_import, y)), no_entry(Abi::Dytallix));
	accepted(&none(aureon_import, x));
	accepted(&none(baals_import, y));

	// A host function is no entry point, even of the right type.
	let code = wasm(&baals(r#"(export "input" (func 0))"#));
	let reason = Reason::ExportedImport { name: "input".into() };
	let offset = place_of_name(&code, None, "input");
	assert_eq!(refused(&code), Rejection { reason, offset });
}

#[test]
fn rules_of_wasm_are_the_validators() {
	// i32.add of nothing.
	let code = raw_body(&[0, 0x6a, 0x0b]);
	let found = refused(&code);
	assert_eq!(found.reason.code(), RejectionCode::Invalid);
	assert_eq!(found.offset, place(&code, &[0x6a, 0x0b]));
	// Two exports of one name.
	let code = raw_body(&[0, 0x41, 0, 0x0b]);
	let twice = b"\x02\x06memory\x02\0\x06memory\x02\0";
	let code = [&code[..contents(&code, 7) as usize - 2], &section(7, twice)].concat();
	assert_eq!(refused(&code).reason.code(), RejectionCode::NoEntryPoint);
	let twice = b"\x03\x06memory\x02\0\x04main\0\x01\x04main\0\x01";
	let code = [&code[..contents(&code, 7) as usize - 2], &section(7, twice)].concat();
	assert_eq!(refused(&code).reason.code(), RejectionCode::Invalid);
}

#[test]
fn every_reason_has_a_text_and_names_what_it_is_about() {
	let rejection = refused(&with_body("(drop (f32.const 1))"));
	let offset = rejection.offset;
	assert_eq!(
		rejection.to_string(),
		format!("floating point is not allowed in a contract: f32.const (at byte {offset})")
	);
	assert_eq!(
		over(Item::Locals, 30_000, 256).to_string(),
		"30000 locals of one function, the limit is 256"
	);
	assert_eq!(
		Reason::MixedAbis { first: Abi::Baals, second: Abi::Aureon }.to_string(),
		"the module mixes the interfaces baals and aureon"
	);
	let status = Status::Deprecated;
	assert_eq!(
		Reason::ImportStatus { module: "seal0".into(), name: "seal_random".into(), status }
			.to_string(),
		"the import \"seal0\" \"seal_random\" is deprecated: new code may not use it"
	);
	assert_eq!(
		Reason::NoExtension { module: "seal0".into(), name: "call_chain_extension".into() }
			.to_string(),
		"the import \"seal0\" \"call_chain_extension\": this chain has no chain extension"
	);
	assert_eq!(
		Rejection::engine("no".into()).to_string(),
		"the engine refuses the module: no (at byte 0)"
	);
}

#[test]
fn a_rejection_code_is_one_byte_of_a_dispatch_error() {
	use codec::Encode;
	assert_eq!(RejectionCode::CodeTooLarge.encode(), [0]);
	assert_eq!(RejectionCode::NoAbi.encode(), [30]);
	// 31 was in use once.
	assert_eq!(RejectionCode::ExportedImport.encode(), [32]);
	assert_eq!(RejectionCode::ElementsOutOfBounds.encode(), [39]);
	assert_eq!(RejectionCode::MemoryMaximum.encode(), [43]);
}
