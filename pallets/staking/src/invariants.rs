//! What must hold of the configuration at start, and of the state between blocks.

use crate::Config;
use frame_support::traits::{fungible::Inspect, Get};

/// Panics if the configuration cannot hold together.
pub(crate) fn integrity<T: Config>() {
	assert!(T::MaxValidators::get() > 0, "a chain has a validator");
	assert!(
		T::MaxCandidates::get() >= T::MaxValidators::get(),
		"who would be chosen must not be displaced"
	);
	assert!(T::MaxChunks::get() > 0, "stake can be taken back");
	assert!(
		T::UnbondingSessions::get() > 2,
		"a session's offences can be reported when it is over, see `election`"
	);
	assert!(
		T::MinimumStake::get() >= crate::CurrencyOf::<T>::minimum_balance(),
		"stake is worth more than an account"
	);
}

#[cfg(any(test, feature = "try-runtime", feature = "test-utils"))]
pub(crate) use checks::do_try_state;

#[cfg(any(test, feature = "try-runtime", feature = "test-utils"))]
mod checks {
	use crate::{
		ledger, rewards, AuthoredBlocks, BalanceOf, Candidates, Config, CurrencyOf, CurrentElected,
		Elected, Ledgers, NextElected, Slashes,
	};
	use alloc::collections::BTreeSet;
	use codec::Encode;
	use frame_support::{
		ensure,
		traits::{fungible::Inspect, Get},
	};
	use sp_runtime::{
		traits::{Saturating, Zero},
		TryRuntimeError,
	};

	/// Checks every invariant of the pallet's state.
	pub(crate) fn do_try_state<T: Config>() -> Result<(), TryRuntimeError> {
		issuance::<T>()?;
		ledgers::<T>()?;
		holds::<T>()?;
		candidates::<T>()?;
		elected::<T>(CurrentElected::<T>::get())?;
		elected::<T>(NextElected::<T>::get())?;
		slashes::<T>()?;
		pot::<T>()
	}

	/// All money is some account's: what is paid out was in the pot, and what is slashed goes to an account
	/// or leaves the issuance.
	fn issuance<T: Config>() -> Result<(), TryRuntimeError> {
		let of_accounts = frame_system::Account::<T>::iter_keys()
			.map(|who| CurrencyOf::<T>::total_balance(&who))
			.fold(BalanceOf::<T>::zero(), |sum, balance| sum.saturating_add(balance));
		ensure!(
			of_accounts == CurrencyOf::<T>::total_issuance(),
			"what accounts have is not what was issued"
		);
		Ok(())
	}

	/// A ledger is what is held of its owner, and what it says of the past is possible.
	fn ledgers<T: Config>() -> Result<(), TryRuntimeError> {
		let session = pallet_session::CurrentIndex::<T>::get();
		for (who, ledger) in Ledgers::<T>::iter() {
			ensure!(!ledger.total().is_zero(), "an empty ledger");
			ensure!(ledger.total() == ledger::held::<T>(&who), "a ledger is not what is held");
			let chunks = &ledger.unbonding;
			ensure!(
				chunks.len() as u64 <= u64::from(T::MaxChunks::get()),
				"more amounts wait than can"
			);
			ensure!(chunks.iter().all(|chunk| !chunk.amount.is_zero()), "an empty chunk waits");
			ensure!(
				chunks.iter().zip(chunks.iter().skip(1)).all(|(a, b)| a.session < b.session),
				"chunks are not in the order of their sessions"
			);
			ensure!(
				chunks.iter().all(|chunk| chunk.session <= session),
				"a chunk is of a session to come"
			);
		}
		Ok(())
	}

	/// Nothing is held of anybody without a ledger.
	fn holds<T: Config>() -> Result<(), TryRuntimeError> {
		for who in frame_system::Account::<T>::iter_keys() {
			ensure!(
				Ledgers::<T>::contains_key(&who) || ledger::held::<T>(&who).is_zero(),
				"stake is held without a ledger"
			);
		}
		Ok(())
	}

	/// Candidates are stakers, each once, with what their ledgers say, most first.
	fn candidates<T: Config>() -> Result<(), TryRuntimeError> {
		let list = Candidates::<T>::get();
		ensure!(
			list.len() as u64 <= u64::from(T::MaxCandidates::get()),
			"more candidates than there can be"
		);
		ensure!(
			list.iter().zip(list.iter().skip(1)).all(|(a, b)| a.stake >= b.stake),
			"candidates are not sorted by stake"
		);
		let different: BTreeSet<_> = list.iter().map(|candidate| candidate.who.encode()).collect();
		ensure!(different.len() == list.len(), "a candidate is there twice");
		for candidate in list {
			let ledger = Ledgers::<T>::get(&candidate.who).ok_or("a candidate has no ledger")?;
			ensure!(ledger.staked == candidate.stake, "a candidate's stake is not its ledger's");
			ensure!(candidate.stake >= T::MinimumStake::get(), "a candidate has too little stake");
		}
		Ok(())
	}

	/// Validators are different accounts, each of which had stake.
	fn elected<T: Config>(elected: Elected<T>) -> Result<(), TryRuntimeError> {
		let different: BTreeSet<_> = elected.iter().map(|(who, _)| who.encode()).collect();
		ensure!(different.len() == elected.len(), "a validator was chosen twice");
		ensure!(
			elected.iter().all(|(_, stake)| *stake >= T::MinimumStake::get()),
			"a validator was chosen with too little stake"
		);
		Ok(())
	}

	/// Punishments are remembered for as long as sessions can be reported, and no longer.
	fn slashes<T: Config>() -> Result<(), TryRuntimeError> {
		let first = crate::election::first_reportable::<T>();
		ensure!(
			Slashes::<T>::iter_keys().all(|(session, _)| session >= first),
			"a punishment is remembered for too long"
		);
		Ok(())
	}

	/// The pot exists, all that is in it can be shared out, and only validators of the session get it.
	fn pot<T: Config>() -> Result<(), TryRuntimeError> {
		let pot = rewards::pot::<T>();
		let minimum = CurrencyOf::<T>::minimum_balance();
		ensure!(CurrencyOf::<T>::balance(&pot) >= minimum, "the pot does not exist");
		ensure!(
			CurrencyOf::<T>::total_balance(&pot)
				== rewards::pot_balance::<T>().saturating_add(minimum),
			"money in the pot cannot be shared out"
		);
		let authors = AuthoredBlocks::<T>::iter_keys().count();
		let validators = pallet_session::Validators::<T>::get();
		ensure!(authors <= validators.len(), "more authors than validators");
		ensure!(
			AuthoredBlocks::<T>::iter_keys().all(|author| validators.contains(&author)),
			"an author is no validator"
		);
		Ok(())
	}
}
