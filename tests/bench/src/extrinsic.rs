//! Extrinsics as bytes. Both pallets have calls of the same numbers and encodings, so the index of the
//! pallet is all that differs; and the runtime needs no native form.

use codec::{Compact, Encode};
use sp_core::{sr25519, Pair, H256};

/// One of the two pallets.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Side {
	/// Caisson's pallet.
	Ours,
	/// pallet-contracts.
	Reference,
}

impl Side {
	/// Both.
	pub(crate) const ALL: [Self; 2] = [Self::Ours, Self::Reference];

	/// Its index in the runtime.
	fn pallet(self) -> u8 {
		match self {
			Self::Ours => 40,
			Self::Reference => 41,
		}
	}

	/// The runtime call that runs it dry.
	pub(crate) fn dry(self) -> &'static str {
		match self {
			Self::Ours => "Dry_contracts",
			Self::Reference => "Dry_reference",
		}
	}
}

/// An account.
pub(crate) type Account = [u8; 32];

/// Weight, as calls have it: computation in picoseconds, and bytes of proof.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Encode, codec::Decode)]
pub(crate) struct Weight {
	/// Picoseconds.
	#[codec(compact)]
	pub(crate) ref_time: u64,
	/// Bytes.
	#[codec(compact)]
	pub(crate) proof_size: u64,
}

impl Weight {
	/// This and a tenth, as a client adds it to what a dry run needed.
	pub(crate) fn and_a_tenth(self) -> Self {
		let more = |part: u64| part + part / 10;
		Self { ref_time: more(self.ref_time), proof_size: more(self.proof_size) }
	}
}

/// A gas limit that no call reaches, and that fits into a block.
pub(crate) const GAS: Weight = Weight { ref_time: 1_000_000_000_000, proof_size: 5 * 1024 * 1024 };

/// A call of the runtime.
#[derive(Clone, Debug)]
pub(crate) enum Call {
	/// Nothing, for what an extrinsic costs anyway: `System::remark`.
	Remark,
	/// `instantiate_with_code`
	Deploy { code: Vec<u8>, data: Vec<u8>, salt: Vec<u8> },
	/// `instantiate`
	Instantiate { code: [u8; 32], data: Vec<u8>, salt: Vec<u8> },
	/// `call`
	Message { dest: Account, data: Vec<u8> },
}

impl Call {
	/// A call of a contract.
	pub(crate) fn message(dest: Account, data: impl Into<Vec<u8>>) -> Self {
		Self::Message { dest, data: data.into() }
	}

	/// Its bytes, with this gas limit.
	pub(crate) fn encoded(&self, side: Side, gas: Weight) -> Vec<u8> {
		let pallet = side.pallet();
		// Nothing is paid to contracts, and the chain's own limit of deposits holds.
		let (value, deposit) = (Compact(0u128), None::<Compact<u128>>);
		match self {
			Self::Remark => (0u8, 0u8, Vec::<u8>::new()).encode(),
			Self::Deploy { code, data, salt } => {
				(pallet, 7u8, value, gas, deposit, code, data, salt).encode()
			},
			Self::Instantiate { code, data, salt } => {
				(pallet, 8u8, value, gas, deposit, code, data, salt).encode()
			},
			// The zero names an account by its public key.
			Self::Message { dest, data } => {
				(pallet, 6u8, 0u8, dest, value, gas, deposit, data).encode()
			},
		}
	}
}

/// The inherent that sets the time, in milliseconds.
pub(crate) fn time(now: u64) -> Vec<u8> {
	// Format 5, without signature; then `Timestamp::set`.
	(5u8, 1u8, 0u8, Compact(now)).encode().encode()
}

/// Who signs.
pub(crate) struct Signer {
	pair: sr25519::Pair,
}

impl Signer {
	/// The holder of a development key, as `//Alice`.
	pub(crate) fn new(uri: &str) -> Self {
		Self { pair: sr25519::Pair::from_string(uri, None).expect("development keys are valid") }
	}

	/// The signer's account.
	pub(crate) fn account(&self) -> Account {
		self.pair.public().0
	}

	/// An extrinsic of an encoded call that is valid for ever on the chain with this genesis.
	pub(crate) fn sign(&self, genesis: H256, nonce: u32, call: &[u8]) -> Vec<u8> {
		// In the order of the runtime's `TxExtension`: era, nonce, tip; the others are empty.
		let extension = (0u8, Compact(nonce), Compact(0u128)).encode();
		// Versions of the runtime and of its transactions, genesis, and the block that the era begins
		// with, which is the genesis again.
		let implicit = (1u32, 1u32, genesis, genesis).encode();
		let payload = [call, &extension, &implicit].concat();
		let signature = if payload.len() > 256 {
			self.pair.sign(&sp_io::hashing::blake2_256(&payload))
		} else {
			self.pair.sign(&payload)
		};
		// Format 4, signed; an account by its key; a signature of sr25519.
		let head = (0x84u8, 0u8, self.account(), 1u8, signature).encode();
		[&head[..], &extension, call].concat().encode()
	}
}

/// The address of the contract that `deployer` makes of a code with this input and salt.
pub(crate) fn address(deployer: Account, code: &[u8], data: &[u8], salt: &[u8]) -> Account {
	let hash = sp_io::hashing::blake2_256(code);
	sp_io::hashing::blake2_256(&(b"contract_addr_v1", deployer, hash, data, salt).encode())
}
