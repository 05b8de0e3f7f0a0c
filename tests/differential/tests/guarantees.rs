//! What holds on Caisson's chain whatever contracts try: no case here says how another pallet fares.

#![allow(
	clippy::unwrap_used,
	clippy::indexing_slicing,
	reason = "tests may stop at what is not so"
)]

use caisson_differential::{
	bench::{hash, name, Bench, Sub, NONE, OUTPUT},
	chain::{Arguments, Step},
	ours,
	script::{Guest, Notes, Script},
	ALICE,
};
use codec::Encode;
use sp_core::H256;

fn open() -> H256 {
	hash(&Guest::open().code())
}

/// What a call of the guest notes, dry.
fn notes(bench: &mut Bench, script: &Script) -> Notes {
	let with = Arguments::data(script.input());
	let (_, ours) = bench.pair.answers(&ALICE, &bench.guest, &with);
	script.read(&ours.output.unwrap().1)
}

/// A frame that may change nothing leaves no transient entry behind, and neither do those that it calls.
#[test]
fn a_read_only_frame_writes_no_transient_entry() {
	let mut bench = Bench::new();
	let set = Script::new().call(name("set_transient_storage"), &[0, 4, 0, 4]);
	let has = Script::new().call(name("contains_transient_storage"), &[0, 4]);
	let reads = has.clone().call(name("get_transient_storage"), &[0, 4, 0x100, 0x80]);
	for (inner, code) in [
		(set.clone(), 1),
		(Script::new().call(name("clear_transient_storage"), &[0, 4]), 1),
		(Script::new().call(name("take_transient_storage"), &[0, 4, 0x100, 0x80]), 1),
		(reads, 0),
	] {
		let script = Sub::call(&bench.other, inner.input()).flags(16).script();
		assert_eq!(notes(&mut bench, &script).codes(), [code]);
	}
	let deep = Sub::call(&bench.guest, set.input()).flags(8).script();
	for inner in [set, deep] {
		let script = Sub::call(&bench.other, inner.input())
			.flags(8 | 16)
			.script()
			.fill(0, 4, 0)
			.then(has.clone())
			.then(Sub::call(&bench.other, has.input()).script())
			.note(OUTPUT, 8);
		let notes = notes(&mut bench, &script);
		assert_eq!(notes.codes()[1], NONE);
		assert_eq!(notes.bytes[0], NONE.to_le_bytes());
	}
}

/// A code that is removed while a frame of it runs: the frame goes on to its end, what it does counts, and
/// nothing enters the code after it.
#[test]
fn a_code_that_is_removed_while_it_runs() {
	use pallet_wasm_contracts::Call;
	let mut bench = Bench::new();
	let code = Guest::stable().code();
	let code_hash = hash(&code);
	let dispatch = |call: ours::RuntimeCall| {
		let call = call.encode();
		let len = u64::try_from(call.len()).unwrap();
		Script::new().write(0x2_0000, &call).call(name("call_runtime"), &[0x2_0000, len])
	};
	let upload = dispatch(ours::RuntimeCall::Contracts(Call::upload_code {
		code,
		storage_deposit_limit: None,
		determinism: caisson_contracts_api::Determinism::Enforced,
	}));
	let remove = dispatch(ours::RuntimeCall::Contracts(Call::remove_code { code_hash }));
	let again = Sub::delegate(code_hash, []).script();
	let inner = remove
		.clone()
		.then(again.clone())
		.write(0, b"entry")
		.call(name("set_storage_v2"), &[0, 5, 0, 5])
		.then(remove.clone());
	let script = upload
		.then(Sub::delegate(code_hash, inner.input()).script())
		.note(OUTPUT, 32)
		.then(again)
		.write(0, b"entry")
		.call(name("contains_storage_v1"), &[0, 5])
		.then(remove);
	let seen = notes(&mut bench, &script);
	assert_eq!(seen.codes(), [0, 0, 7, 5, 10]);
	let inner = inner.read(&seen.bytes[0]);
	assert_eq!(inner.codes(), [0, 7, NONE, 10]);
	let guest = bench.guest.clone();
	let step = Step::Call(guest, Arguments::data(script.input()));
	let (_, ours) = bench.pair.observe(&ALICE, step);
	assert_eq!(ours.ended, caisson_differential::chain::Ended::Well);
	assert!(
		!ours.state.keys().any(|key| key.ends_with(code_hash.as_bytes())),
		"nothing of it is left"
	);
}

/// Nobody enters a contract before it is made: not its constructor through others, not a delegated frame
/// of its constructor, and not what those call.
#[test]
fn a_contract_is_not_entered_while_it_is_made() {
	let mut bench = Bench::new();
	// Calls whoever called it.
	let back = Script::new()
		.number(0x80, 32)
		.call(name("caller"), &[0x100, 0x80])
		.fill(0x140, 16, 0)
		.call(name("call_v2"), &[8, 0x100, 0, 0, NONE, 0x140, 0, 0, NONE, 0])
		.call(name("is_contract"), &[0x100]);
	let through = Sub::call(&bench.other, back.input()).flags(8).script().note(OUTPUT, 24);
	let delegated = Sub::delegate(open(), through.input()).script().note(OUTPUT, 32);
	let twice = Sub::delegate(open(), delegated.input()).script().note(OUTPUT, 40);
	for (salt, constructor, skipped) in [(1, &through, 8), (2, &delegated, 16), (3, &twice, 24)] {
		let sub = Sub::instantiate(open(), constructor.input(), &[salt]);
		let seen = notes(&mut bench, &sub.script().note(OUTPUT, skipped + 24));
		assert_eq!(seen.codes(), [0]);
		let inner = back.read(&seen.bytes[0][usize::try_from(skipped).unwrap()..]);
		assert_eq!(inner.codes(), [0, 8, 0], "it is no contract yet");
	}
}

/// A contract that ended is not made again in the same root call: what is held for the two would be one
/// sum.
#[test]
fn a_contract_is_not_made_again_in_the_call_that_ended_it() {
	let mut bench = Bench::new();
	let make = Sub::instantiate(open(), Script::new().input(), &[7]);
	let end = Script::new().write(0x100, ALICE).call(name("terminate_v1"), &[0x100]).input();
	bench.runs(make.script());
	let known = [&bench.guest, &bench.other, &bench.echo].map(Clone::clone);
	let made = bench.pair.contracts().into_iter().find(|contract| !known.contains(contract));
	let end = Sub::call(&made.unwrap(), end).script();
	let script = end.clone().then(make.script());
	let with = Arguments::data(script.input());
	let (_, ours) = bench.pair.answers(&ALICE, &bench.guest, &with);
	assert_eq!(ours.output, Err("DuplicateContract".into()));
	// In the next one it is.
	bench.runs(end);
	bench.runs(make.script());
}
