//! Hashes and signatures.

#![cfg_attr(not(feature = "std"), no_std, no_main)]

#[ink::contract]
mod crypto {
	use ink::{
		env::hash::{Blake2x128, Blake2x256, Keccak256, Sha2x256},
		prelude::vec::Vec,
	};

	#[ink(storage)]
	#[derive(Default)]
	pub struct Crypto {}

	impl Crypto {
		#[ink(constructor)]
		pub fn new() -> Self {
			Self::default()
		}

		#[ink(message)]
		pub fn sha2_256(&self, input: Vec<u8>) -> [u8; 32] {
			self.env().hash_bytes::<Sha2x256>(&input)
		}

		#[ink(message)]
		pub fn keccak_256(&self, input: Vec<u8>) -> [u8; 32] {
			self.env().hash_bytes::<Keccak256>(&input)
		}

		#[ink(message)]
		pub fn blake2_128(&self, input: Vec<u8>) -> [u8; 16] {
			self.env().hash_bytes::<Blake2x128>(&input)
		}

		#[ink(message)]
		pub fn blake2_256(&self, input: Vec<u8>) -> [u8; 32] {
			self.env().hash_bytes::<Blake2x256>(&input)
		}

		/// The hash of the SCALE encoding of both.
		#[ink(message)]
		pub fn blake2_256_encoded(&self, number: u64, account: AccountId) -> [u8; 32] {
			self.env().hash_encoded::<Blake2x256, _>(&(number, account))
		}

		/// The compressed public key that signed.
		#[ink(message)]
		pub fn ecdsa_recover(&self, signature: [u8; 65], hash: [u8; 32]) -> Option<[u8; 33]> {
			self.env().ecdsa_recover(&signature, &hash).ok()
		}

		#[ink(message)]
		pub fn ecdsa_to_eth_address(&self, key: [u8; 33]) -> Option<[u8; 20]> {
			self.env().ecdsa_to_eth_address(&key).ok()
		}

		#[ink(message)]
		pub fn sr25519_verify(&self, signature: [u8; 64], message: Vec<u8>, key: [u8; 32]) -> bool {
			self.env().sr25519_verify(&signature, &message, &key).is_ok()
		}
	}
}

#[cfg(all(feature = "std", not(feature = "ink-as-dependency")))]
fn main() {
	shared::print_metadata();
}
