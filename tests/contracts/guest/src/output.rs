//! Results of the ABIs that hand back bytes, `baals` and `dytallix`.

use crate::{Account, Vec};

/// A type that an entry point may return.
pub trait Output {
	/// The bytes that the caller gets.
	fn into_bytes(self) -> Vec<u8>;
}

impl Output for () {
	fn into_bytes(self) -> Vec<u8> {
		Vec::new()
	}
}

impl Output for Vec<u8> {
	fn into_bytes(self) -> Vec<u8> {
		self
	}
}

/// 8 bytes, little-endian.
impl Output for u64 {
	fn into_bytes(self) -> Vec<u8> {
		self.to_le_bytes().to_vec()
	}
}

/// 32 bytes.
impl Output for Account {
	fn into_bytes(self) -> Vec<u8> {
		self.to_vec()
	}
}
