//! Each invariant is able to fail.

use crate::{
	invariants::do_try_state, mock::*, AuthoredBlocks, Candidate, Candidates, Chunk,
	CurrentElected, Ledgers, Slashes,
};
use frame_support::traits::fungible::{Mutate, MutateHold};
use sp_runtime::{Perbill, TryRuntimeError};

/// Breaks a chain by `change`, and returns what is found.
fn found(change: impl FnOnce()) -> String {
	let mut chain = ExtBuilder::default().build();
	chain.execute_with(|| {
		pass(8);
		assert_state();
		change();
		match do_try_state::<Test>() {
			Err(TryRuntimeError::Other(what)) => what.into(),
			other => panic!("{other:?}"),
		}
	})
}

fn change_ledger(change: impl FnOnce(&mut crate::Ledger<Test>)) {
	Ledgers::<Test>::mutate(1, |ledger| change(ledger.as_mut().unwrap()));
}

fn wait(amount: u64, session: u32) {
	change_ledger(|ledger| {
		ledger.staked -= amount;
		ledger.unbonding.try_push(Chunk { amount, session }).unwrap();
	});
}

#[test]
fn issuance() {
	let made = || frame_system::Account::<Test>::mutate(1, |account| account.data.free += 1);
	assert_eq!(found(made), "what accounts have is not what was issued");
	let lost = || frame_system::Account::<Test>::mutate(1, |account| account.data.free -= 1);
	assert_eq!(found(lost), "what accounts have is not what was issued");
}

#[test]
fn ledgers() {
	assert_eq!(
		found(|| change_ledger(|ledger| ledger.staked += 1)),
		"a ledger is not what is held"
	);
	assert_eq!(found(|| Ledgers::<Test>::insert(7, crate::Ledger::default())), "an empty ledger");
	assert_eq!(found(|| wait(0, 1)), "an empty chunk waits");
	let unordered = || {
		wait(1, 5);
		wait(1, 4);
	};
	assert_eq!(found(unordered), "chunks are not in the order of their sessions");
	assert_eq!(found(|| wait(1, 9)), "a chunk is of a session to come");
}

#[test]
fn holds() {
	let held = || Balances::hold(&crate::HoldReason::Stake.into(), &7, 1).unwrap();
	assert_eq!(found(held), "stake is held without a ledger");
}

#[test]
fn candidates_of_the_list() {
	let change = |change: fn(&mut Vec<Candidate<Test>>)| {
		let mut list = Candidates::<Test>::get().into_inner();
		change(&mut list);
		Candidates::<Test>::put(frame_support::BoundedVec::truncate_from(list));
	};
	assert_eq!(found(|| change(|list| list.reverse())), "candidates are not sorted by stake");
	let twice = |list: &mut Vec<Candidate<Test>>| list.insert(1, list[0].clone());
	assert_eq!(found(|| change(twice)), "a candidate is there twice");
	let stranger = |list: &mut Vec<Candidate<Test>>| list.push(Candidate { who: 9, stake: 100 });
	assert_eq!(found(|| change(stranger)), "a candidate has no ledger");
	let poorer = |list: &mut Vec<Candidate<Test>>| list[3].stake -= 1;
	assert_eq!(found(|| change(poorer)), "a candidate's stake is not its ledger's");
	let too_poor = || {
		change(|list| list[3].stake = 99);
		Ledgers::<Test>::mutate(4, |ledger| {
			let ledger = ledger.as_mut().unwrap();
			ledger.staked = 99;
			ledger.unbonding.try_push(Chunk { amount: 601, session: 0 }).unwrap();
		});
	};
	assert_eq!(found(too_poor), "a candidate has too little stake");
}

#[test]
fn elected() {
	let twice = || CurrentElected::<Test>::mutate(|elected| elected[1] = elected[0]);
	assert_eq!(found(twice), "a validator was chosen twice");
	let poor = || CurrentElected::<Test>::mutate(|elected| elected[3].1 = 99);
	assert_eq!(found(poor), "a validator was chosen with too little stake");
}

#[test]
fn slashes() {
	let old = || Slashes::<Test>::insert(4, 1, Perbill::one());
	assert_eq!(found(old), "a punishment is remembered for too long");
}

#[test]
fn the_pot() {
	let none = || {
		Balances::set_balance(&pot(), 0);
	};
	assert_eq!(found(none), "the pot does not exist");
	let held = || {
		Balances::set_balance(&pot(), 1_000);
		Balances::hold(&pallet_session::HoldReason::Keys.into(), &pot(), 1).unwrap();
	};
	assert_eq!(found(held), "money in the pot cannot be shared out");
	let stranger = || AuthoredBlocks::<Test>::insert(9, 1);
	assert_eq!(found(stranger), "an author is no validator");
	let many = || (1..=5).for_each(|who| AuthoredBlocks::<Test>::insert(who, 1));
	assert_eq!(found(many), "more authors than validators");
}
