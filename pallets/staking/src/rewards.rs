//! The pot: fees of a session, and who gets them.

use crate::{
	AuthoredBlocks, BalanceOf, Config, CreditOf, CurrencyOf, Event, Pallet, WeightInfo, LOG_TARGET,
};
use alloc::vec::Vec;
use frame_support::{
	dispatch::DispatchClass,
	traits::{
		fungible::{Balanced, Inspect, Mutate},
		tokens::{Fortitude, Preservation},
		Get, Imbalance, OnUnbalanced,
	},
};
use frame_system::pallet_prelude::BlockNumberFor;
use sp_runtime::{
	helpers_128bit::multiply_by_rational_with_rounding,
	traits::{AccountIdConversion, AtLeast32BitUnsigned, Saturating, Zero},
	Rounding, SaturatedConversion,
};

/// The account that fees are collected in. Nobody has a key of it.
pub(crate) fn pot<T: Config>() -> T::AccountId {
	T::PotId::get().into_account_truncating()
}

/// What is in the pot for validators: all but what keeps its account alive.
pub(crate) fn pot_balance<T: Config>() -> BalanceOf<T> {
	CurrencyOf::<T>::reducible_balance(&pot::<T>(), Preservation::Preserve, Fortitude::Polite)
}

/// Gives the pot what an account needs to exist, where it has less.
///
/// A fee is less than that, and money that an account cannot exist with is not accepted.
pub(crate) fn open_pot<T: Config>() {
	let pot = pot::<T>();
	let missing = CurrencyOf::<T>::minimum_balance().saturating_sub(CurrencyOf::<T>::balance(&pot));
	if !missing.is_zero() {
		CurrencyOf::<T>::mint_into(&pot, missing)
			.unwrap_or_else(|error| panic!("the pot cannot be opened: {error:?}"));
	}
}

/// Puts money into the pot.
impl<T: Config> OnUnbalanced<CreditOf<T>> for Pallet<T> {
	fn on_nonzero_unbalanced(credit: CreditOf<T>) {
		if let Err(refused) = CurrencyOf::<T>::resolve(&pot::<T>(), credit) {
			// Only where the pot was never opened, on a chain that got this pallet after its genesis.
			log::error!(
				target: LOG_TARGET,
				"{:?} is burnt: the pot's account does not exist",
				refused.peek()
			);
		}
	}
}

/// Counts the blocks of each validator.
impl<T: Config> pallet_authorship::EventHandler<T::AccountId, BlockNumberFor<T>> for Pallet<T> {
	fn note_author(author: T::AccountId) {
		AuthoredBlocks::<T>::mutate(author, |blocks| *blocks = blocks.saturating_add(1));
		frame_system::Pallet::<T>::register_extra_weight_unchecked(
			<T as Config>::WeightInfo::note_author(),
			DispatchClass::Mandatory,
		);
	}
}

/// The part of `sum` that `own` of `blocks` are worth, rounded down.
fn share<B: AtLeast32BitUnsigned>(sum: B, own: u32, blocks: u64) -> B {
	multiply_by_rational_with_rounding(
		sum.saturated_into(),
		own.into(),
		blocks.into(),
		Rounding::Down,
	)
	.unwrap_or_default()
	.saturated_into()
}

/// Shares what is in the pot among those who have made blocks, by their number, and begins to count
/// again.
///
/// Shares are rounded down, and one that its owner cannot receive is not paid: both stay in the pot.
pub(crate) fn share_out<T: Config>() {
	let authors: Vec<_> = AuthoredBlocks::<T>::drain().collect();
	let blocks: u64 =
		authors.iter().fold(0, |sum, (_, blocks)| sum.saturating_add(u64::from(*blocks)));
	let pot = pot::<T>();
	let sum = pot_balance::<T>();
	for (who, own) in authors {
		let amount = share(sum, own, blocks);
		if amount.is_zero() {
			continue;
		}
		match CurrencyOf::<T>::transfer(&pot, &who, amount, Preservation::Preserve) {
			Ok(_) => Pallet::<T>::deposit_event(Event::Rewarded { who, amount }),
			Err(error) => log::warn!(target: LOG_TARGET, "{who:?} cannot be paid: {error:?}"),
		}
	}
}
