//! Punishment.

use crate::{mock::*, Error, Event, Slashes};
use frame_support::{assert_noop, assert_ok};
use sp_runtime::Perbill;
use sp_staking::offence::{OffenceDetails, OnOffenceHandler};

fn origin(who: u64) -> RuntimeOrigin {
	RuntimeOrigin::signed(who)
}

#[test]
fn an_offender_loses_the_fraction_and_is_no_candidate() {
	ExtBuilder::default().test(|| {
		pass(1);
		report(1, 1_000, 25, 1);
		assert_eq!((held(1), staked(1), free(TREASURY)), (750, 750, RICH + 250));
		assert_eq!(candidates(), [2, 3, 4]);
		assert_eq!(
			events()[..2],
			[Event::Slashed { who: 1, amount: 250, session: 1 }, Event::CandidateLeft { who: 1 }]
		);
		pass(2);
		assert_eq!(validators(), [2, 3, 4]);
	});
}

#[test]
fn an_offender_is_disabled_for_the_session_where_enough_others_are_left() {
	ExtBuilder::default().test(|| {
		report(3, 800, 10, 0);
		assert_eq!(Session::disabled_validators(), [2], "by its place");
		report(1, 1_000, 10, 0);
		assert_eq!(Session::disabled_validators(), [2], "no more than a third");
	});
	ExtBuilder::stakers(&[(1, 1_000), (2, 900), (3, 800)]).test(|| {
		report(1, 1_000, 100, 0);
		assert_eq!(Session::disabled_validators(), [0; 0]);
	});
}

#[test]
fn stake_that_waits_is_taken_where_it_was_at_stake() {
	ExtBuilder::default().test(|| {
		pass(1);
		assert_ok!(Staking::unstake(origin(1), 1_000));
		pass(2);
		// It was chosen for session 2 before it took its stake back in session 1.
		report(1, 1_000, 40, 2);
		assert_eq!((held(1), waiting(1)), (600, vec![(600, 1)]));
		assert_eq!(free(TREASURY), RICH + 400);
		pass(UNBONDING);
		assert_ok!(Staking::withdraw(origin(1)));
		assert_eq!(free(1), RICH - 400);
	});
}

#[test]
fn stake_that_had_left_before_the_validator_was_chosen_is_not_touched() {
	ExtBuilder::default().test(|| {
		assert_ok!(Staking::unstake(origin(1), 600));
		pass(2);
		assert_ok!(Staking::unstake(origin(1), 300));
		// Chosen for session 2 with 400, of which 300 wait by now.
		report(1, 400, 100, 2);
		assert_eq!((staked(1), waiting(1)), (0, vec![(600, 0)]));
		assert_eq!(free(TREASURY), RICH + 400);
	});
}

#[test]
fn stake_that_waits_is_taken_behind_what_is_staked_and_the_youngest_first() {
	ExtBuilder::default().test(|| {
		assert_ok!(Staking::unstake(origin(1), 300));
		pass(1);
		assert_ok!(Staking::unstake(origin(1), 300));
		report(1, 1_000, 80, 1);
		assert_eq!((staked(1), waiting(1)), (0, vec![(200, 0)]));
		report(1, 1_000, 90, 1);
		assert_eq!(waiting(1), [(100, 0)]);
	});
}

#[test]
fn stake_that_came_later_pays_no_more_than_what_the_validator_was_chosen_with() {
	ExtBuilder::default().test(|| {
		assert_ok!(Staking::stake(origin(1), 5_000));
		report(1, 1_000, 100, 0);
		assert_eq!((staked(1), free(TREASURY)), (5_000, RICH + 1_000));
	});
}

#[test]
fn of_several_offences_in_a_session_the_greatest_counts() {
	ExtBuilder::default().test(|| {
		report(1, 1_000, 20, 0);
		report(1, 1_000, 20, 0);
		report(1, 1_000, 10, 0);
		assert_eq!(staked(1), 800);
		report(1, 1_000, 30, 0);
		assert_eq!(staked(1), 700);
		assert_eq!(Slashes::<Test>::get(0, 1), Some(Perbill::from_percent(30)));
		// Another session is another offence.
		report(1, 1_000, 30, 1);
		assert_eq!(staked(1), 400);
	});
}

#[test]
fn who_is_named_again_in_a_report_of_another_is_not_removed_again() {
	ExtBuilder::default().test(|| {
		report(1, 1_000, 20, 0);
		assert_ok!(Staking::validate(origin(1)));
		let both =
			[(1, 1_000), (2, 900)].map(|offender| OffenceDetails { offender, reporters: vec![] });
		let weight = Staking::on_offence(&both, &[Perbill::from_percent(20); 2], 0);
		assert!(weight.ref_time() > 0);
		assert_eq!((staked(1), staked(2)), (800, 720));
		assert_eq!(candidates(), [3, 1, 4]);
	});
}

#[test]
fn an_offence_without_a_fraction_removes_and_costs_nothing() {
	ExtBuilder::default().test(|| {
		report(1, 1_000, 0, 0);
		assert_eq!((staked(1), candidates()), (1_000, vec![2, 3, 4]));
	});
}

#[test]
fn an_offender_comes_back_by_its_own_will_if_it_has_enough_left() {
	ExtBuilder::default().test(|| {
		report(1, 1_000, 50, 0);
		assert_ok!(Staking::validate(origin(1)));
		assert_eq!(candidates(), [2, 3, 4, 1]);
		report(1, 1_000, 95, 0);
		assert_eq!(staked(1), 50);
		assert_noop!(Staking::validate(origin(1)), Error::<Test>::StakeTooLow);
		assert_noop!(Staking::unstake(origin(1), 10), Error::<Test>::RemainderTooLow);
		assert_noop!(Staking::stake(origin(1), 49), Error::<Test>::StakeTooLow);
		assert_ok!(Staking::stake(origin(1), 50));
		assert_eq!(candidates(), [2, 3, 4, 1]);
	});
}

#[test]
fn what_is_left_of_too_little_can_be_taken_back() {
	ExtBuilder::default().test(|| {
		report(1, 1_000, 95, 0);
		assert_ok!(Staking::unstake(origin(1), 50));
		pass(UNBONDING);
		assert_ok!(Staking::withdraw(origin(1)));
		assert_eq!((free(1), held(1)), (RICH - 950, 0));
	});
}

#[test]
fn who_has_nothing_left_loses_nothing() {
	ExtBuilder::default().test(|| {
		report(1, 1_000, 100, 0);
		assert_eq!((held(1), free(1)), (0, RICH - 1_000));
		report(1, 1_000, 100, 1);
		report(KEYLESS, 1_000, 100, 1);
		assert_eq!((free(1), free(KEYLESS)), (RICH - 1_000, RICH));
	});
}

#[test]
fn an_offence_that_is_too_old_costs_nothing() {
	ExtBuilder::default().test(|| {
		pass(UNBONDING - 2);
		report(1, 1_000, 10, 0);
		assert_eq!(staked(1), 900, "the last session in which it counts");
	});
	ExtBuilder::default().test(|| {
		pass(UNBONDING - 1);
		report(1, 1_000, 10, 0);
		assert_eq!((staked(1), candidates()), (1_000, vec![1, 2, 3, 4]));
	});
}

#[test]
fn stake_still_waits_in_the_last_session_in_which_it_can_be_punished() {
	// Taken back in session 0, it answers for session 1.
	ExtBuilder::default().test(|| {
		assert_ok!(Staking::unstake(origin(1), 1_000));
		pass(1 + UNBONDING - 2);
		assert_noop!(Staking::withdraw(origin(1)), Error::<Test>::NothingDue);
		report(1, 1_000, 100, 1);
		assert_eq!((held(1), free(TREASURY)), (0, RICH + 1_000));
	});
}

#[test]
fn punishments_are_forgotten_with_their_session() {
	ExtBuilder::default().test(|| {
		report(1, 1_000, 10, 0);
		report(2, 900, 10, 0);
		pass(UNBONDING - 2);
		assert_eq!(Slashes::<Test>::iter().count(), 2);
		pass(1);
		assert_eq!(Slashes::<Test>::iter().count(), 0);
	});
}
