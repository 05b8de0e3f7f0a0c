//! The engine against a chain of one contract: fuel, traps and what becomes of an instance.

use super::*;
use crate::{
	exec::{mock_ext::MockExt, ContextExt, Halt, Trap},
	limits,
};
use caisson_contracts_abi::{Abi, FunctionId};
use std::string::String;

/// Calls `function` of the module `wat`, whose imports are `plan`.
fn call(
	ext: &mut MockExt,
	wat: &str,
	plan: &[FunctionId],
	function: &str,
) -> Result<Option<Value>, Halt> {
	let loaded = load_once(&wat::parse_str(wat).unwrap()).unwrap();
	Instance::new(ext, &loaded, plan)?.call(function, &[])
}

fn row(abi: Abi, name: &str) -> FunctionId {
	abi.functions().iter().find(|spec| spec.name == name).unwrap().id
}

const COUNT: &str = r#"(module
	(import "env" "baals_get_block_index" (func $index (result i64)))
	(memory (export "memory") 1 8)
	(func (export "constant") (result i32) (i32.const 42))
	(func (export "endless") (loop (br 0)))
	(func (export "index") (result i64) (drop (call $index)) (call $index))
	(func (export "grow") (result i32) (memory.grow (i32.const 7)))
	(func (export "unreachable") (unreachable)))"#;

fn plan() -> [FunctionId; 1] {
	[row(Abi::Baals, "baals_get_block_index")]
}

#[test]
fn results_come_back_and_what_was_burnt_is_gone_from_the_meter() {
	let mut ext = MockExt::new(Abi::Baals);
	let before = ext.meter.fuel_left();
	assert_eq!(call(&mut ext, COUNT, &plan(), "constant"), Ok(Some(Value::I32(42))));
	let constant = before - ext.meter.fuel_left();
	assert!(constant > 0);
	// The same work costs the same, to the unit.
	let before = ext.meter.fuel_left();
	assert_eq!(call(&mut ext, COUNT, &plan(), "constant"), Ok(Some(Value::I32(42))));
	assert_eq!(before - ext.meter.fuel_left(), constant);
}

#[test]
fn a_guest_that_does_not_end_leaves_no_fuel() {
	let mut ext = MockExt::new(Abi::Baals);
	ext.meter = crate::meter::GasMeter::new(sp_runtime::Weight::from_parts(40_000_000, 1_000));
	assert_eq!(call(&mut ext, COUNT, &plan(), "endless"), Err(Halt::OutOfGas));
	assert_eq!((ext.meter.fuel_left(), ext.meter.left().proof_size()), (0, 1_000));
}

#[test]
fn host_functions_pay_from_the_same_meter_as_the_guest() {
	let mut ext = MockExt::new(Abi::Baals);
	assert_eq!(call(&mut ext, COUNT, &plan(), "index"), Ok(Some(Value::I64(42))));
	let used = ext.meter.consumed();
	// What was used is enough, and one unit of fuel less is not.
	ext.meter = crate::meter::GasMeter::new(used);
	assert_eq!(call(&mut ext, COUNT, &plan(), "index"), Ok(Some(Value::I64(42))));
	ext.meter =
		crate::meter::GasMeter::new(used.saturating_sub(sp_runtime::Weight::from_parts(1, 0)));
	assert_eq!(call(&mut ext, COUNT, &plan(), "index"), Err(Halt::OutOfGas));
}

#[test]
fn memory_grows_to_the_modules_maximum_and_the_frame_knows() {
	let mut ext = MockExt::new(Abi::Baals);
	assert_eq!(call(&mut ext, COUNT, &plan(), "grow"), Ok(Some(Value::I32(1))));
	assert_eq!(ext.pages, 8);
	assert!(ext.spare_pages() >= 8 && limits::STACK_PAGES >= 8);
}

#[test]
fn a_trap_says_what_it_was() {
	let mut ext = MockExt::new(Abi::Baals);
	let before = ext.meter.fuel_left();
	assert_eq!(call(&mut ext, COUNT, &plan(), "unreachable"), Err(Trap::Unreachable.into()));
	assert!(ext.meter.fuel_left() < before && ext.meter.fuel_left() > 0);
	assert_eq!(call(&mut ext, COUNT, &plan(), "absent"), Err(Trap::FunctionNotFound.into()));
}

#[test]
fn a_plan_that_names_no_row_is_refused() {
	let mut ext = MockExt::new(Abi::Baals);
	let unknown = [FunctionId { abi: Abi::Baals, row: u8::MAX }];
	assert!(matches!(
		call(&mut ext, COUNT, &unknown, "constant"),
		Err(Halt::Trap(Trap::Engine(_)))
	));
}

#[test]
fn room_is_made_before_it_is_needed_and_kept_where_it_is_there() {
	let code = |number: u32| {
		let data: String = std::iter::repeat_n('x', 200_000).collect();
		let text = std::format!(
			r#"(module
				(import "env" "baals_get_block_index" (func $index (result i64)))
				(memory (export "memory") 4)
				(data (i32.const 0) "{data}")
				(func (export "index") (param i32 i32) (result i32)
					(drop (call $index)) (i32.const {number})))"#
		);
		let code = wat::parse_str(text).unwrap();
		crate::code::check(&code, crate::code::Open::to_new::<crate::mock::Test>())
			.unwrap()
			.prepared
	};
	let hash = |number: u32| [number.to_le_bytes(); 8].concat().try_into().unwrap();
	let mut cache = cache::Cache::new();
	let room = limits::TOUCHED_CODE_BYTES as usize;
	let size = code(0).code.len();
	let few = u32::try_from((CACHED_BYTES - room) / size).unwrap();
	for number in 0..few {
		cache.parse(&hash(number), code(number)).unwrap();
	}
	cache.make_room(room);
	assert!((0..few).all(|number| cache.find(&hash(number)).is_some()), "there was room");
	cache.parse(&hash(few), code(few)).unwrap();
	cache.make_room(room);
	assert!((0..=few).all(|number| cache.find(&hash(number)).is_none()), "there was none");
	// As much as there was room made for is there together.
	let many = u32::try_from(room / size).unwrap();
	for number in 0..many {
		cache.parse(&hash(number), code(number)).unwrap();
	}
	assert!((0..many).all(|number| cache.find(&hash(number)).is_some()));
}
