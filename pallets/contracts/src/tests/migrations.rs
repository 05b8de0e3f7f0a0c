//! Codes looked at again: those of pallet-contracts, and those that were prepared for another engine.

use super::builder::*;
use crate::{
	code::{store, RejectionCode, BEHAVIOUR_VERSION},
	limits,
	meter::cost,
	migrations::{
		prepare::{advance, checks, Advance},
		MigrationState, PrepareCodes,
	},
	mock::{AccountId, Contracts, RuntimeCall, RuntimeOrigin, Test, ALICE, BOB},
	types::{AbiId, CodeInfo, PreparedCode, RefusedCode},
	weights::WeightInfo,
	Call, CodeInfoOf, Config, ContractInfoOf, DeletionQueue, Error, HoldReason, Migration,
	PreparedCodeOf, PristineCode, RefusedCodes, STORAGE_VERSION,
};
use caisson_contracts_abi::Abi;
use caisson_contracts_api::{Code, Determinism};
use codec::Encode;
use frame_support::{
	assert_ok,
	dispatch::{DispatchResultWithPostInfo, GetDispatchInfo, Pays},
	migrations::{SteppedMigration, SteppedMigrationError},
	traits::{fungible::MutateHold, Hooks, PalletInfoAccess, StorageVersion},
	weights::WeightMeter,
};
use sp_core::H256;
use sp_runtime::{
	traits::{Dispatchable, Hash},
	DispatchError, Weight,
};
use std::{collections::BTreeMap, vec::Vec};

type Info = <Test as Config>::WeightInfo;

const PLENTY: Weight = Weight::from_parts(1_000_000_000_000, 4 * 1024 * 1024);

/// A `baals` contract that keeps one entry and outputs `number`.
fn code(number: u32) -> Vec<u8> {
	let keep = "(call $baals_storage_write #64 #4 #64 #4)";
	baals(&[quiet("init", keep), entry("number", &std::format!("#{number}"))].concat())
}

fn hash(code: &[u8]) -> H256 {
	<Test as frame_system::Config>::Hashing::hash(code)
}

/// Four contracts of as many codes, by the order of the codes' hashes.
fn contracts() -> Vec<(AccountId, H256)> {
	let mut made: Vec<_> =
		(1..=4).map(|number| (deploy(code(number), &[]), hash(&code(number)))).collect();
	made.sort_by_key(|(_, hash)| *hash);
	made
}

/// The state as pallet-contracts would have left it: without what only this pallet stores.
fn forget_preparation() {
	let _ = PreparedCodeOf::<Test>::clear(u32::MAX, None);
}

fn upgrade() -> Weight {
	<Contracts as Hooks<u64>>::on_runtime_upgrade()
}

fn idle(weight: Weight) -> Weight {
	let used = <Contracts as Hooks<u64>>::on_idle(1, weight);
	assert!(used.all_lte(weight), "idle time used {used} of {weight}");
	used
}

fn dispatch(origin: RuntimeOrigin, call: Call<Test>) -> DispatchResultWithPostInfo {
	RuntimeCall::Contracts(call).dispatch(origin)
}

/// `migrate` by Bob; whatever comes of it, it weighs no more than it announced.
fn migrate(weight_limit: Weight) -> DispatchResultWithPostInfo {
	let call = Call::migrate { weight_limit };
	let announced = RuntimeCall::Contracts(call.clone()).get_dispatch_info().call_weight;
	let result = dispatch(RuntimeOrigin::signed(BOB), call);
	let info = result.as_ref().unwrap_or_else(|error| &error.post_info);
	let used = info.actual_weight.expect("it says what it used");
	assert!(used.all_lte(announced), "{used} of {announced}");
	result
}

/// What a code of this hash takes of the pass.
fn price(hash: H256) -> Weight {
	cost::migrate_code::<Info>(CodeInfoOf::<Test>::get(hash).unwrap().code_len)
}

/// Stores `code` of Alice as if pallet-contracts had accepted it.
fn place(code: &[u8], determinism: Determinism) -> H256 {
	let hash = hash(code);
	let code_len = code.len() as u32;
	let deposit = store::deposit::<Test>(code_len);
	let reason = HoldReason::CodeUploadDepositReserve.into();
	assert_ok!(<Test as Config>::Currency::hold(&reason, &ALICE, deposit));
	let info = CodeInfo { owner: ALICE, deposit, refcount: 0, code_len, determinism };
	CodeInfoOf::<Test>::insert(hash, info);
	// As it is encoded, whatever its length.
	sp_io::storage::set(&PristineCode::<Test>::hashed_key_for(hash), &code.encode());
	hash
}

/// Gives a contract other code, as pallet-contracts would have done.
fn replace_code(contract: &AccountId, hash: H256) {
	ContractInfoOf::<Test>::mutate(contract, |info| {
		let info = info.as_mut().unwrap();
		store::acquire::<Test>(hash).unwrap();
		store::release::<Test>(info.code_hash);
		info.code_hash = hash;
	});
}

/// A module that this chain refuses, and where: it uses floats.
fn floating() -> (Vec<u8>, u32) {
	let code = inline(
		r#"(module (import "env" "memory" (memory 1))
			(func (export "call") (drop (f32.const 1)))
			(func (export "deploy")))"#,
	);
	let place = code.windows(5).position(|bytes| bytes == [0x43, 0, 0, 0x80, 0x3f]).unwrap();
	(code, place as u32)
}

/// Everything that is closed while a migration goes on is refused, and changes nothing.
#[track_caller]
fn assert_closed(contract: &AccountId, code_hash: H256) {
	let calls = [
		Call::upload_code {
			code: code(1_000),
			storage_deposit_limit: None,
			determinism: Determinism::Enforced,
		},
		Call::remove_code { code_hash },
		Call::call {
			dest: contract.clone(),
			value: 0,
			gas_limit: GAS,
			storage_deposit_limit: None,
			data: Vec::new(),
		},
		Call::invoke {
			dest: contract.clone(),
			value: 0,
			gas_limit: GAS,
			storage_deposit_limit: None,
			function: b"number".to_vec(),
			args: Vec::new(),
		},
		Call::instantiate {
			value: 0,
			gas_limit: GAS,
			storage_deposit_limit: None,
			code_hash,
			data: Vec::new(),
			salt: Vec::new(),
		},
		Call::instantiate_with_code {
			value: 0,
			gas_limit: GAS,
			storage_deposit_limit: None,
			code: code(1_000),
			data: Vec::new(),
			salt: Vec::new(),
		},
		Call::deploy {
			value: 0,
			gas_limit: GAS,
			storage_deposit_limit: None,
			code: Code::Existing(code_hash),
			args: Vec::new(),
			salt: None,
			capabilities: None,
		},
	];
	let expected = DispatchError::from(Error::<Test>::MigrationInProgress);
	for call in calls {
		let failed = unchanged(|| dispatch(RuntimeOrigin::signed(ALICE), call.clone()));
		assert_eq!(failed.unwrap_err().error, expected, "{call:?}");
	}
	let set_code = Call::set_code { dest: contract.clone(), code_hash };
	let failed = unchanged(|| dispatch(RuntimeOrigin::root(), set_code));
	assert_eq!(failed.unwrap_err().error, expected);
	assert_eq!(dry_run(contract, "number", &[]).result.unwrap_err(), expected);
	assert_eq!(query(contract, "number", &[]).result.unwrap_err(), expected);
}

#[test]
fn codes_of_pallet_contracts_are_prepared_as_an_upload_prepares_them() {
	chain(|| {
		let contracts = contracts();
		let prepared: BTreeMap<H256, PreparedCode> = PreparedCodeOf::<Test>::iter().collect();
		assert_eq!(prepared.len(), contracts.len());
		forget_preparation();
		let before = checks::before::<Test>().unwrap();
		upgrade();
		assert_eq!(
			Migration::<Test>::get(),
			Some(MigrationState::Codes { behaviour: BEHAVIOUR_VERSION, last: None })
		);
		// A code at a time, by whoever calls.
		for (done, (_, code_hash)) in contracts.iter().enumerate() {
			for (contract, code_hash) in &contracts {
				assert_closed(contract, *code_hash);
			}
			assert_eq!(PreparedCodeOf::<Test>::iter_keys().count(), done);
			let info = migrate(price(*code_hash)).unwrap();
			assert_eq!(info.pays_fee, Pays::No);
			assert_eq!(info.actual_weight, Some(Info::migrate() + price(*code_hash)));
			assert!(PreparedCodeOf::<Test>::contains_key(code_hash), "in the order of hashes");
		}
		assert_eq!(Migration::<Test>::get(), None);
		checks::after::<Test>(&before).unwrap();
		assert_eq!(PreparedCodeOf::<Test>::iter().collect::<BTreeMap<_, _>>(), prepared);
		assert_eq!(RefusedCodes::<Test>::iter_keys().count(), 0);
		for (contract, _) in &contracts {
			let found = number(&invoke(contract, "number", &[]));
			assert!((1..=4).contains(&found));
		}
	});
}

#[test]
fn migrate_costs_nothing_only_where_it_gets_on() {
	chain(|| {
		let contracts = contracts();
		let nothing = migrate(PLENTY).unwrap_err();
		assert_eq!(nothing.error, Error::<Test>::NoMigrationPerformed.into());
		assert_eq!(nothing.post_info.actual_weight, Some(Info::migrate_noop()));
		assert_eq!(nothing.post_info.pays_fee, Pays::Yes);
		forget_preparation();
		upgrade();
		let root = dispatch(RuntimeOrigin::root(), Call::migrate { weight_limit: PLENTY });
		assert_eq!(root.unwrap_err().error, DispatchError::BadOrigin);
		for little in [Weight::zero(), price(contracts[0].1) - Weight::from_parts(1, 0)] {
			let info = unchanged(|| migrate(little)).unwrap();
			assert_eq!(info.pays_fee, Pays::Yes);
			assert_eq!(info.actual_weight, Some(Info::migrate()));
		}
		let info = migrate(PLENTY).unwrap();
		assert_eq!(info.pays_fee, Pays::No);
		let all = contracts.iter().fold(Info::migrate(), |sum, (_, hash)| sum + price(*hash));
		assert_eq!(info.actual_weight, Some(all));
		assert_eq!(migrate(PLENTY).unwrap_err().error, Error::<Test>::NoMigrationPerformed.into());
	});
}

#[test]
fn a_step_takes_no_more_than_it_is_given_and_gets_on_with_what_it_asks_for() {
	chain(|| {
		let contracts = contracts();
		place(&floating().0, Determinism::Enforced);
		forget_preparation();
		upgrade();
		let one = Info::migrate() + price(contracts[0].1);
		let limits = [
			Weight::zero(),
			Info::migrate() - Weight::from_parts(1, 0),
			Info::migrate() - Weight::from_parts(0, 1),
			Info::migrate(),
			one - Weight::from_parts(1, 0),
			one - Weight::from_parts(0, 1),
			one,
			one * 2,
			Weight::from_parts(u64::MAX, 0),
			Weight::from_parts(0, u64::MAX),
			PLENTY,
		];
		for limit in limits {
			undone(|| loop {
				let mut meter = WeightMeter::with_limit(limit);
				let came_to = advance::<Test>(&mut meter);
				assert!(meter.consumed().all_lte(limit), "{} of {limit}", meter.consumed());
				match came_to {
					Advance::Advanced => {},
					Advance::TooLittle { required } => {
						assert!(!required.all_lte(limit), "{required} is in {limit}");
						let mut meter = WeightMeter::with_limit(required);
						let came_to = advance::<Test>(&mut meter);
						assert!(
							matches!(came_to, Advance::Advanced | Advance::Done),
							"{came_to:?}"
						);
						assert!(meter.consumed().all_lte(required));
						if came_to == Advance::Done {
							break;
						}
					},
					Advance::Done => break,
					other => panic!("{other:?}"),
				}
			});
		}
		assert_eq!(migrate(PLENTY).unwrap().pays_fee, Pays::No);
	});
}

#[test]
fn idle_time_does_it_before_it_does_anything_else() {
	chain(|| {
		let contracts = contracts();
		let gone = deploy(
			guest(
				Abi::Seal,
				r#"
			(func (export "deploy")
				(drop (call $set_storage_v2 #0 #4 #0 #4)))
			(func (export "call") (call $terminate_v1 #0))"#,
			),
			&[],
		);
		invoke(&gone, "", &[]).result.unwrap();
		assert_eq!(DeletionQueue::<Test>::iter_keys().count(), 1);
		forget_preparation();
		upgrade();
		// Enough for a code a block: the pass is over with the fourth, whose rest is for other things.
		let dearest = CodeInfoOf::<Test>::iter_keys().map(price).reduce(|a, b| a.max(b)).unwrap();
		let block = Info::migrate_noop() + Info::migrate() + dearest;
		let mut blocks = 0;
		while Migration::<Test>::exists() {
			assert_eq!(DeletionQueue::<Test>::iter_keys().count(), 1);
			assert_closed(&contracts[0].0, contracts[0].1);
			idle(block);
			blocks += 1;
		}
		assert!((4..=5).contains(&blocks), "{blocks}");
		idle(PLENTY);
		assert_eq!(DeletionQueue::<Test>::iter_keys().count(), 0);
		assert_ok!(invoke(&contracts[0].0, "number", &[]).result);
	});
}

#[test]
fn an_upgrade_that_changes_no_engine_closes_nothing() {
	chain(|| {
		unchanged(upgrade);
		let contracts = contracts();
		unchanged(upgrade);
		assert_ok!(invoke(&contracts[0].0, "number", &[]).result);
	});
}

/// As after a release with another engine: every prepared code is of another version, and is nothing that
/// this engine should ever see.
fn age() {
	PreparedCodeOf::<Test>::translate::<PreparedCode, _>(|_, old| {
		Some(PreparedCode {
			behaviour: BEHAVIOUR_VERSION - 1,
			code: b"not for this engine".to_vec().try_into().unwrap(),
			..old
		})
	});
}

#[test]
fn code_that_was_prepared_for_another_engine_does_not_run() {
	chain(|| {
		let contracts = contracts();
		let prepared: BTreeMap<H256, PreparedCode> = PreparedCodeOf::<Test>::iter().collect();
		age();
		// Not even where nobody started the migration.
		for (contract, _) in &contracts {
			let failed = unchanged(|| invoke(contract, "number", &[]));
			assert_fails(&failed, Error::MigrationInProgress);
		}
		upgrade();
		assert_closed(&contracts[0].0, contracts[0].1);
		assert_ok!(migrate(PLENTY));
		assert_eq!(PreparedCodeOf::<Test>::iter().collect::<BTreeMap<_, _>>(), prepared);
		assert_ok!(invoke(&contracts[0].0, "number", &[]).result);
	});
}

#[test]
fn a_pass_for_another_engine_begins_anew() {
	chain(|| {
		let contracts = contracts();
		age();
		let last = Some(H256::repeat_byte(0xff));
		let old = MigrationState::Codes { behaviour: BEHAVIOUR_VERSION - 1, last };
		for with_hook in [true, false] {
			undone(|| {
				Migration::<Test>::put(old.clone());
				if with_hook {
					upgrade();
				}
				assert_ok!(migrate(price(contracts[0].1)));
				assert!(!Migration::<Test>::exists() || contracts.len() > 1);
				assert_ok!(migrate(PLENTY));
				checks::each::<Test>().unwrap();
			});
		}
		// One for this engine goes on where it is, in a runtime that came for another reason.
		upgrade();
		assert_ok!(migrate(price(contracts[0].1)));
		unchanged(upgrade);
		assert_ok!(migrate(PLENTY));
	});
}

#[test]
fn code_that_the_check_refuses_is_listed_and_stays() {
	chain(|| {
		let (bad, offset) = floating();
		let owner_had = free(&ALICE);
		let bad_hash = place(&bad, Determinism::Enforced);
		let contract = deploy(code(7), &[]);
		let proxy = deploy(proxy(), &[]);
		forget_preparation();
		replace_code(&contract, bad_hash);
		upgrade();
		assert_ok!(migrate(PLENTY));
		let refused = RefusedCode {
			behaviour: BEHAVIOUR_VERSION,
			abi: AbiId::Seal,
			reason: RejectionCode::Float,
			offset,
		};
		assert_eq!(RefusedCodes::<Test>::iter().collect::<Vec<_>>(), [(bad_hash, refused)]);
		assert!(!PreparedCodeOf::<Test>::contains_key(bad_hash));

		// Nothing of it runs, and every way in says why.
		let rejected = DispatchError::from(Error::<Test>::CodeRejected(RejectionCode::Float));
		let failed = unchanged(|| invoke(&contract, "number", &[]));
		assert_eq!(failed.dispatch_result(), Err(rejected));
		assert_eq!(dry_run(&contract, "number", &[]).result, Err(rejected));
		let by_alice = |call| unchanged(|| dispatch(RuntimeOrigin::signed(ALICE), call));
		let instantiate = Call::instantiate {
			value: 0,
			gas_limit: GAS,
			storage_deposit_limit: None,
			code_hash: bad_hash,
			data: Vec::new(),
			salt: Vec::new(),
		};
		let upload = Call::upload_code {
			code: bad.clone(),
			storage_deposit_limit: None,
			determinism: Determinism::Enforced,
		};
		for call in [instantiate, upload] {
			assert_eq!(by_alice(call).unwrap_err().error, rejected);
		}
		let set_code = Call::set_code { dest: proxy.clone(), code_hash: bad_hash };
		let failed = unchanged(|| dispatch(RuntimeOrigin::root(), set_code));
		assert_eq!(failed.unwrap_err().error, rejected);
		// A contract that calls it goes on.
		assert_eq!(through(&proxy, &contract, "number", b"", 0), (-1, Vec::new()));

		// What belongs to the contract can be read.
		assert_eq!(stored(&contract, &[0; 4]), Some([0; 4].to_vec()));
		let report = Contracts::api_contract_info(contract.clone()).unwrap();
		assert_eq!((report.code_hash, report.abi), (bad_hash, AbiId::Seal.into()));
		let report = Contracts::api_code_info(bad_hash).unwrap();
		assert_eq!((report.code_len, report.prepared_len), (bad.len() as u32, 0));

		// Its owner removes it when no contract has it any more.
		let remove = Call::remove_code { code_hash: bad_hash };
		assert_eq!(by_alice(remove.clone()).unwrap_err().error, Error::<Test>::CodeInUse.into());
		let good = Call::set_code { dest: contract.clone(), code_hash: hash(&code(7)) };
		assert_ok!(dispatch(RuntimeOrigin::root(), good));
		assert_eq!(number(&invoke(&contract, "number", &[])), 7);
		let by_bob = unchanged(|| dispatch(RuntimeOrigin::signed(BOB), remove.clone()));
		assert_eq!(by_bob.unwrap_err().error, DispatchError::BadOrigin);
		let before = free(&ALICE);
		assert_ok!(dispatch(RuntimeOrigin::signed(ALICE), remove));
		assert_eq!(free(&ALICE) - before, store::deposit::<Test>(bad.len() as u32));
		assert!(free(&ALICE) <= owner_had);
		assert_eq!(RefusedCodes::<Test>::iter_keys().count(), 0);
		assert!(!PristineCode::<Test>::contains_key(bad_hash));
	});
}

#[test]
fn code_that_need_not_be_deterministic_is_refused_whatever_it_does() {
	chain(|| {
		let harmless = code(1);
		let relaxed = place(&harmless, Determinism::Relaxed);
		upgrade();
		assert_ok!(migrate(PLENTY));
		let refused = RefusedCodes::<Test>::get(relaxed).unwrap();
		assert_eq!((refused.reason, refused.offset), (RejectionCode::Indeterministic, 0));
	});
}

#[test]
fn code_over_the_limit_is_refused_unread() {
	chain(|| {
		let long = place(&std::vec![0; limits::CODE_BYTES as usize + 1], Determinism::Enforced);
		upgrade();
		assert_ok!(migrate(PLENTY));
		let refused = RefusedCodes::<Test>::get(long).unwrap();
		assert_eq!(
			(refused.reason, refused.offset),
			(RejectionCode::CodeTooLarge, limits::CODE_BYTES)
		);
		let remove = Call::remove_code { code_hash: long };
		assert_ok!(dispatch(RuntimeOrigin::signed(ALICE), remove));
	});
}

#[test]
fn a_refused_code_whose_check_changes_its_mind_runs_again() {
	chain(|| {
		let contract = deploy(code(5), &[]);
		let (code_hash, abi) = (hash(&code(5)), AbiId::Baals);
		let prepared = PreparedCodeOf::<Test>::take(code_hash).unwrap();
		let refused = RefusedCode {
			behaviour: BEHAVIOUR_VERSION - 1,
			abi,
			reason: RejectionCode::Feature,
			offset: 9,
		};
		RefusedCodes::<Test>::insert(code_hash, refused);
		let report = Contracts::api_contract_info(contract.clone()).unwrap();
		assert_eq!(report.abi, abi.into());
		upgrade();
		assert_ok!(migrate(PLENTY));
		assert_eq!(RefusedCodes::<Test>::get(code_hash), None);
		assert_eq!(PreparedCodeOf::<Test>::get(code_hash), Some(prepared));
		assert_eq!(number(&invoke(&contract, "number", &[])), 5);
	});
}

/// A code that only this engine's check refuses is known by its interface still.
#[test]
fn a_code_that_comes_to_be_refused_keeps_its_interface() {
	chain(|| {
		let code_hash = hash(&code(5));
		let contract = deploy(code(5), &[]);
		age();
		CodeInfoOf::<Test>::mutate(code_hash, |info| {
			info.as_mut().unwrap().determinism = Determinism::Relaxed;
		});
		upgrade();
		assert_ok!(migrate(PLENTY));
		assert_eq!(RefusedCodes::<Test>::get(code_hash).unwrap().abi, AbiId::Baals);
		assert!(!PreparedCodeOf::<Test>::contains_key(code_hash));
		let report = Contracts::api_contract_info(contract).unwrap();
		assert_eq!(report.abi, AbiId::Baals.into());
	});
}

#[test]
fn host_functions_that_are_deprecated_stay_open_to_code_on_chain() {
	chain(|| {
		let old = inline(&constants(
			r##"(module (import "env" "memory" (memory 1))
					(import "seal0" "seal_random" (func $random (param i32 i32 i32 i32)))
					(data (i32.const 96) "\20")
					(func (export "call") (call $random #0 #4 #64 #96))
					(func (export "deploy")))"##,
		));
		let upload = Contracts::upload_code(
			RuntimeOrigin::signed(ALICE),
			old.clone(),
			None,
			Determinism::Enforced,
		);
		let closed = DispatchError::from(Error::<Test>::CodeRejected(RejectionCode::ImportStatus));
		assert_eq!(upload.map_err(|failed| failed.error), Err(closed));
		let contract = deploy(code(1), &[]);
		let code_hash = place(&old, Determinism::Enforced);
		forget_preparation();
		replace_code(&contract, code_hash);
		upgrade();
		assert_ok!(migrate(PLENTY));
		assert_eq!(RefusedCodes::<Test>::iter_keys().count(), 0);
		assert_ok!(invoke(&contract, "", &[]).result);
		// But no more contracts are made of it.
		let instantiate = Call::instantiate {
			value: 0,
			gas_limit: GAS,
			storage_deposit_limit: None,
			code_hash,
			data: Vec::new(),
			salt: Vec::new(),
		};
		let failed = unchanged(|| dispatch(RuntimeOrigin::signed(ALICE), instantiate));
		assert_eq!(failed.unwrap_err().error, closed);
	});
}

/// Where pallet-contracts keeps how far a migration of its own is.
fn their_cursor() -> Vec<u8> {
	[Contracts::name_hash(), sp_io::hashing::twox_128(b"MigrationInProgress")].concat()
}

#[test]
fn nothing_starts_before_pallet_contracts_has_finished_its_own() {
	chain(|| {
		let contracts = contracts();
		forget_preparation();
		let spoil: [fn(); 2] = [
			|| sp_io::storage::set(&their_cursor(), &b"cursor".to_vec().encode()),
			|| StorageVersion::new(15).put::<Contracts>(),
		];
		let mend: [fn(); 2] =
			[|| sp_io::storage::clear(&their_cursor()), || STORAGE_VERSION.put::<Contracts>()];
		for (spoil, mend) in spoil.into_iter().zip(mend) {
			undone(|| {
				spoil();
				let why = checks::before::<Test>().unwrap_err();
				assert!(std::format!("{why:?}").contains("pallet-contracts has not finished"));
				let mut meter = WeightMeter::new();
				assert_eq!(
					PrepareCodes::<Test>::step(None, &mut meter),
					Err(SteppedMigrationError::Failed)
				);
				upgrade();
				assert_eq!(Migration::<Test>::get(), Some(MigrationState::Unfinished));
				assert_closed(&contracts[0].0, contracts[0].1);
				assert_eq!(
					migrate(PLENTY).unwrap_err().error,
					Error::<Test>::NoMigrationPerformed.into()
				);
				idle(PLENTY);
				assert_eq!(PreparedCodeOf::<Test>::iter_keys().count(), 0);
				// When it has, the next upgrade starts it.
				mend();
				upgrade();
				assert_ok!(migrate(PLENTY));
				assert_ok!(invoke(&contracts[0].0, "number", &[]).result);
			});
		}
		upgrade();
		assert_ok!(migrate(PLENTY));
	});
}

#[test]
fn pallet_migrations_can_do_it() {
	chain(|| {
		let contracts = contracts();
		place(&floating().0, Determinism::Enforced);
		for with_hook in [true, false] {
			undone(|| {
				forget_preparation();
				let before = checks::before::<Test>().unwrap();
				if with_hook {
					upgrade();
				}
				let mut cursor = None;
				let mut limit = Info::migrate();
				let mut steps = 0;
				loop {
					let mut meter = WeightMeter::with_limit(limit);
					let result = PrepareCodes::<Test>::transactional_step(cursor, &mut meter);
					assert!(meter.consumed().all_lte(limit));
					match result {
						Ok(None) => break,
						Ok(next) => {
							assert!(next.unwrap() > cursor.flatten(), "it gets on");
							cursor = next;
							limit = Info::migrate();
							steps += 1;
						},
						Err(SteppedMigrationError::InsufficientWeight { required }) => {
							assert!(!required.all_lte(limit));
							limit = required;
						},
						Err(other) => panic!("{other:?}"),
					}
				}
				assert!(steps >= contracts.len(), "{steps}");
				checks::after::<Test>(&before).unwrap();
				assert_eq!(RefusedCodes::<Test>::iter_keys().count(), 1);
			});
		}
		upgrade();
		assert_ok!(migrate(PLENTY));
		// Idle time or a caller may be faster.
		let mut meter = WeightMeter::new();
		assert_eq!(PrepareCodes::<Test>::step(Some(None), &mut meter), Ok(None));
		// Again, where nothing is to be done.
		let before = checks::before::<Test>().unwrap();
		unchanged(|| {
			assert_eq!(PrepareCodes::<Test>::step(None, &mut WeightMeter::new()), Ok(None));
		});
		checks::after::<Test>(&before).unwrap();
	});
}

#[test]
fn a_check_after_the_migration_sees_what_it_should_not_have_changed() {
	chain(|| {
		let contracts = contracts();
		let before = checks::before::<Test>().unwrap();
		checks::after::<Test>(&before).unwrap();
		undone(|| {
			crate::Nonce::<Test>::put(77);
			assert!(checks::after::<Test>(&before).is_err());
		});
		undone(|| {
			upgrade();
			age();
			assert!(checks::after::<Test>(&before).is_err());
		});
		undone(|| {
			CodeInfoOf::<Test>::mutate(contracts[0].1, |info| info.as_mut().unwrap().code_len += 1);
			assert!(checks::before::<Test>().is_err());
		});
	});
}
