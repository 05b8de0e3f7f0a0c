//! What must hold of the configuration at start, and of the state between blocks.

use crate::limits::{self, AbiLimits};
use alloc::{format, string::String, vec::Vec};
use caisson_contracts_abi::{Abi, FunctionSpec};

/// Every limit with its name: the one list that metadata and runtime API show.
pub(crate) fn named_limits() -> impl Iterator<Item = (String, u32)> {
	let general: Vec<(String, u32)> = [
		("code_bytes", limits::CODE_BYTES),
		("functions", limits::FUNCTIONS),
		("types", limits::TYPES),
		("imports", limits::IMPORTS),
		("exports", limits::EXPORTS),
		("name_bytes", limits::NAME_BYTES),
		("parameters", limits::PARAMETERS),
		("locals", limits::LOCALS),
		("function_bytes", limits::FUNCTION_BYTES),
		("br_table_targets", limits::BR_TABLE_TARGETS),
		("globals", limits::GLOBALS),
		("tables", limits::TABLES),
		("table_elements", limits::TABLE_ELEMENTS),
		("element_segments", limits::ELEMENT_SEGMENTS),
		("data_segments", limits::DATA_SEGMENTS),
		("call_depth", limits::CALL_DEPTH),
		("guest_recursion", limits::GUEST_RECURSION),
		("guest_stack_bytes", limits::GUEST_STACK_BYTES),
		("stack_pages", limits::STACK_PAGES),
		("log_bytes", limits::LOG_BYTES),
		("input_bytes", limits::INPUT_BYTES),
		("arguments", limits::ARGUMENTS),
		("salt_bytes", limits::SALT_BYTES),
		("kept_results", limits::KEPT_RESULTS),
		("debug_bytes", limits::DEBUG_BYTES),
		("transient_bytes", limits::TRANSIENT_BYTES),
		("delegate_dependencies", limits::DELEGATE_DEPENDENCIES),
		("event_topics", limits::EVENT_TOPICS),
		("subject_bytes", limits::SUBJECT_BYTES),
		("touched_bytes", limits::TOUCHED_BYTES),
		("touched_code_bytes", limits::TOUCHED_CODE_BYTES),
	]
	.map(|(name, value)| (name.into(), value))
	.into();
	let by_abi = Abi::ALL.into_iter().flat_map(|abi| {
		// Taken apart in full, so that a limit without a name here does not compile.
		let AbiLimits {
			memory_pages,
			key_bytes,
			value_bytes,
			storage_bytes,
			topic_bytes,
			event_bytes,
			events,
			output_bytes,
		} = *limits::of(abi);
		[
			("memory_pages", memory_pages),
			("key_bytes", key_bytes),
			("value_bytes", value_bytes),
			("storage_bytes", storage_bytes),
			("topic_bytes", topic_bytes),
			("event_bytes", event_bytes),
			("events", events),
			("output_bytes", output_bytes),
		]
		.map(move |(name, value)| (format!("{}.{name}", abi.name()), value))
	});
	general.into_iter().chain(by_abi)
}

/// Bytes of heap that a runtime instance has in the node's default configuration.
const RUNTIME_HEAP_BYTES: u64 = 128 * 1024 * 1024;

/// Panics if the limits cannot hold together: a defect of the release, found by any test that builds a
/// runtime.
///
/// # Panics
///
/// If the memory that guests may take does not fit the runtime's heap, an ABI allows more memory than the
/// stack, or the engine would not take what the upload lets pass.
pub(crate) fn integrity() {
	// While a memory grows, the old and the new one exist, and the allocator rounds each up to a power
	// of two.
	let memories = u64::from(limits::STACK_PAGES).saturating_mul(limits::PAGE_BYTES.into());
	let stacks = u64::from(limits::CALL_DEPTH).saturating_mul(limits::GUEST_STACK_BYTES.into());
	let worst = memories.saturating_mul(4).saturating_add(stacks.saturating_mul(2));
	assert!(
		worst <= RUNTIME_HEAP_BYTES,
		"guests may take {worst} bytes of the {RUNTIME_HEAP_BYTES} that a runtime has"
	);
	for abi in Abi::ALL {
		let own = limits::of(abi);
		assert!(
			own.memory_pages <= limits::STACK_PAGES,
			"{} allows more than the stack",
			abi.name()
		);
		assert!(own.key_bytes > 0, "{} allows no key", abi.name());
	}
	for abi in Abi::ALL {
		let names = abi.functions().iter().flat_map(FunctionSpec::names).count();
		assert!(names <= limits::IMPORTS as usize, "a module cannot import all of {}", abi.name());
	}
}

#[cfg(any(feature = "try-runtime", feature = "test-utils", test))]
pub(crate) use state::check as state;

#[cfg(any(feature = "try-runtime", feature = "test-utils", test))]
mod state {
	use crate::{
		migrations, state::child_trie, CodeInfoOf, Config, ContractInfoOf, ContractSettingsOf,
		DeletionQueue, DeletionQueueCounter, HoldReason, PristineCode,
	};
	use alloc::collections::{BTreeMap, BTreeSet};
	use frame_support::{ensure, traits::fungible::InspectHold};
	use sp_core::storage::well_known_keys::DEFAULT_CHILD_STORAGE_KEY_PREFIX;
	use sp_runtime::{traits::Hash, Saturating, TryRuntimeError};

	/// Checks every invariant of the state.
	pub(crate) fn check<T: Config>() -> Result<(), TryRuntimeError> {
		codes::<T>()?;
		contracts::<T>()?;
		tries::<T>()?;
		code_deposits::<T>()
	}

	/// Each code is stored three times over, under its own hash, and counted as often as it is used.
	fn codes<T: Config>() -> Result<(), TryRuntimeError> {
		let mut uses = BTreeMap::<T::Hash, u64>::new();
		for (_, info) in ContractInfoOf::<T>::iter() {
			let locked = info.delegate_dependencies.keys().copied();
			for hash in locked.chain([info.code_hash]) {
				let count = uses.entry(hash).or_default();
				*count = count.saturating_add(1);
			}
		}
		for (hash, info) in CodeInfoOf::<T>::iter() {
			let code = PristineCode::<T>::get(hash).ok_or("a code has info and no bytes")?;
			ensure!(T::Hashing::hash(&code) == hash, "a code is not under its hash");
			ensure!(
				info.code_len as usize == code.len(),
				"a code's length is not the recorded one"
			);
			let used = uses.remove(&hash).unwrap_or(0);
			ensure!(
				info.refcount == used,
				"a code's reference count is not how often contracts have or lock it"
			);
		}
		ensure!(uses.is_empty(), "a contract's code is not on chain");
		ensure!(
			PristineCode::<T>::iter_keys().count() == CodeInfoOf::<T>::iter_keys().count(),
			"bytes of a code without info"
		);
		migrations::prepare::checks::each::<T>()
	}

	/// What is recorded of a contract's storage is so, and held for.
	fn contracts<T: Config>() -> Result<(), TryRuntimeError> {
		for (account, info) in ContractInfoOf::<T>::iter() {
			let trie = child_trie::info(&info.trie_id);
			let (items, bytes) = child_trie::measure(&trie);
			ensure!(
				info.storage_items == items,
				"a contract's number of entries is not its trie's"
			);
			ensure!(info.storage_bytes == bytes, "a contract's number of bytes is not its trie's");
			let held =
				T::Currency::balance_on_hold(&HoldReason::StorageDepositReserve.into(), &account);
			ensure!(held == info.total_deposit(), "a contract's deposits are not what is held");
		}
		for account in ContractSettingsOf::<T>::iter_keys() {
			let info = ContractInfoOf::<T>::get(&account).ok_or("settings of no contract")?;
			ensure!(info.has_settings(), "settings that no call of the contract looks for");
		}
		Ok(())
	}

	/// Each trie is one contract's or waits for its removal. Takes contracts for the only ones on the chain
	/// that have child tries, as only crowdloans of a relay chain have any beside them.
	fn tries<T: Config>() -> Result<(), TryRuntimeError> {
		let mut known = BTreeSet::new();
		known.extend(ContractInfoOf::<T>::iter_values().map(|info| info.trie_id));
		let of_contracts = known.len();
		let waiting = DeletionQueue::<T>::iter_values().count();
		ensure!(
			waiting == DeletionQueueCounter::<T>::get().waiting() as usize,
			"the deletion queue is not as long as its counters say"
		);
		known.extend(DeletionQueue::<T>::iter_values());
		ensure!(
			known.len() == of_contracts.saturating_add(waiting),
			"a trie is two contracts', or waits for its removal while a contract has it"
		);
		// Their roots stand in the state under this prefix, as of the block before.
		let mut key = DEFAULT_CHILD_STORAGE_KEY_PREFIX.to_vec();
		while let Some(next) = sp_io::storage::next_key(&key) {
			let Some(id) = next.strip_prefix(DEFAULT_CHILD_STORAGE_KEY_PREFIX) else { break };
			ensure!(
				known.iter().any(|known| known.as_slice() == id),
				"a trie without a contract that does not wait for its removal"
			);
			key = next;
		}
		Ok(())
	}

	/// The deposits of an owner's codes are what is held of it.
	fn code_deposits<T: Config>() -> Result<(), TryRuntimeError> {
		let mut owed = BTreeMap::<T::AccountId, crate::BalanceOf<T>>::new();
		for info in CodeInfoOf::<T>::iter_values() {
			let sum = owed.entry(info.owner).or_default();
			*sum = sum.saturating_add(info.deposit);
		}
		for (owner, sum) in owed {
			let held =
				T::Currency::balance_on_hold(&HoldReason::CodeUploadDepositReserve.into(), &owner);
			ensure!(held == sum, "the deposits of an owner's codes are not what is held");
		}
		Ok(())
	}
}
