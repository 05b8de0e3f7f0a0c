//! Which interface a module belongs to.

use super::*;
use crate::host::IMPLEMENTED;
use caisson_contracts_abi::Abi;

const BAALS: &str = r#"(import "env" "baals_memory_grow" (func (result i32)))"#;
const AUREON: &str = r#"(import "env" "log" (func (param i32 i32)))"#;
const DYTALLIX: &str = r#"(import "env" "block_number" (func (result i64)))"#;
const SEAL: &str = r#"(import "seal0" "seal_return" (func (param i32 i32 i32)))"#;
const MEMORY: &str = r#"(memory (export "memory") 1)"#;
const ENTRY: &str = r#"(func (export "run") (param i32 i32) (result i32) (i32.const 0))"#;
const CONTRACT: &str = r#"(func (export "contract_x") (param i32 i32) (result i32) (i32.const 0))"#;

/// A module of these declarations, with a section `caisson.abi` for each name.
fn with_sections(declarations: &[&str], names: &[&str]) -> Vec<u8> {
	let mut code = wasm(&format!("(module {})", declarations.concat()));
	for name in names {
		code.extend(section(0, &[b"\x0bcaisson.abi", name.as_bytes()].concat()));
	}
	code
}

#[track_caller]
fn abi(declarations: &[&str], names: &[&str]) -> Abi {
	accepted(&with_sections(declarations, names)).abi
}

#[test]
fn imports_tell_the_interface() {
	assert_eq!(abi(&[BAALS, MEMORY, ENTRY], &[]), Abi::Baals);
	assert_eq!(abi(&[AUREON, MEMORY, ENTRY], &[]), Abi::Aureon);
	assert_eq!(abi(&[DYTALLIX, MEMORY, CONTRACT], &[]), Abi::Dytallix);
	// They do so before exports: a method of any name is a method.
	assert_eq!(abi(&[BAALS, MEMORY, CONTRACT], &[]), Abi::Baals);
	assert_eq!(abi(&[AUREON, MEMORY, CONTRACT], &[]), Abi::Aureon);
}

#[test]
fn without_imports_exports_or_the_section_tell_it() {
	assert_eq!(abi(&[MEMORY, CONTRACT], &[]), Abi::Dytallix);
	for of in IMPLEMENTED {
		let name = of.name();
		assert_eq!(abi(&[MEMORY, ENTRY, CONTRACT], &[name]), of);
		assert_eq!(abi(&[MEMORY, ENTRY, CONTRACT], &[name, name]), of);
	}
	assert_eq!(refused(&with_sections(&[MEMORY, ENTRY], &[])), Rejection::whole(Reason::NoAbi));
	assert_eq!(refused(b"\0asm\x01\0\0\0"), Rejection::whole(Reason::NoAbi));
	// A global of a telling name tells nothing.
	let global = r#"(global (export "contract_x") i32 (i32.const 0))"#;
	assert_eq!(
		refused(&with_sections(&[MEMORY, ENTRY, global], &[])),
		Rejection::whole(Reason::NoAbi)
	);
}

#[test]
fn sections_that_say_something_else_are_refused() {
	let code = with_sections(&[MEMORY, ENTRY], &["bales"]);
	let offset = place(&code, b"\x0bcaisson.abi");
	let reason = Reason::UnknownAbi { name: "bales".into() };
	assert_eq!(refused(&code), Rejection { reason, offset });

	let code = with_sections(&[BAALS, MEMORY, ENTRY], &["aureon"]);
	let offset = place(&code, b"\x0bcaisson.abi");
	let reason = Reason::MixedAbis { first: Abi::Baals, second: Abi::Aureon };
	assert_eq!(refused(&code), Rejection { reason, offset });

	let code = with_sections(&[MEMORY, ENTRY], &["aureon", "baals"]);
	let offset = place(&code, b"\x0bcaisson.abibaals");
	assert_eq!(refused(&code).offset, offset);
	assert!(refused(&code).to_string().contains("two sections caisson.abi"));

	// However long it is, no more than its beginning is repeated.
	let code = with_sections(&[MEMORY, ENTRY], &[&"\u{fffd}".repeat(10_000)]);
	assert!(refused(&code).to_string().len() < 300);
}

#[test]
fn two_interfaces_in_one_module_are_refused_by_name() {
	let kinds = [
		(Abi::Baals, BAALS, "baals_memory_grow"),
		(Abi::Aureon, AUREON, "log"),
		(Abi::Dytallix, DYTALLIX, "block_number"),
		(Abi::Seal, SEAL, "seal_return"),
	];
	for (first, first_import, _) in kinds {
		for (second, second_import, name) in kinds {
			if first == second {
				continue;
			}
			let code = with_sections(&[first_import, second_import, MEMORY, CONTRACT], &[]);
			let module = if second == Abi::Seal { "seal0" } else { "env" };
			let offset = place_of_name(&code, Some(module), name);
			let reason = Reason::MixedAbis { first, second };
			assert_eq!(refused(&code), Rejection { reason, offset });
		}
	}
}

#[test]
fn seal_is_recognised_and_not_supported() {
	let reason = Reason::AbiNotSupported { abi: Abi::Seal };
	let memory = r#"(import "env" "memory" (memory 2 16))"#;
	let entries = r#"(func (export "call")) (func (export "deploy"))"#;
	let code = with_sections(&[SEAL, memory, entries], &[]);
	let offset = place_of_name(&code, Some("seal0"), "seal_return");
	assert_eq!(refused(&code), Rejection { reason: reason.clone(), offset });

	let code = with_sections(&[memory, entries], &[]);
	let offset = place_of_name(&code, None, "call");
	assert_eq!(refused(&code), Rejection { reason: reason.clone(), offset });

	let code = with_sections(&[MEMORY, ENTRY], &["seal"]);
	let offset = place(&code, b"\x0bcaisson.abi");
	assert_eq!(refused(&code), Rejection { reason, offset });

	// Only this memory is one that its contracts import.
	for (module, name) in [("env", "memory2"), ("host", "memory")] {
		let memory = format!("(import {module:?} {name:?} (memory 2 16))");
		let code = with_sections(&[SEAL, &memory, entries], &[]);
		let (module, name) = (module.to_string(), name.to_string());
		let offset = place_of_name(&code, Some(&module), &name);
		let reason = Reason::ImportKind { module, name, kind: "memory" };
		assert_eq!(refused(&code), Rejection { reason, offset });
	}

	// One more export, and it is no longer exactly these two.
	let code = with_sections(&[MEMORY, entries], &[]);
	assert_eq!(refused(&code), Rejection::whole(Reason::NoAbi));
}
