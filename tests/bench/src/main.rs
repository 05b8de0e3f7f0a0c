//! Caisson's pallet and pallet-contracts 51.0.0 in one runtime, which is compiled, executed and recorded
//! as a node does it: how long the same extrinsics take on both, and what else they cost.
//!
//! - [`chain`], [`extrinsic`]: a chain of the runtime, and what is sent to it
//! - [`contracts`], [`case`]: what runs there
//! - [`measure`], [`count`]: samples in turns, and what is counted beside time
//! - [`full`]: a block of token transfers
//! - [`growth`]: the same call over sizes of code and state
//! - [`machine`], [`plot`], [`report`]: what is printed, and written to docs/performance.md
//!
//! Arguments choose cases by a part of their name; "full block" and "growth" are names, too. Nothing is
//! written then.

#![allow(clippy::indexing_slicing, reason = "a bench may stop at what is not so")]

mod case;
mod chain;
mod contracts;
mod count;
mod extrinsic;
mod full;
mod growth;
mod machine;
mod measure;
mod plot;
mod report;

use chain::Runtime;

fn main() -> Result<(), Box<dyn std::error::Error>> {
	let chosen: Vec<String> =
		std::env::args().skip(1).filter(|argument| !argument.starts_with("--")).collect();
	let is_chosen =
		|name: &str| chosen.is_empty() || chosen.iter().any(|part| name.contains(part.as_str()));
	let runtime = Runtime::new();
	let machine = machine::Machine::this(runtime.len());
	println!("{machine:?}, {} samples of each", measure::SAMPLES);
	report::head();
	let cases = case::cases().into_iter().filter(|case| is_chosen(case.name)).map(|case| {
		let outcome = measure::measure(&runtime, &case);
		report::line(&outcome);
		outcome
	});
	let cases = cases.collect();
	let full = is_chosen("full block").then(|| full::measure(&runtime));
	full.iter().for_each(report::full);
	let subjects = growth::subjects().into_iter();
	let growth = subjects.filter(|one| is_chosen("growth") || is_chosen(one.name)).map(|subject| {
		let growth = growth::grow(&runtime, &subject);
		report::grown(&growth);
		growth
	});
	let growth = growth.collect();
	let results = report::Results { machine, samples: measure::SAMPLES, cases, full, growth };
	// A part of the cases is no report.
	if chosen.is_empty() {
		report::write(&results)?;
	}
	Ok(())
}
