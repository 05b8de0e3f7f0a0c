//! `set_storage`, `get_storage`, `contains_storage`, `clear_storage`, `take_storage`.

use caisson_differential::bench::{name, Bench, Seen, Sub, NONE};
use caisson_differential::script::{names, Import, Script};

const KEY: u32 = 0x100;
const VALUE: u32 = 0x1000;
const OUT: u32 = 0x8000;
const LEN: u32 = 0x7ff0;

/// Reads with a buffer of `room` bytes, and notes the length and the first bytes that it got.
fn get(import: Import, key_len: u64, room: u32) -> Script {
	Script::new()
		.number(LEN, room)
		.fill(OUT, 16, 0xee)
		.call_with(import, |name| match name {
			"key_ptr" => KEY.into(),
			"key_len" => key_len,
			"out_ptr" => OUT.into(),
			_ => LEN.into(),
		})
		.note(LEN, 4)
		.note(OUT, 16)
}

/// Writes `len` bytes of the value.
fn set(import: Import, key_len: u64, len: u64) -> Script {
	Script::new().call_with(import, |name| match name {
		"key_ptr" => KEY.into(),
		"key_len" => key_len,
		"value_ptr" => VALUE.into(),
		_ => len,
	})
}

/// Clears, or asks for the length.
fn of(import: Import, key_len: u64) -> Script {
	Script::new().call_with(import, |name| if name == "key_ptr" { KEY.into() } else { key_len })
}

fn start() -> Script {
	Script::new().fill(KEY, 256, 7).write(VALUE, b"0123456789abcdef").fill(VALUE + 16, 16_384, 5)
}

/// What a buffer holds that got these bytes.
fn bytes(len: u32) -> Vec<u8> {
	let mut bytes = b"0123456789abcdef"[..len.min(16) as usize].to_vec();
	bytes.resize(16, 0xee);
	bytes
}

pub fn keys_of_32_bytes() -> Seen {
	let mut bench = Bench::new();
	for (at, clear) in names("clear_storage_v0").into_iter().enumerate() {
		let (set_v0, set_v1) = (names("set_storage_v0")[at], names("set_storage_v1")[at]);
		let (get_v0, has) = (names("get_storage_v0")[at], names("contains_storage_v0")[at]);
		let script = start()
			.then(get(get_v0, 32, 16))
			.then(of(has, 32))
			.then(set(set_v1, 32, 9))
			.then(set(set_v1, 32, 16))
			.then(get(get_v0, 32, 16))
			.then(set(set_v0, 32, 3))
			.then(of(has, 32))
			.then(get(get_v0, 32, 1_000))
			.then(set(set_v1, 32, 0))
			.then(of(has, 32))
			.then(get(get_v0, 32, 0))
			.then(of(clear, 32))
			.then(of(clear, 32))
			.then(of(has, 32));
		let notes =
			bench.gives(script, [3, NONE, NONE, 9, 0, 0, 3, 0, 3, 0, 0, 0, 0, NONE]);
		let len = |len: u32| len.to_le_bytes().to_vec();
		let read = [len(16), bytes(0), len(16), bytes(16), len(3), bytes(3), len(0), bytes(0)];
		assert_eq!(notes.bytes, read);
		bench.runs(start().then(set(set_v0, 32, 16_384)));
		bench.gives(of(has, 32).then(start()).then(of(has, 32)), [NONE, 16_384]);
		for set_any in [set_v0, set_v1] {
			bench.fails(start().then(set(set_any, 32, 16_385)), "ValueTooLarge");
		}
		bench.fails(start().then(get(get_v0, 32, 16_383)), "OutputBufferTooSmall");
		bench.runs(start().then(of(clear, 32)));
	}
	bench.seen
}

pub fn keys_of_any_length() -> Seen {
	let mut bench = Bench::new();
	for (at, clear) in names("clear_storage_v1").into_iter().enumerate() {
		let (set_v2, get_v1) = (names("set_storage_v2")[at], names("get_storage_v1")[at]);
		let (has, take) = (names("contains_storage_v1")[at], names("take_storage")[at]);
		for key_len in [0, 1, 31, 32, 127, 128] {
			let script = start()
				.then(get(get_v1, key_len, 16))
				.then(get(take, key_len, 16))
				.then(of(has, key_len))
				.then(set(set_v2, key_len, 5))
				.then(set(set_v2, key_len, 0))
				.then(set(set_v2, key_len, 12))
				.then(of(has, key_len))
				.then(get(get_v1, key_len, 12))
				.then(get(take, key_len, 100))
				.then(of(has, key_len))
				.then(set(set_v2, key_len, 2))
				.then(of(clear, key_len))
				.then(of(clear, key_len));
			let expected = [3, 3, NONE, NONE, 5, 0, 12, 0, 0, NONE, NONE, 2, NONE];
			let notes = bench.gives(script, expected);
			assert_eq!(notes.bytes[5], bytes(12));
			assert_eq!(notes.bytes[6..8], [12u32.to_le_bytes().to_vec(), bytes(12)]);
		}
		bench.fails(start().then(set(set_v2, 1, 16_385)), "ValueTooLarge");
		bench.gives(start().then(set(set_v2, 1, 16_384)), [NONE]);
		for read in [get_v1, take] {
			bench.fails(start().then(get(read, 1, 16_383)), "OutputBufferTooSmall");
		}
		bench.gives(start().then(of(has, 1)).then(get(take, 1, 16_384)), [16_384, 0]);
	}
	bench.seen
}

/// The same 32 bytes are two keys: one that is hashed whole, and one of a length.
pub fn two_kinds_of_keys() -> Seen {
	let mut bench = Bench::new();
	let script = start()
		.then(set(name("set_storage_v1"), 32, 5))
		.then(of(name("contains_storage_v1"), 32))
		.then(set(name("set_storage_v2"), 32, 9))
		.then(of(name("contains_storage_v0"), 32))
		.then(of(name("clear_storage_v1"), 32))
		.then(of(name("contains_storage_v0"), 32));
	bench.gives(script, [NONE, NONE, NONE, 5, 9, 5]);
	bench.seen
}

/// What a frame wrote is gone when it fails, and another contract's entries are its own.
pub fn frames_that_fail() -> Seen {
	let mut bench = Bench::new();
	let write = || start().then(set(name("set_storage_v2"), 4, 6));
	let has = || of(name("contains_storage_v1"), 4);
	for (end, code) in [(write().trap(), 1), (write().revert(), 2), (write(), 0)] {
		let script = start()
			.then(Sub::call(&bench.other, end.input()).script())
			.then(start())
			.then(has())
			.then(Sub::call(&bench.other, start().then(has()).input()).noted(8));
		let notes = bench.runs(script);
		assert_eq!(notes.codes(), [code, NONE, 0]);
		let found = if code == 0 { 6 } else { NONE };
		assert_eq!(notes.bytes[1], found.to_le_bytes());
	}
	bench.fails(start().then(set(name("set_storage_v2"), 4, 6)).trap(), "ContractTrapped");
	bench.gives(start().then(has()), [NONE]);
	bench.fails(start().then(set(name("set_storage_v2"), 4, 6)).revert(), "ContractReverted");
	bench.gives(start().then(has()), [NONE]);
	bench.seen
}

/// Keys, values and buffers may lie over each other, and at any address.
pub fn overlaps() -> Seen {
	let mut bench = Bench::new();
	for (key, value, out, len) in
		[(0x101, 0x103, 0x105, 0x200), (0x100, 0x100, 0x100, 0x100), (0x1ff, 0x1fe, 0x1fd, 0x1fb)]
	{
		let script = Script::new()
			.fill(0xf0, 512, 3)
			.call(name("set_storage_v2"), &[key, 40, value, 40])
			.number(u32::try_from(len).unwrap(), 40)
			.fill(0xf0, 0x100, 3)
			.number(u32::try_from(len).unwrap(), 40)
			.call(name("get_storage_v1"), &[key, 40, out, len])
			.note(0xf0, 512);
		bench.runs(script);
	}
	bench.seen
}
