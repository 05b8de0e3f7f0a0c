//! Tries of contracts that ended: queued, and removed as blocks have weight to spare.
//!
//! Names and types of the queue are pallet-contracts'.

use crate::{
	state::child_trie, types::TrieId, weights::WeightInfo, Config, DeletionQueue,
	DeletionQueueCounter,
};
use codec::{Decode, Encode, MaxEncodedLen};
use frame_support::{
	storage::child::{self, KillStorageResult},
	weights::WeightMeter,
};
use scale_info::TypeInfo;

/// Where the queue begins and ends.
#[derive(Clone, Copy, Default, PartialEq, Eq, Debug, Encode, Decode, TypeInfo, MaxEncodedLen)]
pub struct DeletionQueueManager {
	/// Number of the next trie that is queued.
	insert_counter: u32,
	/// Number of the trie that is next to be removed.
	delete_counter: u32,
}

impl DeletionQueueManager {
	/// How many tries wait.
	pub fn waiting(&self) -> u32 {
		self.insert_counter.wrapping_sub(self.delete_counter)
	}
}

/// Queues the trie of a contract that ended.
pub(crate) fn queue<T: Config>(trie: &TrieId) {
	DeletionQueueCounter::<T>::mutate(|queue| {
		DeletionQueue::<T>::insert(queue.insert_counter, trie);
		queue.insert_counter = queue.insert_counter.wrapping_add(1);
	});
}

/// Removes as many entries of queued tries as `meter` has weight for.
pub(crate) fn process<T: Config>(meter: &mut WeightMeter) {
	if meter.try_consume(T::WeightInfo::deletion_base()).is_err() {
		return;
	}
	let mut queue = DeletionQueueCounter::<T>::get();
	// In most blocks nothing waits, and nothing is to be written.
	if queue.waiting() == 0 {
		return;
	}
	let per_key =
		T::WeightInfo::deletion_per_key(1).saturating_sub(T::WeightInfo::deletion_per_key(0));
	while queue.waiting() > 0 {
		// The trie's own part first: what is left of it pays for keys.
		if meter.try_consume(T::WeightInfo::deletion_per_key(0)).is_err() {
			break;
		}
		let budget = meter
			.remaining()
			.checked_div_per_component(&per_key)
			.and_then(|keys| u32::try_from(keys).ok())
			.unwrap_or(u32::MAX);
		if budget == 0 {
			break;
		}
		let Some(trie) = DeletionQueue::<T>::get(queue.delete_counter) else {
			queue.delete_counter = queue.delete_counter.wrapping_add(1);
			continue;
		};
		#[allow(
			deprecated,
			reason = "the form with a cursor keeps no limit across calls of one block"
		)]
		let outcome = child::kill_storage(&child_trie::info(&trie), Some(budget));
		let (removed, is_done) = match outcome {
			KillStorageResult::AllRemoved(keys) => (keys, true),
			KillStorageResult::SomeRemaining(keys) => (keys, false),
		};
		meter.consume(per_key.saturating_mul(removed.into()));
		if !is_done {
			break;
		}
		DeletionQueue::<T>::remove(queue.delete_counter);
		queue.delete_counter = queue.delete_counter.wrapping_add(1);
	}
	DeletionQueueCounter::<T>::put(queue);
}
