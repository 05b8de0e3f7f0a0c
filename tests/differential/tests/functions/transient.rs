//! `set_transient_storage` and its kind.

use caisson_differential::bench::{name, Bench, Seen, Sub, NONE};
use caisson_differential::script::Script;

const KEY: u32 = 0x100;
const VALUE: u32 = 0x1000;
const OUT: u32 = 0x8000;
const LEN: u32 = 0x7ff0;

fn start() -> Script {
	Script::new().fill(KEY, 256, 7).fill(VALUE, 16_400, 5)
}

fn set(key_len: u64, len: u64) -> Script {
	let args = [KEY.into(), key_len, VALUE.into(), len];
	Script::new().call(name("set_transient_storage"), &args)
}

fn get(function: &str, key_len: u64, room: u32) -> Script {
	Script::new()
		.number(LEN, room)
		.call(name(function), &[KEY.into(), key_len, OUT.into(), LEN.into()])
		.note(LEN, 4)
		.note(OUT, 8)
}

fn of(function: &str, key_len: u64) -> Script {
	Script::new().call(name(function), &[KEY.into(), key_len])
}

pub fn entries() -> Seen {
	let mut bench = Bench::new();
	for key_len in [0, 1, 32, 128] {
		let script = start()
			.then(get("get_transient_storage", key_len, 8))
			.then(get("take_transient_storage", key_len, 8))
			.then(of("contains_transient_storage", key_len))
			.then(of("clear_transient_storage", key_len))
			.then(set(key_len, 4))
			.then(set(key_len, 4))
			.then(set(key_len, 0))
			.then(get("get_transient_storage", key_len, 0))
			.then(set(key_len, 8))
			.then(of("contains_transient_storage", key_len))
			.then(get("get_transient_storage", key_len, 100))
			.then(of("clear_transient_storage", key_len))
			.then(set(key_len, 16_384))
			.then(get("take_transient_storage", key_len, 16_384))
			.then(of("contains_transient_storage", key_len));
		let expected = [3, 3, NONE, NONE, NONE, 4, 4, 0, 0, 8, 0, 8, NONE, 0, NONE];
		let notes = bench.gives(script, expected);
		assert_eq!(notes.bytes[6..8], [8u32.to_le_bytes().to_vec(), vec![5; 8]]);
		assert_eq!(notes.bytes[8..], [16_384u32.to_le_bytes().to_vec(), vec![5; 8]]);
	}
	bench.fails(start().then(set(1, 16_385)), "ValueTooLarge");
	for read in ["get_transient_storage", "take_transient_storage"] {
		bench.fails(start().then(set(1, 9)).then(get(read, 1, 8)), "OutputBufferTooSmall");
	}
	// Gone with the root call that wrote it.
	bench.runs(start().then(set(1, 9)));
	bench.gives(start().then(of("contains_transient_storage", 1)), [NONE]);
	bench.seen
}

/// What a frame wrote is gone when it fails; each contract has its own, whatever frame of it runs.
pub fn frames() -> Seen {
	let mut bench = Bench::new();
	let has = || of("contains_transient_storage", 4);
	for (end, code) in [
		(start().then(set(4, 6)).trap(), 1),
		(start().then(set(4, 6)).revert(), 2),
		(start().then(set(4, 6)), 0),
	] {
		let script = start()
			.then(Sub::call(&bench.other, end.input()).script())
			.then(start())
			.then(has())
			.then(set(4, 1))
			.then(Sub::call(&bench.other, start().then(has()).input()).noted(8))
			.then(Sub::call(&bench.guest, start().then(has()).input()).flags(8).noted(8));
		let notes = bench.gives(script, [code, NONE, NONE, 0, 0]);
		let found = if code == 0 { 6 } else { NONE };
		assert_eq!(notes.bytes[1], found.to_le_bytes());
		assert_eq!(notes.bytes[3], 1u64.to_le_bytes());
	}
	bench.seen
}
