//! Runs a case on both chains in turns.

use crate::{
	case::{Case, Make},
	chain::{Chain, Runtime},
	count::{allocations, page_faults},
	extrinsic::{Call, Side, Weight},
};
use serde::Serialize;
use std::{rc::Rc, time::Duration};

/// Samples of each figure, of which the median is taken.
pub(crate) const SAMPLES: usize = 41;
/// Runs before them that are not counted: they fill caches, the trie's above all.
const WARM_UP: usize = 4;
/// Extrinsics in the block of the warm runs, at most.
const BLOCK: u32 = 32;
/// Computation of that block, in picoseconds, at most: it has to fit the weight of a block on both sides.
const BLOCK_TIME: u64 = 400_000_000_000;
/// Gas limit where no dry run tells one: of constructors that do nothing.
const CONSTRUCTOR: Weight = Weight { ref_time: 100_000_000_000, proof_size: 1024 * 1024 };

/// A median with what lies around it.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Spread {
	/// Microseconds.
	pub(crate) median: f64,
	/// A quarter of the samples is below.
	pub(crate) lower: f64,
	/// A quarter of the samples is above.
	pub(crate) upper: f64,
	/// How many samples there were.
	pub(crate) samples: usize,
}

impl Spread {
	pub(crate) fn of(mut samples: Vec<f64>) -> Self {
		samples.sort_by(f64::total_cmp);
		let at = |part: f64| samples[((samples.len() - 1) as f64 * part).round() as usize];
		Self { median: at(0.5), lower: at(0.25), upper: at(0.75), samples: samples.len() }
	}

	/// Half of the distance between the quartiles, as a part of the median.
	pub(crate) fn relative(&self) -> f64 {
		(self.upper - self.lower) / 2.0 / self.median
	}
}

/// What an extrinsic does beside taking time.
#[derive(Clone, Debug, Default, Serialize)]
pub(crate) struct Counts {
	/// Allocations of the runtime, of its host's allocator.
	pub(crate) allocations: u64,
	/// Pages that the extrinsic is first to touch, in a fresh instance.
	pub(crate) page_faults: u64,
	/// Bytes by which the compact proof of a block grows.
	pub(crate) proof: i64,
	/// Entries of the state that it reads beyond those that every block reads.
	pub(crate) reads: i64,
	/// Entries of the state that it writes beyond those that every block writes.
	pub(crate) writes: i64,
	/// Picoseconds of weight that the block is charged.
	pub(crate) ref_time: u64,
	/// Bytes of proof that the block is charged.
	pub(crate) proof_size: u64,
	/// Bytes of the extrinsic.
	pub(crate) length: usize,
}

/// The figures of one of the pallets.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Figures {
	/// An extrinsic in a fresh instance, as an author runs it.
	pub(crate) cold: Spread,
	/// An extrinsic's part of a block in one instance, as an importer runs it.
	pub(crate) warm: Spread,
	/// The rest.
	pub(crate) counts: Counts,
}

/// The figures of a case.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Outcome {
	/// What is done.
	pub(crate) name: String,
	/// Extrinsics in the block of the warm runs.
	pub(crate) block: u32,
	/// Caisson's pallet.
	pub(crate) ours: Figures,
	/// pallet-contracts.
	pub(crate) reference: Figures,
	/// Goal of the ratio of the cold medians.
	pub(crate) goal_cold: Option<f64>,
	/// Goal of the ratio of the warm medians.
	pub(crate) goal_warm: Option<f64>,
}

impl Outcome {
	/// Ours as a part of the reference's.
	pub(crate) fn cold(&self) -> f64 {
		self.ours.cold.median / self.reference.cold.median
	}

	/// Ours as a part of the reference's.
	pub(crate) fn warm(&self) -> f64 {
		self.ours.warm.median / self.reference.warm.median
	}
}

fn micros(time: Duration) -> f64 {
	time.as_nanos() as f64 / 1_000.0
}

/// A chain with a case's state, and the case's extrinsics.
pub(crate) struct Prepared {
	pub(crate) chain: Chain,
	make: Make,
	/// Gas limit of the calls.
	gas: Weight,
	/// What the call returns, if it is no deployment.
	output: Option<Vec<u8>>,
}

impl Prepared {
	pub(crate) fn new(
		side: Side,
		runtime: &Rc<Runtime>,
		prepare: impl Fn(&mut Chain) -> Make,
	) -> Self {
		let mut chain = Chain::new(side, runtime.clone());
		let make = prepare(&mut chain);
		let (output, gas) = match make(0) {
			Call::Message { dest, data } => {
				let (output, gas) = chain.ask(dest, &data);
				(Some(output), gas.and_a_tenth())
			},
			_ => (None, CONSTRUCTOR),
		};
		Self { chain, make, gas, output }
	}

	/// The first `count` extrinsics.
	pub(crate) fn extrinsics(&self, count: u32) -> Vec<Vec<u8>> {
		(0..count).map(|n| self.chain.signed(&(self.make)(n), self.gas, n)).collect()
	}

	/// Runs an extrinsic in a fresh block.
	///
	/// # Panics
	///
	/// If it fails.
	pub(crate) fn cold(&self, extrinsic: &[u8]) -> f64 {
		let (result, took) = self.chain.open().apply_timed(extrinsic);
		result.expect("a valid extrinsic").expect("an extrinsic that succeeds");
		micros(took)
	}

	fn warm(&self, block: &[u8]) -> f64 {
		micros(self.chain.bare().import(block))
	}

	pub(crate) fn counts(&self) -> Counts {
		let extrinsic = &self.extrinsics(1)[0];
		let mut without = self.chain.open();
		without.finalize();
		let mut with = self.chain.open();
		let before = with.weight();
		let ((result, allocations), page_faults) =
			page_faults(|| allocations(|| with.apply(extrinsic)));
		result.expect("a valid extrinsic").expect("an extrinsic that succeeds");
		let after = with.weight();
		with.finalize();
		let more = |with: usize, without: usize| with as i64 - without as i64;
		Counts {
			allocations,
			page_faults,
			proof: more(with.proof(), without.proof()),
			reads: more(with.reads(), without.reads()),
			writes: more(with.writes(), without.writes()),
			ref_time: after.ref_time - before.ref_time,
			proof_size: after.proof_size - before.proof_size,
			length: extrinsic.len(),
		}
	}
}

/// Both chains with the state of a case.
///
/// # Panics
///
/// If the case's call does not return the same on both.
pub(crate) fn prepare(
	runtime: &Rc<Runtime>,
	prepare: impl Fn(&mut Chain) -> Make,
) -> [Prepared; 2] {
	let both = Side::ALL.map(|side| Prepared::new(side, runtime, &prepare));
	assert_eq!(both[0].output, both[1].output, "the output of both pallets differs");
	both
}

/// Runs `sample` on both sides `samples` times in turns, the first of which changes, so that a slower
/// moment of the machine meets both.
pub(crate) fn in_turns<const N: usize>(
	samples: usize,
	mut sample: impl FnMut(usize) -> [f64; N],
) -> [[Vec<f64>; N]; 2] {
	let mut taken: [[Vec<f64>; N]; 2] =
		std::array::from_fn(|_| std::array::from_fn(|_| Vec::new()));
	for round in 0..WARM_UP + samples {
		for turn in 0..2 {
			let side = (round + turn) % 2;
			let figures = sample(side);
			if round >= WARM_UP {
				for (taken, figure) in taken[side].iter_mut().zip(figures) {
					taken.push(figure);
				}
			}
		}
	}
	taken
}

/// Measures a case.
pub(crate) fn measure(runtime: &Rc<Runtime>, case: &Case) -> Outcome {
	let both = prepare(runtime, &case.prepare);
	let counts = [both[0].counts(), both[1].counts()];
	let most = counts.iter().map(|counts| counts.ref_time).max().unwrap_or_default().max(1);
	let count = u32::try_from(BLOCK_TIME / most).unwrap_or(BLOCK).clamp(1, BLOCK);
	let extrinsics = both.each_ref().map(|one| one.extrinsics(count));
	let blocks: Vec<_> =
		both.iter().zip(&extrinsics).map(|(one, extrinsics)| one.chain.build(extrinsics)).collect();
	let empty = both.each_ref().map(|one| one.chain.build(&[]));
	let taken = in_turns(SAMPLES, |side| {
		let one = &both[side];
		let cold = one.cold(&extrinsics[side][0]);
		let block = one.warm(&blocks[side]);
		let empty = one.warm(&empty[side]);
		[cold, (block - empty) / f64::from(count)]
	});
	let mut figures = taken.into_iter().zip(counts).map(|([cold, warm], counts)| Figures {
		cold: Spread::of(cold),
		warm: Spread::of(warm),
		counts,
	});
	let mut next = || figures.next().expect("there are two sides; qed");
	Outcome {
		name: case.name.into(),
		block: count,
		ours: next(),
		reference: next(),
		goal_cold: case.goal.cold,
		goal_warm: case.goal.warm,
	}
}
