//! The native build of the runtime and its Wasm build do the same: each guest is deployed and each of
//! its functions called in blocks on both, and every extrinsic's result, every event with its weight and
//! abi gas, and the state root of every block must be equal.

#![allow(
	clippy::unwrap_used,
	clippy::indexing_slicing,
	reason = "tests may stop at what is not so"
)]
#![allow(clippy::arithmetic_side_effects, reason = "counters of tests")]

use caisson_contracts_api::Code;
use caisson_solo_runtime::{
	apis::api::dispatch, Address, Hash, Header, Runtime, RuntimeCall, RuntimeEvent, Signature,
	SignedPayload, TxExtension, UncheckedExtrinsic, WASM_BINARY,
};
use codec::{Decode, Encode};
use frame_support::weights::Weight;
use pallet_wasm_contracts::{Call, Event};
use sc_chain_spec::GenesisConfigBuilderRuntimeCaller;
use sc_executor::WasmExecutor;
use sp_core::traits::{CallContext, CodeExecutor, RuntimeCode, WrappedRuntimeCode};
use sp_keyring::Sr25519Keyring;
use sp_runtime::{
	generic::{Digest, DigestItem, Era},
	traits::{Header as _, IdentifyAccount, Verify},
	AccountId32, ApplyExtrinsicResult, MultiSignature,
};
use sp_state_machine::TestExternalities;
use std::path::{Path, PathBuf};

type Ext = TestExternalities<sp_runtime::traits::BlakeTwo256>;

/// Gas limit of each call: endless guests reach it soon.
const GAS: Weight = Weight::from_parts(20_000_000_000, 1024 * 1024);

/// Length of a slot of Aura, in milliseconds.
const SLOT: u64 = caisson_runtime_common::time::SLOT_DURATION;

/// How a chain executes its runtime.
enum Build {
	Native,
	Wasm(WasmExecutor<sp_io::SubstrateHostFunctions>),
}

/// A chain from the development preset.
struct Chain {
	ext: Ext,
	build: Build,
	parent: Header,
}

impl Chain {
	fn new(build: Build) -> Self {
		let preset = GenesisConfigBuilderRuntimeCaller::<sp_io::SubstrateHostFunctions>::new(
			WASM_BINARY.unwrap(),
		)
		.get_storage_for_named_preset(Some(&"development".into()))
		.unwrap();
		let ext = Ext::new_with_code(WASM_BINARY.unwrap(), preset);
		let parent = Header::new(
			0,
			Default::default(),
			Default::default(),
			Default::default(),
			Default::default(),
		);
		Self { ext, build, parent }
	}

	/// Calls the runtime.
	fn call(&mut self, method: &str, data: &[u8]) -> Vec<u8> {
		match &self.build {
			Build::Native => self.ext.execute_with(|| dispatch(method, data).unwrap()),
			Build::Wasm(executor) => {
				let code = WrappedRuntimeCode(WASM_BINARY.unwrap().into());
				let runtime =
					RuntimeCode { code_fetcher: &code, heap_pages: None, hash: b"parity".to_vec() };
				let mut ext = self.ext.ext();
				let context = CallContext::Onchain { import: false };
				executor.call(&mut ext, &runtime, method, data, context).0.unwrap()
			},
		}
	}

	/// Makes a block and returns the result of each extrinsic.
	fn block(&mut self, extrinsics: &[UncheckedExtrinsic]) -> Vec<ApplyExtrinsicResult> {
		let number = self.parent.number + 1;
		let slot = u64::from(number) + 1_000_000;
		let digest = Digest { logs: vec![DigestItem::PreRuntime(*b"aura", slot.encode())] };
		let header =
			Header::new(number, Default::default(), Default::default(), self.parent.hash(), digest);
		self.call("Core_initialize_block", &header.encode());
		let time = RuntimeCall::Timestamp(pallet_timestamp::Call::set { now: slot * SLOT });
		let time = UncheckedExtrinsic::new_bare(time);
		let results = core::iter::once(&time)
			.chain(extrinsics)
			.map(|extrinsic| {
				let result = self.call("BlockBuilder_apply_extrinsic", &extrinsic.encode());
				ApplyExtrinsicResult::decode(&mut &result[..]).unwrap()
			})
			.collect();
		let header = self.call("BlockBuilder_finalize_block", &[]);
		self.parent = Header::decode(&mut &header[..]).unwrap();
		self.ext.commit_all().unwrap();
		results
	}

	/// The events of the last block.
	fn events(&mut self) -> Vec<RuntimeEvent> {
		self.ext.execute_with(|| {
			frame_system::Pallet::<Runtime>::read_events_no_consensus()
				.map(|record| record.event)
				.collect()
		})
	}

	/// An extrinsic by Alice, valid on this chain now, `ahead` extrinsics behind the next.
	fn signed(&mut self, call: RuntimeCall, ahead: u32) -> UncheckedExtrinsic {
		self.ext.execute_with(|| {
			let alice = Sr25519Keyring::Alice;
			let account = <<MultiSignature as Verify>::Signer>::from(alice.public()).into_account();
			let nonce = frame_system::Pallet::<Runtime>::account_nonce(&account) + ahead;
			let extension: TxExtension = (
				frame_system::AuthorizeCall::new(),
				frame_system::CheckNonZeroSender::new(),
				frame_system::CheckSpecVersion::new(),
				frame_system::CheckTxVersion::new(),
				frame_system::CheckGenesis::new(),
				frame_system::CheckEra::from(Era::Immortal),
				frame_system::CheckNonce::from(nonce),
				frame_system::CheckWeight::new(),
				pallet_transaction_payment::ChargeTransactionPayment::from(0),
				frame_metadata_hash_extension::CheckMetadataHash::new(false),
				frame_system::WeightReclaim::new(),
			);
			let payload = SignedPayload::new(call.clone(), extension.clone()).unwrap();
			let signature = payload.using_encoded(|bytes| alice.sign(bytes));
			UncheckedExtrinsic::new_signed(
				call,
				Address::Id(account),
				Signature::Sr25519(signature),
				extension,
			)
		})
	}
}

/// Runs the calls in one block on both chains and asserts that all is equal; returns the events.
fn both(
	native: &mut Chain,
	wasm: &mut Chain,
	what: &str,
	calls: Vec<RuntimeCall>,
) -> (Vec<ApplyExtrinsicResult>, Vec<RuntimeEvent>) {
	let extrinsics: Vec<_> = calls
		.into_iter()
		.enumerate()
		.map(|(ahead, call)| native.signed(call, u32::try_from(ahead).unwrap()))
		.collect();
	let results = native.block(&extrinsics);
	assert_eq!(results, wasm.block(&extrinsics), "{what}: results");
	let events = native.events();
	assert_eq!(events, wasm.events(), "{what}: events");
	assert_eq!(native.parent, wasm.parent, "{what}: header with state root");
	(results, events)
}

fn repository() -> PathBuf {
	Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// Every guest: the WAT modules, and the Rust contracts that `make guests` built.
fn guests() -> Vec<(String, Vec<u8>)> {
	let mut guests = Vec::new();
	let mut folders = vec![repository().join("tests/wat")];
	while let Some(folder) = folders.pop() {
		for entry in std::fs::read_dir(&folder).unwrap() {
			let path = entry.unwrap().path();
			if path.is_dir() {
				folders.push(path);
			} else if path.extension().is_some_and(|extension| extension == "wat") {
				guests.push((path.display().to_string(), wat::parse_file(&path).unwrap()));
			}
		}
	}
	let target = std::env::var_os("CARGO_TARGET_DIR").map_or_else(
		|| PathBuf::from(std::env::var_os("HOME").unwrap()).join(".cache/caisson/target"),
		PathBuf::from,
	);
	let built = target.join("caisson-guests");
	let contracts = std::fs::read_dir(&built)
		.unwrap_or_else(|_| panic!("{} does not exist: run `make guests`", built.display()));
	for entry in contracts {
		let path = entry.unwrap().path();
		if path.extension().is_some_and(|extension| extension == "wasm") {
			guests.push((path.display().to_string(), std::fs::read(&path).unwrap()));
		}
	}
	guests.sort();
	guests
}

/// The names that callers of this module can call.
fn functions(code: &[u8]) -> Vec<String> {
	wasmparser::Parser::new(0)
		.parse_all(code)
		.filter_map(|payload| match payload {
			Ok(wasmparser::Payload::ExportSection(exports)) => Some(exports),
			_ => None,
		})
		.flat_map(|exports| exports.into_iter().flatten())
		.filter(|export| export.kind == wasmparser::ExternalKind::Func)
		.map(|export| export.name.strip_prefix("contract_").unwrap_or(export.name).to_string())
		.collect()
}

#[test]
fn every_guest_does_the_same_natively_and_in_wasm() {
	let mut native = Chain::new(Build::Native);
	let mut wasm = Chain::new(Build::Wasm(WasmExecutor::builder().build()));
	let (mut deployed, mut succeeded, mut failed, mut abi_gas) = (0u32, 0u32, 0u32, 0u64);
	let guests = guests();
	assert!(guests.len() > 20, "only {} guests were found", guests.len());
	for (name, code) in &guests {
		let deploy = RuntimeCall::Contracts(Call::deploy {
			value: 1_000_000_000_000,
			gas_limit: GAS,
			storage_deposit_limit: None,
			code: Code::Upload(code.clone()),
			args: vec![1_000u64.to_le_bytes().to_vec()],
			salt: None,
			capabilities: None,
		});
		let (_, events) = both(&mut native, &mut wasm, name, vec![deploy]);
		let contract: Option<AccountId32> = events.iter().find_map(|event| match event {
			RuntimeEvent::Contracts(Event::Instantiated { contract, .. }) => Some(contract.clone()),
			_ => None,
		});
		let Some(contract) = contract else { continue };
		deployed += 1;
		let calls = functions(code).into_iter().flat_map(|function| {
			[vec![], vec![7u64.to_le_bytes().to_vec()]].map(|args| {
				RuntimeCall::Contracts(Call::invoke {
					dest: Address::Id(contract.clone()),
					value: 0,
					gas_limit: GAS,
					storage_deposit_limit: None,
					function: function.clone().into_bytes(),
					args,
				})
			})
		});
		let calls: Vec<_> = calls.collect();
		for block in calls.chunks(16) {
			let (results, events) = both(&mut native, &mut wasm, name, block.to_vec());
			for result in &results[1..] {
				match result {
					Ok(Ok(())) => succeeded += 1,
					Ok(Err(_)) => failed += 1,
					Err(invalid) => panic!("{name}: an extrinsic was not valid: {invalid:?}"),
				}
			}
			abi_gas += events
				.iter()
				.filter_map(|event| match event {
					RuntimeEvent::Contracts(Event::Executed { abi_gas, .. }) => Some(abi_gas),
					_ => None,
				})
				.sum::<u64>();
		}
	}
	println!(
		"{} guests, {deployed} deployed; {succeeded} calls succeeded, {failed} failed; \
		 {abi_gas} abi gas; state root {:?}",
		guests.len(),
		native.parent.state_root()
	);
	assert_ne!(*native.parent.state_root(), Hash::zero());
	assert!(deployed > 20, "only {deployed} guests were deployed");
	assert!(succeeded > 20 && failed > 5, "{succeeded} calls succeeded, {failed} failed");
	assert!(abi_gas > 0, "no abi gas was counted");
}
