//! A staking pool of the `baals` ABI, which moves tokens by calling the `token` guest.
//!
//! Accounts are 32 bytes, amounts u64 as 8 bytes LE. Arguments may come as a list, or in a row as one
//! payload.
//!
//! | function | arguments | output |
//! |---|---|---|
//! | `init` | account of the token contract | |
//! | `stake` | amount: taken from the caller, who allowed the pool to | |
//! | `unstake` | amount: given back to the caller | |
//! | `fund` | amount: taken from the caller and shared among the stakes of now | |
//! | `claim` | | the caller's rewards, which are sent |
//! | `reward_of` | account | amount that `claim` would send |
//! | `staked_of` | account | amount |
//! | `total_staked` | | amount |
//!
//! Events: `Staked`, `Unstaked`, `Funded`, `Claimed` with the caller and the amount, 40 bytes.
//!
//! Reverts with `more than was staked`, `stake is too large`, `nobody has a stake`, `rewards are too large`,
//! or, where the token refuses (balance or allowance too low), `token transfer failed`.
//!
//! Rewards are kept as a sum of reward per staked unit, with 32 binary digits behind the point. What an
//! account may claim is that sum times its stake, less what was reckoned when the stake last changed;
//! all is rounded down, so the pool never owes more than it was given.

#![no_std]

use caisson_guest::{baals, concat, Account, Vec};

const TOKEN: &[u8] = b"token";
const TOTAL: &[u8] = b"total";
const PER_UNIT: &[u8] = b"per unit";

/// Binary digits behind the point of a reward per unit.
const POINT: u32 = 32;

caisson_guest::baals_entries! {
	/// Remembers the token.
	fn init(token: Account) {
		baals::write(TOKEN, &token)
	}

	/// Takes tokens of the caller into the pool.
	fn stake(amount: u64) {
		let sender = baals::sender();
		let Some(total) = baals::read_u64(TOTAL).checked_add(amount) else {
			baals::revert("stake is too large")
		};
		let mut stake = Stake::of(&sender);
		stake.reckon();
		// No larger than the total.
		stake.amount = stake.amount.saturating_add(amount);
		stake.keep(&sender);
		baals::write_u64(TOTAL, total);
		take_tokens(&sender, amount);
		emit("Staked", &sender, amount)
	}

	/// Gives tokens back to the caller.
	fn unstake(amount: u64) {
		let sender = baals::sender();
		let mut stake = Stake::of(&sender);
		stake.reckon();
		let Some(left) = stake.amount.checked_sub(amount) else {
			baals::revert("more than was staked")
		};
		stake.amount = left;
		stake.keep(&sender);
		// No smaller than any stake.
		baals::write_u64(TOTAL, baals::read_u64(TOTAL).saturating_sub(amount));
		give_tokens(&sender, amount);
		emit("Unstaked", &sender, amount)
	}

	/// Shares tokens of the caller among the stakes.
	fn fund(amount: u64) {
		let sender = baals::sender();
		let share = (u128::from(amount) << POINT).checked_div(baals::read_u64(TOTAL).into());
		let Some(share) = share else {
			baals::revert("nobody has a stake")
		};
		let Some(per_unit) = per_unit().checked_add(share) else {
			baals::revert("rewards are too large")
		};
		baals::write(PER_UNIT, &per_unit.to_le_bytes());
		take_tokens(&sender, amount);
		emit("Funded", &sender, amount)
	}

	/// Sends the caller's rewards.
	fn claim() -> u64 {
		let sender = baals::sender();
		let mut stake = Stake::of(&sender);
		stake.reckon();
		let reward = core::mem::take(&mut stake.reward);
		stake.keep(&sender);
		give_tokens(&sender, reward);
		emit("Claimed", &sender, reward);
		reward
	}

	/// The rewards of an account.
	fn reward_of(account: Account) -> u64 {
		let mut stake = Stake::of(&account);
		stake.reckon();
		stake.reward
	}

	/// The stake of an account.
	fn staked_of(account: Account) -> u64 {
		Stake::of(&account).amount
	}

	/// All stakes together.
	fn total_staked() -> u64 {
		baals::read_u64(TOTAL)
	}
}

/// What the pool knows of an account: stored as the three fields in a row, LE.
struct Stake {
	amount: u64,
	/// Rewards up to when `per_unit` was noted.
	reward: u64,
	per_unit: u128,
}

impl Stake {
	fn of(account: &Account) -> Self {
		let mut stored = [0; 32];
		baals::read(&stake_key(account), &mut stored);
		let (numbers, per_unit) = stored.split_at(16);
		let (amount, reward) = numbers.split_at(8);
		Self {
			amount: u64::from_le_bytes(amount.try_into().unwrap_or_default()),
			reward: u64::from_le_bytes(reward.try_into().unwrap_or_default()),
			per_unit: u128::from_le_bytes(per_unit.try_into().unwrap_or_default()),
		}
	}

	fn keep(&self, account: &Account) {
		let (amount, reward) = (self.amount.to_le_bytes(), self.reward.to_le_bytes());
		let stored = concat(&[&amount, &reward, &self.per_unit.to_le_bytes()]);
		baals::write(&stake_key(account), &stored)
	}

	/// Adds the rewards since the last time.
	fn reckon(&mut self) {
		let now = per_unit();
		let more = now
			.checked_sub(self.per_unit)
			.and_then(|share| share.checked_mul(self.amount.into()))
			.and_then(|reward| u64::try_from(reward >> POINT).ok())
			.and_then(|reward| self.reward.checked_add(reward));
		let Some(reward) = more else { baals::revert("rewards are too large") };
		self.reward = reward;
		self.per_unit = now;
	}
}

fn per_unit() -> u128 {
	let mut value = [0; 16];
	baals::read(PER_UNIT, &mut value);
	u128::from_le_bytes(value)
}

fn take_tokens(from: &Account, amount: u64) {
	let pool = baals::contract_id();
	call_token("transfer_from", &concat(&[from, &pool, &amount.to_le_bytes()]))
}

fn give_tokens(to: &Account, amount: u64) {
	call_token("transfer", &concat(&[to, &amount.to_le_bytes()]))
}

fn call_token(method: &str, payload: &[u8]) {
	let mut token = [0; 32];
	baals::read(TOKEN, &mut token);
	if baals::call(&token, method, payload, 0).is_err() {
		baals::revert("token transfer failed")
	}
}

fn emit(topic: &str, account: &Account, amount: u64) {
	baals::emit(topic, &concat(&[account, &amount.to_le_bytes()]))
}

fn stake_key(account: &Account) -> Vec<u8> {
	concat(&[b"stake:", account])
}
