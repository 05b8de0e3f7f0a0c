//! Money: balances, and what a transaction pays.

use crate::{
	configs::collators::FeePot, Balance, Balances, Runtime, RuntimeEvent, RuntimeFreezeReason,
	RuntimeHoldReason, System,
};
use caisson_runtime_common::{
	currency::EXISTENTIAL_DEPOSIT,
	fees::{FeeMultiplierUpdate, LengthToFee, OperationalFeeMultiplier, ProvenWeightToFee},
};
use cumulus_primitives_core::relay_chain::MAX_POV_SIZE;
use frame_support::traits::{
	tokens::imbalance::ResolveTo, ConstU128, ConstU32, ConstU64, VariantCountOf,
};
use pallet_transaction_payment::FungibleAdapter;

/// Fee of computation and proof. A block's proof is as scarce as its time.
// Lossless: a widening cast in a constant.
pub type WeightToFee = ProvenWeightToFee<ConstU64<{ MAX_POV_SIZE as u64 }>>;

/// Who gets fees: the pot that authors are paid from.
pub type ToPot = ResolveTo<FeePot, Balances>;

impl pallet_balances::Config for Runtime {
	type RuntimeEvent = RuntimeEvent;
	type RuntimeHoldReason = RuntimeHoldReason;
	type RuntimeFreezeReason = RuntimeFreezeReason;
	type WeightInfo = pallet_balances::weights::SubstrateWeight<Runtime>;
	type Balance = Balance;
	/// What is too little to keep an account is burnt.
	type DustRemoval = ();
	type ExistentialDeposit = ConstU128<EXISTENTIAL_DEPOSIT>;
	type AccountStore = System;
	type ReserveIdentifier = [u8; 8];
	type FreezeIdentifier = RuntimeFreezeReason;
	type MaxLocks = ConstU32<50>;
	type MaxReserves = ConstU32<50>;
	type MaxFreezes = VariantCountOf<RuntimeFreezeReason>;
	type DoneSlashHandler = ();
}

impl pallet_transaction_payment::Config for Runtime {
	type RuntimeEvent = RuntimeEvent;
	type OnChargeTransaction = FungibleAdapter<Balances, ToPot>;
	type WeightToFee = WeightToFee;
	type LengthToFee = LengthToFee;
	type FeeMultiplierUpdate = FeeMultiplierUpdate<Runtime>;
	type OperationalFeeMultiplier = OperationalFeeMultiplier;
	type WeightInfo = pallet_transaction_payment::weights::SubstrateWeight<Runtime>;
}
