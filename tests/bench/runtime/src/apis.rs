//! Runtime APIs: what a node makes and imports blocks with, and dry runs of both pallets.

use crate::{
	AccountId, Balance, Block, Contracts, Executive, InherentDataExt, Reference, Runtime,
	RuntimeGenesisConfig, VERSION,
};
use alloc::{vec, vec::Vec};
use frame_support::{
	genesis_builder_helper::{build_state, get_preset},
	weights::Weight,
};
use pallet_contracts::{CollectEvents, DebugInfo, Determinism};
use sp_api::impl_runtime_apis;
use sp_genesis_builder::PresetId;
use sp_inherents::{CheckInherentsResult, InherentData};
use sp_runtime::{
	traits::Block as BlockT, ApplyExtrinsicResult, DispatchError, ExtrinsicInclusionMode,
};
use sp_version::RuntimeVersion;

/// What a dry run tells: the return flags and data, and the gas that a call needs.
pub type Answer = (Result<(u32, Vec<u8>), DispatchError>, Weight);

sp_api::decl_runtime_apis! {
	/// Dry runs. Both pallets' own runtime API has the same name, so a runtime can have one of them.
	pub trait Dry {
		/// By Caisson's pallet.
		fn contracts(
			origin: AccountId,
			dest: AccountId,
			value: Balance,
			gas_limit: Weight,
			data: Vec<u8>,
		) -> Answer;

		/// By pallet-contracts.
		fn reference(
			origin: AccountId,
			dest: AccountId,
			value: Balance,
			gas_limit: Weight,
			data: Vec<u8>,
		) -> Answer;
	}
}

impl_runtime_apis! {
	impl sp_api::Core<Block> for Runtime {
		fn version() -> RuntimeVersion {
			VERSION
		}

		fn execute_block(block: <Block as BlockT>::LazyBlock) {
			Executive::execute_block(block);
		}

		fn initialize_block(header: &<Block as BlockT>::Header) -> ExtrinsicInclusionMode {
			Executive::initialize_block(header)
		}
	}

	impl sp_block_builder::BlockBuilder<Block> for Runtime {
		fn apply_extrinsic(extrinsic: <Block as BlockT>::Extrinsic) -> ApplyExtrinsicResult {
			Executive::apply_extrinsic(extrinsic)
		}

		fn finalize_block() -> <Block as BlockT>::Header {
			Executive::finalize_block()
		}

		fn inherent_extrinsics(data: InherentData) -> Vec<<Block as BlockT>::Extrinsic> {
			data.create_extrinsics()
		}

		fn check_inherents(
			block: <Block as BlockT>::LazyBlock,
			data: InherentData,
		) -> CheckInherentsResult {
			data.check_extrinsics(&block)
		}
	}

	impl sp_genesis_builder::GenesisBuilder<Block> for Runtime {
		fn build_state(config: Vec<u8>) -> sp_genesis_builder::Result {
			build_state::<RuntimeGenesisConfig>(config)
		}

		fn get_preset(id: &Option<PresetId>) -> Option<Vec<u8>> {
			get_preset::<RuntimeGenesisConfig>(id, |_| None)
		}

		fn preset_names() -> Vec<PresetId> {
			vec![]
		}
	}

	impl self::Dry<Block> for Runtime {
		fn contracts(
			origin: AccountId,
			dest: AccountId,
			value: Balance,
			gas_limit: Weight,
			data: Vec<u8>,
		) -> Answer {
			let result = Contracts::api_call(origin, dest, value, Some(gas_limit), None, data);
			let output = result.result.map(|output| (output.flags.bits(), output.data));
			(output, result.gas_required)
		}

		fn reference(
			origin: AccountId,
			dest: AccountId,
			value: Balance,
			gas_limit: Weight,
			data: Vec<u8>,
		) -> Answer {
			let result = Reference::bare_call(
				origin,
				dest,
				value,
				gas_limit,
				None,
				data,
				DebugInfo::Skip,
				CollectEvents::Skip,
				Determinism::Enforced,
			);
			let output = result.result.map(|output| (output.flags.bits(), output.data));
			(output, result.gas_required)
		}
	}
}
