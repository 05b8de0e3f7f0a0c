//! The ABIs' own gas, with the numbers of their documentation and not of the tables.

use caisson_contracts_abi::{
	gas::{aureon, baals, dytallix},
	Abi, Charge, GuestLen, GuestPtr,
};

const P: GuestPtr = GuestPtr(1_000_000);

fn l(len: u32) -> GuestLen {
	GuestLen(len)
}

#[test]
fn baals_gas_is_as_documented() {
	for len in [0, 1, 15, 16, 4_096, u32::MAX] {
		assert_eq!(baals::baals_storage_read(P, l(len), P, l(len)), 100);
		assert_eq!(baals::baals_storage_write(P, l(len), P, l(len)), 200);
		assert_eq!(baals::baals_storage_write_status(P, l(len), P, l(len)), 200);
		assert_eq!(baals::baals_storage_remove(P, l(len)), 50);
		assert_eq!(baals::baals_storage_remove_status(P, l(len)), 50);
		assert_eq!(baals::baals_get_input_data(P, l(len)), 0);
		assert_eq!(baals::baals_verify_signature(P, l(len), P, l(len), P, l(len)), 500);
		assert_eq!(baals::baals_call_contract(P, l(len), P, l(len), P, l(len), i64::MIN), 1_000);
		assert_eq!(baals::baals_read_call_result(P, l(len)), 0);
		assert_eq!(baals::baals_read_call_result_at(P, l(len), -1), 0);
		assert_eq!(baals::baals_revert(P, l(len)), 0);
	}
	assert_eq!(baals::baals_get_sender(P), 0);
	assert_eq!(baals::baals_get_contract_id(P), 0);
	assert_eq!(baals::baals_get_block_timestamp(), 0);
	assert_eq!(baals::baals_get_block_index(), 0);
	// A price a page, counted by the function itself.
	assert_eq!(baals::baals_memory_grow(), 100);
}

#[test]
fn baals_hash_costs_a_unit_for_each_16_whole_bytes() {
	for (len, gas) in
		[(0, 50), (1, 50), (15, 50), (16, 51), (31, 51), (32, 52), (1_024, 114), (65_536, 4_146)]
	{
		assert_eq!(baals::baals_hash_sha256(P, l(len), P), gas);
	}
	assert_eq!(baals::baals_hash_sha256(P, l(u32::MAX), P), 268_435_505);
}

#[test]
fn baals_events_cost_a_unit_for_each_byte() {
	for (topic, data, gas) in [(0, 0, 100), (7, 0, 107), (0, 9, 109), (256, 16_384, 16_740)] {
		assert_eq!(baals::baals_emit_event(P, l(topic), P, l(data)), gas);
	}
	// Lengths are unsigned, and their sum is not cut to 32 bits.
	let most = baals::baals_emit_event(P, l(u32::MAX), P, l(u32::MAX));
	assert_eq!(most, 8_589_934_690);
}

#[test]
fn aureon_gas_is_as_documented() {
	let log = aureon::log(P, l(11));
	let read = aureon::storage_read(P, l(7), P, l(64));
	let write = aureon::storage_write(P, l(7), P, l(8));
	assert_eq!((log, read, write), (10, 15, 30));
	assert_eq!(aureon::get_balance(P, l(32)), 20);
	assert_eq!(aureon::transfer(P, l(32), P, l(48), -1), 50);
	// `increment` of the interface's own example: log, read, write, log.
	assert_eq!(log + read + write + log, 65);
}

#[test]
fn dytallix_gas_is_as_documented() {
	let get = dytallix::storage_get(P, l(5), P, l(64));
	let set = dytallix::storage_set(P, l(5), P, l(2));
	let emit = dytallix::emit_event(P, l(7), P, l(2));
	assert_eq!((get, set, emit), (200, 5_000, 375));
	// The interface's own example: set, get, emit.
	assert_eq!(set + get + emit, 5_575);
	assert_eq!(dytallix::block_timestamp(), 0);
	assert_eq!(dytallix::block_number(), 0);
}

#[test]
fn dytallix_amounts_are_unsigned() {
	assert_eq!(dytallix::consume_gas(0), 0);
	assert_eq!(dytallix::consume_gas(12_345), 12_345);
	assert_eq!(dytallix::consume_gas(-1), 4_294_967_295);
	assert_eq!(dytallix::consume_gas_wide(5_000_000_000), 5_000_000_000);
	assert_eq!(dytallix::consume_gas_wide(-1), u64::MAX);
}

#[test]
fn gas_is_counted_at_entry_but_for_what_checks_first() {
	let in_body: Vec<_> = Abi::ALL
		.into_iter()
		.flat_map(|abi| abi.functions())
		.filter(|spec| spec.charge == Charge::Body)
		.map(|spec| spec.rust_name)
		.collect();
	assert_eq!(
		in_body,
		[
			"baals_memory_grow",
			"consume_gas",
			"consume_gas_wide",
			"storage_get",
			"storage_set",
			"emit_event",
		]
	);
}
