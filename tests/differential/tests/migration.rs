//! A chain that pallet-contracts filled goes on with Caisson's pallet, and comes out again.

#![allow(
	clippy::unwrap_used,
	clippy::indexing_slicing,
	clippy::arithmetic_side_effects,
	reason = "tests may stop at what is not so"
)]

use caisson_differential::{
	chain::{Arguments, Ended, Pair, Step},
	ink, ours, theirs, ALICE, BOB, CHARLIE,
};
use codec::{Compact, Encode};
use frame_support::{
	dispatch::Pays,
	migrations::{MultiStepMigrator, SteppedMigration, SteppedMigrationError},
	traits::{
		fungible::{InspectHold, MutateHold},
		Hooks,
	},
	weights::{Weight, WeightMeter},
};
use ours::Chain;
use pallet_wasm_contracts::{
	code::RejectionCode,
	migrations::{PrepareCodes, Sunset},
	test_utils, Config, DeletionQueue, Error, Migration, PreparedCodeOf, RefusedCodes, WeightInfo,
};
use sp_core::{crypto::AccountId32, H256};
use sp_io::hashing::{blake2_256, twox_128};

type Info = <Chain as Config>::WeightInfo;

const PLENTY: Weight = Weight::from_parts(1_000_000_000_000, 1 << 40);

/// A message: its selector and its arguments.
fn message(name: &str, args: impl Encode) -> Arguments {
	let mut data = blake2_256(name.as_bytes())[..4].to_vec();
	args.encode_to(&mut data);
	Arguments::data(data)
}

fn hash(code: &[u8]) -> H256 {
	blake2_256(code).into()
}

/// A contract of before, that asks for what is deprecated, and emits it.
fn deprecated() -> Vec<u8> {
	wat::parse_str(
		r#"(module (import "env" "memory" (memory 1))
			(import "seal0" "seal_random" (func $random (param i32 i32 i32 i32)))
			(import "seal0" "seal_deposit_event" (func $event (param i32 i32 i32 i32)))
			(data (i32.const 96) "\20")
			(func (export "call")
				(call $random (i32.const 0) (i32.const 4) (i32.const 64) (i32.const 96))
				(call $event (i32.const 0) (i32.const 0) (i32.const 64) (i32.const 32)))
			(func (export "deploy")))"#,
	)
	.unwrap()
}

/// A contract that our check refuses: pallet-contracts took floats from who said that they need not be
/// deterministic, and in its first years from everybody.
fn floating() -> Vec<u8> {
	wat::parse_str(
		r#"(module (import "env" "memory" (memory 1))
			(func (export "call") (drop (f64.const 1)))
			(func (export "deploy")))"#,
	)
	.unwrap()
}

/// A contract that calls the account in its input and emits the code that it gets.
fn calling() -> Vec<u8> {
	wat::parse_str(
		r#"(module (import "env" "memory" (memory 1))
			(import "seal0" "input" (func $input (param i32 i32)))
			(import "seal2" "call" (func $call
				(param i32 i32 i64 i64 i32 i32 i32 i32 i32 i32) (result i32)))
			(import "seal0" "deposit_event" (func $event (param i32 i32 i32 i32)))
			(data (i32.const 96) "\20")
			(func (export "call")
				(call $input (i32.const 0) (i32.const 96))
				(i32.store (i32.const 64) (call $call (i32.const 0) (i32.const 0) (i64.const 0) (i64.const 0)
					(i32.const -1) (i32.const 128) (i32.const 0) (i32.const 0) (i32.const -1) (i32.const 0)))
				(call $event (i32.const 0) (i32.const 0) (i32.const 64) (i32.const 4)))
			(func (export "deploy")))"#,
	)
	.unwrap()
}

fn map_key(item: &str, hash: H256) -> Vec<u8> {
	[&twox_128(b"Contracts")[..], &twox_128(item.as_bytes()), hash.as_bytes()].concat()
}

/// Stores code of Bob on their chain that its upload would not take any more.
fn place(pair: &mut Pair, code: &[u8], is_relaxed: bool) -> H256 {
	let hash = hash(code);
	let deposit: u128 = 1_000_000;
	pair.with_theirs(|| {
		let reason = pallet_contracts::HoldReason::CodeUploadDepositReserve.into();
		theirs::Balances::hold(&reason, &BOB, deposit).unwrap();
		// Owner, deposit, uses, determinism, length.
		let info = (BOB, Compact(deposit), Compact(0u64), u8::from(is_relaxed), code.len() as u32);
		sp_io::storage::set(&map_key("CodeInfoOf", hash), &info.encode());
		sp_io::storage::set(&map_key("PristineCode", hash), &code.encode());
	});
	hash
}

/// What lives on the chain.
struct Inhabitants {
	flipper: AccountId32,
	old_flipper: AccountId32,
	token: AccountId32,
	caller: AccountId32,
	delegator: AccountId32,
	upgradeable: AccountId32,
	sizes: AccountId32,
	payable: AccountId32,
	/// Of code with deprecated imports.
	deprecated: AccountId32,
	/// Of code that is refused.
	refused: AccountId32,
	/// Calls who it is told to.
	calling: AccountId32,
}

/// Fills both chains alike, then theirs with what only time can bring.
fn fill(pair: &mut Pair) -> Inhabitants {
	let flipper = pair.deploy(&ALICE, ink("v5", "flipper"), message("new", false));
	let old_flipper = pair.deploy(&BOB, ink("v4", "flipper"), message("new", true));
	let token = pair.deploy(&ALICE, ink("v4", "token"), message("new", 1_000u128));
	let caller = pair.deploy(&ALICE, ink("v5", "caller"), message("new", &flipper));
	let delegator = pair.deploy(&ALICE, ink("v5", "delegator"), message("new", false));
	let upgradeable = pair.deploy(&ALICE, ink("v5", "upgradeable"), message("new", ()));
	let sizes = pair.deploy(&BOB, ink("v5", "sizes"), message("new", ()));
	let paid = Arguments { value: 5_000, ..message("new", ()) };
	let payable = pair.deploy(&ALICE, ink("v5", "payable"), paid);
	let calling = pair.deploy(&ALICE, calling(), Arguments::default());
	let doomed: Vec<_> = (0..3u8)
		.map(|number| {
			let with =
				Arguments { value: 4_000, salt: vec![number], ..message("new", (20u32, 100u32)) };
			pair.deploy(&ALICE, ink("v5", "terminating"), with)
		})
		.collect();
	for code in ["lamp", "upgraded"] {
		assert_eq!(pair.take(&BOB, Step::Upload(ink("v5", code))), Ended::Well);
	}
	for (contract, with) in [
		(&flipper, message("flip", ())),
		(&token, message("transfer", (&BOB, 400u128))),
		(&delegator, message("lock", hash(&ink("v5", "lamp")))),
		(&upgradeable, message("increment", ())),
		(&sizes, message("write_many", (10u32, 40u32, 64u32))),
		(&doomed[0], message("terminate", &CHARLIE)),
		(&doomed[1], message("terminate", &BOB)),
	] {
		assert_eq!(pair.take(&ALICE, Step::Call(contract.clone(), with)), Ended::Well);
	}

	let salted = |salt| Arguments { salt: vec![salt], ..message("new", false) };
	let [old, bad] = [1, 2].map(|salt| pair.deploy(&ALICE, ink("v5", "flipper"), salted(salt)));
	let old_code = place(pair, &deprecated(), false);
	let bad_code = place(pair, &floating(), false);
	place(
		pair,
		&wat::parse_str(
			r#"(module (import "env" "memory" (memory 1))
		(func (export "call")) (func (export "deploy")))"#,
		)
		.unwrap(),
		true,
	);
	pair.with_theirs(|| {
		let root = || theirs::RuntimeOrigin::root();
		theirs::Contracts::set_code(root(), old.clone(), old_code).unwrap();
		theirs::Contracts::set_code(root(), bad.clone(), bad_code).unwrap();
		// Its deposit stays held for ever.
		let end = message("terminate", &CHARLIE).data;
		let gas = Weight::from_parts(1_000_000_000_000, u64::MAX / 2);
		theirs::Contracts::call(root(), doomed[2].clone(), 0, gas, None, end).unwrap();
		let reason = pallet_contracts::HoldReason::StorageDepositReserve.into();
		assert!(theirs::Balances::balance_on_hold(&reason, &doomed[2]) > 0);
	});
	Inhabitants {
		flipper,
		old_flipper,
		token,
		caller,
		delegator,
		upgradeable,
		sizes,
		payable,
		deprecated: old,
		refused: bad,
		calling,
	}
}

/// What is closed while the migration goes on, is so, and changes nothing.
fn assert_closed(pair: &mut Pair, contract: &AccountId32) {
	let before = pair.raw_ours();
	let code = hash(&ink("v5", "upgraded"));
	for step in [
		Step::Call(contract.clone(), message("flip", ())),
		Step::Upload(ink("v4", "upgraded")),
		Step::Remove(code),
		Step::SetCode(contract.clone(), code),
		Step::Instantiate(code, message("new", ())),
		Step::InstantiateWithCode(ink("v5", "flipper"), message("new", ())),
	] {
		let ours = pair.observe_ours(&BOB, step.clone());
		assert_eq!(ours.ended, Ended::Badly("MigrationInProgress".into()), "{step:?}");
	}
	assert_eq!(pair.raw_ours(), before);
}

/// A chain of pallet-contracts, filled, and then upgraded and migrated in small steps, by all three ways in
/// turn.
fn migrated() -> (Pair, Inhabitants) {
	let mut pair = Pair::new();
	let inhabitants = fill(&mut pair);
	let before = pair.raw_theirs();
	pair.upgrade();
	assert_eq!(pair.raw_theirs(), before);
	assert!(pair.with_ours(Migration::<Chain>::exists));
	let theirs_is_untouched = |pair: &mut Pair| {
		let after = pair.raw_ours();
		for (key, value) in &before {
			assert_eq!(after.get(key), Some(value), "{key:?}");
		}
	};
	let check = pair.with_ours(|| test_utils::check_unprepared::<Chain>().unwrap());
	// As much as the dearest code takes.
	let limit = pair.with_ours(|| {
		pallet_wasm_contracts::CodeInfoOf::<Chain>::iter_keys()
			.map(|hash| {
				let code = pallet_wasm_contracts::PristineCode::<Chain>::decode_len(hash).unwrap();
				let functions = (code as u32 / 4).min(pallet_wasm_contracts::limits::FUNCTIONS);
				// As many functions as so many bytes can hold.
				Info::migrate_code(code as u32) + Info::upload_functions(functions)
					- Info::upload_functions(0)
			})
			.reduce(|most, weight| most.max(weight))
			.unwrap()
	});
	let mut steps = 0;
	while pair.with_ours(Migration::<Chain>::exists) {
		if steps % 4 == 0 {
			assert_closed(&mut pair, &inhabitants.flipper);
		}
		pair.with_ours(|| match steps {
			// Not the last: idle time that is left over goes to tries that wait for their deletion.
			1 => {
				let limit = limit + Info::migrate() + Info::migrate_noop();
				let used = <ours::Contracts as Hooks<u32>>::on_idle(1, limit);
				assert!(used.all_lte(limit));
			},
			_ if steps % 2 == 0 => {
				let result = ours::Contracts::migrate(ours::RuntimeOrigin::signed(BOB), limit);
				let info = result.unwrap();
				assert_eq!(info.pays_fee, Pays::No);
				assert!(info.actual_weight.unwrap().all_lte(limit + Info::migrate()));
			},
			_ => {
				let limit = limit + Info::migrate();
				let mut meter = WeightMeter::with_limit(limit);
				PrepareCodes::<Chain>::transactional_step(None, &mut meter).unwrap();
				assert!(meter.consumed().all_lte(limit));
			},
		});
		theirs_is_untouched(&mut pair);
		pair.next_block();
		steps += 1;
		assert!(steps < 100);
	}
	assert!(steps > 3, "{steps}");
	pair.with_ours(|| {
		test_utils::check_prepared::<Chain>(&check).unwrap();
		test_utils::check_state::<Chain>().unwrap();
	});
	let added: Vec<_> = pair
		.raw_ours()
		.into_keys()
		.filter(|key| !before.contains_key(key))
		.map(|(child, key)| {
			assert_eq!(child, None);
			key
		})
		.collect();
	let own = ["PreparedCodeOf", "RefusedCodes"].map(|item| map_key(item, H256::zero()));
	assert!(added.iter().all(|key| own.iter().any(|own| key.starts_with(&own[..32]))));
	theirs_is_untouched(&mut pair);
	(pair, inhabitants)
}

#[test]
fn pallet_migrations_drives_the_pass_over_several_blocks() {
	let mut pair = Pair::new();
	let inhabitants = fill(&mut pair);
	pair.upgrade();
	let check = pair.with_ours(|| test_utils::check_unprepared::<Chain>().unwrap());
	pair.with_ours(<ours::MultiBlockMigrations as Hooks<u32>>::on_runtime_upgrade);
	let mut blocks = 0;
	while let Some(cursor) = pair.with_ours(pallet_migrations::Cursor::<Chain>::get) {
		assert!(matches!(cursor, pallet_migrations::MigrationCursor::Active(_)), "{cursor:?}");
		pair.next_block();
		let used = pair.with_ours(ours::MultiBlockMigrations::step);
		assert!(used.ref_time() > 0);
		if pair.with_ours(Migration::<Chain>::exists) {
			assert_closed(&mut pair, &inhabitants.flipper);
		}
		blocks += 1;
		assert!(blocks < 100);
	}
	assert_eq!(pair.with_ours(pallet_migrations::Cursor::<Chain>::get), None, "not stuck");
	assert!(blocks > 2, "{blocks}");
	pair.with_ours(|| {
		assert!(ours::System::events().iter().any(|record| matches!(
			record.event,
			ours::RuntimeEvent::MultiBlockMigrations(pallet_migrations::Event::UpgradeCompleted)
		)));
		test_utils::check_prepared::<Chain>(&check).unwrap();
		test_utils::check_state::<Chain>().unwrap();
	});
	pair.observe_ours(&ALICE, Step::Call(inhabitants.flipper.clone(), message("flip", ())));
	assert_eq!(
		pair.observe_ours(&ALICE, Step::Call(inhabitants.flipper, message("flip", ()))).ended,
		Ended::Well
	);
}

#[test]
fn a_chain_of_pallet_contracts_goes_on_as_it_would_have() {
	let (mut pair, here) = migrated();
	// Both chains answer alike before anything is done, and after each step.
	for (contract, with) in [
		(&here.flipper, message("get", ())),
		(&here.old_flipper, message("get", ())),
		(&here.token, message("balance_of", &BOB)),
		(&here.sizes, message("size", 10u32)),
		(&here.payable, message("balance", ())),
	] {
		let answer = pair.ask(&ALICE, contract, &with);
		assert_eq!(answer.output.unwrap().0, 0);
	}
	let lamp = hash(&ink("v5", "lamp"));
	let upgraded = hash(&ink("v5", "upgraded"));
	let pay: [u8; 4] = blake2_256(b"pay")[..4].try_into().unwrap();
	for (who, step) in [
		(&ALICE, Step::Call(here.flipper.clone(), message("flip", ()))),
		(&BOB, Step::Call(here.old_flipper.clone(), message("flip", ()))),
		(&BOB, Step::Call(here.token.clone(), message("transfer", (&CHARLIE, 100u128)))),
		(&ALICE, Step::Call(here.caller.clone(), message("flip", ()))),
		(&ALICE, Step::Call(here.caller.clone(), message("pay", (&here.payable, pay, 600u128)))),
		(&ALICE, Step::Call(here.delegator.clone(), message("unlock", lamp))),
		(&BOB, Step::Remove(lamp)),
		(&ALICE, Step::Call(here.upgradeable.clone(), message("set_code", upgraded))),
		(&ALICE, Step::Call(here.upgradeable.clone(), message("increment", ()))),
		(&ALICE, Step::Remove(hash(&ink("v5", "upgradeable")))),
		(&BOB, Step::Call(here.sizes.clone(), message("clear", 10u32))),
		(&BOB, Step::Call(here.sizes.clone(), message("write", (99u32, 1_000u32, 7u8)))),
		(&BOB, Step::Upload(ink("v5", "events"))),
		(&BOB, Step::InstantiateWithCode(ink("v4", "flipper"), message("new", false))),
		// Code that asks for what is deprecated runs on, and no more contracts are made of it.
		(&ALICE, Step::Call(here.deprecated.clone(), Arguments::default())),
		(&ALICE, Step::Instantiate(hash(&deprecated()), Arguments::default())),
		(&ALICE, Step::Call(here.calling.clone(), Arguments::data(here.deprecated.encode()))),
		(&ALICE, Step::SetCode(here.deprecated.clone(), hash(&ink("v5", "flipper")))),
		(&BOB, Step::Remove(hash(&deprecated()))),
		(&ALICE, Step::Upload(deprecated())),
	] {
		pair.take(who, step);
	}
	assert_eq!(
		pair.take(&ALICE, Step::Call(here.deprecated.clone(), message("get", ()))),
		Ended::Well
	);
	pair.deploy(&ALICE, ink("v5", "terminating"), message("new", (3u32, 10u32)));
	pair.with_ours(|| test_utils::check_state::<Chain>().unwrap());

	// The tries that waited go in idle time, on both.
	assert!(pair.with_ours(|| DeletionQueue::<Chain>::iter_keys().count()) >= 3);
	pair.with_ours(|| <ours::Contracts as Hooks<u32>>::on_idle(1, PLENTY));
	pair.with_theirs(|| <theirs::Contracts as Hooks<u32>>::on_idle(1, PLENTY));
	assert_eq!(pair.with_ours(|| DeletionQueue::<Chain>::iter_keys().count()), 0);
	pair.take(&ALICE, Step::Call(here.flipper.clone(), message("flip", ())));
}

#[test]
fn code_that_is_refused_is_listed_and_says_so() {
	let (mut pair, here) = migrated();
	let mut listed: Vec<_> = pair.with_ours(|| RefusedCodes::<Chain>::iter_values().collect());
	listed.sort_by_key(|code| code.offset);
	let reasons: Vec<_> = listed.iter().map(|code| (code.reason, code.offset > 0)).collect();
	assert_eq!(reasons, [(RejectionCode::Indeterministic, false), (RejectionCode::Float, true)]);
	let bad = hash(&floating());
	let state = |pair: &mut Pair| pair.raw_ours();
	let before = state(&mut pair);
	for step in [
		Step::Call(here.refused.clone(), message("get", ())),
		Step::Instantiate(bad, Arguments::default()),
		Step::InstantiateWithCode(floating(), Arguments::default()),
		Step::Upload(floating()),
		Step::SetCode(here.flipper.clone(), bad),
	] {
		let ours = pair.observe_ours(&BOB, step.clone());
		assert_eq!(ours.ended, Ended::Badly("CodeRejected".into()), "{step:?}");
	}
	let ours = pair.observe_ours(&BOB, Step::Remove(bad));
	assert_eq!(ours.ended, Ended::Badly("CodeInUse".into()));
	assert_eq!(state(&mut pair), before);
	// A contract that calls it goes on, and its code is that of a callee that trapped.
	let ours = pair.observe_ours(
		&ALICE,
		Step::Call(here.calling.clone(), Arguments::data(here.refused.encode())),
	);
	assert_eq!(ours.ended, Ended::Well);
	let event = pallet_wasm_contracts::Event::<Chain>::ContractEmitted {
		contract: here.calling.clone(),
		data: 1u32.encode(),
	};
	let event = ours::RuntimeEvent::Contracts(event).encode();
	assert!(ours.events.iter().any(|(found, _)| *found == event));
	// Its storage can be read.
	pair.with_ours(|| {
		let info = ours::Contracts::api_contract_info(here.refused.clone()).unwrap();
		assert_eq!((info.code_hash, info.storage_items), (bad, 1));
		assert!(ours::Contracts::api_get_storage(here.refused.clone(), vec![]).is_ok());
	});
	// Its owner gets the deposit back when nobody uses it.
	let good = hash(&ink("v5", "flipper"));
	for (who, step) in [
		(&ALICE, Step::SetCode(here.refused.clone(), good)),
		(&ALICE, Step::Call(here.refused.clone(), message("flip", ()))),
		(&BOB, Step::Remove(bad)),
	] {
		let ours = pair.observe_ours(who, step.clone());
		assert_eq!(ours.ended, Ended::Well, "{step:?}");
	}
	pair.with_ours(|| {
		assert!(!RefusedCodes::<Chain>::contains_key(bad));
		test_utils::check_state::<Chain>().unwrap();
	});
}

#[test]
fn a_migration_of_pallet_contracts_comes_first() {
	let mut pair = Pair::new();
	let flipper = pair.deploy(&ALICE, ink("v5", "flipper"), message("new", false));
	let cursor = [&twox_128(b"Contracts")[..], &twox_128(b"MigrationInProgress")].concat();
	pair.with_theirs(|| sp_io::storage::set(&cursor, &vec![7u8; 33].encode()));
	pair.upgrade();
	pair.with_ours(|| {
		assert!(test_utils::check_unprepared::<Chain>().is_err());
		let mut meter = WeightMeter::new();
		assert_eq!(
			PrepareCodes::<Chain>::transactional_step(None, &mut meter),
			Err(SteppedMigrationError::Failed)
		);
		let call = |origin| {
			ours::Contracts::call(origin, flipper.clone(), 0, PLENTY, None, message("get", ()).data)
		};
		let failed = call(ours::RuntimeOrigin::signed(ALICE)).unwrap_err();
		assert_eq!(failed.error, Error::<Chain>::MigrationInProgress.into());
		<ours::Contracts as Hooks<u32>>::on_idle(1, PLENTY);
		assert_eq!(PreparedCodeOf::<Chain>::iter_keys().count(), 0);
	});
	// Their runtime finishes it, and the next upgrade finds it done.
	pair.with_theirs(|| sp_io::storage::clear(&cursor));
	pair.upgrade();
	pair.with_ours(|| {
		<ours::Contracts as Hooks<u32>>::on_idle(1, PLENTY);
		assert!(!Migration::<Chain>::exists());
	});
	let step = Step::Call(flipper, message("flip", ()));
	assert_eq!(pair.take(&ALICE, step), Ended::Well);
}

/// Takes the pallet off our chain, in steps of `limit`.
fn sunset(pair: &mut Pair, limit: Weight) -> u32 {
	let mut cursor = None;
	for step in 1.. {
		cursor = pair.with_ours(|| {
			let mut meter = WeightMeter::with_limit(limit);
			let next = Sunset::<Chain>::transactional_step(cursor.take(), &mut meter).unwrap();
			assert!(meter.consumed().all_lte(limit));
			next
		});
		if cursor.is_none() {
			return step;
		}
		assert!(step < 10_000);
	}
	unreachable!()
}

#[test]
fn everything_goes_at_sunset_with_or_without_the_migration_in() {
	let fresh = || {
		let mut pair = Pair::new();
		fill(&mut pair);
		pair.upgrade();
		pair
	};
	for mut pair in [fresh(), migrated().0] {
		let before = pair.raw_ours();
		let check = pair.with_ours(test_utils::before_sunset::<Chain>);
		let steps = sunset(&mut pair, Info::sunset_contract() * 4);
		assert!(steps >= 20, "{steps}");
		pair.with_ours(|| test_utils::check_sunset::<Chain>(&check).unwrap());
		let after = pair.raw_ours();
		let prefix = twox_128(b"Contracts");
		assert!(after.keys().all(|(child, key)| child.is_none() && !key.starts_with(&prefix)));
		assert!(!after.keys().any(|(_, key)| key.starts_with(b":child_storage:")));
		// No other pallet's entry came or went, but for the holds.
		let holds = [twox_128(b"Balances"), twox_128(b"Holds")].concat();
		for (child, key) in before.keys().chain(after.keys()) {
			let is_own = child.is_some() || key.starts_with(&prefix) || key.starts_with(b":child");
			if !is_own && !key.starts_with(&holds) && !key.starts_with(&twox_128(b"System")) {
				let key = (None, key.clone());
				assert_eq!(before.get(&key), after.get(&key), "{key:?}");
			}
		}
		assert!(!after.keys().any(|(_, key)| key.starts_with(&holds)), "nothing is held");
	}
}
