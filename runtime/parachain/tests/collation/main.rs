//! Blocks with contract calls, as a collator makes them and as the relay chain's validators check them:
//! the runtime's Wasm makes a block and records what it reads; then its validation function executes the
//! block on that proof alone, within a validator's limits, and has to come to the same.
//!
//! The relay chain is a mock (`relay`): its state is made up, its validators' limits are not.

#![allow(
	clippy::unwrap_used,
	clippy::indexing_slicing,
	reason = "tests may stop at what is not so"
)]
#![allow(clippy::arithmetic_side_effects, reason = "counters of tests")]

mod collator;
mod contracts;
mod relay;
mod upgrade;

use caisson_parachain_runtime::{AccountId, Runtime, RuntimeCall, RuntimeEvent, WASM_BINARY};
use codec::{Decode, Encode};
use collator::{Collation, Collator};
use cumulus_primitives_proof_size_hostfunction::storage_proof_size;
use polkadot_parachain_primitives::primitives::ValidationResult;
use polkadot_primitives::MAX_POV_SIZE;
use relay::{RelayBlock, ValidationFunction};
use sc_executor::WasmExecutor;
use sp_runtime::{
	traits::Header as _,
	transaction_validity::{InvalidTransaction, TransactionValidityError},
	ApplyExtrinsicResult,
};
use std::sync::OnceLock;

/// What runs the runtime in a node.
type Executor = WasmExecutor<(sp_io::SubstrateHostFunctions, storage_proof_size::HostFunctions)>;

/// The one executor of these tests, which compiles the Wasm once.
fn executor() -> &'static Executor {
	static EXECUTOR: OnceLock<Executor> = OnceLock::new();
	EXECUTOR.get_or_init(|| Executor::builder().build())
}

/// The runtime's Wasm.
fn wasm() -> &'static [u8] {
	WASM_BINARY.expect("these tests run the runtime's Wasm: build without SKIP_WASM_BUILD")
}

/// The validation function that is in it.
fn validation_function() -> &'static ValidationFunction {
	static FUNCTION: OnceLock<ValidationFunction> = OnceLock::new();
	FUNCTION.get_or_init(|| ValidationFunction::new(wasm()))
}

/// A parachain under a relay chain that includes each of its blocks at once.
struct Chain {
	relay: RelayBlock,
	collator: Collator,
}

impl Chain {
	fn new() -> Self {
		Self { relay: RelayBlock::default(), collator: Collator::new(wasm()) }
	}

	/// Makes a block of transactions by Alice, which nobody checks yet.
	fn collate(&mut self, calls: Vec<RuntimeCall>) -> Collation {
		self.relay = self.relay.next();
		self.collator.collate(&self.relay, calls)
	}

	/// Makes a block of transactions by Alice and asserts that validators come to the same, with a proof
	/// that they take.
	fn block(&mut self, calls: Vec<RuntimeCall>) -> (Collation, ValidationResult) {
		let collation = self.collate(calls);
		let result = validated(&collation);
		assert_eq!(result.hrmp_watermark, self.relay.number);
		(collation, result)
	}

	/// Makes a block as [`Self::block`] and asserts that each of its calls succeeds.
	fn successes(&mut self, calls: Vec<RuntimeCall>) -> (Collation, ValidationResult) {
		let (collation, result) = self.block(calls);
		for (call, result) in collation.results.iter().enumerate() {
			assert_eq!(*result, Ok(Ok(())), "call {call}: {:?}", self.collator.events());
		}
		(collation, result)
	}

	/// Deploys code and returns the contract's account.
	fn deploy(&mut self, code: Vec<u8>, args: Vec<Vec<u8>>) -> AccountId {
		self.successes(vec![contracts::deploy(code, args)]);
		self.deployed().pop().expect("a contract was made")
	}

	/// The contracts that the last block made.
	fn deployed(&self) -> Vec<AccountId> {
		let made = self.collator.events().into_iter().filter_map(|event| match event {
			RuntimeEvent::Contracts(pallet_wasm_contracts::Event::Instantiated {
				contract,
				..
			}) => Some(contract),
			_ => None,
		});
		made.collect()
	}
}

/// Asserts that validators come to what the collator came to.
fn validated(collation: &Collation) -> ValidationResult {
	let size = u32::try_from(collation.pov.len()).unwrap();
	assert!(size <= MAX_POV_SIZE, "{size} bytes");
	let result = validation_function().validate(collation).expect("validators take the block");
	assert_eq!(result.head_data.0, collation.block.header.encode());
	assert_eq!(result.processed_downward_messages, 0);
	result
}

#[test]
fn a_block_without_transactions_is_valid() {
	let mut chain = Chain::new();
	for _ in 0..3 {
		let (collation, result) = chain.block(vec![]);
		assert_eq!(collation.block.extrinsics.len(), 2, "validation data and time");
		assert!(result.upward_messages.is_empty() && result.horizontal_messages.is_empty());
		assert!(result.new_validation_code.is_none());
	}
}

#[test]
fn blocks_with_contract_calls_are_valid() {
	let mut chain = Chain::new();
	let counter = chain.deploy(contracts::guest("baals/counter"), vec![5u64.encode()]);
	let storage = chain.deploy(contracts::guest("baals/storage"), vec![]);
	let aureon = chain.deploy(contracts::guest("aureon/counter"), vec![]);
	let add = |number: u64| contracts::invoke(&counter, "add", vec![number.encode()]);
	// The collator runs each of these in an instance of its own, validators all of them in one.
	let (collation, _) = chain.successes(vec![
		add(1),
		contracts::invoke(&storage, "put", vec![b"key".to_vec(), vec![7; 10_000]]),
		contracts::invoke(&aureon, "increment", vec![]),
		add(2),
		contracts::invoke(&storage, "remove", vec![b"key".to_vec()]),
		contracts::invoke(&aureon, "increment", vec![]),
	]);
	assert_eq!(collation.block.extrinsics.len(), 8);
	assert_eq!(chain.collator.with_state(|| contracts::count(&counter)), 8);

	// What fails is in the block as well, and leaves nothing behind.
	let (collation, _) = chain.block(vec![contracts::invoke(&counter, "fail", vec![]), add(3)]);
	assert!(matches!(collation.results[0], Ok(Err(_))), "{:?}", collation.results);
	assert_eq!(collation.results[1], Ok(Ok(())));
	assert_eq!(chain.collator.with_state(|| contracts::count(&counter)), 11);
}

#[test]
fn calls_as_deep_as_they_go_fit_the_stack_of_validators() {
	let depth = pallet_wasm_contracts::limits::CALL_DEPTH;
	let mut chain = Chain::new();
	let code = contracts::guest("hostile/chain");
	let mut first = chain.deploy(code.clone(), vec![vec![]]);
	for _ in 0..depth {
		first = chain.deploy(code.clone(), vec![first.encode()]);
	}
	let reached = chain.collator.with_state(|| contracts::query(&first, "descend"));
	assert_eq!(u32::decode(&mut &reached[..]).unwrap(), depth, "one more than fits was deployed");
	chain.successes(vec![contracts::invoke(&first, "descend", vec![])]);
	// Until the gas is gone, on every level.
	let (collation, _) = chain.block(vec![contracts::invoke(&first, "burn", vec![])]);
	assert!(matches!(collation.results[0], Ok(Err(_))), "{:?}", collation.results);

	// Calls within a guest need the engine's stack, of which this makes nothing different.
	let recursion = chain.deploy(contracts::guest("hostile/recursion"), vec![]);
	for function in ["endless", "wide", "indirect"] {
		let (collation, _) = chain.block(vec![contracts::invoke(&recursion, function, vec![])]);
		assert!(matches!(collation.results[0], Ok(Err(_))), "{function}");
	}
}

#[test]
fn a_block_is_full_before_its_proof_is_too_large() {
	const CODES: u32 = 44;
	const CODES_IN_A_BLOCK: usize = 11;
	let mut chain = Chain::new();
	let codes: Vec<u32> = (0..CODES).collect();
	let mut deployed = Vec::new();
	for codes in codes.chunks(CODES_IN_A_BLOCK) {
		let calls =
			codes.iter().map(|number| contracts::deploy(contracts::large_code(*number), vec![]));
		chain.successes(calls.collect());
		deployed.extend(chain.deployed());
	}
	let calls = deployed.iter().map(|contract| contracts::invoke(contract, "run", vec![]));
	let (collation, _) = chain.block(calls.collect());
	let exhausted: ApplyExtrinsicResult =
		Err(TransactionValidityError::Invalid(InvalidTransaction::ExhaustsResources));
	let refused = collation.results.iter().filter(|result| **result == exhausted).count();
	let proof = collation.proof.encoded_size();
	println!(
		"{} of {CODES} calls of codes of 200 KiB were refused; the proof has {proof} bytes, \
		 block and proof have {}",
		refused,
		collation.pov.len()
	);
	assert!(refused > 0);
	assert_eq!(collation.block.extrinsics.len() - 2, collation.results.len() - refused);
	assert!(proof > MAX_POV_SIZE as usize / 2, "the block could have held more");
}

#[test]
fn proof_that_a_call_did_not_need_is_given_back() {
	let mut chain = Chain::new();
	let counter = chain.deploy(contracts::guest("baals/counter"), vec![]);
	let proof_weight = |chain: &Chain| {
		chain
			.collator
			.with_state(|| frame_system::Pallet::<Runtime>::block_weight().total().proof_size())
	};
	let (empty, _) = chain.block(vec![]);
	let (without, proof_without) = (proof_weight(&chain), empty.proof.encoded_size() as u64);
	let calls = 20;
	let (full, _) = chain
		.successes((0..calls).map(|_| contracts::invoke(&counter, "increment", vec![])).collect());
	let (with, proof_with) = (proof_weight(&chain), full.proof.encoded_size() as u64);
	println!(
		"{calls} calls: weight {} bytes, proof {} bytes",
		with - without,
		proof_with - proof_without
	);
	// Their bytes in the block are counted, and what they read, once. Each asked for a mebibyte.
	let in_block = full.block.extrinsics.encoded_size() - empty.block.extrinsics.encoded_size();
	let measured = proof_with - proof_without + in_block as u64;
	assert!(with - without < 4 * measured, "{} for {measured}", with - without);
	assert!(with >= proof_with, "never less than the proof that is there");
}

#[test]
fn what_is_not_as_the_collator_says_is_refused() {
	let mut chain = Chain::new();
	let counter = chain.deploy(contracts::guest("baals/counter"), vec![]);
	let collation = chain.collate(vec![contracts::invoke(&counter, "increment", vec![])]);
	let refused = |what: &str, collation: Collation| {
		let result = validation_function().validate(&collation);
		assert!(result.is_err(), "{what}: validators took it");
	};
	let (block, proof) = (&collation.block, &collation.proof);

	let mut other = block.clone();
	other.header.digest.logs.pop();
	refused("no seal", collation.with(other, proof.clone()));

	let mut other = block.clone();
	other.header.set_state_root(Default::default());
	refused("another state", collation.with(other, proof.clone()));

	let mut other = block.clone();
	other.extrinsics.pop();
	refused("a transaction less", collation.with(other, proof.clone()));

	let mut less = proof.clone();
	less.encoded_nodes.pop();
	refused("a node of the proof less", collation.with(block.clone(), less));

	let mut other = collation.with(block.clone(), proof.clone());
	other.relay_parent_storage_root = Default::default();
	refused("another relay chain", other);

	validated(&collation);
}

#[test]
fn what_a_contract_sends_leaves_with_the_block() {
	let mut chain = Chain::new();
	let sibling = cumulus_primitives_core::ParaId::from(2_001);
	chain.relay.channels = vec![sibling];
	let messenger = chain.deploy(contracts::guest("seal/messenger"), vec![]);
	chain.successes(vec![contracts::fund(&messenger)]);
	let (_, result) = chain.successes(vec![
		contracts::call(&messenger, contracts::message_to_relay()),
		contracts::call(&messenger, contracts::message_to(sibling)),
	]);
	assert_eq!(result.upward_messages.len(), 1);
	assert_eq!(result.horizontal_messages.len(), 1);
	assert_eq!(result.horizontal_messages[0].recipient, sibling);

	// What the chain asks by itself behind that is which version each of them speaks; then nothing leaves.
	let is_quiet = (0..5).any(|_| {
		let (_, later) = chain.block(vec![]);
		assert!(!later.upward_messages.contains(&result.upward_messages[0]), "once");
		assert!(!later.horizontal_messages.contains(&result.horizontal_messages[0]), "once");
		later.upward_messages.is_empty() && later.horizontal_messages.is_empty()
	});
	assert!(is_quiet);
}
