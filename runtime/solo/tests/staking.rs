//! Validators on the chain as it is: they join, are paid, are reported, and lose what they have at stake.

#![allow(
	clippy::arithmetic_side_effects,
	clippy::unwrap_used,
	reason = "a test may stop at what is not so"
)]

#[path = "support/blocks.rs"]
mod blocks;
#[allow(dead_code, reason = "other tests use the rest")]
mod support;

use caisson_solo_runtime::{
	apis::api::dispatch,
	configs::staking::{SESSION_PERIOD, UNBONDING_SESSIONS},
	genesis_config_presets::{genesis_storage, STAKE},
	AccountId, Balance, Balances, Grandpa, Hash, Runtime, RuntimeCall, RuntimeEvent, RuntimeOrigin,
	Session, SessionKeys, Staking, System, UncheckedExtrinsic,
};
use codec::{Decode, Encode};
use frame_support::{assert_noop, assert_ok, hypothetically, traits::fungible::InspectHold};
use pallet_validator_staking::test_utils::{check_state, pot_balance};
use sp_consensus_grandpa::{
	localized_payload, Equivocation, EquivocationProof, OpaqueKeyOwnershipProof,
};
use sp_core::offchain::{testing::TestTransactionPoolExt, TransactionPoolExt};
use sp_io::TestExternalities;
use sp_keyring::{Ed25519Keyring, Sr25519Keyring};
use sp_keystore::{testing::MemoryKeystore, KeystoreExt};
use sp_runtime::{
	transaction_validity::{InvalidTransaction, TransactionSource, TransactionValidityError},
	ApplyExtrinsicResult, Perbill,
};

/// A proof that a voter has given two votes in one round.
type Proof = EquivocationProof<Hash, u32>;

fn chain(preset: &str) -> TestExternalities {
	TestExternalities::new(genesis_storage(preset).expect("the preset builds"))
}

/// Runs `test` on a new chain and checks its state behind it.
fn on_genesis_of(preset: &str, test: impl FnOnce()) {
	chain(preset).execute_with(|| {
		test();
		assert_consistent();
	});
}

fn assert_consistent() {
	check_state::<Runtime>().expect("the state is consistent");
	#[cfg(feature = "try-runtime")]
	<caisson_solo_runtime::AllPalletsWithSystem as frame_support::traits::TryState<_>>::try_state(
		System::block_number(),
		frame_support::traits::TryStateSelect::All,
	)
	.expect("every pallet's state is consistent");
}

/// Makes the block of this number, in a slot of its own.
fn block(number: u32, extrinsics: Vec<UncheckedExtrinsic>) -> Vec<ApplyExtrinsicResult> {
	let slot = 1_000_000 + u64::from(number);
	blocks::make_block(number, slot, slot * 6_000, extrinsics)
}

/// Makes the block in which this session begins, and leaves out those before it.
fn begin_session(session: u32) {
	let first = session * SESSION_PERIOD;
	System::set_block_number(first - 1);
	block(first, Vec::new());
	assert_eq!(Session::current_index(), session);
}

fn alice() -> AccountId {
	Sr25519Keyring::Alice.to_account_id()
}

fn bob() -> AccountId {
	Sr25519Keyring::Bob.to_account_id()
}

fn held(who: &AccountId) -> Balance {
	Balances::balance_on_hold(&pallet_validator_staking::HoldReason::Stake.into(), who)
}

/// Two votes of `voter` in one round.
fn equivocation(voter: Ed25519Keyring, set_id: u64, round: u64) -> Proof {
	let vote = |hash| {
		let vote =
			finality_grandpa::Prevote { target_hash: Hash::repeat_byte(hash), target_number: 1u32 };
		let message = finality_grandpa::Message::Prevote(vote.clone());
		let signature = voter.sign(&localized_payload(round, set_id, &message));
		(vote, signature.into())
	};
	EquivocationProof::new(
		set_id,
		Equivocation::Prevote(finality_grandpa::Equivocation {
			round_number: round,
			identity: voter.public().into(),
			first: vote(1),
			second: vote(2),
		}),
	)
}

/// The proof that `voter` is a validator's in this session, as a node asks for it.
fn ownership(voter: Ed25519Keyring) -> Option<OpaqueKeyOwnershipProof> {
	let id: sp_consensus_grandpa::AuthorityId = voter.public().into();
	let answer = dispatch("GrandpaApi_generate_key_ownership_proof", &(0u64, id).encode())
		.expect("it is there");
	Decode::decode(&mut &answer[..]).expect("it is what the API says")
}

/// The extrinsic that a node puts into its pool with these.
fn report(equivocation: Proof, ownership: OpaqueKeyOwnershipProof) -> UncheckedExtrinsic {
	let key_owner_proof = ownership.decode().expect("it is a proof of membership");
	UncheckedExtrinsic::new_bare(RuntimeCall::Grandpa(
		pallet_grandpa::Call::report_equivocation_unsigned {
			equivocation_proof: Box::new(equivocation),
			key_owner_proof,
		},
	))
}

/// How `extrinsic` fails in a block of this number: as a transaction, or as a call.
fn refused(number: u32, extrinsic: UncheckedExtrinsic) -> String {
	format!("{:?}", block(number, vec![extrinsic]))
}

#[test]
fn who_votes_twice_loses_its_stake_and_its_place() {
	on_genesis_of("local_testnet", || {
		let issuance = Balances::total_issuance();
		let proof = ownership(Ed25519Keyring::Bob).expect("Bob is a validator");
		let report = report(equivocation(Ed25519Keyring::Bob, 0, 7), proof);
		assert_eq!(block(1, vec![report.clone()]), [Ok(Ok(()))]);

		// One of two: all of it.
		assert_eq!((held(&alice()), held(&bob())), (STAKE, 0));
		assert_eq!(Balances::total_issuance(), issuance - STAKE, "it is burnt");
		let slashed =
			pallet_validator_staking::Event::Slashed { who: bob(), amount: STAKE, session: 0 };
		assert!(System::read_events_no_consensus()
			.any(|record| record.event == RuntimeEvent::Staking(slashed.clone())));
		assert_eq!(
			block(2, vec![report]),
			[Err(TransactionValidityError::Invalid(InvalidTransaction::Stale))],
			"once"
		);

		begin_session(1);
		assert_eq!(Session::validators(), [alice(), bob()], "they were chosen already");
		begin_session(2);
		assert_eq!(Session::validators(), [alice()]);
		assert_eq!(
			Grandpa::grandpa_authorities(),
			[(Ed25519Keyring::Alice.public().into(), 1)],
			"the block ends with the new voters"
		);
		assert_eq!(
			pallet_aura::Authorities::<Runtime>::get().into_inner(),
			[Sr25519Keyring::Alice.public().into()]
		);
	});
}

#[test]
fn a_report_is_accepted_for_as_long_as_stake_waits_but_two_sessions() {
	let last = UNBONDING_SESSIONS - 2;
	for (session, accepted) in [(3, true), (last, true), (last + 1, false)] {
		on_genesis_of("local_testnet", || {
			let proof = ownership(Ed25519Keyring::Bob).expect("Bob is a validator");
			let report = report(equivocation(Ed25519Keyring::Bob, 0, 1), proof);
			assert_ok!(Staking::unstake(RuntimeOrigin::signed(bob()), STAKE));
			(1..=session).for_each(begin_session);
			let results = block(session * SESSION_PERIOD + 1, vec![report]);
			if accepted {
				assert_eq!(results, [Ok(Ok(()))], "session {session}");
				assert_eq!(held(&bob()), 0);
			} else {
				assert!(results[0].is_err(), "session {session}");
				assert_eq!(held(&bob()), STAKE);
			}
		});
	}
}

#[test]
fn only_what_was_signed_by_a_validator_is_accepted() {
	on_genesis_of("local_testnet", || {
		// Of who is no validator it is proved that there is no such key.
		let absence = ownership(Ed25519Keyring::Charlie).expect("there is a proof");
		let nobody = report(equivocation(Ed25519Keyring::Charlie, 0, 1), absence);
		assert_eq!(refused(1, nobody), "[Err(Invalid(BadProof))]");
		let of_alice = || ownership(Ed25519Keyring::Alice).expect("Alice is a validator");
		let of_bob = || ownership(Ed25519Keyring::Bob).expect("Bob is a validator");

		// Another's membership.
		let another = report(equivocation(Ed25519Keyring::Charlie, 0, 1), of_bob());
		assert_eq!(refused(2, another), "[Err(Invalid(BadProof))]");
		let another = report(equivocation(Ed25519Keyring::Bob, 0, 1), of_alice());
		assert_eq!(refused(3, another), "[Err(Invalid(BadProof))]");

		// Signed for another round.
		let Equivocation::Prevote(mut votes) = inner(equivocation(Ed25519Keyring::Bob, 0, 1))
		else {
			panic!("it has prevotes")
		};
		votes.round_number = 2;
		let forged = report(EquivocationProof::new(0, Equivocation::Prevote(votes)), of_bob());
		assert!(refused(4, forged).contains("Ok(Err("));

		// The same vote twice.
		let Equivocation::Prevote(mut votes) = inner(equivocation(Ed25519Keyring::Bob, 0, 1))
		else {
			panic!("it has prevotes")
		};
		votes.second = votes.first.clone();
		let same = report(EquivocationProof::new(0, Equivocation::Prevote(votes)), of_bob());
		assert!(refused(5, same).contains("Ok(Err("));

		// A set of voters that there was not.
		let later = report(equivocation(Ed25519Keyring::Bob, 1, 1), of_bob());
		assert!(refused(6, later).contains("Ok(Err("));
		assert_eq!((held(&alice()), held(&bob())), (STAKE, STAKE));
	});
}

/// The votes of a proof.
fn inner(proof: Proof) -> Equivocation<Hash, u32> {
	let encoded = proof.encode();
	let (_, votes): (u64, _) = Decode::decode(&mut &encoded[..]).expect("a number, then the votes");
	votes
}

#[test]
fn a_node_puts_its_report_into_its_own_pool() {
	let mut chain = chain("local_testnet");
	let (pool, transactions) = TestTransactionPoolExt::new();
	chain.register_extension(TransactionPoolExt::new(pool));
	chain.execute_with(|| {
		let proof = ownership(Ed25519Keyring::Bob).expect("Bob is a validator");
		let arguments = (equivocation(Ed25519Keyring::Bob, 0, 1), proof).encode();
		let answer =
			dispatch("GrandpaApi_submit_report_equivocation_unsigned_extrinsic", &arguments)
				.unwrap();
		assert_eq!(answer, Some(()).encode());
		let transactions = transactions.read();
		let [bytes] = &transactions.transactions[..] else { panic!("it is one") };
		let report = UncheckedExtrinsic::decode(&mut &bytes[..]).expect("it is an extrinsic");

		let validity = |source| {
			// A pool's question changes nothing.
			hypothetically!(caisson_solo_runtime::Executive::validate_transaction(
				source,
				report.clone(),
				Hash::zero(),
			))
		};
		let valid = validity(TransactionSource::Local).expect("it is the node's own");
		assert!(!valid.propagate);
		assert_eq!(
			validity(TransactionSource::External),
			Err(InvalidTransaction::Call.into()),
			"nobody else's is taken"
		);
		assert_eq!(block(1, vec![report]), [Ok(Ok(()))]);
		assert_eq!(held(&bob()), 0);
		assert_consistent();
	});
}

#[test]
fn an_operator_joins_by_keys_and_stake() {
	let mut chain = chain("local_testnet");
	chain.register_extension(KeystoreExt::new(MemoryKeystore::new()));
	chain.execute_with(|| {
		let charlie = Sr25519Keyring::Charlie.to_account_id();
		let origin = || RuntimeOrigin::signed(charlie.clone());
		assert_noop!(
			Staking::stake(origin(), STAKE),
			pallet_validator_staking::Error::<Runtime>::NoSessionKeys
		);
		// As `author_rotateKeysWithOwner` asks for them.
		let arguments = (charlie.encode(), None::<Vec<u8>>).encode();
		let answer = dispatch("SessionKeys_generate_session_keys", &arguments).unwrap();
		let (keys, proof): (Vec<u8>, Vec<u8>) = Decode::decode(&mut &answer[..]).unwrap();
		let keys = SessionKeys::decode(&mut &keys[..]).unwrap();

		let others = RuntimeOrigin::signed(Sr25519Keyring::Dave.to_account_id());
		assert_noop!(
			Session::set_keys(others, keys.clone(), proof.clone()),
			pallet_session::Error::<Runtime>::InvalidProof
		);
		assert_ok!(Session::set_keys(origin(), keys.clone(), proof));
		assert_ok!(Staking::stake(origin(), STAKE + 1));

		begin_session(1);
		assert_eq!(Session::validators(), [alice(), bob()]);
		begin_session(2);
		assert_eq!(Session::validators(), [charlie, alice(), bob()]);
		assert_eq!(pallet_aura::Authorities::<Runtime>::get()[0], keys.aura);
		assert_eq!(Grandpa::grandpa_authorities()[0], (keys.grandpa, 1));
		assert_eq!(pallet_grandpa::CurrentSetId::<Runtime>::get(), 1, "nothing else has changed");
		assert_consistent();
	});
}

#[test]
fn a_fee_goes_to_who_makes_the_blocks_but_for_a_part() {
	let mut chain = chain("development");
	let remark = RuntimeCall::System(frame_system::Call::remark { remark: vec![0; 100] });
	let extrinsic = support::signed_by_alice(&mut chain, remark, 0);
	chain.execute_with(|| {
		let (issuance, before) = (Balances::total_issuance(), Balances::free_balance(alice()));
		assert_eq!(block(1, vec![extrinsic]), [Ok(Ok(()))]);
		let fee = before - Balances::free_balance(alice());
		let share = Perbill::from_percent(80).mul_floor(fee);
		assert!(share > 0);
		assert_eq!(pot_balance::<Runtime>(), share);
		assert_eq!(issuance - Balances::total_issuance(), fee - share);
		assert_consistent();

		let before = Balances::free_balance(alice());
		begin_session(1);
		// The only validator: this block and the first one are hers.
		assert_eq!(Balances::free_balance(alice()) - before, share);
		assert_eq!(pot_balance::<Runtime>(), 0);
		assert_consistent();
	});
}

#[test]
fn a_tip_is_not_burnt() {
	use frame_support::traits::{
		fungible::Balanced,
		tokens::{Fortitude, Precision, Preservation},
		Imbalance, OnUnbalanced,
	};
	on_genesis_of("development", || {
		let issuance = Balances::total_issuance();
		let paid = |amount| {
			let (exact, preserve) = (Precision::Exact, Preservation::Preserve);
			Balances::withdraw(&alice(), amount, exact, preserve, Fortitude::Polite).unwrap()
		};
		let (fee, tip) = paid(1_000_000_000).split(900_000_000);
		caisson_solo_runtime::configs::fees::FeesToValidators::on_unbalanceds(
			[fee, tip].into_iter(),
		);
		assert_eq!(pot_balance::<Runtime>(), 720_000_000 + 100_000_000);
		assert_eq!(issuance - Balances::total_issuance(), 180_000_000);
	});
}

#[test]
fn blocks_are_counted_for_their_authors() {
	on_genesis_of("local_testnet", || {
		(1..=5).for_each(|number| drop(block(number, Vec::new())));
		let blocks = |who| pallet_validator_staking::AuthoredBlocks::<Runtime>::get(who);
		// By turns, from an odd slot on.
		assert_eq!((blocks(alice()), blocks(bob())), (2, 3));
	});
}

#[test]
fn a_chain_whose_validators_drop_their_keys_goes_on_with_those_that_they_had() {
	on_genesis_of("development", || {
		assert_ok!(Session::purge_keys(RuntimeOrigin::signed(alice())));
		(1..=4).for_each(begin_session);
		assert_eq!(
			pallet_aura::Authorities::<Runtime>::get().into_inner(),
			[Sr25519Keyring::Alice.public().into()]
		);
		assert_eq!(Grandpa::grandpa_authorities(), [(Ed25519Keyring::Alice.public().into(), 1)]);
	});
}

#[test]
fn sessions_without_a_change_leave_the_voters_alone() {
	on_genesis_of("local_testnet", || {
		(1..=5).for_each(begin_session);
		assert_eq!(pallet_grandpa::CurrentSetId::<Runtime>::get(), 0);
		assert_ok!(Staking::stake(RuntimeOrigin::signed(alice()), 1));
		(6..=8).for_each(begin_session);
		assert_eq!(pallet_grandpa::CurrentSetId::<Runtime>::get(), 1);
	});
}
