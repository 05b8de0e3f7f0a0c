//! Validators: who they are in a session, what they answer with, and what they are paid.
//!
//! What is reported and punished is voting twice in GRANDPA. Making two blocks in one slot is not: the
//! SDK has no report of that for Aura. It costs nobody finality, and the chain that GRANDPA finalises
//! has one of the blocks only.

use super::system::MaxAuthorities;
use crate::{
	AccountId, Aura, Balance, Balances, BlockNumber, Historical, Offences, Runtime, RuntimeCall,
	RuntimeEvent, RuntimeHoldReason, SessionKeys, Staking, UncheckedExtrinsic,
};
use caisson_runtime_common::{
	currency::{deposit, UNIT},
	time::{DAYS, HOURS},
};
use frame_support::{
	parameter_types,
	traits::{ConstU32, ConstU64},
	PalletId,
};
use frame_system::offchain::{CreateBare, CreateTransactionBase};
use pallet_session::{
	disabling::UpToLimitDisablingStrategy, historical, FindAccountFromAuthorIndex, PeriodicSessions,
};
use sp_runtime::traits::{ConvertInto, OpaqueKeys};
use sp_staking::SessionIndex;

/// Blocks in a session.
///
/// An hour: who stakes validates within two, and the block in which a session begins, which has no room
/// for transactions, is one of 600.
pub const SESSION_PERIOD: BlockNumber = HOURS;

/// Sessions that stake waits after it was taken back.
///
/// A week: a report that nobody could send over a weekend still costs the offender its stake, and a
/// node that was offline for less than this can trust the voters that it knew.
pub const UNBONDING_SESSIONS: SessionIndex = 7 * DAYS / SESSION_PERIOD;

/// The least that a validator stakes.
///
/// An offence has to cost something, and a place in the list of candidates too. It is a thousandth of
/// what an account of a development chain has.
pub const MINIMUM_STAKE: Balance = 1_000 * UNIT;

/// Blocks that stake waits after it was taken back.
const REPORT_LONGEVITY: u64 = UNBONDING_SESSIONS as u64 * SESSION_PERIOD as u64;

parameter_types! {
	/// Names the account that fees are collected in.
	pub const StakingPot: PalletId = PalletId(*b"csn/fees");
	/// Held for an account's session keys: their entry and one of each key's owner.
	pub const KeyDeposit: Balance = deposit(3, 128);
	/// Blocks in which a report of an offence waits in a node's pool, at most: as long as stake does.
	pub const ReportLongevity: u64 = REPORT_LONGEVITY;
	/// Blocks in a session.
	pub const SessionPeriod: BlockNumber = SESSION_PERIOD;
	/// The block in which the first session ends, counted from the period.
	pub const SessionOffset: BlockNumber = 0;
	/// The least that a validator stakes.
	pub const MinimumStake: Balance = MINIMUM_STAKE;
}

/// Sets of voters whose offences can be reported: there is no more than one a session.
pub type MaxSetIdSessionEntries = ConstU64<{ UNBONDING_SESSIONS as u64 }>;

/// What checks and sends reports of votes that GRANDPA's voters must not give.
pub type GrandpaReports =
	pallet_grandpa::EquivocationReportSystem<Runtime, Offences, Historical, ReportLongevity>;

impl pallet_authorship::Config for Runtime {
	type FindAuthor = FindAccountFromAuthorIndex<Self, Aura>;
	type EventHandler = Staking;
}

impl pallet_validator_staking::Config for Runtime {
	type Currency = Balances;
	type RuntimeHoldReason = RuntimeHoldReason;
	/// What an offender loses is burnt: nobody gains by a report, so nobody gains by provoking one.
	type OnSlash = ();
	type WeightInfo = pallet_validator_staking::weights::SubstrateWeight<Runtime>;
	type PotId = StakingPot;
	type MinimumStake = MinimumStake;
	/// As many as there can be authorities.
	type MaxValidators = MaxAuthorities;
	/// Four for each place. The list is one value of 6 KB, which each call of a staker reads and writes.
	type MaxCandidates = ConstU32<128>;
	type UnbondingSessions = ConstU32<UNBONDING_SESSIONS>;
	/// Who takes stake back hour by hour for longer than a day withdraws some in between.
	type MaxChunks = ConstU32<32>;
}

impl pallet_session::Config for Runtime {
	type RuntimeEvent = RuntimeEvent;
	type ValidatorId = AccountId;
	type ValidatorIdOf = ConvertInto;
	type ShouldEndSession = PeriodicSessions<SessionPeriod, SessionOffset>;
	type NextSessionRotation = PeriodicSessions<SessionPeriod, SessionOffset>;
	type SessionManager = historical::NoteHistoricalRoot<Self, Staking>;
	type SessionHandler = <SessionKeys as OpaqueKeys>::KeyTypeIdProviders;
	type Keys = SessionKeys;
	/// No more than a third: what is left has to finalise blocks.
	type DisablingStrategy = UpToLimitDisablingStrategy;
	type WeightInfo = pallet_session::weights::SubstrateWeight<Runtime>;
	type Currency = Balances;
	type KeyDeposit = KeyDeposit;
}

impl historical::Config for Runtime {
	type RuntimeEvent = RuntimeEvent;
	/// The stake that a validator was chosen with.
	type FullIdentification = Balance;
	type FullIdentificationOf = pallet_validator_staking::StakeOf<Self>;
}

impl pallet_offences::Config for Runtime {
	type RuntimeEvent = RuntimeEvent;
	type IdentificationTuple = historical::IdentificationTuple<Self>;
	type OnOffenceHandler = Staking;
}

impl pallet_grandpa::Config for Runtime {
	type RuntimeEvent = RuntimeEvent;
	type WeightInfo = ();
	type MaxAuthorities = MaxAuthorities;
	/// Validators stake for themselves.
	type MaxNominators = ConstU32<0>;
	type MaxSetIdSessionEntries = MaxSetIdSessionEntries;
	type KeyOwnerProof = sp_session::MembershipProof;
	type EquivocationReportSystem = GrandpaReports;
}

impl<C> CreateTransactionBase<C> for Runtime
where
	RuntimeCall: From<C>,
{
	type Extrinsic = UncheckedExtrinsic;
	type RuntimeCall = RuntimeCall;
}

/// How a node puts a report into its own pool: unsigned, as validators' keys have no money.
impl<C> CreateBare<C> for Runtime
where
	RuntimeCall: From<C>,
{
	fn create_bare(call: RuntimeCall) -> UncheckedExtrinsic {
		UncheckedExtrinsic::new_bare(call)
	}
}
