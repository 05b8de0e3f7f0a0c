//! What a contract can learn about the call that it is in.

#![cfg_attr(not(feature = "std"), no_std, no_main)]

#[ink::contract]
mod context {
	use ink::prelude::string::String;

	#[ink(storage)]
	pub struct Context {
		creator: AccountId,
		created: BlockNumber,
	}

	impl Context {
		#[ink(constructor)]
		pub fn new() -> Self {
			Self { creator: Self::env().caller(), created: Self::env().block_number() }
		}

		/// Who instantiated this contract, and in which block.
		#[ink(message)]
		pub fn origin(&self) -> (AccountId, BlockNumber) {
			(self.creator, self.created)
		}

		#[ink(message)]
		pub fn caller(&self) -> AccountId {
			self.env().caller()
		}

		#[ink(message)]
		pub fn account_id(&self) -> AccountId {
			self.env().account_id()
		}

		#[ink(message)]
		pub fn block_number(&self) -> BlockNumber {
			self.env().block_number()
		}

		#[ink(message)]
		pub fn block_timestamp(&self) -> Timestamp {
			self.env().block_timestamp()
		}

		#[ink(message)]
		pub fn caller_is_origin(&self) -> bool {
			self.env().caller_is_origin()
		}

		#[ink(message)]
		pub fn is_contract(&self, account: AccountId) -> bool {
			self.env().is_contract(&account)
		}

		#[ink(message)]
		pub fn code_hash(&self, account: AccountId) -> Option<Hash> {
			self.env().code_hash(&account).ok()
		}

		#[ink(message)]
		pub fn own_code_hash(&self) -> Option<Hash> {
			self.env().own_code_hash().ok()
		}

		#[ink(message)]
		pub fn gas_left(&self) -> u64 {
			self.env().gas_left()
		}

		#[ink(message)]
		pub fn weight_to_fee(&self, gas: u64) -> Balance {
			self.env().weight_to_fee(gas)
		}

		/// Says something to whoever listens to a dry run.
		#[ink(message)]
		pub fn say(&self, text: String) {
			ink::env::debug_println!("{text}");
		}
	}
}

#[cfg(all(feature = "std", not(feature = "ink-as-dependency")))]
fn main() {
	shared::print_metadata();
}
