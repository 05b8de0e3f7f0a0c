//! The native build of the runtime and its Wasm build do the same: each guest is deployed and each of
//! its functions called in blocks on both, and every extrinsic's result, every event with its weight and
//! abi gas, and the state root of every block must be equal. [`ink`] does so with ink! contracts, and
//! compares the answers of dry runs, too.

#![allow(
	clippy::unwrap_used,
	clippy::indexing_slicing,
	reason = "tests may stop at what is not so"
)]
#![allow(clippy::arithmetic_side_effects, reason = "counters of tests")]

mod chain;
mod ink;
#[path = "../support/mod.rs"]
mod support;

use caisson_contracts_api::Code;
use caisson_solo_runtime::{Address, Hash, RuntimeCall, RuntimeEvent};
use chain::{Pair, GAS};
use pallet_wasm_contracts::{Call, Event};
use sp_runtime::{traits::Header as _, AccountId32};
use std::path::{Path, PathBuf};

fn repository() -> PathBuf {
	Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// Where `make guests` leaves what it builds.
fn built() -> PathBuf {
	let target = std::env::var_os("CARGO_TARGET_DIR").map_or_else(
		|| PathBuf::from(std::env::var_os("HOME").unwrap()).join(".cache/caisson/target"),
		PathBuf::from,
	);
	target.join("caisson-guests")
}

/// Every guest: the WAT modules, and the Rust contracts that `make guests` built.
fn guests() -> Vec<(String, Vec<u8>)> {
	let mut guests = Vec::new();
	let mut folders = vec![repository().join("tests/wat")];
	while let Some(folder) = folders.pop() {
		for entry in std::fs::read_dir(&folder).unwrap() {
			let path = entry.unwrap().path();
			if path.is_dir() {
				folders.push(path);
			} else if path.extension().is_some_and(|extension| extension == "wat") {
				guests.push((path.display().to_string(), wat::parse_file(&path).unwrap()));
			}
		}
	}
	let built = built();
	let contracts = std::fs::read_dir(&built)
		.unwrap_or_else(|_| panic!("{} does not exist: run `make guests`", built.display()));
	for entry in contracts {
		let path = entry.unwrap().path();
		if path.extension().is_some_and(|extension| extension == "wasm") {
			guests.push((path.display().to_string(), std::fs::read(&path).unwrap()));
		}
	}
	guests.sort();
	guests
}

/// The names that callers of this module can call.
fn functions(code: &[u8]) -> Vec<String> {
	wasmparser::Parser::new(0)
		.parse_all(code)
		.filter_map(|payload| match payload {
			Ok(wasmparser::Payload::ExportSection(exports)) => Some(exports),
			_ => None,
		})
		.flat_map(|exports| exports.into_iter().flatten())
		.filter(|export| export.kind == wasmparser::ExternalKind::Func)
		.map(|export| export.name.strip_prefix("contract_").unwrap_or(export.name).to_string())
		.collect()
}

#[test]
fn every_guest_does_the_same_natively_and_in_wasm() {
	let mut pair = Pair::new();
	let (mut deployed, mut succeeded, mut failed, mut abi_gas) = (0u32, 0u32, 0u32, 0u64);
	let guests = guests();
	assert!(guests.len() > 20, "only {} guests were found", guests.len());
	for (name, code) in &guests {
		let deploy = RuntimeCall::Contracts(Call::deploy {
			value: 1_000_000_000_000,
			gas_limit: GAS,
			storage_deposit_limit: None,
			code: Code::Upload(code.clone()),
			args: vec![1_000u64.to_le_bytes().to_vec()],
			salt: None,
			capabilities: None,
		});
		let (_, events) = pair.block(name, vec![deploy]);
		let contract: Option<AccountId32> = events.iter().find_map(|event| match event {
			RuntimeEvent::Contracts(Event::Instantiated { contract, .. }) => Some(contract.clone()),
			_ => None,
		});
		let Some(contract) = contract else { continue };
		deployed += 1;
		let calls = functions(code).into_iter().flat_map(|function| {
			[vec![], vec![7u64.to_le_bytes().to_vec()]].map(|args| {
				RuntimeCall::Contracts(Call::invoke {
					dest: Address::Id(contract.clone()),
					value: 0,
					gas_limit: GAS,
					storage_deposit_limit: None,
					function: function.clone().into_bytes(),
					args,
				})
			})
		});
		let calls: Vec<_> = calls.collect();
		for block in calls.chunks(16) {
			let (results, events) = pair.block(name, block.to_vec());
			for result in &results[1..] {
				match result {
					Ok(Ok(())) => succeeded += 1,
					Ok(Err(_)) => failed += 1,
					Err(invalid) => panic!("{name}: an extrinsic was not valid: {invalid:?}"),
				}
			}
			abi_gas += events
				.iter()
				.filter_map(|event| match event {
					RuntimeEvent::Contracts(Event::Executed { abi_gas, .. }) => Some(abi_gas),
					_ => None,
				})
				.sum::<u64>();
		}
	}
	println!(
		"{} guests, {deployed} deployed; {succeeded} calls succeeded, {failed} failed; \
		 {abi_gas} abi gas; state root {:?}",
		guests.len(),
		pair.header().state_root()
	);
	assert_ne!(*pair.header().state_root(), Hash::zero());
	assert!(deployed > 20, "only {deployed} guests were deployed");
	assert!(succeeded > 20 && failed > 5, "{succeeded} calls succeeded, {failed} failed");
	assert!(abi_gas > 0, "no abi gas was counted");
}
