//! Takes, holds and hands out balance.

#![cfg_attr(not(feature = "std"), no_std, no_main)]

#[ink::contract]
mod payable {
	#[ink(event)]
	pub struct Received {
		#[ink(topic)]
		from: AccountId,
		value: Balance,
	}

	#[ink(storage)]
	pub struct Payable {
		/// All that came with messages and the constructor.
		received: Balance,
	}

	impl Payable {
		#[ink(constructor, payable)]
		pub fn new() -> Self {
			Self { received: Self::env().transferred_value() }
		}

		/// Refuses value.
		#[ink(constructor)]
		pub fn unpaid() -> Self {
			Self { received: 0 }
		}

		#[ink(message, payable)]
		pub fn pay(&mut self) {
			let value = self.env().transferred_value();
			self.received = self.received.saturating_add(value);
			self.env().emit_event(Received { from: self.env().caller(), value });
		}

		/// What came with this very message.
		#[ink(message, payable)]
		pub fn transferred_value(&self) -> Balance {
			self.env().transferred_value()
		}

		/// Refuses value.
		#[ink(message)]
		pub fn free(&mut self) {}

		/// Sends from this contract's balance; whether that was possible.
		#[ink(message)]
		pub fn transfer(&mut self, to: AccountId, value: Balance) -> bool {
			self.env().transfer(to, value).is_ok()
		}

		#[ink(message)]
		pub fn received(&self) -> Balance {
			self.received
		}

		#[ink(message)]
		pub fn balance(&self) -> Balance {
			self.env().balance()
		}

		#[ink(message)]
		pub fn minimum_balance(&self) -> Balance {
			self.env().minimum_balance()
		}
	}
}

#[cfg(all(feature = "std", not(feature = "ink-as-dependency")))]
fn main() {
	shared::print_metadata();
}
