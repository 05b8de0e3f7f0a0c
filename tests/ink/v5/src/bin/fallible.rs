//! Fails in each way that a contract can.

#![cfg_attr(not(feature = "std"), no_std, no_main)]

#[ink::contract]
pub mod fallible {
	/// A failure that the caller asked for.
	#[derive(Debug, PartialEq, Eq)]
	#[ink::scale_derive(Encode, Decode, TypeInfo)]
	pub enum Failure {
		Asked { code: u32 },
	}

	#[ink(storage)]
	pub struct Fallible {
		writes: u32,
	}

	impl Fallible {
		/// Fails with the code, if there is one.
		#[ink(constructor)]
		pub fn new(code: Option<u32>) -> Result<Self, Failure> {
			match code {
				Some(code) => Err(Failure::Asked { code }),
				None => Ok(Self { writes: 0 }),
			}
		}

		#[ink(constructor)]
		pub fn panicking() -> Self {
			panic!("asked to panic in a constructor")
		}

		/// Counts itself, then fails: the count must not stay.
		#[ink(message)]
		pub fn fail(&mut self, code: u32) -> Result<u32, Failure> {
			self.writes = self.writes.saturating_add(1);
			Err(Failure::Asked { code })
		}

		#[ink(message)]
		pub fn succeed(&mut self) -> Result<u32, Failure> {
			self.writes = self.writes.saturating_add(1);
			Ok(self.writes)
		}

		#[ink(message)]
		pub fn panic(&mut self) {
			self.writes = self.writes.saturating_add(1);
			panic!("asked to panic after {} writes", self.writes)
		}

		/// Never ends of its own.
		#[ink(message)]
		pub fn spin(&self) {
			let mut turns = 0_u64;
			loop {
				turns = core::hint::black_box(turns.wrapping_add(1));
			}
		}

		#[ink(message)]
		pub fn writes(&self) -> u32 {
			self.writes
		}
	}
}

#[cfg(all(feature = "std", not(feature = "ink-as-dependency")))]
fn main() {
	shared::print_metadata();
}
