//! Turns any switch, of which it knows the trait alone.

#![cfg_attr(not(feature = "std"), no_std, no_main)]

#[ink::contract]
mod operator {
	use ink::prelude::vec::Vec;
	use shared::Switch;

	#[ink(storage)]
	#[derive(Default)]
	pub struct Operator {}

	impl Operator {
		#[ink(constructor)]
		pub fn new() -> Self {
			Self::default()
		}

		/// Turns each of them; whether each is on then.
		#[ink(message)]
		pub fn turn_all(&mut self, switches: Vec<AccountId>) -> Vec<bool> {
			switches
				.into_iter()
				.map(|address| {
					let mut switch: ink::contract_ref!(Switch) = address.into();
					switch.turn();
					switch.is_on()
				})
				.collect()
		}
	}
}

#[cfg(all(feature = "std", not(feature = "ink-as-dependency")))]
fn main() {
	shared::print_metadata();
}
