//! Guest memory: bounds first, and only then anything else.

use crate::exec::{Halt, Trap};
use alloc::vec::Vec;
use caisson_contracts_abi::{GuestLen, GuestPtr};

/// The memory of the running guest while a host function has it.
pub(crate) struct GuestMemory<'a>(&'a mut [u8]);

impl<'a> GuestMemory<'a> {
	/// Over the bytes of a linear memory.
	pub(crate) fn new(bytes: &'a mut [u8]) -> Self {
		Self(bytes)
	}

	/// The memory's size in bytes. Below 2^32: limits allow no more pages.
	pub(crate) fn len(&self) -> u32 {
		u32::try_from(self.0.len()).unwrap_or(u32::MAX)
	}

	fn span(ptr: GuestPtr, len: GuestLen) -> Option<core::ops::Range<usize>> {
		let start = usize::try_from(ptr.0).ok()?;
		let end = start.checked_add(usize::try_from(len.0).ok()?)?;
		Some(start..end)
	}

	/// The bytes at `ptr`, if all of them are in memory. No copy, so any length is safe.
	pub(crate) fn bytes(&self, ptr: GuestPtr, len: GuestLen) -> Option<&[u8]> {
		self.0.get(Self::span(ptr, len)?)
	}

	/// Copies `bytes` to `ptr`; nothing is written unless all of it fits.
	pub(crate) fn put(&mut self, ptr: GuestPtr, bytes: &[u8]) -> Option<()> {
		let len = GuestLen(u32::try_from(bytes.len()).ok()?);
		self.0.get_mut(Self::span(ptr, len)?)?.copy_from_slice(bytes);
		Some(())
	}

	/// The bytes at `ptr`.
	///
	/// # Errors
	///
	/// A trap if not all of them are in memory.
	pub(crate) fn read(&self, ptr: GuestPtr, len: GuestLen) -> Result<&[u8], Halt> {
		self.bytes(ptr, len).ok_or_else(|| out_of_bounds(ptr, len))
	}

	/// The bytes from `ptr` to the end of memory.
	///
	/// # Errors
	///
	/// A trap if memory ends before.
	pub(crate) fn rest(&self, ptr: GuestPtr) -> Result<&[u8], Halt> {
		usize::try_from(ptr.0)
			.ok()
			.and_then(|at| self.0.get(at..))
			.ok_or_else(|| out_of_bounds(ptr, GuestLen(0)))
	}

	/// The `N` bytes at `ptr`: a value whose size is fixed.
	///
	/// # Errors
	///
	/// A trap if not all of them are in memory.
	pub(crate) fn array<const N: usize>(&self, ptr: GuestPtr) -> Result<[u8; N], Halt> {
		let len = GuestLen(u32::try_from(N).unwrap_or(u32::MAX));
		let bytes = self.read(ptr, len)?;
		bytes.first_chunk().copied().ok_or_else(|| out_of_bounds(ptr, len))
	}

	/// The bytes at `ptr`, copied, if they are no more than `limit`.
	///
	/// # Errors
	///
	/// A trap if there are more or not all of them are in memory.
	pub(crate) fn read_limited(
		&self,
		what: &'static str,
		ptr: GuestPtr,
		len: GuestLen,
		limit: u32,
	) -> Result<Vec<u8>, Halt> {
		if len.0 > limit {
			return Err(Trap::LimitExceeded { what, len: len.0, limit }.into());
		}
		Ok(self.read(ptr, len)?.to_vec())
	}

	/// Copies `bytes` to `ptr`.
	///
	/// # Errors
	///
	/// A trap if they do not fit.
	pub(crate) fn write(&mut self, ptr: GuestPtr, bytes: &[u8]) -> Result<(), Halt> {
		let len = GuestLen(u32::try_from(bytes.len()).unwrap_or(u32::MAX));
		self.put(ptr, bytes).ok_or_else(|| out_of_bounds(ptr, len))
	}
}

fn out_of_bounds(ptr: GuestPtr, len: GuestLen) -> Halt {
	Trap::PointerOutOfBounds { ptr: ptr.0, len: len.0 }.into()
}
