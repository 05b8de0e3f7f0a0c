//! The allocator: hands out memory and takes none back, as an instance lives for one call.

#![allow(unsafe_code, reason = "an allocator cannot be written otherwise")]

use core::{
	alloc::{GlobalAlloc, Layout},
	arch::wasm32::memory_grow,
	cell::Cell,
	ptr::null_mut,
};

const PAGE_BYTES: usize = 64 * 1024;

/// The free part of the page or pages that the heap owns.
struct Bump {
	/// Where the next allocation may begin; 0 before the first.
	next: Cell<usize>,
	/// The end of what the heap owns.
	end: Cell<usize>,
}

// SAFETY: the target has no threads.
unsafe impl Sync for Bump {}

#[global_allocator]
static HEAP: Bump = Bump { next: Cell::new(0), end: Cell::new(0) };

extern "C" {
	/// The linker's end of static data.
	static __heap_base: u8;
}

impl Bump {
	/// The pages that the linker asked for end at the first page boundary behind static data. Whatever
	/// lies further was grown by the host and holds arguments, so the size of memory says nothing.
	fn start(&self) {
		let base = &raw const __heap_base as usize;
		self.next.set(base);
		self.end.set(base.next_multiple_of(PAGE_BYTES));
	}

	/// Makes room for `len` bytes at the end of memory; false if the host grants none.
	fn grow(&self, len: usize) -> bool {
		let Some(start) = memory_grow::<0>(len.div_ceil(PAGE_BYTES)).checked_mul(PAGE_BYTES) else {
			return false;
		};
		if start != self.end.get() {
			self.next.set(start);
		}
		match len.checked_next_multiple_of(PAGE_BYTES).and_then(|len| start.checked_add(len)) {
			Some(end) => self.end.set(end),
			None => return false,
		}
		true
	}

	fn take(&self, layout: Layout) -> Option<usize> {
		let start = self.next.get().checked_next_multiple_of(layout.align())?;
		let next = start.checked_add(layout.size())?;
		if next > self.end.get() {
			return None;
		}
		self.next.set(next);
		Some(start)
	}
}

// SAFETY: `take` hands out each byte of what the heap owns once.
unsafe impl GlobalAlloc for Bump {
	unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
		if self.next.get() == 0 {
			self.start();
		}
		if let Some(start) = self.take(layout) {
			return start as *mut u8;
		}
		let fits = layout.size().checked_add(layout.align()).is_some_and(|len| self.grow(len));
		match self.take(layout) {
			Some(start) if fits => start as *mut u8,
			_ => null_mut(),
		}
	}

	unsafe fn dealloc(&self, _: *mut u8, _: Layout) {}
}
