//! A chain of the bench runtime, whose blocks are made and imported as a node does it: by `sc-executor`,
//! over a trie with a cache, while the proof is recorded.

use crate::{
	count::HostFunctions,
	extrinsic::{time, Account, Call, Side, Signer, Weight, GAS},
};
use codec::{Compact, Decode, Encode};
use cpu_time::ThreadTime;
use sc_executor::WasmExecutor;
use sp_core::{
	storage::StateVersion,
	traits::{CallContext, CodeExecutor, Externalities, RuntimeCode, WrappedRuntimeCode},
	H256,
};
use sp_externalities::Extensions;
use sp_runtime::{
	generic::Digest, traits::BlakeTwo256, traits::Header as _, ApplyExtrinsicResult, DispatchError,
};
use sp_state_machine::{Ext, InMemoryBackend, OverlayedChanges, TrieBackend, TrieBackendBuilder};
use sp_trie::{
	cache::{CacheSize, LocalTrieCache, SharedTrieCache},
	proof_size_extension::ProofSizeExt,
	recorder::Recorder,
	PrefixedMemoryDB,
};
use std::{collections::BTreeSet, rc::Rc, time::Duration};

/// What the build script wrote: the runtime, in three forms.
#[allow(dead_code, unreachable_pub, reason = "the file has more than is used here")]
mod wasm {
	include!(concat!(env!("OUT_DIR"), "/wasm_binary.rs"));
}

type Header = sp_runtime::generic::Header<u32, BlakeTwo256>;
type Backend<'a> = TrieBackend<
	&'a PrefixedMemoryDB<BlakeTwo256>,
	BlakeTwo256,
	LocalTrieCache<BlakeTwo256>,
	Recorder<BlakeTwo256>,
>;

/// Bytes that a node's trie cache holds.
const CACHE: usize = 1024 * 1024 * 1024;
/// Milliseconds between blocks.
const BLOCK_TIME: u64 = 6_000;
/// What Alice has, in the smallest unit: enough for all deposits and fees, and a number that JSON can hold.
const ENDOWMENT: u64 = 10_000_000_000_000_000_000;

/// The runtime, compiled once for all chains.
pub(crate) struct Runtime {
	executor: WasmExecutor<HostFunctions>,
	code: Vec<u8>,
}

impl Runtime {
	pub(crate) fn new() -> Rc<Self> {
		let code = wasm::WASM_BINARY.expect("the Wasm build must not be skipped").to_vec();
		Rc::new(Self { executor: WasmExecutor::builder().build(), code })
	}

	/// Bytes of the compressed runtime.
	pub(crate) fn len(&self) -> usize {
		self.code.len()
	}
}

/// A state, and what a block on top of it needs.
#[derive(Clone)]
pub(crate) struct Chain {
	/// Which pallet this chain uses.
	pub(crate) side: Side,
	runtime: Rc<Runtime>,
	signer: Rc<Signer>,
	state: InMemoryBackend<BlakeTwo256>,
	cache: SharedTrieCache<BlakeTwo256>,
	/// The last block.
	parent: Header,
	genesis: H256,
	/// Extrinsics that the signer has sent.
	nonce: u32,
}

impl Chain {
	/// A chain where Alice has all the money.
	pub(crate) fn new(side: Side, runtime: Rc<Runtime>) -> Self {
		let digest = Digest::default();
		let empty = H256::default();
		let parent = Header::new(0, empty, empty, empty, digest);
		let signer = Rc::new(Signer::new("//Alice"));
		let mut chain = Self {
			side,
			runtime,
			state: InMemoryBackend::default(),
			cache: SharedTrieCache::new(CacheSize::new(CACHE), None),
			genesis: parent.hash(),
			parent,
			nonce: 0,
			signer,
		};
		let mut block = chain.bare();
		let config = block.call("GenesisBuilder_get_preset", &None::<String>.encode());
		let config = Option::<Vec<u8>>::decode(&mut &config[..])
			.ok()
			.flatten()
			.expect("the runtime has a default genesis");
		let mut config: serde_json::Value =
			serde_json::from_slice(&config).expect("a genesis is JSON");
		let alice = sp_core::crypto::AccountId32::new(block.chain.alice());
		config["balances"]["balances"] = serde_json::json!([[alice, ENDOWMENT]]);
		let built = block.call("GenesisBuilder_build_state", &config.to_string().encode());
		assert_eq!(built, [0], "the genesis was not built");
		let changes = block.changes();
		chain.state.apply_transaction(changes.0, changes.1);
		chain
	}

	/// The account that signs everything.
	pub(crate) fn alice(&self) -> Account {
		self.signer.account()
	}

	/// The extrinsic that is valid `ahead` extrinsics behind the next, with this gas limit.
	pub(crate) fn signed(&self, call: &Call, gas: Weight, ahead: u32) -> Vec<u8> {
		self.signer.sign(self.genesis, self.nonce + ahead, &call.encoded(self.side, gas))
	}

	/// The state with nothing done, as dry runs see it.
	pub(crate) fn bare(&self) -> OpenBlock<'_> {
		let recorder = Recorder::default();
		let backend = TrieBackendBuilder::wrap(&self.state)
			.with_cache(self.cache.local_cache_trusted())
			.with_recorder(recorder.clone())
			.build();
		let mut extensions = Extensions::new();
		extensions.register(ProofSizeExt::new(recorder.clone()));
		OpenBlock {
			chain: self,
			overlay: OverlayedChanges::default(),
			backend,
			recorder,
			extensions,
		}
	}

	/// The next block, with the time set and no other extrinsic.
	pub(crate) fn open(&self) -> OpenBlock<'_> {
		let mut block = self.bare();
		block.call("Core_initialize_block", &self.next().encode());
		let result = block.apply(&self.time()).expect("the inherent is valid");
		result.expect("the inherent succeeds");
		block
	}

	fn next(&self) -> Header {
		let empty = H256::default();
		Header::new(self.parent.number + 1, empty, empty, self.parent.hash(), Digest::default())
	}

	fn time(&self) -> Vec<u8> {
		time(u64::from(self.parent.number + 1) * BLOCK_TIME)
	}

	/// Makes a block of these calls, and of more blocks where they do not fit into one; all of them must
	/// succeed.
	pub(crate) fn commit(&mut self, calls: &[Call]) {
		let mut done = 0;
		while done < calls.len() {
			let begun = done;
			let mut block = self.open();
			while let Some(call) = calls.get(done) {
				let ahead = u32::try_from(done - begun).expect("a block holds fewer");
				match block.apply(&self.signed(call, GAS, ahead)) {
					Ok(result) => {
						result.unwrap_or_else(|error| panic!("setup, call {done}: {error:?}"))
					},
					Err(_) if done > begun => break,
					Err(invalid) => panic!("setup, call {done}: {invalid:?}"),
				}
				done += 1;
			}
			let header = block.finalize();
			let changes = block.changes();
			self.nonce += u32::try_from(done - begun).expect("a block holds fewer");
			self.parent = header;
			self.state.apply_transaction(changes.0, changes.1);
		}
	}

	/// The encoded block of these extrinsics on top of the state. All of them must succeed.
	pub(crate) fn build(&self, extrinsics: &[Vec<u8>]) -> Vec<u8> {
		let mut block = self.open();
		for extrinsic in extrinsics {
			let result = block.apply(extrinsic).expect("an extrinsic of the block is not valid");
			result.expect("an extrinsic of the block failed");
		}
		let header = block.finalize();
		let count = u32::try_from(extrinsics.len() + 1).expect("a block holds fewer");
		let mut encoded = (header, Compact(count)).encode();
		encoded.extend(self.time());
		extrinsics.iter().for_each(|extrinsic| encoded.extend(extrinsic));
		encoded
	}

	/// The output of a call by Alice that changes nothing, and the gas that it needs.
	pub(crate) fn ask(&self, dest: Account, data: &[u8]) -> (Vec<u8>, Weight) {
		type Answer = (Result<(u32, Vec<u8>), DispatchError>, Weight);
		let input = (self.alice(), dest, 0u128, GAS, data).encode();
		let answer = self.bare().call(self.side.dry(), &input);
		let (output, gas) = Answer::decode(&mut &answer[..]).expect("the runtime's own type");
		let (flags, data) =
			output.unwrap_or_else(|error| panic!("{:?}: a dry run failed: {error:?}", self.side));
		assert_eq!(flags, 0, "{:?}: a dry run was reverted: {data:?}", self.side);
		(data, gas)
	}
}

/// A state on which a block is being made.
pub(crate) struct OpenBlock<'a> {
	chain: &'a Chain,
	overlay: OverlayedChanges<BlakeTwo256>,
	backend: Backend<'a>,
	recorder: Recorder<BlakeTwo256>,
	extensions: Extensions,
}

impl OpenBlock<'_> {
	/// A runtime call, in a fresh instance of the compiled runtime.
	pub(crate) fn call(&mut self, method: &str, data: &[u8]) -> Vec<u8> {
		self.timed(method, data).0
	}

	/// A runtime call, and the time of this thread that it took.
	fn timed(&mut self, method: &str, data: &[u8]) -> (Vec<u8>, Duration) {
		let code = WrappedRuntimeCode((&self.chain.runtime.code[..]).into());
		let runtime =
			RuntimeCode { code_fetcher: &code, heap_pages: None, hash: b"bench".to_vec() };
		let context = CallContext::Onchain { import: method == "Core_execute_block" };
		let executor = &self.chain.runtime.executor;
		let mut ext = Ext::new(&mut self.overlay, &self.backend, Some(&mut self.extensions));
		let started = ThreadTime::now();
		let (result, _) = executor.call(&mut ext, &runtime, method, data, context);
		let took = started.elapsed();
		(result.unwrap_or_else(|error| panic!("{method}: {error}")), took)
	}

	/// Applies an extrinsic.
	pub(crate) fn apply(&mut self, extrinsic: &[u8]) -> ApplyExtrinsicResult {
		self.apply_timed(extrinsic).0
	}

	/// Applies an extrinsic, and tells the time that it took. What an invalid one changed is undone, as an
	/// author does it.
	pub(crate) fn apply_timed(&mut self, extrinsic: &[u8]) -> (ApplyExtrinsicResult, Duration) {
		self.overlay.start_transaction();
		let (result, took) = self.timed("BlockBuilder_apply_extrinsic", extrinsic);
		let result =
			ApplyExtrinsicResult::decode(&mut &result[..]).expect("the runtime's own type");
		let closed = match result {
			Ok(_) => self.overlay.commit_transaction(),
			Err(_) => self.overlay.rollback_transaction(),
		};
		closed.expect("the transaction was opened above; qed");
		(result, took)
	}

	/// Executes an encoded block as an importer does, and tells the time that it took.
	pub(crate) fn import(&mut self, block: &[u8]) -> Duration {
		self.timed("Core_execute_block", block).1
	}

	/// Ends the block.
	pub(crate) fn finalize(&mut self) -> Header {
		let header = self.call("BlockBuilder_finalize_block", &[]);
		Header::decode(&mut &header[..]).expect("the runtime's own type")
	}

	/// The state's new root, and the trie nodes that differ.
	fn changes(mut self) -> (H256, PrefixedMemoryDB<BlakeTwo256>) {
		let changes = self
			.overlay
			.drain_storage_changes(&self.backend, StateVersion::V1)
			.expect("a trie in memory has all of its nodes");
		(changes.transaction_storage_root, changes.transaction)
	}

	/// Weight of the block's normal extrinsics so far.
	pub(crate) fn weight(&mut self) -> Weight {
		let key = [sp_io::hashing::twox_128(b"System"), sp_io::hashing::twox_128(b"BlockWeight")]
			.concat();
		let mut ext = Ext::new(&mut self.overlay, &self.backend, Some(&mut self.extensions));
		let weight = ext.storage(&key).expect("a block has a weight");
		// Normal is the first of the classes.
		Weight::decode(&mut &weight[..]).expect("the runtime's own type")
	}

	/// Bytes of the compact proof so far.
	pub(crate) fn proof(&self) -> usize {
		let root = *self.chain.state.root();
		self.recorder
			.to_storage_proof()
			.encoded_compact_size::<BlakeTwo256>(root)
			.expect("a recorded proof is whole")
	}

	/// Entries of the state that were read so far.
	pub(crate) fn reads(&self) -> usize {
		self.recorder.recorded_keys().values().map(|keys| keys.len()).sum()
	}

	/// Entries of the state that were written so far.
	pub(crate) fn writes(&self) -> usize {
		let children: usize = self.overlay.children().map(|(changes, _)| changes.count()).sum();
		let top: BTreeSet<_> = self.overlay.changes().map(|(key, _)| key).collect();
		top.len() + children
	}
}
