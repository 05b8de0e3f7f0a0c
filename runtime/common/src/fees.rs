//! What a transaction costs besides the deposits of what it stores.

use crate::{blocks::MAXIMUM_REF_TIME, currency::MICROUNIT, Balance};
use core::marker::PhantomData;
use frame_support::{
	parameter_types,
	traits::Get,
	weights::{ConstantMultiplier, IdentityFee, Weight, WeightToFee as ConvertToFee},
};
use pallet_transaction_payment::{Multiplier, TargetedFeeAdjustment};
use sp_runtime::{
	traits::{Bounded, One},
	FixedPointNumber, Perquintill,
};

/// Fee of computation: 1 of the smallest unit for a picosecond.
///
/// With 12 decimals this is a milli-unit for a millisecond, so that a full block of 2 s yields 2
/// tokens, and the base weight of a transaction costs about 0.1 milli-units.
pub type WeightToFee = IdentityFee<Balance>;

/// Fee of computation or of proof, whichever is more, where a block's proof may have up to
/// `MaxProofSize` bytes.
///
/// A block that is full of proof yields as much as one that is full of computation.
pub struct ProvenWeightToFee<MaxProofSize>(PhantomData<MaxProofSize>);

impl<MaxProofSize: Get<u64>> ConvertToFee for ProvenWeightToFee<MaxProofSize> {
	type Balance = Balance;

	fn weight_to_fee(weight: &Weight) -> Balance {
		let full_block = WeightToFee::weight_to_fee(&Weight::from_parts(MAXIMUM_REF_TIME, 0));
		let by_proof = Balance::from(weight.proof_size())
			.saturating_mul(full_block)
			.checked_div(MaxProofSize::get().into())
			.unwrap_or_default();
		WeightToFee::weight_to_fee(weight).max(by_proof)
	}
}

/// Fee of length: a micro-unit for a byte.
///
/// Bytes that fill a block then cost about as much as computation that fills it.
pub type LengthToFee = ConstantMultiplier<Balance, TransactionByteFee>;

/// How the fee of computation moves with the demand for it.
///
/// By the Polkadot formula, but never below 1: on an idle chain, and so on a development chain, the
/// multiplier is exactly 1 and a transaction costs the same at each try.
pub type FeeMultiplierUpdate<Runtime> = TargetedFeeAdjustment<
	Runtime,
	TargetBlockFullness,
	AdjustmentVariable,
	MinimumMultiplier,
	MaximumMultiplier,
>;

parameter_types! {
	/// Fee of a byte of a transaction.
	pub const TransactionByteFee: Balance = MICROUNIT;
	/// How much an operational transaction's fee counts in its priority.
	pub const OperationalFeeMultiplier: u8 = 5;
	/// Above this part of a block's normal capacity fees rise, below it they fall.
	pub const TargetBlockFullness: Perquintill = Perquintill::from_percent(25);
	/// Speed of the movement: full blocks for a day raise fees to about the double.
	pub AdjustmentVariable: Multiplier = Multiplier::saturating_from_rational(75, 1_000_000);
	/// The least multiplier.
	pub MinimumMultiplier: Multiplier = Multiplier::one();
	/// The greatest multiplier: as much as the type holds.
	pub MaximumMultiplier: Multiplier = Bounded::max_value();
}
