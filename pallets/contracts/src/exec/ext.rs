//! The one door from host functions to the chain.
//!
//! The rule of this room: no type of FRAME. Accounts and hashes are 32 bytes, money is `u128`, so that
//! `host/`, `entry/` and `sandbox/` can be tested against a mock, and so that what a host function can
//! do is what stands here.

use super::Access;
use crate::{exec::error::Halt, meter::GasMeter, types::CapabilitySet};
use alloc::vec::Vec;
use caisson_contracts_abi::{Abi, HostCost};
use sp_runtime::{DispatchError, Weight};

/// An account as guests know it.
pub type Account = [u8; 32];

/// A hash as guests know it.
pub type Hash = [u8; 32];

/// Where an entry of a contract's storage lies.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Key<'a> {
	/// A key of any length within the ABI's limit.
	Var(&'a [u8]),
	/// A key of 32 bytes of the older versions of `seal`: another entry than the same bytes as
	/// [`Key::Var`].
	Fix(&'a [u8; 32]),
}

impl<'a> Key<'a> {
	/// The bytes that the guest gave.
	pub fn bytes(self) -> &'a [u8] {
		match self {
			Self::Var(bytes) => bytes,
			Self::Fix(bytes) => bytes,
		}
	}
}

impl<'a> From<&'a [u8]> for Key<'a> {
	fn from(bytes: &'a [u8]) -> Self {
		Self::Var(bytes)
	}
}

impl<'a> From<&'a Vec<u8>> for Key<'a> {
	fn from(bytes: &'a Vec<u8>) -> Self {
		Self::Var(bytes)
	}
}

/// A call of another contract.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct CallRequest {
	/// The contract.
	pub dest: Account,
	/// The running contract's own money that goes with the call.
	pub value: u128,
	/// What the callee may use; a zero part means all that is left.
	pub gas_limit: Weight,
	/// What the callee may have held for storage; zero means all that is left.
	pub deposit_limit: u128,
	/// The input.
	pub data: Vec<u8>,
	/// Whether the callee, and what it calls, may call the running contract again.
	pub allow_reentry: bool,
	/// Whether the callee may change nothing.
	pub read_only: bool,
}

impl CallRequest {
	/// A call without limits of its own, as most ABIs make it: nobody enters the caller meanwhile.
	pub fn new(dest: Account, value: u128, data: Vec<u8>) -> Self {
		Self {
			dest,
			value,
			gas_limit: Weight::zero(),
			deposit_limit: 0,
			data,
			allow_reentry: false,
			read_only: false,
		}
	}
}

/// The making of another contract.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct InstantiateRequest {
	/// Its code.
	pub code_hash: Hash,
	/// The running contract's own money that goes with it.
	pub value: u128,
	/// What the constructor may use; a zero part means all that is left.
	pub gas_limit: Weight,
	/// What may be held for storage; zero means all that is left.
	pub deposit_limit: u128,
	/// The constructor's input.
	pub data: Vec<u8>,
	/// What sets the address apart.
	pub salt: Vec<u8>,
}

/// Why a sub-call failed.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct CallError {
	/// What happened.
	pub halt: Halt,
	/// Whether it happened while the callee's code ran. If not, the caller asked for what cannot be.
	pub in_callee: bool,
}

impl<H: Into<Halt>> From<H> for CallError {
	fn from(halt: H) -> Self {
		Self { halt: halt.into(), in_callee: false }
	}
}

/// What `seal` has codes for, among the errors of what a guest asked for.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Refusal {
	/// Money could not be moved.
	TransferFailed,
	/// There is no such code.
	CodeNotFound,
	/// There is no such contract.
	ContractNotFound,
}

/// Everything that a host function can ask of the chain.
pub trait Ext:
	ContextExt
	+ MeterExt
	+ StorageExt
	+ TransientExt
	+ CallExt
	+ CodeExt
	+ EventExt
	+ BalanceExt
	+ RuntimeExt
{
}

impl<E> Ext for E where
	E: ContextExt
		+ MeterExt
		+ StorageExt
		+ TransientExt
		+ CallExt
		+ CodeExt
		+ EventExt
		+ BalanceExt
		+ RuntimeExt
{
}

/// What a frame is.
pub trait ContextExt {
	/// The ABI of the running code.
	fn abi(&self) -> Abi;
	/// Who called: the origin, or in a sub-call the calling contract; none for Root.
	fn caller(&self) -> Option<Account>;
	/// The running contract.
	fn account(&self) -> Account;
	/// The block's time, in milliseconds since 1970.
	fn now_millis(&self) -> u64;
	/// The block's height.
	fn block_number(&self) -> u64;
	/// Whether nothing may change.
	fn is_read_only(&self) -> bool;
	/// What the contract may do.
	fn capabilities(&self) -> CapabilitySet;
	/// Pages of memory that this frame may still add, over all frames on the stack.
	fn spare_pages(&self) -> u32;
	/// Tells how many pages this frame has now.
	fn set_pages(&mut self, pages: u32);
	/// Which of the errors that `seal` has a code for this is, if it is one.
	fn refusal(&self, error: &DispatchError) -> Option<Refusal>;
	/// The money that came with the call.
	fn value_transferred(&self) -> u128;
	/// Whether the caller is who started the root call.
	fn caller_is_origin(&self) -> bool;
	/// Whether the caller is Root.
	fn caller_is_root(&self) -> bool;
	/// The running contract's code.
	fn own_code_hash(&self) -> Hash;
	/// The code of the contract at `account`, if there is one.
	fn code_hash_of(&self, account: Account) -> Option<Hash>;
	/// Number of contracts that were ever made.
	fn instantiation_nonce(&self) -> u64;
	/// How many frames of `account` are on the stack, without those that run its code by delegation.
	fn frames_of(&self, account: Account) -> u32;
	/// What nobody who made this block could choose freely, and since when it was known.
	fn random(&self, subject: &[u8]) -> (Hash, u64);
	/// What an extrinsic of this weight costs.
	fn weight_price(&self, weight: Weight) -> u128;
}

/// What a frame pays.
pub trait MeterExt {
	/// The meter of the running frame.
	fn meter(&mut self) -> &mut GasMeter;
	/// The weight of an operation over `units`.
	fn weigh(&self, cost: HostCost, units: u32) -> Weight;
	/// The weight of the units alone.
	fn weigh_units(&self, cost: HostCost, units: u32) -> Weight;
	/// The weight that so much of an ABI's own gas stands for.
	fn weigh_abi_gas(&self, gas: u64) -> Weight;
	/// Counts gas of the ABI's own table.
	fn count_abi_gas(&mut self, gas: u64);
}

/// The running contract's storage.
pub trait StorageExt {
	/// The value at `key`.
	fn storage<'k>(&mut self, key: impl Into<Key<'k>>) -> Option<Vec<u8>>;
	/// The length of the value at `key`.
	fn storage_len<'k>(&mut self, key: impl Into<Key<'k>>) -> Option<u32>;
	/// What it weighs that this is done to the entry at `key`, beside what it weighs to do it again.
	fn touch<'k>(&mut self, key: impl Into<Key<'k>>, access: Access) -> Weight;
	/// Bytes of all values together.
	fn storage_bytes(&mut self) -> u32;
	/// Writes or, with `None`, removes the value at `key`.
	///
	/// # Errors
	///
	/// If the frame is read-only.
	fn set_storage<'k>(
		&mut self,
		key: impl Into<Key<'k>>,
		value: Option<Vec<u8>>,
	) -> Result<(), DispatchError>;
}

/// The running contract's storage that ends with the root call.
pub trait TransientExt {
	/// The value at `key`.
	fn transient(&self, key: &[u8]) -> Option<Vec<u8>>;
	/// The length of the value at `key`.
	fn transient_len(&self, key: &[u8]) -> Option<u32>;
	/// Writes or, with `None`, removes the value at `key`.
	///
	/// # Errors
	///
	/// If all transient storage of the root call would be over its limit.
	fn set_transient(&mut self, key: &[u8], value: Option<Vec<u8>>) -> Result<(), DispatchError>;
}

/// Other contracts.
pub trait CallExt {
	/// Calls another contract and waits.
	///
	/// # Errors
	///
	/// If the callee fails or cannot be entered. What it did is undone then; what it used is paid.
	fn call(&mut self, request: CallRequest) -> Result<Vec<u8>, CallError>;
	/// Runs other code as the running contract: its account, storage, caller and value.
	///
	/// # Errors
	///
	/// As [`Self::call`].
	fn delegate_call(&mut self, code_hash: Hash, data: Vec<u8>) -> Result<Vec<u8>, CallError>;
	/// Makes a contract and runs its constructor; returns where it is, and the constructor's output.
	///
	/// # Errors
	///
	/// As [`Self::call`].
	fn instantiate(&mut self, request: InstantiateRequest)
		-> Result<(Account, Vec<u8>), CallError>;
}

/// The running contract's code and end.
pub trait CodeExt {
	/// Gives the running contract other code, from the next call on.
	///
	/// # Errors
	///
	/// If there is no such code.
	fn set_code_hash(&mut self, code_hash: Hash) -> Result<(), DispatchError>;
	/// Keeps a code on chain as long as the running contract wants it.
	///
	/// # Errors
	///
	/// If there is no such code, it is the contract's own, it is locked already, or too many are.
	fn lock_dependency(&mut self, code_hash: Hash) -> Result<(), DispatchError>;
	/// Gives back what [`Self::lock_dependency`] keeps.
	///
	/// # Errors
	///
	/// If it keeps no such code.
	fn unlock_dependency(&mut self, code_hash: Hash) -> Result<(), DispatchError>;
	/// Number of codes that the running contract keeps.
	fn dependencies(&self) -> u32;
	/// Ends the running contract: its entries, its code's use, what is held for it, and all its money
	/// goes to `beneficiary`.
	///
	/// # Errors
	///
	/// If it is on the stack more than once, or is being made.
	fn terminate(&mut self, beneficiary: Account) -> Result<(), DispatchError>;
}

/// What the runtime offers beside contracts. The weight of what is asked for is paid in here.
pub trait RuntimeExt {
	/// Dispatches an encoded call of the runtime as the running contract; whether it succeeded.
	///
	/// # Errors
	///
	/// If the bytes are no call, or its weight cannot be paid.
	fn call_runtime(&mut self, call: &[u8]) -> Result<bool, Halt>;
	/// Executes an encoded XCM as the running contract; whether it succeeded.
	///
	/// # Errors
	///
	/// As [`Self::call_runtime`].
	fn xcm_execute(&mut self, message: &[u8]) -> Result<bool, Halt>;
	/// Sends an encoded XCM to a location, whose encoding `dest` begins with; the message's id if it was
	/// sent.
	///
	/// # Errors
	///
	/// As [`Self::call_runtime`].
	fn xcm_send(&mut self, dest: &[u8], message: &[u8]) -> Result<Option<Hash>, Halt>;
	/// Calls the chain's own extension `id`: the number that it returns, and an output for the guest's
	/// buffer of `output_cap` bytes.
	///
	/// # Errors
	///
	/// If the chain has none, or as it says.
	fn chain_extension(
		&mut self,
		id: u32,
		input: &[u8],
		output_cap: u32,
	) -> Result<(u32, Option<Vec<u8>>), Halt>;
}

/// What others see of a call.
pub trait EventExt {
	/// Emits an event of the running contract.
	fn emit(&mut self, topics: Vec<[u8; 32]>, data: Vec<u8>);
	/// Number of events that this frame emitted.
	fn events_emitted(&self) -> u32;
	/// Adds a line to the log of the root call.
	fn log(&mut self, line: Vec<u8>);
	/// Bytes in the log of the root call, each line with its end.
	fn log_bytes(&self) -> u32;
	/// Adds text to what a dry run tells; as much of it as there is room for, and elsewhere nothing.
	fn debug(&mut self, text: &str);
}

/// Money.
pub trait BalanceExt {
	/// What `account` could transfer away if it did not need to stay alive; 0 if there is no such account.
	fn balance_of(&self, account: Account) -> u128;
	/// What the running contract could transfer away and stay alive.
	fn own_balance(&self) -> u128;
	/// What an account must have to exist.
	fn minimum_balance(&self) -> u128;
	/// Moves money of the running contract.
	///
	/// # Errors
	///
	/// If it has too little, keeping itself alive, or `to` could not hold it.
	fn transfer(&mut self, to: Account, amount: u128) -> Result<(), DispatchError>;
}
