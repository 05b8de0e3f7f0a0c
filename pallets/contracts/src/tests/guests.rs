//! The guests in `tests/wat`, which other tests and the clients' share, do what their heads say.

use super::builder::*;
use crate::{
	exec::Halt,
	mock::{AccountId, Contracts},
	Error,
};
use caisson_contracts_api::CodeCheck;
use std::{fs, path::PathBuf, string::String, vec::Vec};

/// Every guest's path.
fn all() -> Vec<PathBuf> {
	fs::read_dir(guests())
		.unwrap()
		.map(|entry| entry.unwrap().path())
		.filter(|path| path.is_dir())
		.flat_map(|folder| fs::read_dir(folder).unwrap())
		.map(|entry| entry.unwrap().path())
		.filter(|path| path.extension().is_some_and(|extension| extension == "wat"))
		.collect()
}

#[test]
fn every_guest_is_accepted_or_refused_as_its_head_says() {
	chain(|| {
		let guests = all();
		assert!(guests.len() > 50, "{}", guests.len());
		for path in guests {
			let text = fs::read_to_string(&path).unwrap();
			let refused = text.starts_with(";; Refused at upload");
			let check = Contracts::api_check_code(wat::parse_file(&path).unwrap());
			assert_eq!(matches!(check, CodeCheck::Refused { .. }), refused, "{path:?}: {check:?}");
		}
	});
}

fn wide(outcome: &crate::exec::Outcome<crate::mock::Test>) -> i64 {
	i64::from_le_bytes(output(outcome).try_into().unwrap())
}

/// The counters of the three ABIs.
fn counters() -> [AccountId; 3] {
	["baals/counter", "aureon/counter", "dytallix/counter"].map(|path| deploy(wat(path), &[]))
}

#[test]
fn the_counters_count_and_cost_what_their_heads_say() {
	chain(|| {
		let gas = [(300, 300, 100, 200), (65, 45, 15, 30), (5_575, 5_575, 200, 5_000)];
		for (counter, (increment, add, get, fail)) in counters().into_iter().zip(gas) {
			let first = invoke(&counter, "increment", &[]);
			assert_eq!((wide(&first), first.abi_gas), (1, increment));
			let added = invoke(&counter, "add", &[&41u64.to_le_bytes()]);
			assert_eq!((wide(&added), added.abi_gas), (42, add));
			let failed = unchanged(|| invoke(&counter, "fail", &[]));
			error(&failed);
			assert_eq!(failed.abi_gas, fail);
			let got = invoke(&counter, "get", &[]);
			assert_eq!((wide(&got), got.abi_gas), (42, get));
			assert_gas_exact(&counter, "increment", &[], 0);
		}
	});
}

#[test]
fn one_call_reaches_counters_of_all_abis_and_survives_their_failures() {
	chain(|| {
		let counters = counters();
		let caller = deploy(wat("mixed/caller"), &[]);
		let args: Vec<&[u8]> = counters.iter().map(AsRef::as_ref).collect();
		let incremented = invoke(&caller, "increment", &args);
		assert_eq!(output(&incremented), [1u64.to_le_bytes(); 3].concat());
		assert_eq!(incremented.abi_gas, 8_940);
		let failed = invoke(&caller, "fail", &args);
		assert_eq!(output(&failed), [0xff; 12]);
		assert_eq!(failed.abi_gas, 8_230);
		assert!(counters.iter().all(|counter| wide(&invoke(counter, "get", &[])) == 1));
		assert_gas_exact(&caller, "increment", &args, 0);
		assert_gas_exact(&caller, "fail", &args, 0);
	});
}

#[test]
fn the_conformance_suites_cost_what_their_heads_say() {
	chain(|| {
		let dytallix = deploy(wat("dytallix/conformance"), &[]);
		let report = undone(|| dry_run(&dytallix, "run", &[]));
		assert_eq!((report.abi_gas, report.storage_changes.len()), (5_575, 1));
		let (_, made) = deploy_report(wat("aureon/counter"), &[], 0, None).unwrap();
		assert_eq!((made.abi_gas, made.logs), (10, vec![b"counter ready".to_vec()]));
		let (callee, one, other) = (
			deploy(wat("baals/callee"), &[]),
			deploy(wat("baals/relay"), &[]),
			deploy(wat("baals/relay"), &[]),
		);
		let relayed = invoke(&one, "run", &[callee.as_ref(), other.as_ref(), b"a value"]);
		assert_eq!((&output(&relayed)[..], relayed.abi_gas), (&b"a value"[..], 3_300));
		let (one, other) =
			(deploy(wat("baals/reentrant"), &[]), deploy(wat("baals/reentrant"), &[]));
		assert_eq!(number(&invoke(&one, "direct", &[])), -1);
		let through = invoke(&one, "through", &[other.as_ref()]);
		assert_eq!((number(&through), through.abi_gas), (-1, 2_000));
	});
}

/// What a function of a guest comes to.
#[derive(Clone, Copy)]
enum Expected {
	Code(i32),
	Fine,
	Fails,
}

use Expected::*;

/// Function, what it comes to and, where the guest's head says so, gas.
type Function = (&'static str, Expected, Option<u64>);

/// Guests and their functions.
const HOSTILE: &[(&str, &[Function])] = &[
	(
		"hostile/lengths_aureon",
		&[
			("log", Fails, Some(10)),
			("logs", Fails, None),
			("address", Fails, Some(20)),
			("transfer", Fails, Some(50)),
			("key", Code(1), Some(30)),
			("value", Code(1), Some(30)),
			("read_key", Code(-1), Some(15)),
			("buffer", Code(-1), Some(15)),
		],
	),
	(
		"hostile/lengths_baals",
		&[
			("key", Code(-1), Some(200)),
			("value", Code(-1), Some(200)),
			("read_key", Code(-1), Some(100)),
			("buffer", Code(0), Some(100)),
			("remove", Code(-1), Some(50)),
			("hash", Fine, Some(65_586)),
			("message", Code(-1), Some(500)),
			("topic", Fails, Some(1_048_676)),
			("event", Fails, Some(1_048_676)),
			("method", Code(-1), Some(1_000)),
			("payload", Code(-1), Some(1_000)),
			("id", Code(-1), Some(1_000)),
			("revert", Fails, None),
			("input", Code(8), Some(0)),
			("output", Fails, None),
		],
	),
	(
		"hostile/lengths_dytallix",
		&[
			("key", Code(-1), Some(0)),
			("value", Code(-1), Some(0)),
			("get_key", Code(-3), Some(200)),
			("buffer", Code(0), Some(200)),
			("topic", Code(-4), Some(375)),
			("data", Code(-1), Some(0)),
			("output", Fails, Some(0)),
		],
	),
	(
		"hostile/pointers_aureon",
		&[
			("edge", Code(0), Some(30)),
			("read_edge", Code(4), Some(45)),
			("read_past", Fails, Some(45)),
			("write_key", Fails, Some(30)),
			("write_value", Fails, Some(30)),
			("log_past", Fails, Some(10)),
			("log_wrap", Fails, Some(10)),
			("balance_past", Fails, Some(20)),
			("transfer_from", Fails, Some(50)),
			("transfer_to", Fails, Some(50)),
		],
	),
	(
		"hostile/pointers_baals",
		&[
			("edge", Code(0), None),
			("edge_empty", Code(0), None),
			("wrap", Code(-1), None),
			("negative", Code(-1), None),
			("read_edge", Code(4), None),
			("read_past", Code(-1), None),
			("sender_edge", Fine, None),
			("sender_past", Fails, None),
			("id_past", Fails, None),
			("input_past", Fails, None),
			("hash_past", Fails, None),
			("event_past", Fails, None),
			("verify_past", Fails, None),
			("call_past", Fails, None),
			("revert_past", Fails, None),
		],
	),
	(
		"hostile/pointers_dytallix",
		&[
			("edge", Code(0), None),
			("wrap", Code(-4), None),
			("value_wrap", Code(-5), None),
			("get_edge", Code(4), None),
			("get_past", Code(-5), None),
			("emit_edge", Code(0), None),
			("emit_wrap", Code(-4), None),
			("data_wrap", Code(-5), None),
			("empty", Code(0), None),
		],
	),
	(
		"hostile/traps",
		&[
			("unreachable", Fails, None),
			("divide", Fails, None),
			("remainder", Fails, None),
			("overflow", Fails, None),
			("load", Fails, None),
			("store", Fails, None),
			("wrap", Fails, None),
			("fill", Fails, None),
			("copy", Fails, None),
			("table", Fails, None),
			("null", Fails, None),
			("signature", Fails, None),
			("none", Code(0), None),
		],
	),
	(
		"hostile/recursion",
		&[("endless", Fails, None), ("wide", Fails, None), ("indirect", Fails, None)],
	),
	(
		"hostile/memory",
		&[
			("single", Code(64), None),
			("at_once", Code(-1), None),
			("asked", Code(64), None),
			("zeroed", Code(0), None),
			("fill", Code(64), None),
		],
	),
	("hostile/events", &[("flood", Fails, None)]),
];

#[test]
fn hostile_guests_come_to_what_their_heads_say() {
	chain(|| {
		for (guest, functions) in HOSTILE {
			let contract = deploy(wat(guest), &[]);
			for (function, expected, gas) in *functions {
				let what = std::format!("{guest} {function}");
				let outcome = match expected {
					Fails => unchanged(|| invoke(&contract, function, &[])),
					_ => invoke(&contract, function, &[]),
				};
				match expected {
					Code(code) => assert_eq!(number(&outcome), *code, "{what}"),
					Fine => assert!(outcome.result.is_ok(), "{what}: {:?}", outcome.halt),
					Fails => assert!(
						matches!(outcome.halt, Some(Halt::Trap(_))),
						"{what}: {:?}",
						outcome.halt
					),
				}
				if let Some(gas) = gas {
					assert_eq!(outcome.abi_gas, *gas, "{what}");
				}
			}
		}
	});
}

#[test]
fn loops_without_end_end_with_the_gas() {
	chain(|| {
		let spins: [(&str, &[&str]); 4] = [
			("hostile/loop_aureon", &["spin"]),
			("hostile/loop_baals", &["spin"]),
			("hostile/loop_dytallix", &["spin"]),
			("hostile/loop_host", &["read", "write", "hash", "call", "grow"]),
		];
		let limit = sp_runtime::Weight::from_parts(20_000_000_000, 2 << 20);
		for (guest, functions) in spins {
			let contract = deploy(wat(guest), &[]);
			for function in functions {
				let outcome = unchanged(|| invoke_with(&contract, function, &[], 1, limit));
				assert_fails(&outcome, Error::OutOfGas);
				assert_eq!(outcome.gas_consumed, limit, "{guest} {function}");
			}
		}
	});
}

#[test]
fn a_chain_of_contracts_is_as_long_as_the_depth_limit() {
	chain(|| {
		let mut chain: Vec<AccountId> = vec![deploy(wat("hostile/chain"), &[])];
		for _ in 0..crate::limits::CALL_DEPTH {
			let next: &[u8] = chain.last().unwrap().as_ref();
			chain.push(deploy(wat("hostile/chain"), &[next]));
		}
		let lengths: Vec<i32> =
			chain.iter().map(|first| number(&invoke(first, "descend", &[]))).collect();
		let expected: Vec<i32> = (1..=17).map(|length: i32| length.min(16)).collect();
		assert_eq!(lengths, expected);
		let limit = sp_runtime::Weight::from_parts(20_000_000_000, 2 << 20);
		let outcome = unchanged(|| invoke_with(&chain[15], "burn", &[], 0, limit));
		assert_fails(&outcome, Error::OutOfGas);
		assert_eq!(outcome.gas_consumed, limit);
	});
}

#[test]
fn guests_are_recognised_by_export_and_section() {
	chain(|| {
		let by_export = deploy(wat("mixed/by_export"), &[]);
		assert_eq!(number(&invoke(&by_export, "answer", &[])), 42);
		let by_section = deploy(wat("mixed/by_section"), &[]);
		assert_eq!(number(&invoke(&by_section, "contract_answer", &[])), 42);
		let both = deploy(wat("mixed/both_signatures"), &[]);
		let outcome = invoke(&both, "run", &[]);
		assert_eq!((number(&outcome), outcome.abi_gas), (0, 500));
		let modern: String = output(&invoke(&deploy(wat("mixed/modern"), &[]), "run", &[]))[8..]
			.iter()
			.map(|b| *b as char)
			.collect();
		assert_eq!(modern, "abcd");
	});
}
