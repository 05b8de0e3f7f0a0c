//! The rows and conventions of `baals`, as its document tells them.

use super::builder::*;
use crate::{exec::Halt, mock::NOW, Error};
use sp_core::{ed25519, Pair};
use std::{format, string::String, vec::Vec};

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
		for (names, made) in [
			(&["instantiate", "init", "_start"][..], 0),
			(&["init", "_start"], 0),
			(&["_start"], 0),
		] {
			let body: String = names
				.iter()
				.enumerate()
				.map(|(at, name)| {
					quiet(
						name,
						&format!(
							"(i32.store #64 (i32.const {at})) \
						(call $baals_storage_write #64 #4 #64 #4)"
						),
					)
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
