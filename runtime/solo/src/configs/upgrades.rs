//! Upgrades: migrations that take several blocks, and what a chain does where one fails.
//!
//! A block of a migration takes no extrinsic but inherents. Where the migration fails, blocks take extrinsics
//! again, but nobody's that could build on a state which is half of one version and half of another: the safe mode
//! refuses every call but those of the administration, until it ends the safe mode (docs/operate.md).

use super::system::RuntimeBlockWeights;
use crate::{
	AccountId, Balances, BlockNumber, Runtime, RuntimeCall, RuntimeEvent, RuntimeHoldReason,
	SafeMode,
};
use frame_support::{
	defensive,
	migrations::{FailedMigrationHandler, FailedMigrationHandling},
	parameter_types,
	traits::{ConstU32, Contains, SafeMode as Close},
	weights::Weight,
};
use frame_system::{EnsureRoot, EnsureRootWithSuccess};

/// The migrations of this version.
///
/// Contracts need none: the pallet prepares codes in idle time, and lets other extrinsics in meanwhile.
#[cfg(not(any(feature = "runtime-benchmarks", feature = "upgrade-rehearsal")))]
pub type Migrations = ();
/// Those of the rehearsal.
#[cfg(all(feature = "upgrade-rehearsal", not(feature = "runtime-benchmarks")))]
pub type Migrations = (crate::rehearsal::RewriteContracts,);
/// Those that benchmarks tell when to end.
#[cfg(feature = "runtime-benchmarks")]
pub type Migrations = pallet_migrations::mock_helpers::MockedMigrations;

parameter_types! {
	/// Weight that a block of a migration gives to it. The rest is for inherents, and for being wrong about a
	/// step's weight.
	pub MaxServiceWeight: Weight =
		RuntimeBlockWeights::get().max_block.saturating_mul(3).saturating_div(4);
	/// Nobody enters the safe mode by paying.
	pub const NoDeposit: Option<crate::Balance> = None;
	/// There is no deposit to be released.
	pub const NoRelease: Option<BlockNumber> = None;
}

/// For how many blocks the safe mode is entered: until somebody ends it.
type UntilEnded = ConstU32<{ BlockNumber::MAX }>;

/// Lets extrinsics in again behind a migration that failed, and closes the chain to all but its administration.
///
/// Kept closed by the migration itself, a chain without a relay chain above it could not be repaired: the repair
/// is an extrinsic.
pub struct CloseToAllButRepair;

impl FailedMigrationHandler for CloseToAllButRepair {
	fn failed(_migration: Option<u32>) -> FailedMigrationHandling {
		let closed = if <SafeMode as Close>::is_entered() {
			<SafeMode as Close>::extend(BlockNumber::MAX)
		} else {
			<SafeMode as Close>::enter(BlockNumber::MAX)
		};
		if closed.is_err() {
			defensive!("the safe mode was asked first whether it is entered");
			return FailedMigrationHandling::KeepStuck;
		}
		FailedMigrationHandling::ForceUnstuck
	}
}

/// The calls of the administration, and the inherents without which there is no block.
pub struct Administration;

impl Contains<RuntimeCall> for Administration {
	fn contains(call: &RuntimeCall) -> bool {
		matches!(
			call,
			RuntimeCall::System(_)
				| RuntimeCall::Timestamp(_)
				| RuntimeCall::Sudo(_)
				| RuntimeCall::MultiBlockMigrations(_)
		)
	}
}

impl pallet_migrations::Config for Runtime {
	type RuntimeEvent = RuntimeEvent;
	type Migrations = Migrations;
	/// An account and more; each migration's cursor is compared with it when the runtime is built.
	type CursorMaxLen = ConstU32<1024>;
	type IdentifierMaxLen = ConstU32<256>;
	type MigrationStatusHandler = ();
	type FailedMigrationHandler = CloseToAllButRepair;
	type MaxServiceWeight = MaxServiceWeight;
	type WeightInfo = pallet_migrations::weights::SubstrateWeight<Runtime>;
}

impl pallet_safe_mode::Config for Runtime {
	type RuntimeEvent = RuntimeEvent;
	type Currency = Balances;
	type RuntimeHoldReason = RuntimeHoldReason;
	type WhitelistedCalls = Administration;
	type EnterDuration = UntilEnded;
	type ExtendDuration = UntilEnded;
	type EnterDepositAmount = NoDeposit;
	type ExtendDepositAmount = NoDeposit;
	type ForceEnterOrigin = EnsureRootWithSuccess<AccountId, UntilEnded>;
	type ForceExtendOrigin = EnsureRootWithSuccess<AccountId, UntilEnded>;
	type ForceExitOrigin = EnsureRoot<AccountId>;
	type ForceDepositOrigin = EnsureRoot<AccountId>;
	type Notify = ();
	type ReleaseDelay = NoRelease;
	type WeightInfo = pallet_safe_mode::weights::SubstrateWeight<Runtime>;
}
