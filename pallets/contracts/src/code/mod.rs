//! Code: checked and prepared at upload, so that a call need not look at it again.

pub(crate) mod locate;
mod raw;
mod reject;
pub(crate) mod store;
mod validate;

#[cfg(test)]
mod tests;

pub use reject::{Item, Reason, Rejection, RejectionCode};

use crate::{sandbox, types::PreparedCode};
use alloc::{string::String, vec::Vec};
use caisson_contracts_abi::{Abi, FunctionId};

/// Version of how code is checked, prepared and executed.
///
/// Raised whenever the engine, its configuration, its prices or a limit changes so that code which was
/// checked before might behave otherwise; older code is checked again by a migration before it runs.
pub const BEHAVIOUR_VERSION: u16 = 1;

/// The name of the memory's export in what a call loads.
pub(crate) const MEMORY: &str = "memory";

/// The name of the start function's export in what a call loads. A `seal` module, the only one that has a
/// start function, exports nothing by this name of its own.
pub(crate) const START: &str = "start";

/// Code that passed every check.
pub(crate) struct Checked {
	pub(crate) prepared: PreparedCode,
}

/// What stands behind a code, on which the host functions depend that are open to it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Standing {
	/// It comes in. What is deprecated is closed to it.
	New {
		/// Whether host functions are open to it whose form is not settled.
		unstable: bool,
	},
	/// It is on chain, and contracts live on it: whatever it was uploaded with stays open to it.
	OnChain,
}

/// Checks `code` that comes in and makes of it what a call loads. Host functions whose form is not
/// settled are open to it only if `unstable`.
///
/// # Errors
///
/// Why and where it is refused.
pub(crate) fn check(code: &[u8], unstable: bool) -> Result<Checked, Rejection> {
	check_as(code, Standing::New { unstable })
}

/// Checks `code` that is on chain and makes of it what a call loads.
///
/// # Errors
///
/// Why and where it is refused.
pub(crate) fn check_on_chain(code: &[u8]) -> Result<PreparedCode, Rejection> {
	check_as(code, Standing::OnChain).map(|checked| checked.prepared)
}

fn check_as(code: &[u8], standing: Standing) -> Result<Checked, Rejection> {
	let validated = validate::validate(code, standing)?;
	// The engine compiles what a call will load; its word is the last.
	sandbox::check(&validated.prepared).map_err(Rejection::engine)?;
	let plan: Vec<u8> = validated.plan.iter().map(|id: &FunctionId| id.row).collect();
	let too_large = |_| Rejection::engine(String::from("the prepared module is over the limit"));
	Ok(Checked {
		prepared: PreparedCode {
			behaviour: BEHAVIOUR_VERSION,
			abi: Abi::into(validated.abi),
			plan: plan.try_into().map_err(|_: Vec<u8>| too_large(()))?,
			functions: validated.costs.functions,
			load_bytes: load_bytes(&validated.costs),
			min_pages: validated.memory.min_pages,
			code: validated.prepared.try_into().map_err(|_: Vec<u8>| too_large(()))?,
		},
	})
}

/// What loading a module takes, as bytes of it: a table, globals, imports and exports cost more than the
/// few bytes that declare them.
fn load_bytes(costs: &validate::CodeCosts) -> u32 {
	// Bytes that the engine keeps for one of each on a 64-bit machine, rounded up; not benchmarked.
	[
		(costs.table_items, 8),
		(costs.element_items, 8),
		(costs.globals, 16),
		(costs.imports, 128),
		(costs.exports, 64),
	]
	.into_iter()
	.fold(costs.code_bytes.saturating_add(costs.data_bytes), |sum, (count, bytes): (u32, u32)| {
		sum.saturating_add(count.saturating_mul(bytes))
	})
}
