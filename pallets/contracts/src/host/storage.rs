//! The contract's storage.

use super::{byte_len, code, Host};
use crate::{
	exec::{Access, Ext, Halt, Key, Trap},
	meter::OutOfGas,
};
use alloc::vec::Vec;
use caisson_contracts_abi::{
	aureon::AureonStorage, baals::BaalsStorage, dytallix::DytallixStorage, gas, GuestLen, GuestPtr,
	HostCost,
};

/// The front of a value, as much as a buffer of `cap` bytes takes.
fn front(value: &[u8], cap: GuestLen) -> &[u8] {
	let cap = usize::try_from(cap.0).unwrap_or(usize::MAX);
	value.get(..cap).unwrap_or(value)
}

impl<E: Ext> Host<'_, E> {
	/// Pays for reaching the entry at `key` for the first time, if it is.
	pub(super) fn touch<'k>(
		&mut self,
		key: impl Into<Key<'k>>,
		access: Access,
	) -> Result<(), Halt> {
		let weight = self.ext.touch(key, access);
		Ok(self.ext.meter().charge(weight)?)
	}

	/// Pays for it if there is enough: for ABIs with a code for it.
	fn try_touch(&mut self, key: &[u8], access: Access) -> Result<(), OutOfGas> {
		let weight = self.ext.touch(key, access);
		self.ext.meter().try_charge(weight)
	}

	/// Reads the value at `key`, paying for its bytes.
	pub(super) fn load<'k>(&mut self, key: impl Into<Key<'k>>) -> Result<Option<Vec<u8>>, Halt> {
		let key = key.into();
		self.touch(key, Access::Read)?;
		let value = self.ext.storage(key);
		if let Some(value) = &value {
			self.charge_bytes(HostCost::StorageRead, value)?;
		}
		Ok(value)
	}

	/// Writes `value` at `key`, paying for its bytes, and for those of the old one as for reading it; the
	/// old one's length.
	pub(super) fn store<'k>(
		&mut self,
		key: impl Into<Key<'k>>,
		value: Vec<u8>,
	) -> Result<Option<u32>, Halt> {
		let key = key.into();
		self.touch(key, Access::Write)?;
		let old = self.ext.storage_len(key);
		self.charge_units(HostCost::StorageRead, old.unwrap_or(0))?;
		self.charge_units(HostCost::StorageWrite, byte_len(&value))?;
		self.ext.set_storage(key, Some(value))?;
		Ok(old)
	}

	/// Bytes that all values would have together if the one at `key` had `len`.
	fn bytes_with(&mut self, key: &[u8], len: u32) -> u32 {
		let old = self.ext.storage_len(key).unwrap_or(0);
		self.ext.storage_bytes().saturating_sub(old).saturating_add(len)
	}

	/// Whether a key of this length can be one of `baals`, which has no empty keys.
	fn key_fits(&self, key: GuestLen) -> bool {
		key.0 > 0 && key.0 <= self.limits().key_bytes
	}

	/// A key and a value in memory, both within the ABI's limits; `baals` answers -1 to all else.
	fn baals_entry(
		&self,
		key: (GuestPtr, GuestLen),
		value: (GuestPtr, GuestLen),
	) -> Option<(Vec<u8>, Vec<u8>)> {
		if !self.key_fits(key.1) || value.1 .0 > self.limits().value_bytes {
			return None;
		}
		let key = self.memory.bytes(key.0, key.1)?;
		let value = self.memory.bytes(value.0, value.1)?;
		Some((key.to_vec(), value.to_vec()))
	}

	fn baals_key(&self, ptr: GuestPtr, len: GuestLen) -> Option<Vec<u8>> {
		if !self.key_fits(len) {
			return None;
		}
		self.memory.bytes(ptr, len).map(<[u8]>::to_vec)
	}
}

/// What the forms without a result stop with, where the other form returns -1.
fn refused(what: &'static str, len: GuestLen, limit: u32) -> Halt {
	Trap::LimitExceeded { what, len: len.0, limit }.into()
}

impl<E: Ext> BaalsStorage<Halt> for Host<'_, E> {
	fn baals_storage_read(
		&mut self,
		key_ptr: GuestPtr,
		key_len: GuestLen,
		value_ptr: GuestPtr,
		value_cap: GuestLen,
	) -> Result<i32, Halt> {
		let Some(key) = self.baals_key(key_ptr, key_len) else { return Ok(-1) };
		let Some(value) = self.load(&key)? else { return Ok(0) };
		let copied = front(&value, value_cap);
		Ok(match self.memory.put(value_ptr, copied) {
			Some(()) => code(copied.len()),
			None => -1,
		})
	}

	fn baals_storage_write(
		&mut self,
		key_ptr: GuestPtr,
		key_len: GuestLen,
		value_ptr: GuestPtr,
		value_len: GuestLen,
	) -> Result<(), Halt> {
		match self.baals_storage_write_status(key_ptr, key_len, value_ptr, value_len)? {
			0 => Ok(()),
			_ if !self.key_fits(key_len) => Err(refused("key", key_len, self.limits().key_bytes)),
			_ if value_len.0 > self.limits().value_bytes => {
				Err(refused("value", value_len, self.limits().value_bytes))
			},
			_ => {
				self.memory.read(key_ptr, key_len)?;
				self.memory.read(value_ptr, value_len)?;
				Err(refused("storage", value_len, self.limits().storage_bytes))
			},
		}
	}

	fn baals_storage_write_status(
		&mut self,
		key_ptr: GuestPtr,
		key_len: GuestLen,
		value_ptr: GuestPtr,
		value_len: GuestLen,
	) -> Result<i32, Halt> {
		let Some((key, value)) = self.baals_entry((key_ptr, key_len), (value_ptr, value_len))
		else {
			return Ok(-1);
		};
		self.touch(&key, Access::Write)?;
		if self.bytes_with(&key, value_len.0) > self.limits().storage_bytes {
			return Ok(-1);
		}
		self.store(&key, value)?;
		Ok(0)
	}

	fn baals_storage_remove(&mut self, key_ptr: GuestPtr, key_len: GuestLen) -> Result<(), Halt> {
		match self.baals_storage_remove_status(key_ptr, key_len)? {
			0 => Ok(()),
			_ if !self.key_fits(key_len) => Err(refused("key", key_len, self.limits().key_bytes)),
			_ => self.memory.read(key_ptr, key_len).map(|_| ()),
		}
	}

	fn baals_storage_remove_status(
		&mut self,
		key_ptr: GuestPtr,
		key_len: GuestLen,
	) -> Result<i32, Halt> {
		let Some(key) = self.baals_key(key_ptr, key_len) else { return Ok(-1) };
		self.touch(&key, Access::Remove)?;
		let old = self.ext.storage_len(&key).unwrap_or(0);
		self.charge_units(HostCost::StorageRemove, old)?;
		self.ext.set_storage(&key, None)?;
		Ok(0)
	}
}

impl<E: Ext> AureonStorage<Halt> for Host<'_, E> {
	fn storage_read(
		&mut self,
		key_ptr: GuestPtr,
		key_len: GuestLen,
		val_ptr: GuestPtr,
		max_len: GuestLen,
	) -> Result<i32, Halt> {
		// A key over the limit was never written.
		if key_len.0 > self.limits().key_bytes {
			return Ok(-1);
		}
		let key = self.aureon_key(key_ptr, key_len)?;
		let Some(value) = self.load(&key)? else { return Ok(-1) };
		let copied = front(&value, max_len);
		self.memory.write(val_ptr, copied)?;
		Ok(code(copied.len()))
	}

	fn storage_write(
		&mut self,
		key_ptr: GuestPtr,
		key_len: GuestLen,
		val_ptr: GuestPtr,
		val_len: GuestLen,
	) -> Result<i32, Halt> {
		let limits = self.limits();
		if key_len.0 > limits.key_bytes || val_len.0 > limits.value_bytes {
			return Ok(1);
		}
		let key = self.aureon_key(key_ptr, key_len)?;
		let value = self.memory.read(val_ptr, val_len)?.to_vec();
		self.touch(&key, Access::Write)?;
		if self.bytes_with(&key, val_len.0) > limits.storage_bytes {
			return Ok(1);
		}
		self.store(&key, value)?;
		Ok(0)
	}
}

impl<E: Ext> Host<'_, E> {
	/// A key in memory, which must be text.
	fn aureon_key(&self, ptr: GuestPtr, len: GuestLen) -> Result<Vec<u8>, Halt> {
		let key = self.memory.read(ptr, len)?;
		core::str::from_utf8(key).map_err(|_| Trap::NotUtf8)?;
		Ok(key.to_vec())
	}
}

impl<E: Ext> DytallixStorage<Halt> for Host<'_, E> {
	// The order of checks is the interface: out of gas, memory, length of the key, the key, the value's
	// place. What reaching an entry for the first time takes is known when the key is.
	fn storage_get(
		&mut self,
		key_ptr: GuestPtr,
		key_len: GuestLen,
		val_ptr: GuestPtr,
		val_len: GuestLen,
	) -> Result<i32, Halt> {
		if self.try_charge(HostCost::StorageRead, 0).is_err() {
			return Ok(-1);
		}
		self.ext.count_abi_gas(gas::dytallix::storage_get(key_ptr, key_len, val_ptr, val_len));
		if self.memory.len() == 0 {
			return Ok(-2);
		}
		if key_len.0 > self.limits().key_bytes {
			return Ok(-3);
		}
		let Some(key) = self.memory.bytes(key_ptr, key_len).map(<[u8]>::to_vec) else {
			return Ok(-4);
		};
		if self.try_touch(&key, Access::Read).is_err() {
			return Ok(-1);
		}
		let Some(value) = self.load(&key)? else { return Ok(0) };
		let copied = front(&value, val_len);
		Ok(match self.memory.put(val_ptr, copied) {
			Some(()) => code(copied.len()),
			None => -5,
		})
	}

	// The order of checks is the interface: lengths, out of gas, memory, the key, the value, the total.
	fn storage_set(
		&mut self,
		key_ptr: GuestPtr,
		key_len: GuestLen,
		val_ptr: GuestPtr,
		val_len: GuestLen,
	) -> Result<i32, Halt> {
		let limits = self.limits();
		if key_len.0 > limits.key_bytes || val_len.0 > limits.value_bytes {
			return Ok(-1);
		}
		if self.try_charge(HostCost::StorageWrite, 0).is_err() {
			return Ok(-2);
		}
		self.ext.count_abi_gas(gas::dytallix::storage_set(key_ptr, key_len, val_ptr, val_len));
		if self.memory.len() == 0 {
			return Ok(-3);
		}
		let Some(key) = self.memory.bytes(key_ptr, key_len).map(<[u8]>::to_vec) else {
			return Ok(-4);
		};
		let Some(value) = self.memory.bytes(val_ptr, val_len).map(<[u8]>::to_vec) else {
			return Ok(-5);
		};
		if self.try_touch(&key, Access::Write).is_err() {
			return Ok(-2);
		}
		if self.bytes_with(&key, val_len.0) > limits.storage_bytes {
			return Ok(-6);
		}
		self.store(&key, value)?;
		Ok(0)
	}
}
