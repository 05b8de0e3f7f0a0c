//! The numbers and codes of the interfaces' own documents.

use super::builder::*;
use crate::{
	exec::{Halt, Trap},
	mock::{Contracts, ALICE, BOB, NOW, RICH},
	Error,
};
use caisson_contracts_abi::Abi;
use sp_core::{crypto::Ss58Codec, ed25519, Pair};
use std::{format, string::String, vec::Vec};

/// Conformance contract of `aureon`: a counter that also knows balances and sends money.
fn aureon_counter() -> Vec<u8> {
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

/// The rows of `baals`: a name, the body that calls one, its output and its gas.
fn baals_rows() -> Vec<(&'static str, &'static str, i32, u64)> {
	vec![
		("read_absent", "(call $baals_storage_read #4096 #6 #0 #8)", 0, 100),
		("write", "(call $baals_storage_write_status #4096 #5 #4096 #5)", 0, 200),
		("write_quietly", "(block (result i32) (call $baals_storage_write #4096 #4 #4096 #7) #7)", 7, 200),
		("read", "(call $baals_storage_read #4096 #5 #0 #8)", 5, 100),
		("read_front", "(call $baals_storage_read #4096 #5 #0 #3)", 3, 100),
		("read_other", "(call $baals_storage_read #4096 #4 #0 #8)", 7, 100),
		("remove", "(call $baals_storage_remove_status #4096 #5)", 0, 50),
		("remove_absent", "(call $baals_storage_remove_status #4096 #5)", 0, 50),
		("remove_quietly", "(block (result i32) (call $baals_storage_remove #4096 #4) #7)", 7, 50),
		("read_removed", "(call $baals_storage_read #4096 #4 #0 #8)", 0, 100),
		("read_bad_key", "(call $baals_storage_read #4096 #0 #0 #8)", -1, 100),
		("sender", "(block (result i32) (call $baals_get_sender #64) (i32.load #64))", 0x0101_0101, 0),
		("timestamp", "(i32.wrap_i64 (call $baals_get_block_timestamp))", (NOW / 1_000) as i32, 0),
		("height", "(i32.wrap_i64 (call $baals_get_block_index))", 1, 0),
		("input", "(call $baals_get_input_data #64 #100)", 8, 0),
		("input_front", "(call $baals_get_input_data #64 #5)", 5, 0),
		("hash_0", "(block (result i32) (call $baals_hash_sha256 #4096 #0 #64) #0)", 0, 50),
		("hash_15", "(block (result i32) (call $baals_hash_sha256 #4096 #15 #64) #0)", 0, 50),
		("hash_16", "(block (result i32) (call $baals_hash_sha256 #4096 #16 #64) #0)", 0, 51),
		("hash_1000", "(block (result i32) (call $baals_hash_sha256 #4096 #1000 #64) #0)", 0, 112),
		("verify_wrong_lengths", "(call $baals_verify_signature #0 #31 #0 #0 #0 #64)", -1, 500),
		("verify_not", "(call $baals_verify_signature #4096 #32 #0 #0 #4096 #64)", 0, 500),
		("call_nobody", "(call $baals_call_contract #64 #32 #0 #0 #0 #0 (i64.const 0))", -1, 1_000),
		("no_result", "(call $baals_read_call_result #64 #32)", -1, 0),
		("no_result_at", "(call $baals_read_call_result_at #64 #32 #0)", -1, 0),
		("emit", "(block (result i32) (call $baals_emit_event #4096 #5 #4096 #20) #0)", 0, 125),
		("emit_nothing", "(block (result i32) (call $baals_emit_event #0 #0 #0 #0) #0)", 0, 100),
		("size", "(call $baals_memory_grow)", 4 * 65_536, 0),
		("grow", "(block (result i32) (drop (memory.grow #3)) (call $baals_memory_grow))", 7 * 65_536, 300),
		("grow_twice", "(block (result i32) (drop (memory.grow #1)) (drop (call $baals_memory_grow)) (drop (memory.grow #1)) (drop (call $baals_memory_grow)) (call $baals_memory_grow))", 6 * 65_536, 200),
	]
}

#[test]
fn baals_rows_return_and_cost_what_their_table_says() {
	chain(|| {
		let rows = baals_rows();
		let body: String = rows.iter().map(|(name, body, ..)| entry(name, body)).collect();
		let contract = deploy(baals(&format!("(data #4096 \"count\") {body}")), &[]);
		for (name, _, code, gas) in rows {
			let outcome = invoke(&contract, name, &[]);
			assert_eq!(number(&outcome), code, "{name}");
			assert_eq!(outcome.abi_gas, gas, "{name}");
		}
	});
}

#[test]
fn baals_revert_costs_no_gas_and_its_message_is_the_result() {
	chain(|| {
		let body = quiet("no", "(call $baals_revert #4096 #4)");
		let contract = deploy(baals(&format!("(data #4096 \"nope\") {body}")), &[]);
		let outcome = invoke(&contract, "no", &[]);
		assert_fails(&outcome, Error::ContractReverted);
		assert_eq!(outcome.halt, Some(Halt::Revert(b"nope".to_vec())));
		assert_eq!(outcome.abi_gas, 0);
	});
}

#[test]
fn baals_knows_itself_and_hashes_the_empty_module() {
	chain(|| {
		let contract = deploy(
			baals(
				r#"(data #4096 "\00asm\01\00\00\00")
				(func (export "hash") (param i32 i32) (result i32)
					(call $baals_hash_sha256 #4096 #8 #0)
					#32)
				(func (export "id") (param i32 i32) (result i32)
					(call $baals_get_contract_id #0)
					#32)"#,
			),
			&[],
		);
		assert_eq!(
			output(&invoke(&contract, "hash", &[])),
			sp_core::hex2array!("93a44bbb96c751218e4c00d479e4c14358122a389acca16205b1e4d0dc5f9476")
		);
		assert_eq!(output(&invoke(&contract, "id", &[])), <_ as AsRef<[u8]>>::as_ref(&contract));
	});
}

#[test]
fn baals_checks_ed25519_signatures() {
	chain(|| {
		// Arguments: key, signature, message.
		let check = "(call $baals_verify_signature #16 (i32.load #8) \
			#128 (i32.load #120) #56 (i32.load #48))";
		let contract = deploy(baals(&entry("check", check)), &[]);
		let pair = ed25519::Pair::from_seed(&[7; 32]);
		let (key, signature) = (pair.public(), pair.sign(b"a message"));
		let check = |message: &[u8]| {
			let args: [&[u8]; 3] = [key.as_ref(), signature.as_ref(), message];
			number(&invoke(&contract, "check", &args))
		};
		assert_eq!(check(b"a message"), 1);
		assert_eq!(check(b"another"), 0);
	});
}

#[test]
fn baals_finds_a_method_by_its_name_then_with_an_underscore_then_as_main() {
	chain(|| {
		let both = [entry("a", "#1"), entry("_a", "#2"), entry("_b", "#3")];
		let contract = deploy(baals(&both.concat()), &[]);
		assert_eq!(number(&invoke(&contract, "a", &[])), 1);
		assert_eq!(number(&invoke(&contract, "b", &[])), 3);
		assert_fails(&invoke(&contract, "c", &[]), Error::FunctionNotFound);
		let main = deploy(baals(&entry("main", "#4")), &[]);
		assert_eq!(number(&invoke(&main, "whatever", &[])), 4);
		for (names, made) in [(&["instantiate", "init", "_start"][..], 0), (&["init", "_start"], 0), (&["_start"], 0)] {
			let body: String = names
				.iter()
				.enumerate()
				.map(|(at, name)| {
					quiet(name, &format!("(i32.store #64 (i32.const {at})) \
						(call $baals_storage_write #64 #4 #64 #4)"))
				})
				.collect();
			let contract = deploy(baals(&body), &[]);
			assert_eq!(stored(&contract, &[made; 4]), Some(vec![made; 4]), "{names:?}");
		}
	});
}

#[test]
fn baals_hands_over_its_arguments_as_documented() {
	chain(|| {
		let echo = r#"(func (export "echo") (param $ptr i32) (param $len i32) (result i32)
				(if (local.get $ptr) (then unreachable))
				(local.get $len))
			(func (export "again") (param i32 i32) (result i32)
				(memory.fill #0 #255 #100)
				(call $baals_get_input_data #0 #100))"#;
		let contract = deploy(baals(echo), &[]);
		let mut blob = 2u64.to_le_bytes().to_vec();
		blob.extend(3u64.to_le_bytes());
		blob.extend(b"abc");
		blob.extend(0u64.to_le_bytes());
		assert_eq!(output(&invoke(&contract, "echo", &[b"abc", b""])), blob);
		assert_eq!(output(&invoke(&contract, "again", &[b"abc", b""])), blob);
	});
}

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
		let of = |function: &str, arg: u32| number(&invoke(&contract, function, &[&arg.to_le_bytes()]));
		assert_eq!(number(&invoke(&contract, "absent", &[])), -1);
		assert_eq!(of("write", 16_384), 0);
		assert_eq!(of("write", 16_385), 1);
		assert_eq!(of("read", 100_000), 16_384);
		assert_eq!(of("write", 10), 0);
		assert_eq!((of("read", 4), of("read", 10), of("read", 11)), (4, 10, 10));
		assert_eq!((of("long_key", 1_024), of("long_key", 1_025), of("long_key", 0)), (0, 1, 1));
		for function in ["not_text", "log_not_text"] {
			let outcome = unchanged(|| invoke(&contract, function, &[]));
			assert_eq!(outcome.halt, Some(Halt::Trap(Trap::NotUtf8)), "{function}");
			assert_fails(&outcome, Error::ContractTrapped);
		}
		assert_eq!(output(&invoke(&contract, "", &[])), (-2i64).to_le_bytes(), "an empty name is run");

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

#[test]
fn dytallix_rows_return_their_codes_in_their_order_of_checks() {
	chain(|| {
		const END: &str = "#262144";
		// The rows with what is wrong, the code, and the gas: what is checked first costs nothing.
		let rows = [
			(format!("(call $storage_get #64 #5 #64 #8)"), 0, 200),
			(format!("(call $storage_get #64 #129 {END} #8)"), -3, 200),
			(format!("(call $storage_get {END} #1 #64 #8)"), -4, 200),
			(format!("(call $storage_set #64 #129 #64 #1)"), -1, 0),
			(format!("(call $storage_set #64 #5 #64 #16385)"), -1, 0),
			(format!("(call $storage_set {END} #1 {END} #1)"), -4, 5_000),
			(format!("(call $storage_set #64 #5 {END} #1)"), -5, 5_000),
			(format!("(call $storage_set #64 #5 #64 #16384)"), 0, 5_000),
			(format!("(call $storage_get #64 #5 {END} #8)"), -5, 200),
			(format!("(call $storage_get #64 #5 {END} #0)"), 0, 200),
			(format!("(call $storage_get #64 #5 #64 #8)"), 8, 200),
			(format!("(call $emit_event #64 #65 #64 #1025)"), -1, 0),
			(format!("(call $emit_event #64 #65 {END} #1)"), -4, 375),
			(format!("(call $emit_event {END} #1 #64 #1)"), -4, 375),
			(format!("(call $emit_event #64 #64 {END} #1)"), -5, 375),
			(format!("(call $emit_event #64 #64 #64 #1024)"), 0, 375),
			(format!("(call $consume_gas #1234)"), 0, 1_234),
			(format!("(call $consume_gas_wide (i64.const 5000000))"), 0, 5_000_000),
			(format!("(call $consume_gas_wide (i64.const -1))"), -1, 0),
			(format!("(i32.wrap_i64 (call $block_timestamp))"), (NOW / 1_000) as i32, 0),
			(format!("(i32.wrap_i64 (call $block_number))"), 1, 0),
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
		assert_eq!(number(&invoke(&contract, "fill", &[])), -6);
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

#[test]
fn each_row_has_a_test_here() {
	// The rows that some guest of this file calls, so that a new row without one is noticed.
	let this = include_str!("conformance.rs");
	for spec in Abi::ALL.into_iter().flat_map(|abi| abi.functions()) {
		let call = format!("(call ${} ", spec.rust_name);
		let plain = format!("(call ${})", spec.rust_name);
		assert!(this.contains(&call) || this.contains(&plain), "{}", spec.rust_name);
	}
}
