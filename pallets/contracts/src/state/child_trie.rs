//! A contract's entries: a child trie of its own.

use crate::{exec::Key, Config, TrieId};
use alloc::vec::Vec;
use codec::Encode;
use frame_support::{
	storage::child::{self, ChildInfo},
	Blake2_128Concat, Blake2_256, StorageHasher,
};
use sp_runtime::traits::Hash;

/// Bytes of the id of a contract without settings: those of a hash, as in pallet-contracts.
pub(crate) const PLAIN_ID_BYTES: usize = 32;

/// The id of the trie of the contract `account` that is the `nonce`th that was made: a byte longer if it
/// has settings.
///
/// The number makes it new even if the account had a contract before.
pub(crate) fn id<T: Config>(account: &T::AccountId, nonce: u64, has_settings: bool) -> TrieId {
	let mut id = T::Hashing::hash_of(&(account, nonce)).encode();
	if has_settings {
		id.push(1);
	}
	// 33 bytes at most are within the bound of 128.
	TrieId::truncate_from(id)
}

/// The trie of that id.
pub(crate) fn info(id: &TrieId) -> ChildInfo {
	ChildInfo::new_default(id)
}

/// Where the entry at `key` lies in the trie: hashed, so that guests cannot make it deep; behind the hash
/// of a variable key the key itself, so that clients can list it.
pub(crate) fn hashed(key: Key<'_>) -> Vec<u8> {
	match key {
		Key::Var(bytes) => Blake2_128Concat::hash(bytes),
		Key::Fix(bytes) => Blake2_256::hash(bytes).to_vec(),
	}
}

/// The value at `key`.
pub(crate) fn read(trie: &ChildInfo, key: Key<'_>) -> Option<Vec<u8>> {
	child::get_raw(trie, &hashed(key))
}

/// The length of the value at `key`.
pub(crate) fn len(trie: &ChildInfo, key: Key<'_>) -> Option<u32> {
	child::len(trie, &hashed(key))
}

/// Writes or removes the value at `key`.
pub(crate) fn write(trie: &ChildInfo, key: Key<'_>, value: Option<&[u8]>) {
	let key = hashed(key);
	match value {
		Some(value) => child::put_raw(trie, &key, value),
		None => child::kill(trie, &key),
	}
}

/// Number of entries and bytes of all values, counted.
#[cfg(any(feature = "try-runtime", feature = "test-utils", test))]
pub(crate) fn measure(trie: &ChildInfo) -> (u32, u32) {
	use sp_io::default_child_storage::next_key;
	let id = trie.storage_key();
	let (mut items, mut bytes) = (0u32, 0u32);
	let mut key = next_key(id, &[]);
	while let Some(current) = key {
		items = items.saturating_add(1);
		bytes = bytes.saturating_add(child::len(trie, &current).unwrap_or(0));
		key = next_key(id, &current);
	}
	(items, bytes)
}
