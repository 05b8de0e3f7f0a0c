//! Contracts on the chain that a test looks at.

use caisson_contracts_api::{Code, ContractExecResult};
use caisson_parachain_runtime::{
	AccountId, Address, Contracts, Hash, PolkadotXcm, RuntimeCall, RuntimeEvent, RuntimeOrigin,
	System,
};
use codec::{Decode, Encode};
use frame_support::{
	dispatch::GetDispatchInfo,
	storage::{with_transaction_unchecked, TransactionOutcome},
	weights::Weight,
};
use pallet_wasm_contracts::Call;
use sp_keyring::Sr25519Keyring;
use sp_runtime::DispatchError;
use std::path::Path;
use xcm::{latest::prelude::*, VersionedLocation, VersionedXcm};

type EventRecord = frame_system::EventRecord<RuntimeEvent, Hash>;

/// Gas limit of each call.
const GAS: Weight = Weight::from_parts(50_000_000_000, 1024 * 1024);

fn alice() -> AccountId {
	Sr25519Keyring::Alice.to_account_id()
}

/// The module of that name in `tests/wat`.
pub(crate) fn guest(name: &str) -> Vec<u8> {
	let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/wat");
	wat::parse_file(folder.join(name).with_extension("wat")).unwrap()
}

/// Deploys code as Alice.
pub(crate) fn deploy(code: Vec<u8>) -> AccountId {
	Contracts::deploy(
		RuntimeOrigin::signed(alice()),
		0,
		GAS,
		None,
		Code::Upload(code),
		vec![],
		None,
		None,
	)
	.unwrap();
	let made = System::events().into_iter().rev().find_map(|record| match record.event {
		RuntimeEvent::Contracts(pallet_wasm_contracts::Event::Instantiated {
			contract, ..
		}) => Some(contract),
		_ => None,
	});
	made.expect("a contract was made")
}

/// What a call by Alice would come to. A node throws away what a runtime API changes; so does this.
pub(crate) fn dry_call(
	contract: &AccountId,
	input: Vec<u8>,
) -> ContractExecResult<u128, EventRecord> {
	with_transaction_unchecked(|| {
		let result = Contracts::api_call(alice(), contract.clone(), 0, Some(GAS), None, input);
		TransactionOutcome::Rollback(result)
	})
}

/// Calls a contract as Alice, by a dry run first, which tells the output.
pub(crate) fn try_call(contract: &AccountId, input: Vec<u8>) -> Result<Vec<u8>, DispatchError> {
	let output = dry_call(contract, input.clone()).result.map(|output| output.data);
	let origin = RuntimeOrigin::signed(alice());
	let called = Contracts::call(origin, Address::Id(contract.clone()), 0, GAS, None, input);
	assert_eq!(called.is_ok(), output.is_ok(), "a dry run tells what a call comes to");
	output
}

/// A call that succeeds.
pub(crate) fn call(contract: &AccountId, input: Vec<u8>) -> Vec<u8> {
	try_call(contract, input).expect("the call succeeds")
}

fn increment_call(counter: &AccountId) -> RuntimeCall {
	RuntimeCall::Contracts(Call::invoke {
		dest: Address::Id(counter.clone()),
		value: 0,
		gas_limit: Weight::from_parts(10_000_000_000, 512 * 1024),
		storage_deposit_limit: None,
		function: b"increment".to_vec(),
		args: vec![],
	})
}

/// An encoded call that adds one to a counter.
pub(crate) fn increment(counter: &AccountId) -> Vec<u8> {
	increment_call(counter).encode()
}

/// What that weighs.
pub(crate) fn invoke_weight() -> Weight {
	increment_call(&alice()).get_dispatch_info().call_weight
}

/// An encoded call that leaves an event.
pub(crate) fn remark() -> Vec<u8> {
	RuntimeCall::System(frame_system::Call::remark_with_event { remark: vec![1] }).encode()
}

/// What a counter stands at.
pub(crate) fn count(counter: &AccountId) -> u64 {
	let report = Contracts::api_query(alice(), counter.clone(), b"get".to_vec(), vec![], None);
	u64::decode(&mut &report.result.unwrap().data[..]).unwrap()
}

/// Sends a program as an account of this chain.
pub(crate) fn send_as(account: &AccountId, dest: Location, program: Vec<Instruction<()>>) {
	send(RuntimeOrigin::signed(account.clone()), dest, program);
}

/// Sends a program as this chain.
pub(crate) fn send_as_chain(dest: Location, program: Vec<Instruction<()>>) {
	send(RuntimeOrigin::root(), dest, program);
}

fn send(origin: RuntimeOrigin, dest: Location, program: Vec<Instruction<()>>) {
	PolkadotXcm::send(
		origin,
		Box::new(VersionedLocation::from(dest)),
		Box::new(VersionedXcm::from(Xcm(program))),
	)
	.unwrap();
}
