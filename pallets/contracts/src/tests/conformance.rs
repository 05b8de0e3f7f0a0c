//! The numbers of the interfaces' own conformance suites.

use super::builder::*;
use crate::mock::{BOB, RICH};
use std::{format, vec::Vec};

/// Conformance contract of `aureon`: a counter that also knows balances and sends money.
pub(super) fn aureon_counter() -> Vec<u8> {
	aureon(
		r#"(data #0 "count") (data #16 "hello")
		(func (export "init") (call $log #16 #5))
		(func (export "increment") (result i32)
			(call $log #16 #5)
			(drop (call $storage_read #0 #5 #32 #4))
			(i32.store #32 (i32.add (i32.load #32) #1))
			(drop (call $storage_write #0 #5 #32 #4))
			(call $log #16 #5)
			(i32.load #32))
		(func (export "check_balance") (param i32 i32) (result i64)
			(call $get_balance (local.get 0) (local.get 1)))
		(func (export "send_funds") (param i32 i32 i32 i32 i64) (result i32)
			(call $transfer (local.get 0) (local.get 1) (local.get 2) (local.get 3) (local.get 4)))"#,
	)
}

/// Conformance contract of `dytallix`: sets an entry, gets it, compares, emits.
fn dytallix_updater() -> Vec<u8> {
	dytallix(
		r#"(data #0 "count") (data #16 "42") (data #32 "updated")
		(func (export "contract_update") (param i32 i32) (result i32)
			(if (call $storage_set #0 #5 #16 #2)
				(then unreachable))
			(if (i32.ne (call $storage_get #0 #5 #64 #8) #2)
				(then unreachable))
			(if (i32.ne (i32.load16_u #64) (i32.load16_u #16))
				(then unreachable))
			(if (call $emit_event #32 #7 #16 #2)
				(then unreachable))
			#0)"#,
	)
}

#[test]
fn aureon_counts_the_gas_of_its_conformance_suite() {
	chain(|| {
		let (counter, made) = deploy_report(aureon_counter(), &[], 1_000, None).unwrap();
		assert_eq!(made.abi_gas, 10, "init logs once");
		assert_eq!(made.logs, [b"hello".to_vec()]);
		for count in 1..=2u32 {
			let incremented = invoke(&counter, "increment", &[]);
			assert_eq!(output(&incremented), count.to_le_bytes());
			assert_eq!(incremented.abi_gas, 65);
			assert_eq!(incremented.logs, [b"hello".to_vec(), b"hello".to_vec()]);
		}
		let checked = invoke(&counter, "check_balance", &[BOB.as_ref()]);
		assert_eq!(output(&checked), RICH.to_le_bytes());
		assert_eq!(checked.abi_gas, 20);
		let args: [&[u8]; 3] = [counter.as_ref(), BOB.as_ref(), &700u64.to_le_bytes()];
		let sent = invoke(&counter, "send_funds", &args);
		assert_eq!(number(&sent), 0);
		assert_eq!(sent.abi_gas, 50);
		assert_eq!(free(&BOB), RICH + 700);
	});
}

#[test]
fn dytallix_update_costs_5575_gas_one_change_and_one_event() {
	chain(|| {
		let contract = deploy(dytallix_updater(), &[]);
		let dry = undone(|| dry_run(&contract, "update", &[]));
		assert_eq!(dry.abi_gas, 5_575);
		assert_eq!(dry.storage_changes.len(), 1);
		let change = &dry.storage_changes[0];
		assert_eq!(
			(&change.contract, &change.key[..], &change.old, change.new.as_deref()),
			(&contract, &b"count"[..], &None, Some(&b"42"[..]))
		);
		let done = invoke(&contract, "update", &[]);
		assert_eq!(output(&done), b"");
		assert_eq!(done.abi_gas, 5_575);
		assert_eq!(done.gas_consumed, dry.gas_required);
		assert_eq!(emitted(&contract), [(b"updated".to_vec(), b"42".to_vec())]);
		assert_eq!(stored(&contract, b"count").unwrap(), b"42");
	});
}

#[test]
fn a_gas_limit_that_is_exactly_met_passes_and_one_less_fails() {
	chain(|| {
		let (counter, _) = deploy_report(aureon_counter(), &[], 1_000, None).unwrap();
		assert_gas_exact(&counter, "increment", &[], 0);
		assert_gas_exact(&counter, "increment", &[], 77);
		assert_gas_exact(&counter, "check_balance", &[BOB.as_ref()], 0);
		let args: [&[u8]; 3] = [counter.as_ref(), BOB.as_ref(), &700u64.to_le_bytes()];
		assert_gas_exact(&counter, "send_funds", &args, 0);
		let updater = deploy(dytallix_updater(), &[]);
		assert_gas_exact(&updater, "update", &[], 0);
		let proxy = deploy(proxy(), &[]);
		let args: [&[u8]; 4] = [updater.as_ref(), b"update", b"", &[0; 8]];
		assert_gas_exact(&proxy, "call", &args, 0);
	});
}

#[test]
fn each_row_is_called_by_a_test_of_its_codes() {
	// The rows that some guest of these files calls, so that a new row without one is noticed.
	let this =
		[include_str!("baals.rs"), include_str!("aureon.rs"), include_str!("dytallix.rs")].concat();
	for spec in NAMED_METHODS.into_iter().flat_map(|abi| abi.functions()) {
		let call = format!("(call ${} ", spec.rust_name);
		let plain = format!("(call ${})", spec.rust_name);
		assert!(this.contains(&call) || this.contains(&plain), "{}", spec.rust_name);
	}
}
