//! Runs another contract's code on its own storage.

#![cfg_attr(not(feature = "std"), no_std, no_main)]

// Its cell is laid out as a flipper's. A message that delegates takes `&self`: with `&mut self` it would
// write at its end what it read at its start.
#[ink::contract]
mod delegator {
	use ink::env::{
		call::{build_call, ExecutionInput, Selector},
		CallFlags, DefaultEnvironment,
	};
	use shared::Outcome;

	#[ink(storage)]
	pub struct Delegator {
		value: bool,
	}

	impl Delegator {
		#[ink(constructor)]
		pub fn new(value: bool) -> Self {
			Self { value }
		}

		/// Runs a message without arguments or result of some code.
		#[ink(message, payable)]
		pub fn run(&self, code_hash: Hash, selector: [u8; 4]) -> Outcome<()> {
			build_call::<DefaultEnvironment>()
				.delegate(code_hash)
				.exec_input(ExecutionInput::new(Selector::new(selector)))
				.returns::<()>()
				.try_invoke()
				.into()
		}

		/// Flips by a flipper's code, and ends with what that returns.
		#[ink(message)]
		pub fn flip_and_end(&self, code_hash: Hash) {
			build_call::<DefaultEnvironment>()
				.delegate(code_hash)
				.call_flags(CallFlags::TAIL_CALL)
				.exec_input(ExecutionInput::new(Selector::new(ink::selector_bytes!("flip"))))
				.returns::<()>()
				.invoke();
			unreachable!("the call before does not return")
		}

		/// What a flipper's code reads here.
		#[ink(message)]
		pub fn get_by(&self, code_hash: Hash) -> bool {
			build_call::<DefaultEnvironment>()
				.delegate(code_hash)
				.exec_input(ExecutionInput::new(Selector::new(ink::selector_bytes!("get"))))
				.returns::<bool>()
				.invoke()
		}

		#[ink(message)]
		pub fn get(&self) -> bool {
			self.value
		}

		/// Has the code stay on the chain as long as this contract needs it.
		#[ink(message)]
		pub fn lock(&mut self, code_hash: Hash) {
			self.env().lock_delegate_dependency(&code_hash);
		}

		#[ink(message)]
		pub fn unlock(&mut self, code_hash: Hash) {
			self.env().unlock_delegate_dependency(&code_hash);
		}
	}
}

#[cfg(all(feature = "std", not(feature = "ink-as-dependency")))]
fn main() {
	shared::print_metadata();
}
