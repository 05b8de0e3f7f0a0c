//! What belongs to a contract between calls, and what is left of it after its end.

pub(crate) mod child_trie;
pub(crate) mod deletion;
