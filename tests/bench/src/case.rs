//! What is timed: how the state is made that an extrinsic finds, and the extrinsic.

use crate::{
	chain::Chain,
	contracts::{self, selector, Contract},
	extrinsic::{Account, Call},
};
use codec::Encode;

/// The most that the ratio of ours to the reference's median may be.
#[derive(Clone, Copy, Default)]
pub(crate) struct Goal {
	/// Where each extrinsic runs in a fresh instance.
	pub(crate) cold: Option<f64>,
	/// Where a whole block runs in one instance.
	pub(crate) warm: Option<f64>,
}

/// Makes the `n`th extrinsic of a block.
pub(crate) type Make = Box<dyn Fn(u32) -> Call>;

/// A case.
pub(crate) struct Case {
	/// What is done.
	pub(crate) name: &'static str,
	/// What is to be reached.
	pub(crate) goal: Goal,
	/// Makes the state, and then the extrinsics.
	pub(crate) prepare: Box<dyn Fn(&mut Chain) -> Make>,
}

fn case(name: &'static str, prepare: impl Fn(&mut Chain) -> Make + 'static) -> Case {
	Case { name, goal: Goal::default(), prepare: Box::new(prepare) }
}

impl Case {
	fn cold(mut self, ratio: f64) -> Self {
		self.goal.cold = Some(ratio);
		self
	}

	fn warm(mut self, ratio: f64) -> Self {
		self.goal.warm = Some(ratio);
		self
	}
}

/// The same call each time.
pub(crate) fn always(call: Call) -> Make {
	Box::new(move |_| call.clone())
}

/// Deploys a contract and returns where it is.
pub(crate) fn deploy(chain: &mut Chain, contract: &Contract) -> Account {
	chain.commit(&[contract.deploy()]);
	contract.address(chain.alice())
}

/// A case that calls a module without input.
fn runs(name: &'static str, code: fn() -> Vec<u8>) -> Case {
	case(name, move |chain| {
		let dest = deploy(chain, &Contract::new(code()));
		always(Call::message(dest, []))
	})
}

/// A case that calls a message of a flipper.
fn flipper(name: &'static str, message: [u8; 4]) -> Case {
	case(name, move |chain| {
		let dest = deploy(chain, &Contract::ink("flipper", true));
		always(Call::message(dest, message))
	})
}

/// What a message `transfer` gets: a receiver and an amount.
pub(crate) fn transfer(to: Account, amount: u128) -> Vec<u8> {
	(selector::TRANSFER, to, amount).encode()
}

/// Someone who gets tokens.
pub(crate) fn receiver(number: u32) -> Account {
	sp_io::hashing::blake2_256(&(b"receiver", number).encode())
}

/// A token of which Alice has all, but one that the first receiver has.
pub(crate) fn token(chain: &mut Chain) -> Account {
	let token = deploy(chain, &Contract::ink("token", 1u128 << 64));
	chain.commit(&[Call::message(token, transfer(receiver(0), 1))]);
	token
}

/// A chain of proxies of this length in front of a flipper; returns the first of them.
pub(crate) fn proxies(chain: &mut Chain, count: u32) -> Account {
	let mut last = deploy(chain, &Contract::ink("flipper", true));
	for number in 0..count {
		let proxy = Contract::ink("proxy", last);
		chain.commit(&[if number == 0 { proxy.deploy() } else { proxy.instantiate() }]);
		last = proxy.address(chain.alice());
	}
	last
}

/// Several contracts of one code, behind one that turns each of them and asks how it stands.
pub(crate) fn switches(chain: &mut Chain, count: u32) -> (Account, Vec<Account>) {
	let operator = deploy(chain, &Contract::ink("operator", ()));
	let valves: Vec<_> = (0..count).map(|n| Contract::ink("valve", ()).salted(n)).collect();
	chain.commit(&[valves[0].deploy()]);
	chain.commit(&valves[1..].iter().map(Contract::instantiate).collect::<Vec<_>>());
	(operator, valves.iter().map(|valve| valve.address(chain.alice())).collect())
}

/// A case that deploys a module of about this many bytes, another one each time.
fn deploys(name: &'static str, bytes: u32) -> Case {
	case(name, move |_| {
		Box::new(move |n| Contract::new(contracts::generated_of(bytes, 1_000 + n)).deploy())
	})
}

/// All cases, the one without contracts first: it is what an extrinsic costs anyway.
pub(crate) fn cases() -> Vec<Case> {
	vec![
		case("empty extrinsic", |_| always(Call::Remark)),
		flipper("getter", selector::GET).cold(0.50).warm(0.30),
		flipper("flip", selector::FLIP).cold(0.50).warm(0.30),
		case("token transfer", |chain| {
			let token = token(chain);
			always(Call::message(token, transfer(receiver(0), 1)))
		})
		.cold(0.55),
		case("token transfer through a proxy", |chain| {
			let token = token(chain);
			let proxy = deploy(chain, &Contract::ink("proxy", token));
			chain.commit(&[Call::message(token, transfer(proxy, 1 << 32))]);
			always(Call::message(proxy, transfer(receiver(0), 1)))
		}),
		case("20 sub-calls to one code", |chain| {
			let (operator, valves) = switches(chain, 10);
			always(Call::message(operator, (selector::TURN_ALL, valves).encode()))
		})
		.cold(0.25),
		case("call depth 10", |chain| {
			// The flipper is the tenth.
			let first = proxies(chain, 9);
			always(Call::message(first, selector::FLIP))
		})
		.cold(0.30),
		runs("1,000,000 iterations of arithmetic", || contracts::arithmetic(1_000_000)).cold(0.60),
		runs("sha2 of 64 KiB in the guest", contracts::sha2).cold(0.65),
		runs("10,000 host calls", || contracts::host_calls(10_000)).cold(0.80),
		case("100 storage writes and reads", |chain| {
			let dest = deploy(chain, &Contract::new(contracts::storage(100)));
			// The entries are there, so that each extrinsic of a block finds the same.
			chain.commit(&[Call::message(dest, [])]);
			always(Call::message(dest, []))
		}),
		runs("100 events", || contracts::events(100)),
		deploys("deploy of 10 KB", 10_000),
		deploys("deploy of 100 KB", 100_000).cold(0.60),
	]
}
