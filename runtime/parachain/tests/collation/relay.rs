//! The relay chain's side: what it tells a collator, and its validators, who execute the validation
//! function as they do on a relay chain.

use caisson_parachain_runtime::genesis_config_presets::PARA_ID;
use codec::{Decode, Encode};
use cumulus_primitives_core::relay_chain::{
	AsyncBackingParams, BlockNumber, HeadData, Slot, UpgradeGoAhead,
};
use cumulus_primitives_core::{AbridgedHostConfiguration, ParaId, PersistedValidationData};
use cumulus_primitives_parachain_inherent::ParachainInherentData;
use cumulus_test_relay_sproof_builder::RelayStateSproofBuilder;
use polkadot_parachain_primitives::primitives::{BlockData, ValidationParams, ValidationResult};
use polkadot_primitives::{
	executor_params::{DEFAULT_LOGICAL_STACK_MAX, DEFAULT_NATIVE_STACK_MAX},
	MAX_CODE_SIZE, MAX_POV_SIZE,
};
use sc_executor_wasmtime::{
	create_runtime, Config, DeterministicStackLimit, HeapAllocStrategy, InstantiationStrategy,
	RuntimeBlob, Semantics, WasmModule, WasmtimeRuntime,
};
use sp_core::traits::ReadRuntimeVersionExt;
use sp_externalities::set_and_run_with_externalities;
use sp_state_machine::BasicExternalities;

use crate::{collator::Collation, executor};

/// What validators offer a validation function: nothing that has to do with state.
type HostFunctions = (
	sp_io::misc::HostFunctions,
	sp_io::crypto::HostFunctions,
	sp_io::hashing::HostFunctions,
	sp_io::allocator::HostFunctions,
	sp_io::logging::HostFunctions,
	sp_io::trie::HostFunctions,
);

/// Pages of memory that the function may have, by the default of relay chains.
const MAX_PAGES: u32 = 2_048 + 32;

/// Stack of the thread that the function runs on: its own, and some for what calls it.
const THREAD_STACK_BYTES: usize = DEFAULT_NATIVE_STACK_MAX as usize + 4 * 1024 * 1024;

/// Milliseconds of a slot.
const SLOT_DURATION: u64 = caisson_runtime_common::time::SLOT_DURATION;

/// Slot of the relay chain's block 0.
const FIRST_SLOT: u64 = 300_000_000;

/// The newest block of the relay chain.
#[derive(Clone, Default)]
pub(crate) struct RelayBlock {
	/// Its number.
	pub(crate) number: BlockNumber,
	/// What it says of an upgrade that was announced.
	pub(crate) go_ahead: Option<UpgradeGoAhead>,
	/// Parachains that a channel leads to.
	pub(crate) channels: Vec<ParaId>,
}

impl RelayBlock {
	/// The next block.
	pub(crate) fn next(&self) -> Self {
		Self { number: self.number + 1, go_ahead: None, channels: self.channels.clone() }
	}

	/// Its slot, which is the parachain's too.
	pub(crate) fn slot(&self) -> u64 {
		FIRST_SLOT + u64::from(self.number)
	}

	/// Its time, in milliseconds since the Unix epoch.
	pub(crate) fn time(&self) -> u64 {
		self.slot() * SLOT_DURATION
	}

	/// What a collator is told who builds on the parachain's block of this header, which is included.
	pub(crate) fn inherent_data(&self, parent_head: &[u8]) -> ParachainInherentData {
		let head = HeadData(parent_head.to_vec());
		let mut state = RelayStateSproofBuilder {
			para_id: PARA_ID,
			host_config: host_configuration(),
			current_slot: Slot::from(self.slot()),
			included_para_head: Some(head.clone()),
			upgrade_go_ahead: self.go_ahead,
			relay_dispatch_queue_remaining_capacity: Some((100, 1024 * 1024)),
			..Default::default()
		};
		for recipient in &self.channels {
			let channel = state.upsert_outbound_channel(*recipient);
			(channel.max_capacity, channel.max_total_size, channel.max_message_size) =
				(8, 1024 * 1024, 100 * 1024);
		}
		let (relay_parent_storage_root, relay_chain_state) = state.into_state_root_and_proof();
		ParachainInherentData {
			validation_data: PersistedValidationData {
				parent_head: head,
				relay_parent_number: self.number,
				relay_parent_storage_root,
				max_pov_size: MAX_POV_SIZE,
			},
			relay_chain_state,
			downward_messages: Vec::new(),
			horizontal_messages: Default::default(),
			relay_parent_descendants: Vec::new(),
			collator_peer_id: None,
		}
	}
}

/// Limits as a relay chain has them.
fn host_configuration() -> AbridgedHostConfiguration {
	AbridgedHostConfiguration {
		max_code_size: MAX_CODE_SIZE,
		max_head_data_size: 20 * 1024,
		max_upward_queue_count: 174_762,
		max_upward_queue_size: 1024 * 1024,
		max_upward_message_size: 64 * 1024,
		max_upward_message_num_per_candidate: 16,
		hrmp_max_message_num_per_candidate: 10,
		validation_upgrade_cooldown: 14_400,
		validation_upgrade_delay: 600,
		async_backing_params: AsyncBackingParams {
			max_candidate_depth: 3,
			allowed_ancestry_len: 2,
		},
	}
}

/// A validation function, compiled as validators compile it.
pub(crate) struct ValidationFunction(WasmtimeRuntime);

impl ValidationFunction {
	pub(crate) fn new(wasm: &[u8]) -> Self {
		let blob = RuntimeBlob::uncompress_if_needed(wasm).unwrap();
		let config = Config {
			allow_missing_func_imports: true,
			cache_path: None,
			semantics: Semantics {
				instantiation_strategy: InstantiationStrategy::RecreateInstanceCopyOnWrite,
				deterministic_stack_limit: Some(DeterministicStackLimit {
					logical_max: DEFAULT_LOGICAL_STACK_MAX,
					native_stack_max: DEFAULT_NATIVE_STACK_MAX,
				}),
				canonicalize_nans: true,
				parallel_compilation: true,
				heap_alloc_strategy: heap(),
				wasm_multi_value: false,
				wasm_bulk_memory: false,
				wasm_reference_types: false,
				wasm_simd: false,
			},
		};
		Self(create_runtime::<HostFunctions>(blob, config).unwrap())
	}

	/// Executes the function on a collation; an error is that of a candidate that validators refuse.
	pub(crate) fn validate(&self, collation: &Collation) -> Result<ValidationResult, String> {
		let params = ValidationParams {
			parent_head: HeadData(collation.parent_head.clone()),
			block_data: BlockData(collation.pov.clone()),
			relay_parent_number: collation.relay_parent_number,
			relay_parent_storage_root: collation.relay_parent_storage_root,
		}
		.encode();
		let run = || {
			let mut externalities = BasicExternalities::default();
			externalities.register_extension(ReadRuntimeVersionExt::new(executor().clone()));
			set_and_run_with_externalities(&mut externalities, || {
				let mut instance =
					self.0.new_instance(heap()).map_err(|error| error.to_string())?;
				instance.call("validate_block", &params).map_err(|error| error.to_string())
			})
		};
		let result = std::thread::scope(|scope| {
			let thread = std::thread::Builder::new().stack_size(THREAD_STACK_BYTES);
			thread.spawn_scoped(scope, run).unwrap().join().unwrap()
		})?;
		Ok(ValidationResult::decode(&mut &result[..]).unwrap())
	}
}

fn heap() -> HeapAllocStrategy {
	HeapAllocStrategy::Dynamic { maximum_pages: Some(MAX_PAGES) }
}
