//! What a frame is: accounts, block, input, memory, gas.

use super::{code, Host};
use crate::{
	exec::{Ext, Halt, Trap},
	limits::PAGE_BYTES,
};
use caisson_contracts_abi::{
	baals::BaalsContext, dytallix::DytallixContext, gas, GuestLen, GuestPtr, HostCost,
};

/// Milliseconds in a second: blocks count in the former, these ABIs in the latter.
const MILLIS: u64 = 1_000;

impl<E: Ext> Host<'_, E> {
	fn seconds(&self) -> i64 {
		self.ext.now_millis().checked_div(MILLIS).unwrap_or(0).cast_signed()
	}

	fn height(&self) -> i64 {
		self.ext.block_number().cast_signed()
	}

	/// Copies the front of `source` to `ptr`, at most `cap` bytes, and returns how many.
	pub(super) fn copy_out(
		&mut self,
		source: &[u8],
		ptr: GuestPtr,
		cap: GuestLen,
	) -> Result<i32, Halt> {
		let len = source.len().min(usize::try_from(cap.0).unwrap_or(usize::MAX));
		let bytes = source.get(..len).unwrap_or(source);
		self.charge_bytes(HostCost::Copy, bytes)?;
		self.memory.write(ptr, bytes)?;
		Ok(code(len))
	}

	fn consume(&mut self, amount: u64) -> i32 {
		let weight = self.ext.weigh_abi_gas(amount);
		if self.ext.meter().try_charge(weight).is_err() {
			return -1;
		}
		self.ext.count_abi_gas(amount);
		0
	}
}

impl<E: Ext> BaalsContext<Halt> for Host<'_, E> {
	fn baals_get_sender(&mut self, ptr: GuestPtr) -> Result<(), Halt> {
		let caller = self.ext.caller().ok_or(Trap::NotAnAddress)?;
		self.memory.write(ptr, &caller)
	}

	fn baals_get_contract_id(&mut self, ptr: GuestPtr) -> Result<(), Halt> {
		let account = self.ext.account();
		self.memory.write(ptr, &account)
	}

	fn baals_get_block_timestamp(&mut self) -> Result<i64, Halt> {
		Ok(self.seconds())
	}

	fn baals_get_block_index(&mut self) -> Result<i64, Halt> {
		Ok(self.height())
	}

	fn baals_get_input_data(&mut self, ptr: GuestPtr, cap: GuestLen) -> Result<i32, Halt> {
		// Taken for the time of the copy, which borrows everything else.
		let input = self.state.input.take().unwrap_or_default();
		let copied = self.copy_out(&input, ptr, cap);
		self.state.input = Some(input);
		copied
	}

	fn baals_memory_grow(&mut self) -> Result<i32, Halt> {
		let pages = self.memory.len() / PAGE_BYTES;
		let grown = pages.saturating_sub(self.state.counted_pages);
		self.state.counted_pages = pages;
		self.ext.count_abi_gas(u64::from(grown).saturating_mul(gas::baals::baals_memory_grow()));
		Ok(code(usize::try_from(self.memory.len()).unwrap_or(usize::MAX)))
	}
}

impl<E: Ext> DytallixContext<Halt> for Host<'_, E> {
	fn consume_gas(&mut self, amount: i32) -> Result<i32, Halt> {
		Ok(self.consume(gas::dytallix::consume_gas(amount)))
	}

	fn consume_gas_wide(&mut self, amount: i64) -> Result<i32, Halt> {
		Ok(self.consume(gas::dytallix::consume_gas_wide(amount)))
	}

	fn block_timestamp(&mut self) -> Result<i64, Halt> {
		Ok(self.seconds())
	}

	fn block_number(&mut self) -> Result<i64, Halt> {
		Ok(self.height())
	}
}
