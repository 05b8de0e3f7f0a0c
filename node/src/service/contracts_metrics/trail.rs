//! The blocks that were counted last, so that none is counted twice and none is left out.

use super::{tally::Tally, Deployed, Hash};
use std::collections::{HashMap, VecDeque};

/// Blocks that are remembered.
///
/// As many as states are kept by default: no fork that is still open begins before them.
pub(super) const LENGTH: usize = 256;

/// The blocks that were counted last, of all forks.
#[derive(Debug, Default)]
pub(super) struct Trail {
	blocks: HashMap<Hash, Option<Deployed>>,
	/// The same in the order of their coming.
	order: VecDeque<Hash>,
}

impl Trail {
	/// Whether a block was counted.
	pub(super) fn has(&self, block: Hash) -> bool {
		self.blocks.contains_key(&block)
	}

	/// What is on chain at a block, if that is known.
	pub(super) fn at(&self, block: Hash) -> Option<Deployed> {
		self.blocks.get(&block).copied().flatten()
	}

	/// The blocks to count on the way to `best`, from the oldest on, each with its parent.
	///
	/// The best alone where none that was counted is near: the node has synced, and what it has missed is not
	/// counted.
	pub(super) fn path_to(
		&self,
		best: Hash,
		parent_of: impl Fn(Hash) -> Option<Hash>,
	) -> Vec<(Hash, Hash)> {
		let mut path = Vec::new();
		let mut block = best;
		while !self.has(block) {
			let parent = parent_of(block).filter(|_| path.len() < LENGTH);
			let Some(parent) = parent else {
				path.truncate(1);
				break;
			};
			path.push((block, parent));
			block = parent;
		}
		path.reverse();
		path
	}

	/// Adds a block, and forgets the oldest where they are too many.
	pub(super) fn push(&mut self, block: Hash, deployed: Option<Deployed>) {
		if self.blocks.insert(block, deployed).is_none() {
			self.order.push_back(block);
		}
		while self.order.len() > LENGTH {
			if let Some(oldest) = self.order.pop_front() {
				self.blocks.remove(&oldest);
			}
		}
	}
}

impl Deployed {
	/// What is on chain after a block.
	pub(super) fn after(self, tally: &Tally) -> Self {
		Self {
			contracts: self
				.contracts
				.saturating_add(tally.instantiated)
				.saturating_sub(tally.terminated),
			codes: self
				.codes
				.saturating_add(tally.codes_stored)
				.saturating_sub(tally.codes_removed),
		}
	}
}
