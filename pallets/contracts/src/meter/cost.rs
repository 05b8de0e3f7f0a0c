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
		HostCost::EmitEvent => W::host_emit_event(units),
		HostCost::Log => W::host_log(units),
		HostCost::HashSha256 => W::host_hash_sha256(units),
		HostCost::VerifyEd25519 => W::host_verify_ed25519(units),
		HostCost::Balance => W::host_balance(),
		HostCost::Transfer => W::host_transfer(),
		HostCost::Call => W::host_call(units),
		HostCost::Revert => W::host_revert(units),
	}
}

/// The weight of the units alone: what is owed on top of an operation's base once their number is
/// known.
pub(crate) fn host_units<W: WeightInfo>(cost: HostCost, units: u32) -> Weight {
	host::<W>(cost, units).saturating_sub(host::<W>(cost, 0))
}
