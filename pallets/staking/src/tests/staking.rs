//! Staking, taking back, and withdrawing.

use crate::{mock::*, Error, Event, Ledgers};
use frame_support::{assert_noop, assert_ok};
use sp_runtime::TokenError;

fn origin(who: u64) -> RuntimeOrigin {
	RuntimeOrigin::signed(who)
}

#[test]
fn stake_is_held_and_makes_a_candidate() {
	ExtBuilder::default().test(|| {
		assert_ok!(Staking::stake(origin(5), 750));
		assert_eq!((free(5), held(5), staked(5)), (RICH - 750, 750, 750));
		assert_eq!(candidates(), [1, 2, 3, 5, 4]);
		assert_eq!(
			events(),
			[Event::Staked { who: 5, amount: 750 }, Event::CandidateEntered { who: 5 }]
		);
	});
}

#[test]
fn more_stake_adds_up_and_moves_the_candidate_up() {
	ExtBuilder::default().test(|| {
		assert_ok!(Staking::stake(origin(4), 150));
		assert_eq!((held(4), staked(4)), (850, 850));
		assert_eq!(candidates(), [1, 2, 4, 3]);
		assert_eq!(events(), [Event::Staked { who: 4, amount: 150 }], "it was there before");
	});
}

#[test]
fn stake_of_nothing_is_refused() {
	ExtBuilder::default().test(|| {
		assert_noop!(Staking::stake(origin(1), 0), Error::<Test>::AmountIsZero);
	});
}

#[test]
fn stake_without_session_keys_is_refused() {
	ExtBuilder::default().test(|| {
		assert_noop!(Staking::stake(origin(KEYLESS), 500), Error::<Test>::NoSessionKeys);
	});
}

#[test]
fn less_than_the_minimum_is_refused() {
	ExtBuilder::default().test(|| {
		assert_noop!(Staking::stake(origin(5), MINIMUM - 1), Error::<Test>::StakeTooLow);
		assert_ok!(Staking::stake(origin(5), MINIMUM));
		assert_ok!(Staking::stake(origin(5), 1));
	});
}

#[test]
fn more_than_the_balance_is_refused() {
	ExtBuilder::default().test(|| {
		// The existential deposit cannot be held.
		let most = RICH - EXISTENCE;
		assert_noop!(Staking::stake(origin(5), most + 1), TokenError::FundsUnavailable);
		assert_noop!(Staking::stake(origin(5), u64::MAX), TokenError::FundsUnavailable);
		assert_ok!(Staking::stake(origin(5), most));
	});
}

#[test]
fn an_amount_that_overflows_is_refused() {
	ExtBuilder::default().test(|| {
		assert_noop!(Staking::stake(origin(1), u64::MAX), sp_runtime::ArithmeticError::Overflow);
	});
}

#[test]
fn unsigned_calls_are_refused() {
	ExtBuilder::default().test(|| {
		let bad = sp_runtime::DispatchError::BadOrigin;
		assert_noop!(Staking::stake(RuntimeOrigin::none(), 500), bad);
		assert_noop!(Staking::unstake(RuntimeOrigin::root(), 500), bad);
		assert_noop!(Staking::withdraw(RuntimeOrigin::none()), bad);
		assert_noop!(Staking::validate(RuntimeOrigin::root()), bad);
	});
}

#[test]
fn what_is_taken_back_stays_held_until_it_is_withdrawn() {
	ExtBuilder::default().test(|| {
		pass(3);
		assert_ok!(Staking::unstake(origin(1), 600));
		assert_eq!((free(1), held(1), staked(1)), (RICH - 1_000, 1_000, 400));
		assert_eq!(waiting(1), [(600, 3)]);
		assert_eq!(candidates(), [2, 3, 4, 1]);
		assert_eq!(events().last(), Some(&Event::Unstaked { who: 1, amount: 600, due: 8 }));

		pass(UNBONDING - 1);
		assert_noop!(Staking::withdraw(origin(1)), Error::<Test>::NothingDue);
		pass(1);
		assert_ok!(Staking::withdraw(origin(1)));
		assert_eq!((free(1), held(1), staked(1)), (RICH - 400, 400, 400));
		assert_eq!(events().last(), Some(&Event::Withdrawn { who: 1, amount: 600 }));
		assert_noop!(Staking::withdraw(origin(1)), Error::<Test>::NothingDue);
	});
}

#[test]
fn who_takes_all_back_is_no_candidate_and_leaves_nothing_behind() {
	ExtBuilder::default().test(|| {
		assert_ok!(Staking::unstake(origin(2), 900));
		assert_eq!(candidates(), [1, 3, 4]);
		assert_eq!(events().last(), Some(&Event::CandidateLeft { who: 2 }));
		pass(UNBONDING);
		assert_ok!(Staking::withdraw(origin(2)));
		assert_eq!((free(2), held(2)), (RICH, 0));
		assert!(!Ledgers::<Test>::contains_key(2));
		assert_noop!(Staking::withdraw(origin(2)), Error::<Test>::NotStaked);
	});
}

#[test]
fn nobody_takes_back_what_was_not_staked() {
	ExtBuilder::default().test(|| {
		assert_noop!(Staking::unstake(origin(5), 1), Error::<Test>::NotStaked);
		assert_noop!(Staking::unstake(origin(1), 1_001), Error::<Test>::MoreThanStaked);
		assert_ok!(Staking::unstake(origin(1), 900));
		// What waits is not at stake any more.
		assert_noop!(Staking::unstake(origin(1), 101), Error::<Test>::MoreThanStaked);
		assert_ok!(Staking::unstake(origin(1), 100));
		assert_noop!(Staking::unstake(origin(1), 1), Error::<Test>::MoreThanStaked);
		assert_noop!(Staking::unstake(origin(1), 0), Error::<Test>::AmountIsZero);
		assert_noop!(Staking::withdraw(origin(5)), Error::<Test>::NotStaked);
	});
}

#[test]
fn what_stays_is_nothing_or_the_minimum() {
	ExtBuilder::default().test(|| {
		assert_noop!(Staking::unstake(origin(1), 901), Error::<Test>::RemainderTooLow);
		assert_noop!(Staking::unstake(origin(1), 999), Error::<Test>::RemainderTooLow);
		assert_ok!(Staking::unstake(origin(1), 900));
		assert_eq!(staked(1), MINIMUM);
	});
}

#[test]
fn amounts_of_one_session_wait_as_one() {
	ExtBuilder::default().test(|| {
		assert_ok!(Staking::unstake(origin(1), 100));
		assert_ok!(Staking::unstake(origin(1), 50));
		pass(1);
		assert_ok!(Staking::unstake(origin(1), 10));
		assert_eq!(waiting(1), [(150, 0), (10, 1)]);
		pass(UNBONDING - 1);
		assert_ok!(Staking::withdraw(origin(1)));
		assert_eq!(waiting(1), [(10, 1)], "a session later");
		assert_eq!(held(1), 850);
	});
}

#[test]
fn only_so_many_amounts_wait() {
	ExtBuilder::default().test(|| {
		for _ in 0..3 {
			assert_ok!(Staking::unstake(origin(1), 10));
			pass(1);
		}
		assert_noop!(Staking::unstake(origin(1), 10), Error::<Test>::TooManyChunks);
		pass(UNBONDING - 3);
		assert_ok!(Staking::withdraw(origin(1)));
		assert_ok!(Staking::unstake(origin(1), 10));
		assert_eq!(waiting(1), [(10, 1), (10, 2), (10, 5)]);
	});
}

#[test]
fn a_full_list_takes_only_who_has_more_than_the_least() {
	ExtBuilder::stakers(&[(1, 600), (2, 500), (3, 400), (4, 300), (5, 200), (6, 150)]).test(|| {
		assert_noop!(Staking::stake(origin(7), 149), Error::<Test>::TooManyCandidates);
		assert_noop!(Staking::stake(origin(7), 150), Error::<Test>::TooManyCandidates);
		assert_ok!(Staking::stake(origin(7), 151));
		assert_eq!(candidates(), [1, 2, 3, 4, 5, 7]);
		assert_eq!(
			events(),
			[
				Event::Staked { who: 7, amount: 151 },
				Event::CandidateLeft { who: 6 },
				Event::CandidateEntered { who: 7 },
			]
		);
		assert_eq!((held(6), staked(6)), (150, 150), "it keeps its stake");
	});
}

#[test]
fn the_least_of_a_full_list_can_add_to_its_own_stake() {
	ExtBuilder::stakers(&[(1, 600), (2, 500), (3, 400), (4, 300), (5, 200), (6, 150)]).test(|| {
		assert_ok!(Staking::stake(origin(6), 100));
		assert_eq!(candidates(), [1, 2, 3, 4, 6, 5]);
		assert_ok!(Staking::unstake(origin(6), 150));
		assert_eq!(candidates(), [1, 2, 3, 4, 5, 6]);
	});
}

#[test]
fn who_was_displaced_comes_back_when_there_is_room() {
	ExtBuilder::stakers(&[(1, 600), (2, 500), (3, 400), (4, 300), (5, 200), (6, 150)]).test(|| {
		assert_noop!(Staking::validate(origin(6)), Error::<Test>::AlreadyCandidate);
		assert_ok!(Staking::stake(origin(7), 160));
		assert_noop!(Staking::validate(origin(6)), Error::<Test>::TooManyCandidates);
		assert_ok!(Staking::unstake(origin(1), 600));
		assert_ok!(Staking::validate(origin(6)));
		assert_eq!(candidates(), [2, 3, 4, 5, 7, 6]);
		assert_eq!(events().last(), Some(&Event::CandidateEntered { who: 6 }));
	});
}

#[test]
fn a_displaced_staker_takes_its_stake_back_without_coming_back() {
	ExtBuilder::stakers(&[(1, 600), (2, 500), (3, 400), (4, 300), (5, 200), (6, 150)]).test(|| {
		assert_ok!(Staking::stake(origin(7), 160));
		assert_ok!(Staking::unstake(origin(6), 50));
		assert_eq!((candidates(), staked(6)), (vec![1, 2, 3, 4, 5, 7], 100));
		assert_ok!(Staking::unstake(origin(6), 100));
		pass(UNBONDING);
		assert_ok!(Staking::withdraw(origin(6)));
		assert_eq!((free(6), held(6)), (RICH, 0));
	});
}

#[test]
fn to_validate_wants_keys_and_stake() {
	ExtBuilder::default().test(|| {
		assert_noop!(Staking::validate(origin(KEYLESS)), Error::<Test>::NoSessionKeys);
		assert_noop!(Staking::validate(origin(5)), Error::<Test>::NotStaked);
		assert_ok!(Staking::unstake(origin(1), 1_000));
		assert_noop!(Staking::validate(origin(1)), Error::<Test>::StakeTooLow);
	});
}
