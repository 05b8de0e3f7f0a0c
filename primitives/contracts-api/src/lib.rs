//! Runtime API of the contracts pallet, and the types of its results.
//!
//! Two traits. [`ContractsApi`] is the one that every client of `pallet-contracts` knows; it stays at
//! version 2 and keeps its four methods for ever, because a client that re-reads metadata after an
//! upgrade falls back to definitions that know no other. What it cannot carry is in
//! [`CaissonContractsApi`].

#![cfg_attr(not(feature = "std"), no_std)]
#![allow(
	clippy::too_many_arguments,
	reason = "the number of arguments of a runtime API is part of its interface"
)]

extern crate alloc;

mod client;
mod report;

pub use client::{
	Code, CodeUploadResult, CodeUploadReturnValue, ContractAccessError, ContractExecResult,
	ContractInstantiateResult, ContractResult, Determinism, ExecReturnValue, GetStorageResult,
	InstantiateReturnValue, ReturnFlags, StorageDeposit,
};
pub use report::{
	AbiReport, CallNode, CallReport, Capability, CodeCheck, CodeReport, ContractReport, Limit,
	StorageChange, TrapReport,
};

use alloc::vec::Vec;
use codec::Codec;
use sp_weights::Weight;

sp_api::decl_runtime_apis! {
	/// Dry runs and storage reads, as clients of `pallet-contracts` know them.
	#[api_version(2)]
	pub trait ContractsApi<AccountId, Balance, BlockNumber, Hash, EventRecord> where
		AccountId: Codec,
		Balance: Codec,
		BlockNumber: Codec,
		Hash: Codec,
		EventRecord: Codec,
	{
		/// Runs a call as if `origin` had sent it, and undoes it.
		///
		/// A gas limit that is absent, or zero in one of its parts, is the block's in that part.
		fn call(
			origin: AccountId,
			dest: AccountId,
			value: Balance,
			gas_limit: Option<Weight>,
			storage_deposit_limit: Option<Balance>,
			input_data: Vec<u8>,
		) -> ContractExecResult<Balance, EventRecord>;

		/// Runs an instantiation as if `origin` had sent it, and undoes it.
		fn instantiate(
			origin: AccountId,
			value: Balance,
			gas_limit: Option<Weight>,
			storage_deposit_limit: Option<Balance>,
			code: Code<Hash>,
			data: Vec<u8>,
			salt: Vec<u8>,
		) -> ContractInstantiateResult<AccountId, Balance, EventRecord>;

		/// Checks code and tells what its upload would cost.
		fn upload_code(
			origin: AccountId,
			code: Vec<u8>,
			storage_deposit_limit: Option<Balance>,
			determinism: Determinism,
		) -> CodeUploadResult<Hash, Balance>;

		/// Reads an entry of a contract's storage.
		fn get_storage(address: AccountId, key: Vec<u8>) -> GetStorageResult;
	}

	/// What contracts of Caisson have beyond the interface of `pallet-contracts`.
	pub trait CaissonContractsApi<AccountId, Balance, Hash, EventRecord> where
		AccountId: Codec,
		Balance: Codec,
		Hash: Codec,
		EventRecord: Codec,
	{
		/// Calls a function in a read-only frame.
		fn query(
			origin: AccountId,
			contract: AccountId,
			function: Vec<u8>,
			args: Vec<Vec<u8>>,
			gas_limit: Option<Weight>,
		) -> CallReport<AccountId, Balance, EventRecord>;

		/// Runs a call of a function with arguments as if `origin` had sent it, and undoes it.
		fn invoke(
			origin: AccountId,
			dest: AccountId,
			value: Balance,
			gas_limit: Option<Weight>,
			storage_deposit_limit: Option<Balance>,
			function: Vec<u8>,
			args: Vec<Vec<u8>>,
		) -> CallReport<AccountId, Balance, EventRecord>;

		/// Runs a call with raw input data as if `origin` had sent it, and undoes it.
		fn call(
			origin: AccountId,
			dest: AccountId,
			value: Balance,
			gas_limit: Option<Weight>,
			storage_deposit_limit: Option<Balance>,
			data: Vec<u8>,
		) -> CallReport<AccountId, Balance, EventRecord>;

		/// Runs a deployment as if `origin` had sent it, and undoes it.
		fn deploy(
			origin: AccountId,
			value: Balance,
			gas_limit: Option<Weight>,
			storage_deposit_limit: Option<Balance>,
			code: Code<Hash>,
			args: Vec<Vec<u8>>,
			salt: Option<Vec<u8>>,
			capabilities: Option<Vec<Capability>>,
		) -> CallReport<AccountId, Balance, EventRecord>;

		/// Checks code as an upload would, and says what it is or why and where it is refused.
		fn check_code(code: Vec<u8>) -> CodeCheck<Hash>;

		/// What the chain knows of a contract.
		fn contract_info(address: AccountId) -> Option<ContractReport<AccountId, Balance, Hash>>;

		/// What the chain knows of a code.
		fn code_info(code_hash: Hash) -> Option<CodeReport<AccountId, Balance>>;

		/// Every limit that a contract can observe, by name.
		fn limits() -> Vec<Limit>;
	}
}
