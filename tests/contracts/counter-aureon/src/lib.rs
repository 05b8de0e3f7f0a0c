//! A counter of the `aureon` ABI.
//!
//! The count is stored under the key `count` as 8 bytes LE. Addresses are 32 bytes, or text.
//!
//! | function | signature | output | abi gas |
//! |---|---|---|---|
//! | `init` | () -> () | sets 0, logs `counter ready` | 40 |
//! | `increment` | () -> i64 | the new count; logs `increment` before and `incremented` after | 65 |
//! | `add` | (i64) -> i64 | the new count | 45 |
//! | `get` | () -> i64 | the count | 15 |
//! | `fail` | () -> () | none: sets the count to 999 and traps | 30 |
//! | `greet` | (ptr, len) -> i32 | logs `hello, ` and the text; its length | 10 |
//! | `check_balance` | (ptr, len) -> i64 | balance of that address | 20 |
//! | `send_funds` | (own ptr, len, to ptr, len, i64) -> i32 | what `transfer` returned | 50 |
//!
//! A count that does not fit is a trap. The ABI has no way to ask for the contract's own address, so
//! `send_funds` is told.

#![no_std]

use caisson_guest::{
	aureon::{self, Bytes},
	concat, trap,
};

const COUNT: &str = "count";

caisson_guest::aureon_entries! {
	/// Starts at 0.
	fn init() {
		write_count(0);
		aureon::log("counter ready")
	}

	/// Counts one.
	fn increment() -> i64 {
		aureon::log("increment");
		let count = count(1);
		aureon::log("incremented");
		count
	}

	/// Counts as many as given.
	fn add(amount: i64) -> i64 {
		count(amount.cast_unsigned())
	}

	/// The count.
	fn get() -> i64 {
		read_count().cast_signed()
	}

	/// Shows that a call which fails leaves nothing behind.
	fn fail() {
		write_count(999);
		trap()
	}

	/// Logs a line with the given text in it.
	fn greet(name: Bytes) -> i32 {
		let line = concat(&[b"hello, ", name]);
		let Ok(line) = core::str::from_utf8(&line) else { trap() };
		aureon::log(line);
		line.len() as i32
	}

	/// The balance of an account.
	fn check_balance(address: Bytes) -> i64 {
		aureon::balance(address).cast_signed()
	}

	/// Sends the contract's money to an account.
	fn send_funds(own: Bytes, to: Bytes, amount: i64) -> i32 {
		aureon::transfer(own, to, amount.cast_unsigned())
	}
}

fn count(amount: u64) -> i64 {
	let Some(count) = read_count().checked_add(amount) else { trap() };
	write_count(count);
	count.cast_signed()
}

fn read_count() -> u64 {
	let mut count = [0; 8];
	aureon::read(COUNT, &mut count);
	u64::from_le_bytes(count)
}

fn write_count(count: u64) {
	if !aureon::write(COUNT, &count.to_le_bytes()) {
		trap()
	}
}
