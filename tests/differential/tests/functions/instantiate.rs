//! `instantiate` and `terminate`.

use caisson_differential::bench::{hash, name, Bench, Seen, Sub, ADDRESS, ADDRESS_LEN, MONEY, NONE, OUTPUT_LEN};
use caisson_differential::{
	chain::{Arguments, Ended, Step},
	script::{echo, names, Guest, Import, Script, SENTINEL},
	ALICE, BOB,
};
use sp_core::{crypto::AccountId32, H256};

fn instantiations() -> Vec<Import> {
	["instantiate_v0", "instantiate_v1", "instantiate_v2"].into_iter().flat_map(names).collect()
}

fn open() -> H256 {
	hash(&Guest::open().code())
}

fn write() -> Script {
	Script::new().write(0, b"entry").call(name("set_storage_v2"), &[0, 5, 0, 5])
}

/// Its steps, and where the contract is, and the output.
fn noted(sub: &Sub) -> Script {
	sub.script().note(ADDRESS_LEN, 4).note(ADDRESS, 32).note(OUTPUT_LEN, 4)
}

pub fn codes() -> Seen {
	let mut bench = Bench::new();
	for (at, import) in instantiations().into_iter().enumerate() {
		let salt = |more: u8| vec![u8::try_from(at).unwrap(), more];
		let sub = |code: H256, input: Vec<u8>, more: u8| Sub {
			salt: salt(more),
			..Sub::new(import, code, input)
		};
		let before = bench.pair.contracts();
		let notes = bench.gives(noted(&sub(hash(&echo()), b"new".to_vec(), 0)), [0]);
		let made = bench.pair.contracts().into_iter().find(|contract| !before.contains(contract));
		assert_eq!(notes.bytes[1], <_ as AsRef<[u8]>>::as_ref(&made.unwrap()));
		assert_eq!(notes.bytes[2], 3u32.to_le_bytes());
		// The same again is there already.
		let again = sub(hash(&echo()), b"new".to_vec(), 0);
		bench.fails(again.script(), "DuplicateContract");
		for (sub, code, len) in [
			(sub(open(), write().input(), 1), 0, 8),
			(sub(open(), write().revert().input(), 2), 2, 8),
			(sub(open(), write().trap().input(), 3), 1, 0x8000),
			(sub(H256::zero(), vec![], 4), 7, 0x8000),
			(sub(hash(&echo()), vec![], 5).value(MONEY * 2), 5, 0x8000),
			(sub(hash(&echo()), vec![1], 6).value(500), 0, 1),
		] {
			let notes = bench.gives(noted(&sub), [code]);
			assert_eq!(notes.bytes[1] != [0; 32], code == 0, "an address where there is a contract");
			assert_eq!(notes.bytes[2], u32::to_le_bytes(len));
		}
		// Reverted, it can be made after all.
		bench.gives(noted(&sub(open(), write().revert().input(), 2)), [2]);
		bench.gives(sub(open(), write().input(), 2).script(), [0]);
		// Whoever wants neither address nor output.
		let none = sub(open(), write().input(), 7);
		bench.gives(Sub { address: SENTINEL, output: SENTINEL, room: 0, ..none }.script(), [0]);
		let short = Sub { room: 7, ..sub(open(), write().input(), 8) };
		bench.fails(short.script(), "OutputBufferTooSmall");
		let sub = sub(open(), Script::new().spin().input(), 9);
		let limited = Sub { gas: 20_000_000_000, ..sub };
		bench.gives(noted(&limited), [1]);
	}
	bench.seen
}

pub fn limits_of_deposit() -> Seen {
	let mut bench = Bench::new();
	let sub = |deposit, salt: u8| Sub {
		deposit,
		..Sub::instantiate(open(), write().input(), &[salt])
	};
	bench.fails(sub(Some(1), 0).script(), "StorageDepositLimitExhausted");
	for (deposit, salt) in [(Some(0), 1), (None, 2), (Some(u128::MAX), 3), (Some(100_000_000), 4)] {
		bench.gives(sub(deposit, salt).script(), [0]);
	}
	bench.seen
}

/// A new contract calls others, but nobody calls it before it is made.
pub fn constructors() -> Seen {
	let mut bench = Bench::new();
	let (other, guest) = (bench.other.clone(), bench.guest.clone());
	let own = || Script::new().number(0x80, 32).call(name("address"), &[0x100, 0x80]);
	let is = own().call(name("is_contract"), &[0x100]);
	let code = own().call(name("code_hash"), &[0x100, 0x200, 0x80]);
	let own_code = Script::new()
		.number(0x80, 32)
		.call(name("own_code_hash"), &[0x200, 0x80])
		.note(0x200, 32);
	let itself = own().call(name("call_v2"), &[8, 0x100, 0, 0, NONE, 0x300, 0, 0, NONE, 0]);
	for (at, (script, results)) in [
		(is, vec![0, 0]),
		(code, vec![0, 3]),
		(own_code, vec![0]),
		(itself, vec![0, 8]),
		(Sub::call(&other, write().input()).script(), vec![0]),
		(Sub::call(&guest, write().input()).script(), vec![0]),
	]
	.into_iter()
	.enumerate()
	{
		let salt = [u8::try_from(at).unwrap()];
		let sub = Sub::instantiate(open(), script.input(), &salt);
		let bytes = 8 * u32::try_from(script.calls()).unwrap();
		let notes = bench.gives(sub.noted(bytes), [0]);
		let inner = script.read(&notes.bytes[1]);
		// The last may be cut off where the script notes more than results.
		assert_eq!(inner.codes(), results);
	}
	// A root call's constructor too.
	let with = Arguments::data(write().input());
	assert_eq!(bench.pair.take(&BOB, Step::Instantiate(open(), with)), Ended::Well);
	bench.seen
}

fn terminate(import: Import, to: &AccountId32) -> Script {
	let len = |name: &str| if name == "beneficiary_ptr" { 0x100 } else { 32 };
	Script::new().write(0x100, to).call_with(import, len)
}

pub fn ends() -> Seen {
	for_each_end(|bench, import| {
		// Of another contract, with an entry, for a beneficiary who had no account.
		let heir = AccountId32::new([66; 32]);
		bench.gives(Sub::call(&bench.other, write().input()).script(), [0]);
		let end = terminate(import, &heir).trap();
		let script = Sub::call(&bench.other, end.input())
			.noted(4)
			.call(name("is_contract"), &[0x100])
			.then(Sub::call(&bench.other, []).script());
		let notes = bench.gives(script, [0, 0, 8]);
		assert_eq!(notes.bytes[0], [0; 4], "without an output");
		bench.seen.imports.insert(import);
		assert_eq!(bench.pair.take(&ALICE, Step::Idle), Ended::Well);
		// Of itself, for somebody who has one.
		let (ended, _) = bench.call(&terminate(import, &BOB), 40);
		assert_eq!(ended, Ended::Well);
		let step = Step::Call(bench.guest.clone(), Arguments::default());
		assert_eq!(bench.pair.take(&ALICE, step), Ended::Badly("ContractNotFound".into()));
		assert_eq!(bench.pair.take(&ALICE, Step::Idle), Ended::Well);
	})
}

/// What may not end.
pub fn refused_ends() -> Seen {
	for_each_end(|bench, import| {
		let end = terminate(import, &BOB).input();
		let again = Sub::call(&bench.guest, end.clone()).flags(8);
		bench.gives(again.script(), [1]);
		let back = Sub::call(&bench.guest, end.clone()).script().input();
		bench.gives(Sub::call(&bench.other, back).flags(8).noted(8), [0]);
		// A constructor, of a sub-call and of a root call.
		let made = Sub::instantiate(open(), end.clone(), &[1]);
		bench.fails(made.script(), "TerminatedInConstructor");
		let step = Step::Instantiate(open(), Arguments::data(end.clone()));
		let ended = Ended::Badly("TerminatedInConstructor".into());
		assert_eq!(bench.pair.take(&ALICE, step), ended);
		// A read-only frame.
		bench.gives(Sub::call(&bench.other, end.clone()).flags(16).script(), [1]);
		// What a frame ended that failed then is there.
		let (other, guest) = (bench.other.clone(), bench.guest.clone());
		let fails = Sub::call(&other, end).script().trap().input();
		let third = bench.pair.deploy(
			&ALICE,
			Guest::open().code(),
			Arguments { salt: vec![7], ..Default::default() },
		);
		let script = Sub::call(&third, fails).script().then(Sub::call(&other, []).script());
		bench.gives(script.call(name("account_reentrance_count"), &[0x100]), [1, 0, 0]);
		assert!(bench.pair.contracts().contains(&guest));
	})
}

fn for_each_end(run: impl Fn(&mut Bench, Import)) -> Seen {
	let mut seen = Seen::default();
	for import in ["terminate_v0", "terminate_v1"].into_iter().flat_map(names) {
		let mut bench = Bench::new();
		run(&mut bench, import);
		seen.imports.extend(bench.seen.imports);
		seen.codes.extend(bench.seen.codes);
	}
	seen
}

/// Made again where one has ended, before the entries of the first are gone: it has none of them.
pub fn an_address_again() -> Seen {
	let mut bench = Bench::new();
	let with = || Arguments { salt: vec![9], ..Arguments::data(write().input()) };
	let contract = bench.pair.deploy(&ALICE, Guest::open().code(), with());
	for idle in [false, true] {
		let end = Arguments::data(terminate(name("terminate_v1"), &BOB).input());
		assert_eq!(bench.pair.take(&ALICE, Step::Call(contract.clone(), end)), Ended::Well);
		if idle {
			bench.pair.take(&ALICE, Step::Idle);
		}
		assert_eq!(bench.pair.deploy(&ALICE, Guest::open().code(), with()), contract);
		let has = Script::new().write(0, b"entry").call(name("set_storage_v2"), &[0, 6, 0, 5]);
		let again = Arguments::data(has.input());
		let answer = bench.pair.ask(&ALICE, &contract, &again);
		assert_eq!(has.read(&answer.output.unwrap().1).codes(), [NONE]);
		assert_eq!(bench.pair.take(&ALICE, Step::Call(contract.clone(), again)), Ended::Well);
		bench.pair.take(&ALICE, Step::Idle);
		let answer = bench.pair.ask(&ALICE, &contract, &Arguments::data(has.input()));
		assert_eq!(has.read(&answer.output.unwrap().1).codes(), [5], "its own entry is there");
	}
	bench.seen
}
