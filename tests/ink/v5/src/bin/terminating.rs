//! Ends itself.

#![cfg_attr(not(feature = "std"), no_std, no_main)]

#[ink::contract]
mod terminating {
	use ink::{prelude::vec::Vec, storage::Mapping};

	#[ink(storage)]
	pub struct Terminating {
		items: Mapping<u32, Vec<u8>>,
	}

	impl Terminating {
		/// With so many storage items of so many bytes, which are left behind.
		#[ink(constructor, payable)]
		pub fn new(items: u32, bytes: u32) -> Self {
			let mut contract = Self { items: Mapping::default() };
			for index in 0..items {
				contract.items.insert(index, &ink::prelude::vec![0xAA; bytes as usize]);
			}
			contract
		}

		/// Ends, and sends all that is left to an account.
		#[ink(message)]
		pub fn terminate(&mut self, beneficiary: AccountId) {
			self.env().terminate_contract(beneficiary)
		}

		/// Ends before it is there, which no host allows.
		#[ink(constructor)]
		pub fn stillborn() -> Self {
			Self::env().terminate_contract(Self::env().caller())
		}

		#[ink(message)]
		pub fn has_item(&self, index: u32) -> bool {
			self.items.contains(index)
		}
	}
}

#[cfg(all(feature = "std", not(feature = "ink-as-dependency")))]
fn main() {
	shared::print_metadata();
}
