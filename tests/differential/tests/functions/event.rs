//! `deposit_event` and `debug_message`.

use caisson_differential::bench::{Bench, Seen, Sub};
use caisson_differential::{
	chain::Arguments,
	script::{names, Import, Script},
	ALICE,
};
use codec::Encode;

fn emit(import: Import, topics: &[u8], data_len: u64) -> Script {
	Script::new()
		.write(0x100, topics)
		.fill(0x1000, 64, 4)
		.call(import, &[0x100, u64::try_from(topics.len()).unwrap(), 0x1000, data_len])
}

pub fn events() -> Seen {
	let mut bench = Bench::new();
	for import in names("deposit_event") {
		let topics = |count: u8| (0..count).map(|at| [at; 32]).collect::<Vec<_>>();
		for count in 0..=4 {
			bench.runs(emit(import, &topics(count).encode(), 10));
		}
		bench.runs(emit(import, &[], 10));
		bench.runs(emit(import, &vec![[1u8; 32]; 4].encode(), 0));
		bench.runs(emit(import, &[], 16_384));
		bench.runs(emit(import, &[], 3).then(emit(import, &topics(1).encode(), 4)));
		bench.fails(emit(import, &[], 16_385), "ValueTooLarge");
		bench.fails(emit(import, &topics(5).encode(), 1), "TooManyTopics");
		bench.fails(emit(import, &topics(90).encode(), 1), "TooManyTopics");
		let mut longer = topics(2).encode();
		longer.push(0);
		for bad in [&longer[..], &topics(2).encode()[..64], &[8], &[1, 0], &[4], &[0xff; 40]] {
			bench.fails(emit(import, bad, 1), "DecodingFailed");
		}
		// What fails has emitted nothing, and a read-only frame cannot.
		bench.fails(emit(import, &[], 3).trap(), "ContractTrapped");
		for (end, code) in [(emit(import, &[], 3).trap(), 1), (emit(import, &[], 3).revert(), 2)] {
			bench.gives(Sub::call(&bench.other, end.input()).script(), [code]);
		}
		let sub = Sub::call(&bench.other, emit(import, &[], 3).input());
		bench.gives(sub.clone().script(), [0]);
		bench.gives(sub.flags(16).script(), [1]);
	}
	bench.seen
}

/// Told to whoever tries a call out; nobody is, on chain, and no call fails for it.
pub fn texts() -> Seen {
	let mut bench = Bench::new();
	for import in names("debug_message") {
		let say = |text: &[u8]| {
			let len = u64::try_from(text.len()).unwrap();
			Script::new().write(0x100, text).call(import, &[0x100, len])
		};
		for text in [&b""[..], b"hello", "caf\u{e9}".as_bytes(), b"\xff\xfe", b"12\xff34"] {
			bench.gives(say(text), [0]);
		}
		let both = say(b"one, ").then(Sub::call(&bench.other, say(b"two, ").input()).script());
		let both = both.then(say(b"three"));
		bench.gives(both.clone(), [0, 0, 0]);
		let with = Arguments::data(both.input());
		assert_eq!(bench.pair.ask(&ALICE, &bench.guest, &with).debug, "one, two, three");
		// Said by a frame that failed, it stays said.
		let script = Sub::call(&bench.other, say(b"lost").trap().input()).script();
		bench.gives(script.clone(), [1]);
		let with = Arguments::data(script.input());
		assert_eq!(bench.pair.ask(&ALICE, &bench.guest, &with).debug, "lost");
	}
	bench.seen
}
