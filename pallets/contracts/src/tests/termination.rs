//! Contracts that end, and the tries that they leave.

use super::builder::*;
use crate::{
	exec::{Mode, RootCall, Target},
	mock::{assert_invariants, chain, AccountId, Contracts, Test, ALICE},
	state::child_trie,
	types::{CapabilitySet, TrieId},
	weights::WeightInfo,
	Config, ContractInfoOf, DeletionQueue, DeletionQueueCounter,
};
use caisson_contracts_api::Code;
use frame_support::traits::Hooks;
use sp_io::TestExternalities;
use sp_runtime::{StateVersion, Weight};
use std::vec::Vec;

type Weights = <Test as Config>::WeightInfo;

/// A contract that makes as many entries as its input says, a number of four bytes, and ends when it is
/// called.
fn mortal() -> Vec<u8> {
	inline(
		r#"(module
			(import "seal0" "input" (func $input (param i32 i32)))
			(import "seal1" "terminate" (func $terminate (param i32)))
			(import "seal2" "set_storage"
				(func $set (param i32 i32 i32 i32) (result i32)))
			(import "env" "memory" (memory 1 1))
			(data (i32.const 4) "\04")
			(func (export "deploy") (local $left i32)
				(call $input (i32.const 8) (i32.const 4))
				(local.set $left (i32.load (i32.const 8)))
				(loop $more
					(if (local.get $left) (then
						(i32.store (i32.const 12) (local.get $left))
						(drop (call $set (i32.const 12) (i32.const 4) (i32.const 12) (i32.const 4)))
						(local.set $left (i32.sub (local.get $left) (i32.const 1)))
						(br $more)))))
			(func (export "call") (call $terminate (i32.const 64))))"#,
	)
}

/// Makes one of `entries` entries, with a salt.
fn make(entries: u32, salt: u8) -> AccountId {
	let outcome = Contracts::upload_and_instantiate(
		None,
		ALICE,
		0,
		GAS,
		None,
		Code::Upload(mortal()),
		entries.to_le_bytes().into(),
		[salt].into(),
		CapabilitySet::all(),
		Mode::Execute,
	);
	let outcome = outcome.expect("the code is accepted");
	outcome.result.expect("the constructor runs");
	outcome.contract.expect("it has an address")
}

/// Ends `contract`, and returns the id of its trie.
fn end(contract: &AccountId) -> TrieId {
	let trie = ContractInfoOf::<Test>::get(contract).expect("it is there").trie_id;
	let target = Target::Call { dest: contract.clone(), data: Vec::new() };
	Contracts::run(RootCall { target, ..root_call(contract, "", &[]) }).result.expect("it ends");
	assert!(ContractInfoOf::<Test>::get(contract).is_none());
	trie
}

fn entries(trie: &TrieId) -> u32 {
	child_trie::measure(&child_trie::info(trie)).0
}

fn idle(limit: Weight) -> Weight {
	Contracts::on_idle(2, limit)
}

fn per_key() -> Weight {
	Weights::deletion_per_key(1) - Weights::deletion_per_key(0)
}

/// The weight in which `keys` keys of `tries` tries are removed.
fn weight_of(tries: u64, keys: u64) -> Weight {
	looking() + Weights::deletion_per_key(0) * tries + per_key() * keys
}

/// The weight of looking whether there is anything to do.
fn looking() -> Weight {
	Weights::migrate_noop() + Weights::deletion_base()
}

/// A chain with contracts of so many entries each, all ended, at the end of a block; and their tries.
fn ended(sizes: &[u32]) -> (TestExternalities, Vec<TrieId>) {
	let mut chain = chain();
	let contracts: Vec<_> = chain.execute_with(|| {
		sizes.iter().zip(0..).map(|(entries, salt)| make(*entries, salt)).collect()
	});
	// The entries are of an earlier block, as those of a contract that is worth a queue.
	assert_invariants(&mut chain);
	let tries = chain.execute_with(|| contracts.iter().map(end).collect());
	assert_invariants(&mut chain);
	(chain, tries)
}

/// A block of which `limit` is left; the weight that it used of that.
fn block(chain: &mut TestExternalities, limit: Weight) -> Weight {
	let used = chain.execute_with(|| idle(limit));
	assert_invariants(chain);
	used
}

#[test]
fn a_trie_goes_over_several_blocks() {
	let (mut chain, tries) = ended(&[100]);
	let left: Vec<u32> = (0..5)
		.map(|_| {
			let used = block(&mut chain, weight_of(1, 30));
			let left = chain.execute_with(|| entries(&tries[0]));
			let keys = if left == 0 { 10 } else { 30 };
			if chain.execute_with(|| DeletionQueue::<Test>::iter().count()) == 1 {
				assert_eq!(used, weight_of(1, keys));
			}
			left
		})
		.collect();
	assert_eq!(left, [70, 40, 10, 0, 0]);
	chain.execute_with(|| {
		assert_eq!(DeletionQueue::<Test>::iter().count(), 0);
		assert_eq!(DeletionQueueCounter::<Test>::get().waiting(), 0);
	});
}

#[test]
fn tries_go_in_order_and_as_many_as_the_weight_is_for() {
	let (mut chain, tries) = ended(&[3, 0, 5, 4]);
	let sizes = |chain: &mut TestExternalities| {
		chain.execute_with(|| tries.iter().map(entries).collect::<Vec<_>>())
	};
	assert_eq!(block(&mut chain, weight_of(3, 6)), weight_of(3, 6));
	assert_eq!(sizes(&mut chain), [0, 0, 2, 4]);
	let more = weight_of(4, 100);
	assert_eq!(block(&mut chain, more), weight_of(2, 6));
	assert_eq!(sizes(&mut chain), [0, 0, 0, 0]);
}

#[test]
fn no_block_goes_over_what_is_left_of_it() {
	let (mut chain, _) = ended(&[7, 1, 20, 3]);
	let before = chain.execute_with(|| sp_io::storage::root(StateVersion::V1));
	let steps = 97u64;
	let most = weight_of(4, 31);
	for step in 0..=steps {
		let limit = Weight::from_parts(
			most.ref_time() / steps * step,
			(most.proof_size() / steps * (steps - step)).max(most.proof_size() / 3),
		);
		let used = chain.execute_with(|| {
			frame_support::storage::with_transaction(|| {
				let used = idle(limit);
				frame_support::storage::TransactionOutcome::Rollback(Ok::<
					_,
					sp_runtime::DispatchError,
				>(used))
			})
			.expect("it is undone")
		});
		assert!(used.all_lte(limit), "{used} of {limit}");
	}
	assert_eq!(chain.execute_with(|| sp_io::storage::root(StateVersion::V1)), before);
	// The least that gets anywhere does in the end.
	let mut blocks = 0;
	while chain.execute_with(|| DeletionQueueCounter::<Test>::get().waiting()) > 0 {
		let used = block(&mut chain, weight_of(1, 1));
		assert!(used.all_lte(weight_of(1, 1)));
		blocks += 1;
		assert!(blocks < 50, "it goes nowhere");
	}
}

#[test]
fn where_nothing_waits_nothing_is_written() {
	let (mut chain, _) = ended(&[]);
	chain.execute_with(|| {
		let before = sp_io::storage::root(StateVersion::V1);
		assert_eq!(idle(weight_of(9, 9)), looking());
		let just_not = looking() - Weight::from_parts(1, 0);
		assert_eq!(idle(just_not), Weights::migrate_noop());
		let just_not = Weights::migrate_noop() - Weight::from_parts(1, 0);
		assert_eq!(idle(just_not), Weight::zero());
		assert_eq!(sp_io::storage::root(StateVersion::V1), before);
	});
}

#[test]
fn a_contract_that_is_made_again_has_a_trie_of_its_own() {
	let (mut chain, tries) = ended(&[40]);
	assert!(block(&mut chain, weight_of(1, 10)).ref_time() > 0);
	let again = chain.execute_with(|| make(2, 0));
	chain.execute_with(|| {
		let info = ContractInfoOf::<Test>::get(&again).expect("it is there");
		assert_ne!(info.trie_id, tries[0]);
		assert_eq!((entries(&info.trie_id), entries(&tries[0])), (2, 30));
	});
	assert_invariants(&mut chain);
	block(&mut chain, weight_of(1, 100));
	chain.execute_with(|| {
		let info = ContractInfoOf::<Test>::get(&again).expect("it is there");
		assert_eq!((entries(&info.trie_id), entries(&tries[0])), (2, 0));
	});
}

#[test]
fn a_trie_that_nobody_would_remove_is_found() {
	let (mut chain, _) = ended(&[3]);
	let check = || crate::invariants::state::<Test>();
	chain.execute_with(|| {
		DeletionQueue::<Test>::remove(0);
		assert_eq!(check(), Err("the deletion queue is not as long as its counters say".into()));
		DeletionQueueCounter::<Test>::kill();
		assert_eq!(
			check(),
			Err("a trie without a contract that does not wait for its removal".into())
		);
	});
}
