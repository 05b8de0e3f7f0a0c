//! The result types of `ContractsApi`, field for field as its clients decode them.

use alloc::vec::Vec;
use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use scale_info::TypeInfo;
use sp_runtime::{traits::Zero, DispatchError};
use sp_weights::Weight;

/// Outcome of a dry run with whatever `R` the run was for.
#[derive(Clone, PartialEq, Eq, Encode, Decode, Debug, TypeInfo)]
pub struct ContractResult<R, Balance, EventRecord> {
	/// Weight that the run used.
	pub gas_consumed: Weight,
	/// The least gas limit with which the run succeeds. Never below `gas_consumed`.
	pub gas_required: Weight,
	/// What the origin pays or gets back for storage; meaningless if the run failed.
	pub storage_deposit: StorageDeposit<Balance>,
	/// Text for a person: why the run failed and what it logged. UTF-8.
	pub debug_message: Vec<u8>,
	/// How the run ended.
	pub result: R,
	/// Events that the run emitted.
	pub events: Option<Vec<EventRecord>>,
}

/// Outcome of a dry run of a call.
pub type ContractExecResult<Balance, EventRecord> =
	ContractResult<Result<ExecReturnValue, DispatchError>, Balance, EventRecord>;

/// Outcome of a dry run of an instantiation.
pub type ContractInstantiateResult<AccountId, Balance, EventRecord> =
	ContractResult<Result<InstantiateReturnValue<AccountId>, DispatchError>, Balance, EventRecord>;

/// Outcome of a dry run of an upload.
pub type CodeUploadResult<Hash, Balance> =
	Result<CodeUploadReturnValue<Hash, Balance>, DispatchError>;

/// Outcome of reading a contract's storage.
pub type GetStorageResult = Result<Option<Vec<u8>>, ContractAccessError>;

/// Flags that a contract returns beside its output.
#[derive(Clone, Copy, Default, PartialEq, Eq, Encode, Decode, MaxEncodedLen, Debug, TypeInfo)]
pub struct ReturnFlags {
	bits: u32,
}

impl ReturnFlags {
	/// The contract asked for everything that it did to be undone.
	pub const REVERT: Self = Self { bits: 1 };

	/// No flag.
	pub const fn empty() -> Self {
		Self { bits: 0 }
	}

	/// Whether all flags of `other` are set.
	pub const fn contains(self, other: Self) -> bool {
		self.bits & other.bits == other.bits
	}

	/// The flags as a number.
	pub const fn bits(self) -> u32 {
		self.bits
	}
}

/// What a call returned.
#[derive(Clone, Default, PartialEq, Eq, Encode, Decode, Debug, TypeInfo)]
pub struct ExecReturnValue {
	/// The flags.
	pub flags: ReturnFlags,
	/// The output, or the message of a revert.
	pub data: Vec<u8>,
}

impl ExecReturnValue {
	/// Whether the contract undid what it did.
	pub fn did_revert(&self) -> bool {
		self.flags.contains(ReturnFlags::REVERT)
	}
}

/// What an instantiation returned.
#[derive(Clone, PartialEq, Eq, Encode, Decode, Debug, TypeInfo)]
pub struct InstantiateReturnValue<AccountId> {
	/// What the constructor returned.
	pub result: ExecReturnValue,
	/// The account of the new contract.
	pub account_id: AccountId,
}

/// What an upload did.
#[derive(Clone, PartialEq, Eq, Encode, Decode, MaxEncodedLen, Debug, TypeInfo)]
pub struct CodeUploadReturnValue<Hash, Balance> {
	/// Where the code is.
	pub code_hash: Hash,
	/// What is held for it; zero if the code was there already.
	pub deposit: Balance,
}

/// Code to make a contract from.
#[derive(Clone, PartialEq, Eq, Encode, Decode, DecodeWithMemTracking, Debug, TypeInfo)]
pub enum Code<Hash> {
	/// A module, uploaded on the way.
	Upload(Vec<u8>),
	/// A code that is on chain.
	Existing(Hash),
}

/// Whether code must be deterministic.
#[derive(
	Clone,
	Copy,
	PartialEq,
	Eq,
	Encode,
	Decode,
	DecodeWithMemTracking,
	MaxEncodedLen,
	Debug,
	TypeInfo,
)]
pub enum Determinism {
	/// It must; the only kind that is accepted.
	Enforced,
	/// It need not. Known to clients; uploads that ask for it are refused.
	Relaxed,
}

/// Change of what is held for storage, from the origin's view.
#[derive(
	Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Encode, Decode, MaxEncodedLen, Debug, TypeInfo,
)]
pub enum StorageDeposit<Balance> {
	/// So much comes back.
	Refund(Balance),
	/// So much is paid.
	Charge(Balance),
}

impl<Balance: Zero> Default for StorageDeposit<Balance> {
	fn default() -> Self {
		Self::Charge(Zero::zero())
	}
}

/// Why a contract's storage cannot be read.
#[derive(Clone, Copy, PartialEq, Eq, Encode, Decode, MaxEncodedLen, Debug, TypeInfo)]
pub enum ContractAccessError {
	/// No contract has this address.
	DoesntExist,
	/// The key is not one that this contract can have.
	KeyDecodingFailed,
	/// Storage is being migrated; to be tried again later.
	MigrationInProgress,
}
