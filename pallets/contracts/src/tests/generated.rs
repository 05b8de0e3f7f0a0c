//! Every row of the tables of [`NAMED_METHODS`] against every fault that its columns make possible: bad
//! pointers, lengths that lie, too little gas, read-only frames, withheld capabilities.
//!
//! Guests and expectations derive from the tables, so a new row is tested as it is added; one with a
//! parameter that this file does not know fails here until somebody says what a valid value is.
//! [`seal`] is the same for `seal`, whose calls name no method.

mod seal;

use super::builder::*;
use crate::{
	exec::{Halt, Mode, Outcome, Trap},
	mock::{AccountId, Test},
	types::CapabilitySet,
	Error,
};
use caisson_contracts_abi::{
	spec::ParamSpec, types::WasmType, Abi, Capability, Effect, FunctionSpec, OnReadOnly, ParamType,
};
use sp_runtime::Weight;
use std::{format, string::String, vec::Vec};

/// The end of memory: four pages.
const END: i64 = 4 * 65_536;

/// Length of the value that `setup` writes, of the arguments beyond it, and of a callee's result.
const VALUE_BYTES: u32 = 8;

fn rows() -> impl Iterator<Item = &'static FunctionSpec> {
	NAMED_METHODS.into_iter().flat_map(|abi| abi.functions())
}

fn title(spec: &FunctionSpec) -> String {
	format!("{}.{}", spec.id.abi.name(), spec.rust_name)
}

/// A value with which the row does what it is for.
fn valid(spec: &FunctionSpec, param: &ParamSpec) -> i64 {
	match (param.ty, param.name) {
		// The first argument of the call is a contract.
		(ParamType::Ptr, "id_ptr") => 16,
		(ParamType::Ptr, "key_ptr") => 4_096,
		(
			ParamType::Ptr,
			"value_ptr" | "val_ptr" | "ptr" | "data_ptr" | "out_ptr" | "pk_ptr" | "msg_ptr"
			| "sig_ptr" | "method_ptr" | "payload_ptr" | "topic_ptr" | "addr_ptr" | "from_ptr"
			| "to_ptr",
		) => 8_192,
		(ParamType::Len, "id_len" | "pk_len" | "addr_len" | "from_len" | "to_len") => 32,
		(ParamType::Len, "sig_len") => 64,
		(ParamType::Len, "key_len") => 4,
		(
			ParamType::Len,
			"value_cap" | "value_len" | "val_len" | "max_len" | "cap" | "len" | "data_len"
			| "msg_len" | "method_len" | "payload_len" | "topic_len",
		) => VALUE_BYTES.into(),
		(ParamType::I32, "index") | (ParamType::I64, "value") => 0,
		// More than the rest of a call costs, so that a limit can be met that has all but this.
		(ParamType::I32 | ParamType::I64, "amount") => 1_000_000,
		_ => panic!("{}: what is a valid value of {:?}?", title(spec), param.name),
	}
}

/// Whether a length is that of a buffer, of which only so much is used as there is to copy.
fn is_capacity(spec: &FunctionSpec, param: &ParamSpec) -> bool {
	matches!(
		(spec.name, param.name),
		(_, "value_cap" | "cap" | "max_len") | ("storage_get", "val_len")
	)
}

fn valid_args(spec: &FunctionSpec) -> Vec<i64> {
	spec.params.iter().map(|param| valid(spec, param)).collect()
}

/// A module whose function `go` calls the row with `args` and outputs its result, and whose function
/// `setup` writes an entry at the key that rows are given.
fn module(spec: &FunctionSpec, args: &[i64]) -> Vec<u8> {
	let operands: String = spec
		.params
		.iter()
		.zip(args)
		.map(|(param, arg)| match param.ty.wasm() {
			WasmType::I32 => format!("(i32.const {})", *arg as u32),
			WasmType::I64 => format!("(i64.const {arg})"),
		})
		.collect();
	let call = format!("(call ${} {operands})", spec.rust_name);
	let (ty, bytes) = match spec.result {
		Some(WasmType::I32) => ("i32", 4),
		Some(WasmType::I64) => ("i64", 8),
		None => ("none", 0),
	};
	let body = match spec.id.abi {
		Abi::Seal => unreachable!("its rows have tests of their own"),
		Abi::Baals => {
			let first = match spec.name {
				"baals_read_call_result" => {
					"(drop (call $baals_call_contract #16 #32 #0 #0 #0 #0 (i64.const 0)))"
				},
				_ => "",
			};
			let store = match bytes {
				0 => call,
				_ => format!("({ty}.store #0 {call})"),
			};
			format!(
				"(func (export \"go\") (param i32 i32) (result i32) {first} {store} #{bytes})
				(func (export \"setup\") (param i32 i32) (result i32)
					(call $baals_storage_write #4096 #4 #8192 #{VALUE_BYTES}) #0)"
			)
		},
		Abi::Aureon => {
			let result = if bytes == 0 { String::new() } else { format!("(result {ty})") };
			format!(
				"(func (export \"go\") {result} {call})
				(func (export \"setup\") (result i32)
					(call $storage_write #4096 #4 #8192 #{VALUE_BYTES}))"
			)
		},
		Abi::Dytallix => {
			let store = match bytes {
				0 => call,
				_ => format!("({ty}.store #2004 {call})"),
			};
			format!(
				"(func (export \"contract_go\") (param i32 i32) (result i32)
					(i32.store #2000 #{bytes}) {store} #2000)
				(func (export \"contract_setup\") (param i32 i32) (result i32)
					(call $storage_set #4096 #4 #8192 #{VALUE_BYTES}))"
			)
		},
	};
	guest(spec.id.abi, &body)
}

/// A row in a contract, with all that it needs to succeed.
struct Case {
	spec: &'static FunctionSpec,
	contract: AccountId,
	callee: AccountId,
}

impl Case {
	fn new(spec: &'static FunctionSpec, args: &[i64], capabilities: CapabilitySet) -> Self {
		let callee = deploy(baals("(func (export \"main\") (param i32 i32) (result i32) #8)"), &[]);
		let (contract, _) =
			deploy_report(module(spec, args), &[], 1_000, Some(capabilities)).unwrap();
		if capabilities.contains(Capability::StorageWrite) {
			invoke(&contract, "setup", &[]).result.unwrap();
		}
		Self { spec, contract, callee }
	}

	fn run(&self, limit: Weight, mode: Mode) -> Outcome<Test> {
		let callee: &[u8] = self.callee.as_ref();
		let args: &[&[u8]] = match self.spec.id.abi {
			Abi::Baals => &[callee],
			_ => &[],
		};
		run(&self.contract, "go", args, 0, limit, mode)
	}

	/// Runs the row, which must fail by trap or by code, and change nothing.
	#[track_caller]
	fn fails(&self, mode: Mode, what: &str) -> Failure {
		let before = events().len();
		let outcome = unchanged_but_events(|| self.run(GAS, mode));
		let seen = events().split_off(before);
		let silent = seen.iter().all(|event| matches!(event, crate::Event::Called { .. }));
		assert!(silent, "{what}: {seen:?}");
		match (&outcome.halt, code(self.spec, &outcome)) {
			(Some(Halt::Trap(trap)), _) => Failure::Trap(trap.clone()),
			(None, Some(code)) => Failure::Code(code),
			(halt, code) => panic!("{what}: {:?} {halt:?} {code:?}", outcome.result),
		}
	}
}

#[derive(Debug, PartialEq)]
enum Failure {
	Trap(Trap),
	Code(i64),
}

/// The row's result, where it returned one.
fn code(spec: &FunctionSpec, outcome: &Outcome<Test>) -> Option<i64> {
	let data = &outcome.result.as_ref().ok()?.data;
	Some(match spec.result? {
		WasmType::I32 => i32::from_le_bytes(data[..].try_into().unwrap()).into(),
		WasmType::I64 => i64::from_le_bytes(data[..].try_into().unwrap()),
	})
}

/// Checks that a failure is one that the row's ABI knows: a trap about memory or lengths, or a code that
/// is not a result.
#[track_caller]
fn assert_fault(spec: &FunctionSpec, failure: &Failure, what: &str) {
	let known = match failure {
		Failure::Trap(
			Trap::PointerOutOfBounds { .. } | Trap::LimitExceeded { .. } | Trap::NotAnAddress,
		) => true,
		Failure::Trap(_) => false,
		Failure::Code(code) => match spec.id.abi {
			Abi::Baals => *code == -1,
			// 1 is over a limit; reading answers -1, as to a key that was never written.
			Abi::Aureon => *code == if spec.effect == Effect::Mutate { 1 } else { -1 },
			Abi::Dytallix => (-6..0).contains(code),
			Abi::Seal => false,
		},
	};
	assert!(known, "{what}: {failure:?}");
}

#[test]
fn every_row_succeeds_with_valid_arguments() {
	chain(|| {
		for spec in rows() {
			let case = Case::new(spec, &valid_args(spec), CapabilitySet::all());
			let outcome = case.run(GAS, Mode::Execute);
			match spec.name {
				"baals_revert" => assert_eq!(outcome.halt, Some(Halt::Revert(vec![0; 8]))),
				// Nobody's signature and somebody else's money.
				"baals_verify_signature" => assert_eq!(code(spec, &outcome), Some(1)),
				"transfer" => assert_eq!(code(spec, &outcome), Some(2)),
				_ => {
					assert!(outcome.result.is_ok(), "{}: {:?}", title(spec), outcome.halt);
					assert!(code(spec, &outcome).is_none_or(|code| code >= 0), "{}", title(spec));
				},
			}
		}
	});
}

#[test]
fn every_pointer_past_memory_fails_its_row() {
	chain(|| {
		for spec in rows() {
			for (at, param) in spec.params.iter().enumerate() {
				if param.ty != ParamType::Ptr {
					continue;
				}
				for bad in [END - 3, END, END + 1, 0x7fff_ffff, 0x8000_0000, 0xffff_ffff] {
					let what = format!("{}, {} = {bad}", title(spec), param.name);
					let mut args = valid_args(spec);
					args[at] = bad;
					undone(|| {
						let case = Case::new(spec, &args, CapabilitySet::all());
						assert_fault(spec, &case.fails(Mode::Execute, &what), &what);
					});
				}
			}
		}
	});
}

#[test]
fn every_length_that_memory_does_not_hold_fails_its_row_or_is_a_capacity() {
	chain(|| {
		for spec in rows() {
			for (at, param) in spec.params.iter().enumerate() {
				if param.ty != ParamType::Len {
					continue;
				}
				for bad in [END + 1, 1 << 20, 0x7fff_ffff, 0x8000_0000, 0xffff_ffff] {
					let what = format!("{}, {} = {bad}", title(spec), param.name);
					let mut args = valid_args(spec);
					args[at] = bad;
					undone(|| {
						let case = Case::new(spec, &args, CapabilitySet::all());
						if !is_capacity(spec, param) {
							return assert_fault(spec, &case.fails(Mode::Execute, &what), &what);
						}
						let copied = code(spec, &case.run(GAS, Mode::Execute));
						// All of the arguments, encoded, where it is those that are copied.
						let all =
							if spec.name == "baals_get_input_data" { 48 } else { VALUE_BYTES };
						assert_eq!(copied, Some(all.into()), "{what}");
					});
				}
			}
		}
	});
}

/// What a row of `dytallix` returns if its own charge cannot be paid.
fn out_of_gas_code(spec: &FunctionSpec) -> Option<i64> {
	use caisson_contracts_abi::Charge;
	match (spec.id.abi, spec.charge, spec.name) {
		(Abi::Dytallix, Charge::Body, "consume_gas" | "storage_get") => Some(-1),
		(Abi::Dytallix, Charge::Body, "storage_set" | "emit_event") => Some(-2),
		(Abi::Dytallix, Charge::Body, name) => panic!("{name}: what does it return out of gas?"),
		_ => None,
	}
}

#[test]
fn every_row_with_less_gas_than_it_needs_is_out_of_gas_or_says_so() {
	chain(|| {
		for spec in rows() {
			let case = Case::new(spec, &valid_args(spec), CapabilitySet::all());
			let first = undone(|| case.run(GAS, Mode::Execute));
			let needed = first.gas_consumed;
			let again = undone(|| case.run(needed, Mode::Execute));
			assert_eq!(again.halt, first.halt, "{}", title(spec));
			assert_eq!(again.result, first.result, "{}", title(spec));
			// All over the run, and one unit of fuel after the other at its end.
			let coarse = (0..200).map(|part| {
				Weight::from_parts(needed.ref_time() / 200 * part, needed.proof_size())
			});
			let fine = (1..100).map(|fuel| less_fuel(needed, fuel));
			let proof = (1..needed.proof_size())
				.step_by(500)
				.map(|less| needed - Weight::from_parts(0, less));
			let mut said = 0;
			let mut short = |limit: Weight| {
				let outcome = case.run(limit, Mode::Execute);
				if outcome.halt == Some(Halt::OutOfGas) {
					assert_eq!(outcome.gas_consumed, whole(limit), "{}", title(spec));
					return;
				}
				let code = code(spec, &outcome);
				assert!(code.is_some(), "{} {limit:?}: {:?}", title(spec), outcome.halt);
				assert_eq!(code, out_of_gas_code(spec), "{} {limit:?}", title(spec));
				said += 1;
			};
			// What was done on the way to the end of the gas, or behind a code that says so, is nothing.
			unchanged_but_events(|| coarse.chain(fine).chain(proof).for_each(&mut short));
			assert_eq!(said > 0, out_of_gas_code(spec).is_some(), "{}: {said}", title(spec));
		}
	});
}

#[test]
fn every_mutating_row_is_refused_in_a_read_only_frame_and_every_other_is_not() {
	chain(|| {
		for spec in rows() {
			let case = Case::new(spec, &valid_args(spec), CapabilitySet::all());
			let what = title(spec);
			let denied = Failure::Trap(Trap::StateChangeDenied(spec.name));
			match (spec.effect, spec.on_read_only, spec.result) {
				(Effect::Mutate, OnReadOnly::Code(code), Some(_)) => {
					assert_eq!(case.fails(Mode::Query, &what), Failure::Code(code.into()), "{what}")
				},
				(Effect::Mutate, OnReadOnly::Code(_), None)
				| (Effect::Mutate, OnReadOnly::Trap, _) => {
					assert_eq!(case.fails(Mode::Query, &what), denied, "{what}")
				},
				(Effect::Mutate, OnReadOnly::Allowed, _) => panic!("{what} changes state unasked"),
				(Effect::Read, refusal, _) => {
					assert_eq!(refusal, OnReadOnly::Allowed, "{what}");
					let query = unchanged_but_events(|| case.run(GAS, Mode::Query));
					let call = unchanged_but_events(|| case.run(GAS, Mode::Execute));
					assert_eq!(query.result, call.result, "{what}");
				},
			}
		}
	});
}

#[test]
fn every_row_with_a_capability_fails_without_it_and_works_with_it_alone() {
	chain(|| {
		for spec in rows() {
			let what = title(spec);
			let Some(needed) = spec.capability else {
				let case = Case::new(spec, &valid_args(spec), CapabilitySet::of([]));
				let outcome = case.run(GAS, Mode::Execute);
				assert!(outcome.result.is_ok(), "{what}: {:?}", outcome.halt);
				continue;
			};
			let case = Case::new(spec, &valid_args(spec), without(needed));
			let failure = case.fails(Mode::Execute, &what);
			assert_eq!(failure, Failure::Trap(Trap::CapabilityDenied(needed)), "{what}");
			let failed = case.run(GAS, Mode::Execute);
			assert_fails(&failed, Error::CapabilityDenied);
			let case = Case::new(spec, &valid_args(spec), CapabilitySet::of([needed]));
			let outcome = case.run(GAS, Mode::Execute);
			assert!(!matches!(outcome.halt, Some(Halt::Trap(_))), "{what}: {:?}", outcome.halt);
		}
	});
}
