//! A token with allowances, of the `baals` ABI.
//!
//! Accounts are 32 bytes, amounts u64 as 8 bytes LE. Arguments may come as a list, or in a row as one
//! payload, which is how a contract hands them over.
//!
//! | function | arguments | output |
//! |---|---|---|
//! | `init` | supply, all of it for the caller | |
//! | `transfer` | to, amount | |
//! | `approve` | spender, amount: replaces what was allowed before | |
//! | `transfer_from` | owner, to, amount: the caller spends what the owner allowed | |
//! | `allowance` | owner, spender | amount |
//! | `balance_of` | account | amount |
//! | `total_supply` | | amount |
//!
//! Events: `Transfer` with from, to, amount (new supply comes from the zero account), and `Approval`
//! with owner, spender, amount: 72 bytes each, the fields in a row.
//!
//! Reverts with `balance is too low`, or `allowance is too low`.
//!
//! Storage: `supply`, `balance:` + account, `allowed:` + owner + spender; amounts that become 0 stay.

#![no_std]

use caisson_guest::{baals, concat, Account, Vec};

const SUPPLY: &[u8] = b"supply";
const ZERO: Account = [0; 32];

caisson_guest::baals_entries! {
	/// Makes the whole supply.
	fn init(supply: u64) {
		let owner = baals::sender();
		baals::write_u64(SUPPLY, supply);
		baals::write_u64(&balance_key(&owner), supply);
		emit("Transfer", &ZERO, &owner, supply)
	}

	/// Sends the caller's tokens.
	fn transfer(to: Account, amount: u64) {
		send(&baals::sender(), &to, amount)
	}

	/// Allows an account to spend the caller's tokens.
	fn approve(spender: Account, amount: u64) {
		let owner = baals::sender();
		baals::write_u64(&allowance_key(&owner, &spender), amount);
		emit("Approval", &owner, &spender, amount)
	}

	/// Sends tokens of an account that allowed it.
	fn transfer_from(owner: Account, to: Account, amount: u64) {
		let key = allowance_key(&owner, &baals::sender());
		let Some(left) = baals::read_u64(&key).checked_sub(amount) else {
			baals::revert("allowance is too low")
		};
		baals::write_u64(&key, left);
		send(&owner, &to, amount)
	}

	/// What an account may still spend of another's.
	fn allowance(owner: Account, spender: Account) -> u64 {
		baals::read_u64(&allowance_key(&owner, &spender))
	}

	/// What an account has.
	fn balance_of(account: Account) -> u64 {
		baals::read_u64(&balance_key(&account))
	}

	/// What all accounts have together.
	fn total_supply() -> u64 {
		baals::read_u64(SUPPLY)
	}
}

fn send(from: &Account, to: &Account, amount: u64) {
	let key = balance_key(from);
	let Some(left) = baals::read_u64(&key).checked_sub(amount) else {
		baals::revert("balance is too low")
	};
	baals::write_u64(&key, left);
	// Read behind that write: the two accounts may be one. No sum exceeds the supply, which is a u64.
	let key = balance_key(to);
	baals::write_u64(&key, baals::read_u64(&key).saturating_add(amount));
	emit("Transfer", from, to, amount)
}

fn emit(topic: &str, from: &Account, to: &Account, amount: u64) {
	baals::emit(topic, &concat(&[from, to, &amount.to_le_bytes()]))
}

fn balance_key(account: &Account) -> Vec<u8> {
	concat(&[b"balance:", account])
}

fn allowance_key(owner: &Account, spender: &Account) -> Vec<u8> {
	concat(&[b"allowed:", owner, spender])
}
