//! What a call loads, made of what was uploaded.
//!
//! Most sections are copied byte for byte, and nothing is renumbered, so the prepared module does what the
//! uploaded one does. Memory that is imported becomes memory of the module's own, so that a call treats
//! all interfaces alike: its number stays 0, and functions are numbered apart from it. A start function
//! becomes an export, so that it runs when the frame is set up and may call the host. Functions with many
//! locals are charged for them.

use super::{
	super::{
		raw::{self, Entries},
		MEMORY, START,
	},
	imports::ImportedMemory,
	module::Module,
	sections::{Kind, Sections},
	MemoryLimits,
};
use crate::sandbox;
use alloc::{borrow::Cow, vec, vec::Vec};
use core::ops::Range;
use wasm_encoder::{
	CodeSection, Encode, ExportKind, MemorySection, MemoryType, RawSection, SectionId,
};

/// The instruction `nop`.
const NOP: u8 = 0x01;

/// A body for every type of function: no locals, `unreachable`, `end`.
const TRAP: [u8; 3] = [0x00, 0x00, 0x0b];

/// Rewrites a module that is valid: without custom sections, with [`TRAP`] for the body of every
/// function that nothing reaches, with the maximum of its memory set, and with a memory in place of the
/// one that it imports.
pub(super) fn prepare(
	code: &[u8],
	sections: &Sections<'_>,
	module: &Module<'_>,
	memory: MemoryLimits,
	imported: Option<ImportedMemory>,
) -> Vec<u8> {
	let mut prepared = wasm_encoder::Module::new();
	// Until its place has come: a module with it has exports, which come behind.
	let mut inserted = imported;
	for section in sections.iter() {
		if section.kind > Kind::Memory && inserted.take().is_some() {
			prepared.section(&memory_section(memory));
		}
		match (section.kind, imported) {
			(Kind::Import, Some(imported)) => {
				// A section of nothing would be no error, but is no use.
				if module.imports.len() > 1 {
					prepared.section(&import_section(code, &section.range, module, imported));
				}
			},
			(Kind::Export, _) => {
				let names_memory = imported.is_some();
				prepared.section(&export_section(code, &section.range, module, names_memory));
			},
			(Kind::Start, _) => {},
			(Kind::Memory, _) => {
				prepared.section(&memory_section(memory));
			},
			(Kind::Code, _) => {
				prepared.section(&code_section(code, module));
			},
			_ => {
				let data = code.get(section.range.clone()).unwrap_or_default();
				prepared.section(&RawSection { id: section.id, data });
			},
		}
	}
	prepared.finish()
}

/// A number of items, all of which are part of a code whose size is limited.
fn count(items: usize) -> u32 {
	u32::try_from(items).unwrap_or(u32::MAX)
}

/// All imports but that of memory.
fn import_section(
	code: &[u8],
	range: &Range<usize>,
	module: &Module<'_>,
	imported: ImportedMemory,
) -> Entries {
	let first = module.imports.first().map_or(range.end, |import| import.offset);
	let memory = module.imports.get(imported.import);
	let memory = memory.map_or(range.end..range.end, |import| import.offset..import.end);
	let before = code.get(first..memory.start).unwrap_or_default();
	let behind = code.get(memory.end..range.end).unwrap_or_default();
	let left = count(module.imports.len().saturating_sub(1));
	raw::entries(SectionId::Import, left, &[before, behind])
}

/// All exports, that of a memory which was imported, and that of a start function, by the names that the
/// host looks for.
fn export_section(
	code: &[u8],
	range: &Range<usize>,
	module: &Module<'_>,
	with_memory: bool,
) -> Entries {
	let first = module.exports.first().map_or(range.end, |export| export.offset);
	let exports = code.get(first..range.end).unwrap_or_default();
	let memory = with_memory.then_some((MEMORY, ExportKind::Memory, 0));
	let start = module.start.map(|start| (START, ExportKind::Func, start.function));
	let mut all = module.exports.len();
	let mut added = Vec::new();
	for (name, kind, index) in memory.into_iter().chain(start) {
		name.encode(&mut added);
		kind.encode(&mut added);
		index.encode(&mut added);
		all = all.saturating_add(1);
	}
	raw::entries(SectionId::Export, count(all), &[exports, &added])
}

fn memory_section(memory: MemoryLimits) -> MemorySection {
	let mut section = MemorySection::new();
	section.memory(MemoryType {
		minimum: memory.min_pages.into(),
		maximum: Some(memory.max_pages.into()),
		memory64: false,
		shared: false,
		page_size_log2: None,
	});
	section
}

fn code_section(code: &[u8], module: &Module<'_>) -> CodeSection {
	let mut section = CodeSection::new();
	for (body, reached) in module.bodies.iter().zip(reachable(module)) {
		match code.get(body.range.clone()) {
			// A body that is no longer than the trap is no gain, and the module must not grow.
			Some(bytes) if reached || bytes.len() <= TRAP.len() => {
				section.raw(&priced(bytes, body.locals));
			},
			_ => {
				section.raw(&TRAP);
			},
		}
	}
	section
}

/// Instructions of the functions that can run.
pub(super) fn instructions(module: &Module<'_>) -> u32 {
	let bodies = module.bodies.iter().zip(reachable(module));
	bodies
		.filter(|(_, reached)| *reached)
		.fold(0, |sum: u32, (body, _)| sum.saturating_add(body.instructions))
}

/// A body with an instruction that does nothing but cost for every so many of its locals, which the engine
/// clears at every call and has no price for. In front of the body's `end`: what stands there is charged
/// when the function is entered, and every other instruction stays where it was.
fn priced(body: &[u8], locals: u32) -> Cow<'_, [u8]> {
	let nops = locals.checked_div(sandbox::LOCALS_OF_A_NOP).unwrap_or(0) as usize;
	match body.split_last() {
		Some((end, before)) if nops > 0 => {
			let mut priced = before.to_vec();
			priced.resize(before.len().saturating_add(nops), NOP);
			priced.push(*end);
			Cow::Owned(priced)
		},
		_ => Cow::Borrowed(body),
	}
}

/// Which of the defined functions can run: what is exported, starts or stands in an element segment, and
/// what those call. An indirect call reaches only what stands in a segment, as references are not allowed.
fn reachable(module: &Module<'_>) -> Vec<bool> {
	let imported = module.imported_functions();
	let mut reached = vec![false; module.bodies.len()];
	let exported = module.exports.iter().filter_map(|export| export.function());
	let started = module.start.map(|start| start.function);
	let mut open: Vec<u32> =
		exported.chain(started).chain(module.element_items.iter().copied()).collect();
	while let Some(function) = open.pop() {
		let Some(defined) = (function as usize).checked_sub(imported) else { continue };
		let (Some(seen), Some(body)) = (reached.get_mut(defined), module.bodies.get(defined))
		else {
			continue;
		};
		if !core::mem::replace(seen, true) {
			open.extend(&body.calls);
		}
	}
	reached
}
