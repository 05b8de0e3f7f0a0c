//! Storage that ends with the root call.

use crate::{limits, Config, Error};
use alloc::{collections::BTreeMap, vec::Vec};
use sp_runtime::DispatchError;

/// Where an entry lies: the contract and its key.
type Place<T> = (<T as frame_system::Config>::AccountId, Vec<u8>);

/// Entries of all contracts, and how to undo what failed frames wrote.
pub(crate) struct Transient<T: Config> {
	entries: BTreeMap<Place<T>, Vec<u8>>,
	/// What each write replaced, in their order.
	journal: Vec<(Place<T>, Option<Vec<u8>>)>,
	/// Bytes of keys and values of entries and journal.
	bytes: u32,
}

impl<T: Config> Transient<T> {
	pub(crate) fn new() -> Self {
		Self { entries: BTreeMap::new(), journal: Vec::new(), bytes: 0 }
	}

	/// How much has been written, to come back to by [`Self::rollback`].
	pub(crate) fn checkpoint(&self) -> usize {
		self.journal.len()
	}

	/// Undoes the writes since `checkpoint`.
	pub(crate) fn rollback(&mut self, checkpoint: usize) {
		while self.journal.len() > checkpoint {
			let Some((place, old)) = self.journal.pop() else { return };
			match old {
				Some(value) => self.entries.insert(place, value),
				None => self.entries.remove(&place),
			};
		}
	}

	pub(crate) fn get(&self, account: &T::AccountId, key: &[u8]) -> Option<&Vec<u8>> {
		self.entries.get(&(account.clone(), key.to_vec()))
	}

	/// Writes or, with `None`, removes an entry.
	///
	/// What is undone later stays counted: it was held in memory.
	///
	/// # Errors
	///
	/// If all that was written in the root call would be over [`limits::TRANSIENT_BYTES`].
	pub(crate) fn set(
		&mut self,
		account: &T::AccountId,
		key: &[u8],
		value: Option<Vec<u8>>,
	) -> Result<(), DispatchError> {
		let len = key.len().saturating_add(value.as_ref().map_or(0, Vec::len));
		// An entry in the map and one in the journal, each with its account.
		let cost = u32::try_from(len).unwrap_or(u32::MAX).saturating_add(128);
		let bytes = self.bytes.saturating_add(cost);
		if bytes > limits::TRANSIENT_BYTES {
			return Err(Error::<T>::OutOfTransientStorage.into());
		}
		self.bytes = bytes;
		let place = (account.clone(), key.to_vec());
		let old = match value {
			Some(value) => self.entries.insert(place.clone(), value),
			None => self.entries.remove(&place),
		};
		self.journal.push((place, old));
		Ok(())
	}
}
