//! Code: checked and prepared at upload, so that a call need not look at it again.

pub(crate) mod locate;
mod raw;
mod reject;
pub(crate) mod store;
mod validate;

#[cfg(test)]
mod tests;

pub use reject::{Item, Reason, Rejection, RejectionCode};

use crate::{entry::EntryPoint, extension::ChainExtension, sandbox, types::PreparedCode, Config};
use alloc::{string::String, vec::Vec};
use caisson_contracts_abi::{Abi, FunctionId, FunctionSpec, HostCost, Status};
use frame_support::traits::Get;

/// Version of how code is checked, prepared and executed.
///
/// Raised whenever the engine, its configuration, its prices or a limit changes so that code which was
/// checked before might behave otherwise; older code is checked again by a migration before it runs.
pub const BEHAVIOUR_VERSION: u16 = if cfg!(feature = "next-behaviour") { 2 } else { 1 };

/// The name of the memory's export in what a call loads.
pub(crate) const MEMORY: &str = "memory";

/// The name of the start function's export in what a call loads. A `seal` module, the only one that has a
/// start function, exports nothing by this name of its own.
pub(crate) const START: &str = "start";

/// Code that passed every check.
pub(crate) struct Checked {
	pub(crate) prepared: PreparedCode,
}

// Set where every host function is open to every code: benchmarks measure those of any status on runtimes
// that refuse some.
#[cfg(feature = "runtime-benchmarks")]
environmental::environmental!(all_open: bool);

/// Runs `run` with every host function open.
#[cfg(feature = "runtime-benchmarks")]
pub(crate) fn with_all_open<R>(run: impl FnOnce() -> R) -> R {
	all_open::using(&mut true, run)
}

/// Which host functions are open to code.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct Open {
	/// Those whose form is not settled.
	pub(crate) unstable: bool,
	/// Those that only older code has.
	pub(crate) deprecated: bool,
	/// Those that ask for a chain extension.
	pub(crate) extension: bool,
}

impl Open {
	/// To code that is uploaded.
	pub(crate) fn to_new<T: Config>() -> Self {
		#[cfg(feature = "runtime-benchmarks")]
		if all_open::with(|_| ()).is_some() {
			return Self::to_looked_at_again();
		}
		Self {
			unstable: T::UnsafeUnstableInterface::get(),
			deprecated: false,
			extension: T::ChainExtension::enabled(),
		}
	}

	/// To code that is on chain, where it is entered here: new contracts are not made of old code.
	pub(crate) fn to_stored<T: Config>(entry: EntryPoint) -> Self {
		let new = Self::to_new::<T>();
		Self { deprecated: new.deprecated || entry == EntryPoint::Call, ..new }
	}

	/// To code that is looked at again: it keeps what it was uploaded with. Whether it may be entered with
	/// that is asked where it is.
	pub(crate) const fn to_looked_at_again() -> Self {
		Self { unstable: true, deprecated: true, extension: true }
	}

	/// Whether a row is among them.
	pub(crate) fn has(self, spec: &FunctionSpec) -> bool {
		let by_status = match spec.status {
			Status::Stable => true,
			Status::Unstable => self.unstable,
			Status::Deprecated => self.deprecated,
		};
		by_status && (self.extension || spec.cost != HostCost::ChainExtension)
	}

	/// Whether all that code asks for are among them.
	pub(crate) fn has_all(self, rows: &[FunctionId]) -> bool {
		rows.iter().filter_map(|row| row.spec()).all(|spec| self.has(spec))
	}
}

/// Checks `code` and makes of it what a call loads, if it asks for no host functions but those that are
/// `open` to it.
///
/// # Errors
///
/// Why and where it is refused.
pub(crate) fn check(code: &[u8], open: Open) -> Result<Checked, Rejection> {
	let validated = validate::validate(code, open)?;
	// The engine compiles what a call will load; its word is the last.
	sandbox::check(&validated.prepared).map_err(Rejection::engine)?;
	let plan: Vec<u8> = validated.plan.iter().map(|id: &FunctionId| id.row).collect();
	let too_large = |_| Rejection::engine(String::from("the prepared module is over the limit"));
	Ok(Checked {
		prepared: PreparedCode {
			behaviour: BEHAVIOUR_VERSION,
			abi: Abi::into(validated.abi),
			plan: plan.try_into().map_err(|_: Vec<u8>| too_large(()))?,
			inputs: validated.inputs,
			code: validated.prepared.try_into().map_err(|_: Vec<u8>| too_large(()))?,
		},
	})
}
