//! What an upload must be: named steps, in the order in which they refuse.
//!
//! The rule of this room: it reads what anybody may send, in a runtime where a `usize` has 32 bits.
//! So lengths are compared with what is left before anything is sliced ([`module`] hands out no
//! section that is not whole), counts are compared with their limit before anything is collected, and
//! every refusal names its byte.

mod abi;
mod entry;
mod features;
mod imports;
mod module;
mod prepare;
mod reader;
mod sections;

use super::{
	reject::{Item, Reason, Rejection},
	Open,
};
use crate::{limits, types::LoadInputs};
use alloc::vec::Vec;
use caisson_contracts_abi::{Abi, FunctionId};
use imports::Imports;
use module::{Memory, Module};
use wasmparser::Validator;

/// Code that passed every check but the engine's own.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct Validated {
	/// The interface that it belongs to.
	pub(crate) abi: Abi,
	/// The row of each imported function, in the order of imports.
	pub(crate) plan: Vec<FunctionId>,
	/// What a call loads: the module without custom sections and without the bodies of functions that
	/// nothing reaches, its memory its own, exported and bounded.
	pub(crate) prepared: Vec<u8>,
	/// The memory that the prepared module asks for.
	pub(crate) memory: MemoryLimits,
	/// What the price of loading the prepared module depends on.
	pub(crate) inputs: LoadInputs,
}

/// The bounds of a memory, in pages.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct MemoryLimits {
	/// What it begins with.
	pub(crate) min_pages: u32,
	/// What it can grow to: what the module declares, at most what the ABI allows.
	pub(crate) max_pages: u32,
}

/// Checks `code` and prepares it for loading, if it asks for no host functions but those that are `open`
/// to it.
///
/// # Errors
///
/// The first reason to refuse it, and its place.
pub(crate) fn validate(code: &[u8], open: Open) -> Result<Validated, Rejection> {
	ensure_size(code)?;
	sections::ensure_header(code)?;
	let sections = sections::split(code)?;
	// Refuses floats, all features that are not allowed, and whatever is over its limit.
	let module = Module::read(code, &sections)?;
	let imports = imports::resolve(&module, open)?;
	let abi = abi::recognise(&module, &imports)?;
	ensure_start(&module, abi)?;
	entry::ensure(&module, abi)?;
	let memory = ensure_memory(&module, &imports, abi)?;
	ensure_data_fits(&module, memory)?;
	ensure_elements_fit(&module)?;
	ensure_valid(code)?;
	let prepared = prepare::prepare(code, &sections, &module, memory, imports.memory);
	let inputs = inputs(&module, &imports, memory, &prepared);
	Ok(Validated { abi, plan: imports.plan, prepared, memory, inputs })
}

fn ensure_size(code: &[u8]) -> Result<(), Rejection> {
	let limit = limits::CODE_BYTES;
	if code.len() > limit as usize {
		let reason = Reason::CodeTooLarge { len: code.len() as u64, limit };
		return Err(Rejection::new(reason, limit as usize));
	}
	Ok(())
}

/// Refuses `count` of `item` over `limit`, counted at byte `offset`.
fn ensure_limit(item: Item, count: u64, limit: u32, offset: usize) -> Result<(), Rejection> {
	if count > u64::from(limit) {
		return Err(Rejection::new(Reason::OverLimit { item, count, limit }, offset));
	}
	Ok(())
}

/// A start function belongs to `seal` alone: compilers emit one to clear memory that they import. The
/// module's own, as what an export names.
fn ensure_start(module: &Module<'_>, abi: Abi) -> Result<(), Rejection> {
	let Some(start) = module.start else { return Ok(()) };
	if abi == Abi::Seal && module.defined(start.function).is_some() {
		return Ok(());
	}
	Err(Rejection::new(Reason::StartFunction, start.offset))
}

/// The one memory, within the limit of the interface.
fn ensure_memory(
	module: &Module<'_>,
	imports: &Imports,
	abi: Abi,
) -> Result<MemoryLimits, Rejection> {
	let limit = limits::of(abi).memory_pages;
	let memory = match abi {
		Abi::Seal => imported_memory(module, imports)?,
		Abi::Baals | Abi::Aureon | Abi::Dytallix => own_memory(module)?,
	};
	// What does not even fit 32 bits is over every limit, too.
	let too_large =
		Rejection::new(Reason::MemoryTooLarge { pages: memory.min, limit }, memory.offset);
	let min_pages =
		u32::try_from(memory.min).ok().filter(|pages| *pages <= limit).ok_or(too_large)?;
	// Seal's rule; the others' compilers write a maximum that nobody chose.
	if let (Abi::Seal, Some(pages)) = (abi, memory.max.filter(|max| *max > limit.into())) {
		return Err(Rejection::new(Reason::MemoryMaximum { pages, limit }, memory.offset));
	}
	// A module without a maximum means "as much as I get"; one that declares less keeps its word.
	let max_pages =
		memory.max.and_then(|max| u32::try_from(max).ok()).map_or(limit, |max| max.min(limit));
	Ok(MemoryLimits { min_pages, max_pages })
}

/// The memory that a module defines and exports by the name that the host looks for.
fn own_memory(module: &Module<'_>) -> Result<Memory, Rejection> {
	let memory = module.memory.ok_or(Rejection::whole(Reason::NoMemory))?;
	if !module.exports.iter().any(|export| export.is_memory("memory")) {
		return Err(Rejection::new(Reason::MemoryNotExported, memory.offset));
	}
	Ok(memory)
}

/// The memory that a module imports, beside which it has none of its own.
fn imported_memory(module: &Module<'_>, imports: &Imports) -> Result<Memory, Rejection> {
	match (imports.memory, module.memory) {
		(Some(imported), None) => Ok(imported.memory),
		(Some(_), Some(own)) => Err(module::second_memory(own.offset)),
		(None, Some(own)) => Err(Rejection::new(Reason::MemoryNotImported, own.offset)),
		(None, None) => Err(Rejection::whole(Reason::MemoryNotImported)),
	}
}

/// What would trap on every instantiation is refused once.
fn ensure_data_fits(module: &Module<'_>, memory: MemoryLimits) -> Result<(), Rejection> {
	let size = u64::from(memory.min_pages).saturating_mul(limits::PAGE_BYTES.into());
	match module.data.iter().find(|segment| segment.end() > size) {
		Some(segment) => Err(Rejection::new(
			Reason::DataOutOfBounds { end: segment.end(), size },
			segment.offset,
		)),
		None => Ok(()),
	}
}

/// As [`ensure_data_fits`], for the table.
fn ensure_elements_fit(module: &Module<'_>) -> Result<(), Rejection> {
	let size = u64::from(module.table_elements);
	match module.elements.iter().find(|segment| segment.end() > size) {
		Some(segment) => Err(Rejection::new(
			Reason::ElementsOutOfBounds { end: segment.end(), size },
			segment.offset,
		)),
		None => Ok(()),
	}
}

/// The rules of Wasm itself, with exactly the features that contracts may use.
fn ensure_valid(code: &[u8]) -> Result<(), Rejection> {
	Validator::new_with_features(features::ALLOWED)
		.validate_all(code)
		.map(|_| ())
		.map_err(reader::invalid)
}

fn inputs(
	module: &Module<'_>,
	imports: &Imports,
	memory: MemoryLimits,
	prepared: &[u8],
) -> LoadInputs {
	// Everything counted here is part of a code whose size is limited, so it fits 32 bits.
	let count = |len: usize| u32::try_from(len).unwrap_or(u32::MAX);
	let data_bytes = module.data.iter().fold(0, |sum: u32, data| sum.saturating_add(data.len));
	LoadInputs {
		code_bytes: count(prepared.len()).saturating_sub(data_bytes),
		instructions: prepare::instructions(module),
		functions: count(module.functions.len()),
		types: count(module.types.len()),
		imports: count(module.imported_functions()),
		globals: module.globals,
		// An imported memory and a start function have become exports.
		exports: count(module.exports.len())
			.saturating_add(imports.memory.is_some().into())
			.saturating_add(module.start.is_some().into()),
		data_bytes,
		data_segments: count(module.data.len()),
		table_elements: module.table_elements,
		element_items: count(module.element_items.len()),
		element_segments: count(module.elements.len()),
		pages: memory.min_pages,
	}
}
