//! Guests, and calls of them.

use caisson_contracts_api::Code;
use caisson_parachain_runtime::{AccountId, Address, Contracts, RuntimeCall};
use caisson_runtime_common::currency::UNIT;
use codec::{Decode, Encode};
use cumulus_primitives_core::ParaId;
use frame_support::weights::Weight;
use pallet_wasm_contracts::Call;
use sp_keyring::Sr25519Keyring;
use std::path::Path;
use xcm::{latest::prelude::*, VersionedLocation, VersionedXcm};

/// Gas limit of each call: endless guests reach it soon.
const GAS: Weight = Weight::from_parts(20_000_000_000, 1024 * 1024);

/// Bytes of data in a large code.
const LARGE: usize = 200 * 1024;

/// The module of that name in `tests/wat`.
pub(crate) fn guest(name: &str) -> Vec<u8> {
	let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/wat");
	wat::parse_file(folder.join(name).with_extension("wat")).unwrap()
}

/// A module with a function `run` that does nothing, and much data, which no other `number` has.
pub(crate) fn large_code(number: u32) -> Vec<u8> {
	let mut data = String::new();
	let mut state = number.wrapping_add(1);
	for _ in 0..LARGE {
		// A linear congruential generator: its upper bits are never the same twice in a row.
		state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
		data.push_str(&format!("\\{:02x}", state >> 24));
	}
	let module = format!(
		r#"(module
			(memory (export "memory") 8)
			(data (i32.const 1024) "{data}")
			(func (export "run") (param i32 i32) (result i32) (i32.const 0))
			(@custom "caisson.abi" "baals"))"#
	);
	wat::parse_str(module).unwrap()
}

pub(crate) fn deploy(code: Vec<u8>, args: Vec<Vec<u8>>) -> RuntimeCall {
	RuntimeCall::Contracts(Call::deploy {
		value: 0,
		gas_limit: GAS,
		storage_deposit_limit: None,
		code: Code::Upload(code),
		args,
		salt: None,
		capabilities: None,
	})
}

pub(crate) fn invoke(contract: &AccountId, function: &str, args: Vec<Vec<u8>>) -> RuntimeCall {
	RuntimeCall::Contracts(Call::invoke {
		dest: Address::Id(contract.clone()),
		value: 0,
		gas_limit: GAS,
		storage_deposit_limit: None,
		function: function.into(),
		args,
	})
}

/// A call with raw input.
pub(crate) fn call(contract: &AccountId, data: Vec<u8>) -> RuntimeCall {
	RuntimeCall::Contracts(Call::call {
		dest: Address::Id(contract.clone()),
		value: 0,
		gas_limit: GAS,
		storage_deposit_limit: None,
		data,
	})
}

/// Gives a contract money to pay for delivery with.
pub(crate) fn fund(contract: &AccountId) -> RuntimeCall {
	RuntimeCall::Balances(pallet_balances::Call::transfer_keep_alive {
		dest: Address::Id(contract.clone()),
		value: UNIT,
	})
}

/// What a contract answers to a function without arguments, in the state that this runs in.
pub(crate) fn query(contract: &AccountId, function: &str) -> Vec<u8> {
	let alice = Sr25519Keyring::Alice.to_account_id();
	let report = Contracts::api_query(alice, contract.clone(), function.into(), vec![], None);
	report.result.expect("the query succeeds").data
}

/// What a counter stands at.
pub(crate) fn count(counter: &AccountId) -> u64 {
	u64::decode(&mut &query(counter, "get")[..]).unwrap()
}

/// Input of `seal/messenger.wat`: a harmless program for the relay chain.
pub(crate) fn message_to_relay() -> Vec<u8> {
	message(Location::parent())
}

/// The same for another parachain.
pub(crate) fn message_to(para: ParaId) -> Vec<u8> {
	message(Location::new(1, [Parachain(para.into())]))
}

fn message(dest: Location) -> Vec<u8> {
	let dest = VersionedLocation::from(dest).encode();
	let program = VersionedXcm::from(Xcm::<()>(vec![ClearOrigin])).encode();
	[&u32::try_from(dest.len()).unwrap().to_le_bytes()[..], &dest, &program].concat()
}
