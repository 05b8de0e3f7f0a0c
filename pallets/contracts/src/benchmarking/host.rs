//! What host functions do: a call of a guest that calls one `r` times, or [`BATCH`] times over `n` bytes.
//!
//! Whatever costs more the first time is another thing each time: keys, accounts, codes. Where a price
//! depends on what is there, it is there.

use super::{
	contract::{account, upload, Contract, Run, Setup},
	guest::{self, Arg, Guest, Parts, IN, KEY_BYTES, KEY_STEP, LEN, LIST, NONE, OUT, VALUE, ZERO},
	signed,
};
use crate::{meter::cost::BATCH, BalanceOf, Config, ContractInfoOf};
use alloc::{vec, vec::Vec};
use caisson_contracts_abi::Abi;
use codec::Encode;
use frame_support::traits::fungible::{Inspect, Mutate};

/// Bytes that do not matter.
fn bytes(n: u32) -> Vec<u8> {
	vec![b'x'; n as usize]
}

fn len(n: u32) -> Arg {
	Arg::I32(n.cast_signed())
}

/// A round's own item of 32 bytes.
const ITEM: Arg = Arg::Each { at: LIST, step: 32 };
/// A round's own key.
const KEY: Arg = Arg::Each { at: LIST, step: KEY_STEP };
/// The length of that.
const KEY_LEN: Arg = Arg::I32(KEY_BYTES.cast_signed());

fn run<T: Config>(guest: &Guest) -> Setup<Run<T>> {
	Ok(Contract::<T>::new(guest)?.call())
}

/// A function of `seal` with these arguments.
fn seal<T: Config>(row: &str, args: &[Arg], rounds: u32) -> Setup<Run<T>> {
	run(&Guest::new(Abi::Seal).calling(row, args, rounds))
}

/// One that is given `n` bytes at [`IN`].
fn seal_over<T: Config>(row: &str, args: &[Arg], rounds: u32, n: u32) -> Setup<Run<T>> {
	run(&Guest::new(Abi::Seal).with(IN, bytes(n)).calling(row, args, rounds))
}

pub(super) fn context<T: Config>(r: u32) -> Setup<Run<T>> {
	seal("caller", &[Arg::I32(OUT), Arg::I32(LEN)], r)
}

pub(super) fn copy<T: Config>(r: u32) -> Setup<Run<T>> {
	seal("input", &[Arg::I32(OUT), Arg::I32(LEN)], r)
}

pub(super) fn copy_bytes<T: Config>(n: u32) -> Setup<Run<T>> {
	let guest = Guest::new(Abi::Seal).calling("input", &[Arg::I32(OUT), Arg::I32(LEN)], BATCH);
	Ok(Contract::<T>::new(&guest)?.call_with(bytes(n)))
}

/// A function of `seal` over entries that are there, `old` bytes long each.
fn storage<T: Config>(row: &str, rest: &[Arg], rounds: u32, old: u32) -> Setup<Run<T>> {
	let args = [&[KEY, KEY_LEN], rest].concat();
	// Reading says 0, writing and removing the length that was there.
	let result = if row == "get_storage_v1" { 0 } else { old.cast_signed() };
	let guest =
		Guest::new(Abi::Seal).with_keys(rounds).expecting(result).calling(row, &args, rounds);
	Ok(Contract::<T>::new(&guest)?.with_entries((0..rounds).map(guest::key), old).call())
}

/// The first entry, over and over.
const SAME: Arg = Arg::I32(LIST);

/// A function of `seal` over one entry that is there, once and then so many times more.
fn storage_again<T: Config>(row: &str, rest: &[Arg], rounds: u32) -> Setup<Run<T>> {
	let args = [&[SAME, KEY_LEN], rest].concat();
	let guest = Guest::new(Abi::Seal).with_keys(1).expecting(0);
	let guest = guest.calling(row, &args, 1).calling(row, &args, rounds);
	Ok(Contract::<T>::new(&guest)?.with_entries(core::iter::once(guest::key(0)), 0).call())
}

pub(super) fn storage_read_again<T: Config>(r: u32) -> Setup<Run<T>> {
	storage_again("get_storage_v1", &READ, r)
}

pub(super) fn storage_write_again<T: Config>(r: u32) -> Setup<Run<T>> {
	storage_again("set_storage_v2", &written(0), r)
}

const READ: [Arg; 2] = [Arg::I32(OUT), Arg::I32(LEN)];

/// The value at [`IN`].
fn written(n: u32) -> [Arg; 2] {
	[Arg::I32(IN), len(n)]
}

pub(super) fn storage_read<T: Config>(r: u32) -> Setup<Run<T>> {
	storage("get_storage_v1", &READ, r, 0)
}

pub(super) fn storage_read_bytes<T: Config>(n: u32) -> Setup<Run<T>> {
	storage("get_storage_v1", &READ, BATCH, n)
}

pub(super) fn storage_write<T: Config>(r: u32) -> Setup<Run<T>> {
	storage("set_storage_v2", &written(0), r, 0)
}

pub(super) fn storage_write_bytes<T: Config>(n: u32) -> Setup<Run<T>> {
	storage("set_storage_v2", &written(n), BATCH, 0)
}

pub(super) fn storage_remove<T: Config>(r: u32) -> Setup<Run<T>> {
	storage("clear_storage_v1", &[], r, 0)
}

pub(super) fn storage_remove_bytes<T: Config>(n: u32) -> Setup<Run<T>> {
	storage("clear_storage_v1", &[], BATCH, n)
}

/// Transient entries that are there before a function is measured.
const TRANSIENT_ENTRIES: u32 = 1_000;

/// A guest that has so many transient entries of `n` bytes.
fn transient(entries: u32, n: u32) -> Guest {
	Guest::new(Abi::Seal).with_keys(TRANSIENT_ENTRIES).calling(
		"set_transient_storage",
		&[KEY, KEY_LEN, Arg::I32(IN), len(n)],
		entries,
	)
}

pub(super) fn transient_read<T: Config>(r: u32) -> Setup<Run<T>> {
	let args = [KEY, KEY_LEN, Arg::I32(OUT), Arg::I32(LEN)];
	run(&transient(TRANSIENT_ENTRIES, 0).expecting(0).calling("get_transient_storage", &args, r))
}

pub(super) fn transient_read_bytes<T: Config>(n: u32) -> Setup<Run<T>> {
	let args = [KEY, KEY_LEN, Arg::I32(OUT), Arg::I32(LEN)];
	run(&transient(BATCH, n).expecting(0).calling("get_transient_storage", &args, BATCH))
}

pub(super) fn transient_write<T: Config>(r: u32) -> Setup<Run<T>> {
	run(&transient(TRANSIENT_ENTRIES, 0).calling(
		"set_transient_storage",
		&[KEY, KEY_LEN, Arg::I32(IN), len(0)],
		r,
	))
}

pub(super) fn transient_write_bytes<T: Config>(n: u32) -> Setup<Run<T>> {
	run(&transient(BATCH, n))
}

pub(super) fn emit_event<T: Config>(r: u32) -> Setup<Run<T>> {
	seal("deposit_event", &[Arg::I32(IN), len(0), Arg::I32(IN), len(0)], r)
}

pub(super) fn emit_event_bytes<T: Config>(n: u32) -> Setup<Run<T>> {
	seal("deposit_event", &[Arg::I32(IN), len(0), Arg::I32(IN), len(n)], BATCH)
}

pub(super) fn event_topics<T: Config>(n: u32) -> Setup<Run<T>> {
	let topics = |event: u32| -> Vec<[u8; 32]> {
		(0..n).map(|topic| account::<T>(event << 8 | topic).into()).collect()
	};
	let list: Vec<u8> = (0..BATCH).flat_map(|event| topics(event).encode()).collect();
	let step = n.saturating_mul(32).saturating_add(1);
	let args = [Arg::Each { at: LIST, step }, len(step), Arg::I32(IN), len(0)];
	run(&Guest::new(Abi::Seal).with(LIST, list).calling("deposit_event", &args, BATCH))
}

pub(super) fn log<T: Config>(r: u32) -> Setup<Run<T>> {
	run(&Guest::new(Abi::Aureon).calling("log", &[Arg::I32(IN), len(0)], r))
}

pub(super) fn log_bytes<T: Config>(n: u32) -> Setup<Run<T>> {
	let guest = Guest::new(Abi::Aureon).with(IN, bytes(n));
	run(&guest.calling("log", &[Arg::I32(IN), len(n)], BATCH))
}

/// A hash function of `seal`.
fn hash<T: Config>(row: &str, rounds: u32, n: u32) -> Setup<Run<T>> {
	seal_over(row, &[Arg::I32(IN), len(n), Arg::I32(OUT)], rounds, n)
}

pub(super) fn hash_sha256<T: Config>(r: u32) -> Setup<Run<T>> {
	hash("hash_sha2_256", r, 0)
}

pub(super) fn hash_sha256_bytes<T: Config>(n: u32) -> Setup<Run<T>> {
	hash("hash_sha2_256", BATCH, n)
}

pub(super) fn hash_keccak256<T: Config>(r: u32) -> Setup<Run<T>> {
	hash("hash_keccak_256", r, 0)
}

pub(super) fn hash_keccak256_bytes<T: Config>(n: u32) -> Setup<Run<T>> {
	hash("hash_keccak_256", BATCH, n)
}

pub(super) fn hash_blake2_256<T: Config>(r: u32) -> Setup<Run<T>> {
	hash("hash_blake2_256", r, 0)
}

pub(super) fn hash_blake2_256_bytes<T: Config>(n: u32) -> Setup<Run<T>> {
	hash("hash_blake2_256", BATCH, n)
}

pub(super) fn hash_blake2_128<T: Config>(r: u32) -> Setup<Run<T>> {
	hash("hash_blake2_128", r, 0)
}

pub(super) fn hash_blake2_128_bytes<T: Config>(n: u32) -> Setup<Run<T>> {
	hash("hash_blake2_128", BATCH, n)
}

/// Where keys and signatures lie.
const SIGNED: i32 = LIST;
const SIGNED_KEY: i32 = LIST + 128;

fn ed25519<T: Config>(rounds: u32, n: u32) -> Setup<Run<T>> {
	let args = [Arg::I32(SIGNED_KEY), len(32), Arg::I32(IN), len(n), Arg::I32(SIGNED), len(64)];
	let guest = Guest::new(Abi::Baals)
		.with(SIGNED, signed::ED25519.to_vec())
		.with(SIGNED_KEY, signed::ED25519_KEY.to_vec());
	// An empty message is the one that is signed.
	run(&guest.expecting((n == 0).into()).calling("baals_verify_signature", &args, rounds))
}

pub(super) fn verify_ed25519<T: Config>(r: u32) -> Setup<Run<T>> {
	ed25519(r, 0)
}

pub(super) fn verify_ed25519_bytes<T: Config>(n: u32) -> Setup<Run<T>> {
	ed25519(BATCH, n)
}

fn sr25519<T: Config>(rounds: u32, n: u32) -> Setup<Run<T>> {
	let args = [Arg::I32(SIGNED), Arg::I32(SIGNED_KEY), len(n), Arg::I32(IN)];
	let guest = Guest::new(Abi::Seal)
		.with(SIGNED, signed::SR25519.to_vec())
		.with(SIGNED_KEY, signed::SR25519_KEY.to_vec());
	let result = if n == 0 { 0 } else { 12 };
	run(&guest.expecting(result).calling("sr25519_verify", &args, rounds))
}

pub(super) fn verify_sr25519<T: Config>(r: u32) -> Setup<Run<T>> {
	sr25519(r, 0)
}

pub(super) fn verify_sr25519_bytes<T: Config>(n: u32) -> Setup<Run<T>> {
	sr25519(BATCH, n)
}

pub(super) fn ecdsa_recover<T: Config>(r: u32) -> Setup<Run<T>> {
	let guest = Guest::new(Abi::Seal).with(SIGNED, signed::ECDSA.to_vec());
	let guest = guest.expecting(0);
	run(&guest.calling("ecdsa_recover", &[Arg::I32(SIGNED), Arg::I32(ZERO), Arg::I32(OUT)], r))
}

pub(super) fn ecdsa_to_eth_address<T: Config>(r: u32) -> Setup<Run<T>> {
	let guest = Guest::new(Abi::Seal).with(SIGNED_KEY, signed::ECDSA_KEY.to_vec());
	run(&guest.expecting(0).calling(
		"ecdsa_to_eth_address",
		&[Arg::I32(SIGNED_KEY), Arg::I32(OUT)],
		r,
	))
}

/// Accounts as guests know them.
fn accounts<T: Config>(count: u32) -> impl Iterator<Item = [u8; 32]> {
	(0..count).map(|number| account::<T>(number).into())
}

pub(super) fn balance<T: Config>(r: u32) -> Setup<Run<T>> {
	for account in accounts::<T>(r) {
		T::Currency::set_balance(&account.into(), T::Currency::minimum_balance());
	}
	let guest = Guest::new(Abi::Aureon).with_list(accounts::<T>(r));
	run(&guest.calling("get_balance", &[ITEM, len(32)], r))
}

pub(super) fn transfer<T: Config>(r: u32) -> Setup<Run<T>> {
	let value: u128 = T::Currency::minimum_balance().into();
	let guest = Guest::new(Abi::Seal)
		.with_list(accounts::<T>(r))
		.with(VALUE, value.to_le_bytes().to_vec())
		.expecting(0)
		.calling("transfer", &[ITEM, len(32), Arg::I32(VALUE), len(16)], r);
	Ok(Contract::<T>::new(&guest)?.rich().call())
}

/// The arguments of a call of another contract, which is given `n` bytes.
fn call_args(callee: Arg, n: u32) -> [Arg; 10] {
	[
		Arg::I32(0),
		callee,
		Arg::I64(0),
		Arg::I64(0),
		Arg::I32(NONE),
		Arg::I32(ZERO),
		Arg::I32(IN),
		len(n),
		Arg::I32(NONE),
		Arg::I32(NONE),
	]
}

pub(super) fn call<T: Config>(r: u32) -> Setup<Run<T>> {
	let callees = Contract::<T>::many(&Guest::empty(Abi::Seal), r)?;
	let guest = Guest::new(Abi::Seal)
		.with_list(callees.into_iter().map(|callee| callee.account.into()))
		.expecting(0)
		.calling("call_v2", &call_args(ITEM, 0), r);
	run(&guest)
}

pub(super) fn call_again<T: Config>(r: u32) -> Setup<Run<T>> {
	let callee = Contract::<T>::new(&Guest::empty(Abi::Seal).numbered(1))?;
	let args = call_args(Arg::I32(LIST), 0);
	let guest = Guest::new(Abi::Seal)
		.with_list(core::iter::once(callee.account.into()))
		.expecting(0)
		.calling("call_v2", &args, 1)
		.calling("call_v2", &args, r);
	run(&guest)
}

/// A guest that calls `callee` with `input`, in a batch, and is told `result`.
fn calls_one<T: Config>(callee: &Contract<T>, input: Vec<u8>, result: i32) -> Guest {
	let args = call_args(Arg::I32(LIST), u32::try_from(input.len()).unwrap_or(0));
	Guest::new(Abi::Seal)
		.with_list(core::iter::once(callee.account.clone().into()))
		.with(IN, input)
		.expecting(result)
		.calling("call_v2", &args, BATCH)
}

pub(super) fn call_bytes<T: Config>(n: u32) -> Setup<Run<T>> {
	let callee = Contract::<T>::new(&Guest::empty(Abi::Seal).numbered(1))?;
	run(&calls_one(&callee, bytes(n), 0))
}

fn delegate_args(code_hash: Arg, n: u32) -> [Arg; 6] {
	[Arg::I32(0), code_hash, Arg::I32(IN), len(n), Arg::I32(NONE), Arg::I32(NONE)]
}

/// Codes of empty contracts.
fn codes<T: Config>(count: u32) -> Setup<Vec<[u8; 32]>> {
	(0..count)
		.map(|number| upload::<T>(Guest::empty(Abi::Seal).numbered(number).build()).map(Into::into))
		.collect()
}

pub(super) fn delegate_call<T: Config>(r: u32) -> Setup<Run<T>> {
	let guest = Guest::new(Abi::Seal).with_list(codes::<T>(r)?.into_iter());
	run(&guest.expecting(0).calling("delegate_call", &delegate_args(ITEM, 0), r))
}

pub(super) fn delegate_call_again<T: Config>(r: u32) -> Setup<Run<T>> {
	let args = delegate_args(Arg::I32(LIST), 0);
	let guest = Guest::new(Abi::Seal).with_list(codes::<T>(1)?.into_iter()).expecting(0);
	run(&guest.calling("delegate_call", &args, 1).calling("delegate_call", &args, r))
}

pub(super) fn functions_again<T: Config>(n: u32) -> Setup<Run<T>> {
	again(super::load::functions_of(n))
}

pub(super) fn pages_again<T: Config>(n: u32) -> Setup<Run<T>> {
	again(Guest::empty(Abi::Seal).pages(n))
}

pub(super) fn table<T: Config>(n: u32) -> Setup<Run<T>> {
	again(Guest::empty(Abi::Seal).parts(Parts { table: n, ..Parts::default() }))
}

/// A contract that is called in a batch behind a first time.
fn again<T: Config>(callee: Guest) -> Setup<Run<T>> {
	let callee = Contract::<T>::new(&callee.numbered(1))?;
	let args = call_args(Arg::I32(LIST), 0);
	let guest = Guest::new(Abi::Seal)
		.with_list(core::iter::once(callee.account.into()))
		.expecting(0)
		.calling("call_v2", &args, 1)
		.calling("call_v2", &args, BATCH);
	run(&guest)
}

pub(super) fn delegate_call_bytes<T: Config>(n: u32) -> Setup<Run<T>> {
	let guest = Guest::new(Abi::Seal).with_list(codes::<T>(1)?.into_iter()).with(IN, bytes(n));
	run(&guest.expecting(0).calling("delegate_call", &delegate_args(Arg::I32(LIST), n), BATCH))
}

/// The arguments of making a contract with `n` bytes of input and a salt of four.
fn instantiate_args(code_hash: Arg, n: u32, salt: Arg) -> [Arg; 13] {
	[
		code_hash,
		Arg::I64(0),
		Arg::I64(0),
		Arg::I32(NONE),
		Arg::I32(ZERO),
		Arg::I32(IN),
		len(n),
		Arg::I32(NONE),
		Arg::I32(NONE),
		Arg::I32(NONE),
		Arg::I32(NONE),
		salt,
		len(4),
	]
}

pub(super) fn instantiate<T: Config>(r: u32) -> Setup<Run<T>> {
	let guest = Guest::new(Abi::Seal).with_list(codes::<T>(r)?.into_iter());
	run(&guest.expecting(0).calling(
		"instantiate_v2",
		&instantiate_args(ITEM, 0, Arg::I32(ZERO)),
		r,
	))
}

pub(super) fn instantiate_bytes<T: Config>(n: u32) -> Setup<Run<T>> {
	// The salts lie behind the hash.
	let salt = Arg::Each { at: LIST + 32, step: KEY_STEP };
	let salts = (0..BATCH).flat_map(|number| u64::from(number).to_le_bytes());
	let hash = codes::<T>(1)?.concat();
	let guest = Guest::new(Abi::Seal)
		.with(LIST, hash.into_iter().chain(salts).collect())
		.with(IN, bytes(n));
	let guest = guest.expecting(0);
	run(&guest.calling("instantiate_v2", &instantiate_args(Arg::I32(LIST), n, salt), BATCH))
}

pub(super) fn terminate<T: Config>(r: u32) -> Setup<Run<T>> {
	seal("terminate_v1", &[Arg::I32(ZERO)], r)
}

pub(super) fn terminate_locked<T: Config>(n: u32) -> Setup<Run<T>> {
	let hashes = codes::<T>(n)?;
	let contract =
		Contract::<T>::new(&Guest::new(Abi::Seal).calling("terminate_v1", &[Arg::I32(ZERO)], 1))?;
	ContractInfoOf::<T>::mutate(&contract.account, |info| {
		let Some(info) = info else { return };
		for hash in hashes {
			let _ = info.delegate_dependencies.try_insert(hash.into(), BalanceOf::<T>::default());
		}
	});
	Ok(contract.call())
}

pub(super) fn set_code_hash<T: Config>(r: u32) -> Setup<Run<T>> {
	let guest = Guest::new(Abi::Seal).with_list(codes::<T>(r)?.into_iter());
	run(&guest.expecting(0).calling("set_code_hash", &[ITEM], r))
}

pub(super) fn lock_dependency<T: Config>(r: u32) -> Setup<Run<T>> {
	let guest = Guest::new(Abi::Seal).with_list(codes::<T>(r)?.into_iter());
	run(&guest.calling("lock_delegate_dependency", &[ITEM], r))
}

pub(super) fn lookup<T: Config>(r: u32) -> Setup<Run<T>> {
	let guest = Guest::new(Abi::Seal).with_list(accounts::<T>(r)).expecting(0).calling(
		"code_hash",
		&[ITEM, Arg::I32(OUT), Arg::I32(LEN)],
		r,
	);
	let contract = Contract::<T>::new(&guest)?;
	if let Some(info) = ContractInfoOf::<T>::get(&contract.account) {
		for account in accounts::<T>(r) {
			ContractInfoOf::<T>::insert(T::AccountId::from(account), &info);
		}
	}
	Ok(contract.call())
}

/// A call of the runtime that does nothing with `n` bytes.
fn remark<T: Config>(n: u32) -> Vec<u8> {
	let call = frame_system::Call::<T>::remark { remark: bytes(n) };
	<T as frame_system::Config>::RuntimeCall::from(call).encode()
}

fn call_runtime_with<T: Config>(rounds: u32, n: u32) -> Setup<Run<T>> {
	let call = remark::<T>(n);
	let args = [Arg::I32(IN), len(u32::try_from(call.len()).unwrap_or(0))];
	run(&Guest::new(Abi::Seal).with(IN, call).calling("call_runtime", &args, rounds))
}

pub(super) fn call_runtime<T: Config>(r: u32) -> Setup<Run<T>> {
	call_runtime_with(r, 0)
}

pub(super) fn call_runtime_bytes<T: Config>(n: u32) -> Setup<Run<T>> {
	call_runtime_with(BATCH, n)
}

pub(super) fn random<T: Config>(r: u32) -> Setup<Run<T>> {
	let args = [Arg::I32(IN), len(32), Arg::I32(OUT), Arg::I32(LEN)];
	run(&Guest::new(Abi::Seal).calling("random_v1", &args, r))
}

pub(super) fn revert<T: Config>(r: u32) -> Setup<Run<T>> {
	let guest = Guest::new(Abi::Baals).calling("baals_revert", &[Arg::I32(IN), len(0)], r);
	let run = run::<T>(&guest)?;
	Ok(if r == 0 { run } else { run.failing() })
}

pub(super) fn revert_bytes<T: Config>(n: u32) -> Setup<Run<T>> {
	let guest = Guest::new(Abi::Baals).calling("baals_revert", &[Arg::I32(IN), len(n)], 1);
	// The callee's revert is a result.
	run(&calls_one(&Contract::<T>::new(&guest)?, Vec::new(), 2))
}
