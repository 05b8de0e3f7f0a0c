//! The list of candidates: who can be chosen, with most at stake first.
//!
//! It is one bounded value, so that what an election reads is bounded whoever stakes. Those with
//! equal stakes stand in the order in which they came to that stake.

use crate::{BalanceOf, Candidates, Config, Error, Event, Pallet};
use codec::{Decode, Encode, MaxEncodedLen};
use frame_support::{ensure, CloneNoBound, DebugNoBound, EqNoBound, PartialEqNoBound};
use scale_info::TypeInfo;

/// Somebody who can be chosen as a validator.
#[derive(
	CloneNoBound, PartialEqNoBound, EqNoBound, DebugNoBound, Encode, Decode, TypeInfo, MaxEncodedLen,
)]
#[scale_info(skip_type_params(T))]
#[codec(mel_bound())]
pub struct Candidate<T: Config> {
	/// Who.
	pub who: T::AccountId,
	/// What it has at stake: the same as in its ledger.
	pub stake: BalanceOf<T>,
}

/// Whether `who` is a candidate.
pub(crate) fn contains<T: Config>(who: &T::AccountId) -> bool {
	Candidates::<T>::get().iter().any(|candidate| candidate.who == *who)
}

/// Puts `who` where it belongs with this stake.
///
/// # Errors
///
/// [`Error::TooManyCandidates`], where the list is full and none in it has less at stake.
pub(crate) fn place<T: Config>(who: &T::AccountId, stake: BalanceOf<T>) -> Result<(), Error<T>> {
	let (is_new, displaced) = Candidates::<T>::try_mutate(|list| -> Result<_, Error<T>> {
		let length = list.len();
		list.retain(|candidate| candidate.who != *who);
		let is_new = list.len() == length;
		let displaced = if list.is_full() {
			let least = list.pop().ok_or(Error::<T>::TooManyCandidates)?;
			ensure!(least.stake < stake, Error::<T>::TooManyCandidates);
			Some(least.who)
		} else {
			None
		};
		let place = list.partition_point(|candidate| candidate.stake >= stake);
		list.try_insert(place, Candidate { who: who.clone(), stake })
			.map_err(|_| Error::<T>::TooManyCandidates)?;
		Ok((is_new, displaced))
	})?;
	if let Some(who) = displaced {
		Pallet::<T>::deposit_event(Event::CandidateLeft { who });
	}
	if is_new {
		Pallet::<T>::deposit_event(Event::CandidateEntered { who: who.clone() });
	}
	Ok(())
}

/// Takes `who` off the list, if it is there.
pub(crate) fn remove<T: Config>(who: &T::AccountId) {
	let was_there = Candidates::<T>::mutate(|list| {
		let length = list.len();
		list.retain(|candidate| candidate.who != *who);
		list.len() != length
	});
	if was_there {
		Pallet::<T>::deposit_event(Event::CandidateLeft { who: who.clone() });
	}
}
