//! Exact gas: what guests burn and what hosts charge is what is reported, to the unit.

use super::builder::*;
use crate::{
	code::store,
	exec::Access,
	limits,
	meter::{
		cost,
		fuel::{for_ref_time, to_ref_time},
	},
	mock::{AccountId, Test},
	types::LoadInputs,
	weights::WeightInfo,
	Config, ContractInfoOf,
};
use caisson_contracts_abi::{Abi, HostCost};
use sp_runtime::Weight;
use std::{fs, string::String, vec::Vec};

type Info = <Test as Config>::WeightInfo;

/// A sum of charges, each rounded up to whole fuel as the meter does it.
#[derive(Clone, Copy, Default, PartialEq, Debug)]
struct Bill {
	fuel: u64,
	proof: u64,
}

impl Bill {
	fn charge(&mut self, weight: Weight) {
		self.fuel += for_ref_time(weight.ref_time());
		self.proof += weight.proof_size();
	}

	/// A host function: its base, then what it charges for `units`, if it does.
	fn host(&mut self, cost: HostCost, units: Option<u32>) {
		self.charge(cost::host::<Info>(cost, 0));
		if let Some(units) = units {
			self.charge(cost::host_units::<Info>(cost, units));
		}
	}

	/// Reaching an entry for the first time.
	fn touch(&mut self, access: Access) {
		self.charge(cost::touch::<Info>(None, access));
	}

	/// Entering a contract for the first time, with so many bytes of encoded arguments, and leaving it with so
	/// many of output.
	fn frame(&mut self, contract: &AccountId, input: u32, output: u32) {
		self.charge(cost::first_contract::<Info>());
		self.frame_again(contract, (true, true), input, output);
	}

	/// The same of a contract that was entered before: whether its code runs for the first time, and whether no
	/// frame has left a memory for it.
	fn frame_again(
		&mut self,
		contract: &AccountId,
		(is_first_code, is_new_memory): (bool, bool),
		input: u32,
		output: u32,
	) {
		let hash = ContractInfoOf::<Test>::get(contract).unwrap().code_hash;
		let prepared = store::prepared::<Test>(hash).unwrap();
		self.charge(cost::frame::<Info>());
		if is_first_code {
			self.charge(cost::first_code::<Info>());
		}
		let pages = prepared.inputs.pages;
		assert_ne!(pages, 0);
		self.charge(
			cost::load::<Info>(&prepared.inputs, is_first_code)
				+ cost::memory::<Info>(pages, is_new_memory),
		);
		self.charge(cost::host::<Info>(HostCost::Copy, input));
		if output > 0 {
			self.charge(cost::host::<Info>(HostCost::Copy, output));
		}
	}

	fn guest(&mut self, fuel: u64) {
		self.fuel += fuel;
	}

	fn weight(self) -> Weight {
		Weight::from_parts(to_ref_time(self.fuel), self.proof)
	}
}

/// Fuel that a guest burnt in a call, if `host` is all else that was charged.
fn burnt(consumed: Weight, host: Bill) -> u64 {
	assert_eq!(consumed.proof_size(), host.proof);
	(consumed.ref_time() - to_ref_time(host.fuel)) / to_ref_time(1)
}

/// The assertions of `fuel.wast`: line, function and fuel.
fn assertions(text: &str) -> Vec<(usize, String, u64)> {
	let mut expected = None;
	let mut found = Vec::new();
	for (line, text) in text.lines().enumerate() {
		if let Some(fuel) = text.trim().strip_prefix(";; fuel: ") {
			expected = Some(fuel.parse().expect("a number behind \"fuel:\""));
		} else if let Some(rest) = text.trim().strip_prefix("(func (export \"") {
			let name = rest.split('"').next().unwrap();
			let fuel = expected.take().unwrap_or_else(|| panic!("{name} has no fuel above it"));
			found.push((line + 1, name.into(), fuel));
		}
	}
	found
}

#[test]
fn every_function_of_the_cost_assertions_burns_what_stands_above_it() {
	chain(|| {
		let text = fs::read_to_string(guests().join("fuel.wast")).unwrap();
		let contract = deploy(inline(&text), &[]);
		let mut wrong = Vec::new();
		for (line, function, expected) in assertions(&text) {
			let outcome = invoke(&contract, &function, &[]);
			assert!(outcome.result.is_ok(), "{function}: {:?}", outcome.halt);
			let mut host = Bill::default();
			host.frame(&contract, 8, 0);
			if function.starts_with("host") {
				host.host(HostCost::Context, None);
			}
			let burnt = burnt(outcome.gas_consumed, host);
			if burnt != expected {
				wrong.push(std::format!(
					"fuel.wast:{line}: {function} burns {burnt}, not {expected}"
				));
			}
		}
		assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
	});
}

/// What the last contract of a row and each of the others burn themselves.
const LAST: u64 = 26;
const OTHER: u64 = 56;

#[test]
fn guests_and_hosts_add_up_to_what_is_reported_at_every_depth() {
	chain(|| {
		let row = row(limits::CALL_DEPTH as usize, "", "");
		for depth in 1..=row.len() {
			let called = &row[row.len() - depth..];
			let mut bill = Bill::default();
			for (at, contract) in called.iter().enumerate() {
				// No argument, or an empty one; all have the same code.
				bill.charge(cost::first_contract::<Info>());
				bill.frame_again(contract, (at == 0, true), if at == 0 { 8 } else { 16 }, 4);
				let is_last = at + 1 == depth;
				bill.host(HostCost::StorageRead, (!is_last).then_some(32));
				bill.touch(Access::Read);
				if is_last {
					bill.guest(LAST);
				} else {
					bill.host(HostCost::Call, Some(2));
					bill.host(HostCost::Copy, Some(4));
					bill.guest(OTHER);
				}
			}
			let outcome = invoke(&called[0], "go", &[]);
			assert_eq!(number(&outcome), depth as i32);
			assert_eq!(outcome.gas_consumed, bill.weight(), "depth {depth}");
			assert_gas_exact(&called[0], "go", &[], 0);
		}
	});
}

#[test]
fn settling_is_charged_for_each_contract_whose_deposit_changed() {
	chain(|| {
		let write = "(call $baals_storage_write #64 #4 #64 #8)";
		let contract = deploy(baals(&[quiet("write", write), quiet("nothing", "")].concat()), &[]);
		let bill = |settled: u32, host: Option<u32>| {
			let mut bill = Bill::default();
			bill.frame(&contract, 8, 0);
			if let Some(old) = host {
				bill.host(HostCost::StorageWrite, Some(8));
				bill.touch(Access::Write);
				bill.charge(cost::host_units::<Info>(HostCost::StorageRead, old));
			}
			bill.charge(cost::settle::<Info>(settled));
			// What is known of a contract changes where its deposit does.
			bill.charge(cost::write_back::<Info>(settled));
			bill
		};
		let nothing = invoke(&contract, "nothing", &[]).gas_consumed;
		let first = invoke(&contract, "write", &[]).gas_consumed;
		let second = invoke(&contract, "write", &[]).gas_consumed;
		// The function and its result; the write has four operands more and a call.
		assert_eq!(burnt(nothing, bill(0, None)), 2);
		assert_eq!(burnt(first, bill(1, Some(0))), 2 + 4 + 8);
		assert_eq!(burnt(second, bill(0, Some(8))), 2 + 4 + 8);
	});
}

#[test]
fn a_module_in_the_cache_costs_what_it_cost_before() {
	chain(|| {
		// A body that nobody else has, so that the first run is the one that parses it.
		let spin =
			"(loop $l (br_if $l (i32.lt_u (local.tee $i (i32.add (local.get $i) #1)) #12345)))";
		let contract = deploy(baals(&quiet("main", spin)), &[]);
		let first = invoke(&contract, "main", &[]).gas_consumed;
		for _ in 0..3 {
			assert_eq!(invoke(&contract, "main", &[]).gas_consumed, first);
		}
	});
}

/// What a second of two functions of a contract uses more than the first.
fn more(contract: &AccountId, [less, more]: [&str; 2]) -> Weight {
	let used = |function| {
		let outcome = invoke(contract, function, &[]);
		assert!(outcome.result.is_ok(), "{function}: {:?}", outcome.halt);
		outcome.gas_consumed
	};
	let less = used(less);
	used(more).checked_sub(&less).expect("the second does what the first does, and more")
}

#[test]
fn an_entry_is_paid_in_full_where_it_is_reached_first() {
	// Where keys lie in memory.
	const ONE: u32 = 3_000;
	const OTHER_KEY: u32 = 3_004;
	chain(|| {
		let read = |key: u32| std::format!("(drop (call $baals_storage_read #{key} #4 #64 #32))");
		let write = |key: u32| std::format!("(call $baals_storage_write #{key} #4 #64 #8)");
		let remove = |key: u32| std::format!("(call $baals_storage_remove #{key} #4)");
		let functions = [
			("read", read(ONE)),
			("read_again", read(ONE) + &read(ONE)),
			("read_another", read(ONE) + &read(OTHER_KEY)),
			("read_and_write", read(ONE) + &write(ONE)),
			("write_and_read", write(ONE) + &read(ONE)),
			("write_twice", write(ONE) + &write(ONE)),
			("write", write(ONE)),
			("write_and_remove", write(ONE) + &remove(ONE)),
		];
		let bodies = functions.map(|(name, body)| quiet(name, &body)).concat();
		let contract = deploy(baals(&(bodies + r#"(data (i32.const 3004) "else")"#)), &[]);
		let touch = cost::touch::<Info>;
		let base = |cost| cost::host::<Info>(cost, 0);
		let bytes = |cost, len| cost::host_units::<Info>(cost, len);
		// An entry that is there, so that each writes over eight bytes.
		invoke(&contract, "write", &[]).result.unwrap();
		let [read, write] = [HostCost::StorageRead, HostCost::StorageWrite];
		let writes = base(write) + bytes(write, 8) + bytes(read, 8);
		let reads = base(read) + bytes(read, 8);
		let cases = [
			(["read", "read_again"], reads),
			(["read", "read_another"], base(read) + touch(None, Access::Read)),
			(["read", "read_and_write"], writes + touch(Some(Access::Read), Access::Write)),
			(["write", "write_and_read"], reads),
			(["write", "write_twice"], writes),
			(
				["write", "write_and_remove"],
				base(HostCost::StorageRemove)
					+ bytes(HostCost::StorageRemove, 8)
					+ cost::settle::<Info>(1)
					+ cost::write_back::<Info>(1),
			),
		];
		for (functions, host) in cases {
			let more = more(&contract, functions);
			assert_eq!(more.proof_size(), host.proof_size(), "{functions:?}");
			// Beside it the guest's own instructions, and a fuel for each charge that was rounded.
			let guest = more.ref_time() - host.ref_time();
			assert!(guest < to_ref_time(30), "{functions:?}: {guest}");
		}
	});
}

#[test]
fn a_contract_and_its_code_are_paid_in_full_where_they_run_first() {
	chain(|| {
		let callee = || deploy(baals(&quiet("main", "")), &[]);
		let [one, two] = [callee(), callee()];
		let other = deploy(baals(&[quiet("main", ""), quiet("more", "")].concat()), &[]);
		let call = |at: u32| {
			std::format!(
				"(drop (call $baals_call_contract #{at} #32 #2000 #4 #0 #0 (i64.const 0)))"
			)
		};
		let functions = [
			("once", call(3_000)),
			("again", call(3_000) + &call(3_000)),
			("alike", call(3_000) + &call(3_032)),
			("another", call(3_000) + &call(3_064)),
		];
		let bodies = functions.map(|(name, body)| quiet(name, &body)).concat();
		let address = |at: u32, account: &AccountId| {
			let bytes: &[u8] = account.as_ref();
			let text: String = bytes.iter().map(|byte| std::format!("\\{byte:02x}")).collect();
			std::format!("(data (i32.const {at}) \"{text}\")")
		};
		let parts = [
			bodies,
			address(3_000, &one),
			address(3_032, &two),
			address(3_064, &other),
			r#"(data (i32.const 2000) "main")"#.into(),
		];
		let contract = deploy(baals(&parts.concat()), &[]);
		let bill = |account: &AccountId, is_first: bool, is_first_code: bool| {
			let mut bill = Bill::default();
			if is_first {
				bill.charge(cost::first_contract::<Info>());
			}
			bill.frame_again(account, (is_first_code, false), 16, 0);
			bill.host(HostCost::Call, Some(4));
			bill
		};
		let cases = [
			(["once", "again"], bill(&one, false, false)),
			(["once", "alike"], bill(&two, true, false)),
			(["once", "another"], bill(&other, true, true)),
		];
		for (functions, bill) in cases {
			let burnt = burnt(more(&contract, functions), bill);
			// Eight operands, a call and a drop here, and the function there.
			assert!(burnt < 30, "{functions:?}: {burnt}");
		}
	});
}

/// Fuel that a second round of `body` in a loop burns.
fn fuel_of_a_round(body: &str) -> u64 {
	let rounds = |count: u32| {
		std::format!(
			"(local.set $i #0) (loop $more {body} (br_if $more (i32.lt_u (local.tee $i \
			 (i32.add (local.get $i) #1)) #{count})))"
		)
	};
	let functions = [quiet("one", &rounds(1)), quiet("two", &rounds(2))].concat();
	let contract = deploy(baals(&functions), &[]);
	let used = |function| invoke(&contract, function, &[]).gas_consumed.ref_time();
	(used("two") - used("one")) / to_ref_time(1)
}

#[test]
fn fuel_pays_for_the_time_that_was_measured() {
	chain(|| {
		// The rounds of the benchmarks of these names.
		let additions = " (local.get $i) (i32.add)".repeat(100);
		let fuel = fuel_of_a_round(&std::format!("(local.get $i) {additions} (drop)"));
		let measured = Info::instruction(1) - Info::instruction(0);
		assert!(measured.ref_time() <= to_ref_time(fuel), "{measured} for {fuel} fuel");
		let fuel = fuel_of_a_round("(drop (memory.grow #1))");
		let measured = Info::memory_grow(1) - Info::memory_grow(0);
		assert!(measured.ref_time() <= to_ref_time(fuel), "{measured} for {fuel} fuel");
	});
}

#[test]
fn nothing_is_free() {
	// A benchmark whose slope drowned in noise would make it so.
	for spec in Abi::ALL.into_iter().flat_map(|abi| abi.functions()) {
		assert!(cost::host::<Info>(spec.cost, 0).ref_time() > 0, "{}", spec.rust_name);
	}
	let one = |set: fn(&mut LoadInputs) -> &mut u32| {
		let mut inputs = LoadInputs::default();
		*set(&mut inputs) = 1_000;
		cost::load::<Info>(&inputs, true).ref_time()
	};
	let parts = [
		one(|inputs| &mut inputs.code_bytes),
		one(|inputs| &mut inputs.instructions),
		one(|inputs| &mut inputs.functions),
		one(|inputs| &mut inputs.types),
		one(|inputs| &mut inputs.imports),
		one(|inputs| &mut inputs.globals),
		one(|inputs| &mut inputs.exports),
		one(|inputs| &mut inputs.data_bytes),
		one(|inputs| &mut inputs.data_segments),
		one(|inputs| &mut inputs.table_elements),
		one(|inputs| &mut inputs.element_items),
		one(|inputs| &mut inputs.element_segments),
	];
	assert!(parts.iter().all(|weight| *weight > 0), "{parts:?}");
	let functions = LoadInputs { functions: 1_000, ..LoadInputs::default() };
	let weights = [
		cost::frame::<Info>(),
		cost::settle::<Info>(1),
		cost::write_back::<Info>(1),
		cost::load::<Info>(&functions, false),
		cost::memory::<Info>(1, true),
		cost::memory::<Info>(1, false),
		cost::first_contract::<Info>(),
		cost::first_code::<Info>(),
		cost::touch::<Info>(None, Access::Read),
		cost::touch::<Info>(None, Access::Write),
		cost::touch::<Info>(None, Access::Remove),
		cost::touch::<Info>(Some(Access::Read), Access::Write),
	];
	assert!(weights.iter().all(|weight| weight.ref_time() > 0), "{weights:?}");
}
