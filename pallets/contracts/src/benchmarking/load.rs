//! What entering a frame takes, by what its module has; and what guests do themselves.

use super::{
	contract::{Contract, Run, Setup},
	guest::{Guest, Parts},
};
use crate::{limits, Config};
use alloc::{vec, vec::Vec};
use caisson_contracts_abi::Abi;
use wasm_encoder::{BlockType, Instruction};

/// Bytes of instructions that are behind each other in one function.
const CHUNK: u32 = 32 * 1024;

fn run<T: Config>(guest: &Guest) -> Setup<Run<T>> {
	Ok(Contract::<T>::new(guest)?.call())
}

/// A function of about so many bytes, of as many instructions, of which hardly one runs.
pub(super) fn long(bytes: u32) -> Vec<Instruction<'static>> {
	// There is no memory, so this is 0; of a constant the engine would leave out what does not run.
	let mut body = vec![
		Instruction::MemorySize(0),
		Instruction::If(BlockType::Empty),
		Instruction::MemorySize(0),
	];
	body.resize(body.len().saturating_add(bytes as usize), Instruction::I32Popcnt);
	body.extend([Instruction::Drop, Instruction::End]);
	body
}

/// A module with about `n` bytes of code, which is compiled in full.
pub(super) fn code_of(n: u32) -> Guest {
	let chunks = n / CHUNK;
	let rest = n.saturating_sub(chunks.saturating_mul(CHUNK));
	let sizes = core::iter::repeat_n(CHUNK, chunks as usize).chain([rest]);
	// A function's length is one of its own for small ones, too, so that none is a step.
	sizes.fold(Guest::empty(Abi::Seal), |guest, bytes| guest.function(long(bytes)))
}

/// A module with `f` functions of the shortest body.
pub(super) fn functions_of(f: u32) -> Guest {
	(0..f).fold(Guest::empty(Abi::Seal), |guest, _| guest.function(Vec::new()))
}

pub(super) fn instructions<T: Config>(n: u32) -> Setup<Run<T>> {
	run(&code_of(n))
}

pub(super) fn functions<T: Config>(n: u32) -> Setup<Run<T>> {
	run(&functions_of(n))
}

fn parts<T: Config>(parts: Parts) -> Setup<Run<T>> {
	run(&Guest::empty(Abi::Aureon).parts(parts))
}

pub(super) fn types<T: Config>(n: u32) -> Setup<Run<T>> {
	parts(Parts { types: n, ..Parts::default() })
}

pub(super) fn imports<T: Config>(n: u32) -> Setup<Run<T>> {
	run(&Guest::empty(Abi::Seal).importing("caller", n))
}

pub(super) fn globals<T: Config>(n: u32) -> Setup<Run<T>> {
	parts(Parts { globals: n, ..Parts::default() })
}

pub(super) fn exports<T: Config>(n: u32) -> Setup<Run<T>> {
	parts(Parts { exports: n, ..Parts::default() })
}

pub(super) fn data<T: Config>(n: u32) -> Setup<Run<T>> {
	run(&Guest::empty(Abi::Seal).pages(PAGES_OF_DATA).with(0, vec![1; n as usize]))
}

/// Enough for all data.
const PAGES_OF_DATA: u32 = 4;

pub(super) fn data_segments<T: Config>(n: u32) -> Setup<Run<T>> {
	let guest = Guest::empty(Abi::Seal).pages(PAGES_OF_DATA);
	run(&(0..n).fold(guest, |guest, _| guest.with(0, Vec::new())))
}

pub(super) fn elements<T: Config>(n: u32) -> Setup<Run<T>> {
	parts(Parts { table: limits::TABLE_ELEMENTS, elements: vec![n], ..Parts::default() })
}

pub(super) fn element_segments<T: Config>(n: u32) -> Setup<Run<T>> {
	parts(Parts { table: 1, elements: vec![0; n as usize], ..Parts::default() })
}

/// A contract with so many pages of memory, which are new to the instance of the runtime.
pub(super) fn pages<T: Config>(n: u32) -> Setup<Run<T>> {
	let contract = Contract::<T>::new(&Guest::empty(Abi::Aureon).pages(n))?;
	// What ran before left a block of that size, which the allocator would give away again: taken for good. The
	// instance ends with the benchmark's repetitions, and so does this.
	let left = vec![0u8; n.saturating_mul(limits::PAGE_BYTES) as usize];
	// Looked at, or the compiler would leave it out.
	core::mem::forget(core::hint::black_box(left));
	Ok(contract.call())
}

pub(super) fn memory_grow<T: Config>(n: u32) -> Setup<Run<T>> {
	let grow = [Instruction::I32Const(1), Instruction::MemoryGrow(0), Instruction::Drop];
	run(&Guest::empty(Abi::Aureon).repeat(n, &grow))
}

/// Additions in a round of [`instruction`].
pub(crate) const ADDITIONS: u32 = 100;

pub(super) fn instruction<T: Config>(r: u32) -> Setup<Run<T>> {
	let mut body = vec![Instruction::LocalGet(0)];
	for _ in 0..ADDITIONS {
		body.extend([Instruction::LocalGet(0), Instruction::I32Add]);
	}
	body.push(Instruction::Drop);
	run(&Guest::empty(Abi::Seal).repeat(r, &body))
}
