//! An upgrade as a chain will meet it one day, to rehearse it: tests/upgrade builds it, and no release has it.
//!
//! The version rises, the codes are to be checked again because the engine counts as another, and a migration of
//! several blocks writes the record of every contract anew. With `upgrade-rehearsal-failing` it stops half-way; the
//! runtime without that feature goes on where that one has stopped.

#![warn(missing_docs)]

use crate::{AccountId, Runtime, VERSION};
use frame_support::{
	migrations::{SteppedMigration, SteppedMigrationError},
	pallet_prelude::{OptionQuery, Twox64Concat},
	storage_alias,
	traits::Get,
	weights::{Weight, WeightMeter},
};
use pallet_wasm_contracts::ContractInfoOf;

/// Contracts that a block rewrites at most. A real migration would take as many as fit its weight, and be done in one
/// block with those that a test can deploy.
const CONTRACTS_A_STEP: u32 = 8;

/// Contracts behind which the failing migration stops.
const FAILS_BEHIND: u32 = 3 * CONTRACTS_A_STEP;

/// Blocks that it may take: enough for a test's contracts many times over.
const MAX_STEPS: u32 = 1_000;

/// The version that rewrote each contract.
#[storage_alias(verbatim)]
type Rewritten = StorageMap<UpgradeRehearsal, Twox64Concat, AccountId, u32, OptionQuery>;

/// Reads and writes the record of each contract.
pub struct RewriteContracts;

impl SteppedMigration for RewriteContracts {
	/// The contract that was looked at last, and how many have been.
	type Cursor = (AccountId, u32);
	type Identifier = [u8; 27];

	fn id() -> Self::Identifier {
		*b"rehearsal-rewrite-contracts"
	}

	/// Blocks behind which it counts as failed: while it goes on, nobody could stop it.
	fn max_steps() -> Option<u32> {
		Some(MAX_STEPS)
	}

	fn step(
		cursor: Option<Self::Cursor>,
		meter: &mut WeightMeter,
	) -> Result<Option<Self::Cursor>, SteppedMigrationError> {
		let (mut contracts, mut seen) = match &cursor {
			Some((last, seen)) => {
				let last = ContractInfoOf::<Runtime>::hashed_key_for(last);
				(ContractInfoOf::<Runtime>::iter_from(last), *seen)
			},
			None => (ContractInfoOf::<Runtime>::iter(), 0),
		};
		if cfg!(feature = "upgrade-rehearsal-failing") && seen >= FAILS_BEHIND {
			return Err(SteppedMigrationError::Failed);
		}
		let mut last = cursor.map(|(last, _)| last);
		for _ in 0..CONTRACTS_A_STEP {
			let required = weight_of_one();
			if !meter.can_consume(required) {
				if last.is_none() {
					return Err(SteppedMigrationError::InsufficientWeight { required });
				}
				break;
			}
			let Some((account, info)) = contracts.next() else { return Ok(None) };
			meter.consume(required);
			if !Rewritten::contains_key(&account) {
				ContractInfoOf::<Runtime>::insert(&account, info);
				Rewritten::insert(&account, VERSION.spec_version);
			}
			seen = seen.saturating_add(1);
			last = Some(account);
		}
		Ok(last.map(|last| (last, seen)))
	}
}

/// The next contract and its mark are read, both are written.
fn weight_of_one() -> Weight {
	<Runtime as frame_system::Config>::DbWeight::get().reads_writes(2, 2)
}
