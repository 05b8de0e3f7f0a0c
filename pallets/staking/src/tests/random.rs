//! Whatever stakers, offenders and sessions do in whatever order: no money is made or lost, and every
//! invariant holds.

use crate::{election::first_reportable, mock::*, CurrentElected, Event};
use frame_support::traits::fungible::Inspect;
use proptest::prelude::*;
use sp_staking::SessionIndex;
use std::collections::{BTreeMap, BTreeSet};

/// Something that happens on the chain.
#[derive(Debug, Clone)]
enum Step {
	Stake(u64, u64),
	Unstake(u64, u64),
	UnstakeAll(u64),
	Withdraw(u64),
	Validate(u64),
	PurgeKeys(u64),
	Fee(u64, u64),
	Author(usize, u32),
	/// An offence of one of the validators of a session that is so many before the current one.
	Offence(usize, SessionIndex, u32),
	Session,
}

fn step() -> impl Strategy<Value = Step> {
	let who = 1..=KEYLESS;
	let amount = prop_oneof![1u64..300, 300u64..3_000, Just(u64::MAX)];
	prop_oneof![
		4 => (who.clone(), amount.clone()).prop_map(|(who, amount)| Step::Stake(who, amount)),
		3 => (who.clone(), amount).prop_map(|(who, amount)| Step::Unstake(who, amount)),
		1 => who.clone().prop_map(Step::UnstakeAll),
		2 => who.clone().prop_map(Step::Withdraw),
		1 => who.clone().prop_map(Step::Validate),
		1 => (8..=LAST_WITH_KEYS).prop_map(Step::PurgeKeys),
		2 => (who, 1u64..200).prop_map(|(who, amount)| Step::Fee(who, amount)),
		2 => (0..4usize, 1u32..5).prop_map(|(index, blocks)| Step::Author(index, blocks)),
		2 => (0..4usize, 0..UNBONDING, 0..=100u32)
			.prop_map(|(index, age, percent)| Step::Offence(index, age, percent)),
		4 => Just(Step::Session),
	]
}

/// What was known of the chain before.
#[derive(Default)]
struct Past {
	/// The validators of each session, and what they were chosen with.
	elected: BTreeMap<SessionIndex, Vec<(u64, u64)>>,
	/// Who has lost stake, so that less is there than it was chosen with.
	slashed: BTreeSet<u64>,
}

impl Past {
	/// Notes who validates in this session.
	fn note(&mut self) {
		let elected = CurrentElected::<Test>::get().into_inner();
		self.elected.insert(Session::current_index(), elected);
	}
}

/// Whether the validators of this session are those of an earlier one because nobody could be chosen, so that
/// they can have taken their stake back long before.
fn is_stale(session: SessionIndex) -> bool {
	let told = events();
	(1..=session).any(|session| told.contains(&Event::NobodyElectable { session }))
}

fn take(step: Step, past: &mut Past) {
	let origin = RuntimeOrigin::signed;
	match step {
		// Refusals are part of it.
		Step::Stake(who, amount) => drop(Staking::stake(origin(who), amount)),
		Step::Unstake(who, amount) => drop(Staking::unstake(origin(who), amount)),
		Step::UnstakeAll(who) => drop(Staking::unstake(origin(who), staked(who))),
		Step::Withdraw(who) => drop(Staking::withdraw(origin(who))),
		Step::Validate(who) => drop(Staking::validate(origin(who))),
		Step::PurgeKeys(who) => drop(Session::purge_keys(origin(who))),
		Step::Fee(who, amount) if free(who) > amount + EXISTENCE => pay_fee(who, amount),
		Step::Fee(..) => {},
		Step::Author(index, blocks) => {
			if let Some(who) = validators().get(index) {
				author(*who, blocks);
			}
		},
		Step::Offence(index, age, percent) => {
			let session = Session::current_index().saturating_sub(age);
			let validator = past.elected[&session].get(index).copied();
			let Some((who, stake)) = validator else { return };
			let before = held(who);
			report(who, stake, percent, session);
			let lost = before - held(who);
			assert!(lost <= stake, "{who} has lost {lost} of {stake}");
			if session < first_reportable::<Test>() {
				assert_eq!(lost, 0, "too old");
			} else if !past.slashed.contains(&who) && !is_stale(session) {
				assert_eq!(lost, stake * u64::from(percent) / 100, "all that {who} had is there");
			}
			if lost > 0 {
				past.slashed.insert(who);
			}
		},
		Step::Session => {
			next_session();
			past.note();
		},
	}
}

proptest! {
	#![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..Default::default() })]

	#[test]
	fn no_money_is_made_or_lost_and_the_state_is_consistent(
		steps in prop::collection::vec(step(), 1..80),
	) {
		let mut chain = ExtBuilder::default().build();
		chain.execute_with(|| {
			let issuance = Balances::total_issuance();
			let mut past = Past::default();
			past.note();
			for step in steps {
				take(step.clone(), &mut past);
				crate::invariants::do_try_state::<Test>()
					.unwrap_or_else(|error| panic!("{error:?} after {step:?}"));
				assert_eq!(Balances::total_issuance(), issuance, "{step:?}");
				let everybody: u64 = frame_system::Account::<Test>::iter_keys()
					.map(|who| Balances::total_balance(&who))
					.sum();
				assert_eq!(everybody, issuance, "{step:?}");
				assert!(!validators().is_empty());
			}
		});
	}
}
