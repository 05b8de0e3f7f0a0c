//! What a dry run records beside its result.

use crate::{BalanceOf, Config};
use alloc::{collections::BTreeMap, vec::Vec};
use caisson_contracts_api::{CallNode, StorageChange};

/// Calls in the order in which they began.
type Calls<T> = Vec<CallNode<<T as frame_system::Config>::AccountId, BalanceOf<T>>>;

/// A record of a root call. It grows with what the gas limit pays for, and never on chain.
pub(crate) struct Trace<T: Config> {
	calls: Vec<CallNode<T::AccountId, BalanceOf<T>>>,
	changes: Vec<StorageChange<T::AccountId>>,
}

impl<T: Config> Trace<T> {
	pub(crate) fn new() -> Self {
		Self { calls: Vec::new(), changes: Vec::new() }
	}

	/// Records that a call began and returns where to say how it ended.
	pub(crate) fn enter(&mut self, node: CallNode<T::AccountId, BalanceOf<T>>) -> usize {
		self.calls.push(node);
		self.calls.len().saturating_sub(1)
	}

	/// The record of a call that began.
	pub(crate) fn node(&mut self, at: usize) -> Option<&mut CallNode<T::AccountId, BalanceOf<T>>> {
		self.calls.get_mut(at)
	}

	/// Records a write.
	pub(crate) fn write(&mut self, change: StorageChange<T::AccountId>) {
		self.changes.push(change);
	}

	/// How many writes were recorded, to come back to by [`Self::rollback`].
	pub(crate) fn checkpoint(&self) -> usize {
		self.changes.len()
	}

	/// Forgets the writes since `checkpoint`.
	pub(crate) fn rollback(&mut self, checkpoint: usize) {
		self.changes.truncate(checkpoint);
	}

	/// The changes, one a key, and the calls.
	pub(crate) fn into_report(self) -> (Vec<StorageChange<T::AccountId>>, Calls<T>) {
		let mut folded = Vec::<StorageChange<T::AccountId>>::new();
		let mut position = BTreeMap::new();
		for change in self.changes {
			let id = (change.contract.clone(), change.key.clone());
			match position.get(&id).and_then(|at: &usize| folded.get_mut(*at)) {
				Some(first) => first.new = change.new,
				None => {
					position.insert(id, folded.len());
					folded.push(change);
				},
			}
		}
		folded.retain(|change| change.old != change.new);
		(folded, self.calls)
	}
}
