//! Where a new contract lives.

use crate::Config;
use codec::Encode;
use sp_runtime::traits::Hash;

/// Sets this derivation apart from all others, as in pallet-contracts: addresses stay the same.
const DOMAIN: &[u8; 16] = b"contract_addr_v1";

/// The account of the contract that `deployer` makes of a code with this input and salt.
pub(crate) fn derive<T: Config>(
	deployer: &T::AccountId,
	code_hash: &T::Hash,
	input: &[u8],
	salt: &[u8],
) -> T::AccountId {
	let hash = (DOMAIN, deployer, code_hash, input, salt).using_encoded(T::Hashing::hash);
	let bytes: [u8; 32] = hash.into();
	bytes.into()
}
