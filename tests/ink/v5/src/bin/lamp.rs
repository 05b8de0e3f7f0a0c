//! A switch that knows its position.

#![cfg_attr(not(feature = "std"), no_std, no_main)]

#[ink::contract]
mod lamp {
	use shared::Switch;

	#[ink(storage)]
	#[derive(Default)]
	pub struct Lamp {
		on: bool,
	}

	impl Lamp {
		#[ink(constructor)]
		pub fn new() -> Self {
			Self::default()
		}
	}

	impl Switch for Lamp {
		#[ink(message)]
		fn turn(&mut self) {
			self.on = !self.on;
		}

		#[ink(message)]
		fn is_on(&self) -> bool {
			self.on
		}
	}
}

#[cfg(all(feature = "std", not(feature = "ink-as-dependency")))]
fn main() {
	shared::print_metadata();
}
