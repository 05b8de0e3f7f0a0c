//! Why code is refused, and where.

use alloc::string::String;
use caisson_contracts_abi::{Abi, Status};
use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use core::fmt;
use frame_support::PalletError;
use scale_info::TypeInfo;

/// Code was refused.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Rejection {
	/// Why.
	pub reason: Reason,
	/// The byte of the uploaded code where it begins; 0 where the module as a whole is meant.
	pub offset: u32,
}

impl Rejection {
	/// A refusal of what begins at byte `offset`; an offset that no code reaches stays the largest.
	pub(crate) fn new(reason: Reason, offset: usize) -> Self {
		Self { reason, offset: u32::try_from(offset).unwrap_or(u32::MAX) }
	}

	/// A refusal of the module as a whole.
	pub(crate) fn whole(reason: Reason) -> Self {
		Self { reason, offset: 0 }
	}

	/// A refusal by the engine, which tells no place that means anything in the uploaded code.
	pub(crate) fn engine(message: String) -> Self {
		Self::whole(Reason::Engine { message })
	}
}

impl fmt::Display for Rejection {
	fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
		write!(f, "{} (at byte {})", self.reason, self.offset)
	}
}

/// What a module has too much of.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Item {
	/// Function types.
	Types,
	/// Parameters of one function.
	Parameters,
	/// Imports.
	Imports,
	/// Functions.
	Functions,
	/// Tables.
	Tables,
	/// Elements of one table.
	TableElements,
	/// Globals.
	Globals,
	/// Exports.
	Exports,
	/// Bytes of the name of one import or export.
	NameBytes,
	/// Element segments.
	ElementSegments,
	/// Items of all element segments together.
	ElementItems,
	/// Bytes of one function's body.
	FunctionBytes,
	/// Locals of one function.
	Locals,
	/// Targets of one `br_table`.
	BrTableTargets,
	/// Data segments.
	DataSegments,
}

impl Item {
	/// As it stands in a text, behind a number.
	const fn name(self) -> &'static str {
		match self {
			Self::Types => "function types",
			Self::Parameters => "parameters of one function",
			Self::Imports => "imports",
			Self::Functions => "functions",
			Self::Tables => "tables",
			Self::TableElements => "elements in a table",
			Self::Globals => "globals",
			Self::Exports => "exports",
			Self::NameBytes => "bytes in the name of an import or export",
			Self::ElementSegments => "element segments",
			Self::ElementItems => "items in all element segments together",
			Self::FunctionBytes => "bytes in the body of one function",
			Self::Locals => "locals of one function",
			Self::BrTableTargets => "targets of one br_table",
			Self::DataSegments => "data segments",
		}
	}

	/// The code of having too much of it.
	const fn code(self) -> RejectionCode {
		match self {
			Self::Types => RejectionCode::TooManyTypes,
			Self::Parameters => RejectionCode::TooManyParameters,
			Self::Imports => RejectionCode::TooManyImports,
			Self::Functions => RejectionCode::TooManyFunctions,
			Self::Tables => RejectionCode::TooManyTables,
			Self::TableElements => RejectionCode::TableTooLarge,
			Self::Globals => RejectionCode::TooManyGlobals,
			Self::Exports => RejectionCode::TooManyExports,
			Self::NameBytes => RejectionCode::NameTooLong,
			Self::ElementSegments => RejectionCode::TooManyElementSegments,
			Self::ElementItems => RejectionCode::TooManyElementItems,
			Self::FunctionBytes => RejectionCode::FunctionTooLarge,
			Self::Locals => RejectionCode::TooManyLocals,
			Self::BrTableTargets => RejectionCode::BrTableTooLarge,
			Self::DataSegments => RejectionCode::TooManyDataSegments,
		}
	}
}

/// Why code is refused, with what a developer needs to mend it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Reason {
	/// The code is longer than any code may be.
	CodeTooLarge {
		/// Its length in bytes.
		len: u64,
		/// The longest allowed.
		limit: u32,
	},
	/// The code does not begin as every Wasm module does.
	NotWasm,
	/// The code is a Wasm component.
	Component,
	/// The code is of another version of the Wasm format than 1.
	UnknownVersion {
		/// The version field.
		version: u32,
	},
	/// Floating point.
	Float {
		/// The type or instruction.
		what: String,
	},
	/// A feature of Wasm that contracts may not use.
	Feature {
		/// The feature, as its proposal is called.
		feature: &'static str,
		/// The type, instruction or declaration that belongs to it.
		what: String,
	},
	/// More of something than is allowed.
	OverLimit {
		/// Of what.
		item: Item,
		/// How much there is; at least so much, where counting stopped.
		count: u64,
		/// How much is allowed.
		limit: u32,
	},
	/// A start function, which would run before the call is set up.
	StartFunction,
	/// An import that no interface has.
	UnknownImport {
		/// Its module.
		module: String,
		/// Its name.
		name: String,
	},
	/// An import whose name is known, with another type.
	ImportType {
		/// Its module.
		module: String,
		/// Its name.
		name: String,
		/// The types that it may have.
		expected: String,
		/// The type that it has.
		found: String,
	},
	/// An import that is no function.
	ImportKind {
		/// Its module.
		module: String,
		/// Its name.
		name: String,
		/// What it is.
		kind: &'static str,
	},
	/// An import of a host function that new code may not use.
	ImportStatus {
		/// Its module.
		module: String,
		/// Its name.
		name: String,
		/// Its status.
		status: Status,
	},
	/// An import that asks for a chain extension, where there is none.
	NoExtension {
		/// Its module.
		module: String,
		/// Its name.
		name: String,
	},
	/// Parts of two interfaces.
	MixedAbis {
		/// The one that was told first.
		first: Abi,
		/// The one that came to it.
		second: Abi,
	},
	/// The custom section `caisson.abi` holds a name that no interface has.
	UnknownAbi {
		/// What it holds.
		name: String,
	},
	/// Nothing tells the interface.
	NoAbi,
	/// An exported function that the module imports.
	ExportedImport {
		/// The name of the export.
		name: String,
	},
	/// An exported function whose type the interface does not allow.
	ExportType {
		/// The name of the export.
		name: String,
		/// The type that it must have.
		expected: &'static str,
		/// The type that it has.
		found: String,
	},
	/// No function by which a call could enter.
	NoEntryPoint {
		/// The interface.
		abi: Abi,
	},
	/// An export that a seal contract may not have.
	ForbiddenExport {
		/// What it is.
		kind: &'static str,
		/// Its name.
		name: String,
	},
	/// An export that a seal contract must have is not there.
	MissingExport {
		/// Its name.
		name: &'static str,
	},
	/// No memory.
	NoMemory,
	/// A seal contract does not import its memory.
	MemoryNotImported,
	/// The memory is not exported as `memory`.
	MemoryNotExported,
	/// The memory begins larger than the interface allows.
	MemoryTooLarge {
		/// Its pages.
		pages: u64,
		/// The pages allowed.
		limit: u32,
	},
	/// The memory's maximum is larger than the interface allows.
	MemoryMaximum {
		/// The pages of its maximum.
		pages: u64,
		/// The pages allowed.
		limit: u32,
	},
	/// A data segment ends behind the memory's beginning size.
	DataOutOfBounds {
		/// Where it ends.
		end: u64,
		/// The bytes that there are.
		size: u64,
	},
	/// An element segment ends behind the table.
	ElementsOutOfBounds {
		/// Where it ends.
		end: u64,
		/// The elements that there are.
		size: u64,
	},
	/// The module breaks a rule of Wasm itself.
	Invalid {
		/// Which.
		message: String,
	},
	/// The engine refuses what all other checks accept.
	Engine {
		/// What it says.
		message: String,
	},
}

impl Reason {
	/// The reason without its details, as it stands in the error of a failed extrinsic.
	pub const fn code(&self) -> RejectionCode {
		match self {
			Self::CodeTooLarge { .. } => RejectionCode::CodeTooLarge,
			Self::NotWasm => RejectionCode::NotWasm,
			Self::Component => RejectionCode::Component,
			Self::UnknownVersion { .. } => RejectionCode::UnknownVersion,
			Self::Float { .. } => RejectionCode::Float,
			Self::Feature { .. } => RejectionCode::Feature,
			Self::OverLimit { item, .. } => item.code(),
			Self::StartFunction => RejectionCode::StartFunction,
			Self::UnknownImport { .. } => RejectionCode::UnknownImport,
			Self::ImportType { .. } => RejectionCode::ImportType,
			Self::ImportKind { .. } => RejectionCode::ImportKind,
			Self::ImportStatus { .. } | Self::NoExtension { .. } => RejectionCode::ImportStatus,
			Self::MixedAbis { .. } => RejectionCode::MixedAbis,
			Self::UnknownAbi { .. } => RejectionCode::UnknownAbi,
			Self::NoAbi => RejectionCode::NoAbi,
			Self::ExportedImport { .. } => RejectionCode::ExportedImport,
			Self::ExportType { .. } => RejectionCode::ExportType,
			Self::NoEntryPoint { .. } => RejectionCode::NoEntryPoint,
			Self::ForbiddenExport { .. } => RejectionCode::ForbiddenExport,
			Self::MissingExport { .. } => RejectionCode::MissingExport,
			Self::NoMemory => RejectionCode::NoMemory,
			Self::MemoryNotImported => RejectionCode::MemoryNotImported,
			Self::MemoryNotExported => RejectionCode::MemoryNotExported,
			Self::MemoryTooLarge { .. } => RejectionCode::MemoryTooLarge,
			Self::MemoryMaximum { .. } => RejectionCode::MemoryMaximum,
			Self::DataOutOfBounds { .. } => RejectionCode::DataOutOfBounds,
			Self::ElementsOutOfBounds { .. } => RejectionCode::ElementsOutOfBounds,
			Self::Invalid { .. } => RejectionCode::Invalid,
			Self::Engine { .. } => RejectionCode::Engine,
		}
	}
}

impl fmt::Display for Reason {
	fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
		match self {
			Self::CodeTooLarge { len, limit } => {
				write!(f, "the code has {len} bytes, the limit is {limit}")
			},
			Self::NotWasm => f.write_str("the code is not a Wasm module"),
			Self::Component => f.write_str("the code is a Wasm component; upload the core module"),
			Self::UnknownVersion { version } => {
				write!(f, "version {version:#x} of the Wasm format is not known, only 1 is")
			},
			Self::Float { what } => {
				write!(f, "floating point is not allowed in a contract: {what}")
			},
			Self::Feature { feature, what } => {
				write!(f, "the Wasm feature \"{feature}\" is not allowed in a contract: {what}")
			},
			Self::OverLimit { item, count, limit } => {
				write!(f, "{count} {}, the limit is {limit}", item.name())
			},
			Self::StartFunction => {
				f.write_str("only a seal contract may have a start function, and of its own")
			},
			Self::UnknownImport { module, name } => {
				write!(f, "no interface has the import {module:?} {name:?}")
			},
			Self::ImportType { module, name, expected, found } => {
				write!(f, "the import {module:?} {name:?} must be {expected}, it is {found}")
			},
			Self::ImportKind { module, name, kind } => {
				write!(f, "the import {module:?} {name:?} is a {kind}; only functions are imported")
			},
			Self::ImportStatus { module, name, status } => {
				let status = match status {
					Status::Stable => "stable",
					Status::Unstable => "unstable",
					Status::Deprecated => "deprecated",
				};
				write!(f, "the import {module:?} {name:?} is {status}: new code may not use it")
			},
			Self::NoExtension { module, name } => {
				write!(f, "the import {module:?} {name:?}: this chain has no chain extension")
			},
			Self::MixedAbis { first, second } => {
				let (first, second) = (first.name(), second.name());
				write!(f, "the module mixes the interfaces {first} and {second}")
			},
			Self::UnknownAbi { name } => {
				write!(f, "the section caisson.abi names {name:?}, which is no interface")
			},
			Self::NoAbi => f.write_str(
				"neither imports nor exports tell the interface; name it in a section caisson.abi",
			),
			Self::ExportedImport { name } => {
				write!(f, "the export {name:?} is an imported function")
			},
			Self::ExportType { name, expected, found } => {
				write!(f, "the exported function {name:?} must be {expected}, it is {found}")
			},
			Self::NoEntryPoint { abi: Abi::Dytallix } => f.write_str(
				"a dytallix contract exports a function contract_<method> of (i32, i32) -> i32",
			),
			Self::NoEntryPoint { abi } => {
				write!(f, "a contract of the interface {} exports a function", abi.name())
			},
			Self::ForbiddenExport { kind, name } => write!(
				f,
				"a seal contract exports the functions \"call\" and \"deploy\" and nothing else, \
				 not the {kind} {name:?}"
			),
			Self::MissingExport { name } => {
				write!(f, "a seal contract exports a function {name:?}")
			},
			Self::NoMemory => f.write_str("the module defines no memory"),
			Self::MemoryNotImported => {
				f.write_str("a seal contract imports its memory as \"env\" \"memory\"")
			},
			Self::MemoryNotExported => f.write_str("the memory is not exported as \"memory\""),
			Self::MemoryTooLarge { pages, limit } => {
				write!(f, "the memory begins with {pages} pages, the limit is {limit}")
			},
			Self::MemoryMaximum { pages, limit } => {
				write!(f, "the memory's maximum is {pages} pages, the limit is {limit}")
			},
			Self::DataOutOfBounds { end, size } => {
				write!(f, "a data segment ends at {end}, the memory begins with {size} bytes")
			},
			Self::ElementsOutOfBounds { end, size } => {
				write!(f, "an element segment ends at {end}, the table has {size} elements")
			},
			Self::Invalid { message } => write!(f, "the module is not valid Wasm: {message}"),
			Self::Engine { message } => write!(f, "the engine refuses the module: {message}"),
		}
	}
}

/// A [`Reason`] without its details: small enough for a dispatch error.
///
/// The numbers are part of the metadata: append, never move.
#[derive(
	Clone,
	Copy,
	PartialEq,
	Eq,
	Debug,
	Encode,
	Decode,
	DecodeWithMemTracking,
	MaxEncodedLen,
	TypeInfo,
	PalletError,
)]
pub enum RejectionCode {
	/// The code is longer than any code may be.
	CodeTooLarge,
	/// The code is not a Wasm module.
	NotWasm,
	/// The code is a Wasm component.
	Component,
	/// The code is of an unknown version of the Wasm format.
	UnknownVersion,
	/// The module breaks a rule of Wasm itself.
	Invalid,
	/// The engine refuses the module.
	Engine,
	/// The code uses floating point.
	Float,
	/// The code uses a feature of Wasm that contracts may not use.
	Feature,
	/// The module has a start function.
	StartFunction,
	/// The module has too many function types.
	TooManyTypes,
	/// A function has too many parameters.
	TooManyParameters,
	/// The module has too many imports.
	TooManyImports,
	/// The module has too many functions.
	TooManyFunctions,
	/// The module has too many tables.
	TooManyTables,
	/// A table has too many elements.
	TableTooLarge,
	/// The module has too many globals.
	TooManyGlobals,
	/// The module has too many exports.
	TooManyExports,
	/// The name of an import or export is too long.
	NameTooLong,
	/// The module has too many element segments.
	TooManyElementSegments,
	/// The element segments have too many items together.
	TooManyElementItems,
	/// The body of a function is too long.
	FunctionTooLarge,
	/// A function has too many locals.
	TooManyLocals,
	/// A `br_table` has too many targets.
	BrTableTooLarge,
	/// The module has too many data segments.
	TooManyDataSegments,
	/// No interface has an import of that name.
	UnknownImport,
	/// An import has the wrong type.
	ImportType,
	/// An import is no function.
	ImportKind,
	/// An import is not open to new code.
	ImportStatus,
	/// The module mixes two interfaces.
	MixedAbis,
	/// The custom section `caisson.abi` names no interface.
	UnknownAbi,
	/// Nothing tells the interface.
	NoAbi,
	// 31 is free: it meant an interface that was known and did not run.
	/// An imported function is exported.
	#[codec(index = 32)]
	ExportedImport,
	/// An exported function has the wrong type.
	#[codec(index = 33)]
	ExportType,
	/// No exported function can be called.
	#[codec(index = 34)]
	NoEntryPoint,
	/// The module defines no memory.
	#[codec(index = 35)]
	NoMemory,
	/// The memory is not exported.
	#[codec(index = 36)]
	MemoryNotExported,
	/// The memory begins too large.
	#[codec(index = 37)]
	MemoryTooLarge,
	/// A data segment does not fit into memory.
	#[codec(index = 38)]
	DataOutOfBounds,
	/// An element segment does not fit into its table.
	#[codec(index = 39)]
	ElementsOutOfBounds,
	/// A seal contract exports what it may not.
	#[codec(index = 40)]
	ForbiddenExport,
	/// A seal contract does not export what it must.
	#[codec(index = 41)]
	MissingExport,
	/// A seal contract does not import its memory.
	#[codec(index = 42)]
	MemoryNotImported,
	/// The memory's maximum is too large.
	#[codec(index = 43)]
	MemoryMaximum,
	/// The code was uploaded to pallet-contracts as code that need not be deterministic.
	#[codec(index = 44)]
	Indeterministic,
}
