//! The pot, and who is paid from it.

use crate::{mock::*, rewards::pot_balance, AuthoredBlocks, Event};
use frame_support::{assert_ok, traits::fungible::Mutate};

#[test]
fn fees_are_shared_by_blocks_when_the_session_ends() {
	ExtBuilder::default().test(|| {
		pay_fee(5, 600);
		author(1, 3);
		author(2, 2);
		author(4, 1);
		assert_eq!(pot_balance::<Test>(), 600);
		let before: Vec<_> = (1..=4).map(free).collect();
		pass(1);
		let paid: Vec<_> = (1..=4).zip(before).map(|(who, before)| free(who) - before).collect();
		assert_eq!(paid, [300, 200, 0, 100], "who has made none gets none");
		assert_eq!(pot_balance::<Test>(), 0);
		let mut told: Vec<_> = events()
			.into_iter()
			.filter_map(|event| match event {
				Event::Rewarded { who, amount } => Some((who, amount)),
				_ => None,
			})
			.collect();
		told.sort();
		assert_eq!(told, [(1, 300), (2, 200), (4, 100)]);
	});
}

#[test]
fn blocks_count_for_their_session_alone() {
	ExtBuilder::default().test(|| {
		author(1, 5);
		pass(1);
		assert_eq!(AuthoredBlocks::<Test>::iter().count(), 0);
		pay_fee(5, 100);
		author(2, 1);
		let before = free(2);
		pass(1);
		assert_eq!(free(2), before + 100);
	});
}

#[test]
fn what_rounding_leaves_stays_in_the_pot() {
	ExtBuilder::default().test(|| {
		pay_fee(5, 100);
		for who in 1..=3 {
			author(who, 1);
		}
		pass(1);
		assert_eq!(pot_balance::<Test>(), 1);
		pay_fee(5, 2);
		for who in 1..=3 {
			author(who, 1);
		}
		pass(1);
		assert_eq!(pot_balance::<Test>(), 0);
	});
}

#[test]
fn without_blocks_the_pot_waits() {
	ExtBuilder::default().test(|| {
		pay_fee(5, 100);
		pass(2);
		assert_eq!(pot_balance::<Test>(), 100);
	});
}

#[test]
fn a_fee_of_less_than_an_account_needs_is_kept() {
	ExtBuilder::default().test(|| {
		pay_fee(5, 1);
		assert_eq!(pot_balance::<Test>(), 1);
	});
}

#[test]
fn what_others_give_to_the_pot_is_shared_out_too() {
	ExtBuilder::default().test(|| {
		assert_ok!(Balances::transfer_allow_death(RuntimeOrigin::signed(5), pot(), 50));
		author(3, 1);
		let before = free(3);
		pass(1);
		assert_eq!(free(3), before + 50);
	});
}

#[test]
fn a_share_that_cannot_be_received_stays_in_the_pot() {
	ExtBuilder::default().test(|| {
		// Nobody without an account validates, but what if.
		pay_fee(5, EXISTENCE - 1);
		author(1_000, 1);
		pass(1);
		assert_eq!((pot_balance::<Test>(), free(1_000)), (EXISTENCE - 1, 0));
	});
}

#[test]
fn great_sums_are_shared_without_overflow() {
	let mut chain = ExtBuilder::default().build();
	chain.execute_with(|| {
		let great = u64::MAX / 2;
		Balances::set_balance(&pot(), great + EXISTENCE);
		author(1, 2);
		author(2, 1);
		let before = free(1);
		pass(1);
		let paid = free(1) - before;
		assert_eq!(u128::from(paid), u128::from(great) * 2 / 3);
		assert_state();
	});
}

#[test]
fn paying_a_fee_and_getting_it_back_is_no_gain() {
	ExtBuilder::default().test(|| {
		// A validator that fills its blocks with its own transactions, beside one that does not.
		let before = (free(1), free(2));
		pay_fee(1, 1_000);
		author(1, 2);
		author(2, 2);
		pass(1);
		assert_eq!((free(1), free(2)), (before.0 - 500, before.1 + 500));
	});
}
