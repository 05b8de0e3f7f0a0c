//! Contracts that call contracts.

use super::builder::*;
use crate::{
	limits,
	mock::{Test, ALICE, RICH},
	Error,
};
use caisson_contracts_api::{ExecReturnValue, StorageChange};
use std::{format, string::String, vec::Vec};

/// A `baals` contract that stores and returns its argument, and what was sent to it.
fn keeper() -> Vec<u8> {
	baals(
		r#"(data (i32.const 4096) "k")
		(func (export "keep") (param i32 i32) (result i32)
			(call $baals_storage_write #4096 #1 #16 (i32.load #8))
			(memory.copy #0 #16 (i32.load #8))
			(i32.load #8192))
		(func (export "twice") (param i32 i32) (result i32)
			(local $n i32)
			(local.set $n (i32.load #8))
			(memory.copy #100 #16 (local.get $n))
			(memory.copy #0 #100 (local.get $n))
			(memory.copy (local.get $n) #100 (local.get $n))
			(i32.mul (local.get $n) #2))
		(func (export "fail") (param i32 i32) (result i32)
			(call $baals_storage_write #4096 #1 #16 (i32.load #8))
			(call $baals_emit_event #4096 #1 #4096 #1)
			unreachable)
		(func (export "revert") (param i32 i32) (result i32)
			(call $baals_storage_write #4096 #1 #16 (i32.load #8))
			(call $baals_revert #4096 #1)
			unreachable)
		(func (export "set") (param i32 i32) (result i32)
			(call $baals_storage_write #4096 #1 #16 (i32.load #8))
			(call $baals_emit_event #4096 #1 #16 (i32.load #8))
			#0)
		(func (export "who") (param i32 i32) (result i32)
			(call $baals_get_sender #0) #32)"#,
	)
}

#[test]
fn baals_calls_baals_aureon_and_dytallix() {
	chain(|| {
		let proxy = deploy(proxy(), &[]);
		let baals = deploy(keeper(), &[]);
		assert_eq!(through(&proxy, &baals, "twice", b"ab", 0), (4, b"abab".to_vec()));
		let caller = AsRef::<[u8]>::as_ref(&proxy).to_vec();
		assert_eq!(through(&proxy, &baals, "who", b"", 0), (32, caller), "not the origin");
		let aureon = deploy(
			aureon(
				r#"(func (export "sum") (param i32 i32) (result i64)
					(i64.extend_i32_u (i32.add (i32.load8_u (local.get 0)) (local.get 1))))
				(func (export "nothing"))
				(func (export "run") (result i32) #7)"#,
			),
			&[],
		);
		assert_eq!(through(&proxy, &aureon, "sum", b"\x05abc", 0), (8, 9u64.to_le_bytes().into()));
		assert_eq!(through(&proxy, &aureon, "nothing", b"", 0), (0, vec![]));
		assert_eq!(through(&proxy, &aureon, "", b"", 0), (4, 7u32.to_le_bytes().into()));
		assert_eq!(through(&proxy, &aureon, "none", b"", 0), (-1, vec![]));
		assert_eq!(through(&proxy, &aureon, "nothing", b"x", 0), (-1, vec![]));
		let dytallix = deploy(
			dytallix(
				r#"(func (export "contract_echo") (param i32 i32) (result i32)
					(i32.store #1020 (local.get 1)) #1020)"#,
			),
			&[],
		);
		assert_eq!(through(&proxy, &dytallix, "echo", b"abc", 0), (3, b"abc".to_vec()));
		assert_eq!(through(&proxy, &ALICE, "echo", b"abc", 0), (-1, vec![]), "no contract");
	});
}

#[test]
fn value_goes_along_with_a_deployment_a_call_and_a_sub_call() {
	chain(|| {
		let (proxy, _) = deploy_report(proxy(), &[], 500, None).unwrap();
		let aureon = deploy(aureon(r#"(func (export "run"))"#), &[]);
		assert_eq!(
			(free(&proxy), free(&aureon)),
			(510, 10),
			"value beside the existential deposit"
		);
		assert_eq!(through(&proxy, &aureon, "run", b"", 200), (0, vec![]));
		assert_eq!((free(&proxy), free(&aureon)), (310, 210));
		invoke_with(&aureon, "run", &[], 40, GAS).result.unwrap();
		assert_eq!(free(&aureon), 250);
		// Exactly what it has beyond its existential deposit, and a unit more.
		assert_eq!(through(&proxy, &aureon, "run", b"", 301), (-1, vec![]));
		assert_eq!((free(&proxy), free(&aureon)), (310, 250));
		assert_eq!(through(&proxy, &aureon, "run", b"", 300), (0, vec![]));
		assert_eq!((free(&proxy), free(&aureon)), (10, 550));
		let poor = unchanged(|| invoke_with(&aureon, "run", &[], RICH, GAS));
		assert_fails(&poor, Error::TransferFailed);
	});
}

#[test]
fn a_failing_callee_is_undone_with_its_value_while_the_caller_goes_on() {
	chain(|| {
		let (proxy, _) = deploy_report(proxy(), &[], 500, None).unwrap();
		let keeper = deploy(keeper(), &[]);
		assert_eq!(through(&proxy, &keeper, "set", b"kept", 0).0, 0);
		for function in ["fail", "revert", "nothing"] {
			assert_eq!(through(&proxy, &keeper, function, b"lost", 50), (-1, vec![]), "{function}");
			assert_eq!(stored(&keeper, b"k").unwrap(), b"kept");
			assert_eq!((free(&proxy), free(&keeper)), (510, 10), "{function}");
			assert_eq!(emitted(&keeper), [(b"k".to_vec(), b"kept".to_vec())]);
		}
	});
}

#[test]
fn results_of_sub_calls_are_kept_by_index() {
	chain(|| {
		let keeper = deploy(keeper(), &[]);
		// Calls "who" 70 times, the third time a function that fails, and reads results by index: the
		// number that can be read, whether the third, the sixth, the last, and one more can.
		let body = r#"(data (i32.const 4096) "who") (data (i32.const 4104) "fail")
			(func $at (param $index i32) (result i32)
				(call $baals_read_call_result_at #512 #100 (local.get $index)))
			(func (export "go") (param i32 i32) (result i32)
				(local $i i32) (local $readable i32)
				(loop $more
					(if (i32.eq (local.get $i) #20)
						(then (drop (call $baals_call_contract #16 #32 #4104 #4 #0 #0 (i64.const 0))))
						(else (drop (call $baals_call_contract #16 #32 #4096 #3 #0 #0 (i64.const 0)))))
					(br_if $more (i32.lt_u (local.tee $i (i32.add (local.get $i) #1)) #70)))
				(local.set $i #0)
				(loop $more
					(local.set $readable
						(i32.add (local.get $readable) (i32.eq (call $at (local.get $i)) #32)))
					(br_if $more (i32.lt_u (local.tee $i (i32.add (local.get $i) #1)) #100)))
				(i32.store #0 (local.get $readable))
				(i32.store #4 (call $at #20))
				(i32.store #8 (call $at #5))
				(i32.store #12 (call $at #6))
				(i32.store #16 (call $at #69))
				(i32.store #20 (call $at #70))
				(i32.store #24 (call $baals_read_call_result #512 #10))
				#28)"#;
		let caller = deploy(baals(body), &[]);
		let numbers: Vec<i32> = output(&invoke(&caller, "go", &[keeper.as_ref()]))
			.chunks_exact(4)
			.map(|number| i32::from_le_bytes(number.try_into().unwrap()))
			.collect();
		let kept = limits::KEPT_RESULTS as i32;
		assert_eq!(kept, 64, "the test counts on it");
		assert_eq!(numbers, [kept - 1, -1, -1, 32, 32, -1, 10]);
	});
}

#[test]
fn a_result_that_failed_is_not_mistaken_for_the_one_before() {
	chain(|| {
		let keeper = deploy(keeper(), &[]);
		let call = |at: u32, len: u32| {
			format!("(drop (call $baals_call_contract #16 #32 #{at} #{len} #0 #0 (i64.const 0)))")
		};
		let body =
			format!("{} {} (call $baals_read_call_result #64 #32)", call(4096, 3), call(4104, 4));
		let data = r#"(data (i32.const 4096) "who") (data (i32.const 4104) "fail")"#;
		let caller = deploy(baals(&format!("{data}{}", entry("go", &body))), &[]);
		assert_eq!(number(&invoke(&caller, "go", &[keeper.as_ref()])), -1);
	});
}

#[test]
fn a_failing_callee_is_paid_for() {
	chain(|| {
		let proxy = deploy(proxy(), &[]);
		let body = |end: &str| {
			format!(
				"(loop $l (br_if $l (i32.lt_u (local.tee $i (i32.add (local.get $i) #1)) #100000))) {end}"
			)
		};
		let worker = [quiet("work", &body("")), quiet("fail", &body("unreachable"))];
		let worker = deploy(baals(&worker.concat()), &[]);
		let gas = |method: &str| {
			let args: [&[u8]; 4] = [worker.as_ref(), method.as_bytes(), b"", &[0; 8]];
			invoke(&proxy, "call", &args).gas_consumed.ref_time()
		};
		let direct = invoke(&worker, "fail", &[]).gas_consumed.ref_time();
		assert!(direct > 100_000 * crate::meter::fuel::REF_TIME_PER_FUEL);
		assert!(gas("fail") > direct);
		assert_eq!(gas("fail"), gas("work"));
	});
}

#[test]
fn a_callee_that_spins_takes_its_caller_with_it() {
	chain(|| {
		let proxy = deploy(proxy(), &[]);
		let spinner = deploy(baals(&quiet("spin", "(loop $l (br $l))")), &[]);
		let args: [&[u8]; 4] = [spinner.as_ref(), b"spin", b"", &[0; 8]];
		let limit = sp_runtime::Weight::from_parts(4_000_000_000, 400_000);
		let outcome = unchanged(|| invoke_with(&proxy, "call", &args, 0, limit));
		assert_fails(&outcome, Error::OutOfGas);
		assert_eq!(outcome.gas_consumed, limit);
	});
}

#[test]
fn as_many_contracts_as_the_depth_limit_call_each_other_and_one_more_is_refused() {
	chain(|| {
		let depth = limits::CALL_DEPTH as usize;
		let row = row(depth + 1, "", "");
		assert_eq!(number(&invoke(&row[1], "go", &[])), depth as i32);
		let report = undone(|| dry_run(&row[0], "go", &[]));
		let reached: Vec<u8> = report.result.unwrap().data;
		assert_eq!(reached, (1_000 + depth as i32).to_le_bytes());
		assert_eq!(report.calls.len(), depth, "the one too many was not entered");
		let depths: Vec<u32> = report.calls.iter().map(|call| call.depth).collect();
		assert_eq!(depths, (1..=limits::CALL_DEPTH).collect::<Vec<_>>());
	});
}

#[test]
fn a_contract_on_the_stack_is_not_entered_again() {
	chain(|| {
		let (one, _) = deploy_report(proxy(), &[], 100, None).unwrap();
		let (other, _) = deploy_report(proxy(), &[], 100, None).unwrap();
		assert_eq!(through(&one, &one, "call", b"", 0), (-1, vec![]), "itself");
		assert_eq!(through(&one, &one, "call", b"", 5), (-1, vec![]), "itself with value");
		let row = row(2, "", "");
		invoke(&row[1], "link", &[row[0].as_ref()]).result.unwrap();
		// The second is entered, and its call of the first fails.
		assert_eq!(number(&invoke(&row[0], "go", &[])), 1_002);
		assert_eq!((free(&one), free(&other)), (110, 110));
	});
}

#[test]
fn a_query_changes_nothing_in_baals_by_code() {
	chain(|| {
		let value = "(call $baals_call_contract #16 #32 #0 #0 #0 #0 (i64.const 1))";
		let body = [
			entry("write", "(call $baals_storage_write_status #64 #4 #64 #4)"),
			entry("remove", "(call $baals_storage_remove_status #64 #4)"),
			entry("value", value),
			entry("read", "(call $baals_storage_read #64 #4 #128 #100)"),
			quiet("quiet_write", "(call $baals_storage_write #64 #4 #64 #4)"),
			quiet("quiet_remove", "(call $baals_storage_remove #64 #4)"),
		];
		let (contract, _) = deploy_report(baals(&body.concat()), &[], 100, None).unwrap();
		let callee = deploy(baals(&quiet("main", "")), &[]);
		for (function, code) in [("write", -1), ("remove", -1), ("value", -1), ("read", 0)] {
			let report = unchanged_but_events(|| query(&contract, function, &[callee.as_ref()]));
			assert_eq!(split(&report.result.unwrap().data).0, code, "{function}");
			assert_eq!(
				(report.storage_changes.len(), report.storage_deposit),
				(0, Default::default())
			);
		}
		for function in ["quiet_write", "quiet_remove"] {
			let report = undone(|| query(&contract, function, &[]));
			assert_eq!(report.result, Err(Error::<Test>::StateChangeDenied.into()), "{function}");
		}
		assert_eq!(number(&invoke(&contract, "write", &[])), 0, "a call is no query");
		let report = undone(|| query(&contract, "read", &[]));
		assert_eq!(split(&report.result.unwrap().data).0, 4);
	});
}

#[test]
fn a_query_that_would_change_something_fails_in_aureon_and_dytallix() {
	chain(|| {
		let aureon = deploy(
			aureon(
				r#"(func (export "write") (drop (call $storage_write #64 #4 #64 #4)))
				(func (export "send") (drop (call $transfer #64 #32 #64 #32 (i64.const 0))))
				(func (export "read") (result i32) (call $storage_read #64 #4 #64 #4))"#,
			),
			&[],
		);
		let dytallix = deploy(
			dytallix(
				r#"(func (export "contract_write") (param i32 i32) (result i32)
					(call $storage_set #64 #4 #64 #4))
				(func (export "contract_read") (param i32 i32) (result i32)
					(call $storage_get #64 #4 #64 #4))"#,
			),
			&[],
		);
		for (contract, function) in [(&aureon, "write"), (&aureon, "send"), (&dytallix, "write")] {
			let report = unchanged(|| query(contract, function, &[]));
			assert_eq!(report.result, Err(Error::<Test>::StateChangeDenied.into()), "{function}");
			assert!(report.trap.unwrap().reason.contains("read-only"));
		}
		for contract in [&aureon, &dytallix] {
			assert!(query(contract, "read", &[]).result.is_ok());
		}
	});
}

#[test]
fn what_a_query_calls_is_read_only_too() {
	chain(|| {
		let proxy = deploy(proxy(), &[]);
		let aureon = deploy(
			aureon(
				r#"(func (export "write") (drop (call $storage_write #64 #4 #64 #4)))
				(func (export "read") (result i32) #1)"#,
			),
			&[],
		);
		let ask = |method: &str| {
			let args: [&[u8]; 4] = [aureon.as_ref(), method.as_bytes(), b"", &[0; 8]];
			let report = undone(|| query(&proxy, "call", &args));
			split(&report.result.unwrap().data)
		};
		assert_eq!(ask("write"), (-1, vec![]));
		assert_eq!(ask("read"), (4, 1u32.to_le_bytes().into()));
	});
}

#[test]
fn a_dry_run_reports_the_tree_of_calls_changes_logs_and_events_exactly() {
	chain(|| {
		let proxy = deploy(proxy(), &[]);
		let keeper = deploy(keeper(), &[]);
		invoke(&keeper, "set", &[b"old"]).result.unwrap();
		let seen = events().len();
		let args: [&[u8]; 4] = [keeper.as_ref(), b"set", b"new", &[0; 8]];
		let report = undone(|| dry_run(&proxy, "call", &args));
		let change = StorageChange {
			contract: keeper.clone(),
			key: b"k".to_vec(),
			old: Some(b"old".to_vec()),
			new: Some(b"new".to_vec()),
		};
		assert_eq!(report.storage_changes, [change]);
		let [root, sub] = &report.calls[..] else { panic!("{:?}", report.calls) };
		assert_eq!((root.depth, &root.contract, &root.function[..]), (1, &proxy, &b"call"[..]));
		assert_eq!((sub.depth, &sub.contract, &sub.function[..]), (2, &keeper, &b"set"[..]));
		assert_eq!((root.abi_gas, sub.abi_gas), (1_304, 304), "sub-calls are part of their caller");
		assert_eq!(report.abi_gas, 1_304);
		assert_eq!((&root.result, &sub.result), (&report.result, &Ok(ExecReturnValue::default())));
		assert!(sub.gas_consumed.all_lt(root.gas_consumed));
		// Emitted, called twice; the deposit did not change.
		assert_eq!(report.events.len(), 3);
		assert_eq!(events().len(), seen, "and nothing is left of them");
		let failing: [&[u8]; 4] = [keeper.as_ref(), b"fail", b"new", &[0; 8]];
		let report = undone(|| dry_run(&proxy, "call", &failing));
		assert!(report.result.is_ok());
		assert_eq!(report.storage_changes, [], "what the callee wrote is undone");
		assert_eq!(report.calls[1].result, Err(Error::<Test>::ContractTrapped.into()));
		assert_eq!(report.events.len(), 1, "only the caller was called");
	});
}

#[test]
fn logs_of_all_frames_are_in_the_report_in_order() {
	chain(|| {
		let proxy = deploy(proxy(), &[]);
		let body = r#"(data (i32.const 0) "onetwo")
			(func (export "run") (call $log #0 #3) (call $log #3 #3))
			(func (export "fail") (call $log #0 #3) unreachable)"#;
		let logger = deploy(aureon(body), &[]);
		let ask = |method: &[u8]| {
			let args: [&[u8]; 4] = [logger.as_ref(), method, b"", &[0; 8]];
			undone(|| dry_run(&proxy, "call", &args)).logs
		};
		assert_eq!(ask(b"run"), [b"one", b"two"]);
		assert_eq!(ask(b"fail"), [b"one"], "those of failed sub-calls included");
		let texts: Vec<String> = invoke(&logger, "run", &[])
			.logs
			.into_iter()
			.map(|line| String::from_utf8(line).unwrap())
			.collect();
		assert_eq!(texts, ["one", "two"]);
	});
}
