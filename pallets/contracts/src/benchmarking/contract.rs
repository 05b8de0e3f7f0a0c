//! Contracts of the benchmarks, and running them.

use super::guest::Guest;
use crate::{
	code::{self, store},
	exec::{Mode, Outcome, RootCall, Target},
	sandbox,
	state::child_trie,
	types::{CapabilitySet, Origin, TrieId},
	BalanceOf, Config, ContractInfoOf, Pallet,
};
use alloc::vec::Vec;
use caisson_contracts_api::{Code, Determinism};
use codec::Encode;
use frame_benchmarking::{v2::BenchmarkError, whitelisted_caller};
use frame_support::traits::fungible::{Inspect, Mutate};
use sp_runtime::{traits::Bounded, Weight};

/// What a setup comes to.
pub(super) type Setup<R> = Result<R, BenchmarkError>;

/// More money than anything here costs, and so little that several accounts may have it.
pub(super) fn riches<T: Config>() -> BalanceOf<T> {
	BalanceOf::<T>::max_value() / 64u32.into()
}

/// The most that a call may have held.
pub(super) fn deposit_limit<T: Config>() -> BalanceOf<T> {
	riches::<T>() / 2u32.into()
}

/// The caller, with enough money.
pub(super) fn caller<T: Config>() -> T::AccountId {
	let caller: T::AccountId = whitelisted_caller();
	T::Currency::set_balance(&caller, riches::<T>());
	caller
}

/// Another account for every number.
pub(super) fn account<T: Config>(number: u32) -> T::AccountId {
	sp_io::hashing::blake2_256(&(b"benchmark", number).encode()).into()
}

/// Stores a code.
pub(super) fn upload<T: Config>(code: Vec<u8>) -> Setup<T::Hash> {
	let owner = caller::<T>();
	code::with_all_open(|| store::upload::<T>(&owner, code, None, Determinism::Enforced))
		.map(|uploaded| uploaded.hash)
		.map_err(|error| {
			log::error!(target: "runtime::contracts", "a benchmark's code: {error:?}");
			BenchmarkError::Stop("a benchmark's code is refused")
		})
}

/// A contract.
pub(super) struct Contract<T: Config> {
	pub(super) account: T::AccountId,
}

impl<T: Config> Contract<T> {
	/// Makes one of `guest`.
	pub(super) fn new(guest: &Guest) -> Setup<Self> {
		let code_hash = upload::<T>(guest.build())?;
		let outcome = code::with_all_open(|| {
			Pallet::<T>::upload_and_instantiate(
				None,
				caller::<T>(),
				T::Currency::minimum_balance(),
				Weight::MAX,
				Some(deposit_limit::<T>()),
				Code::Existing(code_hash),
				Vec::new(),
				Vec::new(),
				CapabilitySet::all(),
				Mode::Execute,
			)
		})
		.map_err(|_| BenchmarkError::Stop("a benchmark's contract is refused"))?;
		match (outcome.dispatch_result(), outcome.contract) {
			(Ok(()), Some(account)) => Ok(Self { account }),
			_ => Err(BenchmarkError::Stop("a benchmark's contract cannot be made")),
		}
	}

	/// Makes many, each of a code of its own that does the same.
	pub(super) fn many(guest: &Guest, count: u32) -> Setup<Vec<Self>> {
		(0..count).map(|number| Self::new(&guest.clone().numbered(number))).collect()
	}

	/// Gives it money.
	pub(super) fn rich(self) -> Self {
		T::Currency::set_balance(&self.account, riches::<T>());
		self
	}

	/// Gives it entries, all of `len` bytes. Nothing is held for them.
	pub(super) fn with_entries(self, keys: impl Iterator<Item = Vec<u8>>, len: u32) -> Self {
		let value = alloc::vec![1; len as usize];
		ContractInfoOf::<T>::mutate(&self.account, |info| {
			let Some(info) = info else { return };
			for key in keys {
				write(&info.trie_id, &key, &value);
				info.storage_items = info.storage_items.saturating_add(1);
				info.storage_bytes = info.storage_bytes.saturating_add(len);
			}
		});
		self
	}

	/// A call of it without arguments.
	pub(super) fn call(&self) -> Run<T> {
		self.call_with(Vec::new())
	}

	/// A call of it.
	pub(super) fn call_with(&self, data: Vec<u8>) -> Run<T> {
		// A block's author finds no module parsed.
		sandbox::forget();
		Run {
			call: RootCall {
				origin: Origin::Signed(caller::<T>()),
				value: 0u32.into(),
				gas_limit: Weight::MAX,
				deposit_limit: Some(deposit_limit::<T>()),
				target: Target::Call { dest: self.account.clone(), data },
				mode: Mode::Execute,
				read_only: false,
			},
			fails: false,
		}
	}
}

/// Writes an entry of a trie.
pub(super) fn write(trie: &TrieId, key: &[u8], value: &[u8]) {
	child_trie::write(&child_trie::info(trie), key.into(), Some(value));
}

/// A root call that is ready to run.
pub(super) struct Run<T: Config> {
	call: RootCall<T>,
	fails: bool,
}

impl<T: Config> Run<T> {
	/// One that ends with an error.
	pub(super) fn failing(self) -> Self {
		Self { fails: true, ..self }
	}

	/// Runs it.
	pub(super) fn go(&self) -> Outcome<T> {
		code::with_all_open(|| Pallet::<T>::run(self.call.clone()))
	}

	/// Checks what came of it.
	pub(super) fn check(&self, outcome: &Outcome<T>) -> Setup<()> {
		if outcome.dispatch_result().is_err() == self.fails {
			return Ok(());
		}
		log::error!(target: "runtime::contracts", "a benchmark's call: {:?}", outcome.halt);
		Err(BenchmarkError::Stop("a benchmark's call does not end as it should"))
	}
}
