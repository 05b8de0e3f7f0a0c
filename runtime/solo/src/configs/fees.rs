//! Money: balances, and what a transaction pays.

use crate::{
	AccountId, Balance, Balances, Runtime, RuntimeEvent, RuntimeFreezeReason, RuntimeHoldReason,
	Staking, System,
};
use caisson_runtime_common::{
	currency::EXISTENTIAL_DEPOSIT,
	fees::{FeeMultiplierUpdate, LengthToFee, OperationalFeeMultiplier, WeightToFee},
};
use frame_support::{
	parameter_types,
	traits::{fungible::Credit, ConstU128, ConstU32, Imbalance, OnUnbalanced, VariantCountOf},
};
use pallet_transaction_payment::FungibleAdapter;
use sp_runtime::Permill;

parameter_types! {
	/// The part of a fee that validators get; the rest is burnt.
	///
	/// Not all of it: a validator that is alone, or all of them together, would fill blocks for nothing.
	pub const ValidatorsShare: Permill = Permill::from_percent(80);
}

/// Divides what a transaction pays.
pub struct FeesToValidators;

impl OnUnbalanced<Credit<AccountId, Balances>> for FeesToValidators {
	/// Takes the fee and then the tip, if there is one. Validators get all of the tip, which was given
	/// to them.
	fn on_unbalanceds(mut amounts: impl Iterator<Item = Credit<AccountId, Balances>>) {
		if let Some(fee) = amounts.next() {
			Self::on_unbalanced(fee);
		}
		amounts.for_each(Staking::on_unbalanced);
	}

	fn on_nonzero_unbalanced(fee: Credit<AccountId, Balances>) {
		let share = ValidatorsShare::get().mul_floor(fee.peek());
		let (share, burnt) = fee.split(share);
		Staking::on_unbalanced(share);
		drop(burnt);
	}
}

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
	type OnChargeTransaction = FungibleAdapter<Balances, FeesToValidators>;
	type WeightToFee = WeightToFee;
	type LengthToFee = LengthToFee;
	type FeeMultiplierUpdate = FeeMultiplierUpdate<Runtime>;
	type OperationalFeeMultiplier = OperationalFeeMultiplier;
	type WeightInfo = pallet_transaction_payment::weights::SubstrateWeight<Runtime>;
}
