//! The one door from host functions to the chain.
//!
//! The rule of this room: no type of FRAME. Accounts and hashes are 32 bytes, money is `u128`, so that
//! `host/`, `entry/` and `sandbox/` can be tested against a mock, and so that what a host function can
//! do is what stands here.

use crate::{exec::error::Halt, meter::GasMeter, types::CapabilitySet};
use alloc::vec::Vec;
use caisson_contracts_abi::{Abi, HostCost};
use sp_runtime::{DispatchError, Weight};

/// An account as guests know it.
pub type Account = [u8; 32];

/// Everything that a host function can ask of the chain.
pub trait Ext: ContextExt + MeterExt + StorageExt + CallExt + EventExt + BalanceExt {}

impl<E: ContextExt + MeterExt + StorageExt + CallExt + EventExt + BalanceExt> Ext for E {}

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
	fn storage(&mut self, key: &[u8]) -> Option<Vec<u8>>;
	/// The length of the value at `key`.
	fn storage_len(&mut self, key: &[u8]) -> Option<u32>;
	/// Bytes of all values together.
	fn storage_bytes(&mut self) -> u32;
	/// Writes or, with `None`, removes the value at `key`.
	///
	/// # Errors
	///
	/// If the frame is read-only.
	fn set_storage(&mut self, key: &[u8], value: Option<Vec<u8>>) -> Result<(), DispatchError>;
}

/// Other contracts.
pub trait CallExt {
	/// Calls `dest` with `value` of the running contract's own money and waits.
	///
	/// A zero part of `gas_limit` means all that is left.
	///
	/// # Errors
	///
	/// If the callee fails or cannot be entered. What it did is undone then; what it used is paid.
	fn call(
		&mut self,
		dest: Account,
		value: u128,
		gas_limit: Weight,
		data: Vec<u8>,
	) -> Result<Vec<u8>, Halt>;
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
}

/// Money.
pub trait BalanceExt {
	/// What `account` could transfer away if it did not need to stay alive; 0 if there is no such account.
	fn balance_of(&self, account: Account) -> u128;
	/// Moves money of the running contract.
	///
	/// # Errors
	///
	/// If it has too little, keeping itself alive, or `to` could not hold it.
	fn transfer(&mut self, to: Account, amount: u128) -> Result<(), DispatchError>;
}
