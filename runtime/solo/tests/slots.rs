//! When the runtime accepts a block: its time has to move, and on a chain of several authorities so
//! does its slot.

#![allow(clippy::arithmetic_side_effects, reason = "heights of tests")]

#[path = "support/blocks.rs"]
mod blocks;

use caisson_solo_runtime::{genesis_config_presets::genesis_storage, System};
use sp_io::TestExternalities;

const SLOT: u64 = 6_000;

/// Makes an empty block of this slot and time on the one before it.
fn make_block(slot: u64, time: u64) {
	blocks::make_block(System::block_number() + 1, slot, time, Vec::new());
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
