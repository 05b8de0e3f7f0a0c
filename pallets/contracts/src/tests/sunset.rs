//! The pallet taken off a chain.

use super::builder::*;
use crate::{
	migrations::{
		sunset::{checks, Stage},
		MigrationState, Sunset,
	},
	mock::{
		chain as fresh_chain, AccountId, Balances, Contracts, RuntimeHoldReason, RuntimeOrigin,
		System, Test, ALICE, BOB,
	},
	state::child_trie,
	weights::WeightInfo,
	Config, ContractInfoOf, DeletionQueue, Error, HoldReason, Migration, Nonce,
};
use caisson_contracts_abi::{Abi, Capability};
use caisson_contracts_api::Determinism;
use codec::MaxEncodedLen;
use frame_support::{
	assert_ok,
	migrations::{SteppedMigration, SteppedMigrationError},
	storage::child,
	traits::{
		fungible::{InspectHold, MutateHold},
		Currency, PalletInfoAccess, ReservableCurrency,
	},
	weights::WeightMeter,
};
use sp_io::TestExternalities;
use sp_runtime::Weight;
use std::{collections::BTreeMap, vec::Vec};

type Info = <Test as Config>::WeightInfo;
type Cursor = Stage<AccountId>;

const CHARLIE: AccountId = AccountId::new([3; 32]);

/// Entries of the largest trie.
const ENTRIES: u32 = 3_000;

/// A `seal` contract that ends itself in favour of account 0.
fn ending() -> Vec<u8> {
	guest(
		Abi::Seal,
		r#"(func (export "deploy") (drop (call $set_storage_v2 #0 #4 #0 #4)))
			(func (export "call") (call $terminate_v1 #0))"#,
	)
}

/// A `baals` contract that keeps an entry, apart from others by `number`.
fn keeping(number: u32) -> Vec<u8> {
	let keep = "(call $baals_storage_write #64 #4 #64 #4)";
	baals(&[quiet("init", keep), entry("number", &std::format!("#{number}"))].concat())
}

fn held(account: &AccountId, reason: HoldReason) -> u64 {
	Balances::balance_on_hold(&RuntimeHoldReason::Contracts(reason), account)
}

/// A chain with contracts of all kinds, whose last block is over; its contracts.
fn busy_chain() -> (TestExternalities, Vec<AccountId>) {
	let mut chain = fresh_chain();
	let contracts = chain.execute_with(|| {
		let _ = Balances::deposit_creating(&CHARLIE, 1_000_000);
		// Held or reserved for something else, and consumed by something else: to stay as it is.
		assert_ok!(Balances::reserve(&ALICE, 77));
		let mut contracts: Vec<_> = (0..5).map(|number| deploy(keeping(number), &[])).collect();
		contracts.push(deploy(keeping(0), &[]));
		let limited = without(Capability::Crypto);
		contracts.push(deploy_report(keeping(9), &[], 5_000, Some(limited)).unwrap().0);
		// Bob's code, which nobody uses.
		assert_ok!(Contracts::upload_code(
			RuntimeOrigin::signed(BOB),
			keeping(10),
			None,
			Determinism::Enforced
		));
		for _ in 0..2 {
			let ended = deploy(ending(), &[]);
			assert_ok!(invoke(&ended, "", &[]).result);
		}
		assert_eq!(DeletionQueue::<Test>::iter_keys().count(), 2);
		// A large trie.
		let info = ContractInfoOf::<Test>::get(&contracts[0]).unwrap();
		let trie = child_trie::info(&info.trie_id);
		for number in 0..ENTRIES {
			child::put_raw(&trie, &sp_io::hashing::blake2_256(&number.to_le_bytes()), &[1; 20]);
		}
		// What a version long ago left, behind all keys that there are.
		sp_io::storage::set(&[&Contracts::name_hash()[..], &[0xff; 16]].concat(), b"left");
		// Held, and nobody knows for what: as pallet-contracts leaves it where Root ends a contract.
		let reason = HoldReason::StorageDepositReserve.into();
		assert_ok!(<Test as Config>::Currency::hold(&reason, &CHARLIE, 1_234));
		contracts
	});
	chain.commit_all().unwrap();
	(chain, contracts)
}

/// Runs the migration, each step in a block of its own with `limit`, or as much more as it asks for.
/// Returns the number of steps.
fn run(chain: &mut TestExternalities, limit: Weight) -> u32 {
	let mut cursor: Option<Cursor> = None;
	let mut given = limit;
	for step in 0.. {
		let result = chain.execute_with(|| {
			let mut meter = WeightMeter::with_limit(given);
			let result = Sunset::<Test>::transactional_step(cursor.clone(), &mut meter);
			assert!(meter.consumed().all_lte(given), "{} of {given}", meter.consumed());
			result
		});
		chain.commit_all().unwrap();
		match result {
			Ok(None) => return step,
			Ok(next) => {
				assert!(next.is_some());
				cursor = next;
				given = limit;
			},
			Err(SteppedMigrationError::InsufficientWeight { required }) => {
				assert!(!required.all_lte(given), "{required} is in {given}");
				given = required;
			},
			Err(other) => panic!("{other:?}"),
		}
	}
	unreachable!()
}

/// Free, held and reserved money of every account.
fn money() -> BTreeMap<AccountId, (u64, u64, u64, u64)> {
	frame_system::Account::<Test>::iter()
		.map(|(account, info)| {
			let storage = held(&account, HoldReason::StorageDepositReserve);
			let code = held(&account, HoldReason::CodeUploadDepositReserve);
			let others = info.data.reserved - storage - code;
			(account, (info.data.free, storage, code, others))
		})
		.collect()
}

#[test]
fn it_leaves_every_balance_whole_and_nothing_else() {
	// Some units a step, some thousand, all at once.
	let limits = [
		Info::sunset_contract() * 20,
		Info::sunset_contract() * 500,
		Weight::from_parts(u64::MAX, u64::MAX),
	];
	for (limit, (least, most)) in limits.into_iter().zip([(20, 1_000), (2, 20), (0, 0)]) {
		let (mut chain, contracts) = busy_chain();
		let (before, money_before) = chain.execute_with(|| (checks::before::<Test>(), money()));
		let steps = run(&mut chain, limit);
		assert!((least..=most).contains(&steps), "{steps}");
		chain.execute_with(|| {
			checks::after::<Test>(before).unwrap();
			let mut expected = money_before;
			for (free, storage, code, _) in expected.values_mut() {
				*free += core::mem::take(storage) + core::mem::take(code);
			}
			assert_eq!(money(), expected);
			assert_eq!(Balances::reserved_balance(&ALICE), 77);
			assert_eq!(free(&CHARLIE), 1_000_000);
			for contract in &contracts {
				assert_eq!(System::consumers(contract), 0);
				assert!(System::can_dec_provider(contract));
			}
			assert_eq!(System::consumers(&ALICE), 1, "what is reserved otherwise");
			assert_eq!(System::consumers(&BOB), 0);
		});
		// Not even the roots of tries, which only a block's end shows.
		let tries = chain.execute_with(|| {
			let prefix = sp_core::storage::well_known_keys::CHILD_STORAGE_KEY_PREFIX;
			sp_io::storage::next_key(prefix).filter(|key| key.starts_with(prefix))
		});
		assert_eq!(tries, None);
	}
}

#[test]
fn with_no_more_than_it_asks_for_it_comes_to_its_end() {
	let (mut chain, contracts) = busy_chain();
	let before = chain.execute_with(|| {
		// A smaller trie, as every unit is a step.
		let info = ContractInfoOf::<Test>::get(&contracts[0]).unwrap();
		#[allow(deprecated, reason = "the form that counts what a block did, too")]
		let _ = child::kill_storage(&child_trie::info(&info.trie_id), Some(ENTRIES - 30));
		checks::before::<Test>()
	});
	chain.commit_all().unwrap();
	let units = run(&mut chain, Weight::zero());
	assert!(units > 60, "{units}");
	chain.execute_with(|| checks::after::<Test>(before).unwrap());
}

#[test]
fn a_trie_takes_as_many_steps_as_its_size_asks_for() {
	let (mut chain, _) = busy_chain();
	// A hundred entries a step.
	let steps = run(&mut chain, Info::sunset_entry() * 100);
	assert!((ENTRIES / 100..ENTRIES / 100 + 12).contains(&steps), "{steps}");
}

#[test]
fn the_pallet_is_closed_from_the_first_step_to_the_last() {
	let (mut chain, contracts) = busy_chain();
	let mut cursor: Option<Cursor> = None;
	let mut stages = Vec::new();
	// A contract a step, or some keys.
	let limit = Info::sunset_contract();
	for step in 0.. {
		let next = chain.execute_with(|| {
			let mut meter = WeightMeter::with_limit(limit);
			let next = Sunset::<Test>::transactional_step(cursor.clone(), &mut meter).unwrap();
			let stage = next.as_ref().map(core::mem::discriminant);
			// Most steps are entries of one trie.
			let is_new = stages.last() != Some(&stage);
			stages.extend(is_new.then_some(stage));
			let is_last_stage = matches!(next, Some(Stage::Keys));
			if !is_new && !is_last_stage && step % 100 != 0 {
				return next;
			}
			if next.is_some() {
				assert_eq!(Migration::<Test>::get(), Some(MigrationState::Sunset));
				for contract in &contracts {
					let failed = unchanged(|| invoke(contract, "number", &[]));
					assert_fails(&failed, Error::MigrationInProgress);
				}
				// Not opened by what else a block does.
				unchanged(|| {
					use frame_support::traits::Hooks;
					<Contracts as Hooks<u64>>::on_idle(1, limit);
					<Contracts as Hooks<u64>>::on_runtime_upgrade();
					let migrate = Contracts::migrate(RuntimeOrigin::signed(BOB), limit);
					assert_eq!(
						migrate.unwrap_err().error,
						Error::<Test>::NoMigrationPerformed.into()
					);
				});
			}
			next
		});
		chain.commit_all().unwrap();
		if next.is_none() {
			break;
		}
		cursor = next;
	}
	assert_eq!(stages.len(), 6, "each stage in steps of its own, and the end");
}

#[test]
fn two_steps_of_a_block_get_on_as_two_blocks_do() {
	let (mut chain, _) = busy_chain();
	chain.execute_with(|| {
		let before = checks::before::<Test>();
		let mut cursor = None;
		let mut steps = 0;
		loop {
			let mut meter = WeightMeter::with_limit(Info::sunset_contract() * 50);
			cursor = Sunset::<Test>::transactional_step(cursor, &mut meter).unwrap();
			steps += 1;
			if cursor.is_none() {
				break;
			}
		}
		assert!(steps < 200, "{steps}");
		checks::after::<Test>(before).unwrap();
	});
}

#[test]
fn a_chain_without_contracts_is_done_at_once() {
	let mut chain = fresh_chain();
	chain.execute_with(|| {
		Nonce::<Test>::put(3);
		let before = checks::before::<Test>();
		let mut meter = WeightMeter::new();
		assert_eq!(Sunset::<Test>::step(None, &mut meter), Ok(None));
		checks::after::<Test>(before).unwrap();
	});
}

#[test]
fn what_it_leaves_behind_is_noticed() {
	let spoil: [fn(&AccountId); 5] = [
		|_| {
			assert_ok!(Balances::burn(RuntimeOrigin::signed(BOB), 5, false));
		},
		|contract| {
			let reason = HoldReason::StorageDepositReserve.into();
			assert_ok!(<Test as Config>::Currency::hold(&reason, contract, 5));
		},
		|_| Nonce::<Test>::put(1),
		|_| {
			assert_ok!(Balances::transfer_keep_alive(RuntimeOrigin::signed(BOB), CHARLIE, 5));
		},
		|_| {},
	];
	let count = spoil.len();
	for (number, spoil) in spoil.into_iter().enumerate() {
		let (mut chain, contracts) = busy_chain();
		let (before, trie) = chain.execute_with(|| {
			let info = ContractInfoOf::<Test>::get(&contracts[6]).unwrap();
			(checks::before::<Test>(), child_trie::info(&info.trie_id))
		});
		run(&mut chain, Weight::from_parts(u64::MAX, u64::MAX));
		chain.execute_with(|| {
			spoil(&contracts[6]);
			if number + 1 == count {
				child::put_raw(&trie, b"key", b"value");
			}
			assert!(checks::after::<Test>(before).is_err(), "{number}");
		});
	}
}

#[test]
fn its_cursor_is_small() {
	assert!(Cursor::max_encoded_len() <= 64);
	let prefixes: Vec<_> = Sunset::<Test>::migrating_prefixes().into_iter().flatten().collect();
	assert_eq!(prefixes, [Contracts::name_hash()]);
}
