//! Two chains with guests that run scripts, and what of the interface was seen on them.

use caisson_differential::{
	chain::{Arguments, Ended, Pair, Step},
	script::{echo, Guest, Import, Notes, Script},
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
	/// Return codes, by number.
	pub codes: BTreeSet<u64>,
}

/// Where the cases happen.
pub struct Bench {
	pub pair: Pair,
	/// A contract with money.
	pub guest: AccountId32,
	/// Another one, with the same code.
	pub other: AccountId32,
	/// One that returns its input.
	pub echo: AccountId32,
	pub seen: Seen,
}

/// What a contract of these cases has.
pub const MONEY: u128 = 1_000_000_000;

pub fn hash(code: &[u8]) -> H256 {
	blake2_256(code).into()
}

impl Bench {
	pub fn new() -> Self {
		let mut pair = Pair::new();
		let mut deploy = |code, salt: u8| {
			let with = Arguments { value: MONEY, salt: vec![salt], ..Default::default() };
			pair.deploy(&ALICE, code, with)
		};
		let (guest, other) = (deploy(Guest::open().code(), 1), deploy(Guest::open().code(), 2));
		let echo = deploy(echo(), 3);
		Self { pair, guest, other, echo, seen: Seen::default() }
	}

	/// As [`Self::new`], but the guest has the imports of older code, too.
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
		let notes = answer.output.map(|(_, output)| script.read(&output)).unwrap_or_default();
		self.seen.imports.extend(notes.returned());
		(ended, notes)
	}

	/// Calls the guest, which takes all of its steps.
	#[track_caller]
	pub fn runs(&mut self, script: Script) -> Notes {
		let (ended, notes) = self.call(&script, 0);
		assert_eq!(ended, Ended::Well, "{script:?}");
		assert_eq!(notes.results.len(), script.calls(), "{script:?} ended early");
		notes
	}

	/// Calls the guest, which fails.
	#[track_caller]
	pub fn fails(&mut self, script: Script, error: &str) {
		let (ended, _) = self.call(&script, 0);
		assert_eq!(ended, Ended::Badly(error.into()), "{script:?}");
	}
}
