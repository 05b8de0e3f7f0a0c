//! Host functions against a chain of one contract: the shim's order, and what a body leaves undone where
//! it refuses.

mod seal;

use super::*;
use crate::{
	exec::{mock_ext::MockExt, Access, MeterExt, StorageExt, Touched},
	types::CapabilitySet,
};
use caisson_contracts_abi::{
	aureon::AureonBalance,
	baals::{BaalsCall, BaalsStorage},
	dytallix::DytallixStorage,
	Abi, Capability, GuestLen, GuestPtr,
};
use sp_runtime::{DispatchError, Weight};

const MEMORY: usize = 1_024;

/// Runs `body` as a host function of the guest, whose memory begins with `bytes`; returns its result and
/// the memory afterwards.
fn run<R>(
	ext: &mut MockExt,
	bytes: &[u8],
	body: impl FnOnce(&mut Host<'_, MockExt>) -> R,
) -> (R, Vec<u8>) {
	let mut memory = vec![0; MEMORY];
	memory[..bytes.len()].copy_from_slice(bytes);
	let mut state = AbiState::default();
	let result = body(&mut Host { ext, memory: GuestMemory::new(&mut memory), state: &mut state });
	(result, memory)
}

/// The first row of that name.
fn row(abi: Abi, name: &str) -> &'static FunctionSpec {
	abi.functions().iter().find(|spec| spec.name == name).unwrap()
}

const fn at(ptr: u32, len: u32) -> (GuestPtr, GuestLen) {
	(GuestPtr(ptr), GuestLen(len))
}

/// What a charge of `weight` takes from a meter: whole fuel.
fn charged(weight: Weight) -> Weight {
	let mut meter = crate::meter::GasMeter::new(Weight::MAX);
	meter.charge(weight).unwrap();
	meter.consumed()
}

#[test]
fn the_shim_charges_before_it_refuses() {
	let spec = row(Abi::Baals, "baals_storage_write");
	let mut ext = MockExt::new(Abi::Baals);
	ext.capabilities = CapabilitySet::of([]);
	let before = ext.meter;
	let (result, _) = run(&mut ext, &[], |host| dispatch(host, spec, 7, |_| Ok(())));
	assert_eq!(result, Err(Trap::CapabilityDenied(Capability::StorageWrite).into()));
	let weight = ext.weigh(HostCost::StorageWrite, 0);
	let mut expected = before;
	expected.charge(weight).unwrap();
	assert_eq!(ext.meter, expected);
	assert_eq!(ext.abi_gas, 0, "what was refused has no gas of its own");
}

#[test]
fn the_shim_looks_for_the_capability_before_it_looks_for_read_only() {
	let spec = row(Abi::Baals, "baals_storage_write");
	let mut ext = MockExt::new(Abi::Baals);
	ext.read_only = true;
	let (result, _) = run(&mut ext, &[], |host| dispatch(host, spec, 7, |_| Ok(())));
	assert_eq!(result, Err(Trap::StateChangeDenied("baals_storage_write").into()));
	ext.capabilities = CapabilitySet::of([]);
	let (result, _) = run(&mut ext, &[], |host| dispatch(host, spec, 7, |_| Ok(())));
	assert_eq!(result, Err(Trap::CapabilityDenied(Capability::StorageWrite).into()));
}

#[test]
fn a_shim_without_gas_runs_no_body() {
	let spec = row(Abi::Baals, "baals_get_block_index");
	let mut ext = MockExt::new(Abi::Baals);
	ext.meter = GasMeterWith::nothing();
	let (result, _) = run(&mut ext, &[], |host| {
		dispatch(host, spec, 7, |_| -> Result<i64, Halt> { panic!("the body ran") })
	});
	assert_eq!(result, Err(Halt::OutOfGas));
}

/// Meters of tests.
struct GasMeterWith;

impl GasMeterWith {
	fn nothing() -> crate::meter::GasMeter {
		crate::meter::GasMeter::new(Weight::zero())
	}

	/// Enough for `weight` and not for one unit more.
	fn exactly(weight: Weight) -> crate::meter::GasMeter {
		let mut meter = crate::meter::GasMeter::new(Weight::from_parts(u64::MAX, u64::MAX));
		meter.charge(weight).unwrap();
		crate::meter::GasMeter::new(meter.consumed())
	}
}

#[test]
fn a_value_is_owed_when_its_length_is_known() {
	let mut ext = MockExt::new(Abi::Baals);
	ext.storage.insert(b"key".to_vec(), vec![1; 100]);
	let read = |host: &mut Host<'_, MockExt>| {
		let ((key, key_len), (value, value_len)) = (at(0, 3), at(8, 200));
		host.baals_storage_read(key, key_len, value, value_len)
	};
	let bytes = ext.weigh_units(HostCost::StorageRead, 100);
	let price = charged(bytes) + charged(ext.touch(b"key".as_slice(), Access::Read));
	ext.touched = Touched::new();
	ext.meter = GasMeterWith::exactly(price);
	let (result, memory) = run(&mut ext, b"key", read);
	assert_eq!(result, Ok(100));
	assert_eq!(memory[8..108], [1; 100]);
	// Once it was reached, its bytes alone are owed.
	ext.meter = GasMeterWith::exactly(bytes.saturating_sub(charged(Weight::from_parts(1, 0))));
	let (result, memory) = run(&mut ext, b"key", read);
	assert_eq!(result, Err(Halt::OutOfGas));
	assert_eq!(memory[8..108], [0; 100]);
}

#[test]
fn what_is_not_in_memory_changes_nothing() {
	let mut ext = MockExt::new(Abi::Dytallix);
	let effects = ext.effects();
	let end = MEMORY as u32;
	for ((key, key_len), (value, value_len), code) in [
		(at(end, 1), at(0, 1), -4),
		(at(u32::MAX, 128), at(0, 1), -4),
		(at(0, 1), at(end - 1, 2), -5),
		(at(0, 1), at(u32::MAX, 1), -5),
	] {
		let (result, _) = run(&mut ext, b"k", |host| {
			DytallixStorage::storage_set(host, key, key_len, value, value_len)
		});
		assert_eq!(result, Ok(code));
		assert_eq!(ext.effects(), effects);
	}
	let (result, _) = run(&mut ext, b"k", |host| {
		let ((key, key_len), (value, value_len)) = (at(0, 1), at(end - 1, 1));
		DytallixStorage::storage_set(host, key, key_len, value, value_len)
	});
	assert_eq!(result, Ok(0));
	assert_ne!(ext.effects(), effects);
}

#[test]
fn a_callee_that_fails_is_a_code_and_its_result_is_absent() {
	let mut ext = MockExt::new(Abi::Baals);
	ext.callees.push_back(Ok(b"fine".to_vec()));
	ext.callees.push_back(Err(DispatchError::Other("no").into()));
	ext.callees.push_back(Err(Halt::Revert(b"no".to_vec()).into()));
	let (codes, memory) = run(&mut ext, &[9; 32], |host| {
		let mut call = || {
			let ((id, id_len), (method, method_len)) = (at(0, 32), at(0, 2));
			host.baals_call_contract(id, id_len, method, method_len, GuestPtr(0), GuestLen(0), 5)
		};
		let codes = [call(), call(), call()];
		let first = host.baals_read_call_result_at(GuestPtr(64), GuestLen(10), 0);
		let last = host.baals_read_call_result(GuestPtr(80), GuestLen(10));
		(codes, first, last)
	});
	assert_eq!(codes, ([Ok(4), Ok(-1), Ok(-1)], Ok(4), Ok(-1)));
	assert_eq!(&memory[64..68], b"fine");
	assert_eq!(ext.calls.len(), 3);
	assert!(ext.calls.iter().all(|call| (call.dest, call.value) == ([9; 32], 5)));
}

#[test]
fn only_the_contracts_own_money_moves() {
	let mut ext = MockExt::new(Abi::Aureon);
	let mut accounts = MockExt::ACCOUNT.to_vec();
	accounts.extend(MockExt::CALLER);
	let (own, other) = (at(0, 32), at(32, 32));
	for (from, to, amount, code, moved) in [
		(other, own, 1, 2, 0),
		(own, other, 1_001, 1, 0),
		(own, other, -1, 1, 0),
		(own, other, 400, 0, 400),
	] {
		let (result, _) = run(&mut ext, &accounts, |host| {
			AureonBalance::transfer(host, from.0, from.1, to.0, to.1, amount)
		});
		assert_eq!(result, Ok(code));
		assert_eq!(ext.balances.get(&MockExt::CALLER).copied().unwrap_or(0), moved);
		assert_eq!(ext.balances[&MockExt::ACCOUNT], 1_000 - moved);
	}
}
