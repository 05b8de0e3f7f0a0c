//! Contracts.

use crate::{
	contracts_xcm::ContractsXcm, AccountId, Balances, Runtime, RuntimeCall, RuntimeHoldReason,
	Timestamp, TransactionPayment,
};
use caisson_runtime_common::contracts::{
	AbiGasPrice, CodeHashLockupDepositPercent, DefaultDepositLimit, DepositPerByte, DepositPerItem,
};
use frame_support::traits::{ConstBool, Nothing};
use frame_system::EnsureSigned;

impl pallet_wasm_contracts::Config for Runtime {
	type Time = Timestamp;
	type Currency = Balances;
	type RuntimeHoldReason = RuntimeHoldReason;
	type WeightInfo = pallet_wasm_contracts::weights::SubstrateWeight<Self>;
	type DepositPerByte = DepositPerByte;
	type DepositPerItem = DepositPerItem;
	type DefaultDepositLimit = DefaultDepositLimit;
	type CodeHashLockupDepositPercent = CodeHashLockupDepositPercent;
	type AbiGasPrice = AbiGasPrice;
	type WeightPrice = TransactionPayment;
	type RuntimeCall = RuntimeCall;
	/// None: what contracts may dispatch is a decision of each chain.
	type CallFilter = Nothing;
	type ChainExtension = ();
	type Xcm = ContractsXcm;
	type Randomness = pallet_wasm_contracts::extension::ParentHashRandomness<Self>;
	type UploadOrigin = EnsureSigned<AccountId>;
	type InstantiateOrigin = EnsureSigned<AccountId>;
	type UnsafeUnstableInterface = ConstBool<false>;
	type Environment = ();
}
