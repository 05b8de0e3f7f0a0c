//! Deploys and calls, with everything that a test does not care about filled in.

use crate::{
	exec::{Mode, Outcome, RootCall, Target},
	meter::fuel::REF_TIME_PER_FUEL,
	mock::{on_chain, AccountId, Balances, Contracts, RuntimeEvent, System, Test, ALICE},
	types::{CapabilitySet, Origin},
	Error, Event,
};
use caisson_contracts_abi::{types::WasmType, Abi, Capability, Status};
use caisson_contracts_api::{CallReport, Code};
use frame_support::storage::{with_transaction, TransactionOutcome};
use frame_system::EventRecord;
use sp_core::H256;
use sp_runtime::{DispatchError, Weight};
use std::{format, path::PathBuf, string::String, vec::Vec};

/// More than any test's call needs, and what a block has.
pub(crate) const GAS: Weight = Weight::from_parts(1_000_000_000_000, 4 * 1024 * 1024);

/// The ABIs whose calls name a method and give a list of arguments, over which tests that derive from the
/// tables go. `seal` does neither, so it has guests and tests of its own in `generated::seal`.
pub(crate) const NAMED_METHODS: [Abi; 3] = [Abi::Baals, Abi::Aureon, Abi::Dytallix];

/// What a dry run reports on the test chain.
pub(crate) type Report = CallReport<AccountId, u64, EventRecord<RuntimeEvent, H256>>;

/// The module in `tests/wat/<path>.wat` of the repository.
pub(crate) fn wat(path: &str) -> Vec<u8> {
	let file = guests().join(path).with_extension("wat");
	wat::parse_file(&file).unwrap_or_else(|error| panic!("{}: {error}", file.display()))
}

/// The folder of guests that are shared with other tests.
pub(crate) fn guests() -> PathBuf {
	PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../tests/wat")
}

/// The module of this text.
pub(crate) fn inline(text: &str) -> Vec<u8> {
	wat::parse_str(text).expect("the text is a module")
}

/// Deploys `code` by Alice with constructor arguments, and returns the contract.
pub(crate) fn deploy(code: Vec<u8>, args: &[&[u8]]) -> AccountId {
	deploy_report(code, args, 0, None).expect("the deployment succeeds").0
}

/// Deploys `code` by Alice, for good.
pub(crate) fn deploy_report(
	code: Vec<u8>,
	args: &[&[u8]],
	value: u64,
	capabilities: Option<CapabilitySet>,
) -> Result<(AccountId, Outcome<Test>), sp_runtime::DispatchError> {
	let args = args.iter().map(|arg| arg.to_vec()).collect();
	let outcome = Contracts::upload_and_instantiate(
		None,
		ALICE,
		value,
		GAS,
		None,
		Code::Upload(code),
		Contracts::named_input(Vec::new(), args),
		Contracts::fresh_salt(),
		capabilities.unwrap_or_default(),
		Mode::Execute,
	)
	.map_err(|error| error.dispatch::<Test>())?;
	outcome.dispatch_result()?;
	Ok((outcome.contract.clone().expect("a deployment names its contract"), outcome))
}

/// Calls `function` by Alice, for good, and reports.
pub(crate) fn invoke(dest: &AccountId, function: &str, args: &[&[u8]]) -> Outcome<Test> {
	invoke_with(dest, function, args, 0, GAS)
}

/// Calls `function` by Alice with value and gas limit, for good, and reports.
pub(crate) fn invoke_with(
	dest: &AccountId,
	function: &str,
	args: &[&[u8]],
	value: u64,
	gas_limit: Weight,
) -> Outcome<Test> {
	run(dest, function, args, value, gas_limit, Mode::Execute)
}

/// Calls `function` by Alice in a mode, and reports; whatever the mode, the state stays.
pub(crate) fn run(
	dest: &AccountId,
	function: &str,
	args: &[&[u8]],
	value: u64,
	gas_limit: Weight,
	mode: Mode,
) -> Outcome<Test> {
	let call = RootCall { value, gas_limit, mode, ..root_call(dest, function, args) };
	Contracts::run(RootCall { read_only: mode == Mode::Query, ..call })
}

/// A call of `function` by Alice, for good, without value and with all the gas there is.
pub(crate) fn root_call(dest: &AccountId, function: &str, args: &[&[u8]]) -> RootCall<Test> {
	let args = args.iter().map(|arg| arg.to_vec()).collect();
	RootCall {
		origin: Origin::Signed(ALICE),
		value: 0,
		gas_limit: GAS,
		deposit_limit: None,
		target: Target::Call {
			dest: dest.clone(),
			data: Contracts::named_input(function.as_bytes().to_vec(), args),
		},
		mode: Mode::Execute,
		read_only: false,
	}
}

/// Dry-runs a call of `function` by Alice, as a client does.
pub(crate) fn dry_run(dest: &AccountId, function: &str, args: &[&[u8]]) -> Report {
	let args = args.iter().map(|arg| arg.to_vec()).collect();
	Contracts::api_invoke(ALICE, dest.clone(), 0, None, None, function.as_bytes().to_vec(), args)
}

/// Queries `function` by Alice, as a client does.
pub(crate) fn query(dest: &AccountId, function: &str, args: &[&[u8]]) -> Report {
	let args = args.iter().map(|arg| arg.to_vec()).collect();
	Contracts::api_query(ALICE, dest.clone(), function.as_bytes().to_vec(), args, None)
}

/// The output of a call that succeeded.
#[track_caller]
pub(crate) fn output(outcome: &Outcome<Test>) -> Vec<u8> {
	match &outcome.result {
		Ok(output) if !output.did_revert() => output.data.clone(),
		_ => panic!("the call failed: {:?} {:?}", outcome.result, outcome.halt),
	}
}

/// The root of the state as it is.
pub(crate) fn state_root() -> Vec<u8> {
	sp_io::storage::root(sp_runtime::StateVersion::V1)
}

/// Runs a test on a chain, for short names.
pub(crate) fn chain<R>(test: impl FnOnce() -> R) -> R {
	on_chain(test)
}

/// A module of `abi` that imports every row of its table that is open to new code, each under its Rust
/// name, has four pages of memory, and `body`, in which `#1` stands for `(i32.const 1)`.
pub(crate) fn guest(abi: Abi, body: &str) -> Vec<u8> {
	fn name(ty: WasmType) -> &'static str {
		match ty {
			WasmType::I32 => " i32",
			WasmType::I64 => " i64",
		}
	}
	let imports: String = abi
		.functions()
		.iter()
		.filter(|spec| spec.status == Status::Stable)
		.map(|spec| {
			let params: String = spec.params.iter().map(|param| name(param.ty.wasm())).collect();
			let result = spec.result.map(|ty| format!("(result{})", name(ty))).unwrap_or_default();
			let (module, import, row) = (spec.module, spec.name, spec.rust_name);
			format!("(import \"{module}\" \"{import}\" (func ${row} (param{params}) {result}))\n")
		})
		.collect();
	let memory = match abi {
		Abi::Seal => r#"(import "env" "memory" (memory 4))"#,
		Abi::Baals | Abi::Aureon | Abi::Dytallix => r#"(memory (export "memory") 4)"#,
	};
	inline(&format!("(module {imports} {memory}\n{})", constants(body)))
}

/// `text` with `#1` written out as `(i32.const 1)`.
pub(crate) fn constants(text: &str) -> String {
	let mut parts = text.split('#');
	let mut out: String = parts.next().unwrap_or_default().into();
	for part in parts {
		let end =
			part.find(|c: char| !(c.is_ascii_alphanumeric() || c == '-')).unwrap_or(part.len());
		let (number, rest) = part.split_at(end);
		out.push_str(&format!("(i32.const {number}){rest}"));
	}
	out
}

/// A `baals` module: see [`guest`].
pub(crate) fn baals(body: &str) -> Vec<u8> {
	guest(Abi::Baals, body)
}

/// An `aureon` module: see [`guest`].
pub(crate) fn aureon(body: &str) -> Vec<u8> {
	guest(Abi::Aureon, body)
}

/// A `dytallix` module: see [`guest`].
pub(crate) fn dytallix(body: &str) -> Vec<u8> {
	guest(Abi::Dytallix, body)
}

/// An entry point of a `baals` module that runs `body` and outputs the `i32` it leaves.
pub(crate) fn entry(name: &str, body: &str) -> String {
	format!(
		r#"(func (export "{name}") (param i32 i32) (result i32)
			(local $n i32) (local $i i32)
			(i32.store #0 {body})
			#4)
		"#
	)
}

/// An entry point of a `baals` module that runs `body`, which leaves nothing, and outputs nothing.
pub(crate) fn quiet(name: &str, body: &str) -> String {
	format!(
		r#"(func (export "{name}") (param i32 i32) (result i32)
			(local $n i32) (local $i i32)
			{body}
			#0)
		"#
	)
}

/// A `baals` contract that calls others: `call(id, method, payload, value as 8 bytes)` outputs the code
/// of the sub-call and, behind it, its result.
pub(crate) fn proxy() -> Vec<u8> {
	baals(
		r#"(func (export "call") (param i32 i32) (result i32)
			(local $m i32) (local $ml i32) (local $p i32) (local $pl i32) (local $n i32) (local $got i32)
			(local.set $ml (i32.load #48))
			(local.set $m #56)
			(local.set $pl (i32.load (i32.add (local.get $m) (local.get $ml))))
			(local.set $p (i32.add (i32.add (local.get $m) (local.get $ml)) #8))
			(local.set $n (call $baals_call_contract
				#16 #32
				(local.get $m) (local.get $ml)
				(local.get $p) (local.get $pl)
				(i64.load (i32.add (i32.add (local.get $p) (local.get $pl)) #8))))
			(local.set $got (call $baals_read_call_result #4 #4096))
			(i32.store #0 (local.get $n))
			(if (result i32) (i32.gt_s (local.get $got) #0)
				(then (i32.add (local.get $got) #4))
				(else #4)))"#,
	)
}

/// Calls `method` of `dest` through the contract `proxy`, and returns the code and the result.
#[track_caller]
pub(crate) fn through(
	proxy: &AccountId,
	dest: &AccountId,
	method: &str,
	payload: &[u8],
	value: i64,
) -> (i32, Vec<u8>) {
	let args: [&[u8]; 4] = [dest.as_ref(), method.as_bytes(), payload, &value.to_le_bytes()];
	split(&output(&invoke(proxy, "call", &args)))
}

/// Contracts in a row, each of which calls the next: `go` outputs how many are below and itself, or,
/// where the next one failed, a thousand more than itself. Every one has `parts` in its module and does
/// `first` before it calls.
pub(crate) fn row(length: usize, parts: &str, first: &str) -> Vec<AccountId> {
	let go = r#"(data (i32.const 4096) "next") (data (i32.const 4104) "go")
		(func (export "link") (param i32 i32) (result i32)
			(call $baals_storage_write #4096 #4 #16 (i32.load #8)) #0)
		(func (export "go") (param i32 i32) (result i32)
			FIRST
			(i32.store #0 #0)
			(if (i32.eq (call $baals_storage_read #4096 #4 #4200 #32) #32)
				(then
					(if (i32.eq (call $baals_call_contract #4200 #32 #4104 #2 #0 #0 (i64.const 0)) #4)
						(then (drop (call $baals_read_call_result #0 #4)))
						(else (i32.store #0 #1000)))))
			(i32.store #0 (i32.add (i32.load #0) #1))
			#4)"#;
	let code = baals(&format!("{parts}{}", go.replace("FIRST", first)));
	let row: Vec<AccountId> = (0..length).map(|_| deploy(code.clone(), &[])).collect();
	for (contract, next) in row.iter().zip(&row[1..]) {
		invoke(contract, "link", &[next.as_ref()]).result.unwrap();
	}
	row
}

/// A code of four bytes, and what is behind it.
#[track_caller]
pub(crate) fn split(output: &[u8]) -> (i32, Vec<u8>) {
	let (code, rest) = output.split_at(4);
	(i32::from_le_bytes(code.try_into().unwrap()), rest.to_vec())
}

/// The output of a call that succeeded, as the number it is.
#[track_caller]
pub(crate) fn number(outcome: &Outcome<Test>) -> i32 {
	i32::from_le_bytes(output(outcome).try_into().expect("the output has four bytes"))
}

/// The error of a call that failed.
#[track_caller]
pub(crate) fn error(outcome: &Outcome<Test>) -> DispatchError {
	outcome.dispatch_result().expect_err("the call fails")
}

/// Checks that a call failed with `expected`.
#[track_caller]
pub(crate) fn assert_fails(outcome: &Outcome<Test>, expected: Error<Test>) {
	assert_eq!(
		outcome.dispatch_result(),
		Err(expected.into()),
		"{:?} {:?}",
		outcome.result,
		outcome.halt
	);
}

/// Checks that `test` leaves the whole state as it was: storage, money, events and number of events.
#[track_caller]
pub(crate) fn unchanged<R>(test: impl FnOnce() -> R) -> R {
	let (before, issuance) = (state_root(), Balances::total_issuance());
	let result = test();
	assert_eq!(Balances::total_issuance(), issuance, "money was made or lost");
	assert_eq!(state_root(), before, "the state changed");
	result
}

/// As [`unchanged`], but for events: a query tells what its contracts emitted, and only the client that
/// asked undoes it.
#[track_caller]
pub(crate) fn unchanged_but_events<R>(test: impl FnOnce() -> R) -> R {
	let root = || {
		undone(|| {
			System::reset_events();
			state_root()
		})
	};
	let before = root();
	let result = test();
	assert_eq!(root(), before, "the state changed");
	result
}

/// Runs `test` and undoes it.
pub(crate) fn undone<R>(test: impl FnOnce() -> R) -> R {
	with_transaction(|| TransactionOutcome::Rollback(Ok::<_, DispatchError>(test())))
		.expect("the nesting of transactions is within its limit")
}

/// A gas limit of `fuel` units of fuel less than `limit`.
pub(crate) fn less_fuel(limit: Weight, fuel: u64) -> Weight {
	limit.checked_sub(&Weight::from_parts(fuel * REF_TIME_PER_FUEL, 0)).expect("there is so much")
}

/// Checks that what a run of `function` consumes is exactly what it needs: with that as the limit it
/// comes to the same; with one unit of fuel, a picosecond or a byte of proof less it is out of gas and
/// pays the whole limit. The state stays as it was.
#[track_caller]
pub(crate) fn assert_gas_exact(dest: &AccountId, function: &str, args: &[&[u8]], value: u64) {
	let run = |limit| undone(|| invoke_with(dest, function, args, value, limit));
	let first = run(GAS);
	let needed = first.gas_consumed;
	let again = run(needed);
	assert_eq!(output(&again), output(&first), "{function}: the same output");
	assert_eq!(again.gas_consumed, needed, "{function}: the same gas");
	assert_eq!(again.abi_gas, first.abi_gas, "{function}: the same gas of the ABI");
	let picosecond = Weight::from_parts(1, 0);
	let proof_byte = Weight::from_parts(0, 1);
	for limit in [less_fuel(needed, 1), needed - picosecond, needed - proof_byte] {
		let less = unchanged(|| invoke_with(dest, function, args, value, limit));
		assert_fails(&less, Error::OutOfGas);
		assert_eq!(less.gas_consumed, whole(limit), "{function}: the whole limit is paid");
	}
}

/// A limit rounded down to whole fuel: what a call that is out of gas pays.
pub(crate) fn whole(limit: Weight) -> Weight {
	let fuel = limit.ref_time() / REF_TIME_PER_FUEL;
	Weight::from_parts(fuel * REF_TIME_PER_FUEL, limit.proof_size())
}

/// Every capability but `withheld`.
pub(crate) fn without(withheld: Capability) -> CapabilitySet {
	CapabilitySet::of(Capability::ALL.into_iter().filter(|capability| *capability != withheld))
}

/// Events of this pallet so far, in order.
pub(crate) fn events() -> Vec<Event<Test>> {
	System::events()
		.into_iter()
		.filter_map(|record| match record.event {
			RuntimeEvent::Contracts(event) => Some(event),
			_ => None,
		})
		.collect()
}

/// Topic and data of the events that `contract` emitted so far, as `baals` and `dytallix` emit them.
pub(crate) fn emitted(contract: &AccountId) -> Vec<(Vec<u8>, Vec<u8>)> {
	use codec::Decode;
	events()
		.into_iter()
		.filter_map(|event| match event {
			Event::ContractEmitted { contract: by, data } if by == *contract => {
				Some(Decode::decode(&mut &data[..]).expect("a topic and data"))
			},
			_ => None,
		})
		.collect()
}

/// The free balance of `account`.
pub(crate) fn free(account: &AccountId) -> u64 {
	Balances::free_balance(account)
}

/// The entry of `contract` at `key`, as a client reads it.
pub(crate) fn stored(contract: &AccountId, key: &[u8]) -> Option<Vec<u8>> {
	Contracts::api_get_storage(contract.clone(), key.to_vec()).expect("there is such a contract")
}
