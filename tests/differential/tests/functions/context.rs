//! Who is called, by whom, when, with how much left.

use caisson_differential::bench::{hash, name, Bench, Seen, Sub, MONEY};
use caisson_differential::{
	chain::{Arguments, Ended, Step},
	script::{names, Guest, Import, Script},
	ALICE, CHARLIE,
};

const OUT: u32 = 0x200;
const LEN: u32 = 0x80;

fn ask(import: Import, room: u32, len: u32) -> Script {
	Script::new()
		.number(LEN, room)
		.call(import, &[OUT.into(), LEN.into()])
		.note(LEN, 4)
		.note(OUT, len)
}

pub fn accounts() -> Seen {
	let mut bench = Bench::new();
	let (guest, other) = (bench.guest.clone(), bench.other.clone());
	for (row, at_root, in_sub_call) in
		[("caller", &ALICE, &guest), ("address", &guest, &other)]
	{
		for import in names(row) {
			let notes = bench.runs(ask(import, 32, 32));
			assert_eq!(notes.bytes[0], 32u32.to_le_bytes());
			assert_eq!(notes.bytes[1], <_ as AsRef<[u8]>>::as_ref(at_root));
			bench.runs(ask(import, 33, 32));
			bench.fails(ask(import, 31, 32), "OutputBufferTooSmall");
			let inner = ask(import, 32, 32).input();
			let notes = bench.runs(Sub::call(&other, inner).noted(44));
			assert_eq!(notes.bytes[1][12..], *<_ as AsRef<[u8]>>::as_ref(in_sub_call));
		}
	}
	bench.seen
}

pub fn origins() -> Seen {
	let mut bench = Bench::new();
	let rows: Vec<_> =
		names("caller_is_origin").into_iter().chain(names("caller_is_root")).collect();
	let asks = |rows: &[Import]| {
		rows.iter().fold(Script::new(), |script, import| script.call(*import, &[]))
	};
	let script = asks(&rows);
	bench.gives(script.clone(), [1, 1, 0]);
	let notes = bench.runs(Sub::call(&bench.other, script.input()).noted(24));
	assert_eq!(script.read(&notes.bytes[1]).codes(), [0, 0, 0]);
	// By Root: what is asked can be seen in an event alone.
	let numbers: Vec<_> = rows.iter().map(|import| (*import, 0x8_0000u64)).collect();
	let told = asks(&rows).call(name("deposit_event"), &[0, 0, numbers[0].1, 24]);
	let step = |script: &Script| Step::CallAsRoot(bench.guest.clone(), Arguments::data(script.input()));
	let (theirs, ours) = bench.pair.observe(&ALICE, step(&told));
	assert_eq!(theirs.events, ours.events);
	let data: Vec<u8> = [1u64, 1, 1].iter().flat_map(|number| number.to_le_bytes()).collect();
	let tells = |(event, _): &(Vec<u8>, _)| event.ends_with(&data);
	assert!(ours.events.iter().any(tells), "all three are so");
	let caller = ask(name("caller"), 32, 32);
	assert_eq!(
		bench.pair.take(&ALICE, step(&caller)),
		Ended::Badly("RootNotAllowed".into())
	);
	let paid = Step::CallAsRoot(
		bench.guest.clone(),
		Arguments { value: 1, ..Arguments::data(asks(&rows).input()) },
	);
	assert_eq!(bench.pair.take(&ALICE, paid), Ended::Badly("RootNotAllowed".into()));
	// Contracts call others as themselves, whoever called them; Root has nothing to make one with.
	let code = hash(&Guest::open().code());
	for (script, ended) in [
		(Sub::call(&bench.other, caller.input()).script(), Ended::Well),
		(
			Sub::instantiate(code, [], &[9]).script(),
			Ended::Badly("RootNotAllowed".into()),
		),
	] {
		assert_eq!(bench.pair.take(&ALICE, step(&script)), ended);
	}
	bench.seen
}

pub fn block() -> Seen {
	let mut bench = Bench::new();
	let now = 1_700_000_000_123u64;
	for (row, bytes) in [("now", now.to_le_bytes().to_vec()), ("block_number", vec![1, 0, 0, 0])] {
		let len = u32::try_from(bytes.len()).unwrap();
		for import in names(row) {
			let notes = bench.runs(ask(import, len, len));
			assert_eq!(notes.bytes, [len.to_le_bytes().to_vec(), bytes.clone()]);
			bench.runs(ask(import, 100, len));
			bench.fails(ask(import, len - 1, len), "OutputBufferTooSmall");
		}
	}
	bench.seen
}

/// How much is left differs, as what things weigh does: told is a part of what the call had.
pub fn gas() -> Seen {
	let mut bench = Bench::new();
	for (row, versions) in [("gas_left_v0", 8), ("gas_left_v1", 16)] {
		for import in names(row) {
			let script = ask(import, versions, versions);
			let with = Arguments::data(script.input());
			let (theirs, ours) = bench.pair.answers(&ALICE, &bench.guest, &with);
			for answer in [theirs, ours] {
				let notes = script.read(&answer.output.unwrap().1);
				assert_eq!(notes.bytes[0], versions.to_le_bytes());
				let left = match versions {
					8 => u64::from_le_bytes(notes.bytes[1].clone().try_into().unwrap()),
					_ => {
						let left = <frame_support::weights::Weight as codec::Decode>::decode(
							&mut &notes.bytes[1][..],
						);
						left.unwrap().ref_time()
					},
				};
				assert!((1_000_000_000_000..2_000_000_000_000).contains(&left), "{left}");
				bench.seen.notes(&notes);
			}
			bench.fails(ask(import, versions - 9.min(versions), 0), "OutputBufferTooSmall");
		}
	}
	bench.seen
}

pub fn stack() -> Seen {
	let mut bench = Bench::new();
	let (guest, other) = (bench.guest.clone(), bench.other.clone());
	let count = Script::new()
		.call(name("reentrance_count"), &[])
		.write(0x100, &guest)
		.call(name("account_reentrance_count"), &[0x100])
		.write(0x100, &other)
		.call(name("account_reentrance_count"), &[0x100])
		.write(0x100, CHARLIE)
		.call(name("account_reentrance_count"), &[0x100]);
	bench.gives(count.clone(), [0, 1, 0, 0]);
	let mut script = count.clone();
	let mut callee = &other;
	for _ in 1..5 {
		let sub = Sub::call(callee, script.input()).flags(8);
		script = sub.script().note(caisson_differential::bench::OUTPUT, 32);
		if callee == &guest {
			callee = &other;
		} else {
			callee = &guest;
		}
		bench.runs(script.clone());
	}
	bench.seen
}

/// A number for every contract that was made; one whose constructor failed has none.
pub fn nonce() -> Seen {
	let mut bench = Bench::new();
	let code = hash(&Guest::open().code());
	let ask = || Script::new().call(name("instantiation_nonce"), &[]);
	bench.gives(ask(), [3]);
	let make = |script: Script, salt: u8| Sub::instantiate(code, script.input(), &[salt]).script();
	bench.gives(make(ask(), 1).note(caisson_differential::bench::OUTPUT, 8).then(ask()), [0, 4]);
	bench.gives(make(ask().trap(), 2).then(ask()), [1, 4]);
	bench.gives(make(ask().revert(), 2).note(caisson_differential::bench::OUTPUT, 8).then(ask()), [2, 4]);
	bench.gives(make(make(ask(), 1), 3).then(ask()), [0, 6]);
	let with = Arguments { value: MONEY, salt: vec![77], ..Arguments::data(ask().input()) };
	assert_eq!(bench.pair.take(&ALICE, Step::Instantiate(code, with)), Ended::Well);
	bench.gives(ask(), [7]);
	bench.seen
}
