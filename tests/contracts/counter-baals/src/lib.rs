//! A counter of the `baals` ABI.
//!
//! Numbers are u64, 8 bytes LE, as arguments, results and stored under the key `count`. Arguments may
//! come as a list or as one payload.
//!
//! | function | arguments | output | abi gas |
//! |---|---|---|---|
//! | `init` | a number, or nothing for 0 | | 200 |
//! | `increment` | | the new count | 300 |
//! | `add` | a number | the new count | 300 |
//! | `get` | | the count | 100 |
//! | `fail` | | none: sets the count to 999 and reverts with `failed on purpose` | 200 |
//!
//! A count that does not fit reverts with `count is too large`.

#![no_std]

use caisson_guest::baals;

const COUNT: &[u8] = b"count";

caisson_guest::baals_entries! {
	/// Starts at the given number.
	fn init(start: Option<u64>) {
		baals::write_u64(COUNT, start.unwrap_or(0))
	}

	/// Counts one.
	fn increment() -> u64 {
		count(1)
	}

	/// Counts as many as given.
	fn add(amount: u64) -> u64 {
		count(amount)
	}

	/// The count.
	fn get() -> u64 {
		baals::read_u64(COUNT)
	}

	/// Shows that a call which fails leaves nothing behind.
	fn fail() {
		baals::write_u64(COUNT, 999);
		baals::revert("failed on purpose")
	}
}

fn count(amount: u64) -> u64 {
	let Some(count) = baals::read_u64(COUNT).checked_add(amount) else {
		baals::revert("count is too large")
	};
	baals::write_u64(COUNT, count);
	count
}
