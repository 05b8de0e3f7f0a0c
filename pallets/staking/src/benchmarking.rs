//! Benchmarks: what every weight function of the pallet stands for, measured.
//!
//! Each is measured at its worst: the list of candidates is full, and as many amounts wait as can.

#![allow(
	clippy::arithmetic_side_effects,
	reason = "a benchmark is given small numbers, and may stop at what is not so"
)]

use crate::{
	offences, AuthoredBlocks, BalanceOf, Call, Candidate, Candidates, Chunk, Config, CurrencyOf,
	Ledgers, Pallet,
};
use alloc::vec::Vec;
use codec::Decode;
use frame_benchmarking::v2::*;
use frame_support::{
	traits::{
		fungible::{Inspect, Mutate},
		Get,
	},
	BoundedVec,
};
use frame_system::RawOrigin;
use pallet_session::{CurrentIndex, NextKeys, Validators};
use sp_runtime::{traits::TrailingZeroInput, Perbill, SaturatedConversion};

/// An account with enough money and session keys.
fn staker<T: Config>(number: u32) -> Result<T::AccountId, BenchmarkError> {
	let who: T::AccountId = account("staker", number, 0);
	CurrencyOf::<T>::set_balance(&who, amount_of::<T>(0) * 1_000u32.into());
	// Not by the session pallet: nobody has the secrets of these.
	let keys = T::Keys::decode(&mut TrailingZeroInput::new(&number.to_le_bytes()))
		.map_err(|_| BenchmarkError::Stop("keys are any bytes"))?;
	NextKeys::<T>::insert(&who, keys);
	Ok(who)
}

/// A stake, the more the greater the number.
fn amount_of<T: Config>(number: u32) -> BalanceOf<T> {
	T::MinimumStake::get().max(CurrencyOf::<T>::minimum_balance()) * 2u32.into() + number.into()
}

/// Fills the list of candidates, each of whom has as many amounts waiting as can.
fn fill<T: Config>() -> Result<(), BenchmarkError> {
	Candidates::<T>::kill();
	for number in 0..T::MaxCandidates::get() {
		let who = staker::<T>(number)?;
		Pallet::<T>::add_stake(&who, amount_of::<T>(number))?;
	}
	Ok(())
}

/// Lets as many amounts of `who` wait as can, from the first sessions on; returns what they are.
fn unbond_much<T: Config>(who: &T::AccountId, chunks: u32) -> Result<(), BenchmarkError> {
	Pallet::<T>::add_stake(who, amount_of::<T>(0) * chunks.into())?;
	let mut ledger = crate::Ledger::<T>::of(who).map_err(|_| BenchmarkError::Stop("staked"))?;
	let waiting: Vec<_> =
		(0..chunks).map(|session| Chunk { amount: amount_of::<T>(0), session }).collect();
	ledger.staked -= amount_of::<T>(0) * chunks.into();
	ledger.unbonding =
		BoundedVec::try_from(waiting).map_err(|_| BenchmarkError::Stop("they can wait"))?;
	Candidates::<T>::mutate(|list| {
		if let Some(candidate) = list.iter_mut().find(|candidate| candidate.who == *who) {
			candidate.stake = ledger.staked;
		}
	});
	ledger.store(who);
	Ok(())
}

#[benchmarks]
mod benchmarks {
	use super::*;

	#[benchmark]
	fn stake() -> Result<(), BenchmarkError> {
		fill::<T>()?;
		let who = staker::<T>(T::MaxCandidates::get())?;
		let amount = amount_of::<T>(T::MaxCandidates::get());
		#[extrinsic_call]
		_(RawOrigin::Signed(who.clone()), amount);
		let list = Candidates::<T>::get();
		assert_eq!(list.first(), Some(&Candidate { who, stake: amount }));
		assert_eq!(list.len() as u32, T::MaxCandidates::get());
		Ok(())
	}

	#[benchmark]
	fn unstake() -> Result<(), BenchmarkError> {
		fill::<T>()?;
		let who: T::AccountId = account("staker", 0, 0);
		unbond_much::<T>(&who, T::MaxChunks::get() - 1)?;
		CurrentIndex::<T>::put(T::MaxChunks::get());
		let amount = amount_of::<T>(0);
		#[extrinsic_call]
		_(RawOrigin::Signed(who.clone()), amount);
		let ledger = Ledgers::<T>::get(&who).ok_or(BenchmarkError::Stop("all of it waits"))?;
		assert_eq!(ledger.unbonding.len() as u32, T::MaxChunks::get());
		assert!(!crate::candidates::contains::<T>(&who));
		Ok(())
	}

	#[benchmark]
	fn withdraw() -> Result<(), BenchmarkError> {
		let who = staker::<T>(0)?;
		Pallet::<T>::add_stake(&who, amount_of::<T>(0))?;
		unbond_much::<T>(&who, T::MaxChunks::get())?;
		CurrentIndex::<T>::put(T::MaxChunks::get() + T::UnbondingSessions::get());
		#[extrinsic_call]
		_(RawOrigin::Signed(who.clone()));
		assert_eq!(crate::ledger::held::<T>(&who), amount_of::<T>(0));
		Ok(())
	}

	#[benchmark]
	fn validate() -> Result<(), BenchmarkError> {
		let who = staker::<T>(T::MaxCandidates::get())?;
		Pallet::<T>::add_stake(&who, amount_of::<T>(T::MaxCandidates::get()))?;
		fill::<T>()?;
		#[extrinsic_call]
		_(RawOrigin::Signed(who.clone()));
		assert!(crate::candidates::contains::<T>(&who));
		Ok(())
	}

	#[benchmark]
	fn punish() -> Result<(), BenchmarkError> {
		fill::<T>()?;
		let who: T::AccountId = account("staker", 0, 0);
		unbond_much::<T>(&who, T::MaxChunks::get())?;
		let validators: Vec<T::AccountId> =
			(0..T::MaxValidators::get()).map(|number| account("staker", number, 0)).collect();
		Validators::<T>::put(validators);
		let exposure = CurrencyOf::<T>::total_balance(&who);
		#[block]
		{
			offences::punish::<T>(&who, exposure, Perbill::one(), 0);
		}
		assert_eq!(crate::ledger::held::<T>(&who), 0u32.saturated_into());
		assert!(!crate::candidates::contains::<T>(&who));
		Ok(())
	}

	#[benchmark]
	fn note_author() {
		let who: T::AccountId = account("staker", 0, 0);
		AuthoredBlocks::<T>::insert(&who, 1);
		#[block]
		{
			<Pallet<T> as pallet_authorship::EventHandler<_, _>>::note_author(who.clone());
		}
		assert_eq!(AuthoredBlocks::<T>::get(&who), 2);
	}

	impl_benchmark_test_suite!(
		Pallet,
		crate::mock::ExtBuilder::default().build(),
		crate::mock::Test
	);
}
