//! The numbers, checked against what their documentation says of them.

use crate::{
	blocks::{block_length, block_weights, MAXIMUM_BLOCK_LENGTH, MAXIMUM_REF_TIME},
	contracts::{AbiGasPrice, DefaultDepositLimit},
	currency::{
		deposit, DEPOSIT_PER_BYTE, DEPOSIT_PER_ITEM, EXISTENTIAL_DEPOSIT, MICROUNIT, MILLIUNIT,
		UNIT,
	},
	fees::{LengthToFee, ProvenWeightToFee, TransactionByteFee, WeightToFee},
	time::{DAYS, HOURS, MINUTES},
	token::TOKEN_DECIMALS,
	Balance,
};
use frame_support::{
	dispatch::DispatchClass,
	traits::ConstU64,
	weights::{
		constants::{ExtrinsicBaseWeight, WEIGHT_REF_TIME_PER_MILLIS},
		Weight, WeightToFee as _,
	},
};

#[test]
fn a_unit_has_the_decimals_of_the_token() {
	assert_eq!(UNIT, 10u128.pow(TOKEN_DECIMALS.into()));
	assert_eq!(UNIT, 1_000 * MILLIUNIT);
	assert_eq!(MILLIUNIT, 1_000 * MICROUNIT);
}

#[test]
fn blocks_are_counted_into_days() {
	assert_eq!((MINUTES, HOURS, DAYS), (10, 600, 14_400));
}

#[test]
fn deposits_add_items_and_bytes_and_never_overflow() {
	assert_eq!(deposit(0, 0), 0);
	assert_eq!(deposit(1, 0), DEPOSIT_PER_ITEM);
	assert_eq!(deposit(0, 1), DEPOSIT_PER_BYTE);
	assert_eq!(deposit(2, 3), 2 * DEPOSIT_PER_ITEM + 3 * DEPOSIT_PER_BYTE);
	assert!(deposit(u32::MAX, u32::MAX) < Balance::MAX);
	assert_eq!(deposit(0, 20_000), UNIT / 5);
	assert_eq!(deposit(0, 1_000_000_000), 10_000 * UNIT);
}

#[test]
fn an_item_costs_what_an_account_must_hold() {
	assert_eq!(DEPOSIT_PER_ITEM, EXISTENTIAL_DEPOSIT);
}

#[test]
fn the_default_deposit_limit_allows_a_kilo_item_and_a_mebibyte() {
	assert_eq!(DefaultDepositLimit::get(), deposit(1_024, 0) + deposit(0, 1_048_576));
}

#[test]
fn a_millisecond_costs_a_milliunit() {
	let millisecond = Weight::from_parts(WEIGHT_REF_TIME_PER_MILLIS, 0);
	assert_eq!(WeightToFee::weight_to_fee(&millisecond), MILLIUNIT);
}

#[test]
fn a_full_block_costs_about_as_much_by_weight_as_by_length() {
	let by_weight = WeightToFee::weight_to_fee(&Weight::from_parts(MAXIMUM_REF_TIME, 0));
	let by_length = LengthToFee::weight_to_fee(&Weight::from_parts(MAXIMUM_BLOCK_LENGTH.into(), 0));
	assert_eq!(by_weight, 2 * UNIT);
	assert_eq!(by_length, Balance::from(MAXIMUM_BLOCK_LENGTH) * TransactionByteFee::get());
	assert!(by_length < 3 * by_weight && by_weight < 3 * by_length);
}

#[test]
fn the_base_weight_costs_about_a_tenth_of_a_milliunit() {
	let base = WeightToFee::weight_to_fee(&ExtrinsicBaseWeight::get());
	assert!((MILLIUNIT / 20..MILLIUNIT / 5).contains(&base), "{base}");
}

#[test]
fn proof_size_costs_nothing_where_nobody_validates_by_proof() {
	assert_eq!(WeightToFee::weight_to_fee(&Weight::from_parts(0, u64::MAX)), 0);
}

#[test]
fn where_somebody_does_the_scarcer_of_time_and_proof_is_paid() {
	const MAX_PROOF: u64 = 10 * 1024 * 1024;
	let fee = |ref_time, proof_size| {
		let weight = Weight::from_parts(ref_time, proof_size);
		ProvenWeightToFee::<ConstU64<MAX_PROOF>>::weight_to_fee(&weight)
	};
	assert_eq!(fee(0, 0), 0);
	assert_eq!(fee(MAXIMUM_REF_TIME, 0), 2 * UNIT);
	assert_eq!(fee(0, MAX_PROOF), 2 * UNIT);
	assert_eq!(fee(MAXIMUM_REF_TIME / 2, MAX_PROOF), 2 * UNIT);
	assert_eq!(fee(MAXIMUM_REF_TIME, MAX_PROOF / 2), 2 * UNIT);
	assert_eq!(fee(0, 1), 190_734);
	assert_eq!(fee(1_000_000, 1), 1_000_000);
	assert!(fee(u64::MAX, u64::MAX) > 0);
}

#[test]
fn block_limits_are_valid_and_leave_a_quarter_to_operational_transactions() {
	for proof in [5 * 1024 * 1024, u64::MAX] {
		let weights = block_weights(proof).validate().expect("limits are consistent");
		let normal = weights.get(DispatchClass::Normal).max_total.expect("normal is limited");
		assert_eq!(weights.max_block.ref_time(), MAXIMUM_REF_TIME);
		assert_eq!(normal.ref_time(), MAXIMUM_REF_TIME / 4 * 3);
	}
	let length = block_length();
	assert_eq!(*length.max.get(DispatchClass::Normal), MAXIMUM_BLOCK_LENGTH / 4 * 3);
	assert_eq!(*length.max.get(DispatchClass::Operational), MAXIMUM_BLOCK_LENGTH);
	assert_eq!(*length.max.get(DispatchClass::Mandatory), MAXIMUM_BLOCK_LENGTH);
}

#[test]
fn the_dearest_row_of_a_gas_table_costs_a_tenth_of_a_millisecond() {
	let price: Weight = AbiGasPrice::get();
	assert_eq!(price.saturating_mul(5_000).ref_time(), WEIGHT_REF_TIME_PER_MILLIS / 10);
}
