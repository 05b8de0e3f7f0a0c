//! Types as a program declares them that knows `pallet-contracts`. Each is matched with the node's metadata
//! by the names of its fields, and refused where one is missing there or of another shape.

#![allow(missing_docs, reason = "the fields are those of the chain")]

use scale_decode::DecodeAsType;
use scale_encode::EncodeAsType;
use subxt::{
	dynamic::Value,
	error::TokenError,
	events::DecodeAsEvent,
	extrinsics::DecodeAsExtrinsic,
	utils::{AccountId32, MultiAddress, H256},
};

/// An amount of money.
pub type Balance = u128;

/// Computation in picoseconds, and bytes of proof.
#[derive(Clone, Copy, Debug, PartialEq, EncodeAsType, DecodeAsType)]
pub struct Weight {
	pub ref_time: u64,
	pub proof_size: u64,
}

/// The arguments of `Contracts.upload_code`.
#[derive(Debug, EncodeAsType)]
pub struct UploadCode {
	pub code: Vec<u8>,
	pub storage_deposit_limit: Option<Balance>,
	pub determinism: Determinism,
}

/// The arguments of `Contracts.remove_code`.
#[derive(Debug, EncodeAsType)]
pub struct RemoveCode {
	pub code_hash: H256,
}

/// The arguments of `Contracts.call`.
#[derive(Clone, Debug, PartialEq, EncodeAsType, DecodeAsType)]
pub struct Call {
	pub dest: MultiAddress<AccountId32, ()>,
	pub value: Balance,
	pub gas_limit: Weight,
	pub storage_deposit_limit: Option<Balance>,
	pub data: Vec<u8>,
}

impl DecodeAsExtrinsic for Call {
	fn is_extrinsic(pallet: &str, call: &str) -> bool {
		(pallet, call) == ("Contracts", "call")
	}
}

/// The arguments of `Contracts.instantiate_with_code`.
#[derive(Debug, EncodeAsType)]
pub struct InstantiateWithCode {
	pub value: Balance,
	pub gas_limit: Weight,
	pub storage_deposit_limit: Option<Balance>,
	pub code: Vec<u8>,
	pub data: Vec<u8>,
	pub salt: Vec<u8>,
}

/// The arguments of `Contracts.instantiate`.
#[derive(Debug, EncodeAsType)]
pub struct Instantiate {
	pub value: Balance,
	pub gas_limit: Weight,
	pub storage_deposit_limit: Option<Balance>,
	pub code_hash: H256,
	pub data: Vec<u8>,
	pub salt: Vec<u8>,
}

/// Code to make a contract from.
#[derive(Clone, Debug, EncodeAsType)]
pub enum Code {
	Upload(Vec<u8>),
	Existing(H256),
}

/// Whether code must be deterministic.
#[derive(Clone, Copy, Debug, PartialEq, EncodeAsType, DecodeAsType)]
pub enum Determinism {
	Enforced,
	Relaxed,
}

/// What `ContractsApi` answers to a dry run.
#[derive(Debug, DecodeAsType)]
pub struct ContractResult<Output> {
	pub gas_consumed: Weight,
	pub gas_required: Weight,
	pub storage_deposit: StorageDeposit,
	pub debug_message: Vec<u8>,
	pub result: Result<Output, DispatchError>,
	pub events: Option<Vec<EventRecord>>,
}

/// Change of what is held for storage.
#[derive(Clone, Copy, Debug, PartialEq, DecodeAsType)]
pub enum StorageDeposit {
	Refund(Balance),
	Charge(Balance),
}

/// What a call returned.
#[derive(Clone, Debug, PartialEq, DecodeAsType)]
pub struct ExecReturnValue {
	pub flags: ReturnFlags,
	pub data: Vec<u8>,
}

/// Flags that a contract returns.
#[derive(Clone, Copy, Debug, PartialEq, DecodeAsType)]
pub struct ReturnFlags {
	pub bits: u32,
}

/// What an instantiation returned.
#[derive(Clone, Debug, PartialEq, DecodeAsType)]
pub struct InstantiateReturnValue {
	pub result: ExecReturnValue,
	pub account_id: AccountId32,
}

/// What an upload did.
#[derive(Clone, Debug, PartialEq, DecodeAsType)]
pub struct CodeUploadReturnValue {
	pub code_hash: H256,
	pub deposit: Balance,
}

/// Why a contract's storage cannot be read.
#[derive(Clone, Copy, Debug, PartialEq, DecodeAsType)]
pub enum ContractAccessError {
	DoesntExist,
	KeyDecodingFailed,
	MigrationInProgress,
}

/// Why a dry run failed, as far as these tests go.
#[derive(Debug, PartialEq, DecodeAsType)]
pub enum DispatchError {
	Module(ModuleError),
	Token(TokenError),
}

/// An error of a pallet, by the pallet's number and its own.
#[derive(Clone, Copy, Debug, PartialEq, DecodeAsType)]
pub struct ModuleError {
	pub index: u8,
	pub error: [u8; 4],
}

/// An event of a dry run; whose, and which, is in the value.
#[derive(Debug, DecodeAsType)]
pub struct EventRecord {
	pub event: Value,
	pub topics: Vec<H256>,
}

/// An entry of `Contracts.ContractInfoOf`.
#[derive(Clone, Debug, PartialEq, DecodeAsType)]
pub struct ContractInfo {
	pub trie_id: Vec<u8>,
	pub code_hash: H256,
	pub storage_bytes: u32,
	pub storage_items: u32,
	pub storage_byte_deposit: Balance,
	pub storage_item_deposit: Balance,
	pub storage_base_deposit: Balance,
	pub delegate_dependencies: Vec<(H256, Balance)>,
}

impl ContractInfo {
	/// Everything that is held for the contract.
	pub fn held(&self) -> Balance {
		let fixed =
			self.storage_base_deposit + self.storage_byte_deposit + self.storage_item_deposit;
		self.delegate_dependencies.iter().fold(fixed, |sum, (_, deposit)| sum + deposit)
	}
}

/// An entry of `Contracts.CodeInfoOf`.
#[derive(Clone, Debug, PartialEq, DecodeAsType)]
pub struct CodeInfo {
	pub owner: AccountId32,
	pub deposit: Balance,
	pub refcount: u64,
	pub determinism: Determinism,
	pub code_len: u32,
}

/// An entry of `System.Account`.
#[derive(Clone, Debug, PartialEq, DecodeAsType)]
pub struct AccountInfo {
	pub data: AccountData,
}

/// What an account has.
#[derive(Clone, Debug, PartialEq, DecodeAsType)]
pub struct AccountData {
	pub free: Balance,
	pub reserved: Balance,
}

/// `Contracts.Instantiated`.
#[derive(Clone, Debug, PartialEq, DecodeAsType)]
pub struct Instantiated {
	pub deployer: AccountId32,
	pub contract: AccountId32,
}

/// `Contracts.CodeStored`.
#[derive(Clone, Debug, PartialEq, DecodeAsType)]
pub struct CodeStored {
	pub code_hash: H256,
	pub deposit_held: Balance,
	pub uploader: AccountId32,
}

/// `Contracts.CodeRemoved`.
#[derive(Clone, Debug, PartialEq, DecodeAsType)]
pub struct CodeRemoved {
	pub code_hash: H256,
	pub deposit_released: Balance,
	pub remover: AccountId32,
}

/// `Contracts.ContractEmitted`.
#[derive(Clone, Debug, PartialEq, DecodeAsType)]
pub struct ContractEmitted {
	pub contract: AccountId32,
	pub data: Vec<u8>,
}

/// `Contracts.StorageDepositTransferredAndHeld`.
#[derive(Clone, Debug, PartialEq, DecodeAsType)]
pub struct StorageDepositTransferredAndHeld {
	pub from: AccountId32,
	pub to: AccountId32,
	pub amount: Balance,
}

macro_rules! events_of_contracts {
	($($name:ident),*) => { $(
		impl DecodeAsEvent for $name {
			fn is_event(pallet: &str, event: &str) -> bool {
				(pallet, event) == ("Contracts", stringify!($name))
			}
		}
	)* };
}

events_of_contracts!(
	Instantiated,
	CodeStored,
	CodeRemoved,
	ContractEmitted,
	StorageDepositTransferredAndHeld
);
