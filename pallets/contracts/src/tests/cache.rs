//! What a frame finds parsed saves time, and changes nothing that a chain could see.

use super::builder::*;
use crate::{
	exec::{Mode, Outcome, RootCall, Target},
	mock::{self, AccountId, Contracts, System, Test, ALICE},
	sandbox,
	types::{CapabilitySet, Origin},
};
use codec::Encode;
use proptest::prelude::*;
use sp_runtime::Weight;
use std::{collections::BTreeSet, format, string::String, vec::Vec};

/// Codes that the extrinsics choose from.
const CODES: usize = 3;

/// Contract number `n`, which differs from the others in a byte of data.
fn keeper(n: usize) -> Vec<u8> {
	let sum = "(i32.add (local.get $i) (i32.load8_u #16))";
	baals(&format!(
		r#"(data (i32.const 4096) "{n}")
		(func (export "set") (param i32 i32) (result i32)
			(call $baals_storage_write #4096 #1 #16 (i32.load #8))
			(call $baals_emit_event #4096 #1 #16 (i32.load #8))
			#0)
		(func (export "count") (param i32 i32) (result i32)
			(local $i i32)
			(loop $more
				(local.set $i {sum})
				(br_if $more (i32.lt_u (local.get $i) #100000)))
			(i32.store #0 (local.get $i))
			#4)
		(func (export "fail") (param i32 i32) (result i32)
			(call $baals_storage_write #4096 #1 #16 (i32.load #8))
			unreachable)"#
	))
}

/// One extrinsic: a number is of a contract or code, a string the method.
#[derive(Clone, Debug)]
enum Step {
	Call(usize, &'static str, u8),
	/// By a contract that calls it so often.
	Through(usize, &'static str, u8, u8),
	/// With so little gas, in steps of a hundredth of what a call of the method may need.
	Poor(usize, &'static str, u64),
	Make(usize),
	SetCode(usize, usize),
}

fn steps() -> impl Strategy<Value = Vec<Step>> {
	let which = 0..CODES;
	let method = prop_oneof![Just("set"), Just("count"), Just("fail"), Just("absent")];
	let step = prop_oneof![
		(which.clone(), method.clone(), 1u8..)
			.prop_map(|(n, method, arg)| Step::Call(n, method, arg)),
		(which.clone(), method.clone(), 1u8.., 1u8..5)
			.prop_map(|(n, method, arg, times)| Step::Through(n, method, arg, times)),
		(which.clone(), method, 0u64..100).prop_map(|(n, method, gas)| Step::Poor(n, method, gas)),
		which.clone().prop_map(Step::Make),
		(which.clone(), which).prop_map(|(contract, code)| Step::SetCode(contract, code)),
	];
	prop::collection::vec(step, 1..12)
}

/// All that can be seen of an extrinsic.
#[derive(PartialEq, Debug)]
struct Seen {
	outcome: String,
	events: Vec<u8>,
	/// Every node of the tries that was read.
	read: BTreeSet<Vec<u8>>,
	root: Vec<u8>,
}

/// The contracts, and one that calls what it is told to.
struct Cast {
	proxy: AccountId,
	keepers: Vec<AccountId>,
}

fn described(outcome: &Outcome<Test>) -> String {
	format!(
		"{:?} {:?} {:?} {:?} {} {:?}",
		outcome.result,
		outcome.halt,
		outcome.gas_consumed,
		outcome.deposit,
		outcome.abi_gas,
		outcome.logs
	)
}

fn take(cast: &Cast, step: &Step) -> String {
	match *step {
		Step::Call(n, method, arg) => described(&invoke(&cast.keepers[n], method, &[&[arg; 4]])),
		Step::Through(n, method, arg, times) => (0..times)
			.map(|_| {
				let id: &[u8] = cast.keepers[n].as_ref();
				let args: [&[u8]; 4] = [id, method.as_bytes(), &[arg; 4], &0u64.to_le_bytes()];
				described(&invoke(&cast.proxy, "call", &args))
			})
			.collect(),
		Step::Poor(n, method, gas) => {
			let limit = Weight::from_parts(gas.saturating_mul(20_000_000), GAS.proof_size());
			described(&invoke_with(&cast.keepers[n], method, &[&[1; 4]], 0, limit))
		},
		Step::Make(n) => described(&Contracts::run(RootCall {
			origin: Origin::Signed(ALICE),
			value: 0,
			gas_limit: GAS,
			deposit_limit: None,
			target: Target::Instantiate {
				code_hash: sp_io::hashing::blake2_256(&keeper(n)).into(),
				data: Contracts::named_input(Vec::new(), Vec::new()),
				salt: Contracts::fresh_salt(),
				capabilities: CapabilitySet::all(),
			},
			mode: Mode::Execute,
			read_only: false,
		})),
		Step::SetCode(contract, code) => {
			let hash = sp_io::hashing::blake2_256(&keeper(code)).into();
			format!("{:?}", Contracts::do_set_code(cast.keepers[contract].clone(), hash))
		},
	}
}

/// What can be seen of `steps` on a fresh chain, each of which finds parsed what those before have, or
/// nothing.
fn run(steps: &[Step], is_cold: bool) -> Vec<Seen> {
	let mut chain = mock::chain();
	let cast = chain.execute_with(|| Cast {
		proxy: deploy(proxy(), &[]),
		keepers: (0..CODES).map(|n| deploy(keeper(n), &[])).collect(),
	});
	chain.commit_all().unwrap();
	let seen = steps
		.iter()
		.map(|step| {
			if is_cold {
				sandbox::forget();
			}
			let ((outcome, events), proof) = chain.execute_and_prove(|| {
				System::reset_events();
				(take(&cast, step), System::events().encode())
			});
			chain.commit_all().unwrap();
			let root = chain.execute_with(state_root);
			Seen { outcome, events, read: proof.into_iter_nodes().collect(), root }
		})
		.collect();
	mock::assert_invariants(&mut chain);
	seen
}

proptest! {
	#![proptest_config(ProptestConfig { cases: 60, failure_persistence: None, ..Default::default() })]

	#[test]
	fn what_is_parsed_already_cannot_be_seen(steps in steps()) {
		let (cold, warm) = (run(&steps, true), run(&steps, false));
		for ((step, cold), warm) in steps.iter().zip(cold).zip(warm) {
			prop_assert_eq!(cold, warm, "{:?}", step);
		}
	}
}

#[test]
fn the_cache_stays_within_its_bound_and_live_frames_outlive_what_they_were_parsed_in() {
	// Codes that only data makes large, so that ten times the bound is soon there.
	let padded = |n: u32| {
		let data: String = (0..100_000u32).map(|_| 'x').collect();
		inline(&format!(
			r#"(module
				(import "env" "baals_get_block_index" (func $index (result i64)))
				(memory (export "memory") 4)
				(data (i32.const 0) "{data}")
				(func (export "index") (param i32 i32) (result i32) (drop (call $index)) (i32.const {n})))"#
		))
	};
	let code =
		|n| crate::code::check(&padded(n), crate::code::Open::to_new::<Test>()).unwrap().prepared;
	let hash = |n: u32| sp_io::hashing::blake2_256(&n.to_le_bytes());
	let first = sandbox::parse(&hash(0), code(0)).unwrap();
	let size = code(0).code.len();
	let mut ext = crate::exec::mock_ext::MockExt::new(caisson_contracts_abi::Abi::Baals);
	let mut frame = sandbox::Instance::new(&mut ext, &first.loaded, &first.rows).unwrap();
	let mut parsed = 0;
	for n in 1.. {
		sandbox::parse(&hash(n), code(n)).unwrap();
		assert!(sandbox::cached_bytes() <= sandbox::CACHED_BYTES);
		parsed += size;
		if parsed > 10 * sandbox::CACHED_BYTES {
			break;
		}
	}
	// Its engine is not the cache's any more.
	assert!(sandbox::find(&hash(0)).is_none());
	let args = [sandbox::Value::I32(0); 2];
	assert_eq!(frame.call("index", &args), Ok(Some(sandbox::Value::I32(0))));
}
