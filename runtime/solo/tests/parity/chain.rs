//! Two chains from the development preset, one of which runs the runtime natively and one in Wasm.

use crate::support::{call_wasm, development_chain, signed_by_alice, Executor, Ext};
use caisson_solo_runtime::{
	apis::api::dispatch, Header, Runtime, RuntimeCall, RuntimeEvent, UncheckedExtrinsic,
};
use codec::{Decode, Encode};
use frame_support::weights::Weight;
use sp_runtime::{
	generic::{Digest, DigestItem},
	traits::Header as _,
	ApplyExtrinsicResult,
};

/// Gas limit of each call: endless guests reach it soon.
pub(crate) const GAS: Weight = Weight::from_parts(20_000_000_000, 1024 * 1024);

/// Length of a slot of Aura, in milliseconds.
const SLOT: u64 = caisson_runtime_common::time::SLOT_DURATION;

/// How a chain executes its runtime.
enum Build {
	Native,
	Wasm(Executor),
}

/// A chain from the development preset.
struct Chain {
	ext: Ext,
	build: Build,
	parent: Header,
}

impl Chain {
	fn new(build: Build) -> Self {
		let parent = Header::new(
			0,
			Default::default(),
			Default::default(),
			Default::default(),
			Default::default(),
		);
		Self { ext: development_chain(), build, parent }
	}

	/// Calls the runtime.
	fn call(&mut self, method: &str, data: &[u8]) -> Vec<u8> {
		match &self.build {
			Build::Native => self.ext.execute_with(|| dispatch(method, data).unwrap()),
			Build::Wasm(executor) => call_wasm(executor, &mut self.ext, method, data),
		}
	}

	/// Calls the runtime and drops what that changed.
	fn ask(&mut self, method: &str, data: &[u8]) -> Vec<u8> {
		let answer = self.call(method, data);
		self.ext.reset_overlay();
		answer
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
}

/// Both chains.
pub(crate) struct Pair {
	native: Chain,
	wasm: Chain,
}

impl Pair {
	/// Two chains that are equal.
	pub(crate) fn new() -> Self {
		Self {
			native: Chain::new(Build::Native),
			wasm: Chain::new(Build::Wasm(Executor::builder().build())),
		}
	}

	/// Runs the calls in one block on both chains and asserts that all is equal; returns the results and
	/// the events.
	pub(crate) fn block(
		&mut self,
		what: &str,
		calls: Vec<RuntimeCall>,
	) -> (Vec<ApplyExtrinsicResult>, Vec<RuntimeEvent>) {
		let Self { native, wasm } = self;
		let extrinsics: Vec<_> = calls
			.into_iter()
			.enumerate()
			.map(|(ahead, call)| {
				signed_by_alice(&mut native.ext, call, u32::try_from(ahead).unwrap())
			})
			.collect();
		let results = native.block(&extrinsics);
		assert_eq!(results, wasm.block(&extrinsics), "{what}: results");
		let events = native.events();
		assert_eq!(events, wasm.events(), "{what}: events");
		assert_eq!(native.parent, wasm.parent, "{what}: header with state root");
		(results, events)
	}

	/// Asks both runtimes and asserts that they answer the same; what that changed is dropped, as a node
	/// does it.
	pub(crate) fn ask(&mut self, what: &str, method: &str, data: &[u8]) -> Vec<u8> {
		let answer = self.native.ask(method, data);
		assert_eq!(answer, self.wasm.ask(method, data), "{what}: {method}");
		answer
	}

	/// The header of the last block.
	pub(crate) fn header(&self) -> &Header {
		&self.native.parent
	}
}
