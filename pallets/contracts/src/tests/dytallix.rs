//! The rows and conventions of `dytallix`, as its document tells them.

use super::builder::*;
use crate::{
	exec::{Halt, RootCall, Trap},
	mock::{Contracts, NOW},
	Error,
};
use std::{
	format,
	string::{String, ToString},
};

#[test]
fn dytallix_rows_return_their_codes_in_their_order_of_checks() {
	chain(|| {
		const END: &str = "#262144";
		// The rows with what is wrong, the code, and the gas: what is checked first costs nothing.
		let rows = [
			(String::from("(call $storage_get #64 #5 #64 #8)"), 0, 200),
			(format!("(call $storage_get #64 #129 {END} #8)"), -3, 200),
			(format!("(call $storage_get {END} #1 #64 #8)"), -4, 200),
			("(call $storage_set #64 #129 #64 #1)".into(), -1, 0),
			("(call $storage_set #64 #5 #64 #16385)".into(), -1, 0),
			(format!("(call $storage_set {END} #1 {END} #1)"), -4, 5_000),
			(format!("(call $storage_set #64 #5 {END} #1)"), -5, 5_000),
			("(call $storage_set #64 #5 #64 #16384)".into(), 0, 5_000),
			(format!("(call $storage_get #64 #5 {END} #8)"), -5, 200),
			(format!("(call $storage_get #64 #5 {END} #0)"), 0, 200),
			("(call $storage_get #64 #5 #64 #8)".into(), 8, 200),
			("(call $emit_event #64 #65 #64 #1025)".into(), -1, 0),
			(format!("(call $emit_event #64 #65 {END} #1)"), -4, 375),
			(format!("(call $emit_event {END} #1 #64 #1)"), -4, 375),
			(format!("(call $emit_event #64 #64 {END} #1)"), -5, 375),
			("(call $emit_event #64 #64 #64 #1024)".into(), 0, 375),
			("(call $consume_gas #1234)".into(), 0, 1_234),
			("(call $consume_gas_wide (i64.const 5000000))".into(), 0, 5_000_000),
			("(call $consume_gas_wide (i64.const -1))".into(), -1, 0),
			("(i32.wrap_i64 (call $block_timestamp))".into(), (NOW / 1_000) as i32, 0),
			("(i32.wrap_i64 (call $block_number))".into(), 1, 0),
		];
		let body: String = rows
			.iter()
			.enumerate()
			.map(|(at, (call, ..))| {
				format!(
					r#"(func (export "contract_{at}") (param i32 i32) (result i32)
						(i32.store #2000 #4) (i32.store #2004 {call}) #2000)
					"#
				)
			})
			.collect();
		let contract = deploy(dytallix(&body), &[]);
		for (at, (call, code, gas)) in rows.iter().enumerate() {
			let outcome = invoke(&contract, &at.to_string(), &[]);
			assert_eq!(number(&outcome), *code, "{call}");
			assert_eq!(outcome.abi_gas, *gas, "{call}");
		}
	});
}

#[test]
fn dytallix_holds_a_mebibyte_and_no_byte_more() {
	chain(|| {
		let body = r#"(func (export "contract_fill") (param i32 i32) (result i32)
				(local $key i32)
				(loop $more
					(i32.store #0 (local.get $key))
					(if (call $storage_set #0 #4 #64 #16384) (then unreachable))
					(br_if $more (i32.lt_u (local.tee $key (i32.add (local.get $key) #1)) #64)))
				(i32.store #0 #64)
				(i32.store #2000 #4)
				(i32.store #2004 (call $storage_set #0 #4 #64 #1))
				;; Nothing more is one entry more of no bytes.
				(if (call $storage_set #0 #4 #64 #0) (then unreachable))
				;; A shorter value in place of a longer one makes room.
				(i32.store #0 #0)
				(if (call $storage_set #0 #4 #64 #16383) (then unreachable))
				(i32.store #0 #65)
				(if (call $storage_set #0 #4 #64 #1) (then unreachable))
				#2000)"#;
		let contract = deploy(dytallix(body), &[]);
		// Above the chain's default, which is less than a mebibyte costs.
		let call = root_call(&contract, "fill", &[]);
		let filled = Contracts::run(RootCall { deposit_limit: Some(2_000_000), ..call });
		assert_eq!(number(&filled), -6);
		let info = Contracts::api_contract_info(contract).unwrap();
		assert_eq!((info.storage_bytes, info.storage_items), (1024 * 1024, 66));
	});
}

#[test]
fn dytallix_joins_its_arguments_at_offset_1024() {
	chain(|| {
		let body = r#"(func (export "contract_echo") (param $ptr i32) (param $len i32) (result i32)
				(i32.store #1020 (local.get $len))
				(if (result i32) (i32.eq (local.get $ptr) #1024) (then #1020) (else #0)))
			(func (export "contract_long") (param i32 i32) (result i32)
				(i32.store #1020 #1025) #1020)
			(func (export "contract_out") (param i32 i32) (result i32)
				(i32.store #262140 #1) #262140)
			(func (export "contract_code") (param i32 i32) (result i32) #-5)"#;
		let contract = deploy(dytallix(body), &[]);
		assert_eq!(output(&invoke(&contract, "echo", &[b"ab", b"", b"c"])), b"abc");
		assert_eq!(output(&invoke(&contract, "code", &[])), b"", "a code is no output");
		for function in ["long", "out"] {
			let outcome = unchanged(|| invoke(&contract, function, &[]));
			assert_eq!(outcome.halt, Some(Halt::Trap(Trap::BadOutput)), "{function}");
		}
		let long = [0; 65_536];
		assert!(invoke(&contract, "code", &[&long]).result.is_ok());
		assert_fails(&invoke(&contract, "code", &[&long, b"1"]), Error::LimitExceeded);
	});
}
