//! What every table must be for the chain to store numbers of its rows.

use caisson_contracts_abi::{
	resolve, spec::candidates, types::WasmType, Abi, Capability, Charge, Effect, FunctionId,
	FunctionSpec, ImportError, OnReadOnly, Status,
};
use std::collections::BTreeSet;

fn rows() -> impl Iterator<Item = &'static FunctionSpec> {
	Abi::ALL.into_iter().flat_map(|abi| abi.functions())
}

fn wasm_params(spec: &FunctionSpec) -> Vec<Option<WasmType>> {
	spec.params.iter().map(|param| Some(param.ty.wasm())).collect()
}

#[test]
fn row_numbers_are_unique_and_dense() {
	for abi in Abi::ALL {
		let numbers: Vec<_> = abi.functions().iter().map(|spec| spec.id.row).collect();
		// In the order of the table, even: a row is appended, never moved.
		let expected: Vec<_> = (0u8..).take(numbers.len()).collect();
		assert_eq!(numbers, expected, "{}", abi.name());
		assert!(abi.functions().iter().all(|spec| spec.id.abi == abi));
	}
}

#[test]
fn stored_numbers_of_abis_and_capabilities_stay() {
	let abis = [Abi::Seal, Abi::Baals, Abi::Aureon, Abi::Dytallix];
	assert_eq!(abis.map(|abi| abi as u8), [0, 1, 2, 3]);
	assert_eq!(abis, Abi::ALL);
	let bits = Capability::ALL.map(Capability::bit);
	assert_eq!(bits, [1, 2, 4, 8, 16, 32, 64, 128, 256]);
}

#[test]
fn tables_have_as_many_rows_as_their_interfaces_document() {
	// Names, and names with their alternative signatures.
	for (abi, names, signatures) in
		[(Abi::Baals, 15, 18), (Abi::Aureon, 5, 5), (Abi::Dytallix, 6, 7)]
	{
		let mut found: Vec<_> = abi.functions().iter().map(|spec| spec.name).collect();
		assert_eq!(found.len(), signatures, "{}", abi.name());
		found.sort_unstable();
		found.dedup();
		assert_eq!(found.len(), names, "{}", abi.name());
	}
}

#[test]
fn seal_has_what_pallet_contracts_has() {
	// Functions, and the imports that they can be named by, by status. The pallet itself counts 111
	// imports that are not unstable.
	let count = |status| {
		let rows = || Abi::Seal.functions().iter().filter(|spec| spec.status == status);
		(rows().count(), rows().flat_map(FunctionSpec::names).count())
	};
	assert_eq!(count(Status::Stable), (53, 95));
	assert_eq!(count(Status::Deprecated), (8, 16));
	assert_eq!(count(Status::Unstable), (9, 9));
	let in_module = |module| Abi::Seal.functions().iter().filter(move |spec| spec.module == module);
	assert_eq!(["seal0", "seal1", "seal2"].map(|module| in_module(module).count()), [55, 12, 3]);
}

#[test]
fn only_seal_has_modules_of_its_own_and_second_names() {
	for spec in rows() {
		match spec.id.abi {
			Abi::Seal => assert!(matches!(spec.module, "seal0" | "seal1" | "seal2")),
			_ => assert_eq!((spec.module, spec.alias), ("env", None), "{}", spec.name),
		}
	}
}

#[test]
fn a_second_name_is_the_first_with_its_prefix() {
	for spec in rows() {
		if let Some(alias) = spec.alias {
			assert_eq!(alias, format!("seal_{}", spec.name));
		}
	}
}

#[test]
fn no_import_means_two_rows() {
	let mut seen = BTreeSet::new();
	for spec in rows() {
		for name in spec.names() {
			let ty = format!("{:?} {:?}", wasm_params(spec), spec.result);
			assert!(seen.insert((spec.module, name, ty)), "{}.{name}", spec.module);
		}
	}
}

#[test]
fn rust_names_are_unique_in_a_table() {
	for abi in Abi::ALL {
		let names: BTreeSet<_> = abi.functions().iter().map(|spec| spec.rust_name).collect();
		assert_eq!(names.len(), abi.functions().len(), "{}", abi.name());
	}
}

#[test]
fn versions_of_a_function_are_told_by_module_and_rust_name() {
	for spec in Abi::Seal.functions() {
		let versions = Abi::Seal.functions().iter().filter(|other| other.name == spec.name);
		let version = spec.module.trim_start_matches("seal");
		let expected = match versions.count() {
			1 => spec.name.to_string(),
			_ => format!("{}_v{version}", spec.name),
		};
		assert_eq!(spec.rust_name, expected);
	}
}

#[test]
fn seal_has_no_gas_of_its_own() {
	assert!(Abi::Seal
		.functions()
		.iter()
		.all(|spec| (spec.charge, spec.gas) == (Charge::Entry, "0")));
}

#[test]
fn an_id_finds_its_row() {
	for spec in rows() {
		assert_eq!(spec.id.spec(), Some(spec));
	}
	assert_eq!(FunctionId { abi: Abi::Aureon, row: 5 }.spec(), None);
	assert_eq!(FunctionId { abi: Abi::Seal, row: 70 }.spec(), None);
}

#[test]
fn names_of_abis_are_found() {
	for abi in Abi::ALL {
		assert_eq!(Abi::from_name(abi.name()), Some(abi));
	}
	assert_eq!(Abi::from_name("BaaLS"), None);
	assert_eq!(Abi::from_name(""), None);
}

#[test]
fn names_of_two_abis_are_disjoint() {
	for spec in rows() {
		for name in spec.names() {
			let mut others = candidates(spec.module, name);
			assert!(others.all(|other| other.id.abi == spec.id.abi), "{name}");
		}
	}
}

#[test]
fn alternatives_differ_in_type_and_in_nothing_that_a_price_or_right_depends_on() {
	for spec in rows() {
		for other in candidates(spec.module, spec.name).filter(|other| other.id != spec.id) {
			assert_ne!(
				(wasm_params(spec), spec.result),
				(wasm_params(other), other.result),
				"{}",
				spec.name
			);
			assert_ne!(spec.rust_name, other.rust_name);
			assert_eq!(
				(spec.effect, spec.on_read_only, spec.capability, spec.cost, spec.charge, spec.gas),
				(
					other.effect,
					other.on_read_only,
					other.capability,
					other.cost,
					other.charge,
					other.gas
				),
				"{}",
				spec.name
			);
		}
	}
}

#[test]
fn every_row_is_resolved_by_its_own_type_only() {
	for spec in rows() {
		let params = wasm_params(spec);
		for name in spec.names() {
			let found = resolve(spec.module, name, params.iter().copied(), spec.result);
			assert_eq!(found, Ok(spec));
		}
		// One parameter more, a float for the first, no row of another module.
		let more = params.iter().copied().chain([Some(WasmType::I64)]).collect::<Vec<_>>();
		let wrong = resolve(spec.module, spec.name, more.into_iter(), spec.result);
		assert!(
			matches!(wrong, Err(ImportError::WrongType { expected }) if expected.name == spec.name)
		);
		if !params.is_empty() {
			let float = [None].into_iter().chain(params.iter().skip(1).copied());
			let wrong =
				resolve(spec.module, spec.name, float.collect::<Vec<_>>().into_iter(), spec.result);
			assert!(matches!(wrong, Err(ImportError::WrongType { .. })));
		}
		let unknown = resolve("environment", spec.name, params.into_iter(), spec.result);
		assert_eq!(unknown, Err(ImportError::Unknown));
	}
}

#[test]
fn mutating_rows_have_a_refusal_and_reading_rows_have_none() {
	for spec in rows() {
		match spec.effect {
			Effect::Mutate => assert_ne!(spec.on_read_only, OnReadOnly::Allowed, "{}", spec.name),
			Effect::Read => assert_eq!(spec.on_read_only, OnReadOnly::Allowed, "{}", spec.name),
		}
	}
}

#[test]
fn whatever_changes_state_can_be_withheld() {
	for spec in rows().filter(|spec| spec.effect == Effect::Mutate) {
		assert!(spec.capability.is_some(), "{}", spec.name);
	}
}

#[test]
fn rows_are_documented() {
	for spec in rows() {
		let first = spec.doc.lines().next().unwrap_or_default().trim();
		assert!(first.len() > 10, "{}", spec.name);
		assert!(spec.doc.trim_end().ends_with('.'), "{}", spec.name);
		assert!(!spec.subject.is_empty() && !spec.gas.is_empty());
		for param in spec.params {
			assert!(param.name.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'_'));
		}
	}
}
