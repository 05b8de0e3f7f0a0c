//! What a deployer withholds, a contract cannot do.

use super::builder::*;
use crate::{
	exec::{Halt, Trap},
	mock::{AccountId, Contracts, RuntimeCall, RuntimeOrigin, Test, ALICE},
	types::{api_capability, CapabilitySet},
	ContractSettingsOf, Error,
};
use caisson_contracts_abi::Capability;
use caisson_contracts_api::{Capability as ApiCapability, Code};
use sp_runtime::traits::Dispatchable;
use std::{format, string::String, vec::Vec};

/// Entry points of a `baals` contract, each with the capability that it needs. Every one of them has
/// done what can be undone where it could, when it comes to that.
const BAALS: [(&str, Option<Capability>, &str); 12] = [
	("read", Some(Capability::StorageRead), "(drop (call $baals_storage_read #64 #4 #128 #4))"),
	("write", Some(Capability::StorageWrite), "(call $baals_storage_write #64 #4 #64 #4)"),
	(
		"write_status",
		Some(Capability::StorageWrite),
		"(drop (call $baals_storage_write_status #64 #4 #64 #4))",
	),
	("remove", Some(Capability::StorageRemove), "(call $baals_storage_remove #64 #4)"),
	(
		"call",
		Some(Capability::CallContracts),
		"(drop (call $baals_call_contract #64 #32 #0 #0 #0 #0 (i64.const 0)))",
	),
	(
		"result",
		Some(Capability::CallContracts),
		"(drop (call $baals_read_call_result #64 #32))",
	),
	("emit", Some(Capability::EmitEvents), "(call $baals_emit_event #64 #4 #64 #4)"),
	("time", Some(Capability::BlockInfo), "(drop (call $baals_get_block_timestamp))"),
	("height", Some(Capability::BlockInfo), "(drop (call $baals_get_block_index))"),
	("hash", Some(Capability::Crypto), "(call $baals_hash_sha256 #64 #4 #128)"),
	(
		"value",
		Some(Capability::TransferValue),
		"(drop (call $baals_call_contract #64 #32 #0 #0 #0 #0 (i64.const 1)))",
	),
	(
		"free",
		None,
		"(call $baals_get_sender #64) (call $baals_get_contract_id #64) (drop (call $baals_memory_grow)) \
		(drop (call $baals_get_input_data #64 #8))",
	),
];

fn baals_guest() -> Vec<u8> {
	let body: String = BAALS
		.iter()
		.map(|(name, _, body)| {
			// A write that is undone, in contracts that may write.
			let first = "(if (i32.load8_u #16) (then (call $baals_storage_write #512 #4 #512 #4)))";
			quiet(name, &format!("{first}{body}"))
		})
		.collect();
	baals(&body)
}

fn deploy_without(code: Vec<u8>, withheld: Capability) -> AccountId {
	deploy_report(code, &[], 1_000, Some(without(withheld))).unwrap().0
}

#[test]
fn each_withheld_capability_stops_the_baals_calls_that_need_it_and_no_others() {
	chain(|| {
		for withheld in Capability::ALL {
			let contract = deploy_without(baals_guest(), withheld);
			for (name, needed, _) in BAALS {
				let may_write = withheld != Capability::StorageWrite;
				let args: &[&[u8]] = &[&[u8::from(may_write)]];
				// A call with value is a call first.
				let needs_call = name == "value" && withheld == Capability::CallContracts;
				if needed == Some(withheld) || needs_call {
					let outcome = unchanged(|| invoke_with(&contract, name, args, 5, GAS));
					let trap = Trap::CapabilityDenied(withheld);
					assert_eq!(outcome.halt, Some(Halt::Trap(trap)), "{name}");
					assert_fails(&outcome, Error::CapabilityDenied);
				} else {
					let outcome = invoke(&contract, name, args);
					assert!(
						outcome.result.is_ok(),
						"{name} without {withheld:?}: {:?}",
						outcome.halt
					);
				}
			}
		}
	});
}

#[test]
fn withheld_revert_and_signatures_are_stopped_too() {
	chain(|| {
		let body = [
			quiet("revert", "(call $baals_revert #64 #4)"),
			quiet("verify", "(drop (call $baals_verify_signature #64 #32 #64 #4 #64 #64))"),
			quiet("remove", "(drop (call $baals_storage_remove_status #64 #4))"),
			quiet("result_at", "(drop (call $baals_read_call_result_at #64 #4 #0))"),
		];
		let code = baals(&body.concat());
		for (name, needed) in [
			("revert", Capability::Revert),
			("verify", Capability::Crypto),
			("remove", Capability::StorageRemove),
			("result_at", Capability::CallContracts),
		] {
			let contract = deploy_without(code.clone(), needed);
			let outcome = unchanged(|| invoke(&contract, name, &[]));
			assert_eq!(outcome.halt, Some(Halt::Trap(Trap::CapabilityDenied(needed))), "{name}");
			let all = deploy(code.clone(), &[]);
			let outcome = invoke(&all, name, &[]);
			assert!(!matches!(outcome.halt, Some(Halt::Trap(_))), "{name}");
		}
	});
}

#[test]
fn each_withheld_capability_stops_aureon_and_dytallix() {
	chain(|| {
		let code = aureon(
			r#"(func (export "read") (drop (call $storage_read #64 #4 #64 #4)))
			(func (export "write") (drop (call $storage_write #64 #4 #64 #4)))
			(func (export "send") (drop (call $transfer #64 #32 #64 #32 (i64.const 0))))
			(func (export "log") (call $log #64 #4))
			(func (export "balance") (drop (call $get_balance #64 #32)))"#,
		);
		let aureon_needs = [
			("read", Some(Capability::StorageRead)),
			("write", Some(Capability::StorageWrite)),
			("send", Some(Capability::TransferValue)),
			("log", None),
			("balance", None),
		];
		let function = |name: &str, body: &str| {
			format!("(func (export \"contract_{name}\") (param i32 i32) (result i32) {body})")
		};
		let other = dytallix(
			&[
				function("read", "(call $storage_get #64 #4 #64 #4)"),
				function("write", "(call $storage_set #64 #4 #64 #4)"),
				function("emit", "(call $emit_event #64 #4 #64 #4)"),
				function("time", "(i32.mul #0 (i32.wrap_i64 (call $block_timestamp)))"),
				function("height", "(i32.mul #0 (i32.wrap_i64 (call $block_number)))"),
				function("gas", "(call $consume_gas #1)"),
			]
			.concat(),
		);
		let dytallix_needs = [
			("read", Some(Capability::StorageRead)),
			("write", Some(Capability::StorageWrite)),
			("emit", Some(Capability::EmitEvents)),
			("time", Some(Capability::BlockInfo)),
			("height", Some(Capability::BlockInfo)),
			("gas", None),
		];
		for (code, needs) in [(code, &aureon_needs[..]), (other, &dytallix_needs[..])] {
			for withheld in Capability::ALL {
				let contract = deploy_without(code.clone(), withheld);
				for (name, needed) in needs {
					if *needed == Some(withheld) {
						let outcome = unchanged(|| invoke_with(&contract, name, &[], 5, GAS));
						assert_fails(&outcome, Error::CapabilityDenied);
					} else {
						let outcome = invoke(&contract, name, &[]);
						assert!(outcome.result.is_ok(), "{name}: {:?}", outcome.halt);
					}
				}
			}
		}
	});
}

#[test]
fn a_callee_has_its_own_capabilities_and_not_its_callers() {
	chain(|| {
		let (proxy, _) =
			deploy_report(proxy(), &[], 0, Some(CapabilitySet::of([Capability::CallContracts])))
				.unwrap();
		let all = deploy(baals_guest(), &[]);
		let none = deploy_report(baals_guest(), &[], 0, Some(CapabilitySet::of([]))).unwrap().0;
		assert_eq!(through(&proxy, &all, "write", b"", 0).0, 0);
		assert_eq!(through(&proxy, &none, "write", b"", 0).0, -1);
		assert_eq!(through(&proxy, &none, "free", b"", 0).0, 0);
	});
}

#[test]
fn contract_info_lists_what_a_contract_may_do() {
	chain(|| {
		let listed = |contract: &AccountId| {
			Contracts::api_contract_info(contract.clone()).unwrap().capabilities
		};
		let everything: Vec<ApiCapability> = Capability::ALL.map(api_capability).to_vec();
		let all = deploy(proxy(), &[]);
		assert_eq!(listed(&all), everything);
		assert!(!ContractSettingsOf::<Test>::contains_key(&all), "all of them is no entry");
		for withheld in Capability::ALL {
			let contract = deploy_without(proxy(), withheld);
			let mut rest = everything.clone();
			rest.retain(|capability| *capability != api_capability(withheld));
			assert_eq!(listed(&contract), rest);
		}
		let none = deploy_report(proxy(), &[], 0, Some(CapabilitySet::of([]))).unwrap().0;
		assert_eq!(listed(&none), []);
	});
}

#[test]
fn a_deployment_with_a_list_gives_what_is_on_it() {
	chain(|| {
		let deploy = |capabilities: Option<Vec<ApiCapability>>| {
			let call = RuntimeCall::Contracts(crate::Call::deploy {
				value: 0,
				gas_limit: GAS,
				storage_deposit_limit: None,
				code: Code::Upload(baals_guest()),
				args: vec![],
				salt: None,
				capabilities,
			});
			call.dispatch(RuntimeOrigin::signed(ALICE)).unwrap();
			events()
				.into_iter()
				.rev()
				.find_map(|event| match event {
					crate::Event::Instantiated { contract, .. } => Some(contract),
					_ => None,
				})
				.unwrap()
		};
		let list =
			vec![ApiCapability::EmitEvents, ApiCapability::StorageRead, ApiCapability::EmitEvents];
		let some = deploy(Some(list));
		assert_eq!(
			Contracts::api_contract_info(some.clone()).unwrap().capabilities,
			[ApiCapability::StorageRead, ApiCapability::EmitEvents]
		);
		assert!(invoke(&some, "emit", &[&[0]]).result.is_ok());
		assert_fails(&invoke(&some, "write", &[&[0]]), Error::CapabilityDenied);
		let none = deploy(Some(vec![]));
		assert_fails(&invoke(&none, "emit", &[&[0]]), Error::CapabilityDenied);
		assert!(invoke(&deploy(None), "emit", &[&[0]]).result.is_ok());
	});
}

#[test]
fn a_constructor_is_bound_by_the_capabilities_too() {
	chain(|| {
		let code = baals(&quiet("init", "(call $baals_storage_write #64 #4 #64 #4)"));
		let capabilities = Some(without(Capability::StorageWrite));
		let refused = deploy_report(code.clone(), &[], 0, capabilities).map(|_| ()).unwrap_err();
		assert_eq!(refused, Error::<Test>::CapabilityDenied.into());
		assert_eq!(ContractSettingsOf::<Test>::iter().count(), 0);
		assert!(deploy_report(code, &[], 0, Some(CapabilitySet::of([Capability::StorageWrite])))
			.is_ok());
	});
}

#[test]
fn an_intersection_has_what_both_sets_have() {
	let of = |list: &[Capability]| CapabilitySet::of(list.iter().copied());
	let (read, write, emit) =
		(Capability::StorageRead, Capability::StorageWrite, Capability::EmitEvents);
	assert_eq!(of(&[read, write]).intersection(of(&[write, emit])), of(&[write]));
	assert_eq!(of(&[read]).intersection(of(&[emit])), of(&[]));
	for capability in Capability::ALL {
		let one = of(&[capability]);
		assert_eq!(one.intersection(CapabilitySet::all()), one);
		assert_eq!(CapabilitySet::all().intersection(one), one);
		assert!(!without(capability).intersection(CapabilitySet::all()).contains(capability));
		assert_eq!(one.iter().collect::<Vec<_>>(), [capability]);
	}
}

#[test]
fn the_api_knows_the_capabilities_of_the_tables_in_their_order() {
	for (at, capability) in Capability::ALL.into_iter().enumerate() {
		assert_eq!(capability as usize, at);
		assert_eq!(api_capability(capability) as usize, at);
		assert_eq!(format!("{capability:?}"), format!("{:?}", api_capability(capability)));
		assert_eq!(
			CapabilitySet::from(vec![api_capability(capability)]),
			CapabilitySet::of([capability])
		);
	}
}

#[test]
fn money_reaches_a_contract_whatever_was_withheld() {
	chain(|| {
		let none =
			deploy_report(aureon(r#"(func (export "run"))"#), &[], 50, Some(CapabilitySet::of([])));
		let (contract, _) = none.unwrap();
		invoke_with(&contract, "run", &[], 25, GAS).result.unwrap();
		assert_eq!(free(&contract), 85);
	});
}
