//! Runtime of the Caisson solo chain: validators are chosen by stake, Aura makes blocks, GRANDPA
//! finalises them, and anyone's Wasm contracts run in them.
//!
//! This file has the types, the version and the list of pallets. What a pallet is configured with is
//! in [`configs`], what the node and other clients can call is in [`apis`], and how a chain begins
//! is in [`genesis_config_presets`].
//!
//! # Features
//!
//! | feature | effect |
//! |---|---|
//! | `std` | native build, with the Wasm build embedded as `WASM_BINARY` |
//! | `metadata-hash` | the Wasm carries its RFC-78 metadata digest, for `CheckMetadataHash` |
//! | `try-runtime` | runtime upgrades can be tried against the state of a chain |
//! | `runtime-benchmarks` | the pallets carry their benchmarks |
//! | `upgrade-rehearsal`, `upgrade-rehearsal-failing` | what `make test-upgrade` upgrades a chain to: `rehearsal` |

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
pub mod genesis_config_presets;
#[cfg(feature = "upgrade-rehearsal")]
pub mod rehearsal;
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

/// What a transaction passes before it is dispatched, in this order.
///
/// Clients build the signed payload from this list, so an element is added or moved only together
/// with `transaction_version`.
pub type TxExtension = (
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
	frame_system::WeightReclaim<Runtime>,
);

/// What dispatches a block's transactions to the pallets.
pub type Executive = frame_executive::Executive<
	Runtime,
	Block,
	frame_system::ChainContext<Runtime>,
	Runtime,
	AllPalletsWithSystem,
>;

sp_runtime::impl_opaque_keys! {
	/// Keys that a node makes blocks and votes on finality with.
	pub struct SessionKeys {
		/// Signs blocks.
		pub aura: Aura,
		/// Signs votes on finality.
		pub grandpa: Grandpa,
	}
}

// The specification's version is a literal behind this: the macro that writes it into the Wasm reads no other.
macro_rules! version {
	($spec_version:tt) => {
		/// Version of this runtime.
		///
		/// `system_version` 1 is the newest whose rules every client knows: light clients verify storage
		/// proofs by them.
		#[sp_version::runtime_version]
		pub const VERSION: RuntimeVersion = RuntimeVersion {
			spec_name: Cow::Borrowed("caisson-solo"),
			impl_name: Cow::Borrowed("caisson-solo"),
			authoring_version: 1,
			spec_version: $spec_version,
			impl_version: 1,
			apis: apis::RUNTIME_API_VERSIONS,
			transaction_version: 1,
			system_version: 1,
		};
	};
}

#[cfg(not(feature = "upgrade-rehearsal"))]
version!(1);
#[cfg(feature = "upgrade-rehearsal-failing")]
version!(2);
#[cfg(all(feature = "upgrade-rehearsal", not(feature = "upgrade-rehearsal-failing")))]
version!(3);

// An index is part of every encoded call, event and error of its pallet: it never changes, and the
// index of a removed pallet is not used again.
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

	#[runtime::pallet_index(1)]
	pub type Timestamp = pallet_timestamp;

	#[runtime::pallet_index(2)]
	pub type Utility = pallet_utility;

	#[runtime::pallet_index(3)]
	pub type Sudo = pallet_sudo;

	#[runtime::pallet_index(4)]
	pub type MultiBlockMigrations = pallet_migrations;

	#[runtime::pallet_index(5)]
	pub type SafeMode = pallet_safe_mode;

	#[runtime::pallet_index(10)]
	pub type Balances = pallet_balances;

	#[runtime::pallet_index(11)]
	pub type TransactionPayment = pallet_transaction_payment;

	#[runtime::pallet_index(20)]
	pub type Aura = pallet_aura;

	#[runtime::pallet_index(21)]
	pub type Grandpa = pallet_grandpa;

	// In front of the sessions: who makes the block that ends a session has made it for that session.
	#[runtime::pallet_index(22)]
	pub type Authorship = pallet_authorship;

	// In front of the sessions, whose genesis asks it for validators.
	#[runtime::pallet_index(23)]
	pub type Staking = pallet_validator_staking;

	#[runtime::pallet_index(24)]
	pub type Session = pallet_session;

	#[runtime::pallet_index(25)]
	pub type Historical = pallet_session::historical;

	#[runtime::pallet_index(26)]
	pub type Offences = pallet_offences;

	#[runtime::pallet_index(40)]
	pub type Contracts = pallet_wasm_contracts;
}
