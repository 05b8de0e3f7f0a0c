//! Weight to fuel and back.

/// Computation time of one unit of fuel, in picoseconds.
///
/// An addition of two fuel took 3.2 to 4.1 ns in the benchmark `instruction`, on the runtime's Wasm as a chain runs it,
/// over several runs; rounded up. A constant, as fuel becomes weight where no runtime is
/// known; a test holds it against the benchmarks of additions and of memory that grows, and
/// `make bench-prices` every other instruction against additions.
pub(crate) const REF_TIME_PER_FUEL: u64 = 2_500;

/// Fuel that pays for `ref_time`, rounded up: a charge is never too small.
pub(crate) const fn for_ref_time(ref_time: u64) -> u64 {
	ref_time.div_ceil(REF_TIME_PER_FUEL)
}

/// Fuel that `ref_time` buys, rounded down: a limit is never exceeded.
pub(crate) const fn whole_fuel(ref_time: u64) -> u64 {
	ref_time / REF_TIME_PER_FUEL
}

/// Computation time of so much fuel.
pub(crate) const fn to_ref_time(fuel: u64) -> u64 {
	fuel.saturating_mul(REF_TIME_PER_FUEL)
}
