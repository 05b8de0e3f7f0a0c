//! The version that follows `upgradeable`: another step, on the same storage.

#![cfg_attr(not(feature = "std"), no_std, no_main)]

#[ink::contract]
mod upgraded {
	#[ink(storage)]
	pub struct Upgraded {
		owner: AccountId,
		count: u32,
	}

	impl Upgraded {
		#[ink(constructor)]
		pub fn new() -> Self {
			Self { owner: Self::env().caller(), count: 0 }
		}

		#[ink(message)]
		pub fn increment(&mut self) {
			self.count = self.count.saturating_add(10);
		}

		#[ink(message)]
		pub fn get(&self) -> u32 {
			self.count
		}

		#[ink(message)]
		pub fn version(&self) -> u32 {
			2
		}

		/// Sets the code of later calls: this one ends in the code that it began in. Whether the caller
		/// may do that, and the chain has such code.
		#[ink(message)]
		pub fn set_code(&mut self, code_hash: Hash) -> bool {
			self.env().caller() == self.owner && self.env().set_code_hash(&code_hash).is_ok()
		}
	}
}

#[cfg(all(feature = "std", not(feature = "ink-as-dependency")))]
fn main() {
	shared::print_metadata();
}
