//! What only old code asks for: closed to new code, as it was to those that have it.

use caisson_differential::bench::{hash, Bench, Seen, Sub, NONE};
use caisson_differential::{
	chain::{Arguments, Ended, Step},
	script::{names, Guest, Import, Script},
	ALICE,
};

const OUT: u32 = 0x200;
const LEN: u32 = 0x80;

fn ask(import: Import, room: u32) -> Script {
	Script::new()
		.number(LEN, room)
		.call(import, &[OUT.into(), LEN.into()])
		.note(LEN, 4)
		.note(OUT, 16)
}

pub fn random() -> Seen {
	let mut bench = Bench::old();
	for (row, size) in [("random_v0", 32u32), ("random_v1", 36)] {
		for import in names(row) {
			let random = |subject_len: u64, room: u32| {
				Script::new()
					.fill(0x100, 64, 3)
					.number(LEN, room)
					.call(import, &[0x100, subject_len, OUT.into(), LEN.into()])
					.note(LEN, 4)
					.note(OUT, size)
			};
			let mut found = Vec::new();
			for len in [0, 1, 32] {
				let notes = bench.runs(random(len, size));
				assert_eq!(notes.bytes[0], size.to_le_bytes());
				found.push(notes.bytes[1].clone());
				bench.runs(random(len, 100));
			}
			found.dedup();
			assert_eq!(found.len(), 3, "another one for each subject");
			bench.fails(random(33, size), "RandomSubjectTooLong");
			bench.fails(random(NONE, size), "RandomSubjectTooLong");
			bench.fails(random(1, size - 1), "OutputBufferTooSmall");
		}
	}
	bench.seen
}

pub fn rent() -> Seen {
	let mut bench = Bench::old();
	for (row, amount) in [("tombstone_deposit", 0u128), ("rent_allowance", u128::MAX)] {
		for import in names(row) {
			for room in [16, 17, 200] {
				let notes = bench.runs(ask(import, room));
				assert_eq!(notes.bytes, [vec![16, 0, 0, 0], amount.to_le_bytes().to_vec()]);
			}
			bench.fails(ask(import, 15), "OutputBufferTooSmall");
		}
	}
	// Nothing of what they are given is looked at.
	for (row, arguments) in [
		("restore_to_v0", 8),
		("restore_to_v1", 5),
		("set_rent_allowance_v0", 2),
		("set_rent_allowance_v1", 1),
	] {
		for import in names(row) {
			for argument in [0, NONE] {
				bench.runs(Script::new().call(import, &vec![argument; arguments]).note(0, 64));
			}
		}
	}
	bench.seen
}

/// Old code runs on as a contract, as a delegate, and as another contract's new code; but no contract is
/// made of it.
pub fn no_new_contracts() -> Seen {
	let mut bench = Bench::old();
	let old = hash(&Guest::old().code());
	let script = ask(names("rent_allowance")[0], 16);
	bench.gives(Sub::delegate(old, script.input()).noted(28), [0]);
	bench.gives(Sub::instantiate(old, script.input(), &[1]).script(), [1]);
	let step = Step::Instantiate(old, Arguments { value: 77, ..Arguments::data(script.input()) });
	assert_eq!(bench.pair.take(&ALICE, step), Ended::Badly("CodeRejected".into()));
	let set = Script::new().write(0x100, old).call(names("set_code_hash")[0], &[0x100]);
	bench.gives(Sub::call(&bench.other, set.input()).script(), [0]);
	bench.gives(Sub::call(&bench.other, script.input()).noted(28), [0]);
	bench.seen
}
