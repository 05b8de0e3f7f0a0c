//! The weight of each chain operation that a row of the ABI tables names, and of a frame's fixed work.

use crate::weights::WeightInfo;
use caisson_contracts_abi::HostCost;
use sp_runtime::Weight;

/// The weight of an operation over `units`, which each operation counts in what its documentation
/// says, mostly bytes.
pub(crate) fn host<W: WeightInfo>(cost: HostCost, units: u32) -> Weight {
	match cost {
		HostCost::Context => W::host_context(),
		HostCost::Copy => W::host_copy(units),
		HostCost::StorageRead => W::host_storage_read(units),
		HostCost::StorageWrite => W::host_storage_write(units),
		HostCost::StorageRemove => W::host_storage_remove(units),
		HostCost::TransientRead => W::host_transient_read(units),
		HostCost::TransientWrite => W::host_transient_write(units),
		HostCost::EmitEvent => W::host_emit_event(units),
		HostCost::EventTopics => W::host_event_topics(units),
		HostCost::Log => W::host_log(units),
		HostCost::HashSha256 => W::host_hash_sha256(units),
		HostCost::HashKeccak256 => W::host_hash_keccak256(units),
		HostCost::HashBlake2_256 => W::host_hash_blake2_256(units),
		HostCost::HashBlake2_128 => W::host_hash_blake2_128(units),
		HostCost::VerifyEd25519 => W::host_verify_ed25519(units),
		HostCost::VerifySr25519 => W::host_verify_sr25519(units),
		HostCost::EcdsaRecover => W::host_ecdsa_recover(),
		HostCost::EcdsaToEthAddress => W::host_ecdsa_to_eth_address(),
		HostCost::Balance => W::host_balance(),
		HostCost::Transfer => W::host_transfer(),
		HostCost::Call => W::host_call(units),
		HostCost::DelegateCall => W::host_delegate_call(units),
		HostCost::Instantiate => W::host_instantiate(units),
		HostCost::Terminate => W::host_terminate(units),
		HostCost::SetCodeHash => W::host_set_code_hash(),
		HostCost::LockDependency => W::host_lock_dependency(),
		HostCost::Lookup => W::host_lookup(),
		HostCost::CallRuntime => W::host_call_runtime(units),
		HostCost::ChainExtension => W::host_chain_extension(),
		HostCost::Random => W::host_random(units),
		HostCost::Revert => W::host_revert(units),
	}
}

/// The weight of the units alone: what is owed on top of an operation's base once their number is
/// known.
pub(crate) fn host_units<W: WeightInfo>(cost: HostCost, units: u32) -> Weight {
	host::<W>(cost, units).saturating_sub(host::<W>(cost, 0))
}
