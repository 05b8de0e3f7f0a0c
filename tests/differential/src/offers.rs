//! What both chains offer their contracts beside other contracts: a chain extension, other chains over XCM.
//! What they do is written once; each runtime only puts it behind its pallet's trait.

use codec::{Decode, DecodeLimit, Encode};
use frame_support::weights::Weight;
use sp_core::crypto::AccountId32;
use xcm::{
	latest::{Instruction, Xcm},
	VersionedLocation, VersionedXcm,
};

mod switches {
	#![allow(missing_docs, reason = "the macro's own items")]

	frame_support::parameter_types! {
		/// Whether host functions that may still change are open to contracts.
		pub static Unstable: bool = true;
		/// Whether there is a chain extension.
		pub static Extended: bool = true;
	}
}

pub use switches::{Extended, Unstable};

/// The extension's number among those that a chain could have.
pub const EXTENSION: u16 = 7;

/// Functions of the extension, by number.
pub mod functions {
	/// Returns the length of the input, and the input as the output.
	pub const ECHO: u16 = 0;
	/// Returns 42, without an output.
	pub const ANSWER: u16 = 1;
	/// Fails.
	pub const FAIL: u16 = 2;
	/// Pays more than there is.
	pub const EXHAUST: u16 = 3;
	/// Returns whether nothing may change.
	pub const READ_ONLY: u16 = 4;
}

/// What the extension gives.
pub(crate) enum Reply {
	/// A result and an output.
	Output(u32, Vec<u8>),
	/// A result alone.
	Code(u32),
	/// An error that ends the contract's call.
	Error(&'static str),
	/// More weight to pay than there is.
	Weight(Weight),
}

/// What function `function` of extension `extension` gives to `input`.
pub(crate) fn extension(extension: u16, function: u16, input: &[u8], read_only: bool) -> Reply {
	if extension != EXTENSION {
		return Reply::Error("another extension");
	}
	match function {
		functions::ECHO => Reply::Output(u32::try_from(input.len()).unwrap(), input.to_vec()),
		functions::ANSWER => Reply::Code(42),
		functions::EXHAUST => Reply::Weight(Weight::MAX),
		functions::READ_ONLY => Reply::Code(read_only.into()),
		_ => Reply::Error("it fails"),
	}
}

/// Nesting of an encoded message.
const DEPTH: u32 = 256;

/// The message, if the bytes are one and nothing else.
pub(crate) fn message<Call: Decode>(bytes: &[u8]) -> Option<VersionedXcm<Call>> {
	VersionedXcm::decode_all_with_depth_limit(DEPTH, &mut &bytes[..]).ok()
}

/// The location that the bytes begin with.
pub(crate) fn location(bytes: &[u8]) -> Option<VersionedLocation> {
	VersionedLocation::decode_with_depth_limit(DEPTH, &mut &bytes[..]).ok()
}

/// What executing weighs beside the message.
pub(crate) const EXECUTE_WEIGHT: Weight = Weight::from_parts(1_000_000, 1_000);

/// What sending weighs.
pub(crate) const SEND_WEIGHT: Weight = Weight::from_parts(2_000_000, 2_000);

/// Whether the message does what it should: one of an older version does not, nor one that begins with a
/// trap.
pub(crate) fn succeeds<Call>(message: VersionedXcm<Call>) -> bool {
	let VersionedXcm::V5(Xcm(instructions)) = message else { return false };
	!matches!(instructions.first(), Some(Instruction::Trap(_)))
}

/// The number of a message that was sent.
pub(crate) fn message_id(
	origin: &AccountId32,
	dest: &VersionedLocation,
	message: &VersionedXcm<()>,
) -> [u8; 32] {
	sp_io::hashing::blake2_256(&(origin, dest, message).encode())
}

/// A message that is executed and sent, and one that is neither.
///
/// # Panics
///
/// Never: both are messages.
pub fn messages() -> [Vec<u8>; 2] {
	[Instruction::<()>::ClearOrigin, Instruction::Trap(1)]
		.map(|instruction| VersionedXcm::from(Xcm(vec![instruction])).encode())
}

/// The encoded location of another chain.
pub fn elsewhere() -> Vec<u8> {
	VersionedLocation::from(xcm::latest::Location::parent()).encode()
}
