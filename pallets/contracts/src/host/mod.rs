//! Host functions: the shim that every one of them passes, and a file of bodies for each subject.
//!
//! The rule of this room: no type of FRAME and none of the engine. A body has checked bounds and
//! limits before it allocates, and has paid before it works, but for the bytes of a value whose length
//! only reading it tells; those are bounded by the ABI's value limit and owed at once.

mod balance;
mod call;
mod context;
mod crypto;
mod event;
mod seal;
mod storage;

#[cfg(test)]
pub(crate) mod tests;

use crate::{
	exec::{Ext, Halt, Trap},
	limits::{self, AbiLimits},
	meter::OutOfGas,
	sandbox::memory::GuestMemory,
};
use alloc::vec::Vec;
use caisson_contracts_abi::{Charge, FunctionSpec, HostCost, OnReadOnly, RowResult};

/// What an ABI remembers within a frame.
#[derive(Default)]
pub(crate) struct AbiState {
	/// The input, which `baals` and `seal` let a guest read again; none once it was handed on.
	pub(crate) input: Option<Vec<u8>>,
	/// Results of sub-calls in order, `None` where one failed.
	pub(crate) results: Vec<Option<Vec<u8>>>,
	/// Number of sub-calls whose results were dropped from the front of `results`.
	pub(crate) dropped_results: usize,
	/// Pages of memory that `baals_memory_grow` has counted.
	pub(crate) counted_pages: u32,
}

/// A host function's view of the world.
pub(crate) struct Host<'a, E: Ext> {
	pub(crate) ext: &'a mut E,
	pub(crate) memory: GuestMemory<'a>,
	pub(crate) state: &'a mut AbiState,
}

impl<E: Ext> Host<'_, E> {
	/// The limits of the running code's ABI.
	fn limits(&self) -> &'static AbiLimits {
		limits::of(self.ext.abi())
	}

	/// Pays for `units` of an operation whose base the shim has charged.
	fn charge_units(&mut self, cost: HostCost, units: u32) -> Result<(), Halt> {
		let weight = self.ext.weigh_units(cost, units);
		Ok(self.ext.meter().charge(weight)?)
	}

	/// Pays for an operation that comes beside the row's own.
	fn charge(&mut self, cost: HostCost, units: u32) -> Result<(), Halt> {
		let weight = self.ext.weigh(cost, units);
		Ok(self.ext.meter().charge(weight)?)
	}

	/// Pays for an operation over `units`, if there is enough: for ABIs with a code for it.
	fn try_charge(&mut self, cost: HostCost, units: u32) -> Result<(), OutOfGas> {
		let weight = self.ext.weigh(cost, units);
		self.ext.meter().try_charge(weight)
	}

	/// Pays for the length of `bytes`.
	fn charge_bytes(&mut self, cost: HostCost, bytes: &[u8]) -> Result<(), Halt> {
		self.charge_units(cost, byte_len(bytes))
	}
}

/// The length of bytes that are bounded by a limit far below 2^32.
pub(crate) fn byte_len(bytes: &[u8]) -> u32 {
	u32::try_from(bytes.len()).unwrap_or(u32::MAX)
}

/// A length as an ABI returns it: never negative, as limits are far below 2^31.
pub(crate) fn code(len: usize) -> i32 {
	i32::try_from(len).unwrap_or(i32::MAX)
}

/// Runs a row. Every host function of every ABI passes here:
///
/// 1. the base weight of the row's operation is charged, or that of crossing the boundary if the row's
///    ABI wants checks first and a code where gas runs out: its body charges the operation then;
/// 2. the capability is looked up;
/// 3. a mutating row in a read-only frame is refused, by code where its ABI says so;
/// 4. the ABI's own gas is counted, where the row counts it on entry;
/// 5. the body runs.
pub(crate) fn dispatch<E: Ext, R: RowResult>(
	host: &mut Host<'_, E>,
	spec: &'static FunctionSpec,
	gas: u64,
	body: impl FnOnce(&mut Host<'_, E>) -> Result<R, Halt>,
) -> Result<R, Halt> {
	let cost = match spec.charge {
		Charge::Entry => spec.cost,
		Charge::Body => HostCost::Context,
	};
	let weight = host.ext.weigh(cost, 0);
	host.ext.meter().charge(weight)?;
	if let Some(capability) = spec.capability {
		if !host.ext.capabilities().contains(capability) {
			return Err(Trap::CapabilityDenied(capability).into());
		}
	}
	if host.ext.is_read_only() {
		match spec.on_read_only {
			OnReadOnly::Allowed => {},
			OnReadOnly::Trap => return Err(Trap::StateChangeDenied(spec.name).into()),
			OnReadOnly::Code(refused) => {
				return R::from_code(refused).ok_or(Trap::StateChangeDenied(spec.name).into())
			},
		}
	}
	if spec.charge == Charge::Entry {
		host.ext.count_abi_gas(gas);
	}
	body(host)
}
