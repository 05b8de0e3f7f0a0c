//! Host functions, with the arguments that make them dearest.

use crate::case::{case, seal, Case};

/// The cases.
pub(crate) fn cases() -> Vec<Case> {
	let mut cases = baals_cases();
	cases.extend(seal_cases());
	cases
}

/// Those of `baals`, which stand for what the interfaces share.
fn baals_cases() -> Vec<Case> {
	let host = |name, code: &str| case(name, code.to_string());
	vec![
		host("host: block index", "(drop (call $block_index))"),
		host("host: sender", "(call $sender (i32.const 1024))"),
		host("host: sha256 of nothing",
			"(call $sha256 (i32.const 1024) (i32.const 0) (i32.const 2048))"),
		host("host: sha256 of 64 KiB",
			"(call $sha256 (i32.const 65536) (i32.const 65536) (i32.const 2048))"),
		host("host: signature that does not verify",
			"(drop (call $verify (i32.const 1024) (i32.const 32) (i32.const 2048) (i32.const 32)
				(i32.const 4096) (i32.const 64)))"),
		host("host: read of an absent entry",
			"(drop (call $read (i32.const 1024) (i32.const 32) (i32.const 2048) (i32.const 64)))"),
		host("host: write of 32 bytes to one entry",
			"(drop (call $write (i32.const 1024) (i32.const 32) (i32.const 2048) (i32.const 32)))"),
		host("host: write of 4 KiB to one entry",
			"(drop (call $write (i32.const 1024) (i32.const 32) (i32.const 2048) (i32.const 4096)))"),
		host("host: write of 32 bytes to another entry each",
			"(i32.store (i32.const 1024) (local.tee $len (i32.add (local.get $len) (i32.const 1))))
			(drop (call $write (i32.const 1024) (i32.const 32) (i32.const 2048) (i32.const 32)))"),
		host("host: read of another absent entry each",
			"(i32.store (i32.const 1024) (local.tee $len (i32.add (local.get $len) (i32.const 1))))
			(drop (call $read (i32.const 1024) (i32.const 32) (i32.const 2048) (i32.const 64)))"),
		host("host: removal of an absent entry",
			"(drop (call $remove (i32.const 1024) (i32.const 32)))"),
		host("host: call of what is no contract",
			"(drop (call $call (i32.const 1024) (i32.const 32) (i32.const 1024) (i32.const 4)
				(i32.const 1024) (i32.const 0) (i64.const 0)))"),
	]
}

/// The host functions of `seal` that those of `baals` do not stand for.
fn seal_cases() -> Vec<Case> {
	const OUT: &str = "(param i32 i32)";
	// Where an output goes, and the length of its buffer, which stays as the module has it.
	const TO: &str = "(i32.const 4096) (call $room)";
	let scalar = |name| seal(name, "seal0", OUT, TO);
	let of_bytes = |name, len: u32| {
		seal(
			name,
			"seal0",
			"(param i32 i32 i32)",
			&format!("(i32.const 8192) (i32.const {len}) (i32.const 4096)"),
		)
	};
	vec![
		scalar("seal: caller"),
		scalar("seal: address"),
		scalar("seal: balance"),
		scalar("seal: value_transferred"),
		scalar("seal: now"),
		scalar("seal: block_number"),
		scalar("seal: minimum_balance"),
		scalar("seal: gas_left"),
		scalar("seal: own_code_hash"),
		scalar("seal: input"),
		seal("seal: weight_to_fee", "seal0", "(param i64 i32 i32)", &format!("(i64.const 9) {TO}")),
		seal("seal: caller_is_origin", "seal0", "(result i32)", ""),
		seal("seal: instantiation_nonce", "seal0", "(result i64)", ""),
		seal("seal: is_contract", "seal0", "(param i32) (result i32)", "(i32.const 1024)"),
		seal(
			"seal: code_hash",
			"seal0",
			"(param i32 i32 i32) (result i32)",
			&format!("(i32.const 1024) {TO}"),
		),
		of_bytes("seal: hash_keccak_256, of nothing", 0),
		of_bytes("seal: hash_keccak_256, of 64 KiB", 65_536),
		of_bytes("seal: hash_blake2_256, of nothing", 0),
		of_bytes("seal: hash_blake2_256, of 64 KiB", 65_536),
		of_bytes("seal: hash_blake2_128, of 64 KiB", 65_536),
		seal(
			"seal: sr25519_verify, of nothing",
			"seal0",
			"(param i32 i32 i32 i32) (result i32)",
			"(i32.const 1024) (i32.const 2048) (i32.const 0) (i32.const 3072)",
		),
		seal(
			"seal: sr25519_verify, of 64 KiB",
			"seal0",
			"(param i32 i32 i32 i32) (result i32)",
			"(i32.const 1024) (i32.const 2048) (i32.const 65536) (i32.const 3072)",
		),
		seal(
			"seal: ecdsa_recover",
			"seal0",
			"(param i32 i32 i32) (result i32)",
			"(i32.const 128) (i32.const 2048) (i32.const 3072)",
		),
		seal(
			"seal: deposit_event, of nothing",
			"seal0",
			"(param i32 i32 i32 i32)",
			"(i32.const 1024) (i32.const 0) (i32.const 1024) (i32.const 0)",
		),
		seal(
			"seal: deposit_event, of 4 KiB",
			"seal0",
			"(param i32 i32 i32 i32)",
			"(i32.const 1024) (i32.const 0) (i32.const 1024) (i32.const 4096)",
		),
		seal(
			"seal: debug_message, of nothing",
			"seal0",
			"(param i32 i32) (result i32)",
			"(i32.const 1024) (i32.const 0)",
		),
		seal(
			"seal: get_storage, of an absent entry",
			"seal1",
			"(param i32 i32 i32 i32) (result i32)",
			&format!("(i32.const 1024) (i32.const 32) {TO}"),
		),
		seal(
			"seal: contains_storage, of an absent entry",
			"seal1",
			"(param i32 i32) (result i32)",
			"(i32.const 1024) (i32.const 32)",
		),
		seal(
			"seal: transfer, of nothing to itself",
			"seal0",
			"(param i32 i32 i32 i32) (result i32)",
			"(i32.const 64) (i32.const 32) (i32.const 1024) (i32.const 16)",
		),
	]
}
