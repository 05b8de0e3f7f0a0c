//! What an account has at stake, and what it has taken back.
//!
//! A ledger knows amounts and sessions; what is held on the account is the sum of it at any time.

use crate::{BalanceOf, Config, CurrencyOf, Error, HoldReason, Ledgers};
use codec::{Decode, Encode, MaxEncodedLen};
use frame_support::{
	traits::{
		fungible::{InspectHold, MutateHold},
		tokens::Precision,
		Get,
	},
	BoundedVec, CloneNoBound, DebugNoBound, DefaultNoBound, EqNoBound, PartialEqNoBound,
};
use scale_info::TypeInfo;
use sp_runtime::{
	traits::{Saturating, Zero},
	DispatchResult,
};
use sp_staking::SessionIndex;

/// Stake that was taken back in one session.
#[derive(
	CloneNoBound, PartialEqNoBound, EqNoBound, DebugNoBound, Encode, Decode, TypeInfo, MaxEncodedLen,
)]
#[scale_info(skip_type_params(T))]
#[codec(mel_bound())]
pub struct Chunk<T: Config> {
	/// How much is left of it.
	pub amount: BalanceOf<T>,
	/// The session in which it was taken back: when it is due, and what it answers for, both follow
	/// from that.
	pub session: SessionIndex,
}

impl<T: Config> Chunk<T> {
	/// The session from which on it can be withdrawn.
	pub fn due(&self) -> SessionIndex {
		self.session.saturating_add(T::UnbondingSessions::get())
	}

	/// Whether it was at stake in `session`.
	///
	/// The validators of a session are chosen when the one before it begins, so stake that was taken
	/// back in that one has backed them still.
	fn backed(&self, session: SessionIndex) -> bool {
		self.session.saturating_add(1) >= session
	}
}

/// What an account has at stake, and what it has taken back.
#[derive(
	CloneNoBound,
	PartialEqNoBound,
	EqNoBound,
	DebugNoBound,
	DefaultNoBound,
	Encode,
	Decode,
	TypeInfo,
	MaxEncodedLen,
)]
#[scale_info(skip_type_params(T))]
#[codec(mel_bound())]
pub struct Ledger<T: Config> {
	/// What is at stake.
	pub staked: BalanceOf<T>,
	/// What was taken back and is not withdrawn, oldest first.
	pub unbonding: BoundedVec<Chunk<T>, T::MaxChunks>,
}

impl<T: Config> Ledger<T> {
	/// The ledger of `who`.
	///
	/// # Errors
	///
	/// [`Error::NotStaked`], where there is none.
	pub(crate) fn of(who: &T::AccountId) -> Result<Self, Error<T>> {
		Ledgers::<T>::get(who).ok_or(Error::<T>::NotStaked)
	}

	/// All that is held on the account.
	pub fn total(&self) -> BalanceOf<T> {
		self.unbonding.iter().fold(self.staked, |sum, chunk| sum.saturating_add(chunk.amount))
	}

	/// Lets `amount`, which is no longer in `staked`, wait from `session` on. Returns when it is due.
	pub(crate) fn unbond(
		&mut self,
		amount: BalanceOf<T>,
		session: SessionIndex,
	) -> Result<SessionIndex, Error<T>> {
		let chunk = match self.unbonding.last_mut() {
			Some(last) if last.session == session => {
				last.amount = last.amount.saturating_add(amount);
				return Ok(last.due());
			},
			_ => Chunk { amount, session },
		};
		let due = chunk.due();
		self.unbonding.try_push(chunk).map_err(|_| Error::<T>::TooManyChunks)?;
		Ok(due)
	}

	/// Removes what is due in `session`, and returns how much it is.
	pub(crate) fn take_due(&mut self, session: SessionIndex) -> BalanceOf<T> {
		let mut sum = BalanceOf::<T>::zero();
		self.unbonding.retain(|chunk| {
			let is_due = chunk.due() <= session;
			if is_due {
				sum = sum.saturating_add(chunk.amount);
			}
			!is_due
		});
		sum
	}

	/// Removes up to `amount` of what has answered for `session`: first of what is at stake, then of
	/// what was taken back last. Returns how much it is.
	pub(crate) fn take_liable(
		&mut self,
		amount: BalanceOf<T>,
		session: SessionIndex,
	) -> BalanceOf<T> {
		let mut wanted = amount;
		take_of(&mut self.staked, &mut wanted);
		for chunk in self.unbonding.iter_mut().rev().filter(|chunk| chunk.backed(session)) {
			take_of(&mut chunk.amount, &mut wanted);
		}
		self.unbonding.retain(|chunk| !chunk.amount.is_zero());
		amount.saturating_sub(wanted)
	}

	/// Stores it for `who`, or removes it if nothing is left.
	pub(crate) fn store(self, who: &T::AccountId) {
		if self.staked.is_zero() && self.unbonding.is_empty() {
			Ledgers::<T>::remove(who);
		} else {
			Ledgers::<T>::insert(who, self);
		}
	}
}

/// Moves as much as there is of what is `wanted` out of `pocket`.
fn take_of<B: Copy + Ord + Saturating>(pocket: &mut B, wanted: &mut B) {
	let taken = (*wanted).min(*pocket);
	*pocket = pocket.saturating_sub(taken);
	*wanted = wanted.saturating_sub(taken);
}

/// Holds `amount` more on `who`.
pub(crate) fn hold<T: Config>(who: &T::AccountId, amount: BalanceOf<T>) -> DispatchResult {
	CurrencyOf::<T>::hold(&HoldReason::Stake.into(), who, amount)
}

/// Releases `amount` of what is held on `who`.
pub(crate) fn release<T: Config>(who: &T::AccountId, amount: BalanceOf<T>) -> DispatchResult {
	CurrencyOf::<T>::release(&HoldReason::Stake.into(), who, amount, Precision::Exact).map(|_| ())
}

/// What is held on `who`.
pub(crate) fn held<T: Config>(who: &T::AccountId) -> BalanceOf<T> {
	CurrencyOf::<T>::balance_on_hold(&HoldReason::Stake.into(), who)
}
