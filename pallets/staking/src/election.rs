//! Sessions: who validates in them, and what happens where one ends.
//!
//! `pallet_session` plans the validators of a session when the one before it begins. So there are
//! two sets at any time: those who validate now, and those who will. Each is kept with the stake that
//! it was chosen with, for that is what a validator answers with, and what proofs of session
//! membership name it by.

use crate::{
	rewards, BalanceOf, Candidates, Config, CurrentElected, Event, NextElected, Pallet, Slashes,
	LOG_TARGET,
};
use alloc::vec::Vec;
use frame_support::{traits::Get, BoundedVec};
use pallet_session::{historical, QueuedKeys, SessionManager};
use sp_runtime::traits::Convert;
use sp_staking::SessionIndex;

/// The validators of a session, with the stake that they were chosen with.
pub type Elected<T> = BoundedVec<
	(<T as frame_system::Config>::AccountId, BalanceOf<T>),
	<T as Config>::MaxValidators,
>;

/// The stake that a validator of the current session was chosen with: its identification in
/// `pallet_session::historical`.
pub struct StakeOf<T>(core::marker::PhantomData<T>);

impl<T: Config> Convert<T::AccountId, Option<BalanceOf<T>>> for StakeOf<T> {
	fn convert(validator: T::AccountId) -> Option<BalanceOf<T>> {
		CurrentElected::<T>::get()
			.into_iter()
			.find_map(|(who, stake)| (who == validator).then_some(stake))
	}
}

/// Sessions, beside the current one, whose offences can be reported.
///
/// Two less than stake waits: stake that is taken back in a session has backed the next one too, and
/// must still be there in the last session in which that one's offences are accepted.
fn reporting_sessions<T: Config>() -> SessionIndex {
	T::UnbondingSessions::get().saturating_sub(2)
}

/// The first session whose offences can still be reported.
pub(crate) fn first_reportable<T: Config>() -> SessionIndex {
	pallet_session::CurrentIndex::<T>::get().saturating_sub(reporting_sessions::<T>())
}

/// The validators of `session`, unless they are those of the session before.
fn elect<T: Config>(session: SessionIndex) -> Option<Elected<T>> {
	let mut elected = Elected::<T>::default();
	let mut keys = Vec::new();
	for candidate in Candidates::<T>::get() {
		let Some(own) = pallet_session::Pallet::<T>::load_keys(&candidate.who) else { continue };
		if elected.try_push((candidate.who.clone(), candidate.stake)).is_err() {
			break;
		}
		keys.push((candidate.who, own));
	}
	if elected.is_empty() {
		log::error!(target: LOG_TARGET, "nobody can be chosen for session {session}");
		Pallet::<T>::deposit_event(Event::NobodyElectable { session });
		return None;
	}
	// Nothing is said where nothing has changed, which spares GRANDPA a change of its voters. The keys
	// count: the recorded root of the session before proves the old ones.
	if NextElected::<T>::get() == elected && QueuedKeys::<T>::get() == keys {
		return None;
	}
	NextElected::<T>::put(&elected);
	Some(elected)
}

/// Makes the validators that were planned the current ones, and forgets sessions that are too old to
/// report offences of.
fn start<T: Config>() {
	CurrentElected::<T>::put(NextElected::<T>::get());
	let first = first_reportable::<T>();
	if let Some(expired) = first.checked_sub(1) {
		historical::Pallet::<T>::prune_up_to(first);
		// Each entry is a validator's of that session, so that all of them go at once.
		let _ = Slashes::<T>::clear_prefix(expired, T::MaxValidators::get(), None);
	}
}

impl<T: Config> SessionManager<T::AccountId> for Pallet<T> {
	fn new_session(session: SessionIndex) -> Option<Vec<T::AccountId>> {
		let elected = elect::<T>(session)?;
		Some(elected.into_iter().map(|(who, _)| who).collect())
	}

	fn start_session(_: SessionIndex) {
		start::<T>();
	}

	fn end_session(_: SessionIndex) {
		rewards::share_out::<T>();
	}
}

impl<T: Config> historical::SessionManager<T::AccountId, BalanceOf<T>> for Pallet<T> {
	fn new_session(session: SessionIndex) -> Option<Vec<(T::AccountId, BalanceOf<T>)>> {
		elect::<T>(session).map(BoundedVec::into_inner)
	}

	fn start_session(_: SessionIndex) {
		start::<T>();
	}

	fn end_session(_: SessionIndex) {
		rewards::share_out::<T>();
	}
}
