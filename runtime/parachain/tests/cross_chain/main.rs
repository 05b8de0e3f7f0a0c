//! Messages between this chain, another of its kind and a relay chain, by xcm-emulator: contracts send
//! and execute, and a remote `Transact` calls a contract.

#![allow(
	clippy::unwrap_used,
	clippy::indexing_slicing,
	reason = "tests may stop at what is not so"
)]
#![allow(clippy::arithmetic_side_effects, reason = "sums of tests")]
#![allow(missing_docs, reason = "what the emulator's macros make has none")]

mod contracts;
mod network;
mod relay;

use caisson_parachain_runtime::{
	configs::{fees::WeightToFee, xcm::LocationToAccountId},
	AccountId, Balances, RuntimeEvent, System,
};
use caisson_runtime_common::currency::{EXISTENTIAL_DEPOSIT, MILLIUNIT, UNIT};
use codec::Encode;
use contracts::{count, deploy, guest, increment, invoke_weight};
use frame_support::weights::{Weight, WeightToFee as _};
use network::{FirstPara, NetRelay, SecondPara, FIRST, SECOND};
use sp_keyring::Sr25519Keyring;
use xcm::{latest::prelude::*, VersionedLocation, VersionedXcm};
use xcm_emulator::TestExt;
use xcm_executor::traits::ConvertLocation;

/// The token of the chain that a message is executed on.
fn fees(amount: u128) -> Asset {
	(Location::here(), amount).into()
}

/// Input of `seal/messenger.wat` that sends a program.
fn sending(dest: Location, program: Vec<Instruction<()>>) -> Vec<u8> {
	let dest = VersionedLocation::from(dest).encode();
	let program = VersionedXcm::from(Xcm(program)).encode();
	[&u32::try_from(dest.len()).unwrap().to_le_bytes()[..], &dest, &program].concat()
}

/// Input of `seal/messenger.wat` that executes a program.
fn executing(program: Vec<Instruction<caisson_parachain_runtime::RuntimeCall>>) -> Vec<u8> {
	[&[0; 4][..], &VersionedXcm::from(Xcm(program)).encode()].concat()
}

/// A program that pays for itself and dispatches a call as who sent it; what is left goes back to them.
fn transact(call: Vec<u8>, kind: OriginKind, owner: AccountId) -> Vec<Instruction<()>> {
	vec![
		WithdrawAsset(fees(2 * UNIT).into()),
		BuyExecution { fees: fees(2 * UNIT), weight_limit: Unlimited },
		Transact {
			origin_kind: kind,
			fallback_max_weight: Some(invoke_weight()),
			call: call.into(),
		},
		ExpectTransactStatus(MaybeErrorCode::Success),
		RefundSurplus,
		DepositAsset {
			assets: Wild(All),
			beneficiary: AccountId32 { network: None, id: owner.into() }.into(),
		},
	]
}

/// The account that an account of a parachain has on another.
fn account_of(para: u32, account: &AccountId) -> AccountId {
	let account = AccountId32 { network: Some(Polkadot), id: account.clone().into() };
	LocationToAccountId::convert_location(&Location::new(1, [Parachain(para), account])).unwrap()
}

/// Gives an account money out of nothing.
fn give(account: &AccountId, amount: u128) {
	use frame_support::traits::fungible::Mutate;
	Balances::mint_into(account, amount).unwrap();
}

fn code_of(output: &[u8]) -> i32 {
	i32::from_le_bytes(output[..4].try_into().unwrap())
}

/// Whether messages from elsewhere were executed to the end.
fn processed() -> Vec<bool> {
	let results = System::events().into_iter().filter_map(|record| match record.event {
		RuntimeEvent::MessageQueue(pallet_message_queue::Event::Processed { success, .. }) => {
			Some(success)
		},
		_ => None,
	});
	results.collect()
}

#[test]
fn a_contract_sends_a_program_that_calls_a_contract_on_another_chain() {
	let counter = SecondPara::execute_with(|| deploy(guest("baals/counter")));
	let (messenger, fee) = FirstPara::execute_with(|| {
		let messenger = deploy(guest("seal/messenger"));
		give(&messenger, UNIT);
		let before = Balances::free_balance(&messenger);
		let remote = account_of(FIRST, &messenger);
		// Nobody has money there yet: it is delivered, and fails there.
		let program = transact(increment(&counter), OriginKind::SovereignAccount, remote);
		let sent =
			contracts::call(&messenger, sending(Location::new(1, [Parachain(SECOND)]), program));
		assert_eq!(code_of(&sent), 0);
		assert_eq!(sent.len(), 36);
		(messenger.clone(), before - Balances::free_balance(&messenger))
	});
	// The contract paid for delivery.
	assert!(fee >= 10 * MILLIUNIT, "{fee}");
	let remote = account_of(FIRST, &messenger);
	SecondPara::execute_with(|| {
		assert_eq!(processed(), [false]);
		assert_eq!(count(&counter), 0);
		give(&remote, 10 * UNIT);
	});
	FirstPara::execute_with(|| {
		let program = transact(increment(&counter), OriginKind::SovereignAccount, remote.clone());
		let sent =
			contracts::call(&messenger, sending(Location::new(1, [Parachain(SECOND)]), program));
		assert_eq!(code_of(&sent), 0);
	});
	SecondPara::execute_with(|| {
		// The one in front of it asks to be told which version this chain speaks.
		assert_eq!(processed(), [true, true], "{:#?}", System::events());
		assert_eq!(count(&counter), 1);
		// Its account paid for execution and got the rest back.
		let paid = 10 * UNIT - Balances::free_balance(&remote);
		let least = WeightToFee::weight_to_fee(&Weight::from_parts(6_000_000_000, 0));
		assert!(paid >= least && paid < 2 * UNIT, "{paid}");
	});
}

#[test]
fn an_account_elsewhere_is_not_the_same_account_here() {
	// Bob's account there is another than Bob's here, even if it asks to be taken for itself.
	let bob = Sr25519Keyring::Bob.to_account_id();
	let counter = SecondPara::execute_with(|| {
		give(&account_of(FIRST, &bob), 10 * UNIT);
		deploy(guest("baals/counter"))
	});
	let before = SecondPara::execute_with(|| Balances::free_balance(&bob));
	FirstPara::execute_with(|| {
		let program = transact(increment(&counter), OriginKind::Native, bob.clone());
		contracts::send_as(&bob, Location::new(1, [Parachain(SECOND)]), program);
	});
	SecondPara::execute_with(|| {
		assert_eq!(processed(), [false]);
		assert_eq!(count(&counter), 0);
		assert_eq!(Balances::free_balance(&bob), before);
	});
}

#[test]
fn a_contract_sends_a_program_to_the_relay_chain() {
	let messenger = FirstPara::execute_with(|| {
		let messenger = deploy(guest("seal/messenger"));
		give(&messenger, UNIT);
		messenger
	});
	let there = Location::new(
		0,
		[Parachain(FIRST), AccountId32 { network: Some(Polkadot), id: messenger.clone().into() }],
	);
	let remote = relay::LocationToAccountId::convert_location(&there).unwrap();
	NetRelay::execute_with(|| {
		use frame_support::traits::fungible::Mutate;
		relay::Balances::mint_into(&remote, relay::RICH).unwrap();
	});
	let remark = relay::RuntimeCall::System(frame_system::Call::remark_with_event {
		remark: b"from a contract".to_vec(),
	});
	FirstPara::execute_with(|| {
		let program = transact(
			remark.encode(),
			OriginKind::SovereignAccount,
			Sr25519Keyring::Bob.to_account_id(),
		);
		assert_eq!(code_of(&contracts::call(&messenger, sending(Location::parent(), program))), 0);
	});
	NetRelay::execute_with(|| {
		assert!(
			relay::System::events().iter().any(|record| matches!(
				&record.event,
				relay::RuntimeEvent::System(frame_system::Event::Remarked { sender, .. })
					if *sender == remote
			)),
			"{:#?}",
			relay::System::events()
		);
	});
}

#[test]
fn the_relay_chain_calls_a_contract_for_free_if_it_says_so() {
	let counter = FirstPara::execute_with(|| deploy(guest("baals/counter")));
	let parent = LocationToAccountId::convert_location(&Location::parent()).unwrap();
	// What the call holds for storage is paid by the relay chain's account.
	FirstPara::execute_with(|| give(&parent, UNIT));
	let program = |unpaid: bool| {
		let call = Transact {
			origin_kind: OriginKind::SovereignAccount,
			fallback_max_weight: None,
			call: increment(&counter).into(),
		};
		let unpaid =
			unpaid.then_some(UnpaidExecution { weight_limit: Unlimited, check_origin: None });
		Xcm(unpaid.into_iter().chain([call]).collect())
	};
	NetRelay::execute_with(|| relay::send_down(FIRST.into(), program(false)));
	FirstPara::execute_with(|| assert_eq!(count(&counter), 0, "it says nothing"));
	NetRelay::execute_with(|| relay::send_down(FIRST.into(), program(true)));
	FirstPara::execute_with(|| assert_eq!(count(&counter), 1, "{:#?}", System::events()));
}

#[test]
fn nobody_else_is_executed_for_free() {
	let counter = SecondPara::execute_with(|| deploy(guest("baals/counter")));
	FirstPara::execute_with(|| {
		let program = vec![
			UnpaidExecution { weight_limit: Unlimited, check_origin: None },
			Transact {
				origin_kind: OriginKind::SovereignAccount,
				fallback_max_weight: None,
				call: increment(&counter).into(),
			},
		];
		// Even the chain itself, which sends for free.
		contracts::send_as_chain(Location::new(1, [Parachain(SECOND)]), program);
	});
	SecondPara::execute_with(|| {
		assert_eq!(count(&counter), 0);
		assert!(!processed().contains(&true));
	});
}

#[test]
fn a_contract_moves_its_money_by_a_program_of_its_own() {
	FirstPara::execute_with(|| {
		let messenger = deploy(guest("seal/messenger"));
		give(&messenger, 5 * UNIT);
		let dave: AccountId = [77; 32].into();
		let beneficiary: Location = AccountId32 { network: None, id: dave.clone().into() }.into();
		let output = contracts::call(
			&messenger,
			executing(vec![TransferAsset {
				assets: fees(UNIT).into(),
				beneficiary: beneficiary.clone(),
			}]),
		);
		assert_eq!(code_of(&output), 0);
		assert_eq!(Balances::free_balance(&dave), UNIT);

		// What fails leaves nothing behind.
		let output = contracts::call(
			&messenger,
			executing(vec![
				TransferAsset { assets: fees(UNIT).into(), beneficiary: beneficiary.clone() },
				TransferAsset { assets: fees(100 * UNIT).into(), beneficiary },
			]),
		);
		assert_eq!(code_of(&output), 13);
		assert_eq!(Balances::free_balance(&dave), UNIT);
	});
}

#[test]
fn a_contract_cannot_dispatch_by_a_program_what_it_may_not_dispatch() {
	FirstPara::execute_with(|| {
		let messenger = deploy(guest("seal/messenger"));
		give(&messenger, 5 * UNIT);
		let transact = || Transact {
			origin_kind: OriginKind::SovereignAccount,
			fallback_max_weight: None,
			call: contracts::remark().into(),
		};
		for program in [
			vec![transact()],
			vec![SetAppendix(Xcm(vec![transact()]))],
			vec![SetErrorHandler(Xcm(vec![SetAppendix(Xcm(vec![transact()]))])), Trap(1)],
			vec![ExecuteWithOrigin { descendant_origin: None, xcm: Xcm(vec![transact()]) }],
		] {
			assert_eq!(code_of(&contracts::call(&messenger, executing(program))), 13);
		}
		assert!(!System::events().iter().any(|record| matches!(
			record.event,
			RuntimeEvent::System(frame_system::Event::Remarked { .. })
		)));
	});
}

#[test]
fn bytes_that_are_no_program_end_the_call() {
	FirstPara::execute_with(|| {
		let messenger = deploy(guest("seal/messenger"));
		give(&messenger, 5 * UNIT);
		let program = executing(vec![ClearOrigin]);
		assert_eq!(code_of(&contracts::call(&messenger, program.clone())), 0);
		assert!(contracts::try_call(&messenger, program[..program.len() - 1].to_vec()).is_err());
		assert!(contracts::try_call(&messenger, [&program[..], &[0]].concat()).is_err());
	});
}

#[test]
fn a_contract_without_money_sends_nothing() {
	FirstPara::execute_with(|| {
		let messenger = deploy(guest("seal/messenger"));
		let program = sending(Location::new(1, [Parachain(SECOND)]), vec![ClearOrigin]);
		assert!(Balances::free_balance(&messenger) <= EXISTENTIAL_DEPOSIT);
		assert_eq!(code_of(&contracts::call(&messenger, program.clone())), 14);
		// Nor does one that has some to where no channel leads.
		give(&messenger, 5 * UNIT);
		assert_eq!(code_of(&contracts::call(&messenger, program)), 0);
		let nowhere = sending(Location::new(1, [Parachain(4_000)]), vec![ClearOrigin]);
		assert_eq!(code_of(&contracts::call(&messenger, nowhere)), 14);
	});
}

#[test]
fn the_programs_of_contracts_are_paid_by_their_gas() {
	FirstPara::execute_with(|| {
		let messenger = deploy(guest("seal/messenger"));
		let used =
			|program: Vec<_>| contracts::dry_call(&messenger, executing(program)).gas_consumed;
		let one = used(vec![ClearOrigin]);
		let three = used(vec![ClearOrigin, ClearOrigin, ClearOrigin]);
		let two_more = three - one;
		assert!(two_more.ref_time() >= 2_000_000_000, "{two_more}");
		assert!(two_more.proof_size() >= 2 * 64 * 1024, "{two_more}");
	});
}
