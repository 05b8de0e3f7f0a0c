//! # Validator staking pallet
//!
//! Who has most at stake validates; who votes twice loses it; who makes blocks gets the fees.
//!
//! ## Pallet API
//!
//! See the [`pallet`] module for calls, storage, events, errors and configuration. An account that
//! has session keys stakes ([`Call::stake`]), takes stake back ([`Call::unstake`], and
//! [`Call::withdraw`] when the unbonding time is over), and comes back as a candidate after it was
//! removed ([`Call::validate`]).
//!
//! The pallet is its chain's `pallet_session::historical::SessionManager`, its
//! `OnOffenceHandler`, the `EventHandler` of `pallet_authorship`, and an `OnUnbalanced` for the part
//! of the fees that validators get.
//!
//! ## Overview
//!
//! - Stake is held on the staker's own account, never moved. There are no nominators: a chain of few
//!   validators needs none, and without them choosing validators is reading a list.
//! - The candidates are one sorted list of at most [`Config::MaxCandidates`]. Choosing the
//!   validators of a session is reading it from its head, [`Config::MaxValidators`] of those who have
//!   session keys. It is bounded by the list, whoever stakes: a new candidate with more stake
//!   displaces the least one, who keeps its stake and can take it back. As the list is not shorter
//!   than the set of validators, nobody who would have been chosen is displaced.
//! - Where stakes are equal, who has had that stake for longer goes first: an account's address, which
//!   anybody can search for, must not decide.
//! - Nobody is ever chosen to be nobody: where no candidate has session keys, the validators stay
//!   ([`Event::NobodyElectable`]).
//!
//! ### Offences
//!
//! A validator answers for a session with the stake that it was chosen with. A report costs it the
//! fraction of that, from what it has staked and from what it has taken back since; what it had taken
//! back before it was chosen is not touched. Of several offences in one session only the greatest
//! counts. The offender leaves the candidates, and is disabled where `pallet_session` allows it.
//!
//! Stake that is taken back waits [`Config::UnbondingSessions`]. Reports are accepted for two
//! sessions less: the validators of the session behind the current one are chosen already, so stake
//! that leaves now answers for that one too.
//!
//! ### Rewards
//!
//! Fees are collected in one account, the pot, and shared out when a session ends, by the number of
//! blocks that each validator has made in it. Nothing is made or destroyed: what rounding leaves stays
//! in the pot for the next session.
//!
//! How many blocks a validator makes follows from its turns. Nothing that it puts into them, and
//! nothing that it leaves out, changes its share, so filling its own blocks with its own transactions
//! costs it the other validators' part of the fees.
//!
//! ## Low level
//!
//! - `ledger`: what an account has at stake and what it has taken back
//! - `candidates`: the sorted list
//! - `election`: sessions
//! - `offences`: punishment
//! - `rewards`: the pot
//! - `invariants`: what holds between blocks

#![cfg_attr(not(feature = "std"), no_std)]
#![cfg_attr(
	test,
	allow(clippy::arithmetic_side_effects, reason = "sums of small numbers in tests")
)]

extern crate alloc;

#[cfg(feature = "runtime-benchmarks")]
mod benchmarking;
mod calls;
mod candidates;
mod election;
mod invariants;
mod ledger;
mod offences;
mod rewards;
#[cfg(feature = "test-utils")]
pub mod test_utils;
pub mod weights;

#[cfg(test)]
mod mock;
#[cfg(test)]
mod tests;

pub use candidates::Candidate;
pub use election::{Elected, StakeOf};
pub use ledger::{Chunk, Ledger};
pub use pallet::*;
pub use weights::WeightInfo;

use frame_support::traits::fungible::{Credit, Inspect};

/// Where the log lines of this pallet go.
const LOG_TARGET: &str = "runtime::staking";

/// The chain's money. Named in full because `pallet_session` has a `Currency` too.
pub(crate) type CurrencyOf<T> = <T as Config>::Currency;

/// An amount of the chain's money.
pub type BalanceOf<T> = <CurrencyOf<T> as Inspect<<T as frame_system::Config>::AccountId>>::Balance;

/// Money that is nobody's yet.
pub type CreditOf<T> = Credit<<T as frame_system::Config>::AccountId, CurrencyOf<T>>;

#[frame_support::pallet]
#[allow(missing_docs, reason = "the pallet macro's own items")]
pub mod pallet {
	use super::*;
	use alloc::vec::Vec;
	use frame_support::{
		pallet_prelude::*,
		traits::{
			fungible::{Balanced, BalancedHold, Mutate, MutateHold},
			OnUnbalanced,
		},
		PalletId,
	};
	use frame_system::pallet_prelude::*;
	use sp_runtime::Perbill;
	use sp_staking::SessionIndex;

	/// The version of the stored types.
	pub const STORAGE_VERSION: StorageVersion = StorageVersion::new(1);

	#[pallet::pallet]
	#[pallet::storage_version(STORAGE_VERSION)]
	pub struct Pallet<T>(_);

	/// What the pallet needs of its chain.
	#[pallet::config]
	pub trait Config:
		frame_system::Config<RuntimeEvent: From<Event<Self>>>
		+ pallet_session::Config<ValidatorId = <Self as frame_system::Config>::AccountId>
		+ pallet_session::historical::Config
	{
		/// The chain's money, which is held as stake.
		type Currency: Mutate<Self::AccountId>
			+ MutateHold<Self::AccountId, Reason = Self::RuntimeHoldReason>
			+ Balanced<Self::AccountId>
			+ BalancedHold<Self::AccountId>;

		/// The runtime's reasons to hold money.
		type RuntimeHoldReason: From<HoldReason>;

		/// What becomes of slashed stake.
		type OnSlash: OnUnbalanced<CreditOf<Self>>;

		/// Weights of the calls and of what sessions do.
		type WeightInfo: WeightInfo;

		/// Names the account that fees are collected in.
		#[pallet::constant]
		type PotId: Get<PalletId>;

		/// The least that a validator stakes.
		#[pallet::constant]
		type MinimumStake: Get<BalanceOf<Self>>;

		/// The most validators that a session has.
		#[pallet::constant]
		type MaxValidators: Get<u32>;

		/// The most candidates, of whom the validators are chosen.
		#[pallet::constant]
		type MaxCandidates: Get<u32>;

		/// Sessions that stake waits after it was taken back.
		///
		/// A runtime upgrade that lowers it has to remove from [`Slashes`] what is too old then.
		#[pallet::constant]
		type UnbondingSessions: Get<SessionIndex>;

		/// The most amounts of one account that wait beside each other. What is taken back in one
		/// session is one amount.
		#[pallet::constant]
		type MaxChunks: Get<u32>;
	}

	/// What stakers have at stake.
	// Blake2: stakers choose their addresses.
	#[pallet::storage]
	pub type Ledgers<T: Config> = StorageMap<_, Blake2_128Concat, T::AccountId, Ledger<T>>;

	/// Who can be chosen, with most at stake first.
	#[pallet::storage]
	pub type Candidates<T: Config> =
		StorageValue<_, BoundedVec<Candidate<T>, T::MaxCandidates>, ValueQuery>;

	/// The validators of this session, with the stake that they were chosen with.
	#[pallet::storage]
	pub type CurrentElected<T: Config> = StorageValue<_, Elected<T>, ValueQuery>;

	/// The validators of the session behind this one, with the stake that they were chosen with.
	#[pallet::storage]
	pub type NextElected<T: Config> = StorageValue<_, Elected<T>, ValueQuery>;

	/// Blocks that validators have made in this session.
	// Twox64: only validators are in here.
	#[pallet::storage]
	pub type AuthoredBlocks<T: Config> = StorageMap<_, Twox64Concat, T::AccountId, u32, ValueQuery>;

	/// The greatest fraction that a validator was slashed by for a session, for as long as that
	/// session's offences can be reported.
	// Twox64: only validators are in here.
	#[pallet::storage]
	pub type Slashes<T: Config> =
		StorageDoubleMap<_, Twox64Concat, SessionIndex, Twox64Concat, T::AccountId, Perbill>;

	/// Why money is held.
	#[pallet::composite_enum]
	pub enum HoldReason {
		/// As stake, until it is withdrawn.
		#[codec(index = 0)]
		Stake,
	}

	#[pallet::event]
	#[pallet::generate_deposit(pub(crate) fn deposit_event)]
	pub enum Event<T: Config> {
		/// More is staked.
		#[codec(index = 0)]
		Staked {
			/// Who staked.
			who: T::AccountId,
			/// How much more.
			amount: BalanceOf<T>,
		},
		/// Stake was taken back and waits.
		#[codec(index = 1)]
		Unstaked {
			/// Who took it back.
			who: T::AccountId,
			/// How much.
			amount: BalanceOf<T>,
			/// The session from which on it can be withdrawn.
			due: SessionIndex,
		},
		/// Stake that has waited was released.
		#[codec(index = 2)]
		Withdrawn {
			/// Whose it was.
			who: T::AccountId,
			/// How much.
			amount: BalanceOf<T>,
		},
		/// A staker can be chosen as a validator from now on.
		#[codec(index = 3)]
		CandidateEntered {
			/// Who.
			who: T::AccountId,
		},
		/// A staker can no longer be chosen: its stake is taken back, it was punished, or others have
		/// more at stake and the list is full.
		#[codec(index = 4)]
		CandidateLeft {
			/// Who.
			who: T::AccountId,
		},
		/// A validator was punished.
		#[codec(index = 5)]
		Slashed {
			/// Who.
			who: T::AccountId,
			/// How much it has lost.
			amount: BalanceOf<T>,
			/// The session of its offence.
			session: SessionIndex,
		},
		/// A validator was paid for its blocks.
		#[codec(index = 6)]
		Rewarded {
			/// Who.
			who: T::AccountId,
			/// How much.
			amount: BalanceOf<T>,
		},
		/// No candidate has session keys, so that the validators stay as they are.
		#[codec(index = 7)]
		NobodyElectable {
			/// The session that had to be planned.
			session: SessionIndex,
		},
	}

	#[pallet::error]
	pub enum Error<T> {
		/// The account has no session keys. `Session::set_keys` comes first.
		#[codec(index = 0)]
		NoSessionKeys,
		/// The stake would be less than the minimum.
		#[codec(index = 1)]
		StakeTooLow,
		/// As many candidates as there can be have as much at stake, or more.
		#[codec(index = 2)]
		TooManyCandidates,
		/// Nothing of this account is staked.
		#[codec(index = 3)]
		NotStaked,
		/// The account has less at stake than it wants back.
		#[codec(index = 4)]
		MoreThanStaked,
		/// What stays would be less than the minimum. All of it can be taken back.
		#[codec(index = 5)]
		RemainderTooLow,
		/// As many amounts as there can be wait already. One that is due can be withdrawn.
		#[codec(index = 6)]
		TooManyChunks,
		/// No stake of this account is due yet.
		#[codec(index = 7)]
		NothingDue,
		/// The account is a candidate already.
		#[codec(index = 8)]
		AlreadyCandidate,
		/// An amount of zero changes nothing.
		#[codec(index = 9)]
		AmountIsZero,
	}

	/// Who stakes from the beginning.
	#[pallet::genesis_config]
	#[derive(frame_support::DefaultNoBound)]
	pub struct GenesisConfig<T: Config> {
		/// Accounts and what each stakes of its balance. Their session keys are in the session
		/// pallet's genesis, which has to be built behind this one.
		pub stakers: Vec<(T::AccountId, BalanceOf<T>)>,
	}

	#[pallet::genesis_build]
	impl<T: Config> BuildGenesisConfig for GenesisConfig<T> {
		fn build(&self) {
			rewards::open_pot::<T>();
			for (who, stake) in &self.stakers {
				assert!(!Ledgers::<T>::contains_key(who), "{who:?} stakes twice at genesis");
				Pallet::<T>::add_stake(who, *stake)
					.unwrap_or_else(|error| panic!("{who:?} cannot stake {stake:?}: {error:?}"));
			}
		}
	}

	#[pallet::hooks]
	impl<T: Config> Hooks<BlockNumberFor<T>> for Pallet<T> {
		fn integrity_test() {
			invariants::integrity::<T>();
		}

		#[cfg(feature = "try-runtime")]
		fn try_state(_: BlockNumberFor<T>) -> Result<(), sp_runtime::TryRuntimeError> {
			invariants::do_try_state::<T>()
		}
	}

	#[pallet::call]
	impl<T: Config> Pallet<T> {
		/// Stakes more, and makes the caller a candidate.
		///
		/// ## Dispatch Origin
		///
		/// Signed: who has session keys.
		///
		/// ## Details
		///
		/// The amount is held on the caller's account. Where the list of candidates is full, the one
		/// with the least at stake leaves it.
		///
		/// ## Errors
		///
		/// [`Error::AmountIsZero`], [`Error::NoSessionKeys`], [`Error::StakeTooLow`],
		/// [`Error::TooManyCandidates`], and the hold's where the balance is too small.
		///
		/// ## Events
		///
		/// [`Event::Staked`], [`Event::CandidateEntered`], [`Event::CandidateLeft`] of who had to leave.
		#[pallet::call_index(0)]
		#[pallet::weight(<T as Config>::WeightInfo::stake())]
		pub fn stake(
			origin: OriginFor<T>,
			#[pallet::compact] amount: BalanceOf<T>,
		) -> DispatchResult {
			Self::do_stake(ensure_signed(origin)?, amount)
		}

		/// Takes stake back.
		///
		/// ## Dispatch Origin
		///
		/// Signed: who has staked.
		///
		/// ## Details
		///
		/// It stays held for [`Config::UnbondingSessions`], for it answers for the sessions that it
		/// has backed. Who takes all of it back is no candidate any more.
		///
		/// ## Errors
		///
		/// [`Error::AmountIsZero`], [`Error::NotStaked`], [`Error::MoreThanStaked`],
		/// [`Error::RemainderTooLow`], [`Error::TooManyChunks`].
		///
		/// ## Events
		///
		/// [`Event::Unstaked`], [`Event::CandidateLeft`].
		#[pallet::call_index(1)]
		#[pallet::weight(<T as Config>::WeightInfo::unstake())]
		pub fn unstake(
			origin: OriginFor<T>,
			#[pallet::compact] amount: BalanceOf<T>,
		) -> DispatchResult {
			Self::do_unstake(ensure_signed(origin)?, amount)
		}

		/// Releases stake that has waited for long enough.
		///
		/// ## Dispatch Origin
		///
		/// Signed: whose stake it is.
		///
		/// ## Errors
		///
		/// [`Error::NotStaked`], [`Error::NothingDue`].
		///
		/// ## Events
		///
		/// [`Event::Withdrawn`]
		#[pallet::call_index(2)]
		#[pallet::weight(<T as Config>::WeightInfo::withdraw())]
		pub fn withdraw(origin: OriginFor<T>) -> DispatchResult {
			Self::do_withdraw(ensure_signed(origin)?)
		}

		/// Makes the caller a candidate again, with what it has at stake.
		///
		/// ## Dispatch Origin
		///
		/// Signed: a staker that had to leave the candidates, because others had more at stake or
		/// because of an offence.
		///
		/// ## Errors
		///
		/// [`Error::NoSessionKeys`], [`Error::NotStaked`], [`Error::StakeTooLow`],
		/// [`Error::AlreadyCandidate`], [`Error::TooManyCandidates`].
		///
		/// ## Events
		///
		/// [`Event::CandidateEntered`], [`Event::CandidateLeft`] of who had to leave.
		#[pallet::call_index(3)]
		#[pallet::weight(<T as Config>::WeightInfo::validate())]
		pub fn validate(origin: OriginFor<T>) -> DispatchResult {
			Self::do_validate(ensure_signed(origin)?)
		}
	}
}
