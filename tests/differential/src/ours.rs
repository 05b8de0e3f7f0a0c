//! The chain with Caisson's pallet.

#![allow(missing_docs, reason = "the runtime macro's own items")]

use frame_support::derive_impl;
use frame_support::traits::ConstBool;

crate::world::runtime!(pallet_wasm_contracts);

#[derive_impl(pallet_wasm_contracts::config_preludes::TestDefaultConfig)]
impl pallet_wasm_contracts::Config for Chain {
	type Time = Timestamp;
	type Currency = Balances;
	type RuntimeCall = RuntimeCall;
	type CallFilter = crate::world::CallFilter;
	type WeightPrice = crate::world::WeightPrice;
	type DepositPerByte = crate::world::DepositPerByte;
	type DepositPerItem = crate::world::DepositPerItem;
	type DefaultDepositLimit = crate::world::DefaultDepositLimit;
	type CodeHashLockupDepositPercent = crate::world::CodeHashLockupDepositPercent;
	type Randomness = pallet_wasm_contracts::extension::ParentHashRandomness<Self>;
	type UnsafeUnstableInterface = ConstBool<true>;
}

/// The chain's metadata, with the APIs of its contracts.
pub fn metadata() -> frame_metadata::v16::RuntimeMetadataV16 {
	use caisson_contracts_api::{
		runtime_decl_for_caisson_contracts_api as more, runtime_decl_for_contracts_api as api,
	};
	type Record = frame_system::EventRecord<RuntimeEvent, sp_core::H256>;
	type Account = sp_core::crypto::AccountId32;
	let mut metadata = Chain::metadata_ir();
	metadata.apis.push(api::runtime_metadata::<Block, Account, u128, u32, sp_core::H256, Record>(
		api::VERSION,
	));
	metadata
		.apis
		.push(more::runtime_metadata::<Block, Account, u128, sp_core::H256, Record>(more::VERSION));
	metadata.into()
}
