//! What a frame is: accounts, block, gas, the stack below it.

use super::Buffer;
use crate::{
	exec::{Ext, Halt},
	host::Host,
};
use caisson_contracts_abi::{seal::SealContext, GuestPtr};
use codec::Encode;
use sp_runtime::DispatchError;

impl<E: Ext> Host<'_, E> {
	/// A block's height as this ABI has it.
	pub(super) fn height_bytes(height: u64) -> [u8; 4] {
		u32::try_from(height).unwrap_or(u32::MAX).to_le_bytes()
	}
}

impl<E: Ext> SealContext<Halt> for Host<'_, E> {
	fn caller(&mut self, out_ptr: GuestPtr, out_len_ptr: GuestPtr) -> Result<(), Halt> {
		let caller = self.ext.caller().ok_or(DispatchError::RootNotAllowed)?;
		self.fill(Buffer { ptr: out_ptr, len_ptr: out_len_ptr }, &caller)
	}

	fn caller_is_origin(&mut self) -> Result<i32, Halt> {
		Ok(self.ext.caller_is_origin().into())
	}

	fn caller_is_root(&mut self) -> Result<i32, Halt> {
		Ok(self.ext.caller_is_root().into())
	}

	fn address(&mut self, out_ptr: GuestPtr, out_len_ptr: GuestPtr) -> Result<(), Halt> {
		let account = self.ext.account();
		self.fill(Buffer { ptr: out_ptr, len_ptr: out_len_ptr }, &account)
	}

	fn gas_left_v0(&mut self, out_ptr: GuestPtr, out_len_ptr: GuestPtr) -> Result<(), Halt> {
		let left = self.ext.meter().left().ref_time();
		self.fill(Buffer { ptr: out_ptr, len_ptr: out_len_ptr }, &left.to_le_bytes())
	}

	fn gas_left_v1(&mut self, out_ptr: GuestPtr, out_len_ptr: GuestPtr) -> Result<(), Halt> {
		let left = self.ext.meter().left().encode();
		self.fill(Buffer { ptr: out_ptr, len_ptr: out_len_ptr }, &left)
	}

	fn now(&mut self, out_ptr: GuestPtr, out_len_ptr: GuestPtr) -> Result<(), Halt> {
		let now = self.ext.now_millis();
		self.fill(Buffer { ptr: out_ptr, len_ptr: out_len_ptr }, &now.to_le_bytes())
	}

	fn block_number(&mut self, out_ptr: GuestPtr, out_len_ptr: GuestPtr) -> Result<(), Halt> {
		let height = Self::height_bytes(self.ext.block_number());
		self.fill(Buffer { ptr: out_ptr, len_ptr: out_len_ptr }, &height)
	}

	fn reentrance_count(&mut self) -> Result<i32, Halt> {
		let frames = self.ext.frames_of(self.ext.account());
		Ok(frames.saturating_sub(1).cast_signed())
	}

	fn account_reentrance_count(&mut self, account_ptr: GuestPtr) -> Result<i32, Halt> {
		let account = self.memory.array(account_ptr)?;
		Ok(self.ext.frames_of(account).cast_signed())
	}

	fn instantiation_nonce(&mut self) -> Result<i64, Halt> {
		Ok(self.ext.instantiation_nonce().cast_signed())
	}
}
