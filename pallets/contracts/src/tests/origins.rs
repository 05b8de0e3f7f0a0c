//! Who may upload code and make contracts, where a chain does not let everybody.

use super::builder::*;
use crate::{
	mock::{NoDeployer, NoUploader, RuntimeCall, RuntimeOrigin, Test, ALICE, BOB},
	Call, CodeInfoOf,
};
use caisson_contracts_api::{Code, Determinism};
use frame_support::assert_ok;
use sp_core::H256;
use sp_runtime::{
	traits::{Dispatchable, Hash},
	DispatchError,
};
use std::vec;

fn code() -> Vec<u8> {
	baals(&quiet("init", ""))
}

fn code_hash() -> H256 {
	<Test as frame_system::Config>::Hashing::hash(&code())
}

/// Each call that uploads, and each that makes a contract, those that do both being in both.
fn calls() -> (Vec<Call<Test>>, Vec<Call<Test>>) {
	let both = || Call::instantiate_with_code {
		value: 0,
		gas_limit: GAS,
		storage_deposit_limit: None,
		code: code(),
		data: vec![],
		salt: vec![1],
	};
	let deploy = |code| Call::deploy {
		code,
		value: 0,
		gas_limit: GAS,
		storage_deposit_limit: None,
		args: vec![],
		salt: None,
		capabilities: None,
	};
	let upload = Call::upload_code {
		code: code(),
		storage_deposit_limit: None,
		determinism: Determinism::Enforced,
	};
	let instantiate = Call::instantiate {
		value: 0,
		gas_limit: GAS,
		storage_deposit_limit: None,
		code_hash: code_hash(),
		data: vec![],
		salt: vec![2],
	};
	let existing = deploy(Code::Existing(code_hash()));
	let brought = || deploy(Code::Upload(code()));
	(vec![both(), brought(), upload], vec![both(), brought(), instantiate, existing])
}

fn dispatch(call: Call<Test>, origin: RuntimeOrigin) -> Result<(), DispatchError> {
	frame_support::storage::with_storage_layer(|| {
		RuntimeCall::Contracts(call).dispatch(origin).map(|_| ()).map_err(|error| error.error)
	})
}

#[test]
fn who_may_not_upload_may_make_contracts_of_what_others_did() {
	chain(|| {
		let (uploading, instantiating) = calls();
		NoUploader::set(Some(ALICE));
		for call in uploading.clone() {
			let refused = unchanged(|| dispatch(call, RuntimeOrigin::signed(ALICE)));
			assert_eq!(refused, Err(DispatchError::BadOrigin));
		}
		for call in uploading {
			assert_ok!(dispatch(call, RuntimeOrigin::signed(BOB)));
		}
		assert_eq!(CodeInfoOf::<Test>::get(code_hash()).map(|info| info.owner), Some(BOB));
		for call in instantiating.into_iter().skip(2) {
			assert_ok!(dispatch(call, RuntimeOrigin::signed(ALICE)));
		}
	});
}

#[test]
fn who_may_not_make_contracts_may_upload() {
	chain(|| {
		let (uploading, instantiating) = calls();
		NoDeployer::set(Some(ALICE));
		let upload = uploading.into_iter().next_back().unwrap();
		assert_ok!(dispatch(upload, RuntimeOrigin::signed(ALICE)));
		for call in instantiating.clone() {
			let refused = unchanged(|| dispatch(call, RuntimeOrigin::signed(ALICE)));
			assert_eq!(refused, Err(DispatchError::BadOrigin));
		}
		for call in instantiating {
			assert_ok!(dispatch(call, RuntimeOrigin::signed(BOB)));
		}
	});
}

#[test]
fn root_neither_uploads_nor_makes_contracts() {
	chain(|| {
		let (uploading, instantiating) = calls();
		for call in uploading.into_iter().chain(instantiating) {
			let refused = unchanged(|| dispatch(call, RuntimeOrigin::root()));
			assert_eq!(refused, Err(DispatchError::BadOrigin));
		}
	});
}
