//! What guest code and host functions take, against what they are charged: each case runs in an extrinsic
//! of an open block on the runtime's Wasm, as an author of blocks runs it, so often that the part of the
//! case is what is measured.
//!
//! Prints a line for each: nanoseconds of the thread's own time that one round takes (the median of the
//! samples, less an extrinsic with no round), nanoseconds of weight that it is charged, and time by price, alone and as a multiple of
//! the first case's. A price holds where the last figure is not far above one: how fast a machine is
//! changes all of them alike. Arguments choose cases by a part of their name.

#![allow(
	clippy::unwrap_used,
	clippy::indexing_slicing,
	clippy::arithmetic_side_effects,
	reason = "a bench may stop at what is not so, and its numbers are small"
)]

#[path = "../tests/support/mod.rs"]
mod support;

use caisson_contracts_api::Code;
use caisson_solo_runtime::{
	AccountId, Address, Header, Runtime, RuntimeCall, RuntimeEvent, UncheckedExtrinsic,
};
use codec::{Decode, Encode};
use cpu_time::ThreadTime;
use frame_support::weights::Weight;
use pallet_wasm_contracts::{Call, Event};
use sp_core::traits::Externalities;
use sp_runtime::{
	generic::{Digest, DigestItem},
	traits::Header as _,
	ApplyExtrinsicResult,
};
use std::time::Duration;
use support::{call_wasm, development_chain, signed_by_alice, Executor, Ext};

/// Samples of each case.
const SAMPLES: usize = 15;
/// Weight that the rounds of a sample are charged, in picoseconds, unless proof size ends it before.
const REF_TIME: u64 = 40_000_000_000;
/// Proof size that they are charged at most.
const PROOF_SIZE: u64 = 2 * 1024 * 1024;
/// Limit of every call, above both.
const GAS: Weight = Weight::from_parts(REF_TIME * 4, PROOF_SIZE * 3 / 2);
/// Rounds by which a case's price is told, before it is measured.
const PROBE: u32 = 4;
/// How often the code of a case stands in a round, so that the loop around it hardly counts.
const REPEATED: usize = 8;

/// What a round does, and what it needs beside.
struct Case {
	name: &'static str,
	body: String,
	declarations: String,
	/// Imports of a contract of `seal`; all others are of `baals`.
	imports: Option<String>,
}

fn case(name: &'static str, body: impl Into<String>) -> Case {
	Case { name, body: body.into(), declarations: String::new(), imports: None }
}

/// A call of a function of `seal`, of this type, with these arguments.
fn seal(name: &'static str, module: &str, ty: &str, arguments: &str) -> Case {
	let function = name.strip_prefix("seal: ").and_then(|rest| rest.split(',').next()).unwrap();
	let import = format!("(import {module:?} {function:?} (func $function {ty}))");
	let call = format!("(call $function {arguments})");
	let body = if ty.contains("result") { format!("(drop {call})") } else { call };
	Case { imports: Some(import), ..case(name, body) }
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

/// A call of a function with these locals, of which it uses none.
fn call_with_locals(name: &'static str, locals: usize) -> Case {
	let declarations = format!("(func $called (local{}))", " i64".repeat(locals));
	Case { declarations, ..case(name, "(call $called)") }
}

fn cases() -> Vec<Case> {
	let drop = |name, code: &str| case(name, format!("(drop {code})"));
	let bulk = |name, code: &str| case(name, code.to_string());
	let mut cases = vec![
		drop("i32.add", "(i32.add (local.get $n) (local.get $len))"),
		case("nothing but the loop", ""),
		drop("i64.mul", "(i64.mul (local.get $long) (local.get $long))"),
		drop("i32.div_u", "(i32.div_u (local.get $n) (i32.const 7))"),
		drop("i64.rem_s", "(i64.rem_s (local.get $long) (i64.const 7))"),
		drop("i64.rotl", "(i64.rotl (local.get $long) (local.get $long))"),
		drop("i32.popcnt", "(i32.popcnt (local.get $n))"),
		drop("select", "(select (local.get $n) (local.get $len) (local.get $len))"),
		case("local.set", "(local.set $len (local.get $n))"),
		case("global.set", "(global.set $g (i32.add (global.get $g) (local.get $n)))"),
		drop("i32.load", "(i32.load (i32.const 1024))"),
		drop(
			"i64.load, not aligned, of a computed address",
			"(i64.load offset=1 (i32.and (local.get $n) (i32.const 0xffff)))",
		),
		case("i32.store", "(i32.store (i32.const 1024) (local.get $n))"),
		case(
			"i64.store8 at a computed address",
			"(i64.store8 (i32.and (local.get $n) (i32.const 0xffff)) (local.get $long))",
		),
		drop("memory.size", "memory.size"),
		drop("memory.grow by nothing", "(memory.grow (i32.const 0))"),
		case(
			"if and else",
			"(if (i32.and (local.get $n) (i32.const 1)) (then (nop)) (else (nop)))",
		),
		case(
			"br_table",
			"(block $a (block $b (br_table $a $b $a (i32.and (local.get $n) (i32.const 3)))))",
		),
		case("a loop in the loop", "(loop $inner)"),
		case("call", "(call $leaf)"),
		case("call_indirect", "(call_indirect (type $none) (i32.const 1))"),
		Case {
			declarations: format!("(func $called (param{}))", " i64".repeat(32)),
			..case(
				"call with 32 arguments",
				format!("(call $called{})", " (i64.const 1)".repeat(32)),
			)
		},
		call_with_locals("call, 8 locals", 8),
		call_with_locals("call, 31 locals", 31),
		call_with_locals("call, 32 locals", 32),
		call_with_locals("call, 63 locals", 63),
		call_with_locals("call, 128 locals", 128),
		call_with_locals("call, 256 locals", 256),
		Case {
			declarations: "(func $called (param i32) (if (local.get 0) (then \
				(call $called (i32.sub (local.get 0) (i32.const 1))))))"
				.into(),
			..case("call, 100 deep", "(call $called (i32.const 100))")
		},
		bulk("memory.copy of nothing", "(memory.copy (i32.const 0) (i32.const 64) (i32.const 0))"),
		bulk(
			"memory.copy of 63 bytes",
			"(memory.copy (i32.const 1024) (i32.const 4096) (i32.const 63))",
		),
		bulk(
			"memory.copy of 64 KiB",
			"(memory.copy (i32.const 65536) (i32.const 131072) (i32.const 65536))",
		),
		bulk(
			"memory.copy of 64 KiB, one byte up",
			"(memory.copy (i32.const 65537) (i32.const 65536) (i32.const 65536))",
		),
		bulk(
			"memory.copy of 64 KiB, one byte down",
			"(memory.copy (i32.const 65536) (i32.const 65537) (i32.const 65536))",
		),
		bulk(
			"memory.fill of 63 bytes",
			"(memory.fill (i32.const 1024) (i32.const 1) (i32.const 63))",
		),
		bulk(
			"memory.fill of 64 KiB",
			"(memory.fill (i32.const 65536) (i32.const 1) (i32.const 65536))",
		),
		bulk(
			"memory.fill of 64 KiB and a byte, not aligned",
			"(memory.fill (i32.const 65537) (i32.const 1) (i32.const 65537))",
		),
		bulk(
			"memory.init of 63 bytes",
			"(memory.init $data (i32.const 1024) (i32.const 0) (i32.const 63))",
		),
		bulk(
			"table.copy and table.init of nothing",
			"(table.init $items (i32.const 0) (i32.const 0) (i32.const 0))",
		),
		bulk(
			"table.init of 64 elements",
			"(table.init $items (i32.const 0) (i32.const 0) (i32.const 64))",
		),
		bulk(
			"table.copy of 1,024 elements",
			"(table.copy (i32.const 1) (i32.const 0) (i32.const 1024))",
		),
	];
	let host = |name, code: &str| case(name, code.to_string());
	cases.extend([
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
	]);
	cases.extend(seal_cases());
	cases
}

/// A contract of `seal` that runs a case as often as its input says.
fn seal_module(case: &Case, imports: &str) -> Vec<u8> {
	let text = format!(
		r#"(module
			(import "seal0" "input" (func $rounds (param i32 i32)))
			{imports}
			(import "env" "memory" (memory 4 16))
			(data (i32.const 4) "\04")
			;; Room for any output, as the length of its buffer.
			(func $room (result i32) (i32.store (i32.const 32) (i32.const 64)) (i32.const 32))
			(func (export "deploy"))
			(func (export "call") (local $n i32)
				(call $rounds (i32.const 8) (i32.const 4))
				(local.set $n (i32.load (i32.const 8)))
				(if (local.get $n) (then (loop $more
					{body}
					(br_if $more (local.tee $n (i32.sub (local.get $n) (i32.const 1)))))))))"#,
		body = case.body.repeat(REPEATED),
	);
	wat::parse_str(text).unwrap_or_else(|error| panic!("{}: {error}", case.name))
}

fn module(case: &Case) -> Vec<u8> {
	if let Some(imports) = &case.imports {
		return seal_module(case, imports);
	}
	let text = format!(
		r#"(module
			(import "env" "baals_get_block_index" (func $block_index (result i64)))
			(import "env" "baals_get_sender" (func $sender (param i32)))
			(import "env" "baals_hash_sha256" (func $sha256 (param i32 i32 i32)))
			(import "env" "baals_verify_signature"
				(func $verify (param i32 i32 i32 i32 i32 i32) (result i32)))
			(import "env" "baals_storage_read" (func $read (param i32 i32 i32 i32) (result i32)))
			(import "env" "baals_storage_write" (func $write (param i32 i32 i32 i32) (result i32)))
			(import "env" "baals_storage_remove" (func $remove (param i32 i32) (result i32)))
			(import "env" "baals_call_contract"
				(func $call (param i32 i32 i32 i32 i32 i32 i64) (result i32)))
			(type $none (func))
			(memory (export "memory") 4 16)
			(table 2048 funcref)
			;; Passive, so that it can be copied again and again.
			(elem $items func {items})
			(elem (i32.const 0) $leaf $leaf)
			(global $g (mut i32) (i32.const 0))
			(data $data "{data}")
			(func $leaf)
			{declarations}
			(func (export "go") (param $ptr i32) (param $len i32) (result i32)
				(local $n i32) (local $long i64)
				;; The number of rounds is the one argument, behind two lengths of eight bytes.
				(local.set $n (i32.load (i32.const 16)))
				(local.set $long (i64.const 0x0123456789abcdef))
				(if (local.get $n) (then (loop $more
					{body}
					(br_if $more (local.tee $n (i32.sub (local.get $n) (i32.const 1)))))))
				(i32.const 0)))"#,
		items = "$leaf ".repeat(64),
		data = "x".repeat(63),
		declarations = case.declarations,
		body = case.body.repeat(REPEATED),
	);
	wat::parse_str(text).unwrap_or_else(|error| panic!("{}: {error}", case.name))
}

/// A chain with an open block.
struct Chain {
	ext: Ext,
	executor: Executor,
}

impl Chain {
	fn new() -> Self {
		let mut chain = Self { ext: development_chain(), executor: Executor::builder().build() };
		let slot = 1_000_001u64;
		let digest = Digest { logs: vec![DigestItem::PreRuntime(*b"aura", slot.encode())] };
		let header =
			Header::new(1, Default::default(), Default::default(), Default::default(), digest);
		chain.call("Core_initialize_block", &header.encode());
		let now = slot * caisson_runtime_common::time::SLOT_DURATION;
		let time = RuntimeCall::Timestamp(pallet_timestamp::Call::set { now });
		let _ = chain.apply(&UncheckedExtrinsic::new_bare(time));
		chain
	}

	fn call(&mut self, method: &str, data: &[u8]) -> Vec<u8> {
		call_wasm(&self.executor, &mut self.ext, method, data)
	}

	fn apply(&mut self, extrinsic: &UncheckedExtrinsic) -> ApplyExtrinsicResult {
		let result = self.call("BlockBuilder_apply_extrinsic", &extrinsic.encode());
		ApplyExtrinsicResult::decode(&mut &result[..]).unwrap()
	}

	/// Runs a call and undoes it: how long it took, and the weight that its frames used, and the contract.
	fn run(&mut self, call: Call<Runtime>, keep: bool) -> (Duration, Weight, AccountId) {
		let extrinsic = signed_by_alice(&mut self.ext, RuntimeCall::Contracts(call), 0);
		self.ext.ext().storage_start_transaction();
		let started = ThreadTime::now();
		let result = self.apply(&extrinsic);
		let took = started.elapsed();
		result.unwrap().unwrap();
		let receipt = self.ext.execute_with(|| {
			frame_system::Pallet::<Runtime>::read_events_no_consensus()
				.filter_map(|record| match record.event {
					RuntimeEvent::Contracts(Event::Executed { contract, gas_consumed, .. }) => {
						Some((gas_consumed, contract))
					},
					_ => None,
				})
				.last()
		});
		let (weight, contract) = receipt.unwrap();
		if keep {
			self.ext.ext().storage_commit_transaction().unwrap();
		} else {
			self.ext.ext().storage_rollback_transaction().unwrap();
		}
		(took, weight, contract)
	}

	fn rounds(&mut self, case: &Case, contract: &AccountId, rounds: u32) -> (Duration, Weight) {
		let rounds = rounds.to_le_bytes().to_vec();
		let data = match case.imports {
			Some(_) => rounds,
			None => (b"go".to_vec(), vec![rounds]).encode(),
		};
		let call = Call::call {
			dest: Address::Id(contract.clone()),
			value: 0,
			gas_limit: GAS,
			storage_deposit_limit: None,
			data,
		};
		let (took, weight, _) = self.run(call, false);
		(took, weight)
	}
}

fn median(mut samples: Vec<f64>) -> f64 {
	samples.sort_by(f64::total_cmp);
	samples[samples.len() / 2]
}

fn main() {
	let chosen: Vec<String> =
		std::env::args().skip(1).filter(|argument| !argument.starts_with("--")).collect();
	let mut chain = Chain::new();
	let mut unit = None;
	println!("{:<50} {:>10} {:>10} {:>7} {:>7}", "case", "time ns", "price ns", "ratio", "of unit");
	for case in cases() {
		// The first is the unit of all others.
		let is_chosen =
			chosen.is_empty() || chosen.iter().any(|part| case.name.contains(part.as_str()));
		if unit.is_some() && !is_chosen {
			continue;
		}
		let deploy = Call::deploy {
			code: Code::Upload(module(&case)),
			value: 0,
			gas_limit: GAS,
			storage_deposit_limit: None,
			args: Vec::new(),
			salt: None,
			capabilities: None,
		};
		let (_, _, contract) = chain.run(deploy, true);
		let (_, none) = chain.rounds(&case, &contract, 0);
		let (_, probed) = chain.rounds(&case, &contract, PROBE);
		let price = probed - none;
		let by_time = REF_TIME / (price.ref_time() / u64::from(PROBE)).max(1);
		let by_proof = PROOF_SIZE * u64::from(PROBE) / price.proof_size().max(1);
		let rounds = u32::try_from(by_time.min(by_proof)).unwrap();
		let (_, weight) = chain.rounds(&case, &contract, rounds);
		let price = (weight - none).ref_time() as f64 / 1_000.0 / f64::from(rounds);
		// In turns, so that a slower moment of the machine is in both.
		let (empty, full): (Vec<f64>, Vec<f64>) = (0..SAMPLES)
			.map(|_| {
				let empty = chain.rounds(&case, &contract, 0).0.as_nanos() as f64;
				(empty, chain.rounds(&case, &contract, rounds).0.as_nanos() as f64)
			})
			.unzip();
		let time = (median(full) - median(empty)) / f64::from(rounds);
		let ratio = time / price;
		let unit = *unit.get_or_insert(ratio);
		println!(
			"{:<50} {:>10.1} {:>10.1} {:>7.2} {:>7.2}",
			case.name,
			time / REPEATED as f64,
			price / REPEATED as f64,
			ratio,
			ratio / unit
		);
	}
}
