//! The door to the chain, for unit tests of what stands behind it.

use super::{
	touched::Touched, Access, Account, BalanceExt, CallError, CallExt, CallRequest, CodeExt,
	ContextExt, EventExt, Halt, Hash, InstantiateRequest, Key, MeterExt, Refusal, RuntimeExt,
	StorageExt, TransientExt,
};
use crate::{
	limits,
	meter::{cost, GasMeter},
	mock::Test,
	types::CapabilitySet,
};
use caisson_contracts_abi::{Abi, HostCost};
use sp_runtime::{DispatchError, Weight};
use std::collections::{BTreeMap, VecDeque};

type Weights = <Test as crate::Config>::WeightInfo;

/// A chain of one contract.
pub(crate) struct MockExt {
	pub(crate) abi: Abi,
	pub(crate) meter: GasMeter,
	pub(crate) capabilities: CapabilitySet,
	pub(crate) read_only: bool,
	/// Entries at keys of any length.
	pub(crate) storage: BTreeMap<Vec<u8>, Vec<u8>>,
	/// Entries at keys of 32 bytes of the older versions of `seal`.
	pub(crate) fixed: BTreeMap<[u8; 32], Vec<u8>>,
	pub(crate) transient: BTreeMap<Vec<u8>, Vec<u8>>,
	pub(crate) balances: BTreeMap<Account, u128>,
	pub(crate) touched: Touched<Test>,
	pub(crate) events: Vec<(Vec<[u8; 32]>, Vec<u8>)>,
	pub(crate) log: Vec<Vec<u8>>,
	pub(crate) debug: String,
	pub(crate) abi_gas: u64,
	pub(crate) pages: u32,
	/// What sub-calls return, in order; without an entry they fail.
	pub(crate) callees: VecDeque<Result<Vec<u8>, CallError>>,
	/// The sub-calls that were made.
	pub(crate) calls: Vec<CallRequest>,
	/// The delegated calls that were made.
	pub(crate) delegated: Vec<(Hash, Vec<u8>)>,
	/// The contracts that were made.
	pub(crate) instantiated: Vec<InstantiateRequest>,
	pub(crate) code_hash: Hash,
	pub(crate) dependencies: Vec<Hash>,
	/// Who got the money of the contract when it ended.
	pub(crate) beneficiary: Option<Account>,
	/// What the runtime was asked for: calls, programs, destinations and programs, inputs of extensions.
	pub(crate) asked: Vec<Vec<u8>>,
	/// Whether the runtime does what it is asked for.
	pub(crate) runtime_succeeds: bool,
}

impl MockExt {
	/// The running contract.
	pub(crate) const ACCOUNT: Account = [7; 32];
	/// Its caller.
	pub(crate) const CALLER: Account = [8; 32];
	/// Another contract: the one that is made, and has the code [`Self::CODE`].
	pub(crate) const OTHER: Account = [9; 32];
	/// The only code on chain beside the contract's own.
	pub(crate) const CODE: Hash = [6; 32];

	pub(crate) const NO_MONEY: DispatchError = DispatchError::Other("too little");
	pub(crate) const NO_CODE: DispatchError = DispatchError::Other("no code");
	pub(crate) const NO_CONTRACT: DispatchError = DispatchError::Other("no contract");
	/// An error that `seal` has no code for.
	pub(crate) const NO_CALLEE: DispatchError = DispatchError::Other("no callee");

	pub(crate) fn new(abi: Abi) -> Self {
		Self {
			abi,
			meter: GasMeter::new(Weight::from_parts(1_000_000_000_000, 10_000_000)),
			capabilities: CapabilitySet::all(),
			read_only: false,
			storage: BTreeMap::new(),
			fixed: BTreeMap::new(),
			transient: BTreeMap::new(),
			balances: BTreeMap::from([(Self::ACCOUNT, 1_000)]),
			touched: Touched::new(),
			events: Vec::new(),
			log: Vec::new(),
			debug: String::new(),
			abi_gas: 0,
			pages: 0,
			callees: VecDeque::new(),
			calls: Vec::new(),
			delegated: Vec::new(),
			instantiated: Vec::new(),
			code_hash: [5; 32],
			dependencies: Vec::new(),
			beneficiary: None,
			asked: Vec::new(),
			runtime_succeeds: true,
		}
	}

	/// What a guest could have changed.
	pub(crate) fn effects(&self) -> impl PartialEq + core::fmt::Debug {
		let entries = (self.storage.clone(), self.fixed.clone(), self.transient.clone());
		let code = (self.code_hash, self.dependencies.clone(), self.beneficiary);
		let calls = (self.calls.clone(), self.delegated.clone(), self.instantiated.clone());
		(entries, code, calls, self.balances.clone(), self.events.clone(), self.asked.clone())
	}

	fn next_callee(&mut self) -> Result<Vec<u8>, CallError> {
		self.callees.pop_front().unwrap_or(Err(Self::NO_CALLEE.into()))
	}

	fn ask(&mut self, what: Vec<u8>) -> bool {
		self.asked.push(what);
		self.runtime_succeeds
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
	fn refusal(&self, error: &DispatchError) -> Option<Refusal> {
		match *error {
			Self::NO_MONEY => Some(Refusal::TransferFailed),
			Self::NO_CODE => Some(Refusal::CodeNotFound),
			Self::NO_CONTRACT => Some(Refusal::ContractNotFound),
			_ => None,
		}
	}
	fn value_transferred(&self) -> u128 {
		77
	}
	fn caller_is_origin(&self) -> bool {
		true
	}
	fn caller_is_root(&self) -> bool {
		false
	}
	fn own_code_hash(&self) -> Hash {
		self.code_hash
	}
	fn code_hash_of(&self, account: Account) -> Option<Hash> {
		match account {
			Self::ACCOUNT => Some(self.code_hash),
			Self::OTHER => Some(Self::CODE),
			_ => None,
		}
	}
	fn instantiation_nonce(&self) -> u64 {
		3
	}
	fn frames_of(&self, account: Account) -> u32 {
		if account == Self::ACCOUNT {
			2
		} else {
			0
		}
	}
	fn random(&self, subject: &[u8]) -> (Hash, u64) {
		(sp_io::hashing::blake2_256(subject), 40)
	}
	fn weight_price(&self, weight: Weight) -> u128 {
		u128::from(weight.ref_time()) + 10 * u128::from(weight.proof_size())
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
	fn storage<'k>(&mut self, key: impl Into<Key<'k>>) -> Option<Vec<u8>> {
		match key.into() {
			Key::Var(key) => self.storage.get(key).cloned(),
			Key::Fix(key) => self.fixed.get(key).cloned(),
		}
	}
	fn storage_len<'k>(&mut self, key: impl Into<Key<'k>>) -> Option<u32> {
		self.storage(key).map(|value| value.len() as u32)
	}
	fn touch<'k>(&mut self, key: impl Into<Key<'k>>, access: Access) -> Weight {
		let before = self.touched.entry(&Self::ACCOUNT.into(), key.into(), access);
		cost::touch::<Weights>(before, access)
	}
	fn storage_bytes(&mut self) -> u32 {
		let values = self.storage.values().chain(self.fixed.values());
		values.map(|value| value.len() as u32).sum()
	}
	fn set_storage<'k>(
		&mut self,
		key: impl Into<Key<'k>>,
		value: Option<Vec<u8>>,
	) -> Result<(), DispatchError> {
		assert!(!self.read_only, "a host function writes in a read-only frame");
		match (key.into(), value) {
			(Key::Var(key), Some(value)) => self.storage.insert(key.to_vec(), value),
			(Key::Var(key), None) => self.storage.remove(key),
			(Key::Fix(key), Some(value)) => self.fixed.insert(*key, value),
			(Key::Fix(key), None) => self.fixed.remove(key),
		};
		Ok(())
	}
}

impl TransientExt for MockExt {
	fn transient(&self, key: &[u8]) -> Option<Vec<u8>> {
		self.transient.get(key).cloned()
	}
	fn transient_len(&self, key: &[u8]) -> Option<u32> {
		self.transient.get(key).map(|value| value.len() as u32)
	}
	fn set_transient(&mut self, key: &[u8], value: Option<Vec<u8>>) -> Result<(), DispatchError> {
		match value {
			Some(value) => self.transient.insert(key.to_vec(), value),
			None => self.transient.remove(key),
		};
		Ok(())
	}
}

impl CallExt for MockExt {
	fn call(&mut self, request: CallRequest) -> Result<Vec<u8>, CallError> {
		self.calls.push(request);
		self.next_callee()
	}
	fn delegate_call(&mut self, code_hash: Hash, data: Vec<u8>) -> Result<Vec<u8>, CallError> {
		self.delegated.push((code_hash, data));
		self.next_callee()
	}
	fn instantiate(
		&mut self,
		request: InstantiateRequest,
	) -> Result<(Account, Vec<u8>), CallError> {
		self.instantiated.push(request);
		self.next_callee().map(|output| (Self::OTHER, output))
	}
}

impl CodeExt for MockExt {
	fn set_code_hash(&mut self, code_hash: Hash) -> Result<(), DispatchError> {
		if code_hash != Self::CODE {
			return Err(Self::NO_CODE);
		}
		self.code_hash = code_hash;
		Ok(())
	}
	fn lock_dependency(&mut self, code_hash: Hash) -> Result<(), DispatchError> {
		if code_hash != Self::CODE {
			return Err(Self::NO_CODE);
		}
		self.dependencies.push(code_hash);
		Ok(())
	}
	fn unlock_dependency(&mut self, code_hash: Hash) -> Result<(), DispatchError> {
		let at = self.dependencies.iter().position(|locked| *locked == code_hash);
		self.dependencies.remove(at.ok_or(Self::NO_CODE)?);
		Ok(())
	}
	fn dependencies(&self) -> u32 {
		self.dependencies.len() as u32
	}
	fn terminate(&mut self, beneficiary: Account) -> Result<(), DispatchError> {
		self.beneficiary = Some(beneficiary);
		Ok(())
	}
}

impl RuntimeExt for MockExt {
	fn call_runtime(&mut self, call: &[u8]) -> Result<bool, Halt> {
		Ok(self.ask(call.to_vec()))
	}
	fn xcm_execute(&mut self, message: &[u8]) -> Result<bool, Halt> {
		Ok(self.ask(message.to_vec()))
	}
	fn xcm_send(&mut self, dest: &[u8], message: &[u8]) -> Result<Option<Hash>, Halt> {
		// A destination is one byte here.
		let what = dest.iter().take(1).chain(message).copied().collect();
		Ok(self.ask(what).then_some([4; 32]))
	}
	fn chain_extension(
		&mut self,
		id: u32,
		input: &[u8],
		output_cap: u32,
	) -> Result<(u32, Option<Vec<u8>>), Halt> {
		self.asked.push(input.to_vec());
		Ok((id, self.runtime_succeeds.then(|| output_cap.to_le_bytes().to_vec())))
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
	fn debug(&mut self, text: &str) {
		self.debug.push_str(text);
	}
}

impl BalanceExt for MockExt {
	fn balance_of(&self, account: Account) -> u128 {
		self.balances.get(&account).copied().unwrap_or(0)
	}
	fn own_balance(&self) -> u128 {
		self.balance_of(Self::ACCOUNT).saturating_sub(self.minimum_balance())
	}
	fn minimum_balance(&self) -> u128 {
		1
	}
	fn transfer(&mut self, to: Account, amount: u128) -> Result<(), DispatchError> {
		assert!(!self.read_only, "a host function moves money in a read-only frame");
		let own = self.balances.entry(Self::ACCOUNT).or_default();
		*own = own.checked_sub(amount).ok_or(Self::NO_MONEY)?;
		*self.balances.entry(to).or_default() += amount;
		Ok(())
	}
}
