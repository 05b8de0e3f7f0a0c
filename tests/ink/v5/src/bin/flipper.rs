//! One bit that anyone may flip.

#![cfg_attr(not(feature = "std"), no_std, no_main)]

#[ink::contract]
pub mod flipper {
	#[ink(storage)]
	pub struct Flipper {
		value: bool,
	}

	impl Flipper {
		#[ink(constructor)]
		pub fn new(value: bool) -> Self {
			Self { value }
		}

		#[ink(constructor)]
		pub fn default() -> Self {
			Self::new(false)
		}

		#[ink(message)]
		pub fn flip(&mut self) {
			self.value = !self.value;
		}

		#[ink(message)]
		pub fn get(&self) -> bool {
			self.value
		}
	}
}

#[cfg(all(feature = "std", not(feature = "ink-as-dependency")))]
fn main() {
	shared::print_metadata();
}
