//! What is held for storage, of whom, and how it comes back.

use super::builder::*;
use crate::{
	code::store,
	exec::{Mode, Outcome, RootCall, Target},
	mock::{AccountId, Balances, Contracts, RuntimeHoldReason, Test, ALICE, BOB, RICH},
	types::{CapabilitySet, CodeInfo, Origin},
	CodeInfoOf, Config, ContractInfoOf, Error, HoldReason,
};
use caisson_contracts_api::{Code, Determinism, StorageDeposit};
use codec::{Encode, MaxEncodedLen};
use frame_support::{
	assert_noop, assert_ok,
	traits::{
		fungible::{InspectHold, Mutate},
		tokens::Preservation,
		Get,
	},
};
use sp_core::H256;
use sp_runtime::DispatchError;
use std::vec::Vec;

const ED: u64 = 10;

fn per_byte() -> u64 {
	<Test as Config>::DepositPerByte::get()
}

fn per_item() -> u64 {
	<Test as Config>::DepositPerItem::get()
}

fn held(account: &AccountId, reason: HoldReason) -> u64 {
	Balances::balance_on_hold(&RuntimeHoldReason::Contracts(reason), account)
}

/// What is held on a contract.
fn storage_held(contract: &AccountId) -> u64 {
	held(contract, HoldReason::StorageDepositReserve)
}

fn code_held(owner: &AccountId) -> u64 {
	held(owner, HoldReason::CodeUploadDepositReserve)
}

/// What code of this length holds of its owner.
fn code_deposit(code: &[u8]) -> u64 {
	(code.len() + CodeInfo::<Test>::max_encoded_len()) as u64 * per_byte() + 2 * per_item()
}

fn code_hash(contract: &AccountId) -> H256 {
	ContractInfoOf::<Test>::get(contract).unwrap().code_hash
}

/// What a contract holds for itself.
fn base_deposit(contract: &AccountId, code: &[u8]) -> u64 {
	let info = ContractInfoOf::<Test>::get(contract).unwrap();
	let fresh = info.encoded_size() as u64 * per_byte() + per_item();
	fresh + (code_deposit(code) * 30).div_ceil(100)
}

/// A `baals` contract: `set(key, value)` and `unset(key)`.
fn table() -> Vec<u8> {
	baals(
		r#"(func (export "set") (param i32 i32) (result i32)
			(call $baals_storage_write
				#16 (i32.load #8)
				(i32.add #24 (i32.load #8)) (i32.load (i32.add #16 (i32.load #8))))
			#0)
		(func (export "unset") (param i32 i32) (result i32)
			(call $baals_storage_remove #16 (i32.load #8)) #0)
		(func (export "set_and_fail") (param i32 i32) (result i32)
			(call $baals_storage_write #16 #1 #16 #100) unreachable)
		(func (export "set_and_unset") (param i32 i32) (result i32)
			(call $baals_storage_write #16 #1 #16 #100)
			(call $baals_storage_remove #16 #1) #0)"#,
	)
}

/// Calls by `who` with a limit for what may be held.
fn call_as(
	who: &AccountId,
	dest: &AccountId,
	function: &str,
	args: &[&[u8]],
	deposit_limit: impl Into<Option<u64>>,
) -> Outcome<Test> {
	Contracts::run(RootCall {
		origin: Origin::Signed(who.clone()),
		deposit_limit: deposit_limit.into(),
		..root_call(dest, function, args)
	})
}

#[test]
fn a_deployment_holds_for_code_and_contract_and_leaves_the_existential_deposit() {
	chain(|| {
		let code = table();
		let (contract, outcome) = deploy_report(code.clone(), &[], 300, None).unwrap();
		let (for_code, base) = (code_deposit(&code), base_deposit(&contract, &code));
		assert_eq!(code_held(&ALICE), for_code);
		assert_eq!(storage_held(&contract), base);
		assert_eq!(free(&contract), ED + 300);
		assert_eq!(free(&ALICE), RICH - for_code - base - ED - 300);
		assert_eq!(outcome.deposit, StorageDeposit::Charge(for_code + base + ED));
		// The second one shares the code.
		let (before, issuance) = (free(&ALICE), Balances::total_issuance());
		let (second, outcome) = deploy_report(code.clone(), &[], 0, None).unwrap();
		assert_eq!(outcome.deposit, StorageDeposit::Charge(base + ED));
		assert_eq!(free(&ALICE), before - base - ED);
		assert_eq!(Contracts::api_contract_info(second).unwrap().deposit, base);
		assert_eq!(Balances::total_issuance(), issuance);
	});
}

#[test]
fn entries_are_held_for_by_item_and_byte_of_the_value() {
	chain(|| {
		let code = table();
		let contract = deploy(code.clone(), &[]);
		let base = base_deposit(&contract, &code);
		let mut expected = free(&ALICE);
		// Key, value, what it holds or gives back: in proportion, where the fixed point drops what is below
		// a unit.
		let steps: [(&[u8], Option<usize>, i64); 10] = [
			(b"a", Some(100), 110),
			(b"a", Some(100), 0),
			(b"a", Some(130), 30),
			(b"a", Some(50), -79),
			(b"b", Some(0), 10),
			(b"b", Some(7), 7),
			(b"longer key", Some(1), 11),
			(b"absent", None, 0),
			(b"a", None, -59),
			(b"b", None, -17),
		];
		let mut total = 0i64;
		for (key, value, change) in steps {
			let outcome = match value {
				Some(len) => invoke(&contract, "set", &[key, &vec![7; len]]),
				None => invoke(&contract, "unset", &[key]),
			};
			let deposit = match change {
				..0 => StorageDeposit::Refund(change.unsigned_abs()),
				_ => StorageDeposit::Charge(change.unsigned_abs()),
			};
			assert_eq!(outcome.deposit, deposit, "{key:?} {value:?}");
			total += change;
			expected = expected.checked_add_signed(-change).unwrap();
			assert_eq!(free(&ALICE), expected, "{key:?} {value:?}");
			assert_eq!(storage_held(&contract), base.checked_add_signed(total).unwrap());
			assert_eq!(free(&contract), ED);
		}
		let info = ContractInfoOf::<Test>::get(&contract).unwrap();
		assert_eq!((info.storage_bytes(), info.storage_items()), (1, 1));
	});
}

#[test]
fn who_removes_gets_what_is_held_in_proportion() {
	chain(|| {
		let contract = deploy(table(), &[]);
		invoke(&contract, "set", &[b"a", &[0; 60]]).result.unwrap();
		invoke(&contract, "set", &[b"b", &[0; 40]]).result.unwrap();
		// As if the prices had been others: 1,000 for 100 bytes, 500 for 2 items.
		let (bytes, items) = (1_000 - 100, 500 - 20);
		assert_ok!(Balances::transfer_and_hold_for_test(&contract, bytes + items));
		ContractInfoOf::<Test>::mutate(&contract, |info| {
			let info = info.as_mut().unwrap();
			info.storage_byte_deposit += bytes;
			info.storage_item_deposit += items;
		});
		let bob = free(&BOB);
		let outcome = call_as(&BOB, &contract, "unset", &[b"a"], 0);
		assert_eq!(outcome.deposit, StorageDeposit::Refund(600 + 250), "of both, the same part");
		assert_eq!(free(&BOB), bob + 850, "to who removes, not to who paid");
		let outcome = call_as(&BOB, &contract, "set", &[b"b", &[0; 30]], 0);
		assert_eq!(outcome.deposit, StorageDeposit::Refund(100), "a quarter of 400");
		let outcome = call_as(&BOB, &contract, "set", &[b"b", &[0; 31]], 1);
		assert_eq!(outcome.deposit, StorageDeposit::Charge(1), "at today's price");
		let outcome = call_as(&BOB, &contract, "set", &[b"b", &[0; 30]], 0);
		assert_eq!(outcome.deposit, StorageDeposit::Refund(9), "9.7, rounded down");
		let outcome = call_as(&BOB, &contract, "unset", &[b"b"], 0);
		assert_eq!(outcome.deposit, StorageDeposit::Refund(292 + 250), "all of the rest");
		let info = ContractInfoOf::<Test>::get(&contract).unwrap();
		assert_eq!((info.storage_byte_deposit, info.storage_item_deposit), (0, 0));
	});
}

/// Money to hold on a contract from nowhere in particular.
trait HoldForTest {
	fn transfer_and_hold_for_test(contract: &AccountId, amount: u64) -> Result<(), DispatchError>;
}

impl HoldForTest for Balances {
	fn transfer_and_hold_for_test(contract: &AccountId, amount: u64) -> Result<(), DispatchError> {
		use frame_support::traits::fungible::MutateHold;
		<Balances as Mutate<_>>::transfer(&ALICE, contract, amount, Preservation::Preserve)?;
		let reason = RuntimeHoldReason::Contracts(HoldReason::StorageDepositReserve);
		<Balances as MutateHold<_>>::hold(&reason, contract, amount)
	}
}

#[test]
fn a_limit_is_met_exactly_or_everything_is_undone() {
	chain(|| {
		let contract = deploy(table(), &[]);
		let args: [&[u8]; 2] = [b"a", &[0; 90]];
		let limit = 90 * per_byte() + per_item();
		let refused = unchanged(|| call_as(&ALICE, &contract, "set", &args, limit - 1));
		assert_fails(&refused, Error::StorageDepositLimitExhausted);
		assert!(refused.gas_consumed.ref_time() > 0, "what ran is paid");
		call_as(&ALICE, &contract, "set", &args, limit).result.unwrap();
		call_as(&ALICE, &contract, "set", &args, 0).result.unwrap();
		let transient = call_as(&ALICE, &contract, "set_and_unset", &[b"x"], 0);
		assert_eq!(transient.result.map(|_| transient.deposit), Ok(Default::default()));
	});
}

#[test]
fn a_deployment_over_its_limit_is_undone_with_its_code() {
	chain(|| {
		let code = baals(&quiet("init", "(call $baals_storage_write #0 #1 #0 #100)"));
		let deploy = |deposit_limit: Option<u64>| {
			undone(|| {
				Contracts::upload_and_instantiate(
					None,
					ALICE,
					0,
					GAS,
					deposit_limit,
					Code::Upload(code.clone()),
					vec![],
					vec![],
					CapabilitySet::all(),
					Mode::Execute,
				)
				.map_err(|error| error.dispatch::<Test>())
				.and_then(|outcome| outcome.dispatch_result().map(|_| outcome.deposit))
			})
		};
		let StorageDeposit::Charge(needed) = deploy(None).unwrap() else { panic!("a charge") };
		assert_eq!(deploy(Some(needed)), Ok(StorageDeposit::Charge(needed)));
		let exhausted = Err(Error::<Test>::StorageDepositLimitExhausted.into());
		assert_eq!(deploy(Some(needed - 1)), exhausted, "by the constructor's entry");
		assert_eq!(deploy(Some(needed - 110)), exhausted, "by the base deposit");
		assert_eq!(deploy(Some(code_deposit(&code))), exhausted);
		assert_eq!(deploy(Some(code_deposit(&code) - 1)), exhausted, "by the code");
	});
}

#[test]
fn who_cannot_pay_does_not_store() {
	chain(|| {
		let contract = deploy(table(), &[]);
		let poor = AccountId::new([3; 32]);
		let args: [&[u8]; 2] = [b"a", &[0; 90]];
		// What is held is 100. As pallet-contracts has it, an existential deposit must stay beside the one
		// that keeps the payer alive.
		assert_ok!(Balances::mint_into(&poor, 2 * ED + 99));
		let refused = unchanged(|| call_as(&poor, &contract, "set", &args, 100));
		assert_fails(&refused, Error::StorageDepositNotEnoughFunds);
		let refused = unchanged(|| call_as(&poor, &contract, "set", &args, None));
		assert_fails(&refused, Error::StorageDepositLimitExhausted);
		assert_ok!(Balances::mint_into(&poor, 1));
		call_as(&poor, &contract, "set", &args, 100).result.unwrap();
		assert_eq!(free(&poor), 2 * ED, "the payer stays alive");
		let code = proxy();
		let refused = unchanged(|| {
			store::upload::<Test>(&poor, code, None, Determinism::Enforced)
				.map(|_| ())
				.map_err(|error| error.dispatch::<Test>())
		});
		assert_eq!(refused, Err(Error::<Test>::StorageDepositNotEnoughFunds.into()));
	});
}

#[test]
fn a_limit_above_what_the_origin_has_beside_the_value_is_refused_before_anything_runs() {
	chain(|| {
		let contract = deploy(table(), &[]);
		let call = |value, limit| {
			Contracts::run(RootCall {
				value,
				deposit_limit: Some(limit),
				..root_call(&contract, "unset", &[b"a"])
			})
		};
		let most = free(&ALICE) - 2 * ED;
		let refused = unchanged(|| call(0, most + 1));
		assert_fails(&refused, Error::StorageDepositNotEnoughFunds);
		assert_eq!(refused.gas_consumed.ref_time(), 0);
		assert_fails(&unchanged(|| call(7, most)), Error::StorageDepositNotEnoughFunds);
		call(7, most - 7).result.unwrap();
		// An instantiation is told first that its code is not there.
		let absent = Target::Instantiate {
			code_hash: Default::default(),
			data: vec![],
			salt: vec![],
			capabilities: CapabilitySet::all(),
		};
		let call = RootCall {
			target: absent,
			deposit_limit: Some(u64::MAX),
			..root_call(&contract, "unset", &[])
		};
		assert_fails(&Contracts::run(call), Error::CodeNotFound);
	});
}

#[test]
fn failing_calls_move_no_money_and_keep_the_issuance() {
	chain(|| {
		let contract = deploy(table(), &[]);
		invoke(&contract, "set", &[b"a", &[0; 90]]).result.unwrap();
		let issuance = Balances::total_issuance();
		let outcome = unchanged(|| invoke_with(&contract, "set_and_fail", &[b"b"], 9, GAS));
		assert_eq!(outcome.deposit, StorageDeposit::Charge(0));
		assert_eq!(Balances::total_issuance(), issuance);
	});
}

#[test]
fn sub_calls_are_paid_by_the_origin_and_refunds_offset_charges() {
	chain(|| {
		let (one, other, proxy) =
			(deploy(table(), &[]), deploy(table(), &[]), deploy(proxy(), &[]));
		let before = free(&ALICE);
		let held_before = storage_held(&one);
		// The payload of a sub-call is one argument: its front is the key's length for "unset" alone.
		assert_eq!(through(&proxy, &one, "set_and_unset", b"k", 0).0, 0);
		assert_eq!((free(&ALICE), storage_held(&one)), (before, held_before));
		invoke(&one, "set", &[b"k", &[0; 100]]).result.unwrap();
		invoke(&other, "set", &[b"k", &[0; 100]]).result.unwrap();
		assert_eq!(through(&proxy, &one, "unset", b"k", 0).0, 0);
		assert_eq!(free(&ALICE), before - 110);
		assert_eq!(storage_held(&one), held_before);
		assert_eq!(through(&proxy, &other, "set_and_fail", b"k", 0).0, -1);
		assert_eq!(free(&ALICE), before - 110, "a failed callee holds nothing");
	});
}

#[test]
fn what_a_failed_callee_had_others_store_is_not_held_for() {
	chain(|| {
		let proxy = deploy(proxy(), &[]);
		// Has the contract that is its argument store something, then traps.
		let body = "(if (call $baals_call_contract #16 #32 #4096 #13 #0 #1 (i64.const 0)) \
			(then unreachable)) unreachable";
		let data = r#"(data #4096 "set_and_leave")"#;
		let keeper = deploy(
			baals(&quiet("set_and_leave", "(call $baals_storage_write #64 #1 #64 #100)")),
			&[],
		);
		let failing = deploy(baals(&std::format!("{data}{}", quiet("go", body))), &[]);
		let before = (free(&ALICE), storage_held(&keeper));
		assert_eq!(through(&proxy, &failing, "go", keeper.as_ref(), 0).0, -1);
		assert_eq!((free(&ALICE), storage_held(&keeper)), before);
		assert_eq!(through(&proxy, &keeper, "set_and_leave", b"", 0).0, 0);
		assert_eq!(free(&ALICE), before.0 - 110);
	});
}

#[test]
fn code_is_held_for_until_it_is_removed_and_not_while_it_is_used() {
	chain(|| {
		let code = proxy();
		let before = free(&BOB);
		let upload = || {
			store::upload::<Test>(&BOB, code.clone(), None, Determinism::Enforced)
				.map(|uploaded| (uploaded.hash, uploaded.deposit))
				.map_err(|error| error.dispatch::<Test>())
		};
		let (hash, deposit) = upload().unwrap();
		assert_eq!(deposit, code_deposit(&code));
		assert_eq!((free(&BOB), code_held(&BOB)), (before - deposit, deposit));
		assert_eq!(upload(), Ok((hash, 0)), "a second upload holds nothing");
		let refcount = || CodeInfoOf::<Test>::get(hash).unwrap().refcount;
		assert_eq!(refcount(), 0);
		let first = deploy(code.clone(), &[]);
		let _second = deploy(code.clone(), &[]);
		assert_eq!(refcount(), 2);
		assert_eq!(code_held(&ALICE), 0, "the uploader pays for the code, not the deployer");
		assert_noop!(store::remove::<Test>(&BOB, hash), Error::<Test>::CodeInUse);
		// Give both contracts other code.
		let other = deploy(table(), &[]);
		for (contract, left) in [(first.clone(), 1), (_second, 0)] {
			assert_ok!(Contracts::set_code(
				crate::mock::RuntimeOrigin::root(),
				contract,
				code_hash(&other)
			));
			assert_eq!(refcount(), left);
		}
		assert_noop!(store::remove::<Test>(&ALICE, hash), DispatchError::BadOrigin);
		assert_ok!(store::remove::<Test>(&BOB, hash));
		assert_eq!((free(&BOB), code_held(&BOB)), (before, 0));
		assert_noop!(store::remove::<Test>(&BOB, hash), Error::<Test>::CodeNotFound);
		assert_eq!(CodeInfoOf::<Test>::get(code_hash(&other)).unwrap().refcount, 3);
		assert_eq!(code_hash(&first), code_hash(&other));
	});
}

#[test]
fn a_contracts_own_money_is_not_what_is_held_on_it() {
	chain(|| {
		// Sends all it can; what is held stays.
		let body = r#"(func (export "send") (param i32 i32 i32 i32 i64) (result i32)
			(call $transfer (local.get 0) (local.get 1) (local.get 2) (local.get 3) (local.get 4)))"#;
		let (contract, _) = deploy_report(aureon(body), &[], 40, None).unwrap();
		let kept = storage_held(&contract);
		assert!(kept > 0);
		let send = |amount: u64| {
			let args: [&[u8]; 3] = [contract.as_ref(), BOB.as_ref(), &amount.to_le_bytes()];
			number(&invoke(&contract, "send", &args))
		};
		assert_eq!((send(41), send(40), send(1)), (1, 0, 1));
		assert_eq!((free(&contract), storage_held(&contract)), (ED, kept));
	});
}
