//! What the bench leaves: lines while it runs, then docs/performance.md with plots and results.

use crate::{
	full::Filled,
	growth::{Growth, Law},
	machine::Machine,
	measure::{Outcome, Spread, SAMPLES},
	plot,
};
use serde::Serialize;
use std::{
	error::Error,
	fmt::Write as _,
	fs,
	path::{Path, PathBuf},
};

/// Everything that was measured.
#[derive(Serialize)]
pub(crate) struct Results {
	pub(crate) machine: Machine,
	/// Samples of each figure.
	pub(crate) samples: usize,
	pub(crate) cases: Vec<Outcome>,
	/// A block full of token transfers: ours, then the reference's.
	pub(crate) full: Option<[Filled; 2]>,
	pub(crate) growth: Vec<Growth>,
}

/// The least that the number of transfers in a block may be, as a multiple of the reference's.
const GOAL_TRANSFERS: f64 = 1.5;

/// The head of the table that is printed.
pub(crate) fn head() {
	println!(
		"{:<35} {:>15} {:>15} {:>6} {:>15} {:>15} {:>6} {:>12} {:>9} {:>13} {:>8} {:>8}",
		"case (microseconds)",
		"cold, ours",
		"reference",
		"ratio",
		"warm, ours",
		"reference",
		"ratio",
		"allocations",
		"faults",
		"proof",
		"reads",
		"writes",
	);
}

fn spread(spread: &Spread) -> String {
	format!("{:.1} ±{:.1}%", spread.median, spread.relative() * 100.0)
}

fn pair<T: std::fmt::Display>(ours: T, reference: T) -> String {
	format!("{ours}/{reference}")
}

/// A line of a case, printed.
pub(crate) fn line(outcome: &Outcome) {
	let Outcome { name, ours, reference, .. } = outcome;
	let (a, b) = (&ours.counts, &reference.counts);
	println!(
		"{name:<35} {:>15} {:>15} {:>6.3} {:>15} {:>15} {:>6.3} {:>12} {:>9} {:>13} {:>8} {:>8}",
		spread(&ours.cold),
		spread(&reference.cold),
		outcome.cold(),
		spread(&ours.warm),
		spread(&reference.warm),
		outcome.warm(),
		pair(a.allocations, b.allocations),
		pair(a.page_faults, b.page_faults),
		pair(a.proof, b.proof),
		pair(a.reads, b.reads),
		pair(a.writes, b.writes),
	);
}

/// The lines of the full block, printed.
pub(crate) fn full(filled: &[Filled; 2]) {
	println!("\n{FULL_HEAD}");
	filled.iter().zip(["Caisson", "pallet-contracts"]).for_each(|(one, name)| {
		println!("{}", full_row(name, one));
	});
}

/// The line of a subject, printed.
pub(crate) fn grown(growth: &Growth) {
	println!("\n{}, by {}", growth.name, growth.unit);
	for point in &growth.points {
		let [ours, reference] = point.cold.each_ref().map(spread);
		let [a, b] = point.counts.each_ref().map(|counts| counts.proof);
		println!("{:>8} {ours:>16} {reference:>16} proof {}", point.size, pair(a, b));
	}
	println!("{}", growth_row(growth));
}

const FULL_HEAD: &str = "| pallet | transfers | weight, ms | proof charged, KB | proof, KB | made in, ms | by weight | \
	imported in, ms | by weight |\n|---|---|---|---|---|---|---|---|---|";

fn full_row(name: &str, one: &Filled) -> String {
	format!(
		"| {name} | {} | {:.0} | {} | {} | {:.0} ±{:.1}% | {:.2} | {:.0} ±{:.1}% | {:.2} |",
		one.transfers,
		one.ref_time as f64 / 1e9,
		one.proof_size / 1_000,
		one.proof / 1_000,
		one.cold.median / 1e3,
		one.cold.relative() * 100.0,
		one.by_weight(&one.cold),
		one.warm.median / 1e3,
		one.warm.relative() * 100.0,
		one.by_weight(&one.warm),
	)
}

fn growth_row(growth: &Growth) -> String {
	let law = match growth.law {
		Law::Linear => format!("1 of {}", growth.unit),
		Law::Logarithmic => format!("10 times the {}", growth.unit),
	};
	let fit = |side: usize| {
		let fit = &growth.fits[side];
		format!("{:.1} + {:.3} | {:.3}", fit.base, fit.slope, fit.r2)
	};
	format!("| {} | {law} | {} | {} |", growth.name, fit(0), fit(1))
}

/// A ratio with its goal, and whether it is reached.
fn ratio(ratio: f64, goal: Option<f64>) -> String {
	match goal {
		Some(goal) if ratio <= goal => format!("**{ratio:.2}** ≤ {goal:.2}"),
		Some(goal) => format!("**{ratio:.2}**, not {goal:.2}"),
		None => format!("{ratio:.2}"),
	}
}

fn case_row(outcome: &Outcome, empty: Option<&Outcome>) -> String {
	let Outcome { name, ours, reference, .. } = outcome;
	// Without what an extrinsic of no contract takes.
	let alone = empty.filter(|empty| empty.name != *name).map_or("".into(), |empty| {
		let less = |one: &Spread, none: &Spread| one.median - none.median;
		let part =
			less(&ours.cold, &empty.ours.cold) / less(&reference.cold, &empty.reference.cold);
		format!("{part:.2}")
	});
	format!(
		"| {name} | {} | {} | {} | {alone} | {} | {} | {} |",
		spread(&ours.cold),
		spread(&reference.cold),
		ratio(outcome.cold(), outcome.goal_cold),
		spread(&ours.warm),
		spread(&reference.warm),
		ratio(outcome.warm(), outcome.goal_warm),
	)
}

fn count_row(outcome: &Outcome) -> String {
	let (a, b) = (&outcome.ours.counts, &outcome.reference.counts);
	let above = if a.proof > b.proof { ", above" } else { "" };
	format!(
		"| {} | {} | {} | {} | {}{above} | {} | {} | {} | {} |",
		outcome.name,
		a.length,
		pair(a.allocations, b.allocations),
		pair(a.page_faults, b.page_faults),
		pair(a.proof, b.proof),
		pair(a.reads, b.reads),
		pair(a.writes, b.writes),
		pair(a.ref_time / 1_000_000, b.ref_time / 1_000_000),
		pair(a.proof_size, b.proof_size),
	)
}

/// The repository's folder of documents.
fn docs() -> PathBuf {
	Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs")
}

/// The file of a plot, relative to the documents.
fn plot_file(number: usize) -> String {
	format!("performance/growth-{}.svg", number + 1)
}

/// Writes the documents anew.
pub(crate) fn write(results: &Results) -> Result<(), Box<dyn Error>> {
	let docs = docs();
	fs::create_dir_all(docs.join("performance"))?;
	let json = serde_json::to_string_pretty(results)?;
	fs::write(docs.join("performance/results.json"), json + "\n")?;
	plot::ratios(&docs.join("performance/ratios.svg"), &results.cases)?;
	for (number, growth) in results.growth.iter().enumerate() {
		plot::growth(&docs.join(plot_file(number)), growth)?;
	}
	fs::write(docs.join("performance.md"), document(results)?)?;
	Ok(())
}

fn document(results: &Results) -> Result<String, std::fmt::Error> {
	let Machine { processor, cores, commit, day, runtime, load } = &results.machine;
	let mut text = include_str!("../performance.md")
		.replace("{samples}", &SAMPLES.to_string())
		.replace("{runtime}", &runtime.to_string());
	write!(
		text,
		"\n## Machine\n\n{processor}, {cores} cores, load {load} when the bench began; {day}, commit {commit}.\n"
	)?;
	let empty = results.cases.first();
	writeln!(text, "\n## Time\n\nMicroseconds.\n")?;
	writeln!(
		text,
		"| case | cold, ours | cold, reference | ratio | of the contract | warm, ours | warm, reference | ratio |"
	)?;
	writeln!(text, "|---|---|---|---|---|---|---|---|")?;
	for outcome in &results.cases {
		writeln!(text, "{}", case_row(outcome, empty))?;
	}
	writeln!(text, "\n![ratios](performance/ratios.svg)")?;
	writeln!(text, "\n## Beside time\n\nOurs/reference.\n")?;
	writeln!(
		text,
		"| case | bytes | allocations | page faults | proof, bytes | reads | writes | weight, µs | proof charged, bytes |"
	)?;
	writeln!(text, "|---|---|---|---|---|---|---|---|---|")?;
	for outcome in &results.cases {
		writeln!(text, "{}", count_row(outcome))?;
	}
	if let Some(filled) = &results.full {
		let more = f64::from(filled[0].transfers) / f64::from(filled[1].transfers);
		let goal = if more >= GOAL_TRANSFERS { "reached" } else { "not reached" };
		writeln!(text, "\n## A block full of token transfers\n\n{FULL_HEAD}")?;
		writeln!(text, "{}", full_row("Caisson", &filled[0]))?;
		writeln!(text, "{}", full_row("pallet-contracts", &filled[1]))?;
		writeln!(
			text,
			"\n{more:.2} times as many; the goal of {GOAL_TRANSFERS} is {goal}. \"By weight\" is the time as a part of \
			 what the block is charged: below 1 the weight covers it."
		)?;
	}
	if !results.growth.is_empty() {
		writeln!(text, "\n## Growth\n\nMicroseconds, cold: a line fitted to the medians.\n")?;
		writeln!(
			text,
			"| subject | for each | ours | r² | reference | r² |\n|---|---|---|---|---|---|"
		)?;
		for growth in &results.growth {
			writeln!(text, "{}", growth_row(growth))?;
		}
		for (number, growth) in results.growth.iter().enumerate() {
			writeln!(text, "\n![{}]({})", growth.name, plot_file(number))?;
		}
	}
	Ok(text)
}
