//! Guests and modules that mean harm.

use super::builder::*;
use crate::{
	code::RejectionCode,
	exec::{Halt, Trap},
	limits,
	mock::{Contracts, Test, ALICE},
	Error,
};
use caisson_contracts_abi::Abi;
use caisson_contracts_api::{Code, CodeCheck, Determinism};
use sp_runtime::{DispatchError, ModuleError, Weight};
use std::{format, string::String, vec::Vec};

#[test]
fn recursion_without_end_overflows_the_guests_stack_only() {
	chain(|| {
		let shapes = [
			"(func $r (call $r))".into(),
			"(func $r (param i64) (call $r2)) (func $r2 (call $r (i64.const 1)))".replace("$r2", "$s"),
			format!("(func $r (local {}) (call $r))", "i64 ".repeat(limits::LOCALS as usize)),
			"(table 1 funcref) (elem (i32.const 0) $r) (type $t (func)) (func $r (call_indirect (type $t) #0))".into(),
		];
		for shape in shapes {
			let call =
				if shape.contains("param") { "(call $r (i64.const 0))" } else { "(call $r)" };
			let write = "(call $baals_storage_write #0 #1 #0 #1)";
			let contract =
				deploy(baals(&format!("{shape}{}", quiet("go", &format!("{write}{call}")))), &[]);
			let outcome = unchanged(|| invoke(&contract, "go", &[]));
			assert_eq!(outcome.halt, Some(Halt::Trap(Trap::StackOverflow)), "{shape}");
			assert_fails(&outcome, Error::ContractTrapped);
			assert!(outcome.gas_consumed.all_lt(GAS));
		}
	});
}

#[test]
fn recursion_to_the_bottom_of_every_frame_of_a_full_stack_is_survived() {
	chain(|| {
		let deep = "(func $r (param $n i32) (if (local.get $n) (then (call $r (i32.sub (local.get $n) #1)))))";
		let row = row(limits::CALL_DEPTH as usize, deep, "(call $r #1000)");
		assert_eq!(number(&invoke(&row[0], "go", &[])), limits::CALL_DEPTH as i32);
	});
}

#[test]
fn memory_grows_to_the_limit_of_the_abi_and_not_beyond() {
	chain(|| {
		let body: String = [(0, 4), (60, 4), (61, -1), (65_536, -1), (-1, -1)]
			.iter()
			.enumerate()
			.map(|(at, (pages, _))| entry(&format!("grow{at}"), &format!("(memory.grow #{pages})")))
			.collect();
		let contract = deploy(baals(&body), &[]);
		for (at, expected) in [4, 4, -1, -1, -1].into_iter().enumerate() {
			let outcome = invoke(&contract, &format!("grow{at}"), &[]);
			assert_eq!(number(&outcome), expected, "{at}");
			assert!(outcome.gas_consumed.all_lt(Weight::from_parts(5_000_000_000, 1 << 20)));
		}
	});
}

#[test]
fn all_frames_together_hold_no_more_pages_than_the_stack_may() {
	chain(|| {
		assert_eq!(limits::STACK_PAGES, 320, "the test counts on it");
		// 20 pages each: 16 frames hold all there is.
		let grow =
			|pages: u32| format!("(if (i32.lt_s (memory.grow #{pages}) #0) (then unreachable))");
		let full = row(16, "", &grow(16));
		assert_eq!(number(&invoke(&full[0], "go", &[])), 16);
		// 21 each: the last one cannot grow, traps, and the one above goes on.
		let over = row(16, "", &grow(17));
		assert_eq!(number(&invoke(&over[0], "go", &[])), 1_015);
		// 64 each: five frames hold all, and the sixth has no room for the pages that it begins with.
		let wide = row(7, "", &grow(60));
		assert_eq!(number(&invoke(&wide[0], "go", &[])), 1_005);
		// What ended frames held is free again.
		assert_eq!(number(&invoke(&wide[2], "go", &[])), 5);
	});
}

#[test]
fn arguments_that_find_no_memory_are_refused() {
	chain(|| {
		let full = r#"(module (import "env" "log" (func (param i32 i32)))
			(memory (export "memory") 64) (func (export "run") (param i32 i32)))"#;
		let contract = deploy(inline(full), &[]);
		let outcome = unchanged(|| invoke(&contract, "run", &[b"x"]));
		assert_fails(&outcome, Error::LimitExceeded);
		assert!(invoke(&contract, "run", &[b""]).result.is_ok(), "no bytes need no page");
		let tiny = r#"(module (import "env" "baals_get_sender" (func (param i32)))
			(memory (export "memory") 1) (func (export "main") (param i32 i32) (result i32) #0))"#;
		let contract = deploy(inline(&constants(tiny)), &[]);
		let outcome = unchanged(|| invoke(&contract, "main", &[&[0; 65_530]]));
		assert_fails(&outcome, Error::OutOfBounds);
		assert!(invoke(&contract, "main", &[&[0; 65_520]]).result.is_ok());
		let none = r#"(module (import "env" "baals_get_sender" (func (param i32)))
			(memory (export "memory") 0) (func (export "main") (param i32 i32) (result i32) #0))"#;
		let contract = deploy(inline(&constants(none)), &[]);
		let outcome = unchanged(|| invoke(&contract, "main", &[]));
		assert_fails(&outcome, Error::OutOfBounds);
	});
}

#[test]
fn the_largest_arguments_reach_a_guest_of_each_abi() {
	chain(|| {
		let large = vec![9u8; 65_000];
		let baals = deploy(baals(&entry("len", "(i32.load #8)")), &[]);
		let aureon = deploy(
			aureon(
				r#"(func (export "len") (param i32 i32) (result i32)
			(i32.add (local.get 1) (i32.load8_u (i32.add (local.get 0) #64999))))"#,
			),
			&[],
		);
		let dytallix = deploy(
			dytallix(
				r#"(func (export "contract_len") (param i32 i32) (result i32)
				(i32.store #4 (local.get 1)) (i32.store #0 #4) #0)
				(func (export "contract_len2") (param i32 i32) (result i32)
				(i32.store #104 (local.get 1)) (i32.store #100 #4) #100)"#,
			),
			&[],
		);
		assert_eq!(number(&invoke(&baals, "len", &[&large])), 65_000);
		assert_eq!(number(&invoke(&aureon, "len", &[&large])), 65_009);
		assert_eq!(number(&invoke(&dytallix, "len2", &[&large])), 65_000);
		assert_eq!(output(&invoke(&dytallix, "len", &[&large])), b"", "an output at 0 is none");
		let proxy = deploy(proxy(), &[]);
		assert_eq!(through(&proxy, &baals, "len", &vec![9; 60_000], 0).1, 60_000u32.to_le_bytes());
	});
}

#[test]
fn events_are_limited_by_number_and_by_gas() {
	chain(|| {
		let emit = |count: u32| {
			format!(
				"(loop $l (call $baals_emit_event #0 #4 #0 #8) \
				(br_if $l (i32.lt_u (local.tee $i (i32.add (local.get $i) #1)) #{count})))"
			)
		};
		let emitter = [quiet("most", &emit(1_000)), quiet("more", &emit(1_001))].concat();
		let emitter = deploy(baals(&emitter), &[]);
		let outcome = unchanged(|| invoke(&emitter, "more", &[]));
		assert_fails(&outcome, Error::LimitExceeded);
		// Ten frames may emit as many each, if somebody pays.
		let ten = r#"(data (i32.const 4096) "most")"#;
		let calls =
			"(loop $l (if (call $baals_call_contract #16 #32 #4096 #4 #0 #0 (i64.const 0)) \
			(then unreachable)) \
			(br_if $l (i32.lt_u (local.tee $i (i32.add (local.get $i) #1)) #10)))";
		let caller = deploy(baals(&format!("{ten}{}", quiet("go", calls))), &[]);
		let few = Weight::from_parts(20_000_000_000, GAS.proof_size());
		let outcome = unchanged(|| invoke_with(&caller, "go", &[emitter.as_ref()], 0, few));
		assert_fails(&outcome, Error::OutOfGas);
		undone(|| {
			invoke(&caller, "go", &[emitter.as_ref()]).result.unwrap();
			assert_eq!(emitted(&emitter).len(), 10_000);
		});
		let dytallix = deploy(
			dytallix(
				r#"(func (export "contract_go") (param i32 i32) (result i32)
					(local $i i32)
					(loop $l (drop (call $emit_event #0 #4 #0 #8))
						(br_if $l (i32.lt_u (local.tee $i (i32.add (local.get $i) #1)) (i32.load8_u #1024))))
					#0)"#,
			),
			&[],
		);
		undone(|| assert!(invoke(&dytallix, "go", &[&[100]]).result.is_ok()));
		let outcome = unchanged(|| invoke(&dytallix, "go", &[&[101]]));
		assert_fails(&outcome, Error::LimitExceeded);
	});
}

#[test]
fn the_log_is_limited_over_all_frames_and_empty_lines_count() {
	chain(|| {
		let logger = deploy(
			aureon(
				r#"(func (export "once") (param i32) (call $log #0 (local.get 0)))
				(func (export "empty") (param i32)
					(loop $l (call $log #0 #0)
						(br_if $l (local.tee 0 (i32.sub (local.get 0) #1)))))"#,
			),
			&[],
		);
		let log = |function: &str, number: u32| {
			undone(|| invoke(&logger, function, &[&number.to_le_bytes()]))
		};
		assert_eq!(log("once", limits::LOG_BYTES - 1).logs[0].len(), 65_535);
		assert_fails(&log("once", limits::LOG_BYTES), Error::LimitExceeded);
		assert_fails(&log("once", u32::MAX), Error::LimitExceeded);
		assert_eq!(log("empty", limits::LOG_BYTES).logs.len(), 65_536);
		assert_fails(&log("empty", limits::LOG_BYTES + 1), Error::LimitExceeded);
		// A callee's lines count for its caller.
		let proxy = deploy(proxy(), &[]);
		let half = (limits::LOG_BYTES / 2).to_le_bytes();
		assert_eq!(through(&proxy, &logger, "once", &half, 0).0, 0);
		let twice = r#"(data (i32.const 4096) "once")
			(func (export "go") (param i32 i32) (result i32)
				(i32.store #0 (call $baals_call_contract #16 #32 #4096 #4 #56 #4 (i64.const 0)))
				(i32.store #4 (call $baals_call_contract #16 #32 #4096 #4 #56 #4 (i64.const 0)))
				#8)"#
			.replace("(i32.store #0", "(i32.store #200")
			.replace("(i32.store #4", "(i32.store #204")
			.replace("#8)", "(memory.copy #0 #200 #8) #8)");
		let caller = deploy(baals(&twice), &[]);
		let outcome = invoke(&caller, "go", &[logger.as_ref(), &half]);
		assert_eq!(output(&outcome), [0, 0, 0, 0, 0xff, 0xff, 0xff, 0xff]);
		assert_eq!(outcome.logs.len(), 1);
	});
}

#[test]
fn lengths_of_a_mebibyte_and_of_all_memory_are_refused_without_a_copy() {
	chain(|| {
		for len in [1 << 20, (1 << 20) + 1, 0x7fff_ffffu32, 0x8000_0000, u32::MAX] {
			let len = len.cast_signed();
			let calls = [
				format!("(call $baals_emit_event #0 #{len} #0 #{len})"),
				format!("(call $baals_hash_sha256 #0 #{len} #0)"),
				format!("(call $baals_revert #0 #{len})"),
				format!("(drop (call $baals_verify_signature #0 #{len} #0 #{len} #0 #{len}))"),
				format!("(drop (call $baals_verify_signature #0 #32 #0 #{len} #0 #64))"),
				format!("(drop (call $baals_call_contract #0 #{len} #0 #{len} #0 #{len} (i64.const 0)))"),
				format!("(call $baals_storage_write #0 #{len} #0 #{len})"),
			];
			let body: String =
				calls.iter().enumerate().map(|(at, call)| quiet(&format!("f{at}"), call)).collect();
			let contract = deploy(baals(&body), &[]);
			for (at, call) in calls.iter().enumerate() {
				let outcome = unchanged(|| invoke(&contract, &format!("f{at}"), &[]));
				let error = error(&outcome);
				let known = [Error::<Test>::OutOfBounds, Error::LimitExceeded];
				assert!(known.into_iter().any(|known| error == known.into()), "{call}: {error:?}");
				assert!(outcome.gas_consumed.all_lt(Weight::from_parts(1_000_000_000, 1 << 20)));
			}
			// A long buffer is only as long as what there is to copy.
			let fits = [
				entry("input", &format!("(call $baals_get_input_data #64 #{len})")),
				entry("read", &format!("(call $baals_storage_read #64 #4 #64 #{len})")),
			];
			let contract = deploy(baals(&fits.concat()), &[]);
			assert_eq!(number(&invoke(&contract, "input", &[])), 8);
			assert_eq!(number(&invoke(&contract, "read", &[])), 0);
		}
	});
}

/// Uploads in both ways, and returns why that is refused.
#[track_caller]
fn rejection(code: &[u8]) -> Option<RejectionCode> {
	let checked = Contracts::api_check_code(code.to_vec());
	let deployed = unchanged(|| {
		undone(|| {
			Contracts::upload_code(
				crate::mock::RuntimeOrigin::signed(ALICE),
				code.to_vec(),
				Some(u64::MAX.into()),
				Determinism::Enforced,
			)
			.map(drop)
			.map_err(|failed| failed.error)
		})
	});
	let Err(error) = deployed else {
		assert!(matches!(checked, CodeCheck::Accepted { .. }), "{checked:?}");
		return None;
	};
	assert!(matches!(checked, CodeCheck::Refused { .. }), "{checked:?}");
	let dry = undone(|| {
		let code = Code::Upload(code.to_vec());
		Contracts::api_instantiate(ALICE, 0, None, None, code, vec![], vec![])
	});
	assert_eq!(dry.result, Err(error));
	assert!(!dry.debug_message.is_empty(), "a developer is told why");
	use codec::Decode;
	match error {
		DispatchError::Module(ModuleError { error: [_, code, ..], .. }) => {
			Some(RejectionCode::decode(&mut &[code][..]).unwrap())
		},
		other => panic!("{other:?}"),
	}
}

#[test]
fn hostile_modules_are_refused_with_their_reason() {
	chain(|| {
		let module = |parts: &str| {
			inline(&format!(
				"(module (import \"env\" \"baals_get_sender\" (func (param i32))) \
				(memory (export \"memory\") 1) {parts} \
				(func (export \"main\") (param i32 i32) (result i32) (i32.const 0)))"
			))
		};
		assert_eq!(rejection(&module("")), None);
		let exports: String = (0..300).map(|at| format!("(export \"e{at}\" (func $f))")).collect();
		let imports: String =
			(0..300).map(|_| "(import \"env\" \"baals_get_sender\" (func (param i32)))").collect();
		let wrong = |import: &str| {
			inline(&format!(
				"(module (import {import}) (memory (export \"memory\") 1) \
				(func (export \"main\") (param i32 i32) (result i32) (i32.const 0)))"
			))
		};
		use RejectionCode::*;
		let cases: Vec<(Vec<u8>, RejectionCode)> = vec![
			(module(&format!("(func (local {}))", "i32 ".repeat(30_000))), TooManyLocals),
			(module(&format!("(func (param {}))", "i32 ".repeat(1_000))), TooManyParameters),
			(module("(table 10000000 funcref)"), TableTooLarge),
			(module("(table 0 funcref) (table 0 funcref)"), TooManyTables),
			(module(&"(func)".repeat(5_000)), TooManyFunctions),
			(module(&"(global i32 (i32.const 0))".repeat(300)), TooManyGlobals),
			(module(&"(data (i32.const 0) \"\")".repeat(1_100)), TooManyDataSegments),
			(module(&format!("(func $f (param i32 i32) (result i32) (i32.const 0)) {exports}")), TooManyExports),
			(module(&format!("(func (param i32) (block (br_table {} (local.get 0))))", "0 ".repeat(2_000))), BrTableTooLarge),
			(module(&format!("(func {})", "(drop (i32.const 1))".repeat(30_000))), FunctionTooLarge),
			(module("(data (i32.const 65530) \"0123456789\")"), DataOutOfBounds),
			(module("(data (i32.const -1) \"0\")"), DataOutOfBounds),
			(module("(func $s) (start $s)"), StartFunction),
			(module("(func (drop (f64.const 1)))"), Float),
			(module("(func (param f32))"), Float),
			(module("(func (result i32 i32) (i32.const 0) (i32.const 0))"), Feature),
			(module("(table 1 externref)"), Feature),
			(module("(memory 1)"), Feature),
			(wrong("\"env\" \"baals_get_sender\" (func (param i64))"), ImportType),
			(wrong("\"env\" \"baals_get_sender\" (func)"), ImportType),
			(wrong("\"env\" \"baals_get_sender\" (func (param i32) (result i32))"), ImportType),
			(wrong("\"env\" \"baals_get_sender\" (global i32)"), ImportKind),
			(wrong("\"env\" \"nothing\" (func)"), UnknownImport),
			(wrong("\"wasi_snapshot_preview1\" \"fd_write\" (func)"), UnknownImport),
			(inline(&format!("(module {imports} (memory (export \"memory\") 1))")), TooManyImports),
			(inline("(module (import \"env\" \"baals_get_sender\" (func (param i32))) (import \"env\" \"log\" (func (param i32 i32))))"), MixedAbis),
			(inline("(module (import \"env\" \"log\" (func (param i32 i32))) (func (export \"run\")))"), NoMemory),
			(inline("(module (import \"env\" \"log\" (func (param i32 i32))) (memory 1) (func (export \"run\")))"), MemoryNotExported),
			(inline("(module (import \"env\" \"log\" (func (param i32 i32))) (memory (export \"memory\") 65) (func (export \"run\")))"), MemoryTooLarge),
			(inline("(module (import \"env\" \"log\" (func $l (param i32 i32))) (memory (export \"memory\") 1) (export \"run\" (func $l)))"), ExportedImport),
			(b"".to_vec(), NotWasm),
			(b"\0asm\x02\0\0\0".to_vec(), UnknownVersion),
			(b"\0asm\x0d\0\x01\0".to_vec(), Component),
			(b"\0asm\x01\0\0\0".to_vec(), NoAbi),
		];
		for (at, (code, expected)) in cases.into_iter().enumerate() {
			assert_eq!(rejection(&code), Some(expected), "case {at}");
		}
	});
}

#[test]
fn counts_and_lengths_that_lie_are_refused() {
	chain(|| {
		let head = b"\0asm\x01\0\0\0";
		let huge = [0xff, 0xff, 0xff, 0xff, 0x0f];
		for section in 0..=13u8 {
			let long = [&head[..], &[section], &huge].concat();
			assert!(rejection(&long).is_some(), "section {section} of 4 GiB");
			let many = [&head[..], &[section, 5], &huge].concat();
			assert!(rejection(&many).is_some(), "section {section} with 2^32 entries");
			let overlong = [&head[..], &[section, 0x80, 0x80, 0x80, 0x80, 0x80, 0x00]].concat();
			assert!(rejection(&overlong).is_some(), "section {section} with an overlong length");
		}
		// A function whose locals are 2^32 - 1 of one type, twice.
		let body = [&[2u8][..], &huge, &[0x7f], &huge, &[0x7e, 0x0b]].concat();
		let code = [&[1u8, body.len() as u8][..], &body].concat();
		let module =
			[&head[..], &[1, 4, 1, 0x60, 0, 0], &[3, 2, 1, 0], &[10, code.len() as u8], &code]
				.concat();
		assert_eq!(rejection(&module), Some(RejectionCode::TooManyLocals));
	});
}

#[test]
fn a_module_cut_off_or_bent_at_any_byte_is_refused_or_runs() {
	chain(|| {
		let whole = baals(&quiet("main", "(call $baals_storage_write #0 #4 #0 #4)"));
		let accepted: Vec<usize> =
			(0..whole.len()).filter(|end| rejection(&whole[..*end]).is_none()).collect();
		// The section of names is last, and a module needs none.
		let names = whole.windows(5).position(|bytes| bytes == b"\x04name").unwrap();
		assert!(matches!(accepted[..], [end] if (names - 3..names).contains(&end)), "{accepted:?}");
		assert_eq!(rejection(&whole), None);
		for at in 0..whole.len() {
			for bit in [0x01, 0x40, 0x80, 0xff] {
				let mut bent = whole.clone();
				bent[at] ^= bit;
				if rejection(&bent).is_none() {
					undone(|| {
						let (contract, _) = deploy_report(bent, &[], 0, None).expect("it deploys");
						let limit = Weight::from_parts(4_000_000_000, 1 << 20);
						let _ = invoke_with(&contract, "main", &[], 0, limit);
					});
				}
			}
		}
	});
}

#[test]
fn a_guest_of_one_abi_cannot_import_from_another() {
	chain(|| {
		for (one, other) in
			[(Abi::Baals, Abi::Aureon), (Abi::Aureon, Abi::Dytallix), (Abi::Dytallix, Abi::Baals)]
		{
			let import = |abi: Abi| {
				let spec = &abi.functions()[0];
				let params = " i32".repeat(spec.params.len());
				let result = spec.result.map_or("", |_| "(result i32)");
				format!("(import \"env\" \"{}\" (func (param{params}) {result}))", spec.name)
			};
			let module = inline(&format!("(module {} {})", import(one), import(other)));
			assert_eq!(rejection(&module), Some(RejectionCode::MixedAbis), "{one:?} {other:?}");
		}
	});
}
