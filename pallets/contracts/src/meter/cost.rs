//! The weight of each chain operation that a row of the ABI tables names, and of a frame's fixed work.
//!
//! A weight function is what a benchmark measured: a whole call in which a guest does something so and so
//! often. What once of it weighs is the difference to a call without; constants but for the number of
//! units, so that the compiler leaves a multiplication of each.

use crate::{exec::Access, limits, types::LoadInputs, weights::WeightInfo};
use caisson_contracts_abi::HostCost;
use sp_runtime::Weight;

/// How often a benchmark over bytes does what it measures in one call, so that the call itself hardly
/// counts.
pub(crate) const BATCH: u32 = 64;

/// Shortest function of a module, in bytes: a type, a length, no locals, and an end.
const SHORTEST_FUNCTION: u32 = 4;

/// What the first round adds.
fn once(weight: impl Fn(u32) -> Weight) -> Weight {
	weight(1).saturating_sub(weight(0))
}

/// What so many units add.
fn of(units: u32, weight: impl Fn(u32) -> Weight) -> Weight {
	weight(units).saturating_sub(weight(0))
}

/// What so many units add to one of a batch.
fn of_batch(units: u32, weight: impl Fn(u32) -> Weight) -> Weight {
	let batch = of(units, weight);
	let each = |part: u64| part.div_ceil(BATCH.into());
	Weight::from_parts(each(batch.ref_time()), each(batch.proof_size()))
}

/// Entering a frame and leaving it, without what its module takes to load, where the root call has run
/// its contract and code before.
pub(crate) fn frame<W: WeightInfo>() -> Weight {
	once(W::host_call_again)
}

/// What a frame takes beside [`frame`] if its code runs for the first time.
pub(crate) fn first_code<W: WeightInfo>() -> Weight {
	once(W::host_delegate_call).saturating_sub(once(W::host_delegate_call_again))
}

/// What a frame takes beside [`frame`] if its contract runs for the first time.
pub(crate) fn first_contract<W: WeightInfo>() -> Weight {
	once(W::host_call).saturating_sub(frame::<W>()).saturating_sub(first_code::<W>())
}

/// Entering a frame and leaving it for the first time.
pub(crate) fn first_frame<W: WeightInfo>() -> Weight {
	frame::<W>().saturating_add(first_contract::<W>()).saturating_add(first_code::<W>())
}

/// Loading the module of a frame, but for its memory: to read, parse and compile it the first time in a root call, and to make an
/// instance of it.
pub(crate) fn load<W: WeightInfo>(inputs: &LoadInputs, is_first: bool) -> Weight {
	match is_first {
		// As none of it runs twice for the first time, all of it is paid for as if it ran.
		true => of(inputs.instructions, W::load_instructions)
			.saturating_add(of(inputs.code_bytes, W::load_data))
			.saturating_add(of(inputs.functions, W::load_functions))
			.saturating_add(of(inputs.types, W::load_types)),
		false => of_batch(inputs.functions, W::load_functions_again),
	}
	.saturating_add(instance::<W>(inputs))
}

/// What every instance of a module takes, if not less than the first.
fn instance<W: WeightInfo>(inputs: &LoadInputs) -> Weight {
	of(inputs.imports, W::load_imports)
		.saturating_add(of(inputs.globals, W::load_globals))
		.saturating_add(of(inputs.exports, W::load_exports))
		.saturating_add(of(inputs.data_bytes, W::load_data))
		.saturating_add(of(inputs.data_segments, W::load_data_segments))
		.saturating_add(of_batch(inputs.table_elements, W::load_table))
		.saturating_add(of(inputs.element_items, W::load_elements))
		.saturating_add(of(inputs.element_segments, W::load_element_segments))
}

/// The memory that a frame begins with: new to the instance of the runtime, or one that another frame left.
pub(crate) fn memory<W: WeightInfo>(pages: u32, is_new: bool) -> Weight {
	match is_new {
		true => of(pages, W::load_pages),
		false => of_batch(pages, W::load_pages_again),
	}
}

/// Settling so many entries of the deposit meter.
pub(crate) fn settle<W: WeightInfo>(entries: u32) -> Weight {
	of(entries, W::settle_deposit)
}

/// Writing so many infos of contracts.
pub(crate) fn write_back<W: WeightInfo>(written: u32) -> Weight {
	of(written, W::write_back)
}

/// The dispatchable `call`, without what its frames are charged.
pub(crate) fn call<W: WeightInfo>() -> Weight {
	W::call().saturating_sub(first_frame::<W>())
}

/// The dispatchable `invoke` with so many bytes of arguments, without what its frames are charged.
pub(crate) fn invoke<W: WeightInfo>(args: u32) -> Weight {
	W::invoke(args).saturating_sub(first_frame::<W>())
}

/// What a contract that is made is charged within its root call: its frame, and two deposits, for its
/// account and for itself.
fn made<W: WeightInfo>() -> Weight {
	first_frame::<W>().saturating_add(settle::<W>(2))
}

/// The dispatchable `instantiate`, without what its frames are charged.
pub(crate) fn instantiate<W: WeightInfo>(data: u32) -> Weight {
	W::instantiate(data).saturating_sub(made::<W>())
}

/// The dispatchable `instantiate_with_code`, without what its frames are charged.
pub(crate) fn instantiate_with_code<W: WeightInfo>(code: u32, data: u32) -> Weight {
	W::instantiate_with_code(code)
		.saturating_add(of(data, W::instantiate))
		.saturating_sub(made::<W>())
		.saturating_add(upload_functions::<W>(code))
}

/// The dispatchable `deploy` of code that is on chain, without what its frames are charged.
pub(crate) fn deploy<W: WeightInfo>(args: u32) -> Weight {
	W::deploy(args).saturating_sub(made::<W>())
}

/// The dispatchable `upload_code` of so many bytes, whatever they are; [`spared`] is given back.
pub(crate) fn upload<W: WeightInfo>(code: u32) -> Weight {
	W::upload_code(code).saturating_add(upload_functions::<W>(code))
}

/// What uploading takes for functions, of which so many bytes can hold no more.
fn upload_functions<W: WeightInfo>(code: u32) -> Weight {
	let most = code.checked_div(SHORTEST_FUNCTION).unwrap_or(0).min(limits::FUNCTIONS);
	of(most, W::upload_functions)
}

/// What an upload of so many bytes was charged too much, as its code defines so many functions.
pub(crate) fn spared<W: WeightInfo>(code: u32, functions: u32) -> Weight {
	upload_functions::<W>(code).saturating_sub(of(functions, W::upload_functions))
}

/// Checking, preparing and storing a code of so many bytes again, and finding the next.
pub(crate) fn migrate_code<W: WeightInfo>(code: u32) -> Weight {
	W::migrate_code(code).saturating_add(upload_functions::<W>(code))
}

/// The weight of an operation over `units`, which each operation counts in what its documentation
/// says, mostly bytes.
pub(crate) fn host<W: WeightInfo>(cost: HostCost, units: u32) -> Weight {
	host_base::<W>(cost).saturating_add(host_units::<W>(cost, units))
}

/// The weight of an operation over nothing.
fn host_base<W: WeightInfo>(cost: HostCost) -> Weight {
	match cost {
		// An extension pays for what it does; measured is what it crosses.
		HostCost::Context | HostCost::ChainExtension => once(W::host_context),
		HostCost::Copy => once(W::host_copy),
		HostCost::StorageRead => once(W::host_storage_read_again),
		// To remove an entry that was reached takes what writing it does.
		HostCost::StorageWrite | HostCost::StorageRemove => once(W::host_storage_write_again),
		HostCost::TransientRead => once(W::host_transient_read),
		HostCost::TransientWrite => once(W::host_transient_write),
		HostCost::EmitEvent => once(W::host_emit_event),
		HostCost::EventTopics => Weight::zero(),
		HostCost::Log => once(W::host_log),
		HostCost::HashSha256 => once(W::host_hash_sha256),
		HostCost::HashKeccak256 => once(W::host_hash_keccak256),
		HostCost::HashBlake2_256 => once(W::host_hash_blake2_256),
		HostCost::HashBlake2_128 => once(W::host_hash_blake2_128),
		HostCost::VerifyEd25519 => once(W::host_verify_ed25519),
		HostCost::VerifySr25519 => once(W::host_verify_sr25519),
		HostCost::EcdsaRecover => once(W::host_ecdsa_recover),
		HostCost::EcdsaToEthAddress => once(W::host_ecdsa_to_eth_address),
		HostCost::Balance => once(W::host_balance),
		HostCost::Transfer => once(W::host_transfer),
		HostCost::Call => beside::<W>(frame::<W>(), once(W::host_call_again)),
		HostCost::DelegateCall => beside::<W>(frame::<W>(), once(W::host_delegate_call_again)),
		HostCost::Instantiate => beside::<W>(made::<W>(), once(W::host_instantiate)),
		HostCost::Terminate => beside::<W>(settle::<W>(1), once(W::host_terminate)),
		HostCost::SetCodeHash => once(W::host_set_code_hash),
		HostCost::LockDependency => beside::<W>(settle::<W>(1), once(W::host_lock_dependency)),
		HostCost::Lookup => once(W::host_lookup),
		HostCost::CallRuntime => once(W::host_call_runtime),
		HostCost::Random => once(W::host_random),
		// It ends what would go on, and so can take less than nothing.
		HostCost::Revert => beside::<W>(Weight::zero(), once(W::host_revert)),
	}
}

/// What an operation takes beside what is charged elsewhere for what it brings about, a frame or settling a
/// deposit; at least what any host function does.
fn beside<W: WeightInfo>(charged: Weight, weight: Weight) -> Weight {
	weight.saturating_sub(charged).max(once(W::host_context))
}

/// What it takes that an entry of a contract's storage is reached for the first time in a root call, or
/// changed for the first time, beside what the operation takes again; `before` is the most that was
/// done to it.
pub(crate) fn touch<W: WeightInfo>(before: Option<Access>, access: Access) -> Weight {
	let read = once(W::host_storage_read).saturating_sub(once(W::host_storage_read_again));
	let change = |weight: Weight| weight.saturating_sub(once(W::host_storage_write_again));
	let whole = match access {
		Access::Read => read,
		Access::Write => change(once(W::host_storage_write)),
		Access::Remove => change(once(W::host_storage_remove)),
	};
	match before {
		None => whole,
		Some(Access::Read) => whole.saturating_sub(read),
		Some(Access::Write | Access::Remove) => Weight::zero(),
	}
}

/// The weight of the units alone: what is owed on top of an operation's base once their number is
/// known.
pub(crate) fn host_units<W: WeightInfo>(cost: HostCost, units: u32) -> Weight {
	match cost {
		HostCost::Copy => of_batch(units, W::host_copy_bytes),
		HostCost::StorageRead => of_batch(units, W::host_storage_read_bytes),
		HostCost::StorageWrite => of_batch(units, W::host_storage_write_bytes),
		HostCost::StorageRemove => of_batch(units, W::host_storage_remove_bytes),
		HostCost::TransientRead => of_batch(units, W::host_transient_read_bytes),
		HostCost::TransientWrite => of_batch(units, W::host_transient_write_bytes),
		HostCost::EmitEvent => of_batch(units, W::host_emit_event_bytes),
		HostCost::EventTopics => of_batch(units, W::host_event_topics),
		HostCost::Log => of_batch(units, W::host_log_bytes),
		HostCost::HashSha256 => of_batch(units, W::host_hash_sha256_bytes),
		HostCost::HashKeccak256 => of_batch(units, W::host_hash_keccak256_bytes),
		HostCost::HashBlake2_256 => of_batch(units, W::host_hash_blake2_256_bytes),
		HostCost::HashBlake2_128 => of_batch(units, W::host_hash_blake2_128_bytes),
		HostCost::VerifyEd25519 => of_batch(units, W::host_verify_ed25519_bytes),
		HostCost::VerifySr25519 => of_batch(units, W::host_verify_sr25519_bytes),
		HostCost::Call => of_batch(units, W::host_call_bytes),
		HostCost::DelegateCall => of_batch(units, W::host_delegate_call_bytes),
		HostCost::Instantiate => of_batch(units, W::host_instantiate_bytes),
		HostCost::Terminate => of(units, W::host_terminate_locked),
		HostCost::CallRuntime => of_batch(units, W::host_call_runtime_bytes),
		// Copied at least, which is little beside the frames that a benchmark of it ends.
		HostCost::Revert => {
			of_batch(units, W::host_revert_bytes).max(of_batch(units, W::host_copy_bytes))
		},
		// These have none, or few enough that the most are in their base.
		HostCost::Context
		| HostCost::EcdsaRecover
		| HostCost::EcdsaToEthAddress
		| HostCost::Balance
		| HostCost::Transfer
		| HostCost::SetCodeHash
		| HostCost::LockDependency
		| HostCost::Lookup
		| HostCost::ChainExtension
		| HostCost::Random => Weight::zero(),
	}
}
