//! `is_contract`, `code_hash`, `own_code_hash`, `set_code_hash`, `lock_delegate_dependency` and back.

use caisson_differential::bench::{hash, name, Bench, Seen, Sub};
use caisson_differential::{
	chain::{Arguments, Ended, Step},
	script::{echo, names, Guest, Import, Script},
	ALICE, CHARLIE,
};
use sp_core::H256;

fn open() -> H256 {
	hash(&Guest::open().code())
}

pub fn hashes() -> Seen {
	let mut bench = Bench::new();
	let (echo_at, guest) = (bench.echo.clone(), bench.guest.clone());
	for import in names("is_contract") {
		for (account, is) in [(&echo_at, 1), (&guest, 1), (&ALICE, 0), (&CHARLIE, 0)] {
			bench.gives(Script::new().write(0x100, account).call(import, &[0x100]), [is]);
		}
	}
	let read = |import: Import, room, args: &[u64]| {
		Script::new().number(0x80, room).call(import, args).note(0x80, 4).note(0x200, 32)
	};
	for import in names("code_hash") {
		let of = |account: &sp_core::crypto::AccountId32, room| {
			Script::new().write(0x100, account).then(read(import, room, &[0x100, 0x200, 0x80]))
		};
		for room in [32, 100] {
			let notes = bench.gives(of(&echo_at, room), [0]);
			assert_eq!(notes.bytes, [32u32.to_le_bytes().to_vec(), hash(&echo()).0.to_vec()]);
			let notes = bench.gives(of(&guest, room), [0]);
			assert_eq!(notes.bytes[1], open().0);
			let notes = bench.gives(of(&ALICE, room), [3]);
			assert_eq!(notes.bytes, [room.to_le_bytes().to_vec(), vec![0; 32]]);
		}
		// The buffer is not looked at where there is no contract.
		bench.gives(of(&ALICE, 0), [3]);
		bench.fails(of(&echo_at, 31), "OutputBufferTooSmall");
	}
	for import in names("own_code_hash") {
		let notes = bench.runs(read(import, 32, &[0x200, 0x80]));
		assert_eq!(notes.bytes[1], open().0);
		bench.fails(read(import, 31, &[0x200, 0x80]), "OutputBufferTooSmall");
	}
	bench.seen
}

pub fn other_code() -> Seen {
	let mut seen = Seen::default();
	for import in names("set_code_hash") {
		let mut bench = Bench::new();
		let set = |code: H256| Script::new().write(0x100, code).call(import, &[0x100]);
		bench.gives(set(H256::zero()), [7]);
		bench.gives(set(open()), [0]);
		// A frame that fails has changed nothing.
		bench.fails(set(hash(&echo())).trap(), "ContractTrapped");
		let inner = set(hash(&echo())).revert().input();
		bench.gives(Sub::call(&bench.other, inner).script(), [2]);
		// The contract goes on with its old code until it is entered again.
		let script = set(hash(&echo()))
			.number(0x80, 32)
			.call(name("own_code_hash"), &[0x200, 0x80])
			.note(0x200, 32);
		let notes = bench.gives(script, [0, 0]);
		assert_eq!(notes.bytes[0], hash(&echo()).0);
		let answer = bench.pair.ask(&ALICE, &bench.guest, &Arguments::data(b"echoed"));
		assert_eq!(answer.output, Ok((0, b"echoed".to_vec())));
		// In use by another one still, so it stays.
		let step = Step::Remove(open());
		assert_eq!(bench.pair.take(&ALICE, step), Ended::Badly("CodeInUse".into()));
		bench.gives(Script::new(), []);
		let inner = set(hash(&echo())).input();
		let (guest, other) = (bench.guest.clone(), bench.other.clone());
		assert_eq!(bench.pair.take(&ALICE, Step::Call(other, Arguments::data(inner))), Ended::Well);
		assert_eq!(bench.pair.take(&ALICE, Step::Remove(open())), Ended::Well);
		let with = Arguments { salt: vec![1], ..Default::default() };
		// Where the first one came from there is one, but its code is gone.
		let ended = bench.pair.take(&ALICE, Step::Instantiate(open(), with));
		assert_eq!(ended, Ended::Badly("CodeNotFound".into()));
		assert!(bench.pair.contracts().contains(&guest));
		seen.imports.extend(bench.seen.imports);
		seen.codes.extend(bench.seen.codes);
	}
	seen
}

pub fn locks() -> Seen {
	let mut bench = Bench::new();
	let lock = |code: H256| {
		Script::new().write(0x100, code).call(name("lock_delegate_dependency"), &[0x100])
	};
	let unlock = |code: H256| {
		Script::new().write(0x100, code).call(name("unlock_delegate_dependency"), &[0x100])
	};
	bench.fails(lock(H256::zero()), "CodeNotFound");
	bench.fails(lock(open()), "CannotAddSelfAsDelegateDependency");
	bench.fails(unlock(hash(&echo())), "DelegateDependencyNotFound");
	bench.runs(lock(hash(&echo())));
	bench.fails(lock(hash(&echo())), "DelegateDependencyAlreadyExists");
	bench.runs(unlock(hash(&echo())));
	bench.fails(unlock(hash(&echo())), "DelegateDependencyNotFound");
	bench.fails(lock(hash(&echo())).then(lock(hash(&echo()))), "DelegateDependencyAlreadyExists");
	// Undone with the frame that did it.
	let inner = lock(hash(&echo())).trap().input();
	bench.gives(Sub::call(&bench.other, inner).script(), [1]);
	let inner = lock(hash(&echo())).then(Script::new()).input();
	bench.gives(Sub::call(&bench.other, inner).script(), [0]);
	bench.seen
}

/// As many as can be, and one more.
pub fn all_locks() -> Seen {
	let mut bench = Bench::new();
	let codes: Vec<_> = (0..33u8)
		.map(|salt| {
			wat::parse_str(format!(
				r#"(module (import "env" "memory" (memory 1 1)) (func (export "call"))
					(func (export "deploy") (drop (i32.const {salt}))))"#
			))
			.unwrap()
		})
		.collect();
	for (at, code) in codes.iter().enumerate() {
		assert_eq!(bench.pair.take(&ALICE, Step::Upload(code.clone())), Ended::Well);
		let lock = Script::new()
			.write(0x100, hash(code))
			.call(name("lock_delegate_dependency"), &[0x100]);
		match at {
			0..32 => drop(bench.runs(lock)),
			_ => bench.fails(lock, "MaxDelegateDependenciesReached"),
		}
	}
	bench.seen
}
