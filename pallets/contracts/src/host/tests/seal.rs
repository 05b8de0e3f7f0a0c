//! Bodies of `seal`: buffers, keys, codes, flags of calls, and what a callee's end means.

use super::{super::seal::ReturnCode, *};
use crate::exec::{CallError, CallRequest};
use caisson_contracts_abi::seal::*;
use codec::Encode;
use sp_core::{ecdsa, sr25519, Pair};

const INPUT: &[u8] = b"input";

/// Where tests have an output and the size of its buffer.
const OUT: GuestPtr = GuestPtr(512);
const OUT_LEN: GuestPtr = GuestPtr(508);
const NONE: GuestPtr = GuestPtr(u32::MAX);

/// The fixed parts of a call: an account or a hash, and a value.
const WHOM: GuestPtr = GuestPtr(0);
const VALUE: GuestPtr = GuestPtr(32);

fn seal() -> MockExt {
	MockExt::new(Abi::Seal)
}

/// Memory with `whom`, a value, and `cap` as the size of the output's buffer.
fn memory(whom: [u8; 32], value: u128, cap: u32) -> Vec<u8> {
	let mut bytes = vec![0; MEMORY];
	bytes[..32].copy_from_slice(&whom);
	bytes[32..48].copy_from_slice(&value.to_le_bytes());
	bytes[508..512].copy_from_slice(&cap.to_le_bytes());
	bytes
}

/// Runs `body` in a frame whose input is [`INPUT`].
fn run_seal<R>(
	ext: &mut MockExt,
	bytes: &[u8],
	body: impl FnOnce(&mut Host<'_, MockExt>) -> R,
) -> (R, Vec<u8>) {
	run(ext, bytes, |host| {
		host.state.input = Some(INPUT.to_vec());
		body(host)
	})
}

fn written(memory: &[u8]) -> &[u8] {
	let len = u32::from_le_bytes(memory[508..512].try_into().unwrap()) as usize;
	&memory[512..][..len]
}

fn too_small(len: u32, limit: u32) -> Halt {
	Trap::OutputBufferTooSmall { len, limit }.into()
}

/// A call with these flags, whose own input is the first two bytes of memory.
fn call(host: &mut Host<'_, MockExt>, flags: i32, output: GuestPtr) -> Result<i32, Halt> {
	host.call_v1(flags, WHOM, 0, VALUE, GuestPtr(0), GuestLen(2), output, OUT_LEN)
}

fn delegate(host: &mut Host<'_, MockExt>, flags: i32) -> Result<i32, Halt> {
	host.delegate_call(flags, WHOM, GuestPtr(0), GuestLen(2), OUT, OUT_LEN)
}

fn in_callee(halt: impl Into<Halt>) -> Result<Vec<u8>, CallError> {
	Err(CallError { halt: halt.into(), in_callee: true })
}

#[test]
fn an_output_replaces_the_size_of_its_buffer() {
	let mut ext = seal();
	for cap in [32, 33, u32::MAX] {
		let (result, memory) =
			run_seal(&mut ext, &memory([0; 32], 0, cap), |host| host.address(OUT, OUT_LEN));
		assert_eq!(result, Ok(()));
		assert_eq!(written(&memory), MockExt::ACCOUNT);
	}
}

#[test]
fn an_output_that_its_buffer_does_not_hold_ends_the_call() {
	let mut ext = seal();
	ext.storage.insert(b"k".to_vec(), vec![1; 10]);
	ext.fixed.insert([0; 32], vec![1; 10]);
	for cap in [0, 9] {
		let before = memory([0; 32], 0, cap);
		let (result, after) = run_seal(&mut ext, &before, |host| host.address(OUT, OUT_LEN));
		assert_eq!((result, &after), (Err(too_small(32, cap)), &before));
		let (result, after) =
			run_seal(&mut ext, &before, |host| host.get_storage_v0(WHOM, OUT, OUT_LEN));
		assert_eq!((result, &after), (Err(too_small(10, cap)), &before));
	}
}

#[test]
fn an_output_that_is_always_wanted_knows_no_pointer_that_means_none() {
	let (result, _) =
		run_seal(&mut seal(), &memory([0; 32], 0, 64), |host| host.address(NONE, OUT_LEN));
	assert_eq!(result, Err(Trap::PointerOutOfBounds { ptr: u32::MAX, len: 32 }.into()));
	let (result, _) = run_seal(&mut seal(), &[], |host| host.address(OUT, NONE));
	assert_eq!(result, Err(Trap::PointerOutOfBounds { ptr: u32::MAX, len: 4 }.into()));
}

#[test]
fn where_output_and_length_overlap_the_length_stands() {
	let bytes = 64u32.to_le_bytes();
	let (result, memory) = run_seal(&mut seal(), &bytes, |host| {
		host.address(GuestPtr(0), GuestPtr(0)).unwrap();
	});
	assert_eq!(result, ());
	assert_eq!(memory[..4], 32u32.to_le_bytes());
	assert_eq!(memory[4..32], MockExt::ACCOUNT[4..]);
}

#[test]
fn scalars_have_the_widths_of_the_abi() {
	fn output(
		body: impl FnOnce(&mut Host<'_, MockExt>, GuestPtr, GuestPtr) -> Result<(), Halt>,
	) -> Vec<u8> {
		let bytes = memory([0; 32], 0, 64);
		let (result, memory) = run_seal(&mut seal(), &bytes, |host| body(host, OUT, OUT_LEN));
		assert_eq!(result, Ok(()));
		written(&memory).to_vec()
	}
	let left = seal().meter.left();
	assert_eq!(output(|host, ptr, len| host.caller(ptr, len)), MockExt::CALLER);
	assert_eq!(output(|host, ptr, len| host.now(ptr, len)), 1_700_000_000_999u64.encode());
	assert_eq!(output(|host, ptr, len| SealContext::block_number(host, ptr, len)), 42u32.encode());
	assert_eq!(output(|host, ptr, len| host.balance(ptr, len)), 999u128.encode());
	assert_eq!(output(|host, ptr, len| host.value_transferred(ptr, len)), 77u128.encode());
	assert_eq!(output(|host, ptr, len| host.minimum_balance(ptr, len)), 1u128.encode());
	assert_eq!(output(|host, ptr, len| host.tombstone_deposit(ptr, len)), 0u128.encode());
	assert_eq!(output(|host, ptr, len| host.rent_allowance(ptr, len)), u128::MAX.encode());
	assert_eq!(output(|host, ptr, len| host.gas_left_v0(ptr, len)), left.ref_time().encode());
	assert_eq!(output(|host, ptr, len| host.gas_left_v1(ptr, len)), left.encode());
	assert_eq!(output(|host, ptr, len| host.weight_to_fee_v0(5, ptr, len)), 5u128.encode());
	assert_eq!(
		output(|host, ptr, len| host.weight_to_fee_v1(-1, 2, ptr, len)),
		(u128::from(u64::MAX) + 20).encode()
	);
	let subject = GuestPtr(0);
	let random = sp_io::hashing::blake2_256(&[0; 32]);
	assert_eq!(output(|host, ptr, len| host.random_v0(subject, GuestLen(32), ptr, len)), random);
	assert_eq!(
		output(|host, ptr, len| host.random_v1(subject, GuestLen(32), ptr, len)),
		(random, 40u32).encode()
	);
}

#[test]
fn a_subject_over_32_bytes_ends_the_call() {
	let (result, _) = run_seal(&mut seal(), &memory([0; 32], 0, 64), |host| {
		host.random_v0(GuestPtr(0), GuestLen(33), OUT, OUT_LEN)
	});
	assert!(matches!(result, Err(Halt::Trap(Trap::SubjectTooLong { len: 33, limit: 32 }))));
}

#[test]
fn a_fixed_key_and_the_same_bytes_as_a_variable_one_are_two_entries() {
	let mut ext = seal();
	let bytes = memory([3; 32], 0, 64);
	let (results, memory) = run_seal(&mut ext, &bytes, |host| {
		[
			host.set_storage_v1(WHOM, GuestPtr(0), GuestLen(2)),
			host.set_storage_v2(WHOM, GuestLen(32), GuestPtr(0), GuestLen(3)),
			host.set_storage_v1(WHOM, GuestPtr(0), GuestLen(4)),
			host.contains_storage_v0(WHOM),
			host.contains_storage_v1(WHOM, GuestLen(32)),
			host.contains_storage_v1(WHOM, GuestLen(31)),
			host.take_storage(WHOM, GuestLen(32), OUT, OUT_LEN),
			host.take_storage(WHOM, GuestLen(32), OUT, OUT_LEN),
			host.clear_storage_v1(WHOM, GuestLen(32)),
			host.get_storage_v1(WHOM, GuestLen(32), OUT, OUT_LEN),
			host.get_storage_v0(WHOM, OUT, OUT_LEN),
		]
	});
	// The buffer was left with room for three bytes.
	assert_eq!(results[..10], [-1, -1, 2, 4, 3, -1, 0, 3, -1, 3].map(Ok));
	assert_eq!(results[10], Err(too_small(4, 3)));
	assert_eq!(written(&memory), [3; 3]);
	assert_eq!((ext.storage.len(), &ext.fixed[&[3; 32]]), (0, &vec![3; 4]));
	let (result, _) = run_seal(&mut ext, &bytes, |host| host.clear_storage_v0(WHOM));
	assert_eq!((result, ext.fixed.len()), (Ok(()), 0));
}

#[test]
fn keys_and_values_over_their_limits_end_the_call_and_empty_ones_do_not() {
	let mut ext = seal();
	let set = |host: &mut Host<'_, MockExt>, key, value| {
		host.set_storage_v2(GuestPtr(0), GuestLen(key), GuestPtr(0), GuestLen(value))
	};
	assert_eq!(run_seal(&mut ext, &[], |host| set(host, 128, 0)).0, Ok(-1));
	assert_eq!(run_seal(&mut ext, &[], |host| set(host, 0, 0)).0, Ok(-1));
	assert_eq!(run_seal(&mut ext, &[], |host| set(host, 0, 7)).0, Ok(0));
	let effects = ext.effects();
	let (len, limit) = (16 * 1024 + 1, 16 * 1024);
	for (key, value, trap) in [
		(129, 0, Trap::LimitExceeded { what: "key", len: 129, limit: 128 }),
		(0, len, Trap::ValueTooLarge { len, limit }),
	] {
		let (result, _) = run_seal(&mut ext, &[], |host| set(host, key, value));
		assert_eq!(result, Err(trap.clone().into()));
		let (result, _) = run_seal(&mut ext, &[], |host| {
			let (key, value) = (GuestLen(key), GuestLen(value));
			host.set_transient_storage(GuestPtr(0), key, GuestPtr(0), value)
		});
		assert_eq!(result, Err(trap.into()));
	}
	assert_eq!(ext.effects(), effects);
}

#[test]
fn transient_entries_are_apart_from_the_others() {
	let mut ext = seal();
	let (key, len) = at(0, 3);
	let (results, memory) = run_seal(&mut ext, &memory([3; 32], 0, 64), |host| {
		[
			host.set_transient_storage(key, len, GuestPtr(0), GuestLen(5)),
			host.set_transient_storage(key, len, GuestPtr(0), GuestLen(6)),
			host.contains_transient_storage(key, len),
			host.contains_storage_v1(key, len),
			host.get_transient_storage(key, len, OUT, OUT_LEN),
			host.take_transient_storage(key, len, OUT, OUT_LEN),
			host.get_transient_storage(key, len, OUT, OUT_LEN),
			host.take_transient_storage(key, len, OUT, OUT_LEN),
			host.clear_transient_storage(key, len),
			host.contains_transient_storage(key, len),
			host.set_transient_storage(key, len, GuestPtr(0), GuestLen(5)),
			host.clear_transient_storage(key, len),
		]
	});
	assert_eq!(results, [-1, 5, 6, -1, 0, 0, 3, 3, -1, -1, -1, 5].map(Ok));
	assert_eq!(written(&memory), [3; 6]);
	assert!(ext.transient.is_empty() && ext.storage.is_empty());
}

#[test]
fn a_transfer_that_fails_is_a_code() {
	let mut ext = seal();
	for (value, code) in [(400, ReturnCode::Success), (601, ReturnCode::TransferFailed)] {
		let (result, _) = run_seal(&mut ext, &memory(MockExt::CALLER, value, 0), |host| {
			// The lengths are not looked at.
			SealBalance::transfer(host, WHOM, GuestLen(u32::MAX), VALUE, GuestLen(0))
		});
		assert_eq!(result, Ok(code.into()));
	}
	assert_eq!(ext.balances[&MockExt::CALLER], 400);
}

#[test]
fn a_call_goes_as_its_version_and_flags_say() {
	let mut ext = seal();
	ext.callees.extend([const { Ok(Vec::new()) }; 4]);
	let mut bytes = memory(MockExt::OTHER, 9, 64);
	bytes[48..64].copy_from_slice(&11u128.to_le_bytes());
	let (results, _) = run_seal(&mut ext, &bytes, |host| {
		let (input, input_len) = at(0, 2);
		let ignored = GuestLen(u32::MAX);
		[
			host.call_v0(WHOM, ignored, 7, VALUE, ignored, input, input_len, NONE, NONE),
			host.call_v1(0, WHOM, -1, VALUE, input, input_len, NONE, NONE),
			host.call_v2(8, WHOM, 7, 8, GuestPtr(48), VALUE, input, input_len, NONE, NONE),
			host.call_v2(16, WHOM, 0, 0, NONE, GuestPtr(64), input, input_len, NONE, NONE),
		]
	});
	assert_eq!(results, [0; 4].map(Ok));
	let request = CallRequest::new(MockExt::OTHER, 9, vec![9; 2]);
	assert_eq!(
		ext.calls,
		[
			CallRequest {
				gas_limit: Weight::from_parts(7, 0),
				allow_reentry: true,
				..request.clone()
			},
			CallRequest { gas_limit: Weight::from_parts(u64::MAX, 0), ..request.clone() },
			CallRequest {
				gas_limit: Weight::from_parts(7, 8),
				deposit_limit: 11,
				allow_reentry: true,
				..request.clone()
			},
			CallRequest { value: 0, read_only: true, ..request },
		]
	);
}

#[test]
fn flags_without_a_meaning_end_the_call() {
	let mut ext = seal();
	let bytes = memory(MockExt::CODE, 0, 64);
	let invalid = Err(Trap::InvalidCallFlags.into());
	for flags in [32, 33, i32::MIN, -1] {
		assert_eq!(run_seal(&mut ext, &bytes, |host| call(host, flags, OUT)).0, invalid);
		assert_eq!(run_seal(&mut ext, &bytes, |host| delegate(host, flags)).0, invalid);
	}
	for flags in [8, 16, 9] {
		assert_eq!(run_seal(&mut ext, &bytes, |host| delegate(host, flags)).0, invalid);
	}
	assert!(ext.calls.is_empty() && ext.delegated.is_empty());
}

#[test]
fn the_input_is_handed_on_once_or_copied() {
	let mut ext = seal();
	ext.callees.extend([const { Ok(Vec::new()) }; 4]);
	let bytes = memory(MockExt::OTHER, 0, 64);
	let forwarded = Halt::from(Trap::InputForwarded);
	let (results, memory) = run_seal(&mut ext, &bytes, |host| {
		host.input(OUT, OUT_LEN).unwrap();
		let results = [
			call(host, 2, NONE),
			// A copy, if both are asked for.
			call(host, 3, NONE),
			host.call_v1(1, WHOM, 0, VALUE, NONE, GuestLen(9), NONE, OUT_LEN),
			call(host, 1, NONE),
			call(host, 2, NONE),
			delegate(host, 1),
		];
		assert_eq!(host.input(OUT, OUT_LEN), Err(forwarded.clone()));
		assert_eq!(call(host, 0, NONE), Ok(0), "input of its own");
		results
	});
	assert_eq!(written(&memory), INPUT);
	assert_eq!(results[..3], [0, 0, 0].map(Ok));
	assert_eq!(results[3..], [const { Err(Halt::Trap(Trap::InputForwarded)) }; 3]);
	let data: Vec<_> = ext.calls.iter().map(|call| &call.data[..]).collect();
	assert_eq!(data, [INPUT, INPUT, INPUT, &[9; 2]]);
}

#[test]
fn the_end_of_a_callee_is_a_code() {
	for (outcome, code, output) in [
		(Ok(b"fine".to_vec()), ReturnCode::Success, &b"fine"[..]),
		(in_callee(Halt::Revert(b"no".to_vec())), ReturnCode::CalleeReverted, b"no"),
		(in_callee(Trap::Unreachable), ReturnCode::CalleeTrapped, &[0; 64]),
		(in_callee(Halt::OutOfGas), ReturnCode::CalleeTrapped, &[0; 64]),
		// An error of the callee's own call is none of this one.
		(in_callee(MockExt::NO_CONTRACT), ReturnCode::CalleeTrapped, &[0; 64]),
		(Err(MockExt::NO_MONEY.into()), ReturnCode::TransferFailed, &[0; 64]),
		(Err(MockExt::NO_CODE.into()), ReturnCode::CodeNotFound, &[0; 64]),
		(Err(MockExt::NO_CONTRACT.into()), ReturnCode::NotCallable, &[0; 64]),
	] {
		let mut ext = seal();
		ext.callees.extend(std::iter::repeat_n(outcome, 2));
		for by_delegation in [false, true] {
			let (result, memory) = run_seal(&mut ext, &memory([9; 32], 0, 64), |host| {
				if by_delegation {
					delegate(host, 0)
				} else {
					call(host, 0, OUT)
				}
			});
			assert_eq!(result, Ok(code.into()));
			assert_eq!(written(&memory), output);
		}
	}
}

#[test]
fn what_a_caller_should_not_have_asked_ends_its_own_call() {
	let mut ext = seal();
	ext.callees.push_back(Err(Halt::OutOfGas.into()));
	let bytes = memory([9; 32], 0, 64);
	let (result, _) = run_seal(&mut ext, &bytes, |host| call(host, 0, OUT));
	assert_eq!(result, Err(Halt::OutOfGas));
	let (result, _) = run_seal(&mut ext, &bytes, |host| call(host, 0, OUT));
	assert_eq!(result, Err(MockExt::NO_CALLEE.into()));
}

#[test]
fn an_output_is_skipped_where_nobody_wants_it_and_fits_elsewhere() {
	let mut ext = seal();
	ext.callees.extend([const { Ok(Vec::new()) }; 1]);
	ext.callees.extend(vec![Ok(vec![1; 10]), in_callee(Halt::Revert(vec![1; 10]))]);
	let bytes = memory([9; 32], 0, 9);
	let (results, after) = run_seal(&mut ext, &bytes, |host| [(); 3].map(|()| call(host, 0, NONE)));
	assert_eq!(results, [Ok(0), Ok(0), Ok(2)]);
	assert_eq!(after, bytes);
	ext.callees.push_back(in_callee(Halt::Revert(vec![1; 10])));
	let (result, _) = run_seal(&mut ext, &bytes, |host| call(host, 0, OUT));
	assert_eq!(result, Err(too_small(10, 9)));
}

#[test]
fn a_tail_call_returns_for_its_caller_unless_the_callee_failed() {
	for (outcome, expected) in [
		(Ok(b"fine".to_vec()), Err(Halt::Return { flags: 0, data: b"fine".to_vec() })),
		(
			in_callee(Halt::Revert(b"no".to_vec())),
			Err(Halt::Return { flags: 1, data: b"no".to_vec() }),
		),
		(in_callee(Trap::Unreachable), Ok(1)),
		(Err(MockExt::NO_CONTRACT.into()), Ok(8)),
	] {
		let mut ext = seal();
		ext.callees.extend(std::iter::repeat_n(outcome, 2));
		// No buffer is looked at.
		let bytes = memory([9; 32], 0, 0);
		assert_eq!(run_seal(&mut ext, &bytes, |host| call(host, 4, OUT)).0, expected);
		assert_eq!(run_seal(&mut ext, &bytes, |host| delegate(host, 4)).0, expected);
	}
}

#[test]
fn money_goes_with_a_call_only_where_it_may() {
	let denied = Err(Trap::StateChangeDenied("call").into());
	let bytes = memory([9; 32], 1, 64);
	let mut ext = seal();
	assert_eq!(run_seal(&mut ext, &bytes, |host| call(host, 16, OUT)).0, denied);
	ext.read_only = true;
	assert_eq!(run_seal(&mut ext, &bytes, |host| call(host, 0, OUT)).0, denied);
	let mut ext = seal();
	ext.capabilities = CapabilitySet::of([Capability::CallContracts]);
	let denied = Err(Trap::CapabilityDenied(Capability::TransferValue).into());
	assert_eq!(run_seal(&mut ext, &bytes, |host| call(host, 0, OUT)).0, denied);
	assert_eq!(run_seal(&mut ext, &bytes, |host| instantiate(host, OUT)).0, denied);
	assert!(ext.calls.is_empty() && ext.instantiated.is_empty());
	ext.callees.push_back(Ok(Vec::new()));
	assert_eq!(run_seal(&mut ext, &memory([9; 32], 0, 64), |host| call(host, 0, OUT)).0, Ok(0));
}

#[test]
fn money_that_goes_with_a_call_costs_a_transfer() {
	let used = |value| {
		let mut ext = seal();
		ext.callees.push_back(Ok(Vec::new()));
		run_seal(&mut ext, &memory([9; 32], value, 64), |host| call(host, 0, NONE)).0.unwrap();
		ext.meter.consumed()
	};
	assert_eq!(used(1), used(0) + charged(seal().weigh(HostCost::Transfer, 0)));
}

/// An instantiation with two bytes of input and three of salt, whose address goes to `address`.
fn instantiate(host: &mut Host<'_, MockExt>, address: GuestPtr) -> Result<i32, Halt> {
	let ((input, input_len), (salt, salt_len)) = (at(0, 2), at(0, 3));
	let (out, out_len) = (GuestPtr(640), GuestPtr(600));
	host.instantiate_v1(
		WHOM, 0, VALUE, input, input_len, address, OUT_LEN, out, out_len, salt, salt_len,
	)
}

#[test]
fn an_instantiation_tells_the_address_unless_it_reverted() {
	let mut ext = seal();
	ext.callees.push_back(Ok(b"made".to_vec()));
	ext.callees.push_back(Ok(b"made".to_vec()));
	ext.callees.push_back(in_callee(Halt::Revert(b"not".to_vec())));
	ext.callees.push_back(in_callee(Trap::Unreachable));
	ext.callees.push_back(Err(MockExt::NO_CODE.into()));
	let mut bytes = memory(MockExt::CODE, 9, 64);
	bytes[600] = 64;
	for (address, code, told, output) in [
		(OUT, ReturnCode::Success, &MockExt::OTHER[..], &b"made"[..]),
		(NONE, ReturnCode::Success, &[0; 64], b"made"),
		(OUT, ReturnCode::CalleeReverted, &[0; 64], b"not"),
		(OUT, ReturnCode::CalleeTrapped, &[0; 64], b""),
		(OUT, ReturnCode::CodeNotFound, &[0; 64], b""),
	] {
		let (result, memory) = run_seal(&mut ext, &bytes, |host| instantiate(host, address));
		assert_eq!(result, Ok(code.into()));
		assert_eq!(written(&memory), told);
		assert_eq!(&memory[640..][..output.len()], output);
	}
	let request = &ext.instantiated[0];
	assert_eq!((request.code_hash, request.value), (MockExt::CODE, 9));
	assert_eq!((&request.data[..], &request.salt[..]), (&[6; 2][..], &[6; 3][..]));
}

#[test]
fn a_frame_ends_by_return_or_with_its_contract() {
	let mut ext = seal();
	let bytes = memory(MockExt::CALLER, 0, 0);
	let (result, _) = run_seal(&mut ext, &bytes, |host| host.seal_return(-1, WHOM, GuestLen(2)));
	assert_eq!(result, Err(Halt::Return { flags: u32::MAX, data: vec![8; 2] }));
	let end = MEMORY as u32;
	let (result, _) =
		run_seal(&mut ext, &bytes, |host| host.seal_return(0, GuestPtr(1), GuestLen(end)));
	assert_eq!(result, Err(Trap::PointerOutOfBounds { ptr: 1, len: end }.into()));
	let (result, _) = run_seal(&mut ext, &bytes, |host| host.terminate_v0(WHOM, GuestLen(0)));
	assert_eq!((result, ext.beneficiary), (Err(Halt::Terminated), Some(MockExt::CALLER)));
}

#[test]
fn codes_are_found_changed_and_locked() {
	let mut ext = seal();
	let of = |whom| memory(whom, 0, 64);
	for (account, hash) in [(MockExt::OTHER, Some(MockExt::CODE)), (MockExt::CALLER, None)] {
		let (results, memory) = run_seal(&mut ext, &of(account), |host| {
			(host.is_contract(WHOM), host.code_hash(WHOM, OUT, OUT_LEN))
		});
		let codes = if hash.is_some() { (1, 0) } else { (0, ReturnCode::KeyNotFound.into()) };
		assert_eq!(results, (Ok(codes.0), Ok(codes.1)));
		assert_eq!(written(&memory)[..32], hash.unwrap_or_default());
	}
	let absent = of([1; 32]);
	let (result, _) = run_seal(&mut ext, &absent, |host| host.set_code_hash(WHOM));
	assert_eq!(result, Ok(ReturnCode::CodeNotFound.into()));
	// There is no code for it where nothing is returned.
	let (result, _) = run_seal(&mut ext, &absent, |host| host.lock_delegate_dependency(WHOM));
	assert_eq!(result, Err(MockExt::NO_CODE.into()));
	let (results, memory) = run_seal(&mut ext, &of(MockExt::CODE), |host| {
		host.own_code_hash(OUT, OUT_LEN).unwrap();
		(
			host.set_code_hash(WHOM),
			host.lock_delegate_dependency(WHOM),
			host.unlock_delegate_dependency(WHOM),
			host.unlock_delegate_dependency(WHOM),
		)
	});
	assert_eq!(written(&memory), [5; 32]);
	assert_eq!(results, (Ok(0), Ok(()), Ok(()), Err(MockExt::NO_CODE.into())));
	assert_eq!(ext.code_hash, MockExt::CODE);
}

#[test]
fn frames_are_counted_without_the_running_one() {
	let (results, _) = run_seal(&mut seal(), &memory(MockExt::ACCOUNT, 0, 0), |host| {
		(
			[host.reentrance_count(), host.account_reentrance_count(WHOM)],
			[host.caller_is_origin(), host.caller_is_root()],
			host.instantiation_nonce(),
		)
	});
	assert_eq!(results, ([Ok(1), Ok(2)], [Ok(1), Ok(0)], Ok(3)));
}

#[test]
fn an_event_has_at_most_four_topics_and_no_byte_beside_them() {
	let emit = |ext: &mut MockExt, topics: &[u8]| {
		let mut bytes = b"data".to_vec();
		bytes.extend(topics);
		let len = GuestLen(topics.len() as u32);
		run_seal(ext, &bytes, |host| host.deposit_event(GuestPtr(4), len, GuestPtr(0), GuestLen(4)))
			.0
	};
	let mut ext = seal();
	let topics = |count: u8| (0..count).map(|at| [at; 32]).collect::<Vec<_>>();
	assert_eq!(emit(&mut ext, &[]), Ok(()));
	for count in 0..=4 {
		assert_eq!(emit(&mut ext, &topics(count).encode()), Ok(()));
		assert_eq!(ext.events.last().unwrap(), &(topics(count), b"data".to_vec()));
	}
	let emitted = ext.events.len();
	assert_eq!(emit(&mut ext, &topics(5).encode()), Err(Trap::TooManyTopics.into()));
	let undecodable = Err(Trap::DecodingFailed.into());
	let mut longer = topics(2).encode();
	longer.push(0);
	assert_eq!(emit(&mut ext, &longer), undecodable);
	assert_eq!(emit(&mut ext, &topics(2).encode()[..64]), undecodable);
	assert_eq!(emit(&mut ext, &[8]), undecodable);
	assert_eq!(emit(&mut ext, &[1, 0]), undecodable, "a number written longer than it need be");
	assert_eq!(ext.events.len(), emitted);
}

#[test]
fn each_topic_is_paid() {
	let used = |topics: Vec<[u8; 32]>| {
		let mut ext = seal();
		let bytes = topics.encode();
		let len = GuestLen(bytes.len() as u32);
		run_seal(&mut ext, &bytes, |host| {
			host.deposit_event(GuestPtr(0), len, GuestPtr(0), GuestLen(1))
		})
		.0
		.unwrap();
		ext.meter.consumed()
	};
	let four = used(vec![[0; 32]; 4]);
	assert_eq!(four, used(vec![]) + charged(seal().weigh(HostCost::EventTopics, 4)));
}

#[test]
fn an_event_over_the_limit_ends_the_call() {
	let (result, _) = run_seal(&mut seal(), &[], |host| {
		host.deposit_event(GuestPtr(0), GuestLen(0), GuestPtr(0), GuestLen(16 * 1024 + 1))
	});
	assert!(matches!(result, Err(Halt::Trap(Trap::ValueTooLarge { limit: 16384, .. }))));
}

#[test]
fn a_debug_message_never_fails() {
	let mut ext = seal();
	let (results, _) = run_seal(&mut ext, b"fine\xff", |host| {
		[at(0, 4), at(0, 5), at(0, u32::MAX), at(u32::MAX, 1)]
			.map(|(ptr, len)| host.debug_message(ptr, len))
	});
	assert_eq!(results, [0; 4].map(Ok));
	assert_eq!(ext.debug, "fine");
}

#[test]
fn a_hash_may_lie_over_its_input() {
	let ((input, len), output) = (at(0, 8), GuestPtr(4));
	let (_, memory) = run_seal(&mut seal(), b"01234567", |host| {
		host.hash_keccak_256(input, len, output).unwrap();
	});
	assert_eq!(memory[4..36], sp_io::hashing::keccak_256(b"01234567"));
	let (_, memory) = run_seal(&mut seal(), b"01234567", |host| {
		host.hash_sha2_256(input, len, GuestPtr(100)).unwrap();
		host.hash_blake2_256(input, len, GuestPtr(200)).unwrap();
		host.hash_blake2_128(input, len, GuestPtr(300)).unwrap();
	});
	assert_eq!(memory[100..132], sp_io::hashing::sha2_256(b"01234567"));
	assert_eq!(memory[200..232], sp_io::hashing::blake2_256(b"01234567"));
	assert_eq!(memory[300..317], [&sp_io::hashing::blake2_128(b"01234567")[..], &[0]].concat());
}

#[test]
fn an_ecdsa_key_is_recovered_and_has_an_ethereum_address() {
	let pair = ecdsa::Pair::from_seed(&[1; 32]);
	let hash = [2; 32];
	let mut bytes = pair.sign_prehashed(&hash).0.to_vec();
	bytes.extend(hash);
	let (results, memory) = run_seal(&mut seal(), &bytes, |host| {
		[
			host.ecdsa_recover(GuestPtr(0), GuestPtr(65), GuestPtr(100)),
			host.ecdsa_to_eth_address(GuestPtr(100), GuestPtr(200)),
			// Neither a signature nor a key.
			host.ecdsa_recover(GuestPtr(300), GuestPtr(65), GuestPtr(400)),
			host.ecdsa_to_eth_address(GuestPtr(300), GuestPtr(400)),
		]
	});
	assert_eq!(results, [0, 0, 11, 11].map(Ok));
	assert_eq!(memory[100..133], pair.public().0);
	use frame_support::crypto::ecdsa::ECDSAExt;
	assert_eq!(memory[200..220], pair.public().to_eth_address().unwrap());
	assert_eq!(memory[400..], [0; MEMORY - 400]);
}

#[test]
fn an_sr25519_signature_is_checked() {
	let pair = sr25519::Pair::from_seed(&[1; 32]);
	let mut bytes = pair.sign(b"message").0.to_vec();
	bytes.extend(pair.public().0);
	bytes.extend(b"message");
	let (results, _) = run_seal(&mut seal(), &bytes, |host| {
		[7, 6]
			.map(|len| host.sr25519_verify(GuestPtr(0), GuestPtr(64), GuestLen(len), GuestPtr(96)))
	});
	assert_eq!(results, [0, 12].map(Ok));
}

#[test]
fn what_the_runtime_refuses_is_a_code() {
	let bytes = memory([3; 32], 0, 64);
	let (ptr, len) = at(0, 2);
	for succeeds in [true, false] {
		let mut ext = seal();
		ext.runtime_succeeds = succeeds;
		let (results, memory) = run_seal(&mut ext, &bytes, |host| {
			[
				host.call_runtime(ptr, len),
				host.xcm_execute(ptr, len),
				host.xcm_send(GuestPtr(31), ptr, len, GuestPtr(100)),
			]
		});
		assert_eq!(results, if succeeds { [0; 3] } else { [10, 13, 14] }.map(Ok));
		assert_eq!(memory[100..132], if succeeds { [4; 32] } else { [0; 32] });
		assert_eq!(ext.asked, [vec![3; 2], vec![3; 2], vec![3; 3]]);
	}
}

#[test]
fn a_chain_extension_without_output_takes_any_buffer() {
	let bytes = memory([3; 32], 0, 64);
	let extend = |ext: &mut MockExt, out, out_len| {
		run_seal(ext, &bytes, |host| {
			host.call_chain_extension(-2, GuestPtr(0), GuestLen(2), out, out_len)
		})
	};
	let mut ext = seal();
	let (result, memory) = extend(&mut ext, OUT, OUT_LEN);
	assert_eq!((result, written(&memory)), (Ok(-2), &64u32.to_le_bytes()[..]));
	assert_eq!(ext.asked, [vec![3; 2]]);
	assert_eq!(extend(&mut ext, NONE, OUT_LEN).0, Ok(-2));
	assert!(extend(&mut ext, OUT, NONE).0.is_err());
	ext.runtime_succeeds = false;
	assert_eq!(extend(&mut ext, OUT, NONE).0, Ok(-2));
}

#[test]
fn what_is_gone_does_nothing_with_any_pointer() {
	let mut ext = seal();
	let effects = ext.effects();
	let len = GuestLen(u32::MAX);
	let (results, _) = run_seal(&mut ext, &[], |host| {
		[
			host.restore_to_v0(NONE, len, NONE, len, NONE, len, NONE, -1),
			host.restore_to_v1(NONE, NONE, NONE, NONE, -1),
			host.set_rent_allowance_v0(NONE, len),
			host.set_rent_allowance_v1(NONE),
		]
	});
	assert_eq!(results, [const { Ok(()) }; 4]);
	assert_eq!(ext.effects(), effects);
}
