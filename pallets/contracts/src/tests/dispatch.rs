//! The dispatchables and the runtime API, as a chain and its clients use them.

use super::builder::*;
use crate::{
	address,
	code::RejectionCode,
	limits,
	meter::cost,
	mock::{AccountId, Contracts, RuntimeCall, RuntimeOrigin, Test, ALICE, BOB},
	types::Origin,
	Call, CodeInfoOf, Config, ContractInfoOf, Environment, Error, Event,
};
use caisson_contracts_api::{Code, Determinism, StorageDeposit};
use codec::{Compact, Encode};
use frame_support::{
	dispatch::{DispatchClass, DispatchResultWithPostInfo, GetDispatchInfo},
	traits::Get,
};
use scale_info::TypeInfo;
use sp_core::H256;
use sp_runtime::{
	traits::{Dispatchable, Hash},
	DispatchError, Weight,
};
use std::vec::Vec;

type Info = <Test as Config>::WeightInfo;

/// A `baals` contract whose constructor and `main` store, emit and succeed, and that can fail.
fn code() -> Vec<u8> {
	let store = "(call $baals_storage_write #64 #4 #64 #4) (call $baals_emit_event #64 #4 #16 #1)";
	let body = [
		quiet("init", store),
		quiet("main", store),
		quiet("fail", &std::format!("{store} unreachable")),
		quiet("remove", "(call $baals_storage_remove #64 #4)"),
		quiet("read", "(drop (call $baals_storage_read #64 #4 #64 #4))"),
	];
	baals(&body.concat())
}

fn logger() -> Vec<u8> {
	aureon(
		r#"(data (i32.const 0) "a line") (func (export "run") (call $log #0 #6) (call $log #0 #1))"#,
	)
}

/// Dispatches as a block does: what fails is undone.
fn dispatch(origin: RuntimeOrigin, call: Call<Test>) -> DispatchResultWithPostInfo {
	RuntimeCall::Contracts(call).dispatch(origin)
}

fn by_alice(call: Call<Test>) -> DispatchResultWithPostInfo {
	dispatch(RuntimeOrigin::signed(ALICE), call)
}

/// Checks that a call fails with `expected` and changes nothing, and returns the weight that it cost.
#[track_caller]
fn refused(origin: RuntimeOrigin, call: Call<Test>, expected: impl Into<DispatchError>) -> Weight {
	let announced = RuntimeCall::Contracts(call.clone()).get_dispatch_info().call_weight;
	let failed = unchanged(|| dispatch(origin, call)).expect_err("the call fails");
	assert_eq!(failed.error, expected.into());
	let actual = failed.post_info.actual_weight.unwrap_or(announced);
	assert!(actual.all_lte(announced), "no more than was announced");
	actual
}

fn call(dest: &AccountId, data: Vec<u8>) -> Call<Test> {
	Call::call { dest: dest.clone(), value: 0, gas_limit: GAS, storage_deposit_limit: None, data }
}

fn invocation(dest: &AccountId, function: &str) -> Call<Test> {
	Call::invoke {
		dest: dest.clone(),
		value: 0,
		gas_limit: GAS,
		storage_deposit_limit: None,
		function: function.as_bytes().to_vec(),
		args: vec![],
	}
}

fn upload(code: Vec<u8>, determinism: Determinism, limit: Option<u64>) -> Call<Test> {
	Call::upload_code { code, storage_deposit_limit: limit.map(Compact), determinism }
}

fn instantiate_with_code(code: Vec<u8>, data: Vec<u8>, salt: Vec<u8>) -> Call<Test> {
	Call::instantiate_with_code {
		value: 7,
		gas_limit: GAS,
		storage_deposit_limit: None,
		code,
		data,
		salt,
	}
}

fn instantiate(code_hash: H256, salt: Vec<u8>) -> Call<Test> {
	Call::instantiate {
		value: 0,
		gas_limit: GAS,
		storage_deposit_limit: None,
		code_hash,
		data: vec![],
		salt,
	}
}

fn hash(code: &[u8]) -> H256 {
	<Test as frame_system::Config>::Hashing::hash(code)
}

#[test]
fn a_deployment_emits_its_events_in_order() {
	chain(|| {
		by_alice(instantiate_with_code(code(), vec![], b"salt".to_vec())).unwrap();
		let contract = address::derive::<Test>(&ALICE, &hash(&code()), &[], b"salt");
		let events = events();
		let [stored, emitted, instantiated, base, entry, executed] = &events[..] else {
			panic!("{events:?}")
		};
		let deposit_held = CodeInfoOf::<Test>::get(hash(&code())).unwrap().deposit;
		let code_hash = hash(&code());
		assert_eq!(*stored, Event::CodeStored { code_hash, deposit_held, uploader: ALICE });
		let data = (vec![0u8; 4], vec![0u8; 1]).encode();
		assert_eq!(*emitted, Event::ContractEmitted { contract: contract.clone(), data });
		assert_eq!(
			*instantiated,
			Event::Instantiated { deployer: ALICE, contract: contract.clone() }
		);
		// First for the contract itself, then for what its constructor wrote.
		let held = |amount| {
			let to = contract.clone();
			Event::StorageDepositTransferredAndHeld { from: ALICE, to, amount }
		};
		let all = Contracts::api_contract_info(contract.clone()).unwrap().deposit;
		let item: u64 = <Test as Config>::DepositPerItem::get();
		let byte: u64 = <Test as Config>::DepositPerByte::get();
		let written = item + 4 * byte;
		assert_eq!(*base, held(all - written));
		assert_eq!(*entry, held(written));
		let Event::Executed { contract: made, abi_gas: 305, logs, .. } = executed else {
			panic!("{executed:?}")
		};
		assert_eq!((made, logs.len()), (&contract, 0));
	});
}

#[test]
fn a_call_emits_called_then_executed_with_its_log_and_weighs_what_it_used() {
	chain(|| {
		let contract = deploy(logger(), &[]);
		let before = events().len();
		let info = by_alice(call(&contract, vec![])).unwrap();
		let events = events().split_off(before);
		let [called, executed] = &events[..] else { panic!("{events:?}") };
		let caller = Origin::Signed(ALICE);
		assert_eq!(*called, Event::Called { caller, contract: contract.clone() });
		let Event::Executed { contract: by, gas_consumed, abi_gas, logs } = executed else {
			panic!("{executed:?}")
		};
		assert_eq!((by, *abi_gas), (&contract, 20));
		assert_eq!(*logs, [b"a line".to_vec(), b"a".to_vec()]);
		assert_eq!(info.actual_weight, Some(cost::call::<Info>() + *gas_consumed));
		let announced = RuntimeCall::Contracts(call(&contract, vec![])).get_dispatch_info();
		assert_eq!(announced.call_weight, cost::call::<Info>() + GAS);
	});
}

#[test]
fn a_failed_call_weighs_what_it_used_and_leaves_nothing() {
	chain(|| {
		let contract = deploy(code(), &[]);
		let signed = || RuntimeOrigin::signed(ALICE);
		let trapped =
			refused(signed(), invocation(&contract, "fail"), Error::<Test>::ContractTrapped);
		let used = unchanged(|| invoke(&contract, "fail", &[])).gas_consumed;
		assert_eq!(trapped, cost::invoke::<Info>(1) + used);
		let mut spent = invocation(&contract, "main");
		let Call::invoke { gas_limit, .. } = &mut spent else { unreachable!() };
		*gas_limit = Weight::from_parts(123_457, 77);
		let out = refused(signed(), spent, Error::<Test>::OutOfGas);
		assert_eq!(out, cost::invoke::<Info>(1) + whole(Weight::from_parts(123_457, 77)));
		let nobody = refused(signed(), invocation(&BOB, "main"), Error::<Test>::ContractNotFound);
		assert!(nobody.all_lt(cost::invoke::<Info>(1) + GAS));
	});
}

#[test]
fn a_deployment_whose_constructor_fails_leaves_no_code_behind() {
	chain(|| {
		let code = baals(&quiet("init", "unreachable"));
		let signed = || RuntimeOrigin::signed(ALICE);
		let with_code = instantiate_with_code(code.clone(), vec![], vec![]);
		refused(signed(), with_code, Error::<Test>::ContractTrapped);
		assert!(!CodeInfoOf::<Test>::contains_key(hash(&code)));
		let deploy = Call::deploy {
			value: 3,
			gas_limit: GAS,
			storage_deposit_limit: None,
			code: Code::Upload(code),
			args: vec![],
			salt: None,
			capabilities: None,
		};
		refused(signed(), deploy, Error::<Test>::ContractTrapped);
	});
}

#[test]
fn invoke_is_call_with_the_encoded_function_and_arguments() {
	chain(|| {
		let contract = deploy(code(), &[]);
		let args = vec![b"an argument".to_vec(), vec![]];
		let mut invocation = invocation(&contract, "main");
		let Call::invoke { args: given, .. } = &mut invocation else { unreachable!() };
		given.clone_from(&args);
		let root_after = |call: Call<Test>, base: Weight| {
			undone(|| {
				let weight = by_alice(call).unwrap().actual_weight.unwrap() - base;
				(weight, events(), state_root())
			})
		};
		let encoding = cost::invoke::<Info>(args.encoded_size() as u32);
		let raw = call(&contract, (b"main".to_vec(), args).encode());
		let raw = root_after(raw, cost::call::<Info>());
		assert_eq!(raw, root_after(invocation, encoding));
	});
}

#[test]
fn empty_data_is_a_call_without_name_and_arguments() {
	chain(|| {
		let (main, run) = (deploy(code(), &[]), deploy(logger(), &[]));
		by_alice(call(&main, vec![])).unwrap();
		by_alice(call(&run, vec![])).unwrap();
		let none = dytallix(r#"(func (export "contract_a") (param i32 i32) (result i32) #0)"#);
		let none = deploy(none, &[]);
		let signed = RuntimeOrigin::signed(ALICE);
		refused(signed, call(&none, vec![]), Error::<Test>::FunctionNotFound);
	});
}

#[test]
fn data_that_is_no_function_with_arguments_is_refused() {
	chain(|| {
		let contract = deploy(code(), &[]);
		let good = (b"main".to_vec(), vec![b"a".to_vec()]).encode();
		let most = vec![Vec::<u8>::new(); limits::ARGUMENTS as usize];
		let more = vec![Vec::<u8>::new(); limits::ARGUMENTS as usize + 1];
		by_alice(call(&contract, good.clone())).unwrap();
		by_alice(call(&contract, (b"main".to_vec(), most).encode())).unwrap();
		let garbage = [
			good[..good.len() - 1].to_vec(),
			[&good[..], b"x"].concat(),
			vec![0xff; 100],
			vec![0],
			// Lengths that nobody can send.
			Compact(u32::MAX).encode(),
			[vec![0], Compact(u32::MAX).encode()].concat(),
			[vec![0], Compact(1u32 << 29).encode(), vec![0; 60_000]].concat(),
			(b"main".to_vec(), more).encode(),
		];
		for data in garbage {
			let signed = RuntimeOrigin::signed(ALICE);
			refused(signed, call(&contract, data), Error::<Test>::DecodingFailed);
		}
	});
}

#[test]
fn input_and_salt_have_a_longest_length() {
	chain(|| {
		let contract = deploy(code(), &[]);
		let signed = || RuntimeOrigin::signed(ALICE);
		let input = |len: usize| {
			let overhead = (b"main".to_vec(), vec![vec![0u8; len]]).encode().len() - len;
			call(&contract, (b"main".to_vec(), vec![vec![0u8; len - overhead]]).encode())
		};
		let limit = limits::INPUT_BYTES as usize;
		by_alice(input(limit)).unwrap();
		let weight = refused(signed(), input(limit + 1), Error::<Test>::InputTooLarge);
		assert_eq!(weight, cost::call::<Info>());
		let made = |salt: usize| instantiate_with_code(code(), vec![], vec![1; salt]);
		by_alice(made(limits::SALT_BYTES as usize)).unwrap();
		refused(signed(), made(limits::SALT_BYTES as usize + 1), Error::<Test>::InputTooLarge);
	});
}

#[test]
fn a_code_makes_one_contract_for_each_salt() {
	chain(|| {
		by_alice(upload(code(), Determinism::Enforced, None)).unwrap();
		let signed = || RuntimeOrigin::signed(ALICE);
		by_alice(instantiate(hash(&code()), vec![])).unwrap();
		let again = instantiate(hash(&code()), vec![]);
		refused(signed(), again.clone(), Error::<Test>::DuplicateContract);
		by_alice(instantiate(hash(&code()), vec![1])).unwrap();
		dispatch(RuntimeOrigin::signed(BOB), again).unwrap();
		refused(signed(), instantiate(H256([1; 32]), vec![]), Error::<Test>::CodeNotFound);
		assert_eq!(CodeInfoOf::<Test>::get(hash(&code())).unwrap().refcount, 3);
	});
}

#[test]
fn uploads_are_checked_and_removals_too() {
	chain(|| {
		let signed = || RuntimeOrigin::signed(ALICE);
		let enforced = Determinism::Enforced;
		let relaxed = upload(code(), Determinism::Relaxed, None);
		refused(signed(), relaxed, Error::<Test>::Indeterministic);
		let not_wasm = upload(b"not wasm".to_vec(), enforced, None);
		refused(signed(), not_wasm, Error::<Test>::CodeRejected(RejectionCode::NotWasm));
		let large = upload(vec![0; limits::CODE_BYTES as usize + 1], enforced, None);
		refused(signed(), large, Error::<Test>::CodeTooLarge);
		let cheap = upload(code(), enforced, Some(10));
		refused(signed(), cheap, Error::<Test>::StorageDepositLimitExhausted);
		by_alice(upload(code(), enforced, None)).unwrap();
		let remove = || Call::remove_code { code_hash: hash(&code()) };
		refused(RuntimeOrigin::signed(BOB), remove(), DispatchError::BadOrigin);
		by_alice(instantiate(hash(&code()), vec![])).unwrap();
		refused(signed(), remove(), Error::<Test>::CodeInUse);
	});
}

#[test]
fn an_upload_pays_for_the_functions_that_its_code_has() {
	chain(|| {
		let length = code().len() as u32;
		let most = cost::upload::<Info>(length);
		let announced =
			|call: Call<Test>| RuntimeCall::Contracts(call).get_dispatch_info().call_weight;
		assert_eq!(announced(upload(code(), Determinism::Enforced, None)), most);
		let uploaded = by_alice(upload(code(), Determinism::Enforced, None)).unwrap();
		let spared = cost::spared::<Info>(length, 5);
		assert!(spared.ref_time() > 0);
		assert_eq!(uploaded.actual_weight, Some(most - spared));
		// Nobody looks at code that is there.
		let again = by_alice(upload(code(), Determinism::Enforced, None)).unwrap();
		assert_eq!(again.actual_weight, Some(most - cost::spared::<Info>(length, 0)));
		// As much less where a contract is made of it at once.
		let make = |code, salt: &[u8]| Call::deploy {
			code,
			value: 0,
			gas_limit: GAS,
			storage_deposit_limit: None,
			args: vec![],
			salt: Some(salt.to_vec()),
			capabilities: None,
		};
		let weight = |call| by_alice(call).unwrap().actual_weight.unwrap();
		let of_hash = weight(make(Code::Existing(hash(&code())), b"one"));
		let other = baals(&quiet("init", ""));
		let base = Contracts::deploy_weight(&Code::Upload(other.clone()), &[]);
		let unused = cost::spared::<Info>(other.len() as u32, 1);
		let of_code = weight(make(Code::Upload(other.clone()), b"two"));
		let again = weight(make(Code::Existing(hash(&other)), b"three"));
		assert_eq!(
			of_code,
			base - unused + (again - Contracts::deploy_weight(&Code::Existing(hash(&other)), &[]))
		);
		assert!(of_hash.ref_time() > 0);
	});
}

#[test]
fn a_removed_code_gives_its_deposit_back_and_says_so() {
	chain(|| {
		by_alice(upload(code(), Determinism::Enforced, None)).unwrap();
		let deposit_released = CodeInfoOf::<Test>::get(hash(&code())).unwrap().deposit;
		by_alice(Call::remove_code { code_hash: hash(&code()) }).unwrap();
		let removed =
			Event::CodeRemoved { code_hash: hash(&code()), deposit_released, remover: ALICE };
		assert_eq!(events().last(), Some(&removed));
		let signed = RuntimeOrigin::signed(ALICE);
		let again = Call::remove_code { code_hash: hash(&code()) };
		refused(signed, again, Error::<Test>::CodeNotFound);
	});
}

#[test]
fn root_alone_gives_a_contract_other_code_and_it_keeps_its_entries() {
	chain(|| {
		let contract = deploy(code(), &[]);
		by_alice(upload(logger(), Determinism::Enforced, None)).unwrap();
		let set = |dest: &AccountId, code_hash| Call::set_code { dest: dest.clone(), code_hash };
		let new = set(&contract, hash(&logger()));
		refused(RuntimeOrigin::signed(ALICE), new.clone(), DispatchError::BadOrigin);
		refused(RuntimeOrigin::root(), set(&BOB, hash(&logger())), Error::<Test>::ContractNotFound);
		refused(RuntimeOrigin::root(), set(&contract, H256::zero()), Error::<Test>::CodeNotFound);
		dispatch(RuntimeOrigin::root(), new).unwrap();
		let (new_code_hash, old_code_hash) = (hash(&logger()), hash(&code()));
		let updated =
			Event::ContractCodeUpdated { contract: contract.clone(), new_code_hash, old_code_hash };
		assert_eq!(events().last(), Some(&updated));
		assert_eq!(stored(&contract, &[0; 4]).unwrap(), [0; 4]);
		assert_eq!(invoke(&contract, "", &[]).logs.len(), 2, "it runs the new code");
		assert_eq!(CodeInfoOf::<Test>::get(old_code_hash).unwrap().refcount, 0);
		// To the same code again.
		dispatch(RuntimeOrigin::root(), set(&contract, new_code_hash)).unwrap();
		assert_eq!(CodeInfoOf::<Test>::get(new_code_hash).unwrap().refcount, 1);
	});
}

#[test]
fn root_calls_without_value_and_nothing_is_held_or_released() {
	chain(|| {
		let contract = deploy(code(), &[]);
		let info = || crate::ContractInfoOf::<Test>::get(&contract).unwrap();
		let deposit = info().total_deposit();
		let root = RuntimeOrigin::root;
		dispatch(root(), invocation(&contract, "read")).unwrap();
		// Overwriting holds nothing more.
		dispatch(root(), invocation(&contract, "main")).unwrap();
		let mut valued = invocation(&contract, "read");
		let Call::invoke { value, .. } = &mut valued else { unreachable!() };
		*value = 1;
		refused(root(), valued, DispatchError::RootNotAllowed);
		dispatch(root(), invocation(&contract, "remove")).unwrap();
		assert_eq!((info().storage_items(), info().storage_bytes()), (0, 0));
		assert_eq!(info().total_deposit(), deposit, "nobody was paid");
		dispatch(root(), invocation(&contract, "main")).unwrap();
		assert_eq!((info().storage_items(), info().storage_bytes()), (1, 4));
		assert_eq!(info().total_deposit(), deposit, "nobody has paid");
		by_alice(invocation(&contract, "remove")).unwrap();
		assert!(info().total_deposit() < deposit, "who removes it is paid what was held for it");
		let made = instantiate_with_code(code(), vec![], vec![]);
		refused(root(), made, DispatchError::BadOrigin);
		refused(root(), upload(code(), Determinism::Enforced, None), DispatchError::BadOrigin);
		refused(RuntimeOrigin::none(), invocation(&contract, "read"), DispatchError::BadOrigin);
	});
}

#[test]
fn the_default_limit_of_deposits_holds_where_none_is_given() {
	chain(|| {
		let body =
			"(loop $l (i32.store #0 (local.get $i)) (call $baals_storage_write #0 #4 #0 #16384) \
			(br_if $l (i32.lt_u (local.tee $i (i32.add (local.get $i) #1)) #70)))";
		let contract = deploy(baals(&quiet("main", body)), &[]);
		let over = 70 * (16_384 + 10);
		assert!(over > <Test as Config>::DefaultDepositLimit::get());
		let signed = RuntimeOrigin::signed(ALICE);
		let none = invocation(&contract, "main");
		refused(signed, none.clone(), Error::<Test>::StorageDepositLimitExhausted);
		let mut more = none;
		let Call::invoke { storage_deposit_limit, .. } = &mut more else { unreachable!() };
		*storage_deposit_limit = Some(Compact(over));
		by_alice(more).unwrap();
	});
}

/// The most gas that an extrinsic can have.
fn most() -> Weight {
	let weights = <Test as frame_system::Config>::BlockWeights::get();
	let class = weights.get(DispatchClass::Normal);
	class.max_extrinsic.or(class.max_total).unwrap()
}

#[test]
fn a_dry_run_reads_a_missing_or_zero_part_of_its_limit_as_the_blocks() {
	chain(|| {
		// Consumes by halves, then spins for the rest.
		let contract = deploy(
			dytallix(
				r#"(func (export "contract_burn") (param i32 i32) (result i32)
					(local $n i64)
					(local.set $n (i64.const 0x1000_0000_0000))
					(loop $half
						(loop $all (br_if $all (i32.eqz (call $consume_gas_wide (local.get $n)))))
						(br_if $half (i32.eqz (i64.eqz
							(local.tee $n (i64.shr_u (local.get $n) (i64.const 1)))))))
					(loop $l (br $l)) #0)"#,
			),
			&[],
		);
		let data = Contracts::named_input(b"burn".to_vec(), vec![]);
		let used = |limit: Option<Weight>| {
			let data = data.clone();
			let result =
				undone(|| Contracts::api_call(ALICE, contract.clone(), 0, limit, None, data));
			assert_eq!(result.result, Err(Error::<Test>::OutOfGas.into()));
			result.gas_consumed
		};
		let (time, proof) = (whole(most()).ref_time(), most().proof_size());
		let part = |time: u64, proof: u64| Some(Weight::from_parts(time, proof));
		let small = 40_000_000_000;
		assert_eq!(used(part(small, 0)), Weight::from_parts(small, proof));
		assert_eq!(used(part(small, u64::MAX)), Weight::from_parts(small, proof));
		assert_eq!(used(part(small, 100_000)), Weight::from_parts(small, 100_000));
		assert_eq!(used(part(0, 1)), Weight::from_parts(time, 1));
		assert_eq!(used(part(u64::MAX, 1)), Weight::from_parts(time, 1));
		// What a client of pallet-contracts sends for "all".
		assert_eq!(used(part(4_999_999_999_999, 0)), whole(most()));
		assert_eq!(used(None), whole(most()));
		assert_eq!(used(part(0, 0)), whole(most()));
	});
}

#[test]
fn a_dry_run_predicts_the_extrinsic_exactly() {
	chain(|| {
		let contract = deploy(code(), &[]);
		by_alice(invocation(&contract, "remove")).unwrap();
		let data = Contracts::named_input(b"main".to_vec(), vec![]);
		let dry =
			undone(|| Contracts::api_call(ALICE, contract.clone(), 0, None, None, data.clone()));
		assert_eq!(dry.storage_deposit, StorageDeposit::Charge(14));
		let mut exact = call(&contract, data);
		let Call::call { gas_limit, storage_deposit_limit, .. } = &mut exact else {
			unreachable!()
		};
		(*gas_limit, *storage_deposit_limit) = (dry.gas_required, Some(Compact(14)));
		let (money, before) = (free(&ALICE), events().len());
		let info = by_alice(exact).unwrap();
		assert_eq!(info.actual_weight, Some(cost::call::<Info>() + dry.gas_required));
		assert_eq!(free(&ALICE), money - 14);
		// The extrinsic's receipt is its own.
		assert_eq!(events().len() - before, 4);
		let contracts_own = dry
			.events
			.unwrap()
			.into_iter()
			.filter(|record| matches!(record.event, crate::mock::RuntimeEvent::Contracts(_)));
		assert_eq!(contracts_own.count(), 3);
	});
}

#[test]
fn a_dry_deployment_names_the_account_that_the_extrinsic_makes() {
	chain(|| {
		let deployment = || {
			undone(|| {
				Contracts::api_deploy(
					ALICE,
					0,
					None,
					None,
					Code::Upload(code()),
					vec![],
					None,
					None,
				)
			})
		};
		let report = deployment();
		let (contract, _) = deploy_report(code(), &[], 0, None).unwrap();
		assert_eq!(report.account_id, Some(contract));
		assert_ne!(deployment().account_id, report.account_id);
		let known = undone(|| {
			let code = Code::Upload(code());
			Contracts::api_instantiate(ALICE, 0, None, None, code, vec![], b"salt".to_vec())
		});
		by_alice(instantiate_with_code(code(), vec![], b"salt".to_vec())).unwrap();
		assert!(ContractInfoOf::<Test>::contains_key(known.result.unwrap().account_id));
	});
}

/// cargo-contract compares these types with those of a contract, and leaves that out where it does not
/// find them.
#[test]
fn the_environment_has_the_path_by_which_clients_find_it() {
	let info = <Environment<Test> as TypeInfo>::type_info();
	let found = info.path.segments.ends_with(&["pallet_contracts", "Environment"]);
	assert!(found, "{:?}", info.path.segments);
}
