//! Code that nobody can upload any more, as a chain has it that took it when it was new.

use crate::{chain::Pair, script::Guest, ALICE};
use codec::{Compact, Decode, Encode};
use sp_core::{crypto::AccountId32, H256};
use sp_io::hashing::{blake2_256, twox_128};

/// What Caisson's pallet stores of a code: behaviour version, interface, plan, the numbers by which a frame is
/// charged, module.
type Prepared = (u16, u8, Vec<u8>, [Compact<u32>; 13], Vec<u8>);

/// Where the entry of a code lies in a map of the pallet.
fn place(map: &str, hash: &H256) -> Vec<u8> {
	[&twox_128(b"Contracts")[..], &twox_128(map.as_bytes()), hash.as_bytes()].concat()
}

impl Pair {
	/// Puts a guest on both chains as its code was stored when its imports were open, uploaded by Alice for
	/// no deposit, and returns its hash. A code `like` it must be there.
	///
	/// # Panics
	///
	/// If it is not.
	pub fn store_old(&mut self, guest: &Guest, like: H256) -> H256 {
		let code = guest.code();
		let hash: H256 = blake2_256(&code).into();
		let owner: AccountId32 = ALICE;
		let len = u32::try_from(code.len()).unwrap();
		// Owner, deposit, users, determinism, length.
		let info = (owner, Compact(0u128), Compact(0u64), 0u8, len);
		self.on_both(|| {
			sp_io::storage::set(&place("PristineCode", &hash), &code.encode());
			sp_io::storage::set(&place("CodeInfoOf", &hash), &info.encode());
		});
		self.on_ours(|| {
			let like = sp_io::storage::get(&place("PreparedCodeOf", &like)).unwrap();
			let mut prepared = Prepared::decode(&mut &like[..]).unwrap();
			prepared.2 = guest.plan();
			prepared.4 = guest.prepared();
			sp_io::storage::set(&place("PreparedCodeOf", &hash), &prepared.encode());
		});
		hash
	}
}
