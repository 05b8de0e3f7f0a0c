//! Calls other contracts in every way that ink offers.

#![cfg_attr(not(feature = "std"), no_std, no_main)]

#[ink::contract]
mod caller {
	use ink::env::{
		call::{build_call, ExecutionInput, FromAccountId, Selector},
		CallFlags, DefaultEnvironment,
	};
	use refs::{Failure, FlipperRef};
	use shared::Outcome;

	#[ink(storage)]
	pub struct Caller {
		flipper: FlipperRef,
		/// How often a message of this contract ran that was called by the contract itself.
		reentered: u32,
	}

	impl Caller {
		/// Of a flipper that is there already.
		#[ink(constructor)]
		pub fn new(flipper: AccountId) -> Self {
			Self { flipper: FlipperRef::from_account_id(flipper), reentered: 0 }
		}

		#[ink(message)]
		pub fn flip(&mut self) {
			self.flipper.flip();
		}

		#[ink(message)]
		pub fn get(&self) -> bool {
			self.flipper.get()
		}

		#[ink(message)]
		pub fn flip_by_selector(&mut self, callee: AccountId) {
			build_call::<DefaultEnvironment>()
				.call(callee)
				.exec_input(ExecutionInput::new(Selector::new(ink::selector_bytes!("flip"))))
				.returns::<()>()
				.invoke()
		}

		/// Flips through the older of the two host functions.
		#[ink(message)]
		pub fn flip_v1(&mut self, callee: AccountId, gas: u64) -> Outcome<()> {
			build_call::<DefaultEnvironment>()
				.call_v1(callee)
				.gas_limit(gas)
				.exec_input(ExecutionInput::new(Selector::new(ink::selector_bytes!("flip"))))
				.returns::<()>()
				.try_invoke()
				.into()
		}

		/// Calls a message without arguments or result. A limit of 0 is no limit.
		#[ink(message)]
		pub fn call_limited(
			&mut self,
			callee: AccountId,
			selector: [u8; 4],
			ref_time: u64,
			proof_size: u64,
			deposit: Option<Balance>,
		) -> Outcome<()> {
			let call = build_call::<DefaultEnvironment>()
				.call(callee)
				.ref_time_limit(ref_time)
				.proof_size_limit(proof_size)
				.exec_input(ExecutionInput::new(Selector::new(selector)))
				.returns::<()>();
			match deposit {
				Some(limit) => call.storage_deposit_limit(limit).try_invoke().into(),
				None => call.try_invoke().into(),
			}
		}

		/// Calls a message without arguments or result, with value of this contract.
		#[ink(message)]
		pub fn pay(&mut self, callee: AccountId, selector: [u8; 4], value: Balance) -> Outcome<()> {
			build_call::<DefaultEnvironment>()
				.call(callee)
				.transferred_value(value)
				.exec_input(ExecutionInput::new(Selector::new(selector)))
				.returns::<()>()
				.try_invoke()
				.into()
		}

		/// Has `fallible` fail, and returns what arrives of its error.
		#[ink(message)]
		pub fn fail(&mut self, callee: AccountId, code: u32) -> Outcome<Result<u32, Failure>> {
			build_call::<DefaultEnvironment>()
				.call(callee)
				.exec_input(
					ExecutionInput::new(Selector::new(ink::selector_bytes!("fail"))).push_arg(code),
				)
				.returns::<Result<u32, Failure>>()
				.try_invoke()
				.into()
		}

		/// Calls this contract again, which takes the caller's own leave.
		#[ink(message)]
		pub fn reenter(&mut self, allowed: bool) -> Outcome<u32> {
			let flags = if allowed { CallFlags::ALLOW_REENTRY } else { CallFlags::empty() };
			let outcome = build_call::<DefaultEnvironment>()
				.call(self.env().account_id())
				.call_flags(flags)
				.exec_input(ExecutionInput::new(Selector::new(ink::selector_bytes!("count"))))
				.returns::<u32>()
				.try_invoke()
				.into();
			// The inner call wrote the same cell, which the end of this message would overwrite.
			if let Outcome::Returned(count) = outcome {
				self.reentered = count;
			}
			outcome
		}

		/// What `reenter` calls.
		#[ink(message)]
		pub fn count(&mut self) -> u32 {
			self.reentered = self.reentered.saturating_add(1);
			self.reentered
		}

		#[ink(message)]
		pub fn reentered(&self) -> u32 {
			self.reentered
		}

		#[ink(message, payable)]
		pub fn fund(&self) {}
	}
}

#[cfg(all(feature = "std", not(feature = "ink-as-dependency")))]
fn main() {
	shared::print_metadata();
}
