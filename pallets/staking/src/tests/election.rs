//! Who validates, and when.

use crate::{mock::*, CurrentElected, Event, NextElected, StakeOf};
use frame_support::assert_ok;
use pallet_session::historical::HistoricalSessions;
use sp_runtime::{testing::UintAuthorityId, traits::Convert};

fn origin(who: u64) -> RuntimeOrigin {
	RuntimeOrigin::signed(who)
}

#[test]
fn those_with_most_at_stake_validate_two_sessions_later() {
	ExtBuilder::default().test(|| {
		assert_eq!(validators(), [1, 2, 3, 4]);
		assert_ok!(Staking::stake(origin(5), 950));
		assert_ok!(Staking::stake(origin(6), 650));
		pass(1);
		assert_eq!(validators(), [1, 2, 3, 4], "they were chosen before");
		pass(1);
		assert_eq!(validators(), [1, 5, 2, 3]);
		assert_eq!(candidates(), [1, 5, 2, 3, 4, 6]);
	});
}

#[test]
fn who_came_first_to_a_stake_goes_first() {
	ExtBuilder::stakers(&[(9, 500), (3, 500)]).test(|| {
		assert_ok!(Staking::stake(origin(1), 500));
		assert_eq!(candidates(), [9, 3, 1]);
		// Less for a moment is behind, for good.
		assert_ok!(Staking::unstake(origin(9), 100));
		assert_ok!(Staking::stake(origin(9), 100));
		assert_eq!(candidates(), [3, 1, 9]);
	});
}

#[test]
fn ties_at_the_last_place_go_to_who_came_first() {
	ExtBuilder::default().test(|| {
		assert_ok!(Staking::stake(origin(5), 700));
		pass(2);
		assert_eq!(validators(), [1, 2, 3, 4]);
	});
}

#[test]
fn who_takes_its_stake_back_validates_no_more() {
	ExtBuilder::default().test(|| {
		assert_ok!(Staking::unstake(origin(2), 900));
		pass(1);
		assert_eq!(validators(), [1, 2, 3, 4], "it was chosen already, and its stake waits");
		pass(1);
		assert_eq!(validators(), [1, 3, 4]);
	});
}

#[test]
fn candidates_without_keys_are_passed_over() {
	ExtBuilder::default().test(|| {
		assert_ok!(Session::purge_keys(origin(1)));
		assert_ok!(Staking::stake(origin(5), 600));
		pass(2);
		assert_eq!(validators(), [2, 3, 4, 5]);
		assert_eq!(candidates(), [1, 2, 3, 4, 5], "with keys it would be chosen again");
	});
}

#[test]
fn nobody_is_never_chosen() {
	ExtBuilder::stakers(&[(1, 1_000), (2, 900)]).test(|| {
		pass(1);
		assert_ok!(Staking::unstake(origin(1), 1_000));
		assert_ok!(Staking::unstake(origin(2), 900));
		pass(1);
		assert_eq!(candidates(), [0; 0]);
		assert_eq!(events().last(), Some(&Event::NobodyElectable { session: 3 }));
		pass(3);
		assert_eq!(validators(), [1, 2]);
		// Somebody is found again.
		assert_ok!(Staking::stake(origin(3), 100));
		pass(2);
		assert_eq!(validators(), [3]);
	});
}

#[test]
fn a_chain_whose_stakers_all_drop_their_keys_can_be_taken_up_again() {
	ExtBuilder::stakers(&[(1, 1_000), (2, 900)]).test(|| {
		assert_ok!(Session::purge_keys(origin(1)));
		assert_ok!(Session::purge_keys(origin(2)));
		pass(1);
		assert_eq!(validators(), [1, 2], "with the keys that they had");
		assert_eq!(events().last(), Some(&Event::NobodyElectable { session: 2 }));
		pass(2);
		assert!(
			!pallet_session::QueuedChanged::<Test>::get(),
			"so nobody is told of no validators"
		);
		assert_ok!(Staking::stake(origin(3), 100));
		pass(2);
		assert_eq!(validators(), [3]);
	});
}

#[test]
fn validators_are_known_with_the_stake_that_they_were_chosen_with() {
	ExtBuilder::default().test(|| {
		assert_ok!(Staking::stake(origin(1), 500));
		assert_ok!(Staking::unstake(origin(2), 100));
		for (who, stake) in [(1, 1_000), (2, 900)] {
			assert_eq!(StakeOf::<Test>::convert(who), Some(stake));
		}
		pass(1);
		assert_eq!(StakeOf::<Test>::convert(1), Some(1_000), "chosen at genesis too");
		assert_eq!(NextElected::<Test>::get()[0], (1, 1_500));
		pass(1);
		for (who, stake) in [(1, Some(1_500)), (2, Some(800)), (5, None)] {
			assert_eq!(StakeOf::<Test>::convert(who), stake);
		}
		assert_eq!(CurrentElected::<Test>::get(), NextElected::<Test>::get());
	});
}

#[test]
fn a_session_is_announced_as_new_only_where_something_has_changed() {
	ExtBuilder::default().test(|| {
		// Of genesis nothing is known to be unchanged.
		pass(1);
		assert!(!pallet_session::QueuedChanged::<Test>::get());
		assert_ok!(Staking::stake(origin(1), 1));
		pass(1);
		assert!(pallet_session::QueuedChanged::<Test>::get(), "a stake");
		pass(1);
		assert!(!pallet_session::QueuedChanged::<Test>::get());
		pallet_session::NextKeys::<Test>::insert(1, Keys { dummy: UintAuthorityId(77) });
		let before = HistoricalSessions::<Test>::get(Session::current_index() + 1);
		pass(1);
		assert!(pallet_session::QueuedChanged::<Test>::get(), "keys");
		assert_ne!(
			HistoricalSessions::<Test>::get(Session::current_index() + 1),
			before,
			"so that the new keys can be proven"
		);
	});
}

#[test]
fn roots_of_sessions_are_kept_for_as_long_as_their_offences_can_be_reported() {
	ExtBuilder::default().test(|| {
		pass(10);
		let kept: Vec<_> = {
			let mut kept: Vec<_> = HistoricalSessions::<Test>::iter_keys().collect();
			kept.sort();
			kept
		};
		// Three sessions before the current one: two less than stake waits. And the next one.
		assert_eq!(kept, [7, 8, 9, 10, 11]);
	});
}
