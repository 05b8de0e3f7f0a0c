//! Every benchmark of the pallet, once with the least and once with the most of each component: none is
//! measured, but each has to run and to come to what it says.
//!
//! Here, as this workspace is compiled apart from the node's: the feature that brings the benchmarks changes
//! nearly every crate. Apart from the other tests, too: with it pallet-contracts is another.

use caisson_differential::ours::{genesis, Chain, Contracts};
use frame_benchmarking::{BenchmarkMetadata, BenchmarkParameter, Benchmarking};
use pallet_wasm_contracts::test_utils::run_benchmark;

/// The component of which a benchmark is given the most, or none of them.
fn choices(benchmark: &BenchmarkMetadata) -> Vec<Vec<(BenchmarkParameter, u32)>> {
	let with = |most: Option<usize>| {
		let value = |(at, (component, low, high)): (usize, &(BenchmarkParameter, u32, u32))| {
			(*component, if Some(at) == most { *high } else { *low })
		};
		benchmark.components.iter().enumerate().map(value).collect()
	};
	let each = (0..benchmark.components.len()).map(|at| with(Some(at)));
	std::iter::once(with(None)).chain(each).collect()
}

#[test]
fn every_benchmark_runs() {
	let benchmarks = Contracts::benchmarks(true);
	assert!(benchmarks.len() > 80, "only {} benchmarks", benchmarks.len());
	let mut failed = Vec::new();
	for benchmark in &benchmarks {
		let name = std::str::from_utf8(&benchmark.name).unwrap();
		for components in choices(benchmark) {
			let result = genesis().execute_with(|| run_benchmark::<Chain>(name, &components));
			if let Err(error) = result {
				failed.push(format!("{name} {components:?}: {error:?}"));
			}
		}
	}
	assert!(failed.is_empty(), "\n{}", failed.join("\n"));
}
