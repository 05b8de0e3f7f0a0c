//! Storage, for ever and for as long as the root call.

use super::{len_or_sentinel, Buffer, ReturnCode};
use crate::{
	exec::{Access, Ext, Halt, Key, Trap},
	host::{byte_len, Host},
};
use alloc::vec::Vec;
use caisson_contracts_abi::{
	seal::{SealStorage, SealTransient},
	GuestLen, GuestPtr, HostCost,
};

/// A key, copied: it is short, and what is done with it needs all of the host.
enum OwnedKey {
	Var(Vec<u8>),
	Fix([u8; 32]),
}

impl OwnedKey {
	fn as_key(&self) -> Key<'_> {
		match self {
			Self::Var(bytes) => Key::Var(bytes),
			Self::Fix(bytes) => Key::Fix(bytes),
		}
	}
}

impl<E: Ext> Host<'_, E> {
	fn fixed_key(&self, ptr: GuestPtr) -> Result<OwnedKey, Halt> {
		self.memory.array(ptr).map(OwnedKey::Fix)
	}

	fn var_key_bytes(&self, ptr: GuestPtr, len: GuestLen) -> Result<Vec<u8>, Halt> {
		self.memory.read_limited("key", ptr, len, self.limits().key_bytes)
	}

	fn var_key(&self, ptr: GuestPtr, len: GuestLen) -> Result<OwnedKey, Halt> {
		self.var_key_bytes(ptr, len).map(OwnedKey::Var)
	}

	/// A value in memory. It is paid for when it is written, with the one that it replaces.
	fn value(&self, ptr: GuestPtr, len: GuestLen) -> Result<Vec<u8>, Halt> {
		let limit = self.limits().value_bytes;
		if len.0 > limit {
			return Err(Trap::ValueTooLarge { len: len.0, limit }.into());
		}
		Ok(self.memory.read(ptr, len)?.to_vec())
	}

	fn set(&mut self, key: &OwnedKey, ptr: GuestPtr, len: GuestLen) -> Result<i32, Halt> {
		let value = self.value(ptr, len)?;
		self.store(key.as_key(), value).map(len_or_sentinel)
	}

	fn clear(&mut self, key: &OwnedKey) -> Result<i32, Halt> {
		self.touch(key.as_key(), Access::Remove)?;
		let old = self.ext.storage_len(key.as_key());
		self.charge_units(HostCost::StorageRemove, old.unwrap_or(0))?;
		if old.is_some() {
			self.ext.set_storage(key.as_key(), None)?;
		}
		Ok(len_or_sentinel(old))
	}

	fn get(&mut self, key: &OwnedKey, output: Buffer) -> Result<i32, Halt> {
		let Some(value) = self.load(key.as_key())? else {
			return Ok(ReturnCode::KeyNotFound.into());
		};
		self.fill(output, &value)?;
		Ok(ReturnCode::Success.into())
	}

	fn contains(&mut self, key: &OwnedKey) -> Result<i32, Halt> {
		// The chain reads the value to know its length.
		self.touch(key.as_key(), Access::Read)?;
		let len = self.ext.storage_len(key.as_key());
		self.charge_units(HostCost::StorageRead, len.unwrap_or(0))?;
		Ok(len_or_sentinel(len))
	}
}

impl<E: Ext> SealStorage<Halt> for Host<'_, E> {
	fn set_storage_v0(
		&mut self,
		key_ptr: GuestPtr,
		value_ptr: GuestPtr,
		value_len: GuestLen,
	) -> Result<(), Halt> {
		self.set_storage_v1(key_ptr, value_ptr, value_len).map(|_| ())
	}

	fn set_storage_v1(
		&mut self,
		key_ptr: GuestPtr,
		value_ptr: GuestPtr,
		value_len: GuestLen,
	) -> Result<i32, Halt> {
		let key = self.fixed_key(key_ptr)?;
		self.set(&key, value_ptr, value_len)
	}

	fn set_storage_v2(
		&mut self,
		key_ptr: GuestPtr,
		key_len: GuestLen,
		value_ptr: GuestPtr,
		value_len: GuestLen,
	) -> Result<i32, Halt> {
		let key = self.var_key(key_ptr, key_len)?;
		self.set(&key, value_ptr, value_len)
	}

	fn clear_storage_v0(&mut self, key_ptr: GuestPtr) -> Result<(), Halt> {
		let key = self.fixed_key(key_ptr)?;
		self.clear(&key).map(|_| ())
	}

	fn clear_storage_v1(&mut self, key_ptr: GuestPtr, key_len: GuestLen) -> Result<i32, Halt> {
		let key = self.var_key(key_ptr, key_len)?;
		self.clear(&key)
	}

	fn get_storage_v0(
		&mut self,
		key_ptr: GuestPtr,
		out_ptr: GuestPtr,
		out_len_ptr: GuestPtr,
	) -> Result<i32, Halt> {
		let key = self.fixed_key(key_ptr)?;
		self.get(&key, Buffer { ptr: out_ptr, len_ptr: out_len_ptr })
	}

	fn get_storage_v1(
		&mut self,
		key_ptr: GuestPtr,
		key_len: GuestLen,
		out_ptr: GuestPtr,
		out_len_ptr: GuestPtr,
	) -> Result<i32, Halt> {
		let key = self.var_key(key_ptr, key_len)?;
		self.get(&key, Buffer { ptr: out_ptr, len_ptr: out_len_ptr })
	}

	fn contains_storage_v0(&mut self, key_ptr: GuestPtr) -> Result<i32, Halt> {
		let key = self.fixed_key(key_ptr)?;
		self.contains(&key)
	}

	fn contains_storage_v1(&mut self, key_ptr: GuestPtr, key_len: GuestLen) -> Result<i32, Halt> {
		let key = self.var_key(key_ptr, key_len)?;
		self.contains(&key)
	}

	fn take_storage(
		&mut self,
		key_ptr: GuestPtr,
		key_len: GuestLen,
		out_ptr: GuestPtr,
		out_len_ptr: GuestPtr,
	) -> Result<i32, Halt> {
		let key = self.var_key(key_ptr, key_len)?;
		self.touch(key.as_key(), Access::Remove)?;
		let Some(value) = self.ext.storage(key.as_key()) else {
			return Ok(ReturnCode::KeyNotFound.into());
		};
		self.charge_bytes(HostCost::StorageRemove, &value)?;
		self.ext.set_storage(key.as_key(), None)?;
		self.fill_paid(Buffer { ptr: out_ptr, len_ptr: out_len_ptr }, &value)?;
		Ok(ReturnCode::Success.into())
	}
}

impl<E: Ext> SealTransient<Halt> for Host<'_, E> {
	fn set_transient_storage(
		&mut self,
		key_ptr: GuestPtr,
		key_len: GuestLen,
		value_ptr: GuestPtr,
		value_len: GuestLen,
	) -> Result<i32, Halt> {
		let key = self.var_key_bytes(key_ptr, key_len)?;
		let value = self.value(value_ptr, value_len)?;
		let old = self.ext.transient_len(&key);
		let bytes = old.unwrap_or(0).saturating_add(byte_len(&value));
		self.charge_units(HostCost::TransientWrite, bytes)?;
		self.ext.set_transient(&key, Some(value))?;
		Ok(len_or_sentinel(old))
	}

	fn clear_transient_storage(
		&mut self,
		key_ptr: GuestPtr,
		key_len: GuestLen,
	) -> Result<i32, Halt> {
		let key = self.var_key_bytes(key_ptr, key_len)?;
		let old = self.ext.transient_len(&key);
		self.charge_units(HostCost::TransientWrite, old.unwrap_or(0))?;
		if old.is_some() {
			self.ext.set_transient(&key, None)?;
		}
		Ok(len_or_sentinel(old))
	}

	fn get_transient_storage(
		&mut self,
		key_ptr: GuestPtr,
		key_len: GuestLen,
		out_ptr: GuestPtr,
		out_len_ptr: GuestPtr,
	) -> Result<i32, Halt> {
		let key = self.var_key_bytes(key_ptr, key_len)?;
		let Some(len) = self.ext.transient_len(&key) else {
			return Ok(ReturnCode::KeyNotFound.into());
		};
		self.charge_units(HostCost::TransientRead, len)?;
		let value = self.ext.transient(&key).unwrap_or_default();
		self.fill(Buffer { ptr: out_ptr, len_ptr: out_len_ptr }, &value)?;
		Ok(ReturnCode::Success.into())
	}

	fn contains_transient_storage(
		&mut self,
		key_ptr: GuestPtr,
		key_len: GuestLen,
	) -> Result<i32, Halt> {
		// Without a charge by byte: the length is known without reading the value.
		let key = self.var_key_bytes(key_ptr, key_len)?;
		Ok(len_or_sentinel(self.ext.transient_len(&key)))
	}

	fn take_transient_storage(
		&mut self,
		key_ptr: GuestPtr,
		key_len: GuestLen,
		out_ptr: GuestPtr,
		out_len_ptr: GuestPtr,
	) -> Result<i32, Halt> {
		let key = self.var_key_bytes(key_ptr, key_len)?;
		let Some(len) = self.ext.transient_len(&key) else {
			return Ok(ReturnCode::KeyNotFound.into());
		};
		self.charge_units(HostCost::TransientWrite, len)?;
		let value = self.ext.transient(&key).unwrap_or_default();
		self.ext.set_transient(&key, None)?;
		self.fill_paid(Buffer { ptr: out_ptr, len_ptr: out_len_ptr }, &value)?;
		Ok(ReturnCode::Success.into())
	}
}
