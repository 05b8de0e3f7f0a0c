//! The chain with pallet-contracts.

#![allow(missing_docs, reason = "the runtime macro's own items")]

use frame_support::derive_impl;
use frame_support::traits::ConstBool;

crate::world::runtime!(pallet_contracts);

frame_support::parameter_types! {
	pub Schedule: pallet_contracts::Schedule<Chain> = Default::default();
}

#[derive_impl(pallet_contracts::config_preludes::TestDefaultConfig)]
impl pallet_contracts::Config for Chain {
	type Time = Timestamp;
	type Randomness = pallet_wasm_contracts::extension::ParentHashRandomness<Self>;
	type Currency = Balances;
	// What its chains have; deeper ones do not pass its own integrity test.
	type CallStack = [pallet_contracts::Frame<Self>; 5];
	type Schedule = Schedule;
	type CallFilter = crate::world::CallFilter;
	type WeightPrice = crate::world::WeightPrice;
	type WeightInfo = ();
	type DepositPerByte = crate::world::DepositPerByte;
	type DepositPerItem = crate::world::DepositPerItem;
	type DefaultDepositLimit = crate::world::DefaultDepositLimit;
	type CodeHashLockupDepositPercent = crate::world::CodeHashLockupDepositPercent;
	type UnsafeUnstableInterface = ConstBool<true>;
	type UploadOrigin = frame_system::EnsureSigned<Self::AccountId>;
	type InstantiateOrigin = frame_system::EnsureSigned<Self::AccountId>;
	type Xcm = ();
}

/// The chain's metadata, with the API for which its clients ask.
pub fn metadata() -> frame_metadata::v16::RuntimeMetadataV16 {
	use pallet_contracts::runtime_decl_for_contracts_api as api;
	type Record = frame_system::EventRecord<RuntimeEvent, sp_core::H256>;
	type Account = sp_core::crypto::AccountId32;
	let mut metadata = Chain::metadata_ir();
	metadata.apis.push(api::runtime_metadata::<Block, Account, u128, u32, sp_core::H256, Record>(
		api::VERSION,
	));
	metadata.into()
}
