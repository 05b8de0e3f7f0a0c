//! What only old code asks for.

use super::Buffer;
use crate::{
	exec::{Ext, Halt, Hash, Trap},
	host::Host,
	limits,
};
use caisson_contracts_abi::{seal::SealLegacy, GuestLen, GuestPtr, HostCost};

impl<E: Ext> Host<'_, E> {
	fn random(&mut self, ptr: GuestPtr, len: GuestLen) -> Result<(Hash, u64), Halt> {
		let limit = limits::SUBJECT_BYTES;
		if len.0 > limit {
			return Err(Trap::SubjectTooLong { len: len.0, limit }.into());
		}
		let subject = self.copy_in(HostCost::Random, ptr, len)?;
		Ok(self.ext.random(&subject))
	}
}

impl<E: Ext> SealLegacy<Halt> for Host<'_, E> {
	fn random_v0(
		&mut self,
		subject_ptr: GuestPtr,
		subject_len: GuestLen,
		out_ptr: GuestPtr,
		out_len_ptr: GuestPtr,
	) -> Result<(), Halt> {
		let (hash, _) = self.random(subject_ptr, subject_len)?;
		self.fill(Buffer { ptr: out_ptr, len_ptr: out_len_ptr }, &hash)
	}

	fn random_v1(
		&mut self,
		subject_ptr: GuestPtr,
		subject_len: GuestLen,
		out_ptr: GuestPtr,
		out_len_ptr: GuestPtr,
	) -> Result<(), Halt> {
		let (hash, known_since) = self.random(subject_ptr, subject_len)?;
		let mut output = hash.to_vec();
		output.extend(Self::height_bytes(known_since));
		self.fill(Buffer { ptr: out_ptr, len_ptr: out_len_ptr }, &output)
	}

	fn tombstone_deposit(&mut self, out_ptr: GuestPtr, out_len_ptr: GuestPtr) -> Result<(), Halt> {
		self.fill_balance(out_ptr, out_len_ptr, 0)
	}

	fn restore_to_v0(
		&mut self,
		_dest_ptr: GuestPtr,
		_dest_len: GuestLen,
		_code_hash_ptr: GuestPtr,
		_code_hash_len: GuestLen,
		_rent_allowance_ptr: GuestPtr,
		_rent_allowance_len: GuestLen,
		_delta_ptr: GuestPtr,
		_delta_count: i32,
	) -> Result<(), Halt> {
		Ok(())
	}

	fn restore_to_v1(
		&mut self,
		_dest_ptr: GuestPtr,
		_code_hash_ptr: GuestPtr,
		_rent_allowance_ptr: GuestPtr,
		_delta_ptr: GuestPtr,
		_delta_count: i32,
	) -> Result<(), Halt> {
		Ok(())
	}

	fn set_rent_allowance_v0(
		&mut self,
		_value_ptr: GuestPtr,
		_value_len: GuestLen,
	) -> Result<(), Halt> {
		Ok(())
	}

	fn set_rent_allowance_v1(&mut self, _value_ptr: GuestPtr) -> Result<(), Halt> {
		Ok(())
	}

	fn rent_allowance(&mut self, out_ptr: GuestPtr, out_len_ptr: GuestPtr) -> Result<(), Halt> {
		self.fill_balance(out_ptr, out_len_ptr, u128::MAX)
	}
}
