//! Hashes and signatures.

use super::ReturnCode;
use crate::{
	exec::{Ext, Halt},
	host::Host,
};
use caisson_contracts_abi::{seal::SealCrypto, GuestLen, GuestPtr, HostCost};
// Not of the chain: what it adds to a key of sp-core needs no runtime.
use frame_support::crypto::ecdsa::ECDSAExt;
use sp_core::{ecdsa, sr25519};
use sp_io::hashing;

impl<E: Ext> Host<'_, E> {
	/// Writes the hash of the input; the hash is made before, so the two may overlap.
	fn hash<const N: usize>(
		&mut self,
		cost: HostCost,
		(ptr, len): (GuestPtr, GuestLen),
		output: GuestPtr,
		hash: fn(&[u8]) -> [u8; N],
	) -> Result<(), Halt> {
		self.memory.read(ptr, len)?;
		self.charge_units(cost, len.0)?;
		let hash = hash(self.memory.read(ptr, len)?);
		self.memory.write(output, &hash)
	}
}

impl<E: Ext> SealCrypto<Halt> for Host<'_, E> {
	fn hash_sha2_256(
		&mut self,
		input_ptr: GuestPtr,
		input_len: GuestLen,
		output_ptr: GuestPtr,
	) -> Result<(), Halt> {
		self.hash(HostCost::HashSha256, (input_ptr, input_len), output_ptr, hashing::sha2_256)
	}

	fn hash_keccak_256(
		&mut self,
		input_ptr: GuestPtr,
		input_len: GuestLen,
		output_ptr: GuestPtr,
	) -> Result<(), Halt> {
		self.hash(HostCost::HashKeccak256, (input_ptr, input_len), output_ptr, hashing::keccak_256)
	}

	fn hash_blake2_256(
		&mut self,
		input_ptr: GuestPtr,
		input_len: GuestLen,
		output_ptr: GuestPtr,
	) -> Result<(), Halt> {
		self.hash(HostCost::HashBlake2_256, (input_ptr, input_len), output_ptr, hashing::blake2_256)
	}

	fn hash_blake2_128(
		&mut self,
		input_ptr: GuestPtr,
		input_len: GuestLen,
		output_ptr: GuestPtr,
	) -> Result<(), Halt> {
		self.hash(HostCost::HashBlake2_128, (input_ptr, input_len), output_ptr, hashing::blake2_128)
	}

	fn ecdsa_recover(
		&mut self,
		signature_ptr: GuestPtr,
		message_hash_ptr: GuestPtr,
		output_ptr: GuestPtr,
	) -> Result<i32, Halt> {
		let signature: [u8; 65] = self.memory.array(signature_ptr)?;
		let hash: [u8; 32] = self.memory.array(message_hash_ptr)?;
		let Ok(key) = sp_io::crypto::secp256k1_ecdsa_recover_compressed(&signature, &hash) else {
			return Ok(ReturnCode::EcdsaRecoveryFailed.into());
		};
		self.memory.write(output_ptr, &key)?;
		Ok(ReturnCode::Success.into())
	}

	fn ecdsa_to_eth_address(&mut self, key_ptr: GuestPtr, out_ptr: GuestPtr) -> Result<i32, Halt> {
		let key: [u8; 33] = self.memory.array(key_ptr)?;
		let Ok(address) = ecdsa::Public::from_raw(key).to_eth_address() else {
			return Ok(ReturnCode::EcdsaRecoveryFailed.into());
		};
		self.memory.write(out_ptr, &address)?;
		Ok(ReturnCode::Success.into())
	}

	fn sr25519_verify(
		&mut self,
		signature_ptr: GuestPtr,
		pub_key_ptr: GuestPtr,
		message_len: GuestLen,
		message_ptr: GuestPtr,
	) -> Result<i32, Halt> {
		let signature = sr25519::Signature::from_raw(self.memory.array(signature_ptr)?);
		let key = sr25519::Public::from_raw(self.memory.array(pub_key_ptr)?);
		self.memory.read(message_ptr, message_len)?;
		self.charge_units(HostCost::VerifySr25519, message_len.0)?;
		let message = self.memory.read(message_ptr, message_len)?;
		let valid = sp_io::crypto::sr25519_verify(&signature, message, &key);
		Ok(if valid { ReturnCode::Success } else { ReturnCode::Sr25519VerifyFailed }.into())
	}
}
