//! Units of the token, and what a place in the state costs.

use crate::Balance;

/// One token.
pub const UNIT: Balance = 1_000_000_000_000;

/// A thousandth of a token.
pub const MILLIUNIT: Balance = UNIT / 1_000;

/// A millionth of a token.
pub const MICROUNIT: Balance = UNIT / 1_000_000;

/// The least that an account must hold to exist.
pub const EXISTENTIAL_DEPOSIT: Balance = MILLIUNIT;

/// Held for each byte that a contract stores.
///
/// A gigabyte of state locks 10,000 tokens; the code of a contract of 20 KB locks 0.2.
pub const DEPOSIT_PER_BYTE: Balance = 10 * MICROUNIT;

/// Held for each item that a contract stores, whatever its size.
///
/// An item costs its key and its trie nodes, about a hundred bytes: as much as an account, which is
/// an item too, has to hold to exist.
pub const DEPOSIT_PER_ITEM: Balance = 100 * DEPOSIT_PER_BYTE;

/// What is held for `items` items with `bytes` bytes in all.
pub const fn deposit(items: u32, bytes: u32) -> Balance {
	// Widening casts: a `From` cannot be called in a constant function.
	(items as Balance)
		.saturating_mul(DEPOSIT_PER_ITEM)
		.saturating_add((bytes as Balance).saturating_mul(DEPOSIT_PER_BYTE))
}
