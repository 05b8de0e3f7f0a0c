//! Two chains with guests that run scripts, and what of the interface was seen on them.

use crate::{
	chain::{Arguments, Ended, Pair, Step},
	script::{echo, names, Guest, Import, Notes, Script, SENTINEL},
	ALICE,
};
use sp_core::{crypto::AccountId32, H256};
use sp_io::hashing::blake2_256;
use std::collections::BTreeSet;

/// What a case showed.
#[derive(Default, Debug)]
pub struct Seen {
	/// Imports that were called and returned, or ended the call as they should.
	pub imports: BTreeSet<Import>,
	/// What those of them returned that return codes.
	pub codes: BTreeSet<u64>,
}

impl Seen {
	/// That both chains returned these.
	pub fn notes(&mut self, notes: &Notes) {
		self.imports.extend(notes.returned());
		let codes = notes.results.iter().filter(|(import, _)| returns_code(*import));
		self.codes.extend(codes.map(|(_, code)| code));
	}
}

/// Whether what the function returns is a code, not a length, a number or nothing.
fn returns_code(import: Import) -> bool {
	let name = import.name.strip_prefix("seal_").unwrap_or(import.name);
	matches!(
		name,
		"get_storage"
			| "take_storage"
			| "get_transient_storage"
			| "take_transient_storage"
			| "transfer"
			| "call" | "delegate_call"
			| "instantiate"
			| "code_hash"
			| "set_code_hash"
			| "debug_message"
			| "ecdsa_recover"
			| "ecdsa_to_eth_address"
			| "sr25519_verify"
			| "call_runtime"
			| "xcm_execute"
			| "xcm_send"
	)
}

/// Where the cases happen.
pub struct Bench {
	/// The chains.
	pub pair: Pair,
	/// A contract with money.
	pub guest: AccountId32,
	/// Another one, with the same code.
	pub other: AccountId32,
	/// One that returns its input.
	pub echo: AccountId32,
	/// What was seen so far.
	pub seen: Seen,
}

/// What a contract of these cases has.
pub const MONEY: u128 = 1_000_000_000;

/// A length that means that there is no entry; a result of 32 bits is not extended by its sign.
pub const NONE: u64 = SENTINEL as u64;

/// The hash of a code.
pub fn hash(code: &[u8]) -> H256 {
	blake2_256(code).into()
}

/// The only name of a row.
pub fn name(rust_name: &str) -> Import {
	names(rust_name)[0]
}

impl Default for Bench {
	fn default() -> Self {
		Self::new()
	}
}

impl Bench {
	/// Fresh chains with the three contracts.
	pub fn new() -> Self {
		let mut pair = Pair::new();
		let mut deploy = |code, salt: u8| {
			let with = Arguments { value: MONEY, salt: vec![salt], ..Default::default() };
			pair.deploy(&ALICE, code, with)
		};
		let code = Guest::open().code();
		let (guest, other) = (deploy(code.clone(), 1), deploy(code, 2));
		let echo = deploy(echo(), 3);
		Self { pair, guest, other, echo, seen: Seen::default() }
	}

	/// As [`Self::new`], but the guest has the imports of older code, too.
	///
	/// # Panics
	///
	/// If the chains differ.
	pub fn old() -> Self {
		let mut bench = Self::new();
		let code = bench.pair.store_old(&Guest::old(), hash(&Guest::open().code()));
		let step = Step::SetCode(bench.guest.clone(), code);
		assert_eq!(bench.pair.take(&ALICE, step), Ended::Well);
		bench
	}

	/// Calls the guest, dry and for good; both chains do the same.
	pub fn call(&mut self, script: &Script, value: u128) -> (Ended, Notes) {
		let with = Arguments { value, ..Arguments::data(script.input()) };
		let answer = self.pair.ask(&ALICE, &self.guest, &with);
		let ended = self.pair.take(&ALICE, Step::Call(self.guest.clone(), with));
		let notes = match answer.output {
			Ok((0, output)) => script.read(&output),
			// The output of a revert may be another contract's.
			_ => Notes::default(),
		};
		self.seen.notes(&notes);
		(ended, notes)
	}

	/// Calls the guest with money, which takes all of its steps.
	///
	/// # Panics
	///
	/// If it does not, or the chains differ.
	#[track_caller]
	pub fn paid(&mut self, script: Script, value: u128) -> Notes {
		let (ended, notes) = self.call(&script, value);
		assert_eq!(ended, Ended::Well, "{script:?}");
		assert_eq!(notes.results.len(), script.calls(), "{script:?} ended early");
		notes
	}

	/// Calls the guest, which takes all of its steps.
	///
	/// # Panics
	///
	/// If it does not, or the chains differ.
	#[track_caller]
	pub fn runs(&mut self, script: Script) -> Notes {
		self.paid(script, 0)
	}

	/// Calls the guest, whose host functions return these numbers.
	///
	/// # Panics
	///
	/// If they do not, or the chains differ.
	#[track_caller]
	pub fn gives(&mut self, script: Script, expected: impl AsRef<[u64]>) -> Notes {
		let notes = self.runs(script);
		assert_eq!(notes.codes(), expected.as_ref());
		notes
	}

	/// Calls the guest, which fails.
	///
	/// # Panics
	///
	/// If it does not, or the chains differ.
	#[track_caller]
	pub fn fails(&mut self, script: Script, error: &str) {
		let (ended, _) = self.call(&script, 0);
		assert_eq!(ended, Ended::Badly(error.into()), "{script:?}");
	}
}

/// A sub-call, an instantiation or a delegated call, whichever its import makes.
#[derive(Clone)]
pub struct Sub {
	/// The import.
	pub import: Import,
	/// Flags of a call.
	pub flags: u32,
	/// An account or a code.
	pub target: [u8; 32],
	/// Money.
	pub value: u128,
	/// The input.
	pub input: Vec<u8>,
	/// Room for output.
	pub room: u32,
	/// Where output goes.
	pub output: u32,
	/// Where an address goes.
	pub address: u32,
	/// The salt of an instantiation.
	pub salt: Vec<u8>,
	/// Limit of computation time.
	pub gas: u64,
	/// Limit of proof.
	pub proof: u64,
	/// Limit of deposits.
	pub deposit: Option<u128>,
}

/// Where a sub-call's output goes.
pub const OUTPUT: u32 = 0x1000;
/// Where its length stands.
pub const OUTPUT_LEN: u32 = 0x180;
/// Where an address goes.
pub const ADDRESS: u32 = 0x200;
/// Where its length stands.
pub const ADDRESS_LEN: u32 = 0x184;

impl Sub {
	/// Without limits, with much room for output.
	pub fn new(import: Import, target: impl AsRef<[u8]>, input: impl Into<Vec<u8>>) -> Self {
		Self {
			import,
			flags: 0,
			target: target.as_ref().try_into().unwrap(),
			value: 0,
			input: input.into(),
			room: 0x8000,
			output: OUTPUT,
			address: ADDRESS,
			salt: Vec::new(),
			gas: 0,
			proof: 0,
			deposit: None,
		}
	}

	/// The newest form of a call.
	pub fn call(callee: &AccountId32, input: impl Into<Vec<u8>>) -> Self {
		Self::new(name("call_v2"), callee, input)
	}

	/// The newest form of an instantiation.
	pub fn instantiate(code: H256, input: impl Into<Vec<u8>>, salt: &[u8]) -> Self {
		Self { salt: salt.to_vec(), ..Self::new(name("instantiate_v2"), code, input) }
	}

	/// A delegated call.
	pub fn delegate(code: H256, input: impl Into<Vec<u8>>) -> Self {
		Self::new(name("delegate_call"), code, input)
	}

	/// With these flags.
	pub fn flags(self, flags: u32) -> Self {
		Self { flags, ..self }
	}

	/// With money.
	pub fn value(self, value: u128) -> Self {
		Self { value, ..self }
	}

	/// Its steps.
	///
	/// # Panics
	///
	/// If its import is no such call.
	pub fn script(&self) -> Script {
		let len = |bytes: &[u8]| u64::try_from(bytes.len()).unwrap();
		let deposit = self.deposit.map_or(SENTINEL, |_| 0x160);
		Script::new()
			.write(0x100, self.target)
			.write(0x140, self.value.to_le_bytes())
			.write(0x160, self.deposit.unwrap_or(0).to_le_bytes())
			.number(OUTPUT_LEN, self.room)
			.number(ADDRESS_LEN, 32)
			.write(0x190, &self.salt)
			.write(0x1_0000, &self.input)
			.call_with(self.import, |name| match name {
				"flags" => self.flags.into(),
				"callee_ptr" | "code_hash_ptr" => 0x100,
				"callee_len" | "code_hash_len" => 32,
				"value_ptr" => 0x140,
				"value_len" => 16,
				"gas" | "ref_time_limit" => self.gas,
				"proof_size_limit" => self.proof,
				"deposit_ptr" => deposit.into(),
				"input_data_ptr" => 0x1_0000,
				"input_data_len" => len(&self.input),
				"output_ptr" => self.output.into(),
				"output_len_ptr" => OUTPUT_LEN.into(),
				"address_ptr" => self.address.into(),
				"address_len_ptr" => ADDRESS_LEN.into(),
				"salt_ptr" => 0x190,
				"salt_len" => len(&self.salt),
				other => panic!("{other} is no argument of a sub-call"),
			})
	}

	/// Its steps, and what came back: the length of the output and its first bytes.
	pub fn noted(&self, len: u32) -> Script {
		self.script().note(OUTPUT_LEN, 4).note(self.output.min(OUTPUT), len)
	}
}
