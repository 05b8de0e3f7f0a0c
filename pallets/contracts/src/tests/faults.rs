//! Faults that the three original systems had, and this one does not.

use super::builder::*;
use crate::{
	exec::{Halt, Mode, Trap},
	mock::{AccountId, Contracts, ALICE, BOB, RICH},
	Error,
};
use caisson_contracts_abi::Abi;
use std::{format, string::String, vec::Vec};

/// A contract of each ABI with `body` as its function `go`.
fn of_each_abi(body: &str) -> Vec<(Abi, AccountId)> {
	let result =
		|name: &str| format!("(func (export \"{name}\") (param i32 i32) (result i32) {body} #0)");
	vec![
		(Abi::Baals, deploy(baals(&result("go")), &[])),
		(Abi::Aureon, deploy(aureon(&format!("(func (export \"go\") {body})")), &[])),
		(Abi::Dytallix, deploy(dytallix(&result("contract_go")), &[])),
	]
}

#[test]
fn an_endless_loop_is_out_of_gas_and_pays_the_whole_limit() {
	chain(|| {
		let loops = ["(loop $l (br $l))", "(loop $l (drop (i32.const 1)) (br $l))"];
		let limit = sp_runtime::Weight::from_parts(3_000_001_999, 300_001);
		for (abi, contract) in loops.iter().flat_map(|body| of_each_abi(body)) {
			let outcome = unchanged(|| invoke_with(&contract, "go", &[], 5, limit));
			assert_fails(&outcome, Error::OutOfGas);
			assert_eq!(outcome.gas_consumed, whole(limit), "{abi:?}");
			assert_ne!(outcome.gas_consumed.ref_time(), limit.ref_time(), "{abi:?}: rounded down");
		}
	});
}

#[test]
fn an_endless_loop_of_host_calls_is_out_of_gas() {
	chain(|| {
		let limit = sp_runtime::Weight::from_parts(3_000_000_000, 300_000);
		let baals =
			deploy(baals(&quiet("go", "(loop $l (call $baals_get_sender #0) (br $l))")), &[]);
		let aureon =
			deploy(aureon(r#"(func (export "go") (loop $l (call $log #0 #0) (br $l)))"#), &[]);
		// This ABI says so by a code, which a guest may ignore: its own instructions run out then.
		let dytallix = deploy(
			dytallix(
				r#"(func (export "contract_go") (param i32 i32) (result i32)
					(loop $l (drop (call $consume_gas #1)) (br $l)) #0)"#,
			),
			&[],
		);
		for contract in [baals, aureon, dytallix] {
			let outcome = unchanged(|| invoke_with(&contract, "go", &[], 0, limit));
			assert_fails(&outcome, Error::OutOfGas);
			assert_eq!(outcome.gas_consumed, limit);
		}
	});
}

#[test]
fn a_failed_call_leaves_nothing_of_its_writes_events_and_transfers() {
	chain(|| {
		let writer = deploy(
			baals(&quiet(
				"go",
				"(call $baals_storage_write #64 #4 #64 #4) (call $baals_emit_event #64 #4 #64 #4)",
			)),
			&[],
		);
		// Arguments: a contract to call with value, what to do in the end.
		let body = r#"
			(call $baals_storage_write #64 #4 #16 #32)
			(call $baals_emit_event #64 #4 #16 #32)
			(if (i32.lt_s (call $baals_call_contract #16 #32 #4096 #2 #0 #0 (i64.const 50)) #0)
				(then unreachable))
			(call $baals_storage_remove #64 #3)"#;
		let ends = [
			("trap", "unreachable"),
			("divide", "(drop (i32.div_u #1 (i32.load #100000)))"),
			("load", "(drop (i32.load #300000))"),
			("revert", "(call $baals_revert #0 #8)"),
			("spin", "(loop $l (br $l))"),
			("bounds", "(call $baals_get_sender #262143)"),
			("fine", ""),
		];
		let entries: String =
			ends.iter().map(|(name, end)| quiet(name, &format!("{body}{end}"))).collect();
		let data = r#"(data (i32.const 4096) "go")"#;
		let (contract, _) =
			deploy_report(baals(&format!("{data}{entries}")), &[], 100, None).unwrap();
		for (name, _) in &ends[..ends.len() - 1] {
			let outcome = unchanged(|| invoke_with(&contract, name, &[writer.as_ref()], 7, GAS));
			error(&outcome);
			assert_eq!(outcome.deposit, Default::default(), "{name}");
		}
		assert!(invoke(&contract, "fine", &[writer.as_ref()]).result.is_ok());
		assert_eq!((free(&writer), emitted(&writer).len()), (60, 1));
		assert_eq!(emitted(&contract).len(), 1);
		assert_eq!(stored(&contract, &[0; 4]).unwrap(), <_ as AsRef<[u8]>>::as_ref(&writer));
	});
}

#[test]
fn a_failed_call_of_aureon_and_dytallix_leaves_nothing() {
	chain(|| {
		let (aureon, _) = deploy_report(
			aureon(
				r#"(func (export "go") (param i32 i32 i32 i32)
					(drop (call $storage_write #0 #1 #0 #5))
					(call $log #0 #5)
					(if (call $transfer (local.get 0) (local.get 1) (local.get 2) (local.get 3) (i64.const 20))
						(then (return)))
					unreachable)"#,
			),
			&[],
			100,
			None,
		)
		.unwrap();
		let args: [&[u8]; 2] = [aureon.as_ref(), BOB.as_ref()];
		let outcome = unchanged(|| invoke_with(&aureon, "go", &args, 3, GAS));
		assert_fails(&outcome, Error::ContractTrapped);
		assert_eq!(outcome.logs, [vec![0; 5]], "the log of a failed call is still told");
		let dytallix = deploy(
			dytallix(
				r#"(func (export "contract_go") (param i32 i32) (result i32)
					(drop (call $storage_set #0 #1 #0 #5))
					(drop (call $emit_event #0 #5 #0 #5))
					unreachable)"#,
			),
			&[],
		);
		let outcome = unchanged(|| invoke_with(&dytallix, "go", &[], 3, GAS));
		assert_fails(&outcome, Error::ContractTrapped);
	});
}

#[test]
fn a_transfer_from_somebody_else_moves_nothing() {
	chain(|| {
		let send = r#"(func (export "send") (param i32 i32 i32 i32 i64) (result i32)
			(call $transfer (local.get 0) (local.get 1) (local.get 2) (local.get 3) (local.get 4)))"#;
		let (contract, _) = deploy_report(aureon(send), &[], 1_000, None).unwrap();
		let (other, _) = deploy_report(aureon(send), &[], 1_000, None).unwrap();
		for from in [&ALICE, &BOB, &other] {
			for amount in [0, 1, u64::MAX] {
				let args: [&[u8]; 3] = [from.as_ref(), contract.as_ref(), &amount.to_le_bytes()];
				let code = number(&invoke(&contract, "send", &args));
				assert_eq!(code, 2, "{from:?}, the caller included");
			}
		}
		assert_eq!((free(&BOB), free(&contract), free(&other)), (RICH, 1_010, 1_010));
	});
}

#[test]
fn two_events_of_one_topic_both_arrive_in_order() {
	chain(|| {
		let body = r#"(data (i32.const 4096) "topic") (data (i32.const 4128) "12")"#;
		let twice =
			"(call $baals_emit_event #4096 #5 #4128 #1) (call $baals_emit_event #4096 #5 #4129 #1)";
		let contract = deploy(baals(&format!("{body}{}", quiet("go", twice))), &[]);
		invoke(&contract, "go", &[]);
		let twice = [(b"topic".to_vec(), b"1".to_vec()), (b"topic".to_vec(), b"2".to_vec())];
		assert_eq!(emitted(&contract), twice);
		let topic = sp_core::H256(sp_io::hashing::blake2_256(b"topic"));
		let indexed = crate::mock::System::event_topics(topic);
		assert_eq!(indexed.len(), 2);
		let dytallix = deploy(
			dytallix(&format!(
				r#"{body} (func (export "contract_go") (param i32 i32) (result i32)
					(drop (call $emit_event #4096 #5 #4128 #1))
					(call $emit_event #4096 #5 #4129 #1))"#
			)),
			&[],
		);
		invoke(&dytallix, "go", &[]);
		assert_eq!(emitted(&dytallix), twice);
	});
}

#[test]
fn what_was_removed_reads_absent_and_what_was_written_reads_back_in_one_call() {
	chain(|| {
		let write = "(drop (call $baals_storage_write_status #64 #4 #80 #8))";
		let remove = "(drop (call $baals_storage_remove_status #64 #4))";
		let read = "(call $baals_storage_read #64 #4 #0 #8)";
		let body = [
			entry("written", &format!("{write} {read}")),
			entry("removed", &format!("{remove} {read}")),
			entry("again", &format!("{write} {remove} {write} {read}")),
		];
		let contract = deploy(baals(&body.concat()), &[]);
		assert_eq!(number(&invoke(&contract, "written", &[])), 8);
		assert_eq!(number(&invoke(&contract, "removed", &[])), 0);
		assert_eq!(number(&invoke(&contract, "again", &[])), 8);
	});
}

#[test]
fn a_sub_call_sees_what_its_caller_wrote_elsewhere_and_its_result_is_readable() {
	chain(|| {
		let store = deploy(
			baals(
				r#"(func (export "set") (param i32 i32) (result i32)
					(call $baals_storage_write #8192 #1 #16 (i32.load #8)) #0)
				(func (export "get") (param i32 i32) (result i32)
					(call $baals_storage_read #8192 #1 #0 #100))"#,
			),
			&[],
		);
		let reader = deploy(proxy(), &[]);
		// Arguments: the store, the reader. Writes through the first, has the second read.
		let writer = deploy(
			baals(
				r#"(data (i32.const 4096) "set") (data (i32.const 4128) "fresh") (data (i32.const 4160) "go")
				(func (export "go") (param i32 i32) (result i32)
					(drop (call $baals_call_contract #16 #32 #4096 #3 #4128 #5 (i64.const 0)))
					(if (i32.ne (call $baals_call_contract #56 #32 #4160 #2 #16 #32 (i64.const 0)) #5)
						(then unreachable))
					(call $baals_read_call_result #0 #100))"#,
			),
			&[],
		);
		let reading = deploy(
			baals(
				r#"(data (i32.const 4096) "get")
				(func (export "go") (param i32 i32) (result i32)
					(drop (call $baals_call_contract #16 #32 #4096 #3 #0 #0 (i64.const 0)))
					(call $baals_read_call_result #0 #100))"#,
			),
			&[],
		);
		let args: [&[u8]; 2] = [store.as_ref(), reading.as_ref()];
		assert_eq!(output(&invoke(&writer, "go", &args)), b"fresh");
		assert_eq!(through(&reader, &store, "get", b"", 0), (5, b"fresh".to_vec()));
	});
}

#[test]
fn a_revert_stops_at_once_and_its_message_reaches_the_caller() {
	chain(|| {
		let body = "(call $baals_revert #4096 #6) (call $baals_emit_event #0 #1 #0 #1) unreachable";
		let contract =
			deploy(baals(&format!("(data (i32.const 4096) \"reason\"){}", quiet("go", body))), &[]);
		let outcome = unchanged(|| invoke(&contract, "go", &[]));
		assert_eq!(outcome.halt, Some(Halt::Revert(b"reason".to_vec())), "not the trap behind it");
		assert_fails(&outcome, Error::ContractReverted);
		let dry = undone(|| dry_run(&contract, "go", &[]));
		assert_eq!(dry.revert_message.as_deref(), Some(&b"reason"[..]));
		assert!(dry.trap.is_none() && dry.events.is_empty());
		let input = Contracts::named_input(b"go".to_vec(), Vec::new());
		let known = undone(|| Contracts::api_call(ALICE, contract.clone(), 0, None, None, input));
		let result = known.result.unwrap();
		assert_eq!((result.flags.bits(), &result.data[..]), (1, &b"reason"[..]));
		assert_eq!(known.debug_message, b"reason");
	});
}

#[test]
fn a_second_deployment_of_a_code_gets_an_address_of_its_own() {
	chain(|| {
		let code = proxy();
		let first = deploy(code.clone(), &[]);
		let second = deploy(code.clone(), &[]);
		assert_ne!(first, second);
		let hash = crate::ContractInfoOf::<crate::mock::Test>::get(&second).unwrap().code_hash;
		assert_eq!(Contracts::api_code_info(hash).unwrap().refcount, 2);
	});
}

#[test]
fn lengths_and_pointers_at_the_edge_of_memory_are_taken_and_past_it_refused() {
	chain(|| {
		// Four pages: the last byte is at 262,143.
		let fine = [
			"(call $baals_get_sender #262112)",
			"(drop (call $baals_storage_write_status #262143 #1 #262144 #0))",
			"(drop (call $baals_storage_write_status #262142 #2 #262143 #1))",
			"(call $baals_hash_sha256 #262144 #0 #262112)",
			"(call $baals_emit_event #262144 #0 #262143 #1)",
			"(call $baals_hash_sha256 #0 #262144 #0)",
		];
		let faults = [
			"(call $baals_get_sender #262113)",
			"(call $baals_get_sender #262144)",
			"(call $baals_get_sender #-1)",
			"(call $baals_get_sender #-32)",
			"(call $baals_storage_write #262143 #2 #0 #1)",
			"(call $baals_storage_write #-1 #1 #0 #1)",
			"(call $baals_storage_write #0 #1 #262144 #1)",
			"(call $baals_storage_remove #262144 #1)",
			"(call $baals_hash_sha256 #0 #262145 #0)",
			"(call $baals_hash_sha256 #1 #-1 #0)",
			"(call $baals_hash_sha256 #0 #1 #262113)",
			"(call $baals_emit_event #262144 #1 #0 #0)",
			"(call $baals_emit_event #262145 #0 #0 #0)",
			"(drop (call $baals_get_input_data #262140 #100))",
			"(call $baals_revert #262144 #1)",
		];
		let (ok, bad) = (named("ok", &fine), named("bad", &faults));
		let contract = deploy(baals(&format!("{ok}{bad}")), &[]);
		for (at, call) in fine.iter().enumerate() {
			let outcome = invoke(&contract, &format!("ok{at}"), &[]);
			assert!(outcome.result.is_ok(), "{call}: {:?}", outcome.halt);
		}
		for (at, call) in faults.iter().enumerate() {
			let outcome = unchanged(|| invoke(&contract, &format!("bad{at}"), &[]));
			let expected =
				matches!(outcome.halt, Some(Halt::Trap(Trap::PointerOutOfBounds { .. })));
			assert!(expected, "{call}: {:?} {:?}", outcome.result, outcome.halt);
			assert_fails(&outcome, Error::OutOfBounds);
		}
	});
}

#[test]
fn lengths_that_nothing_can_hold_are_refused_by_code_or_trap() {
	chain(|| {
		let codes = [
			"(call $baals_storage_read #0 #1025 #0 #8)",
			"(call $baals_storage_read #0 #-1 #0 #8)",
			"(call $baals_storage_read #262144 #1 #0 #8)",
			"(call $baals_storage_write_status #0 #0 #0 #1)",
			"(call $baals_storage_write_status #0 #1025 #0 #1)",
			"(call $baals_storage_write_status #0 #1 #0 #16385)",
			"(call $baals_storage_write_status #0 #1 #0 #-1)",
			"(call $baals_storage_write_status #-1 #-1 #-1 #-1)",
			"(call $baals_storage_remove_status #0 #0)",
			"(call $baals_storage_remove_status #0 #-1)",
			"(call $baals_call_contract #0 #31 #0 #0 #0 #0 (i64.const 0))",
			"(call $baals_call_contract #0 #32 #0 #-1 #0 #1 (i64.const 0))",
			"(call $baals_call_contract #0 #32 #0 #0 #0 #-1 (i64.const 0))",
			"(call $baals_call_contract #0 #32 #0 #0 #0 #0 (i64.const -1))",
			"(call $baals_read_call_result_at #0 #1 #-1)",
		];
		let traps = [
			"(call $baals_storage_write #0 #1025 #0 #1)",
			"(call $baals_storage_write #0 #1 #0 #16385)",
			"(call $baals_storage_write #0 #0 #0 #1)",
			"(call $baals_storage_remove #0 #-1)",
			"(call $baals_emit_event #0 #257 #0 #1)",
			"(call $baals_emit_event #0 #1 #0 #16385)",
			"(call $baals_emit_event #0 #-1 #0 #-1)",
			"(call $baals_revert #0 #16385)",
		];
		let codes_named: String =
			codes.iter().enumerate().map(|(at, call)| entry(&format!("code{at}"), call)).collect();
		let contract = deploy(baals(&format!("{codes_named}{}", named("trap", &traps))), &[]);
		for (at, call) in codes.iter().enumerate() {
			assert_eq!(number(&invoke(&contract, &format!("code{at}"), &[])), -1, "{call}");
		}
		for (at, call) in traps.iter().enumerate() {
			let outcome = unchanged(|| invoke(&contract, &format!("trap{at}"), &[]));
			assert_eq!(error(&outcome), Error::<crate::mock::Test>::LimitExceeded.into(), "{call}");
		}
	});
}

/// Entry points of a `baals` module: `prefix0` and so on, each running one of `bodies`.
fn named(prefix: &str, bodies: &[&str]) -> String {
	bodies.iter().enumerate().map(|(at, body)| quiet(&format!("{prefix}{at}"), body)).collect()
}

#[test]
fn an_output_that_is_not_in_memory_or_too_long_fails_the_call() {
	chain(|| {
		let write = "(call $baals_storage_write #64 #4 #64 #4)";
		let body = |name: &str, len: i32| {
			format!("(func (export \"{name}\") (param i32 i32) (result i32) {write} #{len})")
		};
		let contract = deploy(
			baals(
				&[
					body("most", 16_384),
					body("more", 16_385),
					body("all", i32::MAX),
					body("none", i32::MIN),
				]
				.concat(),
			),
			&[],
		);
		assert_eq!(output(&invoke(&contract, "most", &[])).len(), 16_384);
		assert_eq!(output(&invoke(&contract, "none", &[])), b"", "a negative result is no output");
		for function in ["more", "all"] {
			let outcome = unchanged(|| invoke(&contract, function, &[]));
			assert_eq!(outcome.halt, Some(Halt::Trap(Trap::BadOutput)), "{function}");
		}
		let query = undone(|| run(&contract, "more", &[], 0, GAS, Mode::DryRun));
		assert_eq!(
			query.reason().as_deref(),
			Some("the result is not in memory or over its limit")
		);
	});
}
