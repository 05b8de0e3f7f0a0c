//! The test runtime: what differs from the defaults, and nothing else.

use crate::{self as pallet_validator_staking, Config, CreditOf, StakeOf};
use frame_support::{
	derive_impl, parameter_types,
	traits::{
		fungible::{Balanced, Inspect},
		tokens::imbalance::ResolveTo,
		tokens::{Fortitude, Precision, Preservation},
		ConstU32, ConstU64, OnUnbalanced,
	},
	PalletId,
};
use pallet_session::{disabling::UpToLimitDisablingStrategy, historical, PeriodicSessions};
use sp_runtime::{
	impl_opaque_keys, testing::UintAuthorityId, traits::ConvertInto, BuildStorage, Perbill,
};
use sp_staking::{
	offence::{OffenceDetails, OnOffenceHandler},
	SessionIndex,
};

#[frame_support::runtime]
mod runtime {
	#[runtime::runtime]
	#[runtime::derive(
		RuntimeCall,
		RuntimeEvent,
		RuntimeError,
		RuntimeOrigin,
		RuntimeFreezeReason,
		RuntimeHoldReason,
		RuntimeSlashReason,
		RuntimeLockId,
		RuntimeTask
	)]
	pub struct Test;

	#[runtime::pallet_index(0)]
	pub type System = frame_system;
	#[runtime::pallet_index(1)]
	pub type Balances = pallet_balances;
	// In front of the sessions: their genesis chooses validators.
	#[runtime::pallet_index(2)]
	pub type Staking = pallet_validator_staking;
	#[runtime::pallet_index(3)]
	pub type Session = pallet_session;
	#[runtime::pallet_index(4)]
	pub type Historical = historical;
}

type Block = frame_system::mocking::MockBlock<Test>;

#[derive_impl(frame_system::config_preludes::TestDefaultConfig)]
impl frame_system::Config for Test {
	type Block = Block;
	type AccountData = pallet_balances::AccountData<u64>;
}

#[derive_impl(pallet_balances::config_preludes::TestDefaultConfig)]
impl pallet_balances::Config for Test {
	type AccountStore = System;
	type ExistentialDeposit = ConstU64<EXISTENCE>;
}

impl_opaque_keys! {
	/// One key.
	pub struct Keys {
		/// The key.
		pub dummy: UintAuthorityId,
	}
}

/// Tests end sessions themselves.
type Never = PeriodicSessions<ConstU64<1_000_000>, ConstU64<1_000_000>>;

impl pallet_session::Config for Test {
	type RuntimeEvent = RuntimeEvent;
	type ValidatorId = u64;
	type ValidatorIdOf = ConvertInto;
	type ShouldEndSession = Never;
	type NextSessionRotation = Never;
	type SessionManager = historical::NoteHistoricalRoot<Test, Staking>;
	type SessionHandler = pallet_session::TestSessionHandler;
	type Keys = Keys;
	type DisablingStrategy = UpToLimitDisablingStrategy;
	type WeightInfo = ();
	type Currency = Balances;
	type KeyDeposit = ();
}

impl historical::Config for Test {
	type RuntimeEvent = RuntimeEvent;
	type FullIdentification = u64;
	type FullIdentificationOf = StakeOf<Test>;
}

parameter_types! {
	pub const Pot: PalletId = PalletId(*b"test/pot");
	/// Gets what is slashed, so that no test loses sight of it.
	pub const Treasury: u64 = TREASURY;
}

impl Config for Test {
	type Currency = Balances;
	type RuntimeHoldReason = RuntimeHoldReason;
	type OnSlash = ResolveTo<Treasury, Balances>;
	type WeightInfo = ();
	type PotId = Pot;
	type MinimumStake = ConstU64<MINIMUM>;
	type MaxValidators = ConstU32<4>;
	type MaxCandidates = ConstU32<6>;
	type UnbondingSessions = ConstU32<UNBONDING>;
	type MaxChunks = ConstU32<3>;
}

/// What an account needs to exist.
pub(crate) const EXISTENCE: u64 = 10;
/// The least stake.
pub(crate) const MINIMUM: u64 = 100;
/// Sessions that stake waits.
pub(crate) const UNBONDING: SessionIndex = 5;
/// What each account has at the beginning, its stake included.
pub(crate) const RICH: u64 = 10_000;
/// Accounts with session keys are those up to this one.
pub(crate) const LAST_WITH_KEYS: u64 = 10;
/// An account without session keys.
pub(crate) const KEYLESS: u64 = 11;
/// Who gets what is slashed.
pub(crate) const TREASURY: u64 = 99;

/// Makes a chain, and looks at it when a test is over.
pub(crate) struct ExtBuilder {
	stakers: Vec<(u64, u64)>,
}

impl Default for ExtBuilder {
	/// Four validators, of whom the first has most at stake.
	fn default() -> Self {
		Self { stakers: vec![(1, 1_000), (2, 900), (3, 800), (4, 700)] }
	}
}

impl ExtBuilder {
	/// With other stakers.
	pub(crate) fn stakers(stakers: &[(u64, u64)]) -> Self {
		Self { stakers: stakers.to_vec() }
	}

	/// A chain in block 1.
	pub(crate) fn build(self) -> sp_io::TestExternalities {
		let accounts = (1..=KEYLESS).chain([TREASURY]);
		let keys = (1..=LAST_WITH_KEYS)
			.map(|who| (who, who, Keys { dummy: UintAuthorityId(who) }))
			.collect();
		let storage = RuntimeGenesisConfig {
			balances: pallet_balances::GenesisConfig {
				balances: accounts.map(|who| (who, RICH)).collect(),
				..Default::default()
			},
			staking: crate::GenesisConfig { stakers: self.stakers },
			session: pallet_session::GenesisConfig { keys, ..Default::default() },
			..Default::default()
		}
		.build_storage()
		.expect("the genesis builds");
		let mut chain = sp_io::TestExternalities::new(storage);
		chain.execute_with(|| System::set_block_number(1));
		chain
	}

	/// Runs `test`, checks every invariant of the pallet's state behind it, and that no money was made
	/// or lost.
	pub(crate) fn test(self, test: impl FnOnce()) {
		let mut chain = self.build();
		chain.execute_with(|| {
			let issuance = Balances::total_issuance();
			test();
			assert_state();
			assert_eq!(Balances::total_issuance(), issuance);
		});
	}
}

/// Checks every invariant of the state of the pallet and of those that it works with.
pub(crate) fn assert_state() {
	crate::invariants::do_try_state::<Test>().expect("the invariants hold");
	#[cfg(feature = "try-runtime")]
	{
		use frame_support::traits::Hooks;
		Session::try_state(1).expect("the sessions are in order");
		Balances::try_state(1).expect("the balances are in order");
	}
}

/// Ends the session.
pub(crate) fn next_session() {
	Session::rotate_session();
}

/// Ends `count` sessions.
pub(crate) fn pass(count: SessionIndex) {
	for _ in 0..count {
		next_session();
	}
}

/// Takes `amount` from `payer` as a fee, for validators.
pub(crate) fn pay_fee(payer: u64, amount: u64) {
	let credit: CreditOf<Test> = Balances::withdraw(
		&payer,
		amount,
		Precision::Exact,
		Preservation::Preserve,
		Fortitude::Polite,
	)
	.expect("the payer has it");
	Staking::on_unbalanced(credit);
}

/// Lets `who` have made `blocks` in this session.
pub(crate) fn author(who: u64, blocks: u32) {
	for _ in 0..blocks {
		<Staking as pallet_authorship::EventHandler<u64, u64>>::note_author(who);
	}
}

/// Reports an offence of `who`, who had `exposure` at stake in `session`.
pub(crate) fn report(who: u64, exposure: u64, percent: u32, session: SessionIndex) {
	let details = OffenceDetails { offender: (who, exposure), reporters: vec![] };
	Staking::on_offence(&[details], &[Perbill::from_percent(percent)], session);
}

/// What `who` can spend, and more.
pub(crate) fn free(who: u64) -> u64 {
	Balances::balance(&who)
}

/// What is held of `who`.
pub(crate) fn held(who: u64) -> u64 {
	crate::ledger::held::<Test>(&who)
}

/// What `who` has at stake.
pub(crate) fn staked(who: u64) -> u64 {
	crate::Ledgers::<Test>::get(who).map_or(0, |ledger| ledger.staked)
}

/// Amounts of `who` that wait, and the sessions in which they were taken back.
pub(crate) fn waiting(who: u64) -> Vec<(u64, SessionIndex)> {
	crate::Ledgers::<Test>::get(who)
		.map(|ledger| ledger.unbonding.iter().map(|chunk| (chunk.amount, chunk.session)).collect())
		.unwrap_or_default()
}

/// The candidates, with most at stake first.
pub(crate) fn candidates() -> Vec<u64> {
	crate::Candidates::<Test>::get().iter().map(|candidate| candidate.who).collect()
}

/// The validators of this session.
pub(crate) fn validators() -> Vec<u64> {
	Session::validators()
}

/// What the pallet has told of, in this block.
pub(crate) fn events() -> Vec<crate::Event<Test>> {
	System::read_events_for_pallet::<crate::Event<Test>>()
}

/// The account that fees are collected in.
pub(crate) fn pot() -> u64 {
	crate::rewards::pot::<Test>()
}
