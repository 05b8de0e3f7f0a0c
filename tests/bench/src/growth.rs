//! How the time of an extrinsic grows with what it finds: the same call over sizes of code and state.

use crate::{
	case::{self, Make},
	chain::{Chain, Runtime},
	contracts::{self, selector, Contract},
	extrinsic::Call,
	measure::{in_turns, prepare, Counts, Spread, SAMPLES},
};
use codec::Encode;
use serde::Serialize;
use std::rc::Rc;

/// Entries that one call writes: pallet-contracts charges so much proof for each that not many more fit.
const ENTRIES: u32 = 250;

/// How a figure should depend on the size.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub(crate) enum Law {
	/// In proportion to it.
	Linear,
	/// To its logarithm to the base of ten, as the depth of a trie does.
	Logarithmic,
}

impl Law {
	fn of(self, size: f64) -> f64 {
		match self {
			Self::Linear => size,
			Self::Logarithmic => size.log10(),
		}
	}
}

/// What grows.
pub(crate) struct Subject {
	/// What is done.
	pub(crate) name: &'static str,
	/// What is counted.
	pub(crate) unit: &'static str,
	law: Law,
	sizes: &'static [u32],
	prepare: fn(&mut Chain, u32) -> Make,
}

/// A line through points, by least squares.
#[derive(Clone, Copy, Debug, Serialize)]
pub(crate) struct Fit {
	/// Microseconds at the size where the law is zero.
	pub(crate) base: f64,
	/// Microseconds for one more of the law.
	pub(crate) slope: f64,
	/// Part of the variance that the line explains.
	pub(crate) r2: f64,
}

impl Fit {
	fn of(points: &[(f64, f64)]) -> Self {
		let count = points.len() as f64;
		let mean = |of: fn(&(f64, f64)) -> f64| points.iter().map(of).sum::<f64>() / count;
		let (x, y) = (mean(|point| point.0), mean(|point| point.1));
		let sum = |of: &dyn Fn(f64, f64) -> f64| -> f64 {
			points.iter().map(|(at, value)| of(at - x, value - y)).sum()
		};
		let (xx, xy, yy) = (sum(&|a, _| a * a), sum(&|a, b| a * b), sum(&|_, b| b * b));
		let slope = xy / xx;
		Self { base: y - slope * x, slope, r2: xy * xy / (xx * yy) }
	}
}

/// What was measured at a size.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Point {
	/// The size.
	pub(crate) size: u32,
	/// Ours, then the reference's.
	pub(crate) cold: [Spread; 2],
	/// Ours, then the reference's.
	pub(crate) counts: [Counts; 2],
}

/// What was measured of a subject.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Growth {
	/// What is done.
	pub(crate) name: &'static str,
	/// What is counted.
	pub(crate) unit: &'static str,
	/// How it should grow.
	pub(crate) law: Law,
	/// From the smallest size on.
	pub(crate) points: Vec<Point>,
	/// Ours, then the reference's.
	pub(crate) fits: [Fit; 2],
}

impl Growth {
	/// What the fit of a side says of a size, in microseconds.
	pub(crate) fn fitted(&self, side: usize, size: f64) -> f64 {
		self.fits[side].base + self.fits[side].slope * self.law.of(size)
	}
}

/// A call that ends at once, of a module of as many functions.
fn modules(chain: &mut Chain, functions: u32, operations: u32) -> Make {
	let code = contracts::generated(functions, operations, 0);
	case::always(Call::message(case::deploy(chain, &Contract::new(code)), []))
}

/// All subjects.
pub(crate) fn subjects() -> Vec<Subject> {
	use Law::{Linear, Logarithmic};
	let subject = |name, unit, law, sizes, prepare| Subject { name, unit, law, sizes, prepare };
	vec![
		subject(
			"call of a module of 20 functions",
			"kilobytes of code",
			Linear,
			&[2, 10, 25, 50, 100],
			// An operation takes seven bytes, as its number has nearly always five.
			|chain, kilobytes| modules(chain, 20, kilobytes * 1_000 / 20 / 7),
		),
		subject(
			"call of a module of small functions",
			"functions",
			Linear,
			&[10, 50, 100, 200, 400, 800],
			|chain, functions| modules(chain, functions, 4),
		),
		subject(
			"call of a module that does nothing",
			"pages of memory",
			Linear,
			&[0, 1, 2, 4, 8, 16],
			|chain, pages| {
				let code = contracts::pages(pages);
				case::always(Call::message(case::deploy(chain, &Contract::new(code)), []))
			},
		),
		subject(
			"read and write of one entry",
			"entries of the contract",
			Logarithmic,
			&[10, 100, 1_000, 10_000, 100_000],
			|chain, entries| {
				let shelf = case::deploy(chain, &Contract::new(contracts::shelf()));
				let fill: Vec<_> = (0..entries)
					.step_by(ENTRIES as usize)
					.map(|from| Call::message(shelf, (from, ENTRIES.min(entries - from)).encode()))
					.collect();
				chain.commit(&fill);
				case::always(Call::message(shelf, (entries / 2, 0u32).encode()))
			},
		),
		subject(
			"flip of one of many contracts",
			"contracts",
			Logarithmic,
			&[10, 100, 1_000, 10_000],
			|chain, count| {
				let flipper = Contract::ink("flipper", true);
				case::deploy(chain, &flipper);
				let more: Vec<_> =
					(1..count).map(|n| flipper.clone().salted(n).instantiate()).collect();
				chain.commit(&more);
				let chosen = flipper.salted(count / 2).address(chain.alice());
				case::always(Call::message(chosen, selector::FLIP))
			},
		),
		subject(
			"flip through proxies",
			"frames",
			Linear,
			&[2, 4, 6, 8, 10, 12, 14],
			|chain, depth| {
				case::always(Call::message(case::proxies(chain, depth - 1), selector::FLIP))
			},
		),
		subject(
			"calls of other contracts of one code",
			"sub-calls",
			Linear,
			&[2, 6, 10, 20, 40],
			|chain, count| {
				let (operator, valves) = case::switches(chain, count / 2);
				case::always(Call::message(operator, (selector::TURN_ALL, valves).encode()))
			},
		),
	]
}

/// Measures a subject at each of its sizes.
pub(crate) fn grow(runtime: &Rc<Runtime>, subject: &Subject) -> Growth {
	let points: Vec<_> = subject
		.sizes
		.iter()
		.map(|&size| {
			let both = prepare(runtime, |chain| (subject.prepare)(chain, size));
			let extrinsics = both.each_ref().map(|one| one.extrinsics(1));
			let taken = in_turns(SAMPLES, |side| [both[side].cold(&extrinsics[side][0])]);
			let counts = both.each_ref().map(|one| one.counts());
			Point { size, cold: taken.map(|[cold]| Spread::of(cold)), counts }
		})
		.collect();
	let fits = [0, 1].map(|side| {
		let points: Vec<_> = points
			.iter()
			.map(|point| (subject.law.of(f64::from(point.size)), point.cold[side].median))
			.collect();
		Fit::of(&points)
	});
	Growth { name: subject.name, unit: subject.unit, law: subject.law, points, fits }
}
