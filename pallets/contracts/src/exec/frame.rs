//! One call's state.

use crate::{
	entry::EntryPoint,
	meter::{deposit::Diff, GasMeter},
	types::{CapabilitySet, ContractInfo, Origin},
	BalanceOf, Config,
};
use caisson_contracts_abi::Abi;
use frame_support::storage::child::ChildInfo;

/// A contract that runs, or waits for one that it called.
pub(crate) struct Frame<T: Config> {
	/// The contract.
	pub(crate) account: T::AccountId,
	/// Who called it.
	pub(crate) caller: Origin<T>,
	/// What came with the call.
	pub(crate) value: BalanceOf<T>,
	/// What the chain knows of it, with what ended frames of the same contract changed, and without
	/// [`Self::diff`].
	pub(crate) info: ContractInfo<T>,
	/// Whether `info` differs from what is stored.
	pub(crate) is_dirty: bool,
	/// Its storage.
	pub(crate) trie: ChildInfo,
	/// The code that runs: the contract's, or another in a delegated call.
	pub(crate) code_hash: T::Hash,
	/// Whether it runs by delegation: what it does another frame of the same contract asked for.
	pub(crate) is_delegated: bool,
	/// The interface of its code.
	pub(crate) abi: Abi,
	/// What it may do.
	pub(crate) capabilities: CapabilitySet,
	/// Whether it is called or made.
	pub(crate) entry: EntryPoint,
	/// Whether nothing may change.
	pub(crate) read_only: bool,
	/// Whether the contract may be entered again while this frame waits.
	pub(crate) allows_reentry: bool,
	/// Whether it ended its contract.
	pub(crate) is_terminated: bool,
	/// What it may use, and has left.
	pub(crate) meter: GasMeter,
	/// Gas of its ABI's own table, that of sub-calls included.
	pub(crate) abi_gas: u64,
	/// What it changed in its storage since `info` was last written.
	pub(crate) diff: Diff,
	/// Events that it emitted.
	pub(crate) events: u32,
	/// Pages of memory that it has.
	pub(crate) pages: u32,
}
