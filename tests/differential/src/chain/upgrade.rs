//! The chain of pallet-contracts after a runtime upgrade that puts Caisson's pallet in its place.

use super::{Observed, Pair, Step};
use frame_support::{traits::Hooks, weights::Weight};
use sp_core::{crypto::AccountId32, storage::StateVersion};
use sp_io::TestExternalities;
use std::collections::BTreeMap;

/// Every entry of a chain's state that outlives a block, child tries included, under its key and, of a
/// child trie, its id.
pub type RawState = BTreeMap<(Option<Vec<u8>>, Vec<u8>), Vec<u8>>;

impl Pair {
	/// Replaces our chain by theirs as it is, to the node of its trie, and runs what the upgrade runs at
	/// once. Returns its weight.
	pub fn upgrade(&mut self) -> Weight {
		self.theirs.commit_all().unwrap();
		let (raw, root) = core::mem::take(&mut self.theirs).into_raw_snapshot();
		let copy = || TestExternalities::from_raw_snapshot(raw.clone(), root, StateVersion::V1);
		(self.theirs, self.ours) = (copy(), copy());
		self.with_ours(<crate::ours::Contracts as Hooks<u32>>::on_runtime_upgrade)
	}

	/// Does something on our chain, in a block's time.
	pub fn with_ours<R>(&mut self, run: impl FnOnce() -> R) -> R {
		let result = self.ours.execute_with(run);
		self.ours.commit_all().unwrap();
		result
	}

	/// Does something on their chain, in a block's time.
	pub fn with_theirs<R>(&mut self, run: impl FnOnce() -> R) -> R {
		let result = self.theirs.execute_with(run);
		self.theirs.commit_all().unwrap();
		result
	}

	/// The next block on both.
	pub fn next_block(&mut self) {
		self.with_theirs(|| {
			let number = crate::theirs::System::block_number();
			crate::theirs::System::set_block_number(number + 1);
		});
		self.with_ours(|| {
			let number = crate::ours::System::block_number();
			crate::ours::System::set_block_number(number + 1);
		});
	}

	/// Takes a step on our chain alone.
	pub fn observe_ours(&mut self, who: &AccountId32, step: Step) -> Observed {
		self.with_ours(|| super::ours::take(who, step))
	}

	/// What is on our chain.
	pub fn raw_ours(&mut self) -> RawState {
		raw(&mut self.ours)
	}

	/// What is on their chain.
	pub fn raw_theirs(&mut self) -> RawState {
		raw(&mut self.theirs)
	}
}

fn raw(chain: &mut TestExternalities) -> RawState {
	chain.commit_all().unwrap();
	// What every block has of its own.
	let of_block = ["Number", "Events", "EventCount", "EventTopics"].map(|item| {
		[sp_io::hashing::twox_128(b"System"), sp_io::hashing::twox_128(item.as_bytes())].concat()
	});
	chain.execute_with(|| {
		let mut entries = RawState::new();
		let mut key = Vec::new();
		while let Some(next) = sp_io::storage::next_key(&key) {
			let id = next
				.strip_prefix(sp_core::storage::well_known_keys::DEFAULT_CHILD_STORAGE_KEY_PREFIX);
			for (key, value) in id.map(super::child).into_iter().flatten() {
				entries.insert((id.map(<[u8]>::to_vec), key), value);
			}
			if !of_block.iter().any(|prefix| next.starts_with(prefix)) {
				entries.insert((None, next.clone()), sp_io::storage::get(&next).unwrap().to_vec());
			}
			key = next;
		}
		entries
	})
}
