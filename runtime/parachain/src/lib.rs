//! Runtime of Caisson as a parachain: collators make blocks by Aura, the relay chain's validators check
//! and finalise them, and anyone's Wasm contracts run in them.
//!
//! This file has the types, the version and the list of pallets. What a pallet is configured with is
//! in [`configs`], what the node and other clients can call is in [`apis`], how a chain begins is in
//! [`genesis_config_presets`], and how contracts reach other chains is in [`contracts_xcm`].
//!
//! # Features
//!
//! | feature | effect |
//! |---|---|
//! | `std` | native build, with the Wasm build embedded as `WASM_BINARY` |
//! | `metadata-hash` | the Wasm carries its RFC-78 metadata digest, for `CheckMetadataHash` |
//! | `try-runtime` | runtime upgrades can be tried against the state of a chain |
//! | `runtime-benchmarks` | the pallets carry their benchmarks |

#![cfg_attr(not(feature = "std"), no_std)]
// 256 levels are needed to resolve the types that the list of pallets expands to.
#![recursion_limit = "256"]
#![allow(missing_docs, reason = "the list of pallets expands to items without documentation")]

// `WASM_BINARY`, written by the build script; `None` where that was told to skip the Wasm build.
#[cfg(feature = "std")]
include!(concat!(env!("OUT_DIR"), "/wasm_binary.rs"));

extern crate alloc;

// In front of those who use its macros.
#[cfg(feature = "runtime-benchmarks")]
#[macro_use]
mod benchmarks;
pub mod apis;
pub mod configs;
pub mod contracts_xcm;
pub mod genesis_config_presets;
pub mod weights;

pub use caisson_runtime_common::{
	opaque, AccountId, Address, Balance, BlockNumber, Hash, Header, Nonce, Signature,
};

// `Vec` is named by the macros of the session keys and of the list of pallets.
use alloc::{borrow::Cow, vec::Vec};
use sp_runtime::generic;
use sp_version::RuntimeVersion;

/// A block whose transactions are decoded.
pub type Block = generic::Block<Header, UncheckedExtrinsic>;

/// A transaction as it comes from outside.
pub type UncheckedExtrinsic =
	generic::UncheckedExtrinsic<Address, RuntimeCall, Signature, TxExtension>;

/// What a transaction is signed over.
pub type SignedPayload = generic::SignedPayload<RuntimeCall, TxExtension>;

/// What a transaction passes before it is dispatched: the same as on the solo chain and in the same
/// order, with the parachain's way to give weight back around all of it.
///
/// That one knows how much proof the transaction really added, and gives back the rest.
///
/// Clients build the signed payload from this list, so an element is added or moved only together
/// with `transaction_version`.
pub type TxExtension = cumulus_pallet_weight_reclaim::StorageWeightReclaim<
	Runtime,
	(
		frame_system::AuthorizeCall<Runtime>,
		frame_system::CheckNonZeroSender<Runtime>,
		frame_system::CheckSpecVersion<Runtime>,
		frame_system::CheckTxVersion<Runtime>,
		frame_system::CheckGenesis<Runtime>,
		frame_system::CheckEra<Runtime>,
		frame_system::CheckNonce<Runtime>,
		frame_system::CheckWeight<Runtime>,
		pallet_transaction_payment::ChargeTransactionPayment<Runtime>,
		frame_metadata_hash_extension::CheckMetadataHash<Runtime>,
	),
>;

/// What dispatches a block's transactions to the pallets.
pub type Executive = frame_executive::Executive<
	Runtime,
	Block,
	frame_system::ChainContext<Runtime>,
	Runtime,
	AllPalletsWithSystem,
>;

sp_runtime::impl_opaque_keys! {
	/// Keys that a collator makes blocks with.
	pub struct SessionKeys {
		/// Signs blocks.
		pub aura: Aura,
	}
}

/// Version of this runtime.
///
/// `system_version` 1 is the newest whose rules every client knows: light clients verify storage
/// proofs by them.
#[sp_version::runtime_version]
pub const VERSION: RuntimeVersion = RuntimeVersion {
	spec_name: Cow::Borrowed("caisson-parachain"),
	impl_name: Cow::Borrowed("caisson-parachain"),
	authoring_version: 1,
	spec_version: 1,
	impl_version: 1,
	apis: apis::RUNTIME_API_VERSIONS,
	transaction_version: 1,
	system_version: 1,
};

// An index is part of every encoded call, event and error of its pallet: it never changes, and the
// index of a removed pallet is not used again. A pallet that the solo chain has, too, has its index here.
//
// The order is that of the hooks. Of the pallets of collators it matters: an author is paid before
// the session changes, and AuraExt keeps what Aura had in the end.
#[frame_support::runtime]
mod runtime {
	/// The runtime, which implements every pallet's `Config`.
	#[runtime::runtime]
	#[runtime::derive(
		RuntimeCall,
		RuntimeEvent,
		RuntimeError,
		RuntimeOrigin,
		RuntimeFreezeReason,
		RuntimeHoldReason,
		RuntimeSlashReason,
		RuntimeLockId,
		RuntimeTask,
		RuntimeViewFunction
	)]
	pub struct Runtime;

	#[runtime::pallet_index(0)]
	pub type System = frame_system;

	#[runtime::pallet_index(4)]
	pub type ParachainSystem = cumulus_pallet_parachain_system;

	#[runtime::pallet_index(1)]
	pub type Timestamp = pallet_timestamp;

	#[runtime::pallet_index(2)]
	pub type Utility = pallet_utility;

	#[runtime::pallet_index(3)]
	pub type Sudo = pallet_sudo;

	#[runtime::pallet_index(5)]
	pub type ParachainInfo = parachain_info;

	#[runtime::pallet_index(6)]
	pub type WeightReclaim = cumulus_pallet_weight_reclaim;

	#[runtime::pallet_index(10)]
	pub type Balances = pallet_balances;

	#[runtime::pallet_index(11)]
	pub type TransactionPayment = pallet_transaction_payment;

	#[runtime::pallet_index(22)]
	pub type Authorship = pallet_authorship;

	#[runtime::pallet_index(23)]
	pub type CollatorSelection = pallet_collator_selection;

	#[runtime::pallet_index(24)]
	pub type Session = pallet_session;

	#[runtime::pallet_index(20)]
	pub type Aura = pallet_aura;

	#[runtime::pallet_index(25)]
	pub type AuraExt = cumulus_pallet_aura_ext;

	#[runtime::pallet_index(30)]
	pub type XcmpQueue = cumulus_pallet_xcmp_queue;

	#[runtime::pallet_index(31)]
	pub type PolkadotXcm = pallet_xcm;

	#[runtime::pallet_index(32)]
	pub type CumulusXcm = cumulus_pallet_xcm;

	#[runtime::pallet_index(33)]
	pub type MessageQueue = pallet_message_queue;

	#[runtime::pallet_index(40)]
	pub type Contracts = pallet_wasm_contracts;
}

cumulus_pallet_parachain_system::register_validate_block! {
	Runtime = Runtime,
	BlockExecutor = cumulus_pallet_aura_ext::BlockExecutor::<Runtime, Executive>,
}
