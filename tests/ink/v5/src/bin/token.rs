//! A fungible token with allowances.

#![cfg_attr(not(feature = "std"), no_std, no_main)]

#[ink::contract]
mod token {
	use ink::storage::Mapping;

	#[ink(event)]
	pub struct Transfer {
		/// Nobody, for new supply.
		#[ink(topic)]
		from: Option<AccountId>,
		#[ink(topic)]
		to: AccountId,
		value: Balance,
	}

	#[ink(event)]
	pub struct Approval {
		#[ink(topic)]
		owner: AccountId,
		#[ink(topic)]
		spender: AccountId,
		value: Balance,
	}

	#[derive(Debug, PartialEq, Eq)]
	#[ink::scale_derive(Encode, Decode, TypeInfo)]
	pub enum Error {
		BalanceTooLow { balance: Balance },
		AllowanceTooLow { allowance: Balance },
	}

	#[ink(storage)]
	#[derive(Default)]
	pub struct Token {
		supply: Balance,
		balances: Mapping<AccountId, Balance>,
		allowances: Mapping<(AccountId, AccountId), Balance>,
	}

	impl Token {
		/// Makes the whole supply, for the caller.
		#[ink(constructor)]
		pub fn new(supply: Balance) -> Self {
			let mut token = Self { supply, ..Self::default() };
			let to = token.env().caller();
			token.balances.insert(to, &supply);
			token.env().emit_event(Transfer { from: None, to, value: supply });
			token
		}

		#[ink(message)]
		pub fn total_supply(&self) -> Balance {
			self.supply
		}

		#[ink(message)]
		pub fn balance_of(&self, owner: AccountId) -> Balance {
			self.balances.get(owner).unwrap_or_default()
		}

		#[ink(message)]
		pub fn allowance(&self, owner: AccountId, spender: AccountId) -> Balance {
			self.allowances.get((owner, spender)).unwrap_or_default()
		}

		#[ink(message)]
		pub fn transfer(&mut self, to: AccountId, value: Balance) -> Result<(), Error> {
			self.send(self.env().caller(), to, value)
		}

		/// Replaces what was allowed before.
		#[ink(message)]
		pub fn approve(&mut self, spender: AccountId, value: Balance) -> Result<(), Error> {
			let owner = self.env().caller();
			self.allowances.insert((owner, spender), &value);
			self.env().emit_event(Approval { owner, spender, value });
			Ok(())
		}

		/// Spends from an account what its owner allowed the caller.
		#[ink(message)]
		pub fn transfer_from(
			&mut self,
			from: AccountId,
			to: AccountId,
			value: Balance,
		) -> Result<(), Error> {
			let spender = self.env().caller();
			let allowance = self.allowance(from, spender);
			let left = allowance.checked_sub(value).ok_or(Error::AllowanceTooLow { allowance })?;
			self.send(from, to, value)?;
			self.allowances.insert((from, spender), &left);
			Ok(())
		}

		fn send(&mut self, from: AccountId, to: AccountId, value: Balance) -> Result<(), Error> {
			let balance = self.balance_of(from);
			let left = balance.checked_sub(value).ok_or(Error::BalanceTooLow { balance })?;
			self.balances.insert(from, &left);
			// Read behind that write: both may be one account. No sum exceeds the supply.
			let received = self.balance_of(to).saturating_add(value);
			self.balances.insert(to, &received);
			self.env().emit_event(Transfer { from: Some(from), to, value });
			Ok(())
		}
	}
}

#[cfg(all(feature = "std", not(feature = "ink-as-dependency")))]
fn main() {
	shared::print_metadata();
}
