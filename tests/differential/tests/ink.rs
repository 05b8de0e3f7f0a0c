//! ink! contracts, each through what it does.

#![allow(
	clippy::unwrap_used,
	clippy::indexing_slicing,
	reason = "tests may stop at what is not so"
)]

use caisson_differential::{
	chain::{Answer, Arguments, Ended, Pair, Step},
	ink, ALICE, BOB, CHARLIE,
};
use codec::{Decode, Encode};
use sp_core::{crypto::AccountId32, H256};
use sp_io::hashing::blake2_256;

/// A message: its selector and its arguments.
fn message(name: &str, args: impl Encode) -> Arguments {
	let mut data = blake2_256(name.as_bytes())[..4].to_vec();
	args.encode_to(&mut data);
	Arguments::data(data)
}

fn paid(name: &str, args: impl Encode, value: u128) -> Arguments {
	Arguments { value, ..message(name, args) }
}

fn salted(name: &str, args: impl Encode, salt: &[u8]) -> Arguments {
	Arguments { salt: salt.to_vec(), ..message(name, args) }
}

fn hash(code: &[u8]) -> H256 {
	blake2_256(code).into()
}

/// Calls, and asks first.
fn call(pair: &mut Pair, contract: &AccountId32, with: Arguments) -> (Ended, Answer) {
	let answer = pair.ask(&ALICE, contract, &with);
	(pair.take(&ALICE, Step::Call(contract.clone(), with)), answer)
}

/// Calls, which must succeed, and returns what a message of that result type returned.
fn get<R: Decode>(pair: &mut Pair, contract: &AccountId32, with: Arguments) -> R {
	let (ended, answer) = call(pair, contract, with);
	assert_eq!(ended, Ended::Well);
	let (flags, data) = answer.output.unwrap();
	assert_eq!(flags, 0);
	// What ink! puts around every result: whether the message was understood.
	Result::<R, ()>::decode(&mut &data[..]).unwrap().unwrap()
}

fn for_versions(names: &str, run: impl Fn(&str)) {
	for version in names.split(' ') {
		println!("ink! {version}");
		run(version);
	}
}

#[test]
fn flipper() {
	for (version, name) in [("v5", "flipper"), ("v4", "flipper")] {
		let mut pair = Pair::new();
		let contract = pair.deploy(&ALICE, ink(version, name), message("new", true));
		assert!(get::<bool>(&mut pair, &contract, message("get", ())));
		get::<()>(&mut pair, &contract, message("flip", ()));
		assert!(!get::<bool>(&mut pair, &contract, message("get", ())));
		// No such message, too few arguments, money that it does not take.
		let (ended, _) = call(&mut pair, &contract, message("nothing", ()));
		assert_eq!(ended, Ended::Badly("ContractReverted".into()));
		call(&mut pair, &contract, Arguments::data([]));
		call(&mut pair, &contract, paid("flip", (), 1_000));
		call(&mut pair, &contract, paid("flip", (), u128::MAX));
		let twice = Step::InstantiateWithCode(ink(version, name), message("new", true));
		assert_eq!(pair.take(&ALICE, twice), Ended::Badly("DuplicateContract".into()));
		pair.take(&BOB, Step::InstantiateWithCode(ink(version, name), message("default", ())));
		let again = Step::Instantiate(hash(&ink(version, name)), salted("new", true, &[1]));
		assert_eq!(pair.take(&ALICE, again), Ended::Well);
		assert_eq!(
			pair.take(&ALICE, Step::Remove(hash(&ink(version, name)))),
			Ended::Badly("CodeInUse".into())
		);
		pair.take(&ALICE, Step::Call(CHARLIE, message("get", ())));
		let absent = Step::Instantiate(H256::zero(), message("new", true));
		assert_eq!(pair.take(&ALICE, absent), Ended::Badly("CodeNotFound".into()));
	}
}

#[test]
fn what_current_compilers_emit_runs_here_alone() {
	let mut pair = Pair::new();
	// With bulk memory, and a start function that clears memory by it.
	let modern = ink("v5", "flipper-modern");
	let made = Step::InstantiateWithCode(modern, message("new", true));
	let (theirs, ours) = pair.observe(&ALICE, made);
	assert_eq!((theirs.ended, ours.ended), (Ended::Badly("CodeRejected".into()), Ended::Well));
	let contract = pair.contracts().remove(0);
	let mut values = vec![ours.children];
	for _ in 0..2 {
		let flip = Step::Call(contract.clone(), message("flip", ()));
		let (_, ours) = pair.observe(&ALICE, flip);
		assert_eq!(ours.ended, Ended::Well);
		values.push(ours.children);
	}
	assert_ne!(values[0], values[1]);
	assert_eq!(values[0], values[2]);
}

#[test]
fn token() {
	for_versions("v5 v4", |version| {
		let mut pair = Pair::new();
		let contract = pair.deploy(&ALICE, ink(version, "token"), message("new", 1_000u128));
		get::<Result<(), u8>>(&mut pair, &contract, message("transfer", (&BOB, 400u128))).unwrap();
		get::<Result<(), u8>>(&mut pair, &contract, message("approve", (&BOB, 100u128))).unwrap();
		let by_bob = message("transfer_from", (&ALICE, &CHARLIE, 60u128));
		assert_eq!(pair.take(&BOB, Step::Call(contract.clone(), by_bob.clone())), Ended::Well);
		// More than the rest of the allowance, and more than there is.
		assert_eq!(
			pair.take(&BOB, Step::Call(contract.clone(), by_bob)),
			Ended::Badly("ContractReverted".into())
		);
		call(&mut pair, &contract, message("transfer", (&BOB, 4_000u128)));
		assert_eq!(get::<u128>(&mut pair, &contract, message("balance_of", &BOB)), 400);
		assert_eq!(get::<u128>(&mut pair, &contract, message("balance_of", &CHARLIE)), 60);
		get::<Result<(), u8>>(&mut pair, &contract, message("transfer", (&BOB, 540u128))).unwrap();
		assert_eq!(get::<u128>(&mut pair, &contract, message("total_supply", ())), 1_000);
		// No room for what would be held.
		let short = Arguments {
			deposit_limit: Some(1),
			..message("transfer", (AccountId32::new([9; 32]), 0u128))
		};
		pair.take(&BOB, Step::Call(contract.clone(), short));
	});
}

#[test]
fn caller() {
	let mut pair = Pair::new();
	let flipper = pair.deploy(&ALICE, ink("v5", "flipper"), message("new", false));
	let fallible = pair.deploy(&ALICE, ink("v5", "fallible"), message("new", None::<u32>));
	let payable = pair.deploy(&ALICE, ink("v5", "payable"), message("new", ()));
	let contract = pair.deploy(&ALICE, ink("v5", "caller"), message("new", &flipper));
	get::<()>(&mut pair, &contract, message("flip", ()));
	assert!(get::<bool>(&mut pair, &contract, message("get", ())));
	get::<()>(&mut pair, &contract, message("flip_by_selector", &flipper));
	call(&mut pair, &contract, message("flip_v1", (&flipper, 0u64)));
	call(&mut pair, &contract, message("flip_v1", (&CHARLIE, 0u64)));
	call(&mut pair, &contract, message("flip_by_selector", &CHARLIE));
	for code in [0u32, 1, 2, 3] {
		call(&mut pair, &contract, message("fail", (&fallible, code)));
	}
	call(&mut pair, &contract, message("fail", (&CHARLIE, 1u32)));
	for allowed in [false, true] {
		call(&mut pair, &contract, message("reenter", allowed));
	}
	assert_eq!(
		pair.take(&ALICE, Step::Call(contract.clone(), paid("fund", (), 1_000_000))),
		Ended::Well
	);
	let pay: [u8; 4] = blake2_256(b"pay")[..4].try_into().unwrap();
	let free: [u8; 4] = blake2_256(b"free")[..4].try_into().unwrap();
	call(&mut pair, &contract, message("pay", (&payable, pay, 600u128)));
	call(&mut pair, &contract, message("pay", (&payable, free, 600u128)));
	call(&mut pair, &contract, message("pay", (&payable, pay, 10_000_000u128)));
	call(&mut pair, &contract, message("pay", (&CHARLIE, pay, 600u128)));
}

#[test]
fn builder() {
	let mut pair = Pair::new();
	for name in ["flipper", "fallible"] {
		assert_eq!(pair.take(&ALICE, Step::Upload(ink("v5", name))), Ended::Well);
	}
	let flipper = hash(&ink("v5", "flipper"));
	let fallible = hash(&ink("v5", "fallible"));
	let contract = pair.deploy(&ALICE, ink("v5", "builder"), message("new", ()));
	for salt in [vec![], vec![1u8], vec![1]] {
		call(&mut pair, &contract, message("build_v1", (flipper, 0u64, salt)));
	}
	call(&mut pair, &contract, message("build_v1", (H256::zero(), 0u64, vec![2u8])));
	for code in [None::<u32>, Some(7)] {
		call(&mut pair, &contract, message("build_fallible", (fallible, code, vec![3u8])));
	}
	call(&mut pair, &contract, message("last", ()));
}

#[test]
fn delegator() {
	let mut pair = Pair::new();
	let flipper = hash(&ink("v5", "flipper"));
	assert_eq!(pair.take(&ALICE, Step::Upload(ink("v5", "flipper"))), Ended::Well);
	assert_eq!(pair.take(&BOB, Step::Upload(ink("v5", "lamp"))), Ended::Well);
	let contract = pair.deploy(&ALICE, ink("v5", "delegator"), message("new", false));
	let flip: [u8; 4] = blake2_256(b"flip")[..4].try_into().unwrap();
	call(&mut pair, &contract, message("run", (flipper, flip)));
	call(&mut pair, &contract, message("get", ()));
	call(&mut pair, &contract, message("flip_and_end", flipper));
	call(&mut pair, &contract, message("get_by", flipper));
	call(&mut pair, &contract, message("run", (H256::zero(), flip)));
	call(&mut pair, &contract, message("run", (flipper, [0u8; 4])));
	let lamp = hash(&ink("v5", "lamp"));
	for what in ["lock", "lock", "unlock", "unlock", "lock"] {
		call(&mut pair, &contract, message(what, lamp));
	}
	call(&mut pair, &contract, message("lock", H256::zero()));
	call(&mut pair, &contract, message("lock", hash(&ink("v5", "delegator"))));
	// What is locked stays.
	assert_eq!(pair.take(&BOB, Step::Remove(lamp)), Ended::Badly("CodeInUse".into()));
}

#[test]
fn proxy() {
	let mut pair = Pair::new();
	let flipper = pair.deploy(&ALICE, ink("v5", "flipper"), message("new", false));
	let contract = pair.deploy(&ALICE, ink("v5", "proxy"), message("new", &flipper));
	for what in ["flip", "get", "nothing"] {
		call(&mut pair, &contract, message(what, ()));
	}
}

#[test]
fn upgradeable() {
	for_versions("v5 v4", |version| {
		let mut pair = Pair::new();
		let upgraded = hash(&ink(version, "upgraded"));
		assert_eq!(pair.take(&BOB, Step::Upload(ink(version, "upgraded"))), Ended::Well);
		let contract = pair.deploy(&ALICE, ink(version, "upgradeable"), message("new", ()));
		get::<()>(&mut pair, &contract, message("increment", ()));
		assert_eq!(get::<u32>(&mut pair, &contract, message("version", ())), 1);
		call(&mut pair, &contract, message("set_code", H256::zero()));
		assert!(get::<bool>(&mut pair, &contract, message("set_code", upgraded)));
		assert_eq!(get::<u32>(&mut pair, &contract, message("version", ())), 2);
		get::<()>(&mut pair, &contract, message("increment", ()));
		get::<u32>(&mut pair, &contract, message("get", ()));
		assert_eq!(pair.take(&BOB, Step::Remove(upgraded)), Ended::Badly("CodeInUse".into()));
		let old = hash(&ink(version, "upgradeable"));
		assert_eq!(pair.take(&ALICE, Step::Remove(old)), Ended::Well);
		pair.take(&ALICE, Step::SetCode(contract.clone(), upgraded));
	});
}

#[test]
fn payable() {
	let mut pair = Pair::new();
	let unpaid = Step::InstantiateWithCode(ink("v5", "payable"), paid("unpaid", (), 1));
	assert_ne!(pair.take(&ALICE, unpaid), Ended::Well);
	let contract = pair.deploy(&ALICE, ink("v5", "payable"), paid("new", (), 5_000));
	for with in [paid("pay", (), 1_000), paid("transferred_value", (), 77), paid("free", (), 1)] {
		call(&mut pair, &contract, with);
	}
	for what in ["received", "balance", "minimum_balance", "free"] {
		call(&mut pair, &contract, message(what, ()));
	}
	for (to, value) in
		[(&BOB, 0u128), (&BOB, 10), (&CHARLIE, 5), (&CHARLIE, 100), (&BOB, 1_000_000)]
	{
		call(&mut pair, &contract, message("transfer", (to, value)));
	}
	let myself = contract.clone();
	call(&mut pair, &contract, message("transfer", (myself, 100u128)));
}

#[test]
fn traits() {
	let mut pair = Pair::new();
	let lamp = pair.deploy(&ALICE, ink("v5", "lamp"), message("new", ()));
	let valve = pair.deploy(&ALICE, ink("v5", "valve"), message("new", ()));
	let contract = pair.deploy(&ALICE, ink("v5", "operator"), message("new", ()));
	let turned =
		get::<Vec<bool>>(&mut pair, &contract, message("turn_all", vec![&lamp, &valve, &lamp]));
	assert_eq!(turned.len(), 3);
	call(&mut pair, &contract, message("turn_all", vec![&lamp, &CHARLIE]));
	call(&mut pair, &valve, message("turns", ()));
}

#[test]
fn terminating() {
	let mut pair = Pair::new();
	let stillborn = Step::InstantiateWithCode(ink("v5", "terminating"), message("stillborn", ()));
	assert_eq!(pair.take(&ALICE, stillborn), Ended::Badly("TerminatedInConstructor".into()));
	let contract =
		pair.deploy(&ALICE, ink("v5", "terminating"), paid("new", (3u32, 100u32), 4_000));
	call(&mut pair, &contract, message("has_item", 1u32));
	assert_eq!(
		pair.take(&ALICE, Step::Call(contract.clone(), message("terminate", &CHARLIE))),
		Ended::Well
	);
	assert_eq!(
		pair.take(&ALICE, Step::Call(contract, message("has_item", 1u32))),
		Ended::Badly("ContractNotFound".into())
	);
	assert_eq!(pair.take(&ALICE, Step::Remove(hash(&ink("v5", "terminating")))), Ended::Well);
}

#[test]
fn sizes() {
	let mut pair = Pair::new();
	let contract = pair.deploy(&ALICE, ink("v5", "sizes"), message("new", ()));
	for with in [
		message("write", (0u32, 100u32, 1u8)),
		message("write", (0u32, 200u32, 2u8)),
		message("write", (0u32, 50u32, 3u8)),
		message("write", (1u32, 0u32, 3u8)),
		message("write", (2u32, 16_000u32, 3u8)),
		message("write", (3u32, 17_000u32, 3u8)),
		message("write_many", (10u32, 20u32, 64u32)),
		message("read", 0u32),
		message("readable", 2u32),
		message("size", 0u32),
		message("contains", 0u32),
		message("contains", 99u32),
		message("take", 0u32),
		message("take", 0u32),
		message("clear", 2u32),
		message("clear", 2u32),
		message("set_lazy", (100u32, 1u8)),
		message("lazy", ()),
		message("push", 5u64),
		message("push", 6u64),
		message("pop", ()),
		message("item", 0u32),
		message("len", ()),
		message("clear_list", ()),
	] {
		call(&mut pair, &contract, with);
	}
}

#[test]
fn crypto() {
	let mut pair = Pair::new();
	let contract = pair.deploy(&ALICE, ink("v5", "crypto"), message("new", ()));
	for name in ["sha2_256", "keccak_256", "blake2_128", "blake2_256"] {
		for input in [vec![], vec![1u8; 100]] {
			call(&mut pair, &contract, message(name, input));
		}
	}
	let digest: [u8; 32] = get(&mut pair, &contract, message("blake2_256", b"abc".to_vec()));
	assert_eq!(digest, blake2_256(b"abc"));
	use sp_core::{ecdsa, sr25519, Pair as _};
	let key = ecdsa::Pair::from_seed(&[7; 32]);
	let signature = key.sign_prehashed(&[5; 32]);
	let public = get::<Option<[u8; 33]>>(
		&mut pair,
		&contract,
		message("ecdsa_recover", (signature.0, [5u8; 32])),
	);
	assert_eq!(public, Some(key.public().0));
	call(&mut pair, &contract, message("ecdsa_recover", ([0xffu8; 65], [5u8; 32])));
	call(&mut pair, &contract, message("ecdsa_to_eth_address", key.public().0));
	call(&mut pair, &contract, message("ecdsa_to_eth_address", [0u8; 33]));
	let key = sr25519::Pair::from_seed(&[8; 32]);
	let signature = key.sign(b"hello");
	let verify =
		|text: &[u8]| message("sr25519_verify", (signature.0, text.to_vec(), key.public().0));
	assert!(get::<bool>(&mut pair, &contract, verify(b"hello")));
	assert!(!get::<bool>(&mut pair, &contract, verify(b"hullo")));
}

#[test]
fn context() {
	let mut pair = Pair::new();
	let contract = pair.deploy(&ALICE, ink("v5", "context"), message("new", ()));
	for name in [
		"origin",
		"caller",
		"account_id",
		"block_number",
		"block_timestamp",
		"caller_is_origin",
		"own_code_hash",
	] {
		call(&mut pair, &contract, message(name, ()));
	}
	for account in [&ALICE, &contract.clone(), &CHARLIE] {
		call(&mut pair, &contract, message("is_contract", account));
		call(&mut pair, &contract, message("code_hash", account));
	}
	call(&mut pair, &contract, message("weight_to_fee", 1_000_000u64));
	call(&mut pair, &contract, message("say", "hello"));
}

#[test]
fn runtime_caller() {
	let mut pair = Pair::new();
	let contract = pair.deploy(&ALICE, ink("v5", "runtime-caller"), paid("new", (), 5_000));
	for with in [
		message("transfer", (&BOB, 100u128)),
		message("transfer", (&BOB, 1_000_000u128)),
		message("remark", vec![1u8, 2, 3]),
		message("remark_with_event", vec![1u8, 2, 3]),
	] {
		call(&mut pair, &contract, with);
	}
}

#[test]
fn events() {
	let mut pair = Pair::new();
	let contract = pair.deploy(&ALICE, ink("v5", "events"), message("new", ()));
	for with in [
		message("plain", 5u32),
		message("signed", 5u32),
		message("two", 5u32),
		message("three", (5u32, vec![7u8; 100])),
		message("four", (5u32, &BOB, None::<H256>, true)),
		message("four", (5u32, &BOB, Some(H256::repeat_byte(4)), false)),
		message("chosen", 5u32),
		message("many", 10u32),
	] {
		call(&mut pair, &contract, with);
	}
}

#[test]
fn fallible() {
	let mut pair = Pair::new();
	for with in [message("new", Some(5u32)), message("panicking", ())] {
		assert_ne!(
			pair.take(&ALICE, Step::InstantiateWithCode(ink("v5", "fallible"), with)),
			Ended::Well
		);
	}
	let contract = pair.deploy(&ALICE, ink("v5", "fallible"), message("new", None::<u32>));
	for with in
		[message("fail", 1u32), message("succeed", ()), message("panic", ()), message("writes", ())]
	{
		call(&mut pair, &contract, with);
	}
}
