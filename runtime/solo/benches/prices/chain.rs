//! A chain with an open block, on the runtime's Wasm, as an author of blocks has it.

use crate::support::{call_wasm, development_chain, signed_by_alice, Executor, Ext};
use caisson_contracts_api::{Code, Determinism};
use caisson_solo_runtime::{
	AccountId, Header, Runtime, RuntimeCall, RuntimeEvent, UncheckedExtrinsic,
};
use codec::{Decode, Encode};
use cpu_time::ThreadTime;
use frame_support::weights::Weight;
use pallet_wasm_contracts::{Call, Event};
use sp_core::{traits::Externalities, H256};
use sp_runtime::{
	generic::{Digest, DigestItem},
	traits::Header as _,
	ApplyExtrinsicResult,
};
use std::time::Duration;

/// What an extrinsic took and was charged.
pub(crate) struct Ran {
	/// The thread's own time.
	pub(crate) took: Duration,
	/// The weight of the whole extrinsic.
	pub(crate) weight: Weight,
	/// Whether it succeeded.
	pub(crate) succeeded: bool,
	/// The contract that it made, if it made one.
	pub(crate) contract: Option<AccountId>,
}

/// The chain.
pub(crate) struct Chain {
	ext: Ext,
	executor: Executor,
}

impl Chain {
	/// A new one, whose first block has its time set.
	pub(crate) fn new() -> Self {
		let mut chain = Self { ext: development_chain(), executor: Executor::builder().build() };
		let slot = 1_000_001u64;
		let digest = Digest { logs: vec![DigestItem::PreRuntime(*b"aura", slot.encode())] };
		let header =
			Header::new(1, Default::default(), Default::default(), Default::default(), digest);
		chain.call("Core_initialize_block", &header.encode());
		let now = slot * caisson_runtime_common::time::SLOT_DURATION;
		let time = RuntimeCall::Timestamp(pallet_timestamp::Call::set { now });
		chain.apply(&UncheckedExtrinsic::new_bare(time)).unwrap().unwrap();
		chain
	}

	fn call(&mut self, method: &str, data: &[u8]) -> Vec<u8> {
		call_wasm(&self.executor, &mut self.ext, method, data)
	}

	fn apply(&mut self, extrinsic: &UncheckedExtrinsic) -> ApplyExtrinsicResult {
		let result = self.call("BlockBuilder_apply_extrinsic", &extrinsic.encode());
		ApplyExtrinsicResult::decode(&mut &result[..]).unwrap()
	}

	/// Runs a call and undoes it.
	pub(crate) fn run(&mut self, call: Call<Runtime>) -> Ran {
		self.ext.ext().storage_start_transaction();
		let ran = self.keep(call);
		self.ext.ext().storage_rollback_transaction().unwrap();
		ran
	}

	fn keep(&mut self, call: Call<Runtime>) -> Ran {
		let extrinsic = signed_by_alice(&mut self.ext, RuntimeCall::Contracts(call), 0);
		let started = ThreadTime::now();
		let result = self.apply(&extrinsic);
		let took = started.elapsed();
		let result = result.unwrap();
		let succeeded = result.is_ok();
		if let Err(error) = result {
			eprintln!("an extrinsic fails: {error:?}");
		}
		self.ext.execute_with(|| {
			let mut ran = Ran { took, weight: Weight::zero(), succeeded, contract: None };
			// What came last is this extrinsic's.
			for record in frame_system::Pallet::<Runtime>::read_events_no_consensus() {
				match record.event {
					RuntimeEvent::Contracts(Event::Instantiated { contract, .. }) => {
						ran.contract = Some(contract);
					},
					RuntimeEvent::System(
						frame_system::Event::ExtrinsicSuccess { dispatch_info }
						| frame_system::Event::ExtrinsicFailed { dispatch_info, .. },
					) => ran.weight = dispatch_info.weight,
					_ => (),
				}
			}
			ran
		})
	}

	/// Makes a contract, whose number makes its address.
	pub(crate) fn deploy(&mut self, code: Vec<u8>, number: u32, gas_limit: Weight) -> AccountId {
		let ran = self.keep(Call::deploy {
			code: Code::Upload(code),
			value: 0,
			gas_limit,
			storage_deposit_limit: None,
			args: Vec::new(),
			salt: Some(number.encode()),
			capabilities: None,
		});
		assert!(ran.succeeded, "a contract is not made");
		ran.contract.unwrap()
	}

	/// Uploads a code, and gives its hash.
	pub(crate) fn upload(&mut self, code: Vec<u8>) -> H256 {
		let hash = sp_io::hashing::blake2_256(&code).into();
		assert!(self.keep(uploading(code)).succeeded, "a code is not taken");
		hash
	}
}

/// The upload of a code.
pub(crate) fn uploading(code: Vec<u8>) -> Call<Runtime> {
	Call::upload_code { code, storage_deposit_limit: None, determinism: Determinism::Enforced }
}
