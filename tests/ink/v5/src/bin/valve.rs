//! A switch that counts how often it was turned.

#![cfg_attr(not(feature = "std"), no_std, no_main)]

#[ink::contract]
mod valve {
	use shared::Switch;

	#[ink(storage)]
	#[derive(Default)]
	pub struct Valve {
		turns: u32,
	}

	impl Valve {
		#[ink(constructor)]
		pub fn new() -> Self {
			Self::default()
		}

		#[ink(message)]
		pub fn turns(&self) -> u32 {
			self.turns
		}
	}

	impl Switch for Valve {
		#[ink(message)]
		fn turn(&mut self) {
			self.turns = self.turns.wrapping_add(1);
		}

		#[ink(message)]
		fn is_on(&self) -> bool {
			self.turns % 2 == 1
		}
	}
}

#[cfg(all(feature = "std", not(feature = "ink-as-dependency")))]
fn main() {
	shared::print_metadata();
}
