//! The door to the chain, as the call stack opens it.

use super::{
	Account, BalanceExt, CallExt, ContextExt, EventExt, Halt, MeterExt, Stack, StorageExt,
};
use crate::{
	limits,
	meter::{cost, GasMeter},
	state::child_trie,
	types::{CapabilitySet, Origin},
	BalanceOf, Config, Error, Event, Pallet,
};
use alloc::vec::Vec;
use caisson_contracts_abi::{Abi, HostCost};
use caisson_contracts_api::StorageChange;
use frame_support::traits::{
	fungible::{Inspect, Mutate},
	tokens::Preservation,
	Get, Time,
};
use sp_runtime::{traits::UniqueSaturatedInto, DispatchError, Weight};

impl<T: Config> ContextExt for Stack<T> {
	fn abi(&self) -> Abi {
		self.top_ref().abi
	}

	fn caller(&self) -> Option<Account> {
		match &self.top_ref().caller {
			Origin::Signed(account) => Some(account.clone().into()),
			Origin::Root => None,
		}
	}

	fn account(&self) -> Account {
		self.top_ref().account.clone().into()
	}

	fn now_millis(&self) -> u64 {
		T::Time::now().unique_saturated_into()
	}

	fn block_number(&self) -> u64 {
		frame_system::Pallet::<T>::block_number().unique_saturated_into()
	}

	fn is_read_only(&self) -> bool {
		self.top_ref().read_only
	}

	fn capabilities(&self) -> CapabilitySet {
		self.top_ref().capabilities
	}

	fn spare_pages(&self) -> u32 {
		let (_, waiting) = self.frames.split_last().unwrap_or((self.top_ref(), &[]));
		let held = waiting.iter().fold(0u32, |sum, frame| sum.saturating_add(frame.pages));
		limits::STACK_PAGES.saturating_sub(held)
	}

	fn set_pages(&mut self, pages: u32) {
		self.top().pages = pages;
	}
}

impl<T: Config> MeterExt for Stack<T> {
	fn meter(&mut self) -> &mut GasMeter {
		&mut self.top().meter
	}

	fn weigh(&self, cost: HostCost, units: u32) -> Weight {
		cost::host::<T::WeightInfo>(cost, units)
	}

	fn weigh_units(&self, cost: HostCost, units: u32) -> Weight {
		cost::host_units::<T::WeightInfo>(cost, units)
	}

	fn weigh_abi_gas(&self, gas: u64) -> Weight {
		T::AbiGasPrice::get().saturating_mul(gas)
	}

	fn count_abi_gas(&mut self, gas: u64) {
		let frame = self.top();
		frame.abi_gas = frame.abi_gas.saturating_add(gas);
	}
}

impl<T: Config> StorageExt for Stack<T> {
	fn storage(&mut self, key: &[u8]) -> Option<Vec<u8>> {
		child_trie::read(&self.top_ref().trie, key)
	}

	fn storage_len(&mut self, key: &[u8]) -> Option<u32> {
		child_trie::len(&self.top_ref().trie, key)
	}

	fn storage_bytes(&mut self) -> u32 {
		let frame = self.top_ref();
		frame.info.bytes_with(&frame.diff)
	}

	fn set_storage(&mut self, key: &[u8], value: Option<Vec<u8>>) -> Result<(), DispatchError> {
		if self.top_ref().read_only {
			return Err(Error::<T>::StateChangeDenied.into());
		}
		let old_len = self.storage_len(key);
		let new_len = value.as_deref().map(crate::host::byte_len);
		if self.trace.is_some() {
			let change = StorageChange {
				contract: self.top_ref().account.clone(),
				key: key.to_vec(),
				old: self.storage(key),
				new: value.clone(),
			};
			if let Some(trace) = &mut self.trace {
				trace.write(change);
			}
		}
		let frame = self.top();
		frame.diff.record(old_len, new_len);
		child_trie::write(&frame.trie, key, value.as_deref());
		Ok(())
	}
}

impl<T: Config> CallExt for Stack<T> {
	fn call(
		&mut self,
		dest: Account,
		value: u128,
		gas_limit: Weight,
		data: Vec<u8>,
	) -> Result<Vec<u8>, Halt> {
		let value: BalanceOf<T> = value.try_into().map_err(|_| Error::<T>::TransferFailed)?;
		let frame = self.top_ref();
		let (caller, read_only) = (Origin::Signed(frame.account.clone()), frame.read_only);
		let child = frame.meter.nested(gas_limit);
		let mut after = child;
		let output =
			self.call_contract(dest.into(), caller, value, child, data, read_only, &mut after);
		self.top().meter.absorb(&after);
		output
	}
}

impl<T: Config> EventExt for Stack<T> {
	fn emit(&mut self, topics: Vec<[u8; 32]>, data: Vec<u8>) {
		let frame = self.top();
		frame.events = frame.events.saturating_add(1);
		let contract = frame.account.clone();
		let topics: Vec<T::Hash> = topics.into_iter().map(Into::into).collect();
		let event = Event::<T>::ContractEmitted { contract, data };
		frame_system::Pallet::<T>::deposit_event_indexed(
			&topics,
			<T as frame_system::Config>::RuntimeEvent::from(event),
		);
	}

	fn events_emitted(&self) -> u32 {
		self.top_ref().events
	}

	fn log(&mut self, line: Vec<u8>) {
		self.log_bytes =
			self.log_bytes.saturating_add(crate::host::byte_len(&line)).saturating_add(1);
		self.log.push(line);
	}

	fn log_bytes(&self) -> u32 {
		self.log_bytes
	}
}

impl<T: Config> BalanceExt for Stack<T> {
	fn balance_of(&self, account: Account) -> u128 {
		T::Currency::balance(&account.into()).into()
	}

	fn transfer(&mut self, to: Account, amount: u128) -> Result<(), DispatchError> {
		let amount: BalanceOf<T> = amount.try_into().map_err(|_| Error::<T>::TransferFailed)?;
		let from = self.top_ref().account.clone();
		T::Currency::transfer(&from, &to.into(), amount, Preservation::Preserve)
			.map(|_| ())
			.map_err(|_| Error::<T>::TransferFailed.into())
	}
}

/// Emits what a root call leaves in the block beside its contracts' events.
pub(crate) fn deposit_executed<T: Config>(outcome: &super::Outcome<T>) {
	if let Some(contract) = &outcome.contract {
		Pallet::<T>::deposit_event(Event::Executed {
			contract: contract.clone(),
			gas_consumed: outcome.gas_consumed,
			abi_gas: outcome.abi_gas,
			logs: outcome.logs.clone(),
		});
	}
}
