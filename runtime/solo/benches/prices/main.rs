//! What guest code, host functions, frames and uploads take, against what they are charged: each case runs
//! in an extrinsic of an open block on the runtime's Wasm, as an author of blocks runs it.
//!
//! - [`instructions`], [`host`], [`frames`]: code that runs so often that the part of the case is what is
//!   measured, less an extrinsic with no round
//! - [`uploads`]: modules, less the upload of a small one
//! - [`case`], [`chain`]: what a case is, and where it runs
//!
//! Prints a line for each: nanoseconds of the thread's own time that one of it takes (the median of the
//! samples), nanoseconds of weight that it is charged, and time by price: alone, and as it would be on the machine
//! that the weights are of, in the state that it was in. How much slower this one is the first case tells,
//! which is a benchmark, too. A price holds where the last figure is not far above one. The
//! bench ends badly if it is above [`BOUND`]. Arguments choose cases by a part of their name.

#![allow(
	clippy::unwrap_used,
	clippy::indexing_slicing,
	clippy::arithmetic_side_effects,
	reason = "a bench may stop at what is not so, and its numbers are small"
)]

mod case;
mod chain;
mod frames;
mod host;
mod instructions;
#[path = "../../tests/support/mod.rs"]
mod support;
mod uploads;

use caisson_solo_runtime::{
	weights::pallet_wasm_contracts::WeightInfo as Weights, AccountId, Address, Runtime,
};
use case::{Case, Given, Upload};
use chain::{uploading, Chain, Ran};
use codec::Encode;
use frame_support::weights::Weight;
use pallet_wasm_contracts::{weights::WeightInfo, Call};
use std::process::ExitCode;

/// Samples of each case.
const SAMPLES: usize = 15;
/// Weight that the rounds of a sample are charged, in picoseconds, unless something ends it before.
const REF_TIME: u64 = 40_000_000_000;
/// Proof size that they are charged at most.
const PROOF_SIZE: u64 = 2 * 1024 * 1024;
/// Limit of every call, above both.
const GAS: Weight = Weight::from_parts(REF_TIME * 10, PROOF_SIZE * 4);
/// Rounds by which a case's price is told, before it is measured.
const PROBE: u32 = 4;
/// How often time by price may be that of the benchmarks: nothing is to cost less than half of what it takes.
const BOUND: f64 = 2.0;

/// What a case came to, in nanoseconds.
struct Outcome {
	time: f64,
	price: f64,
}

/// A contract that runs a case, and what it is given.
struct Subject {
	contract: AccountId,
	given: Vec<[u8; 32]>,
	is_seal: bool,
}

impl Subject {
	fn new(chain: &mut Chain, case: &Case) -> Self {
		let given = match &case.given {
			Given::Nothing => Vec::new(),
			Given::Contracts(modules) => modules
				.iter()
				.zip(1..)
				.map(|(code, number)| chain.deploy(code.clone(), number, GAS).into())
				.collect(),
			Given::Codes(modules) => {
				modules.iter().map(|code| chain.upload(code.clone()).into()).collect()
			},
		};
		let contract = chain.deploy(case::module(case), 0, GAS);
		Self { contract, given, is_seal: case.imports.is_some() }
	}

	fn run(&self, chain: &mut Chain, rounds: u32) -> Ran {
		let count = rounds.to_le_bytes().to_vec();
		let data = if self.is_seal {
			[count, self.given.concat()].concat()
		} else {
			(b"go".to_vec(), vec![count]).encode()
		};
		let ran = chain.run(Call::call {
			dest: Address::Id(self.contract.clone()),
			value: 0,
			gas_limit: GAS,
			storage_deposit_limit: None,
			data,
		});
		assert!(ran.succeeded, "the case's contract fails");
		ran
	}
}

fn median(mut samples: Vec<f64>) -> f64 {
	samples.sort_by(f64::total_cmp);
	samples[samples.len() / 2]
}

/// Samples of both in turns, so that a slower moment of the machine is in both: by how much the second takes
/// longer, in nanoseconds.
fn difference(mut first: impl FnMut() -> Ran, mut second: impl FnMut() -> Ran) -> f64 {
	let nanoseconds = |ran: Ran| ran.took.as_nanos() as f64;
	let (first, second) =
		(0..SAMPLES).map(|_| (nanoseconds(first()), nanoseconds(second()))).unzip();
	median(second) - median(first)
}

/// Nanoseconds of a weight.
fn price(weight: Weight) -> f64 {
	weight.ref_time() as f64 / 1_000.0
}

fn measure(case: &Case) -> Outcome {
	// A chain of its own: what others left in the block would be looked through for its events.
	let mut chain = Chain::new();
	let subject = Subject::new(&mut chain, case);
	let none = subject.run(&mut chain, 0).weight;
	let probe = PROBE.min(case.most.unwrap_or(PROBE));
	let probed = subject.run(&mut chain, probe).weight - none;
	let by_time = REF_TIME / (probed.ref_time() / u64::from(probe)).max(1);
	let by_proof = PROOF_SIZE * u64::from(probe) / probed.proof_size().max(1);
	let rounds = u32::try_from(by_time.min(by_proof).max(1)).unwrap();
	let rounds = case.most.map_or(rounds, |most| most.min(rounds));
	let weight = subject.run(&mut chain, rounds).weight - none;
	let chain = std::cell::RefCell::new(chain);
	let run = |rounds| subject.run(&mut chain.borrow_mut(), rounds);
	let time = difference(|| run(0), || run(rounds));
	let of_one = f64::from(rounds) * case.repeated as f64;
	Outcome { time: time / of_one, price: price(weight) / of_one }
}

fn measure_upload(upload: &Upload) -> Outcome {
	let chain = std::cell::RefCell::new(Chain::new());
	let run = |code: &[u8]| chain.borrow_mut().run(uploading(code.to_vec()));
	let smallest = uploads::smallest();
	let (less, more) = (run(&smallest), run(&upload.code));
	assert!(less.succeeded);
	assert_eq!(more.succeeded, !upload.refused, "{}", upload.name);
	let time = difference(|| run(&smallest), || run(&upload.code));
	Outcome { time, price: price(more.weight - less.weight) }
}

fn main() -> ExitCode {
	let chosen: Vec<String> =
		std::env::args().skip(1).filter(|argument| !argument.starts_with("--")).collect();
	let is_chosen =
		|name: &str| chosen.is_empty() || chosen.iter().any(|part| name.contains(part.as_str()));
	println!("{:<56} {:>11} {:>11} {:>6} {:>7}", "case", "time ns", "price ns", "ratio", "holds");
	let benchmarked = <Weights<Runtime> as WeightInfo>::instruction;
	let additions = price(benchmarked(1) - benchmarked(0));
	let mut slower = None;
	let mut above = Vec::new();
	let mut tell = |name: &'static str, Outcome { time, price }| {
		let ratio = time / price;
		let holds = ratio / *slower.get_or_insert(time / additions);
		println!("{name:<56} {time:>11.1} {price:>11.1} {ratio:>6.2} {holds:>7.2}");
		if holds > BOUND {
			above.push(name);
		}
	};
	let [instructions, host, frames] = [instructions::cases(), host::cases(), frames::cases()];
	for (index, case) in instructions.iter().chain(&host).chain(&frames).enumerate() {
		// The first tells how fast this machine is.
		if index == 0 || is_chosen(case.name) {
			tell(case.name, measure(case));
		}
	}
	for upload in uploads::uploads().iter().filter(|upload| is_chosen(upload.name)) {
		tell(upload.name, measure_upload(upload));
	}
	if above.is_empty() {
		println!("nothing costs less than half of what it takes");
		return ExitCode::SUCCESS;
	}
	println!("costs less than half of what it takes: {}", above.join(", "));
	ExitCode::FAILURE
}
