//! The exported functions, by which calls enter.

use super::{
	super::reject::{Reason, Rejection},
	module::{Export, Module, Signature},
	reader,
};
use alloc::{
	format,
	string::{String, ToString},
};
use caisson_contracts_abi::{types::WasmType, Abi};
use wasmparser::ExternalKind;

/// What the names of `dytallix` entry points begin with.
pub(super) const DYTALLIX_PREFIX: &str = "contract_";

/// What a seal contract exports: its constructor's entry and that of its messages.
const SEAL_ENTRIES: [&str; 2] = ["deploy", "call"];

/// Checks the exported functions by the rules of `abi`.
///
/// # Errors
///
/// An imported function is exported, one has a type that the ABI does not allow, or none can be
/// called; of a seal contract, anything else is exported, too.
pub(super) fn ensure(module: &Module<'_>, abi: Abi) -> Result<(), Rejection> {
	if abi == Abi::Seal {
		ensure_seal_entries(module)?;
	}
	let mut entries = 0u32;
	for export in &module.exports {
		let Some(function) = export.function() else { continue };
		let signature = own_signature(module, export, function)?;
		if is_entry(export, signature, abi)? {
			entries = entries.saturating_add(1);
		}
	}
	match entries {
		0 => Err(Rejection::whole(Reason::NoEntryPoint { abi })),
		_ => Ok(()),
	}
}

/// Refuses a seal contract that does not export both entries, or anything beside them.
fn ensure_seal_entries(module: &Module<'_>) -> Result<(), Rejection> {
	let is_entry =
		|export: &&Export<'_>| export.function().is_some() && SEAL_ENTRIES.contains(&export.name);
	if let Some(export) = module.exports.iter().find(|export| !is_entry(export)) {
		let (kind, name) = (kind(export.kind), export.name.to_string());
		return Err(Rejection::new(Reason::ForbiddenExport { kind, name }, export.offset));
	}
	let is_there = |name: &str| module.exports.iter().any(|export| export.name == name);
	match SEAL_ENTRIES.into_iter().find(|name| !is_there(name)) {
		Some(name) => Err(Rejection::whole(Reason::MissingExport { name })),
		None => Ok(()),
	}
}

const fn kind(kind: ExternalKind) -> &'static str {
	match kind {
		ExternalKind::Func => "function",
		ExternalKind::Table => "table",
		ExternalKind::Memory => "memory",
		ExternalKind::Global => "global",
		ExternalKind::Tag => "tag",
	}
}

/// The type of an exported function. One that the module imports is refused: a call would enter the
/// host without any code of the contract around it.
fn own_signature<'m>(
	module: &'m Module<'_>,
	export: &Export<'_>,
	function: u32,
) -> Result<&'m Signature, Rejection> {
	if module.defined(function).is_none() {
		let reason = Reason::ExportedImport { name: export.name.to_string() };
		return Err(Rejection::new(reason, export.offset));
	}
	module
		.signature(function)
		.ok_or_else(|| reader::malformed(format!("there is no function {function}"), export.offset))
}

/// Whether a call can enter here.
fn is_entry(export: &Export<'_>, signature: &Signature, abi: Abi) -> Result<bool, Rejection> {
	match abi {
		Abi::Baals if !is_bytes_to_code(signature) => {
			Err(wrong_type(export, "(i32, i32) -> i32", signature.to_string()))
		},
		// Integers are the only types that have come so far, and one result at most.
		Abi::Baals | Abi::Aureon => Ok(true),
		// Others are the contract's own business: a call cannot name them.
		Abi::Dytallix => {
			Ok(export.name.starts_with(DYTALLIX_PREFIX) && is_bytes_to_code(signature))
		},
		Abi::Seal => match (signature.params.as_slice(), signature.result) {
			([], None | Some(WasmType::I32)) => Ok(true),
			_ => Err(wrong_type(export, "() or () -> i32", signature.to_string())),
		},
	}
}

/// Whether a function takes a pointer and a length, and returns a number.
fn is_bytes_to_code(signature: &Signature) -> bool {
	signature.params.as_slice() == [WasmType::I32; 2] && signature.result == Some(WasmType::I32)
}

fn wrong_type(export: &Export<'_>, expected: &'static str, found: String) -> Rejection {
	let reason = Reason::ExportType { name: export.name.to_string(), expected, found };
	Rejection::new(reason, export.offset)
}
