//! What the events of a block say about contracts.

use super::EventRecord;
use caisson_solo_runtime::{Contracts, Runtime, RuntimeEvent};
use codec::Decode;
use frame_support::{traits::PalletInfoAccess, weights::Weight};
use frame_system::Phase;
use pallet_wasm_contracts::{Error, Event};
use sp_runtime::{DispatchError, ModuleError};
use std::collections::BTreeMap;

/// What contracts did in a block.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Tally {
	/// Calls and deployments that succeeded, sub-calls not among them.
	pub(super) executed: u64,
	/// Weight that they used, in frames of contracts.
	pub(super) executed_weight: Weight,
	/// Extrinsics of the contracts pallet that failed, by error.
	pub(super) failed: BTreeMap<&'static str, u64>,
	/// Weight that they used, of the whole extrinsic: nothing tells the frames' part of it.
	pub(super) failed_weight: Weight,
	/// Codes stored.
	pub(super) codes_stored: u64,
	/// Codes removed.
	pub(super) codes_removed: u64,
	/// Contracts made, by extrinsics or by contracts.
	pub(super) instantiated: u64,
	/// Contracts that ended.
	pub(super) terminated: u64,
	/// Events that contracts emitted.
	pub(super) emitted: u64,
}

impl Tally {
	/// Adds up a block's events. `calls_contracts` tells of an extrinsic, by its index, whether it calls the
	/// contracts pallet.
	pub(super) fn of(
		events: &[EventRecord],
		mut calls_contracts: impl FnMut(usize) -> bool,
	) -> Self {
		let mut tally = Self::default();
		for EventRecord { phase, event, .. } in events {
			match event {
				RuntimeEvent::Contracts(event) => tally.add(event),
				RuntimeEvent::System(frame_system::Event::ExtrinsicFailed {
					dispatch_error,
					dispatch_info,
				}) => {
					let own = own_error(dispatch_error);
					let name = own.or_else(|| match phase {
						Phase::ApplyExtrinsic(index) => {
							calls_contracts(*index as usize).then(|| kind(dispatch_error))
						},
						Phase::Initialization | Phase::Finalization => None,
					});
					if let Some(name) = name {
						increment(tally.failed.entry(name).or_default());
						tally.failed_weight =
							tally.failed_weight.saturating_add(dispatch_info.weight);
					}
				},
				_ => {},
			}
		}
		tally
	}

	fn add(&mut self, event: &Event<Runtime>) {
		match event {
			Event::Executed { gas_consumed, .. } => {
				increment(&mut self.executed);
				self.executed_weight = self.executed_weight.saturating_add(*gas_consumed);
			},
			Event::CodeStored { .. } => increment(&mut self.codes_stored),
			Event::CodeRemoved { .. } => increment(&mut self.codes_removed),
			Event::Instantiated { .. } => increment(&mut self.instantiated),
			Event::Terminated { .. } => increment(&mut self.terminated),
			Event::ContractEmitted { .. } => increment(&mut self.emitted),
			_ => {},
		}
	}
}

fn increment(count: &mut u64) {
	*count = count.saturating_add(1);
}

/// The name of an error of the contracts pallet; none of another's.
///
/// It has no fields, so that there are as many names as the pallet has errors.
fn own_error(error: &DispatchError) -> Option<&'static str> {
	let DispatchError::Module(ModuleError { index, error, .. }) = error else { return None };
	if usize::from(*index) != <Contracts as PalletInfoAccess>::index() {
		return None;
	}
	// One that this runtime does not have yet.
	Some(Error::<Runtime>::decode(&mut error.as_slice()).map_or("Unknown", Into::into))
}

/// What kind of error a call of the contracts pallet met that is not its own.
fn kind(error: &DispatchError) -> &'static str {
	match error {
		DispatchError::Other(_) => "Other",
		DispatchError::CannotLookup => "CannotLookup",
		DispatchError::BadOrigin => "BadOrigin",
		DispatchError::Module(_) => "OtherPallet",
		DispatchError::ConsumerRemaining => "ConsumerRemaining",
		DispatchError::NoProviders => "NoProviders",
		DispatchError::TooManyConsumers => "TooManyConsumers",
		DispatchError::Token(_) => "Token",
		DispatchError::Arithmetic(_) => "Arithmetic",
		DispatchError::Transactional(_) => "Transactional",
		DispatchError::Exhausted => "Exhausted",
		DispatchError::Corruption => "Corruption",
		DispatchError::Unavailable => "Unavailable",
		DispatchError::RootNotAllowed => "RootNotAllowed",
		DispatchError::Trie(_) => "Trie",
	}
}
