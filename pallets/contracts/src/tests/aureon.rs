//! The rows and conventions of `aureon`, as its document tells them.

use super::{builder::*, conformance::aureon_counter};
use crate::{
	exec::{Halt, Trap},
	mock::{ALICE, BOB, RICH},
	Error,
};
use sp_core::crypto::Ss58Codec;
use std::{format, string::String};

#[test]
fn aureon_rows_return_their_codes() {
	chain(|| {
		let contract = deploy(
			aureon(
				r#"(data #0 "key") (data #16 "\ff\fe")
				(func (export "absent") (result i32)
					(call $storage_read #0 #3 #64 #4))
				(func (export "write") (param i32) (result i32)
					(call $storage_write #0 #3 #64 (local.get 0)))
				(func (export "long_key") (param i32) (result i32)
					(call $storage_write #64 (local.get 0) #64 #1))
				(func (export "read") (param i32) (result i32)
					(call $storage_read #0 #3 #64 (local.get 0)))
				(func (export "not_text") (result i32)
					(call $storage_write #16 #2 #64 #4))
				(func (export "log_not_text") (call $log #16 #2))
				(func (export "balance") (param i32 i32) (result i64)
					(call $get_balance (local.get 0) (local.get 1)))
				(func (export "run") (result i64) (i64.const -2))
				(func (export "send") (param i32 i32 i32 i32 i64) (result i32)
					(call $transfer (local.get 0) (local.get 1) (local.get 2) (local.get 3) (local.get 4)))"#,
			),
			&[],
		);
		let of =
			|function: &str, arg: u32| number(&invoke(&contract, function, &[&arg.to_le_bytes()]));
		assert_eq!(number(&invoke(&contract, "absent", &[])), -1);
		assert_eq!(of("write", 16_384), 0);
		assert_eq!(of("write", 16_385), 1);
		assert_eq!(of("read", 100_000), 16_384);
		assert_eq!(of("write", 10), 0);
		assert_eq!((of("read", 4), of("read", 10), of("read", 11)), (4, 10, 10));
		assert_eq!((of("long_key", 1_024), of("long_key", 1_025), of("long_key", 0)), (0, 1, 0));
		for function in ["not_text", "log_not_text"] {
			let outcome = unchanged(|| invoke(&contract, function, &[]));
			assert_eq!(outcome.halt, Some(Halt::Trap(Trap::NotUtf8)), "{function}");
			assert_fails(&outcome, Error::ContractTrapped);
		}
		assert_eq!(
			output(&invoke(&contract, "", &[])),
			(-2i64).to_le_bytes(),
			"an empty name is run"
		);
	});
}

#[test]
fn aureon_reads_an_address_in_each_of_its_forms() {
	chain(|| {
		let contract = deploy(aureon_counter(), &[]);
		let raw: &[u8] = BOB.as_ref();
		let hex: String = raw.iter().map(|byte| format!("{byte:02x}")).collect();
		let forms = [
			raw.to_vec(),
			hex.clone().into_bytes(),
			format!("0x{hex}").into_bytes(),
			hex.to_uppercase().into_bytes(),
			BOB.to_ss58check().into_bytes(),
		];
		for form in &forms {
			let balance = invoke(&contract, "check_balance", &[form]);
			assert_eq!(output(&balance), RICH.to_le_bytes(), "{form:?}");
		}
		let nobody = invoke(&contract, "check_balance", &[&[9; 32]]);
		assert_eq!(output(&nobody), 0u64.to_le_bytes());
		let mut broken = BOB.to_ss58check().into_bytes();
		broken[10] ^= 1;
		let long = [b"0x".as_slice(), hex.as_bytes(), b"0"].concat();
		for none in [&b""[..], &[1; 31], &[1; 33], &hex.as_bytes()[1..], &broken, &long] {
			let outcome = unchanged(|| invoke(&contract, "check_balance", &[none]));
			assert_eq!(outcome.halt, Some(Halt::Trap(Trap::NotAnAddress)), "{none:?}");
		}
	});
}

#[test]
fn aureon_transfer_tells_too_little_from_not_mine() {
	chain(|| {
		let (contract, _) = deploy_report(aureon_counter(), &[], 1_000, None).unwrap();
		let send = |from: &[u8], amount: u64| {
			let args: [&[u8]; 3] = [from, BOB.as_ref(), &amount.to_le_bytes()];
			number(&invoke(&contract, "send_funds", &args))
		};
		assert_eq!(send(contract.as_ref(), 1_001), 1);
		assert_eq!(send(contract.as_ref(), u64::MAX), 1);
		assert_eq!(send(ALICE.as_ref(), 1), 2);
		assert_eq!((free(&BOB), free(&contract)), (RICH, 1_010));
		assert_eq!(send(contract.as_ref(), 1_000), 0);
		assert_eq!((free(&BOB), free(&contract)), (RICH + 1_000, 10), "it keeps itself alive");
	});
}

#[test]
fn aureon_passes_arguments_by_the_signature_of_the_export() {
	chain(|| {
		let contract = deploy(
			aureon(
				r#"(func (export "none"))
				(func (export "wide") (param i64) (result i64) (local.get 0))
				(func (export "narrow") (param i32) (result i32) (local.get 0))
				(func (export "bytes") (param i32 i32) (result i64)
					(i64.add (i64.load8_u (local.get 0)) (i64.shl (i64.extend_i32_u (local.get 1)) (i64.const 32))))
				(func (export "all") (param i32 i32 i64 i32) (result i64)
					(i64.add (local.get 2) (i64.extend_i32_u (i32.add (local.get 1) (local.get 3)))))"#,
			),
			&[],
		);
		let of = |function: &str, args: &[&[u8]]| invoke(&contract, function, args);
		assert_eq!(output(&of("none", &[])), b"");
		assert_eq!(output(&of("none", &[b""])), b"");
		assert_eq!(output(&of("wide", &[&[1, 2]])), [1, 2, 0, 0, 0, 0, 0, 0]);
		assert_eq!(output(&of("narrow", &[&[0xff; 4]])), [0xff; 4]);
		assert_eq!(output(&of("bytes", &[b"abc"])), [b'a', 0, 0, 0, 3, 0, 0, 0]);
		assert_eq!(output(&of("all", &[b"abc", &[10], &[100]])), 113u64.to_le_bytes());
		for (function, args) in [
			("none", &[&b"x"[..]][..]),
			("wide", &[]),
			("wide", &[&[0; 9]]),
			("narrow", &[&[0; 5]]),
			("bytes", &[b"a", b"b"]),
			("all", &[b"abc", &[10]]),
		] {
			let outcome = unchanged(|| of(function, args));
			assert_fails(&outcome, Error::ArgumentMismatch);
		}
		assert_fails(&of("nothing", &[]), Error::FunctionNotFound);
		assert_fails(&of("memory", &[]), Error::FunctionNotFound);
	});
}
