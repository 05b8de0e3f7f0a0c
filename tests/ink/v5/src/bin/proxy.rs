//! Hands every message that it does not know on to another contract.

#![cfg_attr(not(feature = "std"), no_std, no_main)]

#[ink::contract]
mod proxy {
	use ink::env::{call::build_call, CallFlags, DefaultEnvironment};

	#[ink(storage)]
	pub struct Proxy {
		target: AccountId,
	}

	impl Proxy {
		#[ink(constructor)]
		pub fn new(target: AccountId) -> Self {
			Self { target }
		}

		/// Forwards input and value, and ends with what the target returns.
		#[ink(message, payable, selector = _)]
		pub fn forward(&self) {
			build_call::<DefaultEnvironment>()
				.call(self.target)
				.transferred_value(self.env().transferred_value())
				.call_flags(CallFlags::FORWARD_INPUT | CallFlags::TAIL_CALL)
				.invoke();
			unreachable!("the call before does not return")
		}

		/// The one message of its own, which ink allows beside a wildcard.
		#[ink(message, selector = @)]
		pub fn retarget(&mut self, target: AccountId) {
			self.target = target;
		}
	}
}

#[cfg(all(feature = "std", not(feature = "ink-as-dependency")))]
fn main() {
	shared::print_metadata();
}
