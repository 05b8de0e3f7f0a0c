//! `transfer`, `balance`, `value_transferred`, `minimum_balance`, `weight_to_fee`.

use caisson_differential::bench::{Bench, Seen, Sub, MONEY};
use caisson_differential::{
	script::{names, Import, Script},
	ALICE, CHARLIE,
};
use sp_core::crypto::AccountId32;

const OUT: u32 = 0x800;
const LEN: u32 = 0x7f0;

/// The least that an account has.
const MINIMUM: u128 = 10;

fn transfer(import: Import, to: &AccountId32, value: u128) -> Script {
	Script::new()
		.write(0x100, to)
		.write(0x140, value.to_le_bytes())
		.call_with(import, |name| match name {
			"account_ptr" => 0x100,
			"account_len" => 32,
			"value_ptr" => 0x140,
			_ => 16,
		})
}

/// Asks for a balance with a buffer of `room` bytes.
fn ask(import: Import, room: u32) -> Script {
	Script::new()
		.number(LEN, room)
		.call_with(import, |name| match name {
			"out_ptr" => OUT.into(),
			"out_len_ptr" => LEN.into(),
			"gas" | "ref_time_limit" => 1_000_000,
			_ => 5_000,
		})
		.note(LEN, 4)
		.note(OUT, 16)
}

/// Asks under every name; all answer the same, in 16 bytes.
fn asks(bench: &mut Bench, row: &str, value: u128) -> u128 {
	let mut answers: Vec<_> = names(row)
		.into_iter()
		.map(|import| {
			let notes = bench.paid(ask(import, 16), value);
			assert_eq!(notes.bytes[0], 16u32.to_le_bytes());
			assert_eq!(bench.paid(ask(import, 1_000), value).bytes[0], 16u32.to_le_bytes());
			bench.fails(ask(import, 15), "OutputBufferTooSmall");
			u128::from_le_bytes(notes.bytes[1].clone().try_into().unwrap())
		})
		.collect();
	// The money that came with the calls between is in the balance.
	if row != "balance" {
		answers.dedup();
		assert_eq!(answers.len(), 1);
	}
	answers[0]
}

pub fn transfers() -> Seen {
	let mut bench = Bench::new();
	let (guest, echo) = (bench.guest.clone(), bench.echo.clone());
	for import in names("transfer") {
		for (to, value, code) in [
			(&ALICE, 0, 0),
			(&ALICE, 1, 0),
			(&echo, 5, 0),
			(&guest, 5, 0),
			(&guest, u128::MAX, 0),
			(&AccountId32::new([8; 32]), MINIMUM - 1, 5),
			(&ALICE, 2 * MONEY, 5),
			(&ALICE, u128::MAX, 5),
			(&AccountId32::new([9; 32]), 0, 0),
		] {
			bench.gives(transfer(import, to, value), [code]);
		}
		// All but what keeps it alive, and one more.
		let script = transfer(import, &CHARLIE, MINIMUM).then(transfer(import, &CHARLIE, 1));
		bench.gives(script, [0, 0]);
	}
	bench.seen
}

/// A contract gives away all that it can, and no more.
pub fn the_last_of_it() -> Seen {
	let mut bench = Bench::new();
	let import = names("transfer")[0];
	let all = asks(&mut bench, "balance", 0);
	bench.gives(transfer(import, &ALICE, all + 1), [5]);
	bench.gives(transfer(import, &ALICE, all), [0]);
	assert_eq!(asks(&mut bench, "balance", 0), 0);
	bench.gives(transfer(import, &ALICE, 1), [5]);
	bench.seen
}

pub fn amounts() -> Seen {
	let mut bench = Bench::new();
	assert_eq!(asks(&mut bench, "balance", 0), MONEY);
	assert_eq!(asks(&mut bench, "balance", 70), MONEY + 70);
	for value in [0, 1, 123_456] {
		assert_eq!(asks(&mut bench, "value_transferred", value), value);
	}
	assert_eq!(asks(&mut bench, "minimum_balance", 0), MINIMUM);
	let fee = asks(&mut bench, "weight_to_fee_v0", 0);
	assert_eq!((fee, asks(&mut bench, "weight_to_fee_v1", 0)), (3_000_000, fee));
	// What came with a sub-call is that call's.
	let inner = ask(names("value_transferred")[0], 16);
	let notes = bench.paid(Sub::call(&bench.other, inner.input()).value(33).noted(28), 44);
	assert_eq!(notes.bytes[1][12..], 33u128.to_le_bytes());
	bench.seen
}
