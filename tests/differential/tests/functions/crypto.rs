//! Hashes and signatures.

use caisson_differential::bench::{name, Bench, Seen};
use caisson_differential::script::{names, Script};
use sp_core::{ecdsa, sr25519, Pair as _};
use sp_io::hashing;

/// A hash, as it should be.
type Hash = fn(&[u8]) -> Vec<u8>;

pub fn hashes() -> Seen {
	let mut bench = Bench::new();
	let hashes: [(&str, Hash); 4] = [
		("hash_sha2_256", |input| hashing::sha2_256(input).to_vec()),
		("hash_keccak_256", |input| hashing::keccak_256(input).to_vec()),
		("hash_blake2_256", |input| hashing::blake2_256(input).to_vec()),
		("hash_blake2_128", |input| hashing::blake2_128(input).to_vec()),
	];
	for (row, hash) in hashes {
		for import in names(row) {
			for len in [0u32, 1, 31, 136, 5_000] {
				let script = Script::new().fill(0x1000, 5_000, 9);
				let input = vec![9; len as usize];
				let expected = hash(&input);
				// Apart, and over the input.
				for output in [0x201, 0x1000, 0x1003] {
					let script = script.clone().call(import, &[0x1000, len.into(), output.into()]);
					let size = u32::try_from(expected.len()).unwrap();
					let notes = bench.runs(script.note(output, size));
					assert_eq!(notes.bytes[0], expected);
				}
			}
		}
	}
	bench.seen
}

pub fn ecdsa_keys() -> Seen {
	let mut bench = Bench::new();
	let key = ecdsa::Pair::from_seed(&[7; 32]);
	let signature = key.sign_prehashed(&[5; 32]).0;
	for import in names("ecdsa_recover") {
		let recover = |signature: [u8; 65]| {
			Script::new()
				.write(0x100, signature)
				.fill(0x180, 32, 5)
				.call(import, &[0x100, 0x180, 0x200])
				.note(0x200, 33)
		};
		assert_eq!(bench.gives(recover(signature), [0]).bytes[0], key.public().0);
		for (at, byte) in [(64, 4), (64, 27), (64, 31), (64, 0xff), (0, 0xff), (40, 0xff)] {
			let mut bad = signature;
			bad[at] = byte;
			bench.runs(recover(bad));
		}
		for bad in [[0; 65], [0xff; 65]] {
			assert_eq!(bench.gives(recover(bad), [11]).bytes[0], [0; 33]);
		}
	}
	for import in names("ecdsa_to_eth_address") {
		let address = |key: [u8; 33]| {
			Script::new().write(0x100, key).call(import, &[0x100, 0x200]).note(0x200, 20)
		};
		let found = bench.gives(address(key.public().0), [0]);
		assert_ne!(found.bytes[0], [0; 20]);
		for bad in [[0; 33], [0xff; 33], [4; 33]] {
			assert_eq!(bench.gives(address(bad), [11]).bytes[0], [0; 20]);
		}
	}
	bench.seen
}

pub fn sr25519_signatures() -> Seen {
	let mut bench = Bench::new();
	let key = sr25519::Pair::from_seed(&[8; 32]);
	for message in [&b""[..], b"hello", &[3; 3_000]] {
		let signature = key.sign(message).0;
		let verify = |signature: [u8; 64], public: [u8; 32], message: &[u8]| {
			let len = u64::try_from(message.len()).unwrap();
			Script::new()
				.write(0x100, signature)
				.write(0x180, public)
				.write(0x1000, message)
				.call(name("sr25519_verify"), &[0x100, 0x180, len, 0x1000])
		};
		bench.gives(verify(signature, key.public().0, message), [0]);
		bench.gives(verify(signature, key.public().0, b"hullo"), [12]);
		bench.gives(verify(signature, [0; 32], message), [12]);
		bench.gives(verify(signature, [0xff; 32], message), [12]);
		bench.gives(verify([0; 64], key.public().0, message), [12]);
		bench.gives(verify([0xff; 64], key.public().0, message), [12]);
	}
	bench.seen
}
