//! `call_runtime`, `xcm_execute`, `xcm_send`, `call_chain_extension`.

use caisson_differential::bench::{name, Bench, Seen, Sub, MONEY};
use caisson_differential::{
	offers::{self, functions, EXTENSION},
	ours::RuntimeCall,
	script::{names, Script, SENTINEL},
	BOB,
};
use codec::Encode;

fn dispatch(call: &[u8]) -> Script {
	let len = u64::try_from(call.len()).unwrap();
	Script::new().write(0x100, call).call(name("call_runtime"), &[0x100, len])
}

pub fn calls() -> Seen {
	let mut bench = Bench::new();
	let transfer = |value| {
		RuntimeCall::Balances(pallet_balances::Call::transfer_allow_death { dest: BOB, value })
			.encode()
	};
	let remark = RuntimeCall::System(frame_system::Call::remark_with_event { remark: vec![1; 9] });
	let by_root = RuntimeCall::System(frame_system::Call::set_heap_pages { pages: 4 });
	let filtered = RuntimeCall::Timestamp(pallet_timestamp::Call::set { now: 5 });
	for (call, code) in [
		(remark.encode(), 0),
		(transfer(20), 0),
		(transfer(MONEY * 2), 10),
		(by_root.encode(), 10),
		(filtered.encode(), 10),
	] {
		bench.gives(dispatch(&call), [code]);
	}
	let mut longer = transfer(1);
	longer.push(0);
	let short = transfer(1);
	for bad in [&[][..], &[0xff; 4], &longer, &short[..short.len() - 1]] {
		bench.fails(dispatch(bad), "DecodingFailed");
	}
	// What it did is the frame's.
	bench.fails(dispatch(&transfer(20)).trap(), "ContractTrapped");
	let script = dispatch(&transfer(20)).revert();
	bench.gives(Sub::call(&bench.other, script.input()).script(), [2]);
	bench.gives(Sub::call(&bench.other, dispatch(&transfer(20)).input()).script(), [0]);
	bench.gives(Sub::call(&bench.other, dispatch(&transfer(20)).input()).flags(16).script(), [1]);
	bench.seen
}

/// Contracts cannot be entered through the runtime, but codes can be stored and removed.
pub fn calls_of_contracts() -> Seen {
	use pallet_wasm_contracts::Call;
	let mut bench = Bench::new();
	let weight = frame_support::weights::Weight::from_parts(10_000_000_000, 100_000);
	let call = RuntimeCall::Contracts(Call::call {
		dest: bench.echo.clone(),
		value: 0,
		gas_limit: weight,
		storage_deposit_limit: None,
		data: vec![],
	});
	bench.gives(dispatch(&call.encode()), [10]);
	let code = wat::parse_str(
		r#"(module (import "env" "memory" (memory 1 1)) (func (export "call")) (func (export "deploy")))"#,
	)
	.unwrap();
	let make = RuntimeCall::Contracts(Call::instantiate_with_code {
		value: 0,
		gas_limit: weight,
		storage_deposit_limit: None,
		code: code.clone(),
		data: vec![],
		salt: vec![],
	});
	bench.gives(dispatch(&make.encode()), [10]);
	let upload = RuntimeCall::Contracts(Call::upload_code {
		code: code.clone(),
		storage_deposit_limit: None,
		determinism: caisson_contracts_api::Determinism::Enforced,
	});
	let code_hash = caisson_differential::bench::hash(&code);
	let remove = RuntimeCall::Contracts(Call::remove_code { code_hash });
	bench.gives(dispatch(&remove.encode()), [10]);
	bench.gives(dispatch(&upload.encode()), [0]);
	bench.gives(dispatch(&remove.encode()), [0]);
	bench.seen
}

pub fn messages() -> Seen {
	let mut bench = Bench::new();
	// A dry run there tells why a message failed: docs/compatibility.md.
	bench.pair.listens = false;
	let [good, bad] = offers::messages();
	let dest = offers::elsewhere();
	let execute = |message: &[u8]| {
		let len = u64::try_from(message.len()).unwrap();
		Script::new().write(0x100, message).call(name("xcm_execute"), &[0x100, len])
	};
	let send = |dest: &[u8], message: &[u8]| {
		let len = u64::try_from(message.len()).unwrap();
		Script::new()
			.write(0x100, message)
			.write(0x200, dest)
			.call(name("xcm_send"), &[0x200, 0x100, len, 0x300])
			.note(0x300, 32)
	};
	bench.gives(execute(&good), [0]);
	bench.gives(execute(&bad), [13]);
	assert_ne!(bench.gives(send(&dest, &good), [0]).bytes[0], [0; 32]);
	assert_eq!(bench.gives(send(&dest, &bad), [14]).bytes[0], [0; 32]);
	// Bytes behind a location are not looked at, behind a message they are.
	let longer = |bytes: &[u8]| [bytes, &[7]].concat();
	bench.gives(send(&longer(&dest), &good), [0]);
	for message in [&[][..], &[0xff; 9], &longer(&good), &good[..good.len() - 1]] {
		bench.fails(execute(message), "DecodingFailed");
		bench.fails(send(&dest, message), "DecodingFailed");
	}
	bench.fails(send(&[0xff; 20], &good), "DecodingFailed");
	// The contract that runs is the origin, and a read-only frame has none.
	for script in [execute(&good), send(&dest, &good)] {
		bench.gives(Sub::call(&bench.other, script.input()).script(), [0]);
		bench.gives(Sub::call(&bench.other, script.input()).flags(16).script(), [1]);
		bench.fails(script.trap(), "ContractTrapped");
	}
	bench.seen
}

pub fn extensions() -> Seen {
	let mut bench = Bench::new();
	for import in names("call_chain_extension") {
		let extend = |function: u16, len: u64, output: u32, room: u32| {
			let id = u64::from(EXTENSION) << 16 | u64::from(function);
			Script::new()
				.write(0x100, b"to the chain")
				.number(0x80, room)
				.call(import, &[id, 0x100, len, output.into(), 0x80])
				.note(0x80, 4)
				.note(0x200, 12)
		};
		for (len, room) in [(12, 12), (12, 400), (0, 0), (5, 5)] {
			let notes = bench.gives(extend(functions::ECHO, len, 0x200, room), [len]);
			assert_eq!(u64::from(notes.bytes[0][0]), len);
		}
		bench.fails(extend(functions::ECHO, 12, 0x200, 11), "OutputBufferTooSmall");
		bench.gives(extend(functions::ECHO, 12, SENTINEL, 0), [12]);
		bench.gives(extend(functions::ANSWER, 12, 0x200, 0), [42]);
		bench.gives(extend(functions::ANSWER, 12, SENTINEL, 0), [42]);
		bench.fails(extend(functions::FAIL, 12, 0x200, 0), "Other(\"it fails\")");
		bench.fails(extend(functions::EXHAUST, 12, 0x200, 0), "OutOfGas");
		bench.gives(extend(functions::READ_ONLY, 0, 0x200, 0), [0]);
		let inner = extend(functions::READ_ONLY, 0, 0x200, 0).input();
		let sub = Sub::call(&bench.other, inner).flags(16);
		assert_eq!(bench.gives(sub.noted(1), [0]).bytes[1], [1]);
		let another = Script::new().call(import, &[0, 0, 0, 0, 0]);
		bench.fails(another, "Other(\"another extension\")");
	}
	bench.seen
}
