//! When the runtime accepts a block: its time has to move, and on a chain of several authorities so
//! does its slot.

#![allow(clippy::arithmetic_side_effects, reason = "heights of tests")]

use caisson_solo_runtime::{
	genesis_config_presets::genesis_storage, Executive, Header, Runtime, RuntimeCall, System,
	UncheckedExtrinsic,
};
use sp_consensus_aura::{Slot, AURA_ENGINE_ID};
use sp_io::TestExternalities;
use sp_runtime::{traits::Header as _, Digest, DigestItem};

const SLOT: u64 = 6_000;

/// Makes an empty block of this slot and time on the one before it.
fn make_block(slot: u64, time: u64) {
	let parent = System::parent_hash();
	let digest = Digest {
		logs: vec![DigestItem::PreRuntime(
			AURA_ENGINE_ID,
			codec::Encode::encode(&Slot::from(slot)),
		)],
	};
	let number = System::block_number() + 1;
	Executive::initialize_block(&Header::new(
		number,
		Default::default(),
		Default::default(),
		parent,
		digest,
	));
	let set_time = RuntimeCall::Timestamp(pallet_timestamp::Call::set { now: time });
	Executive::apply_extrinsic(UncheckedExtrinsic::new_bare(set_time))
		.expect("the time is valid")
		.expect("the time is set");
	let header = Executive::finalize_block();
	assert_eq!(*header.number(), number);
	assert_eq!(pallet_timestamp::Now::<Runtime>::get(), time);
	assert_eq!(pallet_aura::CurrentSlot::<Runtime>::get(), slot);
}

fn on_genesis_of(preset: &str, test: impl FnOnce()) {
	TestExternalities::new(genesis_storage(preset).expect("the preset builds")).execute_with(test);
}

#[test]
fn one_authority_can_make_several_blocks_in_a_slot() {
	on_genesis_of("development", || {
		make_block(10, 10 * SLOT);
		make_block(10, 10 * SLOT + 1);
		make_block(10, 10 * SLOT + 500);
		make_block(11, 11 * SLOT);
	});
}

#[test]
#[should_panic(expected = "Timestamp must increment")]
fn time_has_to_move() {
	on_genesis_of("development", || {
		make_block(10, 10 * SLOT);
		make_block(10, 10 * SLOT);
	});
}

#[test]
#[should_panic(expected = "Slot must not decrease")]
fn a_slot_never_goes_back() {
	on_genesis_of("development", || {
		make_block(10, 10 * SLOT);
		make_block(9, 10 * SLOT + 1);
	});
}

#[test]
#[should_panic(expected = "Timestamp slot must match")]
fn time_has_to_lie_in_the_slot() {
	on_genesis_of("development", || make_block(10, 11 * SLOT));
}

#[test]
fn two_authorities_make_one_block_in_a_slot() {
	on_genesis_of("local_testnet", || {
		make_block(10, 10 * SLOT);
		make_block(11, 11 * SLOT);
	});
}

#[test]
#[should_panic(expected = "Slot must increase")]
fn two_authorities_cannot_share_a_slot() {
	on_genesis_of("local_testnet", || {
		make_block(10, 10 * SLOT);
		make_block(10, 10 * SLOT + 1);
	});
}
