//! Where a dry run says that a contract trapped.

mod memories;
mod touched;

use crate::tests::builder::*;
use caisson_contracts_api::TrapReport;
use wasmparser::{Operator, Parser, Payload};

/// A module with something in front of its code, and functions that nothing reaches.
const FAULTY: &str = r#"(module
	(@custom "noise" (before first) "a section that a call does not load")
	(import "env" "baals_hash_sha256" (func $hash (param i32 i32 i32)))
	(import "env" "baals_revert" (func $revert (param i32 i32)))
	(memory (export "memory") 1)
	(func $unused (result i32) (i32.div_u (i32.const 1) (i32.const 0)))
	(func $deep (param i32) (result i32)
		(if (i32.eqz (local.get 0)) (then (unreachable)))
		(i32.div_u (i32.const 8) (local.get 0)))
	(func (export "stop") (param i32 i32) (result i32)
		(drop (call $deep (i32.const 2)))
		(call $deep (i32.const 0)))
	(func (export "divide") (param i32 i32) (result i32)
		(i32.div_u (i32.const 1) (i32.sub (local.get 1) (local.get 1))))
	(func (export "host") (param i32 i32) (result i32)
		(drop (call $deep (i32.const 1)))
		(call $hash (i32.const -1) (i32.const 8) (i32.const 0))
		(i32.const 0))
	(func (export "endless") (param i32 i32) (result i32) (loop (br 0)) (i32.const 0))
	(func (export "refuse") (param i32 i32) (result i32)
		(call $revert (i32.const 0) (i32.const 2)) (i32.const 0)))"#;

/// The offset of the `nth` instruction of the module that `wanted` picks.
fn offset(code: &[u8], nth: usize, wanted: impl Fn(&Operator<'_>) -> bool) -> u32 {
	let mut found = Vec::new();
	for payload in Parser::new(0).parse_all(code) {
		if let Payload::CodeSectionEntry(body) = payload.unwrap() {
			for operator in body.get_operators_reader().unwrap().into_iter_with_offsets() {
				let (operator, at) = operator.unwrap();
				if wanted(&operator) {
					found.push(at as u32);
				}
			}
		}
	}
	found[nth]
}

fn trap(function: &str) -> Option<TrapReport<crate::mock::AccountId>> {
	let contract = deploy(inline(FAULTY), &[]);
	dry_run(&contract, function, &[]).trap
}

#[test]
fn place_of_a_trap_is_that_of_the_instruction_in_the_uploaded_module() {
	chain(|| {
		let code = inline(FAULTY);
		// Two imports, then $unused, $deep.
		let stop = trap("stop").unwrap();
		assert_eq!(stop.reason, "unreachable executed");
		assert_eq!(stop.function, Some(3));
		let at = offset(&code, 0, |operator| matches!(operator, Operator::Unreachable));
		assert_eq!(stop.offset, Some(at));

		let divide = trap("divide").unwrap();
		assert_eq!(divide.reason, "integer division by zero");
		assert_eq!(divide.function, Some(5));
		let at = offset(&code, 2, |operator| matches!(operator, Operator::I32DivU));
		assert_eq!(divide.offset, Some(at));
	});
}

#[test]
fn place_of_a_trap_in_a_host_function_is_that_of_its_call() {
	chain(|| {
		let report = trap("host").unwrap();
		assert_eq!(report.reason, "8 bytes at 4294967295 are not in memory");
		let at = offset(&inline(FAULTY), 0, |operator| {
			matches!(operator, Operator::Call { function_index: 0 })
		});
		assert_eq!((report.function, report.offset), (Some(6), Some(at)));
	});
}

#[test]
fn what_is_no_trap_has_no_place() {
	chain(|| {
		assert_eq!(trap("refuse"), None);
		assert_eq!(trap("endless"), None);
		// Where no code of the contract ran there is a reason and no place.
		let missing = trap("missing").unwrap();
		assert_eq!((missing.function, missing.offset), (None, None));
	});
}

#[test]
fn a_call_for_good_is_not_run_twice() {
	chain(|| {
		let contract = deploy(inline(FAULTY), &[]);
		assert_eq!(invoke(&contract, "stop", &[]).place, None);
	});
}
