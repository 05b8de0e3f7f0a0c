//! Calls the runtime's own dispatchables.

#![cfg_attr(not(feature = "std"), no_std, no_main)]

#[ink::contract]
mod runtime_caller {
	use ink::prelude::vec::Vec;

	/// As Caisson's runtimes number their pallets.
	#[ink::scale_derive(Encode)]
	enum RuntimeCall {
		#[codec(index = 0)]
		System(SystemCall),
		#[codec(index = 10)]
		Balances(BalancesCall),
	}

	#[ink::scale_derive(Encode)]
	enum SystemCall {
		#[codec(index = 0)]
		Remark { remark: Vec<u8> },
		#[codec(index = 7)]
		RemarkWithEvent { remark: Vec<u8> },
	}

	#[ink::scale_derive(Encode)]
	enum BalancesCall {
		#[codec(index = 0)]
		TransferAllowDeath {
			dest: Address,
			#[codec(compact)]
			value: Balance,
		},
	}

	#[ink::scale_derive(Encode)]
	enum Address {
		#[codec(index = 0)]
		Id(AccountId),
	}

	#[ink(storage)]
	#[derive(Default)]
	pub struct RuntimeCaller {}

	impl RuntimeCaller {
		#[ink(constructor, payable)]
		pub fn new() -> Self {
			Self::default()
		}

		/// Sends from this contract's balance; whether the runtime did.
		#[ink(message)]
		pub fn transfer(&mut self, to: AccountId, value: Balance) -> bool {
			let dest = Address::Id(to);
			self.dispatch(RuntimeCall::Balances(BalancesCall::TransferAllowDeath { dest, value }))
		}

		#[ink(message)]
		pub fn remark(&mut self, remark: Vec<u8>) -> bool {
			self.dispatch(RuntimeCall::System(SystemCall::Remark { remark }))
		}

		#[ink(message)]
		pub fn remark_with_event(&mut self, remark: Vec<u8>) -> bool {
			self.dispatch(RuntimeCall::System(SystemCall::RemarkWithEvent { remark }))
		}

		fn dispatch(&self, call: RuntimeCall) -> bool {
			self.env().call_runtime(&call).is_ok()
		}
	}
}

#[cfg(all(feature = "std", not(feature = "ink-as-dependency")))]
fn main() {
	shared::print_metadata();
}
