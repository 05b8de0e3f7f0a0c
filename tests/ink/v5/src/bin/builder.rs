//! Instantiates other contracts from code that is on the chain.

#![cfg_attr(not(feature = "std"), no_std, no_main)]

#[ink::contract]
mod builder {
	use ink::{
		env::{
			call::{build_create, ExecutionInput, Selector},
			Error,
		},
		prelude::vec::Vec,
		ConstructorResult, ToAccountId,
	};
	use refs::{Failure, FallibleRef, FlipperRef};
	use shared::Outcome;

	#[ink(storage)]
	#[derive(Default)]
	pub struct Builder {
		last: Option<AccountId>,
	}

	impl Builder {
		#[ink(constructor)]
		pub fn new() -> Self {
			Self::default()
		}

		/// Instantiates a flipper in the constructor.
		#[ink(constructor, payable)]
		pub fn with_flipper(code_hash: Hash, salt: Vec<u8>) -> Self {
			let flipper = FlipperRef::new(true)
				.code_hash(code_hash)
				.endowment(0)
				.salt_bytes(salt)
				.instantiate();
			Self { last: Some(flipper.to_account_id()) }
		}

		/// Instantiates a flipper by its reference, and gives it a balance.
		#[ink(message, payable)]
		pub fn build(
			&mut self,
			code_hash: Hash,
			value: bool,
			endowment: Balance,
			salt: Vec<u8>,
		) -> AccountId {
			let flipper = FlipperRef::new(value)
				.code_hash(code_hash)
				.endowment(endowment)
				.salt_bytes(salt)
				.instantiate();
			self.remember(flipper.to_account_id())
		}

		/// The same by the older of the two host functions, and by selector.
		#[ink(message)]
		pub fn build_v1(&mut self, code_hash: Hash, gas: u64, salt: Vec<u8>) -> Outcome<AccountId> {
			let result = build_create::<FlipperRef>()
				.instantiate_v1()
				.code_hash(code_hash)
				.gas_limit(gas)
				.endowment(0)
				.exec_input(
					ExecutionInput::new(Selector::new(ink::selector_bytes!("new"))).push_arg(true),
				)
				.salt_bytes(salt)
				.returns::<FlipperRef>()
				.try_instantiate();
			self.outcome(result)
		}

		/// Instantiates a flipper within limits, of which 0 is no limit.
		#[ink(message)]
		pub fn build_limited(
			&mut self,
			code_hash: Hash,
			ref_time: u64,
			proof_size: u64,
			deposit: Balance,
			salt: Vec<u8>,
		) -> Outcome<AccountId> {
			let result = build_create::<FlipperRef>()
				.code_hash(code_hash)
				.ref_time_limit(ref_time)
				.proof_size_limit(proof_size)
				.storage_deposit_limit(deposit)
				.endowment(0)
				.exec_input(
					ExecutionInput::new(Selector::new(ink::selector_bytes!("new"))).push_arg(true),
				)
				.salt_bytes(salt)
				.returns::<FlipperRef>()
				.try_instantiate();
			self.outcome(result)
		}

		/// Runs a constructor that fails where there is a code, and returns what arrives of its error.
		#[ink(message)]
		pub fn build_fallible(
			&mut self,
			code_hash: Hash,
			code: Option<u32>,
			salt: Vec<u8>,
		) -> Outcome<Result<AccountId, Failure>> {
			build_create::<FallibleRef>()
				.code_hash(code_hash)
				.endowment(0)
				.exec_input(
					ExecutionInput::new(Selector::new(ink::selector_bytes!("new"))).push_arg(code),
				)
				.salt_bytes(salt)
				.returns::<Result<FallibleRef, Failure>>()
				.try_instantiate()
				.map(|built| built.map(|made| made.map(|contract| contract.to_account_id())))
				.into()
		}

		/// The contract that was built last.
		#[ink(message)]
		pub fn last(&self) -> Option<AccountId> {
			self.last
		}

		fn outcome(
			&mut self,
			result: Result<ConstructorResult<FlipperRef>, Error>,
		) -> Outcome<AccountId> {
			result.map(|built| built.map(|made| self.remember(made.to_account_id()))).into()
		}

		fn remember(&mut self, contract: AccountId) -> AccountId {
			self.last = Some(contract);
			contract
		}
	}
}

#[cfg(all(feature = "std", not(feature = "ink-as-dependency")))]
fn main() {
	shared::print_metadata();
}
