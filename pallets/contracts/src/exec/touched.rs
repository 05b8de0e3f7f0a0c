//! What a root call has touched: the first time is paid in full, later ones as what is in memory by then.
//!
//! What a failed frame touched stays touched, as it was paid for. All of it is known to every node that runs
//! the extrinsic, whatever ran before in the same instance of the runtime.

use super::Key;
use crate::{limits, sandbox, Config};
use alloc::{
	collections::{BTreeMap, BTreeSet},
	vec::Vec,
};
use codec::Encode;

/// What is done to an entry of a contract's storage.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Access {
	/// It is read.
	Read,
	/// It is written.
	Write,
	/// It is removed.
	Remove,
}

/// Contracts, codes and entries that a root call has reached.
pub(crate) struct Touched<T: Config> {
	contracts: BTreeSet<T::AccountId>,
	codes: BTreeSet<T::Hash>,
	/// Bytes of the prepared modules of `codes`.
	code_bytes: u32,
	/// The most that was done to an entry, by account, kind of key, and key.
	entries: BTreeMap<Vec<u8>, Access>,
	/// What is remembered of contracts and entries.
	bytes: u32,
	/// Where the place of an entry is put together, so that looking does not allocate.
	place: Vec<u8>,
}

impl<T: Config> Touched<T> {
	/// Nothing, for a root call that begins.
	pub(crate) fn new() -> Self {
		Self {
			contracts: BTreeSet::new(),
			codes: BTreeSet::new(),
			code_bytes: 0,
			entries: BTreeMap::new(),
			bytes: 0,
			place: Vec::new(),
		}
	}

	/// Touches a contract; whether that is the first time.
	pub(crate) fn contract(&mut self, account: &T::AccountId) -> bool {
		if self.contracts.contains(account) {
			return false;
		}
		if self.remembers(0) {
			self.contracts.insert(account.clone());
		}
		true
	}

	/// Whether a code was touched.
	pub(crate) fn has_code(&self, hash: &T::Hash) -> bool {
		self.codes.contains(hash)
	}

	/// Touches a code whose prepared module has so many bytes.
	///
	/// What it is not paid for any more has to be in the cache. So there is room made for all codes that
	/// can be remembered before the first is, and where they become too many, all are forgotten.
	pub(crate) fn code(&mut self, hash: T::Hash, len: u32) {
		if self.codes.contains(&hash) {
			return;
		}
		let bytes = self.code_bytes.saturating_add(len);
		if self.codes.is_empty() || bytes > limits::TOUCHED_CODE_BYTES {
			self.codes.clear();
			self.code_bytes = 0;
			sandbox::make_room(limits::TOUCHED_CODE_BYTES);
		}
		// A code that is over the bound alone is paid for each time.
		if len <= limits::TOUCHED_CODE_BYTES {
			self.code_bytes = self.code_bytes.saturating_add(len);
			self.codes.insert(hash);
		}
	}

	/// Touches an entry of a contract's storage; the most that was done to it before.
	pub(crate) fn entry(
		&mut self,
		account: &T::AccountId,
		key: Key<'_>,
		access: Access,
	) -> Option<Access> {
		self.place.clear();
		account.encode_to(&mut self.place);
		self.place.push(u8::from(matches!(key, Key::Fix(_))));
		self.place.extend_from_slice(key.bytes());
		if let Some(done) = self.entries.get_mut(self.place.as_slice()) {
			let before = *done;
			*done = before.max(access);
			return Some(before);
		}
		if self.remembers(key.bytes().len()) {
			self.entries.insert(self.place.clone(), access);
		}
		None
	}

	/// Whether there is room to remember one more, of so many bytes beside its account.
	fn remembers(&mut self, len: usize) -> bool {
		/// An account, a kind, and what a map has for an item.
		const ITEM_BYTES: u32 = 96;
		let len = u32::try_from(len).unwrap_or(u32::MAX).saturating_add(ITEM_BYTES);
		let bytes = self.bytes.saturating_add(len);
		if bytes > limits::TOUCHED_BYTES {
			return false;
		}
		self.bytes = bytes;
		true
	}
}
