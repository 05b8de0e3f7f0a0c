//! What the calls do.

use crate::{candidates, ledger, BalanceOf, Config, Error, Event, Ledger, Ledgers, Pallet};
use frame_support::{
	ensure,
	traits::{Get, ValidatorRegistration},
};
use sp_runtime::{
	traits::{CheckedAdd, CheckedSub, Zero},
	ArithmeticError, DispatchResult,
};

impl<T: Config> Pallet<T> {
	/// The body of [`crate::Call::stake`].
	pub(crate) fn do_stake(who: T::AccountId, amount: BalanceOf<T>) -> DispatchResult {
		ensure!(!amount.is_zero(), Error::<T>::AmountIsZero);
		ensure_keys::<T>(&who)?;
		Self::add_stake(&who, amount)
	}

	/// Stakes more without asking for session keys, which at genesis come later.
	pub(crate) fn add_stake(who: &T::AccountId, amount: BalanceOf<T>) -> DispatchResult {
		let mut ledger = Ledgers::<T>::get(who).unwrap_or_default();
		ledger.staked = ledger.staked.checked_add(&amount).ok_or(ArithmeticError::Overflow)?;
		ensure!(ledger.staked >= T::MinimumStake::get(), Error::<T>::StakeTooLow);
		ledger::hold::<T>(who, amount)?;
		Self::deposit_event(Event::Staked { who: who.clone(), amount });
		candidates::place::<T>(who, ledger.staked)?;
		ledger.store(who);
		Ok(())
	}

	/// The body of [`crate::Call::unstake`].
	pub(crate) fn do_unstake(who: T::AccountId, amount: BalanceOf<T>) -> DispatchResult {
		ensure!(!amount.is_zero(), Error::<T>::AmountIsZero);
		let mut ledger = Ledger::<T>::of(&who)?;
		let left = ledger.staked.checked_sub(&amount).ok_or(Error::<T>::MoreThanStaked)?;
		ensure!(left.is_zero() || left >= T::MinimumStake::get(), Error::<T>::RemainderTooLow);
		ledger.staked = left;
		let due = ledger.unbond(amount, pallet_session::CurrentIndex::<T>::get())?;
		Self::deposit_event(Event::Unstaked { who: who.clone(), amount, due });
		if left.is_zero() {
			candidates::remove::<T>(&who);
		} else if candidates::contains::<T>(&who) {
			candidates::place::<T>(&who, left)?;
		}
		ledger.store(&who);
		Ok(())
	}

	/// The body of [`crate::Call::withdraw`].
	pub(crate) fn do_withdraw(who: T::AccountId) -> DispatchResult {
		let mut ledger = Ledger::<T>::of(&who)?;
		let amount = ledger.take_due(pallet_session::CurrentIndex::<T>::get());
		ensure!(!amount.is_zero(), Error::<T>::NothingDue);
		ledger::release::<T>(&who, amount)?;
		ledger.store(&who);
		Self::deposit_event(Event::Withdrawn { who, amount });
		Ok(())
	}

	/// The body of [`crate::Call::validate`].
	pub(crate) fn do_validate(who: T::AccountId) -> DispatchResult {
		ensure_keys::<T>(&who)?;
		let ledger = Ledger::<T>::of(&who)?;
		ensure!(ledger.staked >= T::MinimumStake::get(), Error::<T>::StakeTooLow);
		ensure!(!candidates::contains::<T>(&who), Error::<T>::AlreadyCandidate);
		candidates::place::<T>(&who, ledger.staked)?;
		Ok(())
	}
}

/// Refuses who has no session keys: chosen, it could make no block.
fn ensure_keys<T: Config>(who: &T::AccountId) -> DispatchResult {
	ensure!(pallet_session::Pallet::<T>::is_registered(who), Error::<T>::NoSessionKeys);
	Ok(())
}
