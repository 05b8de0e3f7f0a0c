//! A new validation function: announced to the relay chain, applied when that says so.

use crate::{contracts, relay::ValidationFunction, wasm, Chain};
use caisson_parachain_runtime::{AccountId, Runtime, RuntimeCall, RuntimeEvent, VERSION};
use codec::Encode;
use cumulus_pallet_parachain_system::Event;
use cumulus_primitives_core::relay_chain::UpgradeGoAhead;
use polkadot_parachain_primitives::primitives::{ValidationCode, ValidationResult};
use sc_executor_wasmtime::RuntimeBlob;
use sp_maybe_compressed_blob::{compress_strongly, CODE_BLOB_BOMB_LIMIT};
use sp_runtime::{
	traits::{BlakeTwo256, Hash as _},
	DispatchError,
};
use sp_version::{embed::embed_runtime_version, RuntimeVersion};

/// The runtime's Wasm with another version written on it, compressed as the original is: other code
/// that does the same.
fn code_of(version: RuntimeVersion) -> Vec<u8> {
	let code = RuntimeBlob::uncompress_if_needed(wasm()).unwrap().serialize();
	let code = embed_runtime_version(&code, version).unwrap();
	compress_strongly(&code, CODE_BLOB_BOMB_LIMIT).unwrap()
}

/// Announces code as the administrator, and hands it in.
fn upgrade(chain: &mut Chain, code: &[u8]) -> ValidationResult {
	let authorize = frame_system::Call::authorize_upgrade { code_hash: BlakeTwo256::hash(code) };
	let authorize = pallet_sudo::Call::sudo { call: Box::new(authorize.into()) };
	chain.successes(vec![RuntimeCall::Sudo(authorize)]);
	let apply = frame_system::Call::apply_authorized_upgrade { code: code.to_vec() };
	chain.successes(vec![apply.into()]).1
}

/// Counters of three interfaces, and a contract of the fourth.
fn deploy_all(chain: &mut Chain) -> (Vec<AccountId>, AccountId) {
	let counters = ["baals/counter", "aureon/counter", "dytallix/counter"]
		.map(|name| chain.deploy(contracts::guest(name), vec![]));
	(counters.to_vec(), chain.deploy(contracts::guest("seal/echo"), vec![]))
}

#[test]
fn new_code_waits_for_the_relay_chain_and_contracts_go_on_with_it() {
	let code = code_of(RuntimeVersion { spec_version: VERSION.spec_version + 1, ..VERSION });
	let mut chain = Chain::new();
	let (counters, echo) = deploy_all(&mut chain);
	let calls: Vec<RuntimeCall> = counters
		.iter()
		.map(|counter| contracts::invoke(counter, "increment", vec![]))
		.chain([contracts::call(&echo, vec![1, 2, 3])])
		.collect();

	let result = upgrade(&mut chain, &code);
	assert_eq!(result.new_validation_code, Some(ValidationCode(code.clone())));

	// Meanwhile the old code goes on.
	let (_, result) = chain.successes(calls.clone());
	assert!(result.new_validation_code.is_none());
	assert_eq!(chain.collator.code(), wasm());

	// The block that is told so still runs the old code, those behind it the new one.
	chain.relay = chain.relay.next();
	chain.relay.go_ahead = Some(UpgradeGoAhead::GoAhead);
	let collation = chain.collator.collate(&chain.relay, calls.clone());
	crate::validated(&collation);
	assert_eq!(collation.results, vec![Ok(Ok(())); calls.len()]);
	assert!(chain.collator.events().iter().any(|event| matches!(
		event,
		RuntimeEvent::ParachainSystem(Event::ValidationFunctionApplied { .. })
	)));
	assert_eq!(chain.collator.code(), code);
	let collation = chain.collate(calls.clone());
	assert_eq!(collation.results, vec![Ok(Ok(())); calls.len()]);
	let result = ValidationFunction::new(&code).validate(&collation).expect("it is valid");
	assert_eq!(result.head_data.0, collation.block.header.encode());
	for counter in &counters {
		assert_eq!(chain.collator.with_state(|| contracts::count(counter)), 3);
	}
}

#[test]
fn code_that_is_no_upgrade_is_refused() {
	type Error = frame_system::Error<Runtime>;
	let mut chain = Chain::new();
	let cases: [(Vec<u8>, Error); 4] = [
		(
			code_of(RuntimeVersion {
				spec_name: "other-chain".into(),
				spec_version: VERSION.spec_version + 1,
				..VERSION
			}),
			Error::InvalidSpecName,
		),
		(wasm().to_vec(), Error::SpecVersionNeedsToIncrease),
		(code_of(RuntimeVersion { spec_version: 0, ..VERSION }), Error::SpecVersionNeedsToIncrease),
		(b"not Wasm".to_vec(), Error::FailedToExtractRuntimeVersion),
	];
	for (code, expected) in cases {
		let result = upgrade(&mut chain, &code);
		assert!(result.new_validation_code.is_none(), "{expected:?}");
		let expected = DispatchError::from(expected);
		let refusals = chain.collator.events().into_iter().filter_map(|event| match event {
			RuntimeEvent::System(frame_system::Event::RejectedInvalidAuthorizedUpgrade {
				error,
				..
			}) => Some(error),
			_ => None,
		});
		assert_eq!(refusals.collect::<Vec<_>>(), [expected]);
		assert_eq!(chain.collator.code(), wasm());
	}
}
