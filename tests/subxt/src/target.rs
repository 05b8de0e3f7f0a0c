//! Where the things under test lie.

use std::{env::var_os, path::PathBuf};

/// What a build leaves at this place of the target folder.
pub(crate) fn built(path: &str) -> PathBuf {
	var_os("CARGO_TARGET_DIR")
		.map_or_else(
			|| PathBuf::from(var_os("HOME").unwrap_or_default()).join(".cache/caisson/target"),
			PathBuf::from,
		)
		.join(path)
}

/// The node's binary.
pub(crate) fn node() -> PathBuf {
	var_os("CAISSON_NODE").map_or_else(|| built("release/caisson-node"), PathBuf::from)
}
