//! Punishment.
//!
//! What a validator answers with is the stake that it was chosen with, which the report proves. It is
//! taken once for each session: a report names all offenders of one moment again, with a greater
//! fraction each time, and only the difference is taken.

use crate::{
	candidates, election, ledger, BalanceOf, Config, CurrencyOf, Event, HoldReason, Ledgers,
	Pallet, Slashes, WeightInfo, LOG_TARGET,
};
use frame_support::{
	defensive,
	traits::{fungible::BalancedHold, OnUnbalanced},
	weights::Weight,
};
use pallet_session::historical::{self, IdentificationTuple};
use sp_runtime::{
	traits::{Saturating, Zero},
	Perbill,
};
use sp_staking::{
	offence::{OffenceDetails, OffenceSeverity, OnOffenceHandler},
	SessionIndex,
};

impl<T> OnOffenceHandler<T::AccountId, IdentificationTuple<T>, Weight> for Pallet<T>
where
	T: Config + historical::Config<FullIdentification = BalanceOf<T>>,
{
	fn on_offence(
		offenders: &[OffenceDetails<T::AccountId, IdentificationTuple<T>>],
		fractions: &[Perbill],
		session: SessionIndex,
	) -> Weight {
		for (details, fraction) in offenders.iter().zip(fractions) {
			let (who, exposure) = &details.offender;
			punish::<T>(who, *exposure, *fraction, session);
		}
		<T as Config>::WeightInfo::punish().saturating_mul(offenders.len() as u64)
	}
}

/// Takes `fraction` of what `who` was chosen for `session` with, beside what was taken for that
/// session already, and stops it from validating.
pub(crate) fn punish<T: Config>(
	who: &T::AccountId,
	exposure: BalanceOf<T>,
	fraction: Perbill,
	session: SessionIndex,
) {
	if session < election::first_reportable::<T>() {
		log::warn!(target: LOG_TARGET, "an offence of session {session} is too old");
		return;
	}
	let before = match Slashes::<T>::get(session, who) {
		Some(before) if before >= fraction => return,
		before => before.unwrap_or_default(),
	};
	Slashes::<T>::insert(session, who, fraction);
	let due = fraction.mul_floor(exposure).saturating_sub(before.mul_floor(exposure));
	let amount = slash::<T>(who, due, session);
	Pallet::<T>::deposit_event(Event::Slashed { who: who.clone(), amount, session });
	candidates::remove::<T>(who);
	pallet_session::Pallet::<T>::report_offence(who.clone(), OffenceSeverity(fraction));
}

/// Takes up to `due` of what `who` had at stake in `session`, and returns how much it was.
fn slash<T: Config>(who: &T::AccountId, due: BalanceOf<T>, session: SessionIndex) -> BalanceOf<T> {
	// All of it can be withdrawn or lost by now.
	let Some(mut ledger) = Ledgers::<T>::get(who) else { return BalanceOf::<T>::zero() };
	let amount = ledger.take_liable(due, session);
	ledger.store(who);
	let (credit, missing) = CurrencyOf::<T>::slash(&HoldReason::Stake.into(), who, amount);
	if !missing.is_zero() {
		defensive!("less is held than a ledger says", (ledger::held::<T>(who), missing));
	}
	T::OnSlash::on_unbalanced(credit);
	amount
}
