//! How much fits into a block.

use frame_support::{
	dispatch::DispatchClass,
	weights::{constants::WEIGHT_REF_TIME_PER_SECOND, Weight},
};
use frame_system::limits::{BlockLength, BlockWeights};
use sp_runtime::Perbill;

/// Computation in a block: a third of the block time, so that importing nodes keep up with it.
pub const MAXIMUM_REF_TIME: u64 = 2 * WEIGHT_REF_TIME_PER_SECOND;

/// Bytes of extrinsics in a block.
pub const MAXIMUM_BLOCK_LENGTH: u32 = 5 * 1024 * 1024;

/// The part of a block that user transactions may fill; the rest is left to operational ones.
pub const NORMAL_DISPATCH_RATIO: Perbill = Perbill::from_percent(75);

/// Limits of a block's weight where its storage proof may have up to `max_proof_size` bytes.
///
/// A chain that nobody validates by proof gives `u64::MAX`.
pub fn block_weights(max_proof_size: u64) -> BlockWeights {
	BlockWeights::with_sensible_defaults(
		Weight::from_parts(MAXIMUM_REF_TIME, max_proof_size),
		NORMAL_DISPATCH_RATIO,
	)
}

/// Limits of a block's length.
pub fn block_length() -> BlockLength {
	BlockLength::builder()
		.max_length(MAXIMUM_BLOCK_LENGTH)
		.modify_max_length_for_class(DispatchClass::Normal, |length| {
			*length = NORMAL_DISPATCH_RATIO.mul_floor(MAXIMUM_BLOCK_LENGTH)
		})
		.build()
}
