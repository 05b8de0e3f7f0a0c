//! Contracts in ink! 5, and what their messages and events look like in bytes.

use crate::target;
use sp_crypto_hashing::blake2_256;
use subxt::{ext::codec::Encode, utils::H256};

/// The module of this name, as `scripts/build-guests.sh` left it, with a custom section of this name: one
/// chain serves many tests, and each is to have code of its own.
///
/// # Panics
///
/// If it was not built.
pub fn code(name: &str, mark: &str) -> Vec<u8> {
	let file = target::built("caisson-guests/ink/v5").join(format!("{name}.wasm"));
	let mut code = std::fs::read(&file)
		.unwrap_or_else(|error| panic!("{}: {error}; build it with `make guests`", file.display()));
	// Number of the section, its length, that of its name.
	let length = u8::try_from(mark.len()).unwrap();
	assert!(length < 127, "a length of one byte");
	code.extend([0, length + 1, length]);
	code.extend(mark.as_bytes());
	code
}

/// The hash of code.
pub fn hash(code: &[u8]) -> H256 {
	blake2_256(code).into()
}

/// The input of a message or constructor: its selector and its arguments.
pub fn input(name: &str, args: impl Encode) -> Vec<u8> {
	let mut data = blake2_256(name.as_bytes())[..4].to_vec();
	args.encode_to(&mut data);
	data
}

/// The topic that says which event it is: the hash of its name and types.
pub fn signature(event: &str) -> H256 {
	blake2_256(event.as_bytes()).into()
}

/// The topic of a field: what it encodes to, or the hash of that where it is longer than a topic. That of an
/// `Option` is the topic of what is in it.
pub fn topic(field: impl Encode) -> H256 {
	let bytes = field.encode();
	let mut topic = H256::zero();
	match topic.0.get_mut(..bytes.len()) {
		Some(start) => start.copy_from_slice(&bytes),
		None => topic.0 = blake2_256(&bytes),
	}
	topic
}
