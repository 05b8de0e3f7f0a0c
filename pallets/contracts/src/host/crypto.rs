//! Hashes and signatures.

use super::Host;
use crate::exec::{Ext, Halt};
use caisson_contracts_abi::{baals::BaalsCrypto, GuestLen, GuestPtr, HostCost};
use sp_core::ed25519::{Public, Signature};

impl<E: Ext> BaalsCrypto<Halt> for Host<'_, E> {
	fn baals_hash_sha256(
		&mut self,
		data_ptr: GuestPtr,
		data_len: GuestLen,
		out_ptr: GuestPtr,
	) -> Result<(), Halt> {
		// Bounds before the charge, so that a length that no memory holds is a fault, not a bill.
		self.memory.read(data_ptr, data_len)?;
		self.charge_units(HostCost::HashSha256, data_len.0)?;
		let hash = sp_io::hashing::sha2_256(self.memory.read(data_ptr, data_len)?);
		self.memory.write(out_ptr, &hash)
	}

	fn baals_verify_signature(
		&mut self,
		pk_ptr: GuestPtr,
		pk_len: GuestLen,
		msg_ptr: GuestPtr,
		msg_len: GuestLen,
		sig_ptr: GuestPtr,
		sig_len: GuestLen,
	) -> Result<i32, Halt> {
		let Ok(key) = <[u8; 32]>::try_from(self.memory.read(pk_ptr, pk_len)?) else {
			return Ok(-1);
		};
		let Ok(signature) = <[u8; 64]>::try_from(self.memory.read(sig_ptr, sig_len)?) else {
			return Ok(-1);
		};
		self.memory.read(msg_ptr, msg_len)?;
		self.charge_units(HostCost::VerifyEd25519, msg_len.0)?;
		let message = self.memory.read(msg_ptr, msg_len)?;
		let valid = sp_io::crypto::ed25519_verify(
			&Signature::from_raw(signature),
			message,
			&Public::from_raw(key),
		);
		Ok(valid.into())
	}
}
