//! The linear memories that ended frames left behind.
//!
//! The runtime's allocator hands out blocks of powers of two, and gives a block that was freed to whoever asks
//! for that size next. A frame whose memory is such a block has to clear it; one whose memory is new to the
//! instance of the runtime has the machine find each page besides. Which of the two it is follows from the
//! frames of the root call alone, so that every node charges the same, whatever else it ran in that
//! instance.

/// Powers of two that a number of pages can be rounded up to: memories are below 4 GiB, 2^16 pages.
const CLASSES: usize = 17;

/// How many memories of each size wait to be used again.
#[derive(Default)]
pub(super) struct Memories {
	free: [u32; CLASSES],
}

impl Memories {
	fn class(&mut self, pages: u32) -> Option<&mut u32> {
		let class = pages.checked_next_power_of_two()?.trailing_zeros();
		self.free.get_mut(class as usize)
	}

	/// Takes a memory of so many pages: whether it is a new one.
	pub(super) fn take(&mut self, pages: u32) -> bool {
		match self.class(pages) {
			Some(free) if *free > 0 => {
				*free = free.saturating_sub(1);
				false
			},
			_ => true,
		}
	}

	/// Leaves a memory of so many pages.
	pub(super) fn leave(&mut self, pages: u32) {
		if pages == 0 {
			return;
		}
		if let Some(free) = self.class(pages) {
			*free = free.saturating_add(1);
		}
	}
}
