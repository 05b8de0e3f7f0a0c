//! The door to the chain, for unit tests of what stands behind it.

use super::{Account, BalanceExt, CallExt, ContextExt, EventExt, Halt, MeterExt, StorageExt};
use crate::{
	limits,
	meter::{cost, GasMeter},
	types::CapabilitySet,
};
use caisson_contracts_abi::{Abi, HostCost};
use sp_runtime::{DispatchError, Weight};
use std::collections::{BTreeMap, VecDeque};

type Weights = <crate::mock::Test as crate::Config>::WeightInfo;

/// A chain of one contract.
pub(crate) struct MockExt {
	pub(crate) abi: Abi,
	pub(crate) meter: GasMeter,
	pub(crate) capabilities: CapabilitySet,
	pub(crate) read_only: bool,
	pub(crate) storage: BTreeMap<Vec<u8>, Vec<u8>>,
	pub(crate) balances: BTreeMap<Account, u128>,
	pub(crate) events: Vec<(Vec<[u8; 32]>, Vec<u8>)>,
	pub(crate) log: Vec<Vec<u8>>,
	pub(crate) abi_gas: u64,
	pub(crate) pages: u32,
	/// What sub-calls return, in order; without an entry they fail.
	pub(crate) callees: VecDeque<Result<Vec<u8>, Halt>>,
	/// The sub-calls that were made.
	pub(crate) calls: Vec<(Account, u128, Vec<u8>)>,
}

impl MockExt {
	/// The running contract.
	pub(crate) const ACCOUNT: Account = [7; 32];
	/// Its caller.
	pub(crate) const CALLER: Account = [8; 32];

	pub(crate) fn new(abi: Abi) -> Self {
		Self {
			abi,
			meter: GasMeter::new(Weight::from_parts(1_000_000_000_000, 10_000_000)),
			capabilities: CapabilitySet::all(),
			read_only: false,
			storage: BTreeMap::new(),
			balances: BTreeMap::from([(Self::ACCOUNT, 1_000)]),
			events: Vec::new(),
			log: Vec::new(),
			abi_gas: 0,
			pages: 0,
			callees: VecDeque::new(),
			calls: Vec::new(),
		}
	}

	/// What a guest could have changed.
	pub(crate) fn effects(&self) -> impl PartialEq + core::fmt::Debug {
		(self.storage.clone(), self.balances.clone(), self.events.clone(), self.calls.len())
	}
}

impl ContextExt for MockExt {
	fn abi(&self) -> Abi {
		self.abi
	}
	fn caller(&self) -> Option<Account> {
		Some(Self::CALLER)
	}
	fn account(&self) -> Account {
		Self::ACCOUNT
	}
	fn now_millis(&self) -> u64 {
		1_700_000_000_999
	}
	fn block_number(&self) -> u64 {
		42
	}
	fn is_read_only(&self) -> bool {
		self.read_only
	}
	fn capabilities(&self) -> CapabilitySet {
		self.capabilities
	}
	fn spare_pages(&self) -> u32 {
		limits::STACK_PAGES
	}
	fn set_pages(&mut self, pages: u32) {
		self.pages = pages;
	}
}

impl MeterExt for MockExt {
	fn meter(&mut self) -> &mut GasMeter {
		&mut self.meter
	}
	fn weigh(&self, cost: HostCost, units: u32) -> Weight {
		cost::host::<Weights>(cost, units)
	}
	fn weigh_units(&self, cost: HostCost, units: u32) -> Weight {
		cost::host_units::<Weights>(cost, units)
	}
	fn weigh_abi_gas(&self, gas: u64) -> Weight {
		Weight::from_parts(1_000, 0).saturating_mul(gas)
	}
	fn count_abi_gas(&mut self, gas: u64) {
		self.abi_gas += gas;
	}
}

impl StorageExt for MockExt {
	fn storage(&mut self, key: &[u8]) -> Option<Vec<u8>> {
		self.storage.get(key).cloned()
	}
	fn storage_len(&mut self, key: &[u8]) -> Option<u32> {
		self.storage.get(key).map(|value| value.len() as u32)
	}
	fn storage_bytes(&mut self) -> u32 {
		self.storage.values().map(|value| value.len() as u32).sum()
	}
	fn set_storage(&mut self, key: &[u8], value: Option<Vec<u8>>) -> Result<(), DispatchError> {
		assert!(!self.read_only, "a host function writes in a read-only frame");
		match value {
			Some(value) => self.storage.insert(key.to_vec(), value),
			None => self.storage.remove(key),
		};
		Ok(())
	}
}

impl CallExt for MockExt {
	fn call(
		&mut self,
		dest: Account,
		value: u128,
		_gas_limit: Weight,
		data: Vec<u8>,
	) -> Result<Vec<u8>, Halt> {
		self.calls.push((dest, value, data));
		self.callees.pop_front().unwrap_or(Err(DispatchError::Other("no callee").into()))
	}
}

impl EventExt for MockExt {
	fn emit(&mut self, topics: Vec<[u8; 32]>, data: Vec<u8>) {
		self.events.push((topics, data));
	}
	fn events_emitted(&self) -> u32 {
		self.events.len() as u32
	}
	fn log(&mut self, line: Vec<u8>) {
		self.log.push(line);
	}
	fn log_bytes(&self) -> u32 {
		self.log.iter().map(|line| line.len() as u32 + 1).sum()
	}
}

impl BalanceExt for MockExt {
	fn balance_of(&self, account: Account) -> u128 {
		self.balances.get(&account).copied().unwrap_or(0)
	}
	fn transfer(&mut self, to: Account, amount: u128) -> Result<(), DispatchError> {
		assert!(!self.read_only, "a host function moves money in a read-only frame");
		let own = self.balances.entry(Self::ACCOUNT).or_default();
		*own = own.checked_sub(amount).ok_or(DispatchError::Other("too little"))?;
		*self.balances.entry(to).or_default() += amount;
		Ok(())
	}
}
