//! What a call loads, made of what was uploaded.
//!
//! All sections but three are copied byte for byte, and nothing is renumbered, so the prepared module
//! does what the uploaded one does.

use super::{
	module::Module,
	sections::{Kind, Sections},
	MemoryLimits,
};
use alloc::{vec, vec::Vec};
use wasm_encoder::{CodeSection, MemorySection, MemoryType, RawSection};

/// A body for every type of function: no locals, `unreachable`, `end`.
const TRAP: [u8; 3] = [0x00, 0x00, 0x0b];

/// Rewrites a module that is valid: without custom sections, with [`TRAP`] for the body of every
/// function that nothing reaches, with the maximum of its memory set.
pub(super) fn prepare(
	code: &[u8],
	sections: &Sections<'_>,
	module: &Module<'_>,
	memory: MemoryLimits,
) -> Vec<u8> {
	let mut prepared = wasm_encoder::Module::new();
	for section in sections.iter() {
		match section.kind {
			Kind::Memory => prepared.section(&memory_section(memory)),
			Kind::Code => prepared.section(&code_section(code, module)),
			_ => {
				let data = code.get(section.range.clone()).unwrap_or_default();
				prepared.section(&RawSection { id: section.id, data })
			},
		};
	}
	prepared.finish()
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
		section.raw(match code.get(body.range.clone()) {
			// A body that is no longer than the trap is no gain, and the module must not grow.
			Some(bytes) if reached || bytes.len() <= TRAP.len() => bytes,
			_ => &TRAP,
		});
	}
	section
}

/// Which of the defined functions can run: what is exported or stands in an element segment, and what
/// those call. An indirect call reaches only what stands in a segment, as references are not allowed.
fn reachable(module: &Module<'_>) -> Vec<bool> {
	let imported = module.imported_functions();
	let mut reached = vec![false; module.bodies.len()];
	let exported = module.exports.iter().filter_map(|export| export.function());
	let mut open: Vec<u32> = exported.chain(module.element_items.iter().copied()).collect();
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
