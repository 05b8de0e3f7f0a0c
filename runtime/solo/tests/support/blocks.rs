//! Blocks for tests that run the runtime natively.

use caisson_solo_runtime::{Executive, Header, Runtime, RuntimeCall, System, UncheckedExtrinsic};
use sp_consensus_aura::{Slot, AURA_ENGINE_ID};
use sp_runtime::{traits::Header as _, ApplyExtrinsicResult, Digest, DigestItem};

/// Makes a block of this number, slot and time, and returns the result of each extrinsic behind the time.
pub(crate) fn make_block(
	number: u32,
	slot: u64,
	time: u64,
	extrinsics: Vec<UncheckedExtrinsic>,
) -> Vec<ApplyExtrinsicResult> {
	let digest = Digest {
		logs: vec![DigestItem::PreRuntime(
			AURA_ENGINE_ID,
			codec::Encode::encode(&Slot::from(slot)),
		)],
	};
	Executive::initialize_block(&Header::new(
		number,
		Default::default(),
		Default::default(),
		System::parent_hash(),
		digest,
	));
	let set_time = RuntimeCall::Timestamp(pallet_timestamp::Call::set { now: time });
	Executive::apply_extrinsic(UncheckedExtrinsic::new_bare(set_time))
		.expect("the time is valid")
		.expect("the time is set");
	let results = extrinsics.into_iter().map(Executive::apply_extrinsic).collect();
	let header = Executive::finalize_block();
	assert_eq!(*header.number(), number);
	assert_eq!(pallet_timestamp::Now::<Runtime>::get(), time);
	assert_eq!(pallet_aura::CurrentSlot::<Runtime>::get(), slot);
	results
}
