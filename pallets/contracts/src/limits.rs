//! Every limit that a guest or its deployer can observe.
//!
//! The rule for changing one: a limit may rise in any release, because code that was accepted and
//! calls that succeeded go on doing so. A limit that falls breaks contracts on chain, so it needs a new
//! behaviour version ([`crate::code::BEHAVIOUR_VERSION`]) and a migration that looks at every code.
//!
//! All of them are constants in the pallet's metadata; a test holds the two lists together.

use caisson_contracts_abi::Abi;

/// Bytes in a page of linear memory, fixed by the Wasm specification.
pub const PAGE_BYTES: u32 = 64 * 1024;

/// Longest module that can be uploaded, in bytes. Twice what pallet-contracts accepts: large enough
/// for any contract seen on its chains, small enough that a block holds several uploads.
pub const CODE_BYTES: u32 = 256 * 1024;

/// Longest module that a call loads, in bytes. Preparing one adds two at most for its memory, a maximum
/// that it had not or an export in place of an import, and five for a start function that becomes an
/// export; the rest of sixteen is room. A function with many locals grows by what they cost, and its length
/// by a byte. So what may be uploaded never depends on what is made of it.
pub const PREPARED_BYTES: u32 =
	CODE_BYTES + 16 + FUNCTIONS * (LOCALS / crate::sandbox::LOCALS_OF_A_NOP + 1);

/// Functions that a module defines. An ink! contract of 20 KB has about 100; parsing costs by
/// function.
pub const FUNCTIONS: u32 = 4_096;

/// Function types of a module.
pub const TYPES: u32 = 1_024;

/// Imports of a module: more than all tables have rows, as a module may import one twice.
pub const IMPORTS: u32 = 256;

/// Exports of a module.
pub const EXPORTS: u32 = 256;

/// Length of the name of an import or export, in bytes.
pub const NAME_BYTES: u32 = 128;

/// Parameters of a function.
pub const PARAMETERS: u32 = 64;

/// Locals of a function, without its parameters. The engine zeroes them on every call.
pub const LOCALS: u32 = 256;

/// Body of a function, in bytes.
pub const FUNCTION_BYTES: u32 = 64 * 1024;

/// Targets of one `br_table`, without its default.
pub const BR_TABLE_TARGETS: u32 = 1_024;

/// Globals of a module.
pub const GLOBALS: u32 = 256;

/// Tables of a module.
pub const TABLES: u32 = 1;

/// Elements of a table.
pub const TABLE_ELEMENTS: u32 = 4_096;

/// Element segments of a module.
pub const ELEMENT_SEGMENTS: u32 = 256;

/// Data segments of a module.
pub const DATA_SEGMENTS: u32 = 1_024;

/// Contracts on the call stack, the first included.
pub const CALL_DEPTH: u32 = 16;

/// Calls of functions within one frame that may be open at a time, in the engine.
pub const GUEST_RECURSION: u32 = 1_024;

/// Height of the engine's value stack of one frame, in bytes.
pub const GUEST_STACK_BYTES: u32 = 256 * 1024;

/// Pages of linear memory that all frames on the stack may hold together: 20 MiB.
///
/// The runtime's heap is 128 MiB by default. Its allocator rounds to powers of two and, while a memory
/// grows, holds the old and the new one: four times the pages at worst.
pub const STACK_PAGES: u32 = 320;

/// Lines of the log of one root call, together, in bytes, each with its end.
pub const LOG_BYTES: u32 = 64 * 1024;

/// Text of debug messages that a dry run tells, in bytes.
pub const DEBUG_BYTES: u32 = 64 * 1024;

/// Transient storage that is written in one root call, over all contracts, in bytes of keys and values
/// and 128 for each write.
pub const TRANSIENT_BYTES: u32 = 1024 * 1024;

/// Codes that a contract can lock for delegated calls. The stored bound is pallet-contracts' on its
/// chains.
pub const DELEGATE_DEPENDENCIES: u32 = 32;

/// Nesting of a runtime call that a contract dispatches.
pub const RUNTIME_CALL_DEPTH: u32 = 256;

/// What a root call remembers of the contracts and entries that it touched, in bytes of keys and 96 for each; what
/// is not remembered is paid as if it was touched first.
pub const TOUCHED_BYTES: u32 = 256 * 1024;

/// Code that a root call remembers to have run, in bytes of prepared modules. The cache of modules has room for it
/// whatever other extrinsics left there; beyond it all is forgotten.
pub const TOUCHED_CODE_BYTES: u32 = 1024 * 1024;

/// Topics of an event of a `seal` contract, as in pallet-contracts' schedule.
pub const EVENT_TOPICS: u32 = 4;

/// What a `seal` contract asks a random hash for, in bytes, as in pallet-contracts' schedule.
pub const SUBJECT_BYTES: u32 = 32;

/// Input of a call, in bytes: function, arguments and their encoding.
pub const INPUT_BYTES: u32 = 64 * 1024 + 1_024;

/// Arguments of an `invoke` or `deploy`.
pub const ARGUMENTS: u32 = 64;

/// Salt of an instantiation, in bytes.
pub const SALT_BYTES: u32 = 64;

/// Results of sub-calls that a frame can read again by index.
pub const KEPT_RESULTS: u32 = 64;

/// What an ABI allows its contracts.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct AbiLimits {
	/// Linear memory, in pages.
	pub memory_pages: u32,
	/// A storage key, in bytes; the shortest is one byte.
	pub key_bytes: u32,
	/// A storage value, in bytes.
	pub value_bytes: u32,
	/// All values in a contract's storage together, in bytes.
	pub storage_bytes: u32,
	/// An event's topic, in bytes.
	pub topic_bytes: u32,
	/// An event's data, in bytes.
	pub event_bytes: u32,
	/// Events of one frame.
	pub events: u32,
	/// The output of a call or the message of a revert, in bytes.
	pub output_bytes: u32,
}

/// `baals`: its blueprint gives no numbers; these are the tightest that its published examples fit.
pub const BAALS: AbiLimits = AbiLimits {
	memory_pages: 64,
	key_bytes: 1_024,
	value_bytes: 16 * 1024,
	storage_bytes: u32::MAX,
	topic_bytes: 256,
	event_bytes: 16 * 1024,
	events: 1_000,
	output_bytes: 16 * 1024,
};

/// `aureon`: it has no events; the others as for `baals`.
pub const AUREON: AbiLimits = AbiLimits {
	memory_pages: 64,
	key_bytes: 1_024,
	value_bytes: 16 * 1024,
	storage_bytes: u32::MAX,
	topic_bytes: 0,
	event_bytes: 0,
	events: 0,
	output_bytes: 16 * 1024,
};

/// `dytallix`: all of them are numbers of the original.
pub const DYTALLIX: AbiLimits = AbiLimits {
	memory_pages: 256,
	key_bytes: 128,
	value_bytes: 16_384,
	storage_bytes: 1024 * 1024,
	topic_bytes: 64,
	event_bytes: 1_024,
	events: 100,
	output_bytes: 1_024,
};

/// `seal`: pallet-contracts' schedule.
pub const SEAL: AbiLimits = AbiLimits {
	memory_pages: 16,
	key_bytes: 128,
	value_bytes: 16 * 1024,
	storage_bytes: u32::MAX,
	topic_bytes: 32,
	event_bytes: 16 * 1024,
	events: u32::MAX,
	output_bytes: 16 * 1024,
};

/// The limits of an ABI.
pub const fn of(abi: Abi) -> &'static AbiLimits {
	match abi {
		Abi::Seal => &SEAL,
		Abi::Baals => &BAALS,
		Abi::Aureon => &AUREON,
		Abi::Dytallix => &DYTALLIX,
	}
}
