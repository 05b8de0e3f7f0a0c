//! Storage cells of any size, up to the 16 KiB of ink's buffer: beyond them ink traps.

#![cfg_attr(not(feature = "std"), no_std, no_main)]

#[ink::contract]
mod sizes {
	use ink::{
		prelude::{vec, vec::Vec},
		storage::{Lazy, Mapping, StorageVec},
	};

	#[ink(storage)]
	#[derive(Default)]
	pub struct Sizes {
		cells: Mapping<u32, Vec<u8>>,
		lazy: Lazy<Vec<u8>>,
		list: StorageVec<u64>,
	}

	impl Sizes {
		#[ink(constructor)]
		pub fn new() -> Self {
			Self::default()
		}

		/// Fills a cell with so many bytes; how many the host says it held before, with their prefix.
		#[ink(message)]
		pub fn write(&mut self, cell: u32, bytes: u32, fill: u8) -> Option<u32> {
			self.cells.insert(cell, &vec![fill; bytes as usize])
		}

		/// The same for so many cells from one on.
		#[ink(message)]
		pub fn write_many(&mut self, first: u32, cells: u32, bytes: u32) {
			let content = vec![0x55; bytes as usize];
			for cell in (first..).take(cells as usize) {
				self.cells.insert(cell, &content);
			}
		}

		#[ink(message)]
		pub fn read(&self, cell: u32) -> Option<Vec<u8>> {
			self.cells.get(cell)
		}

		/// How many bytes a cell holds, or an error where they exceed the 16 KiB of ink's buffer.
		#[ink(message)]
		pub fn readable(&self, cell: u32) -> Option<Result<u32, ()>> {
			let content = self.cells.try_get(cell)?;
			Some(content.map(|bytes| bytes.len() as u32).map_err(|_| ()))
		}

		/// What the host says a cell holds.
		#[ink(message)]
		pub fn size(&self, cell: u32) -> Option<u32> {
			self.cells.size(cell)
		}

		#[ink(message)]
		pub fn contains(&self, cell: u32) -> bool {
			self.cells.contains(cell)
		}

		/// Reads and removes a cell.
		#[ink(message)]
		pub fn take(&mut self, cell: u32) -> Option<Vec<u8>> {
			self.cells.take(cell)
		}

		#[ink(message)]
		pub fn clear(&mut self, cell: u32) {
			self.cells.remove(cell);
		}

		#[ink(message)]
		pub fn set_lazy(&mut self, bytes: u32, fill: u8) {
			self.lazy.set(&vec![fill; bytes as usize]);
		}

		#[ink(message)]
		pub fn lazy(&self) -> Option<Vec<u8>> {
			self.lazy.get()
		}

		#[ink(message)]
		pub fn push(&mut self, value: u64) {
			self.list.push(&value);
		}

		#[ink(message)]
		pub fn pop(&mut self) -> Option<u64> {
			self.list.pop()
		}

		#[ink(message)]
		pub fn item(&self, index: u32) -> Option<u64> {
			self.list.get(index)
		}

		#[ink(message)]
		pub fn len(&self) -> u32 {
			self.list.len()
		}

		#[ink(message)]
		pub fn clear_list(&mut self) {
			self.list.clear();
		}
	}
}

#[cfg(all(feature = "std", not(feature = "ink-as-dependency")))]
fn main() {
	shared::print_metadata();
}
