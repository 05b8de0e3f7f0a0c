//! Money, and what things cost.

use super::{Buffer, ReturnCode};
use crate::{
	exec::{Ext, Halt},
	host::Host,
};
use caisson_contracts_abi::{seal::SealBalance, GuestLen, GuestPtr};
use sp_runtime::Weight;

impl<E: Ext> Host<'_, E> {
	pub(super) fn fill_balance(
		&mut self,
		out_ptr: GuestPtr,
		out_len_ptr: GuestPtr,
		balance: u128,
	) -> Result<(), Halt> {
		self.fill(Buffer { ptr: out_ptr, len_ptr: out_len_ptr }, &balance.to_le_bytes())
	}
}

impl<E: Ext> SealBalance<Halt> for Host<'_, E> {
	fn transfer(
		&mut self,
		account_ptr: GuestPtr,
		_account_len: GuestLen,
		value_ptr: GuestPtr,
		_value_len: GuestLen,
	) -> Result<i32, Halt> {
		let account = self.memory.array(account_ptr)?;
		let value = self.balance_at(value_ptr)?;
		Ok(match self.ext.transfer(account, value) {
			Ok(()) => ReturnCode::Success.into(),
			Err(error) => self.refused(error.into())?.into(),
		})
	}

	fn balance(&mut self, out_ptr: GuestPtr, out_len_ptr: GuestPtr) -> Result<(), Halt> {
		let balance = self.ext.own_balance();
		self.fill_balance(out_ptr, out_len_ptr, balance)
	}

	fn value_transferred(&mut self, out_ptr: GuestPtr, out_len_ptr: GuestPtr) -> Result<(), Halt> {
		let value = self.ext.value_transferred();
		self.fill_balance(out_ptr, out_len_ptr, value)
	}

	fn minimum_balance(&mut self, out_ptr: GuestPtr, out_len_ptr: GuestPtr) -> Result<(), Halt> {
		let minimum = self.ext.minimum_balance();
		self.fill_balance(out_ptr, out_len_ptr, minimum)
	}

	fn weight_to_fee_v0(
		&mut self,
		gas: i64,
		out_ptr: GuestPtr,
		out_len_ptr: GuestPtr,
	) -> Result<(), Halt> {
		self.weight_to_fee_v1(gas, 0, out_ptr, out_len_ptr)
	}

	fn weight_to_fee_v1(
		&mut self,
		ref_time_limit: i64,
		proof_size_limit: i64,
		out_ptr: GuestPtr,
		out_len_ptr: GuestPtr,
	) -> Result<(), Halt> {
		let weight =
			Weight::from_parts(ref_time_limit.cast_unsigned(), proof_size_limit.cast_unsigned());
		let fee = self.ext.weight_price(weight);
		self.fill_balance(out_ptr, out_len_ptr, fee)
	}
}
