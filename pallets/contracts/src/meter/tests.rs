//! The meter gives nothing away and takes nothing twice.

use super::{fuel::REF_TIME_PER_FUEL, GasMeter, OutOfGas};
use proptest::prelude::*;
use sp_runtime::Weight;

fn fuel(units: u64) -> Weight {
	Weight::from_parts(units * REF_TIME_PER_FUEL, 0)
}

#[test]
fn charge_rounds_up_and_limit_down() {
	let mut meter = GasMeter::new(Weight::from_parts(3 * REF_TIME_PER_FUEL + 1, 10));
	assert_eq!(meter.fuel_left(), 3);
	meter.charge(Weight::from_parts(1, 0)).unwrap();
	assert_eq!(meter.fuel_left(), 2);
	assert_eq!(meter.consumed(), fuel(1));
}

#[test]
fn overrun_takes_all_that_is_left_of_what_there_is_too_little_of() {
	let meter = GasMeter::new(Weight::from_parts(10 * REF_TIME_PER_FUEL, 100));
	for (fuels, proof, consumed) in [
		(11, 100, Weight::from_parts(10 * REF_TIME_PER_FUEL, 0)),
		(10, 101, Weight::from_parts(0, 100)),
		(11, 101, Weight::from_parts(10 * REF_TIME_PER_FUEL, 100)),
	] {
		let mut meter = meter;
		assert_eq!(
			meter.charge(fuel(fuels).saturating_add(Weight::from_parts(0, proof))),
			Err(OutOfGas)
		);
		assert_eq!(meter.consumed(), consumed);
	}
}

#[test]
fn proof_size_is_a_limit_of_its_own() {
	let mut meter = GasMeter::new(Weight::from_parts(10 * REF_TIME_PER_FUEL, 100));
	assert_eq!(meter.try_charge(Weight::from_parts(0, 101)), Err(OutOfGas));
	assert_eq!(meter.consumed(), Weight::zero());
	meter.charge(Weight::from_parts(0, 100)).unwrap();
	assert_eq!(meter.charge(Weight::from_parts(0, 1)), Err(OutOfGas));
}

#[test]
fn guest_cannot_hand_back_more_than_it_got() {
	let mut meter = GasMeter::new(fuel(10));
	meter.charge(fuel(4)).unwrap();
	meter.set_fuel_left(1_000);
	assert_eq!(meter.fuel_left(), 6);
}

#[test]
fn zero_limit_of_a_sub_call_means_all_that_is_left() {
	let meter = GasMeter::new(Weight::from_parts(10 * REF_TIME_PER_FUEL, 100));
	assert_eq!(meter.nested(Weight::zero()).left(), meter.left());
	assert_eq!(
		meter.nested(Weight::from_parts(3 * REF_TIME_PER_FUEL, 0)).left(),
		Weight::from_parts(3 * REF_TIME_PER_FUEL, 100)
	);
	assert_eq!(meter.nested(Weight::from_parts(u64::MAX, u64::MAX)).left(), meter.left());
	let none = meter.nested(Weight::from_parts(REF_TIME_PER_FUEL - 1, 0));
	assert_eq!(none.fuel_left(), 0, "less than one fuel is not all of it");
}

proptest! {
	/// However a chain of nested meters is charged, the root reports the sum to the unit.
	#[test]
	fn nested_charges_add_up(charges in proptest::collection::vec((0u64..1_000, 0u64..1_000), 1..16)) {
		let root = GasMeter::new(Weight::from_parts(1_000_000 * REF_TIME_PER_FUEL, 1_000_000));
		let mut stack = vec![root];
		let mut sum = Weight::zero();
		for (units, proof) in charges {
			let mut child = stack.last().unwrap().nested(Weight::zero());
			let weight = Weight::from_parts(units * REF_TIME_PER_FUEL, proof);
			child.charge(weight).unwrap();
			sum += weight;
			stack.push(child);
		}
		while stack.len() > 1 {
			let child = stack.pop().unwrap();
			stack.last_mut().unwrap().absorb(&child);
		}
		prop_assert_eq!(stack[0].consumed(), sum);
	}
}
