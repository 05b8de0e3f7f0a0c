//! One call's state.

use crate::{
	entry::EntryPoint,
	meter::{deposit::Diff, GasMeter},
	types::{CapabilitySet, ContractInfo, Origin},
	Config,
};
use caisson_contracts_abi::Abi;
use frame_support::storage::child::ChildInfo;

/// A contract that runs, or waits for one that it called.
pub(crate) struct Frame<T: Config> {
	/// The contract.
	pub(crate) account: T::AccountId,
	/// Who called it.
	pub(crate) caller: Origin<T>,
	/// What the chain knows of it. Nobody else changes that meanwhile: a contract on the stack is not
	/// entered again.
	pub(crate) info: ContractInfo<T>,
	/// Its storage.
	pub(crate) trie: ChildInfo,
	/// The interface of its code.
	pub(crate) abi: Abi,
	/// What it may do.
	pub(crate) capabilities: CapabilitySet,
	/// Whether it is called or made.
	pub(crate) entry: EntryPoint,
	/// Whether nothing may change.
	pub(crate) read_only: bool,
	/// What it may use, and has left.
	pub(crate) meter: GasMeter,
	/// Gas of its ABI's own table, that of sub-calls included.
	pub(crate) abi_gas: u64,
	/// What it changed in its storage.
	pub(crate) diff: Diff,
	/// Events that it emitted.
	pub(crate) events: u32,
	/// Pages of memory that it has.
	pub(crate) pages: u32,
}
