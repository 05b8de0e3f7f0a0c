//! Random sequences of extrinsics over ink! contracts that call, make, delegate to and end each other.
//!
//! At least 10,000 steps. The seed is printed; `CAISSON_SEED` (64 hexadecimal digits) repeats a run. A
//! failure is shrunk to the shortest sequence that still differs.

#![allow(
	clippy::unwrap_used,
	clippy::indexing_slicing,
	reason = "tests may stop at what is not so"
)]
#![allow(clippy::arithmetic_side_effects, reason = "small numbers of tests")]

use caisson_differential::{
	chain::{Arguments, Pair, Step},
	ink, ALICE, BOB, CHARLIE,
};
use codec::Encode;
use proptest::{
	collection::vec,
	prelude::*,
	test_runner::{Config, RngAlgorithm, TestRng, TestRunner},
};
use sp_core::{crypto::AccountId32, H256};
use sp_io::hashing::blake2_256;
use std::collections::BTreeMap;

const CASES: u32 = 125;
const STEPS: usize = 80;

/// A choice that means something only where it is looked at.
#[derive(Clone, Debug)]
struct Choice {
	what: u16,
	guest: u16,
	target: u16,
	other: u16,
	number: u32,
	bit: bool,
	value: u8,
}

fn choices() -> impl Strategy<Value = Vec<Choice>> {
	let choice = (
		any::<u16>(),
		any::<u16>(),
		any::<u16>(),
		any::<u16>(),
		0..400u32,
		any::<bool>(),
		any::<u8>(),
	)
		.prop_map(|(what, guest, target, other, number, bit, value)| Choice {
			what,
			guest,
			target,
			other,
			number,
			bit,
			value,
		});
	vec(choice, STEPS..=STEPS)
}

const GUESTS: [&str; 11] = [
	"flipper",
	"token",
	"caller",
	"builder",
	"delegator",
	"fallible",
	"sizes",
	"payable",
	"terminating",
	"upgradeable",
	"upgraded",
];

/// What the sequence has made so far.
struct World {
	codes: BTreeMap<&'static str, Vec<u8>>,
	kinds: BTreeMap<AccountId32, &'static str>,
}

fn selector(name: &str) -> [u8; 4] {
	blake2_256(name.as_bytes())[..4].try_into().unwrap()
}

fn message(name: &str, args: impl Encode) -> Vec<u8> {
	let mut data = selector(name).to_vec();
	args.encode_to(&mut data);
	data
}

impl World {
	fn hash(&self, name: &str) -> H256 {
		blake2_256(&self.codes[name]).into()
	}

	/// A contract, or an account without one.
	fn account(&self, index: u16) -> AccountId32 {
		let index = usize::from(index) % (self.kinds.len() + 2);
		self.kinds.keys().nth(index).cloned().unwrap_or(if index % 2 == 0 { CHARLIE } else { BOB })
	}

	fn of_kind(&self, kind: &str, index: u16) -> AccountId32 {
		let all: Vec<_> =
			self.kinds.iter().filter(|(_, of)| **of == kind).map(|(account, _)| account).collect();
		match all.len() {
			0 => CHARLIE,
			len => all[usize::from(index) % len].clone(),
		}
	}

	fn constructor(&self, guest: &str, with: &Choice) -> Vec<u8> {
		match guest {
			"flipper" | "delegator" => message("new", with.bit),
			"token" => message("new", u128::from(with.number)),
			"caller" => message("new", self.of_kind("flipper", with.other)),
			"fallible" => message("new", with.bit.then_some(with.number)),
			"terminating" if with.number % 10 == 0 => message("stillborn", ()),
			"terminating" => message("new", (with.number % 5, with.number)),
			_ => message("new", ()),
		}
	}

	/// A message that the contract understands, most of the time.
	fn call(&self, kind: &str, with: &Choice) -> Vec<u8> {
		let other = self.account(with.other);
		let number = with.number;
		let code = self.hash(GUESTS[usize::from(with.other) % GUESTS.len()]);
		let all: Vec<Vec<u8>> = match kind {
			"flipper" => vec![message("flip", ()), message("get", ())],
			"token" => vec![
				message("transfer", (&other, u128::from(number))),
				message("approve", (&other, u128::from(number))),
				message("transfer_from", (&other, &ALICE, u128::from(number))),
				message("balance_of", &other),
			],
			"caller" => vec![
				message("flip", ()),
				message("flip_by_selector", &other),
				message("flip_v1", (&other, 0u64)),
				message("fail", (self.of_kind("fallible", with.other), number % 4)),
				message("reenter", with.bit),
				message("fund", ()),
				message(
					"pay",
					(self.of_kind("payable", with.other), selector("pay"), u128::from(number)),
				),
				message("pay", (&other, selector("terminate"), u128::from(number))),
			],
			"builder" => vec![
				message("build_v1", (self.hash("flipper"), 0u64, number.encode())),
				message("build_v1", (code, 0u64, (number % 3).encode())),
				message(
					"build",
					(self.hash("flipper"), with.bit, u128::from(number), number.encode()),
				),
				message(
					"build_fallible",
					(self.hash("fallible"), with.bit.then_some(number), number.encode()),
				),
				message("last", ()),
			],
			"delegator" => vec![
				message("run", (self.hash("flipper"), selector("flip"))),
				message("run", (code, selector("increment"))),
				message("flip_and_end", code),
				message("get_by", self.hash("flipper")),
				message("lock", code),
				message("unlock", code),
			],
			"fallible" => vec![
				message("fail", number % 4),
				message("succeed", ()),
				message("panic", ()),
				message("writes", ()),
			],
			"sizes" => vec![
				message("write", (number % 8, number, with.value)),
				message("write", (number % 8, number * 41, with.value)),
				message("write_many", (number % 8, number % 5, number)),
				message("take", number % 8),
				message("clear", number % 8),
				message("contains", number % 8),
				message("set_lazy", (number, with.value)),
				message("push", u64::from(number)),
				message("pop", ()),
				message("clear_list", ()),
			],
			"payable" => vec![
				message("pay", ()),
				message("free", ()),
				message("transfer", (&other, u128::from(number))),
				message("balance", ()),
			],
			"terminating" => vec![message("terminate", &other), message("has_item", number % 5)],
			_ => vec![
				message("increment", ()),
				message("get", ()),
				message("version", ()),
				message("set_code", self.hash(if with.bit { "upgraded" } else { "upgradeable" })),
				message("set_code", code),
			],
		};
		all[usize::from(with.what >> 8) % all.len()].clone()
	}

	fn step(&self, with: &Choice) -> (Step, Option<(&'static str, AccountId32)>) {
		let guest = GUESTS[usize::from(with.guest) % GUESTS.len()];
		// Mostly nothing, sometimes some, seldom more than there is.
		let value = match with.value {
			0..=199 => 0,
			200..=253 => u128::from(with.number) * 100,
			_ => u128::MAX / 2,
		};
		let deposit_limit = (with.number % 17 == 3).then_some(u128::from(with.number) * 500);
		let arguments = |data| Arguments { value, deposit_limit, data, salt: with.number.encode() };
		match with.what % 32 {
			0 => (Step::Upload(self.codes[guest].clone()), None),
			1 => (Step::Remove(self.hash(guest)), None),
			2..=5 => {
				let data = self.constructor(guest, with);
				let made = Some((guest, ALICE));
				(Step::InstantiateWithCode(self.codes[guest].clone(), arguments(data)), made)
			},
			6 | 7 => {
				let data = self.constructor(guest, with);
				(Step::Instantiate(self.hash(guest), arguments(data)), Some((guest, ALICE)))
			},
			8 => (Step::SetCode(self.account(with.target), self.hash(guest)), None),
			_ => {
				let contract = self.account(with.target);
				let kind = self.kinds.get(&contract).copied().unwrap_or("flipper");
				(Step::Call(contract, arguments(self.call(kind, with))), None)
			},
		}
	}
}

/// Takes the steps; panics where the two chains differ.
fn run(choices: &[Choice]) -> usize {
	let codes = GUESTS.into_iter().map(|name| (name, ink("v5", name))).collect();
	let mut world = World { codes, kinds: BTreeMap::new() };
	let mut pair = Pair::new();
	// Something of each to begin with.
	for guest in GUESTS {
		let with =
			Choice { what: 2, guest: 0, target: 0, other: 0, number: 1, bit: false, value: 0 };
		let data = world.constructor(guest, &with);
		let arguments = Arguments { value: 100_000, data, ..Default::default() };
		let arguments =
			if guest == "payable" { arguments } else { Arguments { value: 0, ..arguments } };
		let contract = pair.deploy(&ALICE, world.codes[guest].clone(), arguments);
		world.kinds.insert(contract, guest);
	}
	for choice in choices {
		let (step, made) = world.step(choice);
		let who = if choice.bit { ALICE } else { BOB };
		if let Step::Call(contract, with) = &step {
			pair.ask(&who, contract, with);
		}
		pair.take(&who, step);
		let contracts = pair.contracts();
		world.kinds.retain(|account, _| contracts.contains(account));
		for contract in contracts {
			// Those that builders made are flippers, or do not understand.
			let kind = made.as_ref().map_or("flipper", |(guest, _)| guest);
			world.kinds.entry(contract).or_insert(kind);
		}
	}
	choices.len()
}

#[test]
fn random_sequences_do_the_same() {
	let seed: [u8; 32] = match std::env::var("CAISSON_SEED") {
		Ok(text) => sp_core::bytes::from_hex(&text).unwrap().try_into().unwrap(),
		Err(_) => blake2_256(
			&std::time::SystemTime::now()
				.duration_since(std::time::UNIX_EPOCH)
				.unwrap()
				.as_nanos()
				.encode(),
		),
	};
	println!("CAISSON_SEED={}", sp_core::bytes::to_hex(&seed, false));
	let config = Config { cases: CASES, failure_persistence: None, ..Config::default() };
	let mut runner =
		TestRunner::new_with_rng(config, TestRng::from_seed(RngAlgorithm::ChaCha, &seed));
	let mut steps = 0;
	let counted = std::cell::Cell::new(0usize);
	let result = runner.run(&choices(), |choices| {
		counted.set(counted.get() + run(&choices));
		Ok(())
	});
	steps += counted.get();
	if let Err(error) = result {
		panic!("CAISSON_SEED={}: {error}", sp_core::bytes::to_hex(&seed, false));
	}
	assert!(steps >= 10_000, "only {steps} steps");
}
