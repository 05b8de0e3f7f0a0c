//! Calls and instantiates other contracts in every way that ink offers.

#![cfg_attr(not(feature = "std"), no_std, no_main)]

#[ink::contract]
mod caller {
	use ink::{
		env::{
			call::{build_call, build_create, ExecutionInput, FromAccountId, Selector},
			CallFlags, DefaultEnvironment, Error,
		},
		prelude::vec::Vec,
		ToAccountId,
	};
	use refs::FlipperRef;

	/// What became of a call.
	#[derive(Debug, PartialEq, Eq, scale::Encode, scale::Decode)]
	#[cfg_attr(feature = "std", derive(scale_info::TypeInfo))]
	pub enum Outcome {
		Done,
		/// The callee knows no such message, or returned something else.
		Misunderstood,
		Trapped,
		NotCallable,
		/// The host refused for another reason.
		Refused,
	}

	#[ink(storage)]
	pub struct Caller {
		flipper: FlipperRef,
	}

	impl Caller {
		/// Of a flipper that is there already.
		#[ink(constructor)]
		pub fn new(flipper: AccountId) -> Self {
			Self { flipper: FlipperRef::from_account_id(flipper) }
		}

		/// Of a flipper that it instantiates by its reference.
		#[ink(constructor, payable)]
		pub fn with_flipper(code_hash: Hash, endowment: Balance, salt: Vec<u8>) -> Self {
			let flipper = FlipperRef::new(true)
				.code_hash(code_hash)
				.gas_limit(0)
				.endowment(endowment)
				.salt_bytes(salt)
				.instantiate();
			Self { flipper }
		}

		/// Instantiates another flipper by selector, and goes on with that.
		#[ink(message)]
		pub fn rebuild(&mut self, code_hash: Hash, gas: u64, salt: Vec<u8>) -> Option<AccountId> {
			self.flipper = build_create::<FlipperRef>()
				.code_hash(code_hash)
				.gas_limit(gas)
				.endowment(0)
				.exec_input(
					ExecutionInput::new(Selector::new(ink::selector_bytes!("new"))).push_arg(true),
				)
				.salt_bytes(salt)
				.returns::<FlipperRef>()
				.try_instantiate()
				.ok()?
				.ok()?;
			Some(self.flipper())
		}

		#[ink(message)]
		pub fn flipper(&self) -> AccountId {
			self.flipper.to_account_id()
		}

		#[ink(message)]
		pub fn flip(&mut self) {
			self.flipper.flip();
		}

		#[ink(message)]
		pub fn get(&self) -> bool {
			self.flipper.get()
		}

		/// Calls a message without arguments or result, with value of this contract and a limit of gas,
		/// where 0 is no limit.
		#[ink(message)]
		pub fn call(
			&mut self,
			callee: AccountId,
			selector: [u8; 4],
			value: Balance,
			gas: u64,
			allow_reentry: bool,
		) -> Outcome {
			let called = build_call::<DefaultEnvironment>()
				.call(callee)
				.gas_limit(gas)
				.transferred_value(value)
				.call_flags(CallFlags::default().set_allow_reentry(allow_reentry))
				.exec_input(ExecutionInput::new(Selector::new(selector)))
				.returns::<()>()
				.try_invoke();
			match called {
				Ok(Ok(())) => Outcome::Done,
				Ok(Err(_)) | Err(Error::Decode(_)) => Outcome::Misunderstood,
				Err(Error::CalleeTrapped) => Outcome::Trapped,
				Err(Error::NotCallable) => Outcome::NotCallable,
				Err(_) => Outcome::Refused,
			}
		}

		#[ink(message, payable)]
		pub fn fund(&self) {}
	}
}

#[cfg(all(feature = "std", not(feature = "ink-as-dependency")))]
fn main() {
	shared::print_metadata();
}
