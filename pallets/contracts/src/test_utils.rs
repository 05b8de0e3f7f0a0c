//! What tests of other crates check: the same as `try-runtime` does.

use crate::{
	invariants,
	migrations::{prepare, sunset},
	Config,
};
use alloc::vec::Vec;
use codec::{Decode, Encode};
use sp_runtime::TryRuntimeError;

/// Checks every invariant of the pallet's state.
///
/// # Errors
///
/// The first that does not hold.
pub fn check_state<T: Config>() -> Result<(), TryRuntimeError> {
	invariants::state::<T>()
}

/// Checks that codes can be prepared, and returns what [`check_prepared`] wants to know.
///
/// # Errors
///
/// Why they cannot.
pub fn check_unprepared<T: Config>() -> Result<Vec<u8>, TryRuntimeError> {
	prepare::checks::before::<T>()
}

/// Checks that all codes are looked at and nothing else has changed since [`check_unprepared`].
///
/// # Errors
///
/// What is not so.
pub fn check_prepared<T: Config>(before: &[u8]) -> Result<(), TryRuntimeError> {
	prepare::checks::after::<T>(before)
}

/// What [`check_sunset`] wants to know.
pub fn before_sunset<T: Config>() -> Vec<u8> {
	sunset::checks::before::<T>().encode()
}

/// Checks that every balance is whole since [`before_sunset`], nothing is held and nothing is left.
///
/// # Errors
///
/// What is not so.
pub fn check_sunset<T: Config>(before: &[u8]) -> Result<(), TryRuntimeError> {
	let before =
		Decode::decode(&mut &before[..]).map_err(|_| "what was known before is unreadable")?;
	sunset::checks::after::<T>(before)
}

/// Runs a benchmark once with these components: nothing is measured, and all is checked.
///
/// # Errors
///
/// Why it fails, or that there is none by this name.
#[cfg(feature = "runtime-benchmarks")]
pub fn run_benchmark<T: Config>(
	name: &str,
	components: &[(frame_benchmarking::BenchmarkParameter, u32)],
) -> Result<(), frame_benchmarking::BenchmarkError> {
	crate::benchmarking::run_once::<T>(name, components)
}
