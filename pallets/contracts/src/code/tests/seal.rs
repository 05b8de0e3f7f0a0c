//! What a `seal` contract must be: its memory, its exports, its imports.

use super::*;
use crate::{code::RejectionCode, limits};
use caisson_contracts_abi::Status;

const LIMIT: u32 = limits::SEAL.memory_pages;

/// A contract that imports this memory.
fn with_memory(memory: &str) -> Vec<u8> {
	wasm(&seal("", "").replace("(memory 2 16)", &format!("(memory {memory})")))
}

/// A contract that exports this.
fn with_exports(exports: &str) -> Vec<u8> {
	wasm(&format!(
		r#"(module
			(import "seal0" "caller_is_root" (func $root (result i32)))
			(import "env" "memory" (memory 2 16))
			{exports})"#
	))
}

#[test]
fn memory_may_be_all_that_is_imported() {
	let validated = accepted(&wasm(&seal("", "")));
	assert_eq!(validated.abi, Abi::Seal);
	assert_eq!(validated.plan, []);
	assert_eq!(validated.inputs.imports, 0);
}

#[test]
fn memory_is_limited_at_both_ends() {
	let bounds = |memory: &str| {
		let memory = accepted(&with_memory(memory)).memory;
		(memory.min_pages, memory.max_pages)
	};
	assert_eq!(bounds("0"), (0, LIMIT));
	assert_eq!(bounds("2"), (2, LIMIT));
	assert_eq!(bounds(&format!("{LIMIT}")), (LIMIT, LIMIT));
	assert_eq!(bounds(&format!("{LIMIT} {LIMIT}")), (LIMIT, LIMIT));
	assert_eq!(bounds("1 3"), (1, 3));
	assert_eq!(bounds("0 0"), (0, 0));
	for pages in [LIMIT + 1, 65_536] {
		for (memory, reason) in [
			(format!("{pages}"), Reason::MemoryTooLarge { pages: pages.into(), limit: LIMIT }),
			(
				format!("{pages} {pages}"),
				Reason::MemoryTooLarge { pages: pages.into(), limit: LIMIT },
			),
			(format!("1 {pages}"), Reason::MemoryMaximum { pages: pages.into(), limit: LIMIT }),
		] {
			let code = with_memory(&memory);
			let offset = place_of_name(&code, Some("env"), "memory");
			assert_eq!(refused(&code), Rejection { reason, offset });
		}
	}
	// A rule of Wasm itself.
	let more = b"\x03env\x06memory\x02\x01\x03\x02";
	let code = module(&[
		section(1, &[1, 0x60, 0, 0]),
		section(2, &[&[1][..], more].concat()),
		section(3, &[2, 0, 0]),
		section(7, b"\x02\x04call\0\0\x06deploy\0\x01"),
		section(10, &[2, 2, 0, 0x0b, 2, 0, 0x0b]),
	]);
	assert_eq!(refused(&code).reason.code(), RejectionCode::Invalid);
}

#[test]
fn memory_is_imported_by_one_name() {
	for (module, name) in [("env", "memory2"), ("env", ""), ("host", "memory"), ("seal0", "memory")]
	{
		let code =
			wasm(&seal("", "").replace(r#""env" "memory""#, &format!("{module:?} {name:?}")));
		let offset = place_of_name(&code, Some(module), name);
		let (module, name) = (module.to_string(), name.to_string());
		let reason = Reason::ImportKind { module, name, kind: "memory" };
		assert_eq!(refused(&code), Rejection { reason, offset });
	}
	for (import, kind) in [("(global i32)", "global"), ("(table 1 funcref)", "table")] {
		let code = wasm(&seal("", "").replace("(memory 2 16)", import));
		let offset = place_of_name(&code, Some("env"), "memory");
		let reason = Reason::ImportKind { module: "env".into(), name: "memory".into(), kind };
		assert_eq!(refused(&code), Rejection { reason, offset });
	}
	let code = wasm(&seal("", "").replace("(memory 2 16)", "(func)"));
	let offset = place_of_name(&code, Some("env"), "memory");
	let reason = Reason::UnknownImport { module: "env".into(), name: "memory".into() };
	assert_eq!(refused(&code), Rejection { reason, offset });
}

#[test]
fn memory_is_imported_once_and_none_is_defined() {
	let import = r#"(import "env" "memory" (memory 2 16))"#;
	let code = wasm(&seal(import, ""));
	let second = feature("multi-memory", "a second memory");
	let first = contents(&code, 2) + 1;
	let length = b"\x03env\x06memory\x02\x01\x02\x10".len() as u32;
	assert_eq!(refused(&code), Rejection { reason: second.clone(), offset: first + length });

	for own in ["(memory 1)", "(memory 0 0)"] {
		let code = wasm(&seal("", own));
		let offset = contents(&code, 5) + 1;
		assert_eq!(refused(&code), Rejection { reason: second.clone(), offset });
		let code = wasm(&seal("", own).replace(import, ""));
		let offset = contents(&code, 5) + 1;
		assert_eq!(refused(&code), Rejection { reason: Reason::MemoryNotImported, offset });
	}
	let code = wasm(&seal("", "").replace(import, ""));
	assert_eq!(refused(&code), Rejection::whole(Reason::MemoryNotImported));
}

#[test]
fn memory_of_other_features_is_refused_where_it_is_imported() {
	for (memory, name, what) in [
		("i64 1", "memory64", "a memory with addresses of 64 bits"),
		("i64 1 2", "memory64", "a memory with addresses of 64 bits"),
		("1 1 shared", "threads", "a shared memory"),
		("1 (pagesize 1)", "custom page sizes", "a memory with its own"),
	] {
		let code = with_memory(memory);
		let offset = place_of_name(&code, Some("env"), "memory");
		assert_eq!(refused(&code), Rejection { reason: feature(name, what), offset });
	}
}

#[test]
fn both_entries_are_exported() {
	let deploy = r#"(func (export "deploy"))"#;
	let call = r#"(func (export "call"))"#;
	accepted(&with_exports(&[deploy, call].concat()));
	accepted(&with_exports(&[call, deploy].concat()));
	// One function may be both.
	accepted(&with_exports(r#"(func (export "call") (export "deploy"))"#));
	for (exports, name) in [(call, "deploy"), (deploy, "call"), ("", "deploy")] {
		let reason = Reason::MissingExport { name };
		assert_eq!(refused(&with_exports(exports)), Rejection::whole(reason));
	}
	assert_eq!(
		refused(&with_exports(call)).to_string(),
		"a seal contract exports a function \"deploy\" (at byte 0)"
	);
}

#[test]
fn nothing_else_is_exported() {
	for (declaration, kind, name) in [
		(r#"(func (export "other"))"#, "function", "other"),
		(r#"(func (export "contract_x"))"#, "function", "contract_x"),
		(r#"(func (export ""))"#, "function", ""),
		(r#"(func (export "Call"))"#, "function", "Call"),
		(r#"(global (export "__heap_base") i32 (i32.const 0))"#, "global", "__heap_base"),
		(r#"(table (export "table") 1 funcref)"#, "table", "table"),
		(r#"(export "memory" (memory 0))"#, "memory", "memory"),
	] {
		let entries = r#"(func (export "call")) (func (export "deploy"))"#;
		let code = with_exports(&[entries, declaration].concat());
		let section = contents(&code, 7);
		// The last of three.
		let offset = section + b"\x03\x04call\0\x01\x06deploy\0\x02".len() as u32;
		let reason = Reason::ForbiddenExport { kind, name: name.into() };
		assert_eq!(refused(&code), Rejection { reason, offset });
	}
	// The right name of something else.
	for (call, kind) in [
		(r#"(global (export "call") i32 (i32.const 0))"#, "global"),
		(r#"(export "call" (memory 0))"#, "memory"),
	] {
		let code = with_exports(&[r#"(func (export "deploy"))"#, call].concat());
		let reason = Reason::ForbiddenExport { kind, name: "call".into() };
		let offset = place_of_name(&code, None, "call");
		assert_eq!(refused(&code), Rejection { reason, offset });
	}
}

#[test]
fn entries_take_nothing_and_return_nothing_or_a_number() {
	let of = |name: &str, ty: &str| {
		let other = if name == "call" { "deploy" } else { "call" };
		with_exports(&format!(
			r#"(func (export {other:?})) (func (export {name:?}) {ty} (unreachable))"#
		))
	};
	for name in ["call", "deploy"] {
		accepted(&of(name, "(result i32)"));
		for (ty, found) in [
			("(result i64)", "() -> i64"),
			("(param i32)", "(i32)"),
			("(param i32 i32) (result i32)", "(i32, i32) -> i32"),
		] {
			let code = of(name, ty);
			let reason = Reason::ExportType {
				name: name.into(),
				expected: "() or () -> i32",
				found: found.into(),
			};
			let offset = place_of_name(&code, None, name);
			assert_eq!(refused(&code), Rejection { reason, offset });
		}
		// A host function of the right type is no code of the contract's.
		let other = if name == "call" { "deploy" } else { "call" };
		let code =
			with_exports(&format!(r#"(func (export {other:?})) (export {name:?} (func $root))"#));
		let offset = place_of_name(&code, None, name);
		let reason = Reason::ExportedImport { name: name.into() };
		assert_eq!(refused(&code), Rejection { reason, offset });
	}
}

#[test]
fn a_function_is_imported_by_the_version_that_has_its_type() {
	let import = |module: &str, name: &str, ty: &str| {
		wasm(&seal(&format!("(import {module:?} {name:?} (func {ty}))"), ""))
	};
	let rows = |code: &[u8]| {
		accepted(code).plan.iter().map(|id| id.spec().unwrap().rust_name).collect::<Vec<_>>()
	};
	let three = "(param i32 i32 i32)";
	assert_eq!(rows(&import("seal0", "set_storage", three)), ["set_storage_v0"]);
	let code = import("seal1", "seal_set_storage", &format!("{three} (result i32)"));
	assert_eq!(rows(&code), ["set_storage_v1"]);
	let code = import("seal1", "seal_set_storage", three);
	let reason = Reason::ImportType {
		module: "seal1".into(),
		name: "seal_set_storage".into(),
		expected: "(key_ptr: i32, value_ptr: i32, value_len: i32) -> i32".into(),
		found: "(i32, i32, i32)".into(),
	};
	let offset = place_of_name(&code, Some("seal1"), "seal_set_storage");
	assert_eq!(refused(&code), Rejection { reason, offset });
	// Versions that a function does not have, and a prefix that is part of one name.
	for (module, name) in [
		("seal3", "set_storage"),
		("seal1", "caller"),
		("seal0", "return"),
		("env", "seal_caller"),
		("seal0", "seal_seal_return"),
		("seal2", "seal_call"),
	] {
		let code = import(module, name, three);
		let offset = place_of_name(&code, Some(module), name);
		let (module, name) = (module.into(), name.into());
		let reason = Reason::UnknownImport { module, name };
		assert_eq!(refused(&code), Rejection { reason, offset });
	}
}

#[test]
fn an_import_of_another_interface_is_refused_whatever_the_memory() {
	let seal_import = r#"(import "seal0" "input" (func (param i32 i32)))"#;
	let baals_import = r#"(import "env" "baals_memory_grow" (func (result i32)))"#;
	for (imports, first, second, module, name) in [
		([seal_import, baals_import], Abi::Seal, Abi::Baals, "env", "baals_memory_grow"),
		([baals_import, seal_import], Abi::Baals, Abi::Seal, "seal0", "input"),
	] {
		let code = wasm(&seal(&imports.concat(), ""));
		let offset = place_of_name(&code, Some(module), name);
		assert_eq!(
			refused(&code),
			Rejection { reason: Reason::MixedAbis { first, second }, offset }
		);
	}
	// Without a function of seal's it is baals, which has its own memory.
	let code = wasm(&seal(baals_import, ""));
	assert_eq!(refused(&code).reason.code(), RejectionCode::ImportKind);
	assert_eq!(refused(&code).offset, place_of_name(&code, Some("env"), "memory"));
}

#[test]
fn deprecated_functions_are_closed_and_unstable_ones_as_the_chain_says() {
	let random = |name: &str| {
		wasm(&seal(&format!(r#"(import "seal1" {name:?} (func (param i32 i32 i32 i32)))"#), ""))
	};
	for name in ["random", "seal_random"] {
		let code = random(name);
		let offset = place_of_name(&code, Some("seal1"), name);
		let (module, name) = ("seal1".to_string(), name.to_string());
		let reason = Reason::ImportStatus { module, name, status: Status::Deprecated };
		let rejection = Rejection { reason, offset };
		assert_eq!(validate::validate(&code, open(true)), Err(rejection.clone()));
		assert_eq!(refused(&code), rejection);
	}

	let name = "set_transient_storage";
	let import =
		format!(r#"(import "seal0" {name:?} (func (param i32 i32 i32 i32) (result i32)))"#);
	let code = wasm(&seal(&import, ""));
	let reason = Reason::ImportStatus {
		module: "seal0".into(),
		name: name.into(),
		status: Status::Unstable,
	};
	let offset = place_of_name(&code, Some("seal0"), name);
	assert_eq!(crate::code::check(&code, open(false)).err(), Some(Rejection { reason, offset }));
	let checked =
		crate::code::check(&code, open(true)).unwrap_or_else(|rejection| panic!("{rejection}"));
	assert_eq!(checked.prepared.rows()[0].spec().unwrap().name, name);
}

#[test]
fn a_chain_extension_is_asked_for_only_where_there_is_one() {
	for name in ["call_chain_extension", "seal_call_chain_extension"] {
		let ty = "(param i32 i32 i32 i32 i32) (result i32)";
		let code = wasm(&seal(&format!(r#"(import "seal0" {name:?} (func {ty}))"#), ""));
		accepted(&code);
		let reason = Reason::NoExtension { module: "seal0".into(), name: name.into() };
		let offset = place_of_name(&code, Some("seal0"), name);
		let closed = Open { extension: false, ..open(true) };
		assert_eq!(validate::validate(&code, closed), Err(Rejection { reason, offset }));
	}
}

#[test]
fn data_is_within_the_memory_that_is_imported() {
	let data = |offset: u32| wasm(&seal("", &format!("(data (i32.const {offset}) \"wxyz\")")));
	let size = 2 * 65_536;
	accepted(&data(size - 4));
	let reason = Reason::DataOutOfBounds { end: u64::from(size) + 1, size: size.into() };
	assert_eq!(refused(&data(size - 3)).reason, reason);
}
