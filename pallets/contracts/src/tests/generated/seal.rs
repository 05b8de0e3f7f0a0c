//! Every row of `seal` against every fault that its columns make possible. What a row does with each of
//! its pointers derives from the table in [`guest::role`], and so does the outcome, to the trap's figures.

mod guest;

use self::guest::{is_optional, role, row, Case, Returned, Role, BYTES, END};
use crate::{
	exec::{Halt, Outcome, Trap},
	limits,
	meter::{cost, fuel::for_ref_time},
	mock::{Echo, Test},
	tests::builder::*,
	types::CapabilitySet,
	Config, Error, Event,
};
use caisson_contracts_abi::{Abi, Capability, Effect, FunctionSpec, OnReadOnly, ParamType};
use sp_runtime::Weight;
use std::{format, string::String, vec::Vec};

fn rows() -> impl Iterator<Item = &'static FunctionSpec> {
	Abi::Seal.functions().iter()
}

/// A case for each row, undone behind it, but for its invariants.
fn each_row(test: impl Fn(Case, String)) {
	chain(|| {
		for spec in rows() {
			undone(|| {
				test(Case::new(spec, spec.name), spec.rust_name.into());
				assert_invariants(spec.rust_name);
			});
		}
	});
}

#[track_caller]
fn assert_invariants(what: &str) {
	crate::invariants::state::<Test>().unwrap_or_else(|error| panic!("{what}: {error:?}"));
}

/// Runs the row, which must end in this trap and change nothing, and returns what it consumed.
#[track_caller]
fn traps(case: &Case, input: Vec<u8>, read_only: bool, trap: Trap, what: &str) -> Weight {
	let outcome = unchanged(|| case.run(input, GAS, read_only));
	assert_eq!(outcome.halt, Some(Halt::Trap(trap.clone())), "{what}");
	let error = match trap {
		Trap::PointerOutOfBounds { .. } => Error::OutOfBounds,
		Trap::LimitExceeded { .. } => Error::LimitExceeded,
		Trap::ValueTooLarge { .. } => Error::ValueTooLarge,
		Trap::SubjectTooLong { .. } => Error::RandomSubjectTooLong,
		Trap::OutputBufferTooSmall { .. } => Error::OutputBufferTooSmall,
		Trap::StateChangeDenied(_) => Error::StateChangeDenied,
		Trap::CapabilityDenied(_) => Error::CapabilityDenied,
		_ => panic!("{what}: what is the error of {trap:?}?"),
	};
	assert_fails(&outcome, error);
	assert!(outcome.gas_consumed.all_lt(GAS), "{what}");
	outcome.gas_consumed
}

/// What the row returns to the guest if all is well.
fn success(spec: &FunctionSpec) -> i64 {
	match spec.rust_name {
		// The length of what is there.
		"set_storage_v1"
		| "set_storage_v2"
		| "clear_storage_v1"
		| "contains_storage_v0"
		| "contains_storage_v1"
		| "set_transient_storage"
		| "clear_transient_storage"
		| "contains_transient_storage" => BYTES.into(),
		"is_contract" | "caller_is_origin" => 1,
		"call_chain_extension" => Echo::CODE.into(),
		"instantiation_nonce" => crate::Nonce::<Test>::get().cast_signed(),
		_ => 0,
	}
}

/// Whether the row has an output of which the guest tells the size of the buffer.
fn has_buffer(spec: &FunctionSpec) -> bool {
	(0..spec.params.len())
		.any(|at| spec.params[at].ty == ParamType::Ptr && role(spec, at) == Role::Capacity)
}

#[test]
fn every_import_succeeds_with_valid_arguments_and_changes_what_its_effect_says() {
	let imports: usize = rows().map(|spec| spec.names().count()).sum();
	assert_eq!((rows().count(), imports), (70, 120));
	chain(|| {
		for (spec, name) in rows().flat_map(|spec| spec.names().map(move |name| (spec, name))) {
			undone(|| {
				let what = format!("{} as {name}", spec.rust_name);
				let case = Case::new(spec, name);
				let run = || {
					let outcome = case.run(case.valid(), GAS, false);
					assert!(
						outcome.result.is_ok(),
						"{what}: {:?} {:?}",
						outcome.result,
						outcome.halt
					);
					if let Some(returned) = case.returned(&outcome) {
						assert_eq!(returned.result, success(spec), "{what}");
						let written = returned.output_len != u32::MAX;
						assert_eq!(written, has_buffer(spec), "{what}: {returned:?}");
					}
				};
				let before = events().len();
				let changed = changes_state(run);
				let own = |event: &Event<Test>| matches!(event, Event::ContractEmitted { contract, .. } if *contract == case.contract);
				let emitted = events().split_off(before).iter().any(own);
				// An event is a change that is no state, the other chain is not this one, and what is transient
				// is gone by now.
				let elsewhere = spec.subject == "transient"
					|| matches!(spec.rust_name, "deposit_event" | "xcm_execute" | "xcm_send");
				assert_eq!(changed, spec.effect == Effect::Mutate && !elsewhere, "{what}");
				assert_eq!(emitted, spec.rust_name == "deposit_event", "{what}");
				assert_invariants(&what);
			});
		}
	});
}

/// Whether `run` changes the state, events aside.
fn changes_state(run: impl FnOnce()) -> bool {
	let root = || {
		undone(|| {
			crate::mock::System::reset_events();
			state_root()
		})
	};
	let before = root();
	run();
	root() != before
}

/// How many bytes the row reads or writes at its pointer `at`: nothing, if it looks nowhere.
fn need(case: &Case, at: usize, valid: Option<Returned>) -> Option<u32> {
	Some(match role(case.spec, at) {
		Role::Value(len) => len,
		Role::Bytes(len) => case.arg(len),
		Role::Output(None) => match case.spec.rust_name {
			"hash_blake2_128" => 16,
			"ecdsa_recover" => 33,
			"ecdsa_to_eth_address" => 20,
			_ => 32,
		},
		Role::Output(Some(_)) => {
			let valid = valid?;
			if case.spec.params[at].name == "address_ptr" {
				valid.address_len
			} else {
				valid.output_len
			}
		},
		Role::Capacity => 4,
		Role::Rest => 0,
		Role::Unused => return None,
	})
}

/// Pointers, of those that name `need` bytes, at which not all of them are in memory.
fn bad_pointers(need: u32) -> Vec<u32> {
	let wraps = 0u32.wrapping_sub(need);
	[END - need + 1, END + 1, 0x7fff_ffff, 0x8000_0000, wraps, u32::MAX]
		.into_iter()
		.filter(|ptr| u64::from(*ptr) + u64::from(need) > END.into())
		.collect()
}

#[test]
fn every_pointer_that_leads_out_of_memory_traps_with_its_bounds() {
	each_row(|case, what| {
		let valid = case.returned(&undone(|| case.run(case.valid(), GAS, false)));
		for (at, param) in case.spec.params.iter().enumerate() {
			if param.ty != ParamType::Ptr {
				continue;
			}
			let what = format!("{what}, {}", param.name);
			let same = |input| {
				let outcome = undone(|| case.run(input, GAS, false));
				let returned = case.returned(&outcome);
				assert_eq!(returned.map(|it| it.result), valid.map(|it| it.result), "{what}");
			};
			let Some(need) = need(&case, at, valid) else {
				bad_pointers(1).into_iter().for_each(|ptr| same(case.with_arg(at, ptr)));
				continue;
			};
			for ptr in bad_pointers(need) {
				let input = case.with_arg(at, ptr);
				if ptr == u32::MAX && is_optional(case.spec, param) {
					same(input);
				} else {
					let trap = Trap::PointerOutOfBounds { ptr, len: need };
					traps(&case, input, false, trap, &format!("{what} = {ptr}"));
				}
			}
			// To the last byte it is in memory.
			if matches!(role(case.spec, at), Role::Output(_)) {
				same(case.with_arg(at, END - need));
			}
		}
	});
}

/// The trap of a length over its limit.
type Over = fn(u32, u32) -> Trap;

/// The limit of the bytes that the parameter of this name counts.
fn limit(spec: &FunctionSpec, name: &str) -> Option<(Over, u32)> {
	match (spec.subject, name) {
		(_, "key_len") => Some((
			|len, limit| Trap::LimitExceeded { what: "key", len, limit },
			limits::SEAL.key_bytes,
		)),
		("storage" | "transient", "value_len") => {
			Some((|len, limit| Trap::ValueTooLarge { len, limit }, limits::SEAL.value_bytes))
		},
		("event", "data_len") => {
			Some((|len, limit| Trap::ValueTooLarge { len, limit }, limits::SEAL.event_bytes))
		},
		("legacy", "subject_len") => Some((|len, limit| Trap::SubjectTooLong { len, limit }, 32)),
		_ => None,
	}
}

#[test]
fn every_length_that_memory_does_not_hold_traps_before_anything_is_paid_for_it() {
	each_row(|case, what| {
		let params = case.spec.params;
		let read = |len: usize| {
			(0..params.len()).find(|at| {
				params[*at].ty == ParamType::Ptr && role(case.spec, *at) == Role::Bytes(len)
			})
		};
		let valid = undone(|| case.run(case.valid(), GAS, false));
		for (at, param) in params.iter().enumerate().filter(|(_, param)| param.ty == ParamType::Len)
		{
			let what = format!("{what}, {}", param.name);
			let Some(pointer) = read(at) else {
				// Of a value of fixed size, or of what nobody reads.
				for len in [0, 1, END, u32::MAX] {
					let outcome = undone(|| case.run(case.with_arg(at, len), GAS, false));
					assert_eq!(outcome.result, valid.result, "{what} = {len}");
				}
				continue;
			};
			let ptr = case.arg(pointer);
			let bounds = [END - ptr + 1, 0x7fff_ffff, 0x8000_0000, u32::MAX - ptr, u32::MAX];
			let limit = limit(case.spec, param.name);
			let over = limit.map(|(_, limit)| limit + 1);
			let mut consumed = Vec::new();
			for len in over.into_iter().chain(bounds) {
				let trap = match limit {
					Some((trap, limit)) => trap(len, limit),
					None => Trap::PointerOutOfBounds { ptr, len },
				};
				let what = format!("{what} = {len}");
				consumed.push(traps(&case, case.with_arg(at, len), false, trap, &what));
			}
			consumed.dedup();
			assert_eq!(consumed.len(), 1, "{what}: a length that is refused was paid for");
		}
	});
}

#[test]
fn every_buffer_that_is_too_small_for_its_output_traps_and_one_that_just_holds_it_does_not() {
	each_row(|case, what| {
		let valid = undone(|| case.run(case.valid(), GAS, false));
		let Some(returned) = case.returned(&valid) else { return };
		for (at, param) in case.spec.params.iter().enumerate() {
			if param.ty != ParamType::Ptr {
				continue;
			}
			let Role::Output(Some(cap)) = role(case.spec, at) else { continue };
			let what = format!("{what}, {}", param.name);
			let len = need(&case, at, Some(returned)).unwrap();
			assert!(len > 0, "{what} has no output to be cut off");
			for limit in [0, 1, len - 1] {
				let trap = Trap::OutputBufferTooSmall { len, limit };
				traps(&case, case.with_cap(cap, limit), false, trap, &format!("{what}, {limit}"));
				// Who wants no output needs no buffer.
				if is_optional(case.spec, param) {
					let mut input = case.with_arg(at, u32::MAX);
					input[cap as usize..][..4].copy_from_slice(&limit.to_le_bytes());
					let outcome = undone(|| case.run(input, GAS, false));
					let unwanted = case.returned(&outcome).unwrap();
					assert_eq!(unwanted.result, returned.result, "{what}");
				}
			}
			let outcome = undone(|| case.run(case.with_cap(cap, len), GAS, false));
			let exact = case.returned(&outcome).unwrap();
			assert_eq!(exact.result, returned.result, "{what}");
			assert_eq!(need(&case, at, Some(exact)), Some(len), "{what}");
		}
	});
}

/// The fuel that a row costs before it looks at anything.
fn base_fuel(spec: &FunctionSpec) -> u64 {
	for_ref_time(cost::host::<<Test as Config>::WeightInfo>(spec.cost, 0).ref_time())
}

/// Runs the row with less and less gas than it consumed when it ended so, which must be out of gas.
#[track_caller]
fn runs_out(case: &Case, input: &[u8], first: &Outcome<Test>, fuel: u64, what: &str) {
	let needed = first.gas_consumed;
	let again = undone(|| case.run(input.to_vec(), needed, false));
	assert_eq!(again.gas_consumed, needed, "{what}");
	// But for the row whose output is as long as the gas that is left, encoded.
	if case.spec.rust_name != "gas_left_v1" {
		assert_eq!((&again.halt, &again.result), (&first.halt, &first.result), "{what}");
	}
	let last = [1, 2, fuel / 2, fuel - 1, fuel].into_iter().filter(|less| *less > 0);
	let proof = Weight::from_parts(0, 1);
	fails_for_gas(
		case,
		input,
		last.map(|less| less_fuel(needed, less)).chain([needed - proof]),
		what,
	);
}

/// Runs the row with each of these limits, all of which must be too little, and nothing may change.
#[track_caller]
fn fails_for_gas(case: &Case, input: &[u8], limits: impl Iterator<Item = Weight>, what: &str) {
	unchanged(|| {
		for limit in limits {
			let less = case.run(input.to_vec(), limit, false);
			assert_eq!(less.halt, Some(Halt::OutOfGas), "{what}, {limit:?}");
			assert_fails(&less, Error::OutOfGas);
			assert_eq!(less.gas_consumed, whole(limit), "{what}");
		}
	});
}

#[test]
fn every_row_is_paid_before_it_looks_at_its_arguments() {
	each_row(|case, what| {
		for (at, param) in case.spec.params.iter().enumerate() {
			if param.ty != ParamType::Ptr || role(case.spec, at) == Role::Unused {
				continue;
			}
			// The trap is the last that happens: what it took is all before it and the row's own price, so
			// with less there is no trap, but no gas.
			let what = format!("{what}, {}", param.name);
			let input = case.with_arg(at, END + 1);
			let trapped = undone(|| case.run(input.clone(), GAS, false));
			let is_of_bounds =
				matches!(trapped.halt, Some(Halt::Trap(Trap::PointerOutOfBounds { .. })));
			assert!(is_of_bounds, "{what}: {:?}", trapped.halt);
			runs_out(&case, &input, &trapped, base_fuel(case.spec), &what);
		}
	});
}

#[test]
fn every_row_with_less_gas_than_it_needs_is_out_of_gas() {
	each_row(|case, what| {
		let input = case.valid();
		let first = undone(|| case.run(input.clone(), GAS, false));
		runs_out(&case, &input, &first, base_fuel(case.spec), &what);
		let needed = first.gas_consumed;
		let parts = (0..20)
			.map(|part| Weight::from_parts(needed.ref_time() / 20 * part, needed.proof_size()));
		fails_for_gas(&case, &input, parts, &what);
	});
}

#[test]
fn every_mutating_row_traps_in_a_read_only_frame_and_every_other_does_what_it_does() {
	each_row(|case, what| {
		let spec = case.spec;
		match spec.effect {
			Effect::Mutate => {
				assert_eq!(spec.on_read_only, OnReadOnly::Trap, "{what}");
				let denied = Trap::StateChangeDenied(spec.name);
				traps(&case, case.without_first(), true, denied, &what);
				undone(|| assert_eq!(case.read_only_below(), None, "{what} below"));
			},
			Effect::Read => {
				assert_eq!(spec.on_read_only, OnReadOnly::Allowed, "{what}");
				let input = case.without_first();
				let own = case.returned(&undone(|| case.run(input.clone(), GAS, false)));
				let outcome = unchanged_but_events(|| case.run(input, GAS, true));
				assert_eq!(case.returned(&outcome), own, "{what}");
				let below = undone(|| case.read_only_below());
				let expected = match spec.rust_name {
					// Alice does not call it there.
					"caller_is_origin" => own.map(|own| Returned { result: 0, ..own }),
					// One more was made.
					"instantiation_nonce" => {
						own.map(|own| Returned { result: own.result + 1, ..own })
					},
					_ => own,
				};
				assert_eq!(
					below.map(|it| it.map(|it| it.result)),
					Some(expected.map(|it| it.result))
				);
			},
		}
	});
}

#[test]
fn every_row_with_a_capability_traps_without_it_and_works_with_it_alone() {
	each_row(|case, what| {
		let only = case.spec.capability.into_iter().collect::<Vec<_>>();
		if let Some(needed) = case.spec.capability {
			undone(|| {
				case.limit_to(without(needed));
				let denied = Trap::CapabilityDenied(needed);
				traps(&case, case.without_first(), false, denied, &what);
			});
		}
		undone(|| {
			case.limit_to(CapabilitySet::of(only));
			let outcome = case.run(case.without_first(), GAS, false);
			assert!(outcome.result.is_ok() && outcome.halt.is_none(), "{what}: {:?}", outcome.halt);
		});
	});
}

#[test]
fn money_goes_along_only_where_the_contract_may_move_it_and_state_may_change() {
	chain(|| {
		for name in
			["call_v0", "call_v1", "call_v2", "instantiate_v0", "instantiate_v1", "instantiate_v2"]
		{
			undone(|| {
				let case = Case::new(row(name), row(name).name);
				let outcome = undone(|| case.run(case.with_value(20), GAS, false));
				assert_eq!(case.returned(&outcome).unwrap().result, 0, "{name}");
				// More than it has: told by a code, and nothing is moved.
				let outcome = undone(|| case.run(case.with_value(1_000_000), GAS, false));
				assert_eq!(case.returned(&outcome).unwrap().result, 5, "{name}");
				let denied = Trap::StateChangeDenied(case.spec.name);
				traps(&case, case.with_value(20), true, denied, name);
				case.limit_to(without(Capability::TransferValue));
				let denied = Trap::CapabilityDenied(Capability::TransferValue);
				traps(&case, case.with_value(20), false, denied, name);
				let outcome = undone(|| case.run(case.valid(), GAS, false));
				assert_eq!(case.returned(&outcome).unwrap().result, 0, "{name}");
			});
		}
	});
}
