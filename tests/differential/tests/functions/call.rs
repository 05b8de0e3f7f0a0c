//! `call` and `delegate_call`, `input` and `seal_return`.

use caisson_differential::bench::{hash, name, Bench, Seen, Sub, MONEY, NONE, OUTPUT, OUTPUT_LEN};
use caisson_differential::{
	chain::{Arguments, Ended, Step},
	script::{names, Guest, Import, Script, SENTINEL},
	ALICE, CHARLIE,
};
use sp_core::{crypto::AccountId32, H256};

const FORWARD: u32 = 1;
const CLONE: u32 = 2;
const TAIL: u32 = 4;
const REENTRY: u32 = 8;
const READ_ONLY: u32 = 16;

/// All names of all versions of `call`.
fn calls() -> Vec<Import> {
	["call_v0", "call_v1", "call_v2"].into_iter().flat_map(names).collect()
}

fn open() -> H256 {
	hash(&Guest::open().code())
}

/// Steps that leave an entry and an output of eight bytes.
fn write() -> Script {
	Script::new().write(0, b"entry").call(name("set_storage_v2"), &[0, 5, 0, 5])
}

pub fn codes() -> Seen {
	let mut bench = Bench::new();
	let (echo, other) = (bench.echo.clone(), bench.other.clone());
	for import in calls() {
		let sub = |callee: &AccountId32, input: Vec<u8>| Sub::new(import, callee, input);
		let done = |len: usize, output: &[u8]| {
			let len = u32::try_from(len).unwrap();
			vec![len.to_le_bytes().to_vec(), output.to_vec()]
		};
		let notes = bench.gives(sub(&echo, b"hello".to_vec()).noted(5), [0]);
		assert_eq!(notes.bytes, done(5, b"hello"));
		let notes = bench.gives(sub(&echo, vec![]).noted(2), [0]);
		assert_eq!(notes.bytes, done(0, &[0; 2]));
		// Written before it reverts.
		let reverts = sub(&other, write().revert().input());
		assert_eq!(bench.gives(reverts.noted(8), [2]).bytes, done(8, &NONE.to_le_bytes()));
		// Neither output nor length.
		let traps = sub(&other, write().trap().input());
		assert_eq!(bench.gives(traps.noted(4), [1]).bytes, done(0x8000, &[0; 4]));
		assert_eq!(bench.gives(sub(&CHARLIE, vec![]).noted(4), [8]).bytes, done(0x8000, &[0; 4]));
		bench.gives(sub(&ALICE, vec![1]).script(), [8]);
		bench.gives(sub(&ALICE, vec![1]).value(MONEY * 2).script(), [8]);
		for value in [MONEY * 2, u128::MAX] {
			bench.gives(sub(&echo, vec![1]).value(value).noted(4), [5]);
		}
		let paid = bench.gives(sub(&echo, b"paid".to_vec()).value(500).noted(4), [0]);
		assert_eq!(paid.bytes, done(4, b"paid"));
		// The money comes back if the callee fails.
		bench.gives(sub(&other, Script::new().trap().input()).value(500).script(), [1]);
		// A callee's callee that is none is the callee's affair.
		let far = Sub::call(&CHARLIE, []).script().trap();
		bench.gives(sub(&other, far.input()).script(), [1]);
	}
	bench.seen
}

pub fn buffers() -> Seen {
	let mut bench = Bench::new();
	let (echo, other) = (bench.echo.clone(), bench.other.clone());
	for import in calls() {
		let sub = |room: u32, output: u32| {
			let sub = Sub::new(import, &echo, b"hello".to_vec());
			Sub { room, output, ..sub }
		};
		bench.gives(sub(5, OUTPUT).noted(8), [0]);
		bench.fails(sub(4, OUTPUT).script(), "OutputBufferTooSmall");
		// Who wants no output needs no room.
		let notes = bench.gives(sub(0, SENTINEL).noted(8), [0]);
		assert_eq!(notes.bytes, [vec![0; 4], vec![0; 8]]);
		let reverts = Sub::new(import, &other, write().revert().input());
		bench.fails(Sub { room: 7, ..reverts.clone() }.script(), "OutputBufferTooSmall");
		bench.gives(Sub { output: SENTINEL, room: 0, ..reverts }.script(), [2]);
		// There is no output to be too long.
		let traps = Sub::new(import, &other, write().trap().input());
		bench.gives(Sub { room: 0, ..traps }.script(), [1]);
		// Over the input, and over its own length.
		bench.gives(Sub { output: 0x1_0003, ..sub(9, OUTPUT) }.script().note(0x1_0000, 16), [0]);
		bench.gives(Sub { output: OUTPUT_LEN - 2, ..sub(9, OUTPUT) }.script().note(0x170, 32), [0]);
	}
	bench.seen
}

pub fn flags() -> Seen {
	let mut bench = Bench::new();
	let (echo, other, guest) = (bench.echo.clone(), bench.other.clone(), bench.guest.clone());
	for import in calls().into_iter().filter(|import| import.module != "seal0") {
		let sub = |flags| Sub::new(import, &echo, b"hello".to_vec()).flags(flags);
		for flag in [32, 64, 1 << 31, u32::MAX] {
			bench.fails(sub(flag).script(), "InvalidCallFlags");
		}
		// The input goes to the callee, with the other input looked at or not.
		for flags in [FORWARD, CLONE, FORWARD | CLONE] {
			let script = sub(flags).script();
			let len = u32::try_from(script.input().len()).unwrap();
			bench.gives(script.note(OUTPUT_LEN, 4).note(OUTPUT, len), [0]);
		}
		// Handed on once, it is gone, even if nobody took it.
		for callee in [&echo, &CHARLIE] {
			let forward = Sub::new(import, callee, []).flags(FORWARD).script();
			for again in [sub(FORWARD), sub(CLONE)] {
				bench.fails(forward.clone().then(again.script()), "InputForwarded");
			}
			for input in names("input") {
				let read = Script::new().number(0, 9_000).call(input, &[4, 0]);
				bench.fails(forward.clone().then(read), "InputForwarded");
			}
			// Its own input it can still send.
			bench.runs(forward.then(sub(0).script()));
		}
		bench.runs(sub(CLONE).script().then(sub(CLONE).script()).then(sub(FORWARD).script()));
		// A tail call ends the caller with the callee's output; too short for the notes of a script.
		let tail = |callee: &AccountId32, input: Vec<u8>| {
			Sub::new(import, callee, input).flags(TAIL).script().trap()
		};
		let (ended, _) = bench.call(&tail(&echo, b"1234567".to_vec()), 0);
		assert_eq!(ended, Ended::Well);
		bench.fails(tail(&other, write().revert().input()), "ContractReverted");
		// Unless there is none.
		bench.fails(tail(&other, write().trap().input()), "ContractTrapped");
		bench.fails(tail(&CHARLIE, vec![]), "ContractTrapped");
		bench.gives(Sub::new(import, &CHARLIE, []).flags(TAIL).script(), [8]);
		// Back into the caller, directly and through another contract.
		let again = |flags| Sub::new(import, &guest, write().input()).flags(flags);
		bench.fails(again(0).script(), "ReentranceDenied");
		bench.gives(again(REENTRY).script(), [0]);
		let back = again(0).script().input();
		bench.gives(Sub::new(import, &other, back.clone()).script(), [1]);
		bench.gives(Sub::new(import, &other, back).flags(REENTRY).script(), [0]);
		// Denied only while it waits.
		bench.gives(sub(0).script().then(again(REENTRY).script()), [0, 0]);
		// Nothing may change, not by the callee's callee either.
		let changes = write().input();
		let far = Sub::call(&echo, []).value(1).script().input();
		let deeper = Sub::call(&guest, write().input()).script().input();
		for (input, code) in [(changes, 1), (far, 1), (deeper, 0)] {
			let sub = Sub::new(import, &other, input).flags(READ_ONLY | REENTRY);
			let notes = bench.gives(sub.noted(8), [code]);
			// The last one's own call trapped.
			assert_eq!(notes.bytes[1][0], u8::from(code == 0));
		}
		bench.gives(sub(READ_ONLY).noted(8), [0]);
		bench.fails(sub(READ_ONLY).value(1).script(), "StateChangeDenied");
		let reads = Script::new().call(name("contains_storage_v1"), &[0, 4]);
		bench.gives(Sub::new(import, &other, reads.input()).flags(READ_ONLY).script(), [0]);
	}
	bench.seen
}

pub fn limits() -> Seen {
	let mut bench = Bench::new();
	let other = bench.other.clone();
	let spin = Script::new().spin().input();
	for import in calls() {
		let sub = Sub { gas: 20_000_000_000, ..Sub::new(import, &other, spin.clone()) };
		bench.gives(sub.noted(4), [1]);
		// What was limited was time: proof size is left for what comes behind it.
		bench.runs(sub.script().then(write()));
		// More than there is, is what there is.
		let sub = Sub { gas: u64::MAX, proof: u64::MAX, ..Sub::new(import, &other, []) };
		bench.gives(sub.script(), [0]);
	}
	// An entry of ten bytes: 10 * 1,000 and 20,000 for itself.
	let store = Script::new().call(name("set_storage_v2"), &[0, 5, 0, 10]).input();
	let with = |deposit| Sub { deposit, ..Sub::call(&other, store.clone()) }.script();
	for deposit in [Some(1), Some(29_999)] {
		bench.fails(with(deposit), "StorageDepositLimitExhausted");
	}
	for deposit in [Some(30_000), Some(0), None, Some(u128::MAX)] {
		bench.gives(with(deposit), [0]);
		let clear = Script::new().call(name("clear_storage_v1"), &[0, 5]).input();
		bench.gives(Sub::call(&other, clear).script(), [0]);
	}
	bench.seen
}

pub fn delegated_calls() -> Seen {
	let mut bench = Bench::new();
	let echo = hash(&caisson_differential::script::echo());
	let (guest, callee) = (bench.guest.clone(), bench.echo.clone());
	for import in names("delegate_call") {
		let sub = |code: H256, input: Vec<u8>| Sub::new(import, code, input);
		assert_eq!(bench.gives(sub(echo, b"hi".to_vec()).noted(2), [0]).bytes[1], b"hi");
		// The entry is the caller's.
		let has = Script::new().write(0, b"entry").call(name("contains_storage_v1"), &[0, 5]);
		let clear = Script::new().write(0, b"entry").call(name("clear_storage_v1"), &[0, 5]);
		let script = sub(open(), write().input()).script().then(has.clone());
		bench.gives(script, [0, 5]);
		bench.gives(clear, [5]);
		let script = sub(open(), write().revert().input()).noted(8).then(has.clone());
		let notes = bench.gives(script, [2, NONE]);
		assert_eq!(notes.bytes[1], NONE.to_le_bytes());
		let script = sub(open(), write().trap().input()).noted(4).then(has.clone());
		bench.gives(script, [1, NONE]);
		bench.gives(sub(H256::zero(), vec![]).noted(4), [7]);
		for flag in [REENTRY, READ_ONLY, 32, u32::MAX] {
			bench.fails(sub(echo, vec![]).flags(flag).script(), "InvalidCallFlags");
		}
		for flags in [FORWARD, CLONE, FORWARD | CLONE] {
			let script = sub(echo, vec![]).flags(flags).script();
			let len = u32::try_from(script.input().len()).unwrap();
			bench.gives(script.note(OUTPUT_LEN, 4).note(OUTPUT, len), [0]);
		}
		let forward = sub(echo, vec![]).flags(FORWARD).script();
		bench.fails(forward.clone().then(forward), "InputForwarded");
		let (ended, _) = bench.call(&sub(echo, vec![1; 7]).flags(TAIL).script().trap(), 0);
		assert_eq!(ended, Ended::Well);
		bench.fails(sub(open(), write().revert().input()).flags(TAIL).script(), "ContractReverted");
		bench.gives(sub(H256::zero(), vec![]).flags(TAIL).script(), [7]);
		let short = Sub { room: 1, ..sub(echo, vec![1; 2]) };
		bench.fails(short.script(), "OutputBufferTooSmall");
		bench.gives(Sub { output: SENTINEL, room: 0, ..sub(echo, vec![1; 2]) }.script(), [0]);
		// It runs as the caller: with its account, its caller, its value, its code and its money.
		let who = ["address", "caller", "value_transferred", "own_code_hash", "balance"]
			.into_iter()
			.fold(Script::new(), |script, row| {
				script.number(0x80, 64).fill(0x90, 32, 0).call(name(row), &[0x90, 0x80]).note(0x90, 32)
			})
			.call(name("caller_is_origin"), &[])
			.call(name("account_reentrance_count"), &[0x90])
			.call(name("reentrance_count"), &[]);
		let notes = bench.paid(sub(open(), who.input()).noted(224), 17);
		let noted = who.read(&notes.bytes[1]);
		let own: &[u8] = guest.as_ref();
		assert_eq!(noted.bytes[0], own);
		assert_eq!(noted.bytes[1], <_ as AsRef<[u8]>>::as_ref(&ALICE));
		assert_eq!(noted.bytes[2][..16], 17u128.to_le_bytes());
		assert_eq!(noted.bytes[3], open().as_bytes());
		// A read-only frame stays one.
		let inner = sub(open(), write().input()).script().input();
		bench.gives(Sub::call(&bench.other, inner).flags(READ_ONLY).noted(8), [0]);
		// What it calls sees the contract as its caller.
		let caller = Script::new().number(0x80, 32).call(name("caller"), &[0x90, 0x80]).note(0x90, 32);
		let inner = Sub::call(&bench.other, caller.input()).noted(40).input();
		bench.gives(sub(open(), inner).noted(60), [0]);
		let money = Sub::call(&callee, b"x".to_vec()).value(20).script().input();
		bench.gives(sub(open(), money).noted(8), [0]);
		// It cannot end a contract that is on the stack twice.
		let end = Script::new().write(0, &ALICE).call(name("terminate_v1"), &[0]);
		bench.gives(sub(open(), end.input()).script(), [1]);
	}
	bench.seen
}

pub fn inputs() -> Seen {
	let mut bench = Bench::new();
	for input in names("input") {
		let script = |room| {
			Script::new().number(0x100, room).call(input, &[0x200, 0x100]).note(0x100, 4).note(0x200, 100)
		};
		let len = u32::try_from(script(0).then(script(0)).input().len()).unwrap();
		for room in [len, len + 1, 10_000] {
			let script = script(room).then(script(room));
			let notes = bench.runs(script.clone());
			for bytes in notes.bytes.chunks(2) {
				assert_eq!(bytes[0], len.to_le_bytes());
				assert_eq!(bytes[1], script.input()[..100]);
			}
		}
		let len = u32::try_from(script(0).input().len()).unwrap();
		bench.fails(script(len - 1), "OutputBufferTooSmall");
	}
	bench.seen
}

pub fn returns() -> Seen {
	let mut bench = Bench::new();
	let import = name("seal_return");
	let other = bench.other.clone();
	for (flags, len, code) in [(0, 0, 0), (0, 9, 0), (1, 0, 2), (1, 9, 2), (0, 0x4000, 0)] {
		let script = Script::new().fill(0, 16, 6).call(import, &[flags, 0, len]).trap();
		let notes = bench.gives(Sub::call(&other, script.input()).noted(9), [code]);
		assert_eq!(u64::from(notes.bytes[0][0]) | u64::from(notes.bytes[0][1]) << 8, len);
	}
	bench.seen.imports.insert(import);
	for flags in [2, 3, 1 << 31] {
		let script = Script::new().call(import, &[flags, 0, 0]);
		bench.fails(script.clone(), "InvalidCallFlags");
		bench.gives(Sub::call(&other, script.input()).script(), [1]);
	}
	// Half of the memory; and of a constructor.
	let with = Arguments::data(Script::new().call(import, &[0, 0, 0x8_0000]).input());
	let answer = bench.pair.ask(&ALICE, &bench.guest, &with);
	assert_eq!(answer.output.unwrap().1.len(), 0x8_0000);
	for (flags, ended) in [(0, Ended::Well), (1, Ended::Badly("ContractReverted".into()))] {
		let with = Arguments::data(Script::new().call(import, &[flags, 0, 4]).input());
		assert_eq!(bench.pair.take(&ALICE, Step::Instantiate(open(), with)), ended);
	}
	bench.seen
}
