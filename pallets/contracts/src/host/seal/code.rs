//! Codes: whose is which, and what a contract does with its own.

use super::{Buffer, ReturnCode};
use crate::{
	exec::{Ext, Halt},
	host::Host,
};
use caisson_contracts_abi::{seal::SealCode, GuestPtr};

impl<E: Ext> SealCode<Halt> for Host<'_, E> {
	fn is_contract(&mut self, account_ptr: GuestPtr) -> Result<i32, Halt> {
		let account = self.memory.array(account_ptr)?;
		Ok(self.ext.code_hash_of(account).is_some().into())
	}

	fn code_hash(
		&mut self,
		account_ptr: GuestPtr,
		out_ptr: GuestPtr,
		out_len_ptr: GuestPtr,
	) -> Result<i32, Halt> {
		let account = self.memory.array(account_ptr)?;
		let Some(hash) = self.ext.code_hash_of(account) else {
			return Ok(ReturnCode::KeyNotFound.into());
		};
		self.fill(Buffer { ptr: out_ptr, len_ptr: out_len_ptr }, &hash)?;
		Ok(ReturnCode::Success.into())
	}

	fn own_code_hash(&mut self, out_ptr: GuestPtr, out_len_ptr: GuestPtr) -> Result<(), Halt> {
		let hash = self.ext.own_code_hash();
		self.fill(Buffer { ptr: out_ptr, len_ptr: out_len_ptr }, &hash)
	}

	fn set_code_hash(&mut self, code_hash_ptr: GuestPtr) -> Result<i32, Halt> {
		let hash = self.memory.array(code_hash_ptr)?;
		Ok(match self.ext.set_code_hash(hash) {
			Ok(()) => ReturnCode::Success.into(),
			Err(error) => self.refused(error.into())?.into(),
		})
	}

	fn lock_delegate_dependency(&mut self, code_hash_ptr: GuestPtr) -> Result<(), Halt> {
		let hash = self.memory.array(code_hash_ptr)?;
		Ok(self.ext.lock_dependency(hash)?)
	}

	fn unlock_delegate_dependency(&mut self, code_hash_ptr: GuestPtr) -> Result<(), Halt> {
		let hash = self.memory.array(code_hash_ptr)?;
		Ok(self.ext.unlock_dependency(hash)?)
	}
}
