//! A counter of the `dytallix` ABI.
//!
//! Numbers are u64, 8 bytes LE, as input, output and stored under the key `count`. Methods are named
//! without the prefix `contract_` of their exports.
//!
//! | method | input | output | abi gas |
//! |---|---|---|---|
//! | `init` | a number, or nothing for 0 | | 5,000 |
//! | `increment` | | the new count; emits `updated` with it | 5,575 |
//! | `add` | a number | the new count; emits `updated` with it | 5,575 |
//! | `get` | | the count | 200 |
//! | `fail` | | none: sets the count to 999 and traps | 5,000 |
//!
//! A count that does not fit, or a refusal of the host, is a trap.

#![no_std]

use caisson_guest::{
	dytallix::{self, Refused},
	trap,
};

const COUNT: &str = "count";

caisson_guest::dytallix_entries! {
	/// Starts at the given number.
	fn contract_init(start: Option<u64>) {
		write_count(start.unwrap_or(0))
	}

	/// Counts one.
	fn contract_increment() -> u64 {
		count(1)
	}

	/// Counts as many as given.
	fn contract_add(amount: u64) -> u64 {
		count(amount)
	}

	/// The count.
	fn contract_get() -> u64 {
		read_count()
	}

	/// Shows that a call which fails leaves nothing behind.
	fn contract_fail() {
		write_count(999);
		trap()
	}
}

fn count(amount: u64) -> u64 {
	let Some(count) = read_count().checked_add(amount) else { trap() };
	write_count(count);
	granted(dytallix::emit("updated", &count.to_le_bytes()));
	count
}

fn read_count() -> u64 {
	let mut count = [0; 8];
	granted(dytallix::read(COUNT, &mut count));
	u64::from_le_bytes(count)
}

fn write_count(count: u64) {
	granted(dytallix::write(COUNT, &count.to_le_bytes()))
}

fn granted<T>(result: Result<T, Refused>) -> T {
	result.unwrap_or_else(|_| trap())
}
