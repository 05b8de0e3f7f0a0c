//! The result types of `CaissonContractsApi`.

use crate::client::{ExecReturnValue, StorageDeposit};
use alloc::{string::String, vec::Vec};
use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use scale_info::TypeInfo;
use sp_runtime::DispatchError;
use sp_weights::Weight;

/// A right that a deployer may withhold from a contract.
///
/// The variants and their order are those of the ABI tables' `Capability`; a test of the pallet holds
/// them together.
#[derive(
	Clone,
	Copy,
	PartialEq,
	Eq,
	PartialOrd,
	Ord,
	Encode,
	Decode,
	DecodeWithMemTracking,
	MaxEncodedLen,
	Debug,
	TypeInfo,
)]
pub enum Capability {
	/// Reading the contract's storage.
	StorageRead,
	/// Writing the contract's storage.
	StorageWrite,
	/// Removing entries of the contract's storage.
	StorageRemove,
	/// Calling other contracts and reading their results.
	CallContracts,
	/// Emitting events.
	EmitEvents,
	/// Reading the block's number and time.
	BlockInfo,
	/// Hash functions and signature checks.
	Crypto,
	/// Stopping with a message.
	Revert,
	/// Moving the contract's own money.
	TransferValue,
}

/// A guest interface.
#[derive(Clone, Copy, PartialEq, Eq, Encode, Decode, MaxEncodedLen, Debug, TypeInfo)]
pub enum AbiReport {
	/// `seal`
	Seal,
	/// `baals`
	Baals,
	/// `aureon`
	Aureon,
	/// `dytallix`
	Dytallix,
}

/// Everything that a dry run can tell.
#[derive(Clone, PartialEq, Eq, Encode, Decode, Debug, TypeInfo)]
pub struct CallReport<AccountId, Balance, EventRecord> {
	/// Weight that the run used.
	pub gas_consumed: Weight,
	/// The least gas limit with which the run succeeds.
	pub gas_required: Weight,
	/// What the origin pays or gets back for storage.
	pub storage_deposit: StorageDeposit<Balance>,
	/// Gas of the ABIs' own tables, over all frames.
	pub abi_gas: u64,
	/// How the run ended.
	pub result: Result<ExecReturnValue, DispatchError>,
	/// The account of the new contract, if the run was a deployment.
	pub account_id: Option<AccountId>,
	/// The message with which the outermost contract reverted.
	pub revert_message: Option<Vec<u8>>,
	/// Where and why the outermost contract trapped.
	pub trap: Option<TrapReport<AccountId>>,
	/// Lines that contracts logged, in order, those of failed sub-calls included.
	pub logs: Vec<Vec<u8>>,
	/// What changed in contracts' storage, one entry a key, in the order of first change.
	pub storage_changes: Vec<StorageChange<AccountId>>,
	/// Events of this run only.
	pub events: Vec<EventRecord>,
	/// The tree of calls in the order of entering, root first.
	pub calls: Vec<CallNode<AccountId, Balance>>,
}

/// Where and why a contract trapped.
#[derive(Clone, PartialEq, Eq, Encode, Decode, Debug, TypeInfo)]
pub struct TrapReport<AccountId> {
	/// The contract whose code trapped.
	pub contract: AccountId,
	/// Why, for a person.
	pub reason: String,
	/// Index of the function, imports counted first; absent if no guest code was running.
	pub function: Option<u32>,
	/// Offset of the instruction in the uploaded module, in bytes.
	pub offset: Option<u32>,
}

/// A changed entry of a contract's storage.
#[derive(Clone, PartialEq, Eq, Encode, Decode, Debug, TypeInfo)]
pub struct StorageChange<AccountId> {
	/// The contract.
	pub contract: AccountId,
	/// The key as the contract wrote it.
	pub key: Vec<u8>,
	/// The value before the run.
	pub old: Option<Vec<u8>>,
	/// The value after the run.
	pub new: Option<Vec<u8>>,
}

/// One call in the tree of calls.
#[derive(Clone, PartialEq, Eq, Encode, Decode, Debug, TypeInfo)]
pub struct CallNode<AccountId, Balance> {
	/// 1 for the root; a node's parent is the last one before it whose depth is one less.
	pub depth: u32,
	/// The contract.
	pub contract: AccountId,
	/// The name of the called function; empty for a constructor and for raw input.
	pub function: Vec<u8>,
	/// What was sent along.
	pub value: Balance,
	/// Weight used in this call and those below it.
	pub gas_consumed: Weight,
	/// Gas of the ABI's own table, in this call and those below it.
	pub abi_gas: u64,
	/// How it ended.
	pub result: Result<ExecReturnValue, DispatchError>,
}

/// What the check of an upload found.
#[derive(Clone, PartialEq, Eq, Encode, Decode, Debug, TypeInfo)]
pub enum CodeCheck<Hash> {
	/// The code can be uploaded.
	Accepted {
		/// Its hash.
		code_hash: Hash,
		/// The interface it belongs to.
		abi: AbiReport,
	},
	/// The code is refused.
	Refused {
		/// Why, for a person.
		reason: String,
		/// Where in the module, in bytes.
		offset: u32,
	},
}

/// What the chain knows of a contract.
#[derive(Clone, PartialEq, Eq, Encode, Decode, Debug, TypeInfo)]
pub struct ContractReport<AccountId, Balance, Hash> {
	/// The account that its deposits are held on: its own.
	pub account_id: AccountId,
	/// Its code.
	pub code_hash: Hash,
	/// The interface of its code.
	pub abi: AbiReport,
	/// What it may do.
	pub capabilities: Vec<Capability>,
	/// The id of its child trie.
	pub trie_id: Vec<u8>,
	/// Bytes of all its values.
	pub storage_bytes: u32,
	/// Number of its entries.
	pub storage_items: u32,
	/// What is held for its storage and for itself.
	pub deposit: Balance,
}

/// What the chain knows of a code.
#[derive(Clone, PartialEq, Eq, Encode, Decode, Debug, TypeInfo)]
pub struct CodeReport<AccountId, Balance> {
	/// Who uploaded it.
	pub owner: AccountId,
	/// What is held of the owner for it.
	pub deposit: Balance,
	/// Number of contracts that use it.
	pub refcount: u64,
	/// Length of the uploaded module, in bytes.
	pub code_len: u32,
	/// Length of what a call loads, in bytes.
	pub prepared_len: u32,
	/// The interface it belongs to.
	pub abi: AbiReport,
	/// The host functions that it imports, as `module.name`.
	pub imports: Vec<String>,
}

/// A limit and its name.
#[derive(Clone, PartialEq, Eq, Encode, Decode, Debug, TypeInfo)]
pub struct Limit {
	/// As in the pallet's constants, of an ABI with its name in front: `baals.key_bytes`.
	pub name: String,
	/// The number.
	pub value: u32,
}
