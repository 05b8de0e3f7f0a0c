//! Which interface a module belongs to.

use super::*;
use crate::{code::RejectionCode, tests::builder::NAMED_METHODS};

const BAALS: &str = r#"(import "env" "baals_memory_grow" (func (result i32)))"#;
const AUREON: &str = r#"(import "env" "log" (func (param i32 i32)))"#;
const DYTALLIX: &str = r#"(import "env" "block_number" (func (result i64)))"#;
const SEAL: &str = r#"(import "seal0" "seal_return" (func (param i32 i32 i32)))"#;
const MEMORY: &str = r#"(memory (export "memory") 1)"#;
const ENTRY: &str = r#"(func (export "run") (param i32 i32) (result i32) (i32.const 0))"#;
const CONTRACT: &str = r#"(func (export "contract_x") (param i32 i32) (result i32) (i32.const 0))"#;
const SEAL_MEMORY: &str = r#"(import "env" "memory" (memory 2 16))"#;
const SEAL_ENTRIES: &str = r#"(func (export "call")) (func (export "deploy"))"#;

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
	assert_eq!(abi(&[SEAL, SEAL_MEMORY, SEAL_ENTRIES], &[]), Abi::Seal);
	assert_eq!(abi(&[SEAL_MEMORY, SEAL, SEAL_ENTRIES], &[]), Abi::Seal);
}

#[test]
fn without_imports_exports_or_the_section_tell_it() {
	assert_eq!(abi(&[MEMORY, CONTRACT], &[]), Abi::Dytallix);
	for of in NAMED_METHODS {
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
fn seal_is_told_by_exactly_its_two_exports_and_by_the_section() {
	let reverse = r#"(func (export "deploy")) (func (export "call"))"#;
	for entries in [SEAL_ENTRIES, reverse] {
		assert_eq!(abi(&[SEAL_MEMORY, entries], &[]), Abi::Seal);
		assert_eq!(abi(&[SEAL_MEMORY, entries], &["seal"]), Abi::Seal);
		assert_eq!(abi(&[SEAL, SEAL_MEMORY, entries], &["seal", "seal"]), Abi::Seal);
	}
	// The section counts more than exports do, and each interface has rules of its own.
	let code = with_sections(&[SEAL_MEMORY, SEAL_ENTRIES], &["baals"]);
	let offset = place_of_name(&code, Some("env"), "memory");
	assert_eq!(
		refused(&code).reason.to_string(),
		"the import \"env\" \"memory\" is a memory; \
		only functions are imported"
	);
	assert_eq!(refused(&code).offset, offset);
	let code = with_sections(&[MEMORY, ENTRY], &["seal"]);
	assert_eq!(refused(&code).reason.code(), RejectionCode::ForbiddenExport);

	// One more export, and it is no longer exactly these two.
	let code = with_sections(&[MEMORY, SEAL_ENTRIES], &[]);
	assert_eq!(refused(&code), Rejection::whole(Reason::NoAbi));
	// Where the memory is imported it can be nothing else, and hears what is wrong.
	let code = with_sections(&[SEAL_MEMORY, SEAL_ENTRIES, ENTRY], &[]);
	let reason = Reason::ForbiddenExport { kind: "function", name: "run".into() };
	let offset = place_of_name(&code, None, "run");
	assert_eq!(refused(&code), Rejection { reason, offset });
	// But for what exports tell already.
	let code = with_sections(&[SEAL_MEMORY, CONTRACT], &[]);
	assert_eq!(refused(&code).reason.code(), RejectionCode::ImportKind);
}
