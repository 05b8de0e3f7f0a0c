//! How input becomes a call, and how a guest's end becomes an output.

use super::*;
use crate::{
	exec::{mock_ext::MockExt, CallRequest},
	sandbox::load_once,
};
use caisson_contracts_abi::FunctionId;
use codec::Encode;

/// Calls `entry` of a `seal` module whose functions are `body`, with `input`.
fn seal_call(
	ext: &mut MockExt,
	body: &str,
	entry: EntryPoint,
	input: &[u8],
) -> Result<Vec<u8>, Halt> {
	let module = format!(
		r#"(module
			(import "seal0" "seal_return" (func $return (param i32 i32 i32)))
			(import "seal0" "input" (func $input (param i32 i32)))
			(import "seal1" "terminate" (func $terminate (param i32)))
			(import "seal1" "call" (func $call (param i32 i32 i64 i32 i32 i32 i32 i32) (result i32)))
			(memory (export "memory") 1 1)
			(data (i32.const 0) "\10\00\00\00output")
			{body})"#
	);
	let rows: Vec<FunctionId> = ["seal_return", "input", "terminate_v1", "call_v1"]
		.map(|name| Abi::Seal.functions().iter().find(|spec| spec.rust_name == name).unwrap().id)
		.to_vec();
	let loaded = load_once(&wat::parse_str(module).unwrap()).unwrap();
	let mut guest = Instance::new(ext, &loaded, &rows).unwrap();
	run(&mut guest, entry, decode(Abi::Seal, input.to_vec()).unwrap())
}

fn seal_output(body: &str, input: &[u8]) -> Result<Vec<u8>, Halt> {
	seal_call(&mut MockExt::new(Abi::Seal), body, EntryPoint::Call, input)
}

/// A function `call` that returns six bytes with these flags.
fn returning(flags: u32) -> String {
	format!(
		r#"(func (export "call") (call $return (i32.const {flags}) (i32.const 4) (i32.const 6)))"#
	)
}

#[test]
fn the_flags_of_a_return_tell_what_becomes_of_the_call() {
	assert_eq!(seal_output(&returning(0), &[]), Ok(b"output".to_vec()));
	assert_eq!(seal_output(&returning(1), &[]), Err(Halt::Revert(b"output".to_vec())));
	for flags in [2, 3, u32::MAX] {
		assert_eq!(seal_output(&returning(flags), &[]), Err(Trap::InvalidCallFlags.into()));
	}
}

#[test]
fn a_function_that_just_ends_has_no_output() {
	assert_eq!(seal_output(r#"(func (export "call"))"#, &[]), Ok(vec![]));
	let number = r#"(func (export "call") (result i32) (i32.const 1))"#;
	assert_eq!(seal_output(number, &[]), Ok(vec![]));
	assert_eq!(
		seal_output(r#"(func (export "call") (unreachable))"#, &[]),
		Err(Trap::Unreachable.into())
	);
}

#[test]
fn a_constructor_is_another_function_than_a_call() {
	let body = r#"(func (export "call") (unreachable)) (func (export "deploy"))"#;
	let mut ext = MockExt::new(Abi::Seal);
	assert_eq!(seal_call(&mut ext, body, EntryPoint::Constructor, &[]), Ok(vec![]));
	let absent = seal_call(&mut ext, "", EntryPoint::Constructor, &[]);
	assert_eq!(absent, Err(Trap::FunctionNotFound.into()));
}

#[test]
fn a_start_function_runs_first_and_may_end_the_call() {
	let body = |start: &str| {
		format!(
			r#"(func (export "start") {start})
			(func (export "deploy") (call $return (i32.const 0) (i32.const 4) (i32.const 6)))
			(func (export "call") (call $return (i32.const 0) (i32.const 4) (i32.const 1)))"#
		)
	};
	let stores = body("(i32.store8 (i32.const 4) (i32.const 79))");
	assert_eq!(seal_output(&stores, &[]), Ok(b"O".to_vec()));
	let mut ext = MockExt::new(Abi::Seal);
	let output = seal_call(&mut ext, &stores, EntryPoint::Constructor, &[]);
	assert_eq!(output, Ok(b"Output".to_vec()));
	let returns = body("(call $return (i32.const 1) (i32.const 4) (i32.const 3))");
	assert_eq!(seal_output(&returns, &[]), Err(Halt::Revert(b"out".to_vec())));
	assert_eq!(seal_output(&body("unreachable"), &[]), Err(Trap::Unreachable.into()));
	let mut ext = MockExt::new(Abi::Seal);
	let ends = body("(call $terminate (i32.const 64))");
	assert_eq!(seal_call(&mut ext, &ends, EntryPoint::Call, &[]), Ok(vec![]));
	assert_eq!(ext.beneficiary, Some([0; 32]));
}

#[test]
fn a_guest_reads_the_input_as_it_was_sent() {
	let echo = r#"(func (export "call")
		(call $input (i32.const 4) (i32.const 0))
		(call $return (i32.const 0) (i32.const 4) (i32.load (i32.const 0))))"#;
	for input in [&b""[..], b"any", b"sixteen bytes.. "] {
		assert_eq!(seal_output(echo, input), Ok(input.to_vec()));
	}
	let too_long = Trap::OutputBufferTooSmall { len: 17, limit: 16 };
	assert_eq!(seal_output(echo, &[1; 17]), Err(too_long.into()));
}

#[test]
fn the_end_of_the_contract_is_no_failure() {
	let mut ext = MockExt::new(Abi::Seal);
	let body = r#"(func (export "call") (call $terminate (i32.const 64)) (unreachable))"#;
	assert_eq!(seal_call(&mut ext, body, EntryPoint::Call, &[]), Ok(vec![]));
	assert_eq!(ext.beneficiary, Some([0; 32]));
}

#[test]
fn a_tail_call_ends_the_frame_with_the_callees_output() {
	let body = r#"(func (export "call")
		(drop (call $call (i32.const 5) (i32.const 64) (i64.const 0) (i32.const 128)
			(i32.const 0) (i32.const 0) (i32.const 0) (i32.const 0)))
		(unreachable))"#;
	let mut ext = MockExt::new(Abi::Seal);
	ext.callees.push_back(Ok(b"theirs".to_vec()));
	ext.callees.push_back(Err(Halt::Revert(b"no".to_vec()).into()));
	let output = seal_call(&mut ext, body, EntryPoint::Call, b"mine");
	assert_eq!(output, Ok(b"theirs".to_vec()));
	let output = seal_call(&mut ext, body, EntryPoint::Call, b"mine");
	assert_eq!(output, Err(Halt::Revert(b"no".to_vec())));
	assert_eq!(ext.calls[0], CallRequest::new([0; 32], 0, b"mine".to_vec()));
}

#[test]
fn input_is_read_as_its_abi_wants_it() {
	let call = NamedCall { function: b"go".to_vec(), args: vec![vec![1]] };
	for abi in [Abi::Baals, Abi::Aureon, Abi::Dytallix] {
		let data = call.encode();
		let input = decode(abi, data).unwrap();
		assert_eq!((input.function(), &input), (&b"go"[..], &Input::Named(call.clone())));
		assert!(decode(abi, vec![1, 2, 3]).is_err());
	}
	let input = decode(Abi::Seal, vec![1, 2, 3, 4, 5]).unwrap();
	assert_eq!((input.function(), &input), (&[1, 2, 3, 4][..], &Input::Raw(vec![1, 2, 3, 4, 5])));
	assert_eq!(decode(Abi::Seal, vec![1, 2]).unwrap().function(), [1, 2]);
}
