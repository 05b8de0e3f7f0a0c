//! Sections put together from pieces of others, byte for byte.

use alloc::vec::Vec;
use wasm_encoder::{Encode, Section, SectionId};

/// A section of encoded entries.
pub(super) struct Entries {
	id: SectionId,
	bytes: Vec<u8>,
}

impl Encode for Entries {
	fn encode(&self, sink: &mut Vec<u8>) {
		self.bytes.encode(sink);
	}
}

impl Section for Entries {
	fn id(&self) -> u8 {
		self.id as u8
	}
}

/// The section of `count` entries, whose encodings are `parts` one behind the other.
pub(super) fn entries(id: SectionId, count: u32, parts: &[&[u8]]) -> Entries {
	let mut bytes = Vec::new();
	count.encode(&mut bytes);
	bytes.extend(parts.iter().copied().flatten());
	Entries { id, bytes }
}
