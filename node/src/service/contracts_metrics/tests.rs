use super::{
	metrics::Metrics,
	tally::Tally,
	trail::{Trail, LENGTH},
	Deployed, EventRecord,
};
use caisson_solo_runtime::{AccountId, Balances, Contracts, Hash, Runtime, RuntimeEvent};
use codec::{DecodeAll, Encode};
use frame_support::{traits::PalletInfoAccess, weights::Weight};
use frame_system::{DispatchEventInfo, Phase};
use pallet_wasm_contracts::{code::RejectionCode, Error, Event};
use prometheus_endpoint::{
	prometheus::{Encoder, TextEncoder},
	Registry,
};
use sp_runtime::{DispatchError, ModuleError, TokenError};
use std::collections::BTreeMap;

const ONE: AccountId = AccountId::new([1; 32]);
const OTHER: AccountId = AccountId::new([2; 32]);

fn record(index: u32, event: impl Into<RuntimeEvent>) -> EventRecord {
	EventRecord { phase: Phase::ApplyExtrinsic(index), event: event.into(), topics: Vec::new() }
}

fn executed(weight: Weight) -> Event<Runtime> {
	Event::Executed { contract: ONE, gas_consumed: weight, abi_gas: 0, logs: Vec::new() }
}

/// A failure as it is read from the chain: without the error's message.
fn failed(error: impl Into<DispatchError>, weight: Weight) -> RuntimeEvent {
	let event = RuntimeEvent::System(frame_system::Event::ExtrinsicFailed {
		dispatch_error: error.into(),
		dispatch_info: DispatchEventInfo { weight, ..Default::default() },
	});
	RuntimeEvent::decode_all(&mut event.encode().as_slice()).expect("it was encoded just now")
}

fn nobody(_: usize) -> bool {
	false
}

fn hash(number: u64) -> Hash {
	Hash::from_low_u64_be(number)
}

fn deployed(contracts: u64, codes: u64) -> Deployed {
	Deployed { contracts, codes }
}

mod a_block {
	use super::*;

	#[test]
	fn without_events_has_done_nothing() {
		assert_eq!(Tally::of(&[], nobody), Tally::default());
	}

	#[test]
	fn is_the_sum_of_its_contracts_events() {
		let events = [
			record(1, Event::CodeStored { code_hash: hash(1), deposit_held: 5, uploader: ONE }),
			record(1, Event::Instantiated { deployer: ONE, contract: OTHER }),
			record(1, executed(Weight::from_parts(7, 70))),
			record(2, Event::Instantiated { deployer: OTHER, contract: ONE }),
			record(2, Event::ContractEmitted { contract: ONE, data: vec![1] }),
			record(2, Event::ContractEmitted { contract: ONE, data: vec![2] }),
			record(2, Event::Terminated { contract: ONE, beneficiary: OTHER }),
			record(2, executed(Weight::from_parts(5, 50))),
			record(3, Event::CodeRemoved { code_hash: hash(1), deposit_released: 5, remover: ONE }),
		];
		let tally = Tally {
			executed: 2,
			executed_weight: Weight::from_parts(12, 120),
			codes_stored: 1,
			codes_removed: 1,
			instantiated: 2,
			terminated: 1,
			emitted: 2,
			..Default::default()
		};
		assert_eq!(Tally::of(&events, nobody), tally);
	}

	#[test]
	fn does_not_count_sub_calls_as_calls() {
		let call = Event::Called {
			caller: pallet_wasm_contracts::types::Origin::Signed(ONE),
			contract: OTHER,
		};
		assert_eq!(Tally::of(&[record(1, call)], nobody), Tally::default());
	}
}

mod a_failure {
	use super::*;

	#[test]
	fn with_an_error_of_the_pallet_is_counted_by_its_name_whoever_called() {
		let rejected = Error::<Runtime>::CodeRejected(RejectionCode::Float);
		let weight = Weight::from_parts(3, 30);
		let events = [
			record(1, failed(Error::<Runtime>::OutOfGas, weight)),
			record(2, failed(Error::<Runtime>::ContractTrapped, weight)),
			record(3, failed(Error::<Runtime>::OutOfGas, weight)),
			record(4, failed(rejected, weight)),
		];
		let tally = Tally::of(&events, nobody);
		assert_eq!(
			tally.failed,
			BTreeMap::from([("CodeRejected", 1), ("ContractTrapped", 1), ("OutOfGas", 2)]),
		);
		assert_eq!(tally.failed_weight, Weight::from_parts(12, 120));
		assert_eq!(tally.executed, 0);
	}

	#[test]
	fn with_another_error_is_counted_where_the_extrinsic_calls_the_pallet() {
		let weight = Weight::from_parts(1, 1);
		let events = [
			record(1, failed(TokenError::FundsUnavailable, weight)),
			record(2, failed(DispatchError::BadOrigin, weight)),
			record(3, failed(error_of::<Balances>([2, 0, 0, 0]), weight)),
			record(4, failed(DispatchError::BadOrigin, weight)),
		];
		let tally = Tally::of(&events, |index| index != 4);
		assert_eq!(
			tally.failed,
			BTreeMap::from([("BadOrigin", 1), ("OtherPallet", 1), ("Token", 1)]),
		);
		assert_eq!(tally.failed_weight, Weight::from_parts(3, 3));
	}

	#[test]
	fn with_an_error_that_this_runtime_does_not_have_is_unknown() {
		let events = [record(1, failed(error_of::<Contracts>([255; 4]), Weight::zero()))];
		assert_eq!(Tally::of(&events, nobody).failed, BTreeMap::from([("Unknown", 1)]));
	}

	fn error_of<P: PalletInfoAccess>(error: [u8; 4]) -> DispatchError {
		let index = P::index().try_into().expect("indices of pallets have a byte");
		DispatchError::Module(ModuleError { index, error, message: None })
	}
}

mod a_trail {
	use super::*;

	/// A chain in which each block's parent has the number before.
	fn parent_of(block: Hash) -> Option<Hash> {
		block.to_low_u64_be().checked_sub(1).map(hash)
	}

	#[test]
	fn leads_from_the_last_block_that_was_counted_to_the_best() {
		let mut trail = Trail::default();
		trail.push(hash(5), Some(deployed(1, 1)));
		assert_eq!(trail.path_to(hash(5), parent_of), []);
		assert_eq!(
			trail.path_to(hash(8), parent_of),
			[(hash(6), hash(5)), (hash(7), hash(6)), (hash(8), hash(7))],
		);
	}

	#[test]
	fn does_not_count_a_fork_twice() {
		let mut trail = Trail::default();
		for block in [hash(5), hash(6)] {
			trail.push(block, None);
		}
		// 106 is another child of 5.
		let with_fork = |block: Hash| match block.to_low_u64_be() {
			106 => Some(hash(5)),
			_ => parent_of(block),
		};
		assert_eq!(trail.path_to(hash(106), with_fork), [(hash(106), hash(5))]);
		trail.push(hash(106), None);
		// The first one wins after all.
		assert_eq!(trail.path_to(hash(7), with_fork), [(hash(7), hash(6))]);
	}

	#[test]
	fn begins_anew_where_nothing_counted_is_near_or_known() {
		let mut trail = Trail::default();
		trail.push(hash(5), None);
		let near = LENGTH as u64 + 5;
		assert_eq!(trail.path_to(hash(near), parent_of).len(), LENGTH);
		assert_eq!(trail.path_to(hash(near + 1), parent_of), [(hash(near + 1), hash(near))],);
		let cut = |block| parent_of(block).filter(|parent| *parent != hash(900));
		assert_eq!(trail.path_to(hash(903), cut), [(hash(903), hash(902))]);
		assert_eq!(trail.path_to(hash(903), |_| None), []);
	}

	#[test]
	fn forgets_the_oldest() {
		let mut trail = Trail::default();
		for number in 0..LENGTH as u64 {
			trail.push(hash(number), Some(deployed(number, 0)));
			// Twice, which takes no room.
			trail.push(hash(number), Some(deployed(number, 1)));
		}
		assert_eq!(trail.at(hash(0)), Some(deployed(0, 1)));
		trail.push(hash(1000), None);
		assert!(!trail.has(hash(0)));
		assert!(trail.has(hash(1)));
		assert!(trail.has(hash(1000)));
		assert_eq!(trail.at(hash(1000)), None);
	}
}

#[test]
fn what_is_on_chain_follows_from_the_block_before() {
	let tally = Tally {
		instantiated: 5,
		terminated: 2,
		codes_stored: 1,
		codes_removed: 3,
		..Default::default()
	};
	assert_eq!(deployed(10, 3).after(&tally), deployed(13, 1));
	// It cannot be, but would not stop the node.
	assert_eq!(deployed(0, 0).after(&tally), deployed(3, 0));
}

#[test]
fn metrics_have_one_prefix_and_the_sums_of_all_blocks() {
	let registry = Registry::new();
	let metrics = Metrics::register(&registry).expect("the registry is new");
	let tally = Tally {
		executed: 3,
		executed_weight: Weight::from_parts(500_000_000_000, 1_000),
		failed: BTreeMap::from([("OutOfGas", 2)]),
		..Default::default()
	};
	metrics.add(&tally);
	metrics.add(&tally);
	metrics.show(deployed(7, 4));
	metrics.count_undecoded();

	let mut text = Vec::new();
	TextEncoder::new().encode(&registry.gather(), &mut text).expect("a vector takes all");
	let text = String::from_utf8(text).expect("the format is text");
	let values: Vec<_> = text.lines().filter(|line| !line.starts_with('#')).collect();
	assert!(values.iter().all(|line| line.starts_with("caisson_contracts_")), "{text}");
	for line in [
		"caisson_contracts_executed_total 6",
		"caisson_contracts_extrinsics_failed_total{error=\"OutOfGas\"} 4",
		"caisson_contracts_ref_time_seconds_total{outcome=\"executed\"} 1",
		"caisson_contracts_ref_time_seconds_total{outcome=\"failed\"} 0",
		"caisson_contracts_proof_size_bytes_total{outcome=\"executed\"} 2000",
		"caisson_contracts_blocks_total 2",
		"caisson_contracts_blocks_undecoded_total 1",
		"caisson_contracts_contracts_deployed 7",
		"caisson_contracts_codes_deployed 4",
	] {
		assert!(values.contains(&line), "{line} is not in\n{text}");
	}

	// A second node in the process would not be counted, and would run all the same.
	assert!(Metrics::register(&registry).is_err());
}
