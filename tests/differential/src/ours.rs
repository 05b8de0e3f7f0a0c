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
