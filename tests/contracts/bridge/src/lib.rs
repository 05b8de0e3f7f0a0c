//! A caller of contracts of three ABIs, of the `baals` ABI.
//!
//! The counters `counter-baals`, `counter-aureon` and `counter-dytallix` answer `increment`, `add`,
//! `get` and `fail` alike: numbers are u64, 8 bytes LE. Accounts are 32 bytes.
//!
//! | function | arguments | output |
//! |---|---|---|
//! | `init` | accounts of the three counters: baals, aureon, dytallix | |
//! | `increment_all` | | the three new counts |
//! | `add_all` | a number | the three new counts |
//! | `get_all` | | the three counts |
//! | `fail_all` | | three codes, i32 LE, of calls of `fail`; then the three counts |
//! | `call` | a list: account, method, payload | code, i32 LE, then the callee's output |
//! | `must_call` | a list: account, method, payload | the callee's output |
//! | `send` | a list: account, method, payload, u64 LE of the bridge's money | as `call` |
//!
//! A code is what `baals_call_contract` returned: the length of the output, or -1.
//!
//! Reverts with `list has not enough items`; all but `fail_all`, `call` and `send` also with
//! `callee failed`.

#![no_std]

use caisson_guest::{
	baals::{self, CallFailed},
	concat, Account, Arguments, Vec,
};

const COUNTERS: &[u8] = b"counters";

caisson_guest::baals_entries! {
	/// Remembers the counters.
	fn init(baals: Account, aureon: Account, dytallix: Account) {
		baals::write(COUNTERS, &concat(&[&baals, &aureon, &dytallix]))
	}

	/// Counts one on each.
	fn increment_all() -> Vec<u8> {
		each("increment", &[])
	}

	/// Counts as many as given on each.
	fn add_all(amount: u64) -> Vec<u8> {
		each("add", &amount.to_le_bytes())
	}

	/// What each has counted.
	fn get_all() -> Vec<u8> {
		each("get", &[])
	}

	/// Lets each fail and goes on: their counts are as before.
	fn fail_all() -> Vec<u8> {
		let mut codes = Vec::new();
		for counter in &counters() {
			let result = baals::call(counter, "fail", &[], 0);
			codes.extend_from_slice(&code_of(&result).to_le_bytes());
		}
		concat(&[&codes, &each("get", &[])])
	}

	/// Calls any contract, whatever comes of it.
	fn call(arguments: Arguments) -> Vec<u8> {
		report(&call_listed(&arguments.0, 0))
	}

	/// Calls any contract, which must not fail.
	fn must_call(arguments: Arguments) -> Vec<u8> {
		required(call_listed(&arguments.0, 0))
	}

	/// Calls any contract and gives it money.
	fn send(arguments: Arguments) -> Vec<u8> {
		let value = item(&arguments.0, 3).try_into().map_or(0, u64::from_le_bytes);
		report(&call_listed(&arguments.0, value))
	}
}

fn call_listed(list: &[Vec<u8>], value: u64) -> Result<Vec<u8>, CallFailed> {
	baals::call_named(item(list, 0), item(list, 1), item(list, 2), value)
}

fn item(list: &[Vec<u8>], index: usize) -> &[u8] {
	match list.get(index) {
		Some(item) => item,
		None => baals::revert("list has not enough items"),
	}
}

fn counters() -> [Account; 3] {
	let mut stored = [0; 96];
	baals::read(COUNTERS, &mut stored);
	let (chunks, _) = stored.as_chunks();
	chunks.try_into().unwrap_or_default()
}

fn each(method: &str, payload: &[u8]) -> Vec<u8> {
	let mut results = Vec::new();
	for counter in &counters() {
		results.extend_from_slice(&required(baals::call(counter, method, payload, 0)));
	}
	results
}

fn required(result: Result<Vec<u8>, CallFailed>) -> Vec<u8> {
	match result {
		Ok(output) => output,
		Err(_) => baals::revert("callee failed"),
	}
}

fn code_of(result: &Result<Vec<u8>, CallFailed>) -> i32 {
	match result {
		Ok(output) => output.len() as i32,
		Err(failed) => failed.code,
	}
}

fn report(result: &Result<Vec<u8>, CallFailed>) -> Vec<u8> {
	let output = result.as_deref().unwrap_or_default();
	concat(&[&code_of(result).to_le_bytes(), output])
}
