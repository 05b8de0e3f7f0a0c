//! How a chain begins.

use crate::{mock::*, CurrentElected, NextElected};
use frame_support::traits::{Get, StorageVersion};

#[test]
fn stakers_of_genesis_validate_at_once() {
	ExtBuilder::default().test(|| {
		assert_eq!(validators(), [1, 2, 3, 4]);
		assert_eq!((free(1), held(1), staked(1)), (RICH - 1_000, 1_000, 1_000));
		let elected = vec![(1, 1_000), (2, 900), (3, 800), (4, 700)];
		assert_eq!(CurrentElected::<Test>::get().into_inner(), elected);
		assert_eq!(NextElected::<Test>::get().into_inner(), elected);
		assert_eq!(StorageVersion::get::<Staking>(), crate::STORAGE_VERSION);
	});
}

#[test]
fn of_many_stakers_those_with_most_validate() {
	ExtBuilder::stakers(&[(1, 100), (2, 200), (3, 300), (4, 400), (5, 500), (6, 600)]).test(|| {
		assert_eq!(validators(), [6, 5, 4, 3]);
		assert_eq!(candidates(), [6, 5, 4, 3, 2, 1]);
	});
}

#[test]
fn the_pot_exists_from_the_beginning() {
	ExtBuilder::default().test(|| {
		assert_eq!(free(pot()), EXISTENCE);
		assert_eq!(crate::rewards::pot_balance::<Test>(), 0);
	});
}

#[test]
fn without_stakers_those_with_keys_validate() {
	ExtBuilder::stakers(&[]).test(|| {
		assert_eq!(validators(), (1..=LAST_WITH_KEYS).collect::<Vec<_>>());
		assert_eq!(CurrentElected::<Test>::get().len(), 0);
	});
}

#[test]
#[should_panic(expected = "1 stakes twice at genesis")]
fn nobody_stakes_twice() {
	ExtBuilder::stakers(&[(1, 100), (1, 200)]).build();
}

#[test]
#[should_panic(expected = "1 cannot stake 99")]
fn the_minimum_holds_at_genesis() {
	ExtBuilder::stakers(&[(1, MINIMUM - 1)]).build();
}

#[test]
#[should_panic(expected = "12 cannot stake 100")]
fn stake_comes_from_a_balance() {
	ExtBuilder::stakers(&[(12, MINIMUM)]).build();
}

#[test]
fn the_configuration_is_consistent() {
	crate::invariants::integrity::<Test>();
	let candidates: u32 = <Test as crate::Config>::MaxCandidates::get();
	assert!(candidates > <Test as crate::Config>::MaxValidators::get(), "displacing can be tested");
}
