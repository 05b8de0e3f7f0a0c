//! A collator: makes blocks with the runtime's Wasm, records what they read, and wraps both up for the
//! relay chain.

use crate::{executor, relay::RelayBlock, Executor};
use caisson_parachain_runtime::{
	genesis_config_presets::genesis_storage, Address, Block, Hash, Header, RuntimeCall,
	RuntimeEvent, Signature, SignedPayload, System, TxExtension, UncheckedExtrinsic,
};
use codec::{Decode, Encode};
use cumulus_primitives_core::ParachainBlockData;
use cumulus_primitives_parachain_inherent::INHERENT_IDENTIFIER;
use sp_core::{
	storage::{well_known_keys::CODE, StateVersion},
	traits::{CallContext, ReadRuntimeVersionExt, RuntimeCode, WrappedRuntimeCode},
};
use sp_externalities::{set_and_run_with_externalities, Extensions};
use sp_inherents::InherentData;
use sp_keyring::Sr25519Keyring;
use sp_runtime::{
	generic::{Digest, DigestItem, Era},
	traits::{BlakeTwo256, Header as _},
	ApplyExtrinsicResult, ExtrinsicInclusionMode,
};
use sp_state_machine::{
	backend::AsTrieBackend, Backend, Ext, InMemoryBackend, OverlayedChanges, StateMachine,
	TrieBackendBuilder,
};
use sp_trie::{proof_size_extension::ProofSizeExt, recorder::Recorder, CompactProof};

/// What a collator gives to the relay chain's validators.
pub(crate) struct Collation {
	/// The block with its proof, encoded.
	pub(crate) pov: Vec<u8>,
	/// The block's parent, encoded.
	pub(crate) parent_head: Vec<u8>,
	pub(crate) relay_parent_number: u32,
	pub(crate) relay_parent_storage_root: Hash,
	/// The block.
	pub(crate) block: Block,
	/// What the block read.
	pub(crate) proof: CompactProof,
	/// What became of each transaction that was offered; those that are not valid are not in the block.
	pub(crate) results: Vec<ApplyExtrinsicResult>,
}

impl Collation {
	/// The same for another block or another proof.
	pub(crate) fn with(&self, block: Block, proof: CompactProof) -> Self {
		Self {
			pov: wrap(&block, &proof),
			parent_head: self.parent_head.clone(),
			relay_parent_number: self.relay_parent_number,
			relay_parent_storage_root: self.relay_parent_storage_root,
			block,
			proof,
			results: self.results.clone(),
		}
	}
}

fn wrap(block: &Block, proof: &CompactProof) -> Vec<u8> {
	ParachainBlockData::new(vec![block.clone()], proof.clone(), None).encode()
}

/// Alice, the collator of the development chain, with its state.
pub(crate) struct Collator {
	state: InMemoryBackend<BlakeTwo256>,
	parent: Header,
}

/// A block while it is made.
struct Building<'a> {
	state: &'a InMemoryBackend<BlakeTwo256>,
	overlay: OverlayedChanges<BlakeTwo256>,
	recorder: Recorder<BlakeTwo256>,
	extensions: Extensions,
	code: WrappedRuntimeCode<'a>,
	code_hash: Vec<u8>,
}

impl Collator {
	/// A new chain that runs this Wasm.
	pub(crate) fn new(wasm: &[u8]) -> Self {
		let mut storage = genesis_storage("development").unwrap();
		storage.top.insert(CODE.to_vec(), wasm.to_vec());
		let state = InMemoryBackend::from((storage, StateVersion::V1));
		let root = *state.root();
		let parent =
			Header::new(0, Default::default(), root, Default::default(), Default::default());
		Self { state, parent }
	}

	/// Makes a block of transactions by Alice on this block of the relay chain.
	pub(crate) fn collate(&mut self, relay: &RelayBlock, calls: Vec<RuntimeCall>) -> Collation {
		let parent_head = self.parent.encode();
		let inherent = relay.inherent_data(&parent_head);
		let (relay_parent_number, relay_parent_storage_root) = (
			inherent.validation_data.relay_parent_number,
			inherent.validation_data.relay_parent_storage_root,
		);
		let mut inherents = InherentData::new();
		inherents.put_data(INHERENT_IDENTIFIER, &inherent).unwrap();
		inherents.put_data(sp_timestamp::INHERENT_IDENTIFIER, &relay.time()).unwrap();

		let code = self.code();
		let mut building = Building::new(&self.state, &code);
		let mut extrinsics = building.begin(&self.parent, relay, &inherents);
		let mut results = Vec::new();
		for call in calls {
			let extrinsic = building.signed_by_alice(call);
			let result = building.apply(&extrinsic);
			if result.is_ok() {
				extrinsics.push(extrinsic);
			}
			results.push(result);
		}
		let mut header =
			Header::decode(&mut &building.call("BlockBuilder_finalize_block", &[])[..]).unwrap();
		let changes =
			building.overlay.drain_storage_changes(&self.state, StateVersion::V1).unwrap();
		assert_eq!(changes.transaction_storage_root, header.state_root);
		let proof = building.recorder.drain_storage_proof();
		let proof = proof.into_compact_proof::<BlakeTwo256>(self.parent.state_root).unwrap();
		self.state.apply_transaction(header.state_root, changes.transaction);

		seal(&mut header);
		self.parent = header.clone();
		let block = Block { header, extrinsics };
		Collation {
			pov: wrap(&block, &proof),
			parent_head,
			relay_parent_number,
			relay_parent_storage_root,
			block,
			proof,
			results,
		}
	}

	/// The code that the next block runs.
	pub(crate) fn code(&self) -> Vec<u8> {
		self.state.storage(CODE).unwrap().unwrap()
	}

	/// Looks at the state behind the last block.
	pub(crate) fn with_state<R>(&self, look: impl FnOnce() -> R) -> R {
		let mut overlay = OverlayedChanges::default();
		natively(&self.state, &mut overlay, look)
	}

	/// The events of the last block.
	pub(crate) fn events(&self) -> Vec<RuntimeEvent> {
		self.with_state(|| System::read_events_no_consensus().map(|record| record.event).collect())
	}
}

impl<'a> Building<'a> {
	fn new(state: &'a InMemoryBackend<BlakeTwo256>, code: &'a [u8]) -> Self {
		let recorder = Recorder::default();
		let mut extensions = Extensions::new();
		extensions.register(ProofSizeExt::new(recorder.clone()));
		extensions.register(ReadRuntimeVersionExt::new(executor().clone()));
		Self {
			state,
			overlay: OverlayedChanges::default(),
			recorder,
			extensions,
			code: WrappedRuntimeCode(code.into()),
			code_hash: sp_crypto_hashing::blake2_256(code).to_vec(),
		}
	}

	/// Calls the runtime, and records what it reads.
	fn call(&mut self, method: &str, data: &[u8]) -> Vec<u8> {
		let state = TrieBackendBuilder::wrap(self.state.as_trie_backend())
			.with_recorder(self.recorder.clone())
			.build();
		let code = RuntimeCode {
			code_fetcher: &self.code,
			heap_pages: None,
			hash: self.code_hash.clone(),
		};
		let context = CallContext::Onchain { import: false };
		let result = StateMachine::<_, _, Executor>::new(
			&state,
			&mut self.overlay,
			executor(),
			method,
			data,
			&mut self.extensions,
			&code,
			context,
		)
		.execute();
		result.unwrap_or_else(|error| panic!("{method}: {error}"))
	}

	/// Opens a transaction of storage and of the proof, which `end` closes.
	fn start(&mut self) {
		self.overlay.start_transaction();
		self.recorder.start_transaction();
	}

	fn end(&mut self, keep: bool) {
		if keep {
			self.overlay.commit_transaction().unwrap();
			self.recorder.commit_transaction().unwrap();
		} else {
			self.overlay.rollback_transaction().unwrap();
			self.recorder.rollback_transaction().unwrap();
		}
	}

	/// Begins the block; returns its inherents, which are applied.
	fn begin(
		&mut self,
		parent: &Header,
		relay: &RelayBlock,
		inherents: &InherentData,
	) -> Vec<UncheckedExtrinsic> {
		let slot = DigestItem::PreRuntime(*b"aura", relay.slot().encode());
		let header = Header::new(
			parent.number + 1,
			Default::default(),
			Default::default(),
			parent.hash(),
			Digest { logs: vec![slot] },
		);
		let mode = self.call("Core_initialize_block", &header.encode());
		let mode = ExtrinsicInclusionMode::decode(&mut &mode[..]).unwrap();
		assert!(mode == ExtrinsicInclusionMode::AllExtrinsics);
		self.start();
		let extrinsics = self.call("BlockBuilder_inherent_extrinsics", &inherents.encode());
		self.end(false);
		let extrinsics = Vec::<UncheckedExtrinsic>::decode(&mut &extrinsics[..]).unwrap();
		for extrinsic in &extrinsics {
			self.apply(extrinsic).unwrap().unwrap();
		}
		extrinsics
	}

	fn apply(&mut self, extrinsic: &UncheckedExtrinsic) -> ApplyExtrinsicResult {
		self.start();
		let result = self.call("BlockBuilder_apply_extrinsic", &extrinsic.encode());
		let result = ApplyExtrinsicResult::decode(&mut &result[..]).unwrap();
		self.end(result.is_ok());
		result
	}

	/// An extrinsic by Alice that is the next of hers.
	fn signed_by_alice(&mut self, call: RuntimeCall) -> UncheckedExtrinsic {
		natively(self.state, &mut self.overlay, || {
			let alice = Sr25519Keyring::Alice;
			let nonce = System::account_nonce(alice.to_account_id());
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
			)
				.into();
			let payload = SignedPayload::new(call.clone(), extension.clone()).unwrap();
			let signature = payload.using_encoded(|bytes| alice.sign(bytes));
			UncheckedExtrinsic::new_signed(
				call,
				Address::Id(alice.to_account_id()),
				Signature::Sr25519(signature),
				extension,
			)
		})
	}
}

/// Runs the native runtime on a state.
fn natively<R>(
	state: &InMemoryBackend<BlakeTwo256>,
	overlay: &mut OverlayedChanges<BlakeTwo256>,
	run: impl FnOnce() -> R,
) -> R {
	set_and_run_with_externalities(&mut Ext::new(overlay, state, None), run)
}

/// Signs a block as Alice.
fn seal(header: &mut Header) {
	let signature = Sr25519Keyring::Alice.sign(header.hash().as_bytes());
	header.digest_mut().push(DigestItem::Seal(*b"aura", signature.encode()));
}
