//! Contracts.

use crate::{Balances, Runtime, RuntimeHoldReason, Timestamp};
use caisson_runtime_common::contracts::{
	AbiGasPrice, CodeHashLockupDepositPercent, DefaultDepositLimit, DepositPerByte, DepositPerItem,
};

impl pallet_wasm_contracts::Config for Runtime {
	type Time = Timestamp;
	type Currency = Balances;
	type RuntimeHoldReason = RuntimeHoldReason;
	/// Estimates: see the head of the pallet's weights.
	type WeightInfo =
		pallet_wasm_contracts::weights::EstimatedWeight<<Self as frame_system::Config>::DbWeight>;
	type DepositPerByte = DepositPerByte;
	type DepositPerItem = DepositPerItem;
	type DefaultDepositLimit = DefaultDepositLimit;
	type CodeHashLockupDepositPercent = CodeHashLockupDepositPercent;
	type AbiGasPrice = AbiGasPrice;
	type Environment = ();
}
