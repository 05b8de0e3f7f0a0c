//! Stored types.
//!
//! Those of pallet-contracts keep its encoding, field by field, so that a chain can move here without
//! rewriting them; what this pallet adds is in types of its own.

use crate::{
	code::RejectionCode, limits, meter::deposit::Diff, state::child_trie, BalanceOf, Config,
};
use alloc::vec::Vec;
use caisson_contracts_abi::{Abi, Capability, FunctionId};
use caisson_contracts_api::Determinism;
use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use frame_support::{
	pallet_prelude::ConstU32, BoundedBTreeMap, BoundedVec, CloneNoBound, DebugNoBound, EqNoBound,
	PartialEqNoBound,
};
use scale_info::TypeInfo;

/// The id of a contract's child trie.
pub type TrieId = BoundedVec<u8, ConstU32<128>>;

/// Code as it was uploaded.
pub type CodeVec = BoundedVec<u8, ConstU32<{ limits::CODE_BYTES }>>;

/// Code as it is loaded.
pub type PreparedVec = BoundedVec<u8, ConstU32<{ limits::PREPARED_BYTES }>>;

/// Most codes that a contract can lock for delegate calls.
pub type MaxDelegateDependencies = ConstU32<{ limits::DELEGATE_DEPENDENCIES }>;

/// Who started a call.
#[derive(
	CloneNoBound,
	PartialEqNoBound,
	EqNoBound,
	DebugNoBound,
	Encode,
	Decode,
	DecodeWithMemTracking,
	TypeInfo,
	MaxEncodedLen,
)]
#[scale_info(skip_type_params(T))]
pub enum Origin<T: Config> {
	/// The chain's root.
	Root,
	/// An account, a contract's included.
	Signed(T::AccountId),
}

/// What the chain knows of a contract.
#[derive(
	CloneNoBound, PartialEqNoBound, EqNoBound, DebugNoBound, Encode, Decode, TypeInfo, MaxEncodedLen,
)]
#[scale_info(skip_type_params(T))]
pub struct ContractInfo<T: Config> {
	/// The id of its child trie.
	pub trie_id: TrieId,
	/// Its code.
	pub code_hash: T::Hash,
	/// Bytes of all its values.
	pub(crate) storage_bytes: u32,
	/// Number of its entries.
	pub(crate) storage_items: u32,
	/// What is held for the bytes.
	pub(crate) storage_byte_deposit: BalanceOf<T>,
	/// What is held for the entries.
	pub(crate) storage_item_deposit: BalanceOf<T>,
	/// What is held for the contract itself; comes back only when it is terminated.
	pub(crate) storage_base_deposit: BalanceOf<T>,
	/// Codes that it keeps on chain, with what is held for each.
	pub(crate) delegate_dependencies:
		BoundedBTreeMap<T::Hash, BalanceOf<T>, MaxDelegateDependencies>,
}

impl<T: Config> ContractInfo<T> {
	/// Everything that is held for this contract.
	pub fn total_deposit(&self) -> BalanceOf<T> {
		use sp_runtime::Saturating;
		self.delegate_dependencies
			.values()
			.fold(self.storage_base_deposit, |sum, deposit| sum.saturating_add(*deposit))
			.saturating_add(self.storage_byte_deposit)
			.saturating_add(self.storage_item_deposit)
	}

	/// Whether an entry of [`ContractSettings`] may exist for it.
	///
	/// The id of its trie tells: it is longer then. All calls have read that, and most contracts have no
	/// settings, so that no call has to look for what is not there.
	pub(crate) fn has_settings(&self) -> bool {
		self.trie_id.len() > child_trie::PLAIN_ID_BYTES
	}

	/// Bytes of all its values.
	pub fn storage_bytes(&self) -> u32 {
		self.storage_bytes
	}

	/// Number of its entries.
	pub fn storage_items(&self) -> u32 {
		self.storage_items
	}

	/// What its bytes would be with `diff`.
	pub(crate) fn bytes_with(&self, diff: &Diff) -> u32 {
		self.storage_bytes.saturating_add(diff.bytes_added).saturating_sub(diff.bytes_removed)
	}
}

/// What the chain knows of a code.
#[derive(
	CloneNoBound, PartialEqNoBound, EqNoBound, DebugNoBound, Encode, Decode, TypeInfo, MaxEncodedLen,
)]
#[scale_info(skip_type_params(T))]
pub struct CodeInfo<T: Config> {
	/// Who uploaded it, and may remove it.
	pub(crate) owner: T::AccountId,
	/// What is held of the owner for it.
	#[codec(compact)]
	pub(crate) deposit: BalanceOf<T>,
	/// Number of contracts that use it.
	#[codec(compact)]
	pub(crate) refcount: u64,
	/// Always [`Determinism::Enforced`] for code that was uploaded here.
	pub(crate) determinism: Determinism,
	/// Length of the uploaded module, in bytes.
	pub(crate) code_len: u32,
}

/// The stored form of [`Abi`].
#[derive(Clone, Copy, PartialEq, Eq, Encode, Decode, MaxEncodedLen, Debug, TypeInfo)]
pub enum AbiId {
	/// [`Abi::Seal`]
	#[codec(index = 0)]
	Seal,
	/// [`Abi::Baals`]
	#[codec(index = 1)]
	Baals,
	/// [`Abi::Aureon`]
	#[codec(index = 2)]
	Aureon,
	/// [`Abi::Dytallix`]
	#[codec(index = 3)]
	Dytallix,
}

impl From<Abi> for AbiId {
	fn from(abi: Abi) -> Self {
		match abi {
			Abi::Seal => Self::Seal,
			Abi::Baals => Self::Baals,
			Abi::Aureon => Self::Aureon,
			Abi::Dytallix => Self::Dytallix,
		}
	}
}

impl From<AbiId> for Abi {
	fn from(id: AbiId) -> Self {
		match id {
			AbiId::Seal => Self::Seal,
			AbiId::Baals => Self::Baals,
			AbiId::Aureon => Self::Aureon,
			AbiId::Dytallix => Self::Dytallix,
		}
	}
}

impl From<AbiId> for caisson_contracts_api::AbiReport {
	fn from(id: AbiId) -> Self {
		match id {
			AbiId::Seal => Self::Seal,
			AbiId::Baals => Self::Baals,
			AbiId::Aureon => Self::Aureon,
			AbiId::Dytallix => Self::Dytallix,
		}
	}
}

/// What the price of loading a prepared module depends on: its bytes, and the number of each thing that
/// takes more than the bytes that declare it.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Encode, Decode, MaxEncodedLen, TypeInfo)]
pub struct LoadInputs {
	/// Bytes of the module, but for those of data segments.
	#[codec(compact)]
	pub(crate) code_bytes: u32,
	/// Instructions of the functions that can run, those that are dear to compile more than once.
	#[codec(compact)]
	pub(crate) instructions: u32,
	/// Functions that it defines, those whose body was dropped included.
	#[codec(compact)]
	pub(crate) functions: u32,
	/// Types of functions.
	#[codec(compact)]
	pub(crate) types: u32,
	/// Functions that it imports.
	#[codec(compact)]
	pub(crate) imports: u32,
	/// Globals.
	#[codec(compact)]
	pub(crate) globals: u32,
	/// Exports.
	#[codec(compact)]
	pub(crate) exports: u32,
	/// Bytes of all data segments.
	#[codec(compact)]
	pub(crate) data_bytes: u32,
	/// Data segments.
	#[codec(compact)]
	pub(crate) data_segments: u32,
	/// Elements of the table.
	#[codec(compact)]
	pub(crate) table_elements: u32,
	/// Items of all element segments.
	#[codec(compact)]
	pub(crate) element_items: u32,
	/// Element segments.
	#[codec(compact)]
	pub(crate) element_segments: u32,
	/// Pages of memory that it begins with.
	#[codec(compact)]
	pub(crate) pages: u32,
}

/// What a call loads: the module without what no call needs, and what an upload found out about it.
#[derive(Clone, PartialEq, Eq, Encode, Decode, MaxEncodedLen, Debug, TypeInfo)]
pub struct PreparedCode {
	/// The behaviour version that it was checked and prepared with.
	pub(crate) behaviour: u16,
	/// The interface that it belongs to.
	pub(crate) abi: AbiId,
	/// A row of the ABI's table for every import, in the order of imports.
	pub(crate) plan: BoundedVec<u8, ConstU32<{ limits::IMPORTS }>>,
	/// What the price of entering a frame of it depends on.
	pub(crate) inputs: LoadInputs,
	/// The module.
	pub(crate) code: PreparedVec,
}

impl PreparedCode {
	/// The rows of the plan.
	pub(crate) fn rows(&self) -> Vec<FunctionId> {
		let abi = self.abi.into();
		self.plan.iter().map(|row| FunctionId { abi, row: *row }).collect()
	}
}

/// Why a code on chain is refused. It stays, with its deposit and its contracts, and is not run.
#[derive(Clone, Copy, PartialEq, Eq, Encode, Decode, MaxEncodedLen, Debug, TypeInfo)]
pub struct RefusedCode {
	/// The behaviour version whose check refuses it.
	pub behaviour: u16,
	/// The interface that it belongs to, as far as it is known: `seal` if it was never prepared.
	pub abi: AbiId,
	/// Why.
	pub reason: RejectionCode,
	/// The byte of the uploaded code where that begins; 0 where the code as a whole is meant.
	pub offset: u32,
}

/// A set of capabilities.
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
pub struct CapabilitySet {
	bits: u32,
}

impl Default for CapabilitySet {
	/// Everything: what a contract has of which nothing is stored.
	fn default() -> Self {
		Self::all()
	}
}

impl CapabilitySet {
	/// Every capability, those that a later release adds included.
	pub const fn all() -> Self {
		Self { bits: u32::MAX }
	}

	/// Only those of `list`.
	pub fn of(list: impl IntoIterator<Item = Capability>) -> Self {
		Self { bits: list.into_iter().fold(0, |bits, capability| bits | capability.bit()) }
	}

	/// Whether `capability` is in the set.
	pub const fn contains(self, capability: Capability) -> bool {
		self.bits & capability.bit() != 0
	}

	/// Those that are in both sets: what a contract can pass on to one that it makes.
	pub const fn intersection(self, other: Self) -> Self {
		Self { bits: self.bits & other.bits }
	}

	/// The capabilities in the set, in the order of their definition.
	pub fn iter(self) -> impl Iterator<Item = Capability> {
		Capability::ALL.into_iter().filter(move |capability| self.contains(*capability))
	}
}

/// A capability of the tables as one of the runtime API, and back.
pub(crate) fn api_capability(capability: Capability) -> caisson_contracts_api::Capability {
	use caisson_contracts_api::Capability as Api;
	match capability {
		Capability::StorageRead => Api::StorageRead,
		Capability::StorageWrite => Api::StorageWrite,
		Capability::StorageRemove => Api::StorageRemove,
		Capability::CallContracts => Api::CallContracts,
		Capability::EmitEvents => Api::EmitEvents,
		Capability::BlockInfo => Api::BlockInfo,
		Capability::Crypto => Api::Crypto,
		Capability::Revert => Api::Revert,
		Capability::TransferValue => Api::TransferValue,
	}
}

impl From<Vec<caisson_contracts_api::Capability>> for CapabilitySet {
	fn from(list: Vec<caisson_contracts_api::Capability>) -> Self {
		Self::of(
			Capability::ALL
				.into_iter()
				.filter(|capability| list.contains(&api_capability(*capability))),
		)
	}
}

/// What a contract has beyond [`ContractInfo`]; a missing entry means all capabilities. Set where the contract
/// is made, and never later: see `ContractInfo::has_settings`.
#[derive(Clone, Copy, Default, PartialEq, Eq, Encode, Decode, MaxEncodedLen, Debug, TypeInfo)]
pub struct ContractSettings {
	/// What it may do.
	pub capabilities: CapabilitySet,
}
