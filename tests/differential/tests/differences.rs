//! What differs on purpose: each row of the table in docs/compatibility.md, with what both chains do.

#![allow(
	clippy::unwrap_used,
	clippy::indexing_slicing,
	clippy::arithmetic_side_effects,
	reason = "tests may stop at what is not so"
)]

use caisson_differential::{
	bench::{hash, name, Bench, Sub, MONEY, NONE},
	chain::{Arguments, Ended, Observed, Step},
	ours,
	script::{echo, Guest, Script, END},
	theirs, ALICE, BOB,
};
use codec::Decode;
use frame_support::traits::fungible::{Inspect, InspectHold};
use sp_core::{crypto::AccountId32, H256};

fn badly(error: &str) -> Ended {
	Ended::Badly(error.into())
}

fn open() -> H256 {
	hash(&Guest::open().code())
}

/// Calls the guest on both and returns what was observed there and here.
fn observe(bench: &mut Bench, script: &Script) -> (Observed, Observed) {
	let step = Step::Call(bench.guest.clone(), Arguments::data(script.input()));
	bench.pair.observe(&ALICE, step)
}

/// How a call of the guest ends there and here.
fn ends(bench: &mut Bench, script: &Script) -> (Ended, Ended) {
	let (theirs, ours) = observe(bench, script);
	(theirs.ended, ours.ended)
}

/// What the functions of a script return there and here.
fn codes(bench: &mut Bench, script: &Script) -> (Vec<u64>, Vec<u64>) {
	let with = Arguments::data(script.input());
	let (theirs, ours) = bench.pair.answers(&ALICE, &bench.guest, &with);
	let codes = |output: Result<(u32, Vec<u8>), String>| script.read(&output.unwrap().1).codes();
	(codes(theirs.output), codes(ours.output))
}

/// Free and held money of an account there and here.
fn money(bench: &mut Bench, account: &AccountId32) -> [(u128, u128); 2] {
	let theirs = bench.pair.on_theirs(|| {
		let held = <theirs::Balances as InspectHold<_>>::total_balance_on_hold(account);
		(theirs::Balances::balance(account), held)
	});
	let ours = bench.pair.on_ours(|| {
		let held = <ours::Balances as InspectHold<_>>::total_balance_on_hold(account);
		(ours::Balances::balance(account), held)
	});
	[theirs, ours]
}

/// Entries that a contract is said to have, and the deposit for their bytes, there and here.
fn counted(bench: &mut Bench, account: &AccountId32) -> [(u32, u128); 2] {
	// The id of its trie, its code, bytes, items, the deposit for bytes; more behind.
	type Info = (Vec<u8>, H256, u32, u32, u128);
	let place = [
		&sp_io::hashing::twox_128(b"Contracts")[..],
		&sp_io::hashing::twox_128(b"ContractInfoOf"),
		&sp_io::hashing::twox_64(account.as_ref()),
		account.as_ref(),
	]
	.concat();
	let read = || {
		let (_, _, _, items, deposit) =
			Info::decode(&mut &sp_io::storage::get(&place).unwrap()[..]).unwrap();
		(items, deposit)
	};
	[bench.pair.on_theirs(read), bench.pair.on_ours(read)]
}

/// Number of events of a call that hold or release a contract's deposit.
fn deposit_events(observed: &Observed) -> usize {
	let events = observed.events.iter();
	events
		.filter(|(event, _)| {
			use pallet_contracts::Event::*;
			matches!(
				theirs::RuntimeEvent::decode(&mut &event[..]),
				Ok(theirs::RuntimeEvent::Contracts(
					StorageDepositTransferredAndHeld { .. }
						| StorageDepositTransferredAndReleased { .. }
				))
			)
		})
		.count()
}

fn set(len: u64) -> Script {
	Script::new().write(0, b"entry").call(name("set_storage_v2"), &[0, 5, 0, len])
}

fn clear() -> Script {
	Script::new().write(0, b"entry").call(name("clear_storage_v1"), &[0, 5])
}

#[test]
fn call_depth() {
	let mut bench = Bench::new();
	let (guest, other) = (bench.guest.clone(), bench.other.clone());
	// As many frames, each of which fails if the one that it calls does.
	let frames = |count: usize| {
		(1..count).rev().fold(Script::new(), |inner, depth| {
			let callee = if depth % 2 == 1 { &other } else { &guest };
			Sub::call(callee, inner.input()).flags(8 | 4).script().trap()
		})
	};
	let failed = || badly("ContractTrapped");
	assert_eq!(ends(&mut bench, &frames(6)), (Ended::Well, Ended::Well));
	assert_eq!(ends(&mut bench, &frames(7)), (failed(), Ended::Well));
	assert_eq!(ends(&mut bench, &frames(16)), (failed(), Ended::Well));
	assert_eq!(ends(&mut bench, &frames(17)), (failed(), failed()));
}

#[test]
fn executed_event() {
	let mut bench = Bench::new();
	let receipts = |bench: &mut Bench| {
		bench.pair.on_ours(|| {
			let events = ours::System::events().into_iter();
			let is_receipt = |event: &ours::RuntimeEvent| {
				matches!(
					event,
					ours::RuntimeEvent::Contracts(pallet_wasm_contracts::Event::Executed { .. })
				)
			};
			events.filter(|record| is_receipt(&record.event)).count()
		})
	};
	// One for a root call, however many contracts it enters; beside it both have the same events.
	bench.runs(Sub::call(&bench.other, []).script());
	assert_eq!(receipts(&mut bench), 1);
	bench.fails(Script::new().trap(), "ContractTrapped");
	assert_eq!(receipts(&mut bench), 0);
}

#[test]
fn modules() {
	let mut bench = Bench::new();
	let module = |body: &str, section: usize| {
		let text = format!(
			r#"(module (import "env" "memory" (memory 1 1)) (func (export "call") {body})
				(func (export "deploy")) (@custom "more" "{}"))"#,
			"x".repeat(section)
		);
		wat::parse_str(text).unwrap()
	};
	let copy = "(memory.copy (i32.const 0) (i32.const 8) (i32.const 8))";
	let fill = "(memory.fill (i32.const 0) (i32.const 8) (i32.const 8))";
	let extend = "(drop (i32.extend8_s (i32.const 200)))";
	let rejected = || badly("CodeRejected");
	for (code, there, here) in [
		(module(extend, 0), Ended::Well, Ended::Well),
		(module(copy, 0), rejected(), Ended::Well),
		(module(fill, 0), rejected(), Ended::Well),
		(module("", 123 * 1024 - 100), Ended::Well, Ended::Well),
		(module("", 123 * 1024), badly("CodeTooLarge"), Ended::Well),
		(module("", 256 * 1024 - 100), badly("CodeTooLarge"), Ended::Well),
		(module("", 256 * 1024), badly("CodeTooLarge"), badly("CodeTooLarge")),
	] {
		let (theirs, ours) = bench.pair.observe(&ALICE, Step::Upload(code));
		assert_eq!((theirs.ended, ours.ended), (there, here));
	}
}

#[test]
fn owes_and_is_owed() {
	let mut bench = Bench::new();
	// A delegated frame stores, the guest itself clears: 20,000 for the entry, 1,000 for each byte.
	let script = Sub::delegate(open(), set(5).input()).script().then(clear());
	let (theirs, ours) = observe(&mut bench, &script);
	assert_eq!((&theirs.ended, &ours.ended), (&Ended::Well, &Ended::Well));
	assert_eq!((deposit_events(&theirs), deposit_events(&ours)), (2, 0));
	let guest = bench.guest.clone();
	let [there, here] = money(&mut bench, &guest);
	assert_eq!(there, here);
	// A constructor that takes another code: what it is owed is not held when it is to be paid.
	let script = Script::new().write(0x100, hash(&echo())).call(name("set_code_hash"), &[0x100]);
	let with = Arguments { salt: vec![5], ..Arguments::data(script.input()) };
	let (theirs, ours) = bench.pair.observe(&ALICE, Step::Instantiate(open(), with));
	assert_eq!((theirs.ended, ours.ended), (Ended::Well, Ended::Well));
	let made = bench
		.pair
		.contracts()
		.into_iter()
		.find(|contract| ![&bench.guest, &bench.other, &bench.echo].contains(&contract));
	let [(_, there), (_, here)] = money(&mut bench, &made.unwrap());
	assert!(here < there, "{here} is held here, {there} there");
}

#[test]
fn ends_with_locks() {
	let mut bench = Bench::new();
	let lock =
		Script::new().write(0x100, hash(&echo())).call(name("lock_delegate_dependency"), &[0x100]);
	bench.runs(lock);
	let end = Script::new().write(0x100, BOB).call(name("terminate_v1"), &[0x100]);
	let (theirs, ours) = observe(&mut bench, &end);
	assert_eq!((&theirs.ended, &ours.ended), (&Ended::Well, &Ended::Well));
	assert_eq!((deposit_events(&theirs), deposit_events(&ours)), (2, 1));
	for account in [ALICE, BOB] {
		let [there, here] = money(&mut bench, &account);
		assert_eq!(there, here);
	}
}

#[test]
fn entries_of_a_frame_that_waits() {
	let mut bench = Bench::new();
	let guest = bench.guest.clone();
	let script = set(10).then(Sub::call(&guest, clear().input()).flags(8).script());
	assert_eq!(ends(&mut bench, &script), (Ended::Well, Ended::Well));
	// 10,000 for ten bytes that are not there.
	assert_eq!(counted(&mut bench, &guest), [(1, 10_000), (0, 0)]);
}

/// A callee has the limit that its caller gives it: to run, there; to be loaded and run, here. Too little
/// is the callee's end on both, however little it is.
#[test]
fn loading_within_the_limit() {
	let mut bench = Bench::new();
	// Its data is what is dear to load.
	let code = wat::parse_str(format!(
		r#"(module (import "env" "memory" (memory 2 2)) (func (export "call"))
			(func (export "deploy")) (data (i32.const 0) "{}"))"#,
		"x".repeat(100_000)
	))
	.unwrap();
	let callee = bench.pair.deploy(&ALICE, code, Arguments::default());
	let mut ended = Vec::new();
	for power in 10..40 {
		let script = Sub { gas: 1 << power, ..Sub::call(&callee, []) }.script();
		let (theirs, ours) = codes(&mut bench, &script);
		ended.push((theirs[0], ours[0]));
	}
	ended.dedup();
	assert_eq!(ended, [(1, 1), (0, 1), (0, 0)]);
}

#[test]
fn termination_under_root() {
	let mut bench = Bench::new();
	let guest = bench.guest.clone();
	let [_, (_, held)] = money(&mut bench, &guest);
	assert!(held > 0);
	let [(before, _), _] = money(&mut bench, &BOB);
	let end = Script::new().write(0x100, BOB).call(name("terminate_v1"), &[0x100]);
	let step = Step::CallAsRoot(guest.clone(), Arguments::data(end.input()));
	let (theirs, ours) = bench.pair.observe(&ALICE, step);
	assert_eq!((theirs.ended, ours.ended), (Ended::Well, Ended::Well));
	assert_eq!(money(&mut bench, &guest).map(|(_, held)| held), [held, 0]);
	let [(there, _), (here, _)] = money(&mut bench, &BOB);
	assert_eq!(here - before, MONEY + 10 + held, "all that it had");
	assert!(there < here);
}

#[test]
fn storage_under_root() {
	let mut bench = Bench::new();
	let guest = bench.guest.clone();
	let [_, (_, held)] = money(&mut bench, &guest);
	let step = Step::CallAsRoot(guest.clone(), Arguments::data(set(5).input()));
	let (theirs, ours) = bench.pair.observe(&ALICE, step);
	assert_eq!((theirs.ended, ours.ended), (Ended::Well, Ended::Well));
	assert_eq!(counted(&mut bench, &guest), [(1, 5_000), (1, 0)]);
	assert_eq!(money(&mut bench, &guest).map(|(_, held)| held), [held, held], "nobody paid");
}

fn transient(count: u32) -> Script {
	(0..count).fold(Script::new(), |script, at| {
		script.number(0, at).call(name("set_transient_storage"), &[0, 4, 0x1000, 16_384])
	})
}

#[test]
fn transient_storage_that_was_undone() {
	let mut bench = Bench::new();
	let sub = Sub::call(&bench.other, transient(40).revert().input());
	let script = sub.script().then(sub.script());
	assert_eq!(codes(&mut bench, &script), (vec![2, 2], vec![2, 1]));
	// Both have a limit.
	bench.fails(transient(70), "OutOfTransientStorage");
}

#[test]
fn an_import_exported_as_call() {
	let mut bench = Bench::new();
	let code = wat::parse_str(
		r#"(module (import "seal0" "caller_is_root" (func $is_root (result i32)))
			(import "env" "memory" (memory 1 1)) (export "call" (func $is_root))
			(func (export "deploy")))"#,
	)
	.unwrap();
	let (theirs, ours) = bench.pair.observe(&ALICE, Step::Upload(code));
	assert_eq!((theirs.ended, ours.ended), (Ended::Well, badly("CodeRejected")));
}

#[test]
fn values_cut_off_by_the_end_of_memory() {
	let mut bench = Bench::new();
	let is_contract = |at: u32| Script::new().call(name("is_contract"), &[at.into()]);
	let (decoding, bounds) = (badly("DecodingFailed"), badly("OutOfBounds"));
	for at in [END - 31, END] {
		let both = ends(&mut bench, &is_contract(at));
		assert_eq!(both, (decoding.clone(), bounds.clone()));
	}
	bench.fails(is_contract(END + 1), "OutOfBounds");
	bench.runs(is_contract(END - 32));
}

#[test]
fn keys_over_the_limit() {
	let mut bench = Bench::new();
	for script in [
		Script::new().call(name("set_storage_v2"), &[0, 129, 0, 1]),
		Script::new().call(name("contains_storage_v1"), &[0, NONE]),
		Script::new().call(name("set_transient_storage"), &[0, 129, 0, 1]),
	] {
		let both = ends(&mut bench, &script);
		assert_eq!(both, (badly("DecodingFailed"), badly("LimitExceeded")));
	}
}

#[test]
fn lengths_that_nobody_could_pay() {
	let mut bench = Bench::new();
	let hash = Script::new().call(name("hash_sha2_256"), &[0, NONE, 0]);
	assert_eq!(ends(&mut bench, &hash), (badly("OutOfGas"), badly("OutOfBounds")));
	let event = Script::new().call(name("deposit_event"), &[0, 0, 0, NONE]);
	assert_eq!(ends(&mut bench, &event), (badly("OutOfGas"), badly("ValueTooLarge")));
}

#[test]
fn texts_of_a_dry_run() {
	let mut bench = Bench::new();
	// A text that is not in memory: nothing on chain, and nothing here.
	let say = Script::new().call(name("debug_message"), &[END.into(), 1]);
	let with = Arguments::data(say.input());
	let (theirs, ours) = bench.pair.answers(&ALICE, &bench.guest, &with);
	assert_eq!(theirs.output, Err("OutOfBounds".into()));
	assert_eq!(say.read(&ours.output.unwrap().1).codes(), [0]);
	let step = Step::Call(bench.guest.clone(), with);
	assert_eq!(bench.pair.take(&ALICE, step), Ended::Well);
	// Here the text ends with why the call failed.
	let with = Arguments::data(Script::new().trap().input());
	let (theirs, ours) = bench.pair.answers(&ALICE, &bench.guest, &with);
	assert_eq!((&theirs.debug[..], &ours.debug[..]), ("", "unreachable executed"));
	// There with why a message was not executed or sent, where the call goes on.
	let [_, fails] = caisson_differential::offers::messages();
	let len = u64::try_from(fails.len()).unwrap();
	let script = Script::new()
		.write(0x100, &fails)
		.write(0x200, caisson_differential::offers::elsewhere())
		.call(name("xcm_execute"), &[0x100, len])
		.call(name("xcm_send"), &[0x200, 0x100, len, 0x300]);
	let with = Arguments::data(script.input());
	let (theirs, ours) = bench.pair.answers(&ALICE, &bench.guest, &with);
	assert!(theirs.debug.contains("the message fails"), "{}", theirs.debug);
	assert!(theirs.debug.contains("the message cannot be sent"), "{}", theirs.debug);
	assert_eq!((ours.output, ours.debug), (theirs.output, String::new()));
}

#[test]
fn the_own_code_after_it_changed() {
	let mut bench = Bench::new();
	let guest = bench.guest.clone();
	let ask = Script::new()
		.write(0x140, &guest)
		.number(0x80, 32)
		.call(name("code_hash"), &[0x140, 0x200, 0x80])
		.note(0x200, 32);
	let script =
		Script::new().write(0x100, hash(&echo())).call(name("set_code_hash"), &[0x100]).then(ask);
	let with = Arguments::data(script.input());
	let (theirs, ours) = bench.pair.answers(&ALICE, &guest, &with);
	let hash_in = |output: Result<(u32, Vec<u8>), String>| {
		H256::from_slice(&script.read(&output.unwrap().1).bytes[0])
	};
	assert_eq!((hash_in(theirs.output), hash_in(ours.output)), (open(), hash(&echo())));
}

#[test]
fn contracts_made_by_a_frame_that_failed() {
	let mut bench = Bench::new();
	let make = Sub::instantiate(hash(&echo()), [], &[7]).script();
	let ask = || Script::new().call(name("instantiation_nonce"), &[]);
	let script = Sub::call(&bench.other, make.trap().input()).script().then(ask());
	assert_eq!(codes(&mut bench, &script), (vec![1, 4], vec![1, 3]));
}

#[test]
fn long_inputs_and_salts() {
	let mut bench = Bench::new();
	let too_large = || badly("InputTooLarge");
	for (len, here) in [(66_560, Ended::Well), (66_561, too_large())] {
		let with = Arguments::data(vec![0; len]);
		let step = Step::Call(bench.guest.clone(), with);
		let (theirs, ours) = bench.pair.observe(&ALICE, step);
		assert_eq!((theirs.ended, ours.ended), (Ended::Well, here));
	}
	for (len, here) in [(64, Ended::Well), (65, too_large())] {
		let with = Arguments { salt: vec![0; len], ..Default::default() };
		let (theirs, ours) = bench.pair.observe(&ALICE, Step::Instantiate(hash(&echo()), with));
		assert_eq!((theirs.ended, ours.ended), (Ended::Well, here));
	}
	// From a contract to another there is no limit but gas and memory.
	let mut bench = Bench::new();
	bench.gives(Sub::instantiate(hash(&echo()), [], &[1; 90]).script(), [0]);
	let script = Script::new()
		.write(0x100, &bench.echo)
		.fill(0x140, 16, 0)
		.call(name("call_v2"), &[0, 0x100, 0, 0, NONE, 0x140, 0, 100_000, NONE, 0]);
	bench.gives(script, [0]);
}
