//! The door to the chain, as the call stack opens it.

use super::{
	stack::{Bounds, Making},
	Access, Account, BalanceExt, CallError, CallExt, CallRequest, CodeExt, ContextExt, EventExt,
	Halt, InstantiateRequest, Key, MeterExt, Refusal, RuntimeExt, Stack, StorageExt, TransientExt,
};
use crate::{
	code::store,
	extension::{ChainExtension, ExtensionCall, XcmController},
	limits,
	meter::{cost, GasMeter},
	state::{child_trie, deletion},
	types::{CapabilitySet, Origin},
	BalanceOf, Config, ContractInfoOf, ContractSettingsOf, Error, Event, Nonce, Pallet,
};
use alloc::vec::Vec;
use caisson_contracts_abi::{Abi, HostCost};
use caisson_contracts_api::{StorageChange, StorageDeposit};
use codec::DecodeLimit;
use frame_support::{
	defensive,
	dispatch::{extract_actual_weight, GetDispatchInfo, RawOrigin},
	ensure,
	traits::{
		fungible::Inspect,
		tokens::{Fortitude, Preservation},
		Contains, Get, OriginTrait, Randomness, Time,
	},
};
use sp_runtime::{
	traits::{Bounded, Convert, Dispatchable, UniqueSaturatedInto, Zero},
	DispatchError, Saturating, Weight,
};

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
		*self.now.get_or_init(|| T::Time::now().unique_saturated_into())
	}

	fn block_number(&self) -> u64 {
		let read = || frame_system::Pallet::<T>::block_number().unique_saturated_into();
		*self.height.get_or_init(read)
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

	fn refusal(&self, error: &DispatchError) -> Option<Refusal> {
		[
			(Error::<T>::TransferFailed, Refusal::TransferFailed),
			(Error::<T>::CodeNotFound, Refusal::CodeNotFound),
			(Error::<T>::ContractNotFound, Refusal::ContractNotFound),
		]
		.into_iter()
		.find_map(|(own, refusal)| (DispatchError::from(own) == *error).then_some(refusal))
	}

	fn value_transferred(&self) -> u128 {
		self.top_ref().value.into()
	}

	fn caller_is_origin(&self) -> bool {
		self.top_ref().caller == self.origin
	}

	fn caller_is_root(&self) -> bool {
		self.caller_is_origin() && self.origin == Origin::Root
	}

	fn own_code_hash(&self) -> super::Hash {
		self.top_ref().info.code_hash.into()
	}

	fn code_hash_of(&self, account: Account) -> Option<super::Hash> {
		let account: T::AccountId = account.into();
		if self.is_being_made(&account) {
			return None;
		}
		// What a frame on the stack has of it may not be written yet.
		let waiting = self.frames.iter().rev().find(|frame| frame.account == account);
		match waiting {
			Some(frame) => (!frame.is_terminated).then_some(frame.info.code_hash),
			None => ContractInfoOf::<T>::get(&account).map(|info| info.code_hash),
		}
		.map(Into::into)
	}

	fn instantiation_nonce(&self) -> u64 {
		Nonce::<T>::get()
	}

	fn frames_of(&self, account: Account) -> u32 {
		let account: T::AccountId = account.into();
		let of = |frame: &&super::frame::Frame<T>| !frame.is_delegated && frame.account == account;
		u32::try_from(self.frames.iter().filter(of).count()).unwrap_or(u32::MAX)
	}

	fn random(&self, subject: &[u8]) -> (super::Hash, u64) {
		let (seed, since) = T::Randomness::random(subject);
		(seed.into(), since.unique_saturated_into())
	}

	fn weight_price(&self, weight: Weight) -> u128 {
		T::WeightPrice::convert(weight).into()
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
	fn storage<'k>(&mut self, key: impl Into<Key<'k>>) -> Option<Vec<u8>> {
		child_trie::read(&self.top_ref().trie, key.into())
	}

	fn storage_len<'k>(&mut self, key: impl Into<Key<'k>>) -> Option<u32> {
		child_trie::len(&self.top_ref().trie, key.into())
	}

	fn touch<'k>(&mut self, key: impl Into<Key<'k>>, access: Access) -> Weight {
		// Not by `top_ref`, which borrows all of the stack.
		let Some(frame) = self.frames.last() else { return Weight::zero() };
		let before = self.touched.entry(&frame.account, key.into(), access);
		cost::touch::<T::WeightInfo>(before, access)
	}

	fn storage_bytes(&mut self) -> u32 {
		let frame = self.top_ref();
		frame.info.bytes_with(&frame.diff)
	}

	fn set_storage<'k>(
		&mut self,
		key: impl Into<Key<'k>>,
		value: Option<Vec<u8>>,
	) -> Result<(), DispatchError> {
		let key = key.into();
		if self.top_ref().read_only {
			return Err(Error::<T>::StateChangeDenied.into());
		}
		let old_len = self.storage_len(key);
		let new_len = value.as_deref().map(crate::host::byte_len);
		if self.trace.is_some() {
			let change = StorageChange {
				contract: self.top_ref().account.clone(),
				key: key.bytes().to_vec(),
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

impl<T: Config> TransientExt for Stack<T> {
	fn transient(&self, key: &[u8]) -> Option<Vec<u8>> {
		self.transient.get(&self.top_ref().account, key).cloned()
	}

	fn transient_len(&self, key: &[u8]) -> Option<u32> {
		let value = self.transient.get(&self.top_ref().account, key)?;
		Some(crate::host::byte_len(value))
	}

	fn set_transient(&mut self, key: &[u8], value: Option<Vec<u8>>) -> Result<(), DispatchError> {
		let account = self.top_ref().account.clone();
		self.transient.set(&account, key, value)
	}
}

impl<T: Config> Stack<T> {
	/// An amount of money as a guest names it.
	fn amount(amount: u128) -> Result<BalanceOf<T>, DispatchError> {
		amount.try_into().map_err(|_| Error::<T>::TransferFailed.into())
	}

	/// A limit of deposits as a guest names it: one that no account could pay limits nothing.
	fn limit(limit: u128) -> BalanceOf<T> {
		limit.try_into().unwrap_or_else(|_| BalanceOf::<T>::max_value())
	}

	/// Runs a sub-call on a meter of its own; the running frame pays what was used.
	fn nested<R>(
		&mut self,
		gas_limit: Weight,
		run: impl FnOnce(&mut Self, &mut GasMeter) -> Result<R, CallError>,
	) -> Result<R, CallError> {
		let mut child = self.top_ref().meter.nested(gas_limit);
		let mut result = run(self, &mut child);
		self.top().meter.absorb(&child);
		if let Err(CallError { halt: Halt::OutOfGas, in_callee }) = &mut result {
			// The limit was the sub-call's, even where it was too little to enter it.
			*in_callee = true;
			// What it used up may have been all that there is.
			self.top().meter.exhaust_if_short();
		}
		result
	}
}

impl<T: Config> CallExt for Stack<T> {
	fn call(&mut self, request: CallRequest) -> Result<Vec<u8>, CallError> {
		let value = Self::amount(request.value)?;
		let frame = self.top();
		frame.allows_reentry = request.allow_reentry;
		let caller = Origin::Signed(frame.account.clone());
		let bounds = Bounds {
			read_only: frame.read_only || request.read_only,
			deposit_limit: Self::limit(request.deposit_limit),
		};
		let result = self.nested(request.gas_limit, |stack, meter| {
			stack.call_contract(request.dest.into(), caller, value, request.data, bounds, meter)
		});
		self.top().allows_reentry = true;
		result
	}

	fn delegate_call(
		&mut self,
		code_hash: super::Hash,
		data: Vec<u8>,
	) -> Result<Vec<u8>, CallError> {
		self.nested(Weight::zero(), |stack, meter| stack.delegate(code_hash.into(), data, meter))
	}

	fn instantiate(
		&mut self,
		request: InstantiateRequest,
	) -> Result<(Account, Vec<u8>), CallError> {
		let making = Making {
			deployer: self.top_ref().account.clone(),
			code_hash: request.code_hash.into(),
			value: Self::amount(request.value)?,
			deposit_limit: Self::limit(request.deposit_limit),
			data: request.data,
			salt: request.salt,
			capabilities: CapabilitySet::all(),
		};
		let mut contract = None;
		let output = self.nested(request.gas_limit, |stack, meter| {
			stack.instantiate_contract(making, &mut contract, meter)
		})?;
		match contract {
			Some(contract) => Ok((contract.into(), output)),
			None => {
				defensive!("a constructor that ran has an address");
				Err(DispatchError::Corruption.into())
			},
		}
	}
}

impl<T: Config> CodeExt for Stack<T> {
	fn set_code_hash(&mut self, code_hash: super::Hash) -> Result<(), DispatchError> {
		let new_code_hash = code_hash.into();
		store::ensure_not_refused::<T>(new_code_hash)?;
		let code_info = store::acquire::<T>(new_code_hash)?;
		let is_free = self.is_free();
		let frame = self.top();
		let old_code_hash = core::mem::replace(&mut frame.info.code_hash, new_code_hash);
		store::release::<T>(old_code_hash);
		frame.is_dirty = true;
		let contract = frame.account.clone();
		if !is_free {
			let deposit = Self::base_deposit(&frame.info, &code_info);
			let old = core::mem::replace(&mut frame.info.storage_base_deposit, deposit);
			let change = if deposit >= old {
				StorageDeposit::Charge(deposit.saturating_sub(old))
			} else {
				StorageDeposit::Refund(old.saturating_sub(deposit))
			};
			self.deposits.record(&contract, change);
		}
		Pallet::<T>::deposit_event(Event::ContractCodeUpdated {
			contract,
			new_code_hash,
			old_code_hash,
		});
		Ok(())
	}

	fn lock_dependency(&mut self, code_hash: super::Hash) -> Result<(), DispatchError> {
		let code_hash: T::Hash = code_hash.into();
		let is_free = self.is_free();
		let frame = self.top();
		ensure!(code_hash != frame.info.code_hash, Error::<T>::CannotAddSelfAsDelegateDependency);
		ensure!(
			!frame.info.delegate_dependencies.contains_key(&code_hash),
			Error::<T>::DelegateDependencyAlreadyExists
		);
		let code_info = store::acquire::<T>(code_hash)?;
		let deposit = if is_free {
			BalanceOf::<T>::zero()
		} else {
			T::CodeHashLockupDepositPercent::get().mul_ceil(code_info.deposit)
		};
		let added = frame.info.delegate_dependencies.try_insert(code_hash, deposit);
		if added.is_err() {
			store::release::<T>(code_hash);
			return Err(Error::<T>::MaxDelegateDependenciesReached.into());
		}
		frame.is_dirty = true;
		let contract = frame.account.clone();
		self.deposits.record(&contract, StorageDeposit::Charge(deposit));
		Ok(())
	}

	fn unlock_dependency(&mut self, code_hash: super::Hash) -> Result<(), DispatchError> {
		let code_hash: T::Hash = code_hash.into();
		let is_free = self.is_free();
		let frame = self.top();
		let deposit = frame
			.info
			.delegate_dependencies
			.remove(&code_hash)
			.ok_or(Error::<T>::DelegateDependencyNotFound)?;
		frame.is_dirty = true;
		store::release::<T>(code_hash);
		if is_free {
			// Root has no account to pay: it stays held for the contract itself.
			let base = &mut frame.info.storage_base_deposit;
			*base = base.saturating_add(deposit);
			return Ok(());
		}
		let contract = frame.account.clone();
		self.deposits.record(&contract, StorageDeposit::Refund(deposit));
		Ok(())
	}

	fn dependencies(&self) -> u32 {
		u32::try_from(self.top_ref().info.delegate_dependencies.len()).unwrap_or(u32::MAX)
	}

	fn terminate(&mut self, beneficiary: Account) -> Result<(), DispatchError> {
		let account = self.top_ref().account.clone();
		let frames = self.frames.iter().filter(|frame| frame.account == account).count();
		ensure!(frames == 1, Error::<T>::TerminatedWhileReentrant);
		let frame = self.top();
		frame.is_terminated = true;
		let info = frame.info.clone();
		deletion::queue::<T>(&info.trie_id);
		ContractInfoOf::<T>::remove(&account);
		ContractSettingsOf::<T>::remove(&account);
		store::release::<T>(info.code_hash);
		for code_hash in info.delegate_dependencies.keys() {
			store::release::<T>(*code_hash);
		}
		let beneficiary: T::AccountId = beneficiary.into();
		self.deposits.terminated(account.clone(), info.total_deposit(), beneficiary.clone());
		Pallet::<T>::deposit_event(Event::Terminated { contract: account, beneficiary });
		Ok(())
	}
}

impl<T: Config> RuntimeExt for Stack<T> {
	fn call_runtime(&mut self, call: &[u8]) -> Result<bool, Halt> {
		let call = <T as Config>::RuntimeCall::decode_all_with_depth_limit(
			limits::RUNTIME_CALL_DEPTH,
			&mut &call[..],
		)
		.map_err(|_| Error::<T>::DecodingFailed)?;
		let info = call.get_dispatch_info();
		self.top().meter.charge(info.call_weight)?;
		let account = self.top_ref().account.clone();
		let mut origin: T::RuntimeOrigin = RawOrigin::Signed(account).into();
		origin.add_filter(T::CallFilter::contains);
		let result = call.dispatch(origin);
		let used = extract_actual_weight(&result, &info);
		self.top().meter.give_back(info.call_weight, used);
		if let Err(error) = &result {
			self.debug("call failed with: ");
			self.debug(error.error.into());
		}
		Ok(result.is_ok())
	}

	fn xcm_execute(&mut self, message: &[u8]) -> Result<bool, Halt> {
		let account = self.top_ref().account.clone();
		let left = self.top_ref().meter.left();
		self.top().meter.charge(left)?;
		let (result, used) = T::Xcm::execute(account, message, left);
		self.top().meter.give_back(left, used);
		Ok(result?)
	}

	fn xcm_send(&mut self, dest: &[u8], message: &[u8]) -> Result<Option<super::Hash>, Halt> {
		self.top().meter.charge(T::Xcm::send_weight())?;
		let account = self.top_ref().account.clone();
		Ok(T::Xcm::send(account, dest, message)?)
	}

	fn chain_extension(
		&mut self,
		id: u32,
		input: &[u8],
		output_cap: u32,
	) -> Result<(u32, Option<Vec<u8>>), Halt> {
		ensure!(T::ChainExtension::enabled(), Error::<T>::NoChainExtension);
		let frame = self.top();
		let (contract, caller) = (frame.account.clone(), frame.caller.clone());
		let read_only = frame.read_only;
		let mut call = ExtensionCall {
			id,
			contract,
			caller,
			read_only,
			input,
			output_cap,
			meter: &mut frame.meter,
		};
		match T::ChainExtension::call(&mut call) {
			Ok(returned) => Ok((returned.code, returned.output)),
			// What an extension could not pay ends the frame as what a host function cannot pay does.
			Err(error) if error == Error::<T>::OutOfGas.into() => Err(Halt::OutOfGas),
			Err(error) => Err(error.into()),
		}
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

	fn debug(&mut self, text: &str) {
		if !self.is_watched() {
			return;
		}
		let spare = (limits::DEBUG_BYTES as usize).saturating_sub(self.debug.len());
		// Cut where a character ends.
		let end = (0..=spare.min(text.len())).rev().find(|end| text.is_char_boundary(*end));
		self.debug.push_str(text.get(..end.unwrap_or(0)).unwrap_or_default());
	}
}

impl<T: Config> BalanceExt for Stack<T> {
	fn balance_of(&self, account: Account) -> u128 {
		T::Currency::balance(&account.into()).into()
	}

	fn own_balance(&self) -> u128 {
		let account = &self.top_ref().account;
		T::Currency::reducible_balance(account, Preservation::Preserve, Fortitude::Polite).into()
	}

	fn minimum_balance(&self) -> u128 {
		T::Currency::minimum_balance().into()
	}

	fn transfer(&mut self, to: Account, amount: u128) -> Result<(), DispatchError> {
		let amount = Self::amount(amount)?;
		Self::transfer_money(&self.top_ref().account, &to.into(), amount)
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
