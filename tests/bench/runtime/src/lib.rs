//! A runtime with two contracts pallets: pallet-contracts as `Reference` and Caisson's as `Contracts`.
//!
//! Both are configured by one macro with the same money, prices and limits, so what differs between
//! two extrinsics that only name another pallet is the pallet. All else is what a parachain's runtime
//! has: blocks of two seconds with a limited proof, fees, and weight given back after each extrinsic.

#![no_std]
// 256 levels are needed to resolve the types that the list of pallets expands to.
#![recursion_limit = "256"]
#![allow(missing_docs, reason = "the list of pallets expands to items without documentation")]

extern crate alloc;

pub mod apis;
pub mod configs;

use alloc::{borrow::Cow, vec::Vec};
use sp_runtime::{generic, traits::BlakeTwo256, AccountId32, MultiAddress, MultiSignature};
use sp_version::RuntimeVersion;

pub use caisson_runtime_common::{Balance, BlockNumber, Nonce};

/// An account.
pub type AccountId = AccountId32;
/// How an extrinsic names an account.
pub type Address = MultiAddress<AccountId, ()>;
/// A hash.
pub type Hash = sp_core::H256;
/// Header of a block.
pub type Header = generic::Header<BlockNumber, BlakeTwo256>;
/// A block.
pub type Block = generic::Block<Header, UncheckedExtrinsic>;
/// An extrinsic.
pub type UncheckedExtrinsic =
	generic::UncheckedExtrinsic<Address, RuntimeCall, MultiSignature, TxExtension>;

/// What a transaction passes before it is dispatched, as on a parachain that gives back the proof that
/// an extrinsic did not need. The harness encodes it by hand: `src/extrinsic.rs` there.
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
	),
>;

/// What dispatches a block's extrinsics.
pub type Executive = frame_executive::Executive<
	Runtime,
	Block,
	frame_system::ChainContext<Runtime>,
	Runtime,
	AllPalletsWithSystem,
>;

/// Version of this runtime.
#[sp_version::runtime_version]
pub const VERSION: RuntimeVersion = RuntimeVersion {
	spec_name: Cow::Borrowed("caisson-bench"),
	impl_name: Cow::Borrowed("caisson-bench"),
	authoring_version: 1,
	spec_version: 1,
	impl_version: 1,
	apis: apis::RUNTIME_API_VERSIONS,
	transaction_version: 1,
	system_version: 1,
};

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
	pub type WeightReclaim = cumulus_pallet_weight_reclaim;

	#[runtime::pallet_index(10)]
	pub type Balances = pallet_balances;

	#[runtime::pallet_index(11)]
	pub type TransactionPayment = pallet_transaction_payment;

	#[runtime::pallet_index(40)]
	pub type Contracts = pallet_wasm_contracts;

	#[runtime::pallet_index(41)]
	pub type Reference = pallet_contracts;
}
