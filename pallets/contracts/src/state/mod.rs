//! What belongs to a contract between calls.

pub(crate) mod child_trie;
