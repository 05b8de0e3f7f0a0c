//! The metadata of both chains, compared as clients read it: calls, events, errors, storage, constants
//! and runtime APIs, with every type resolved down to its primitives.
//!
//! What differs is [`DIFFERENCES`], each with its reason; a difference that is not listed fails, and so
//! does one that is listed and no longer there. `tests/golden/metadata-differences.txt` is the list to
//! read. Documentation, names of type aliases and the configuration's associated types are not compared.

#![allow(clippy::arithmetic_side_effects, reason = "counters of tests")]
#![allow(
	clippy::unwrap_used,
	clippy::indexing_slicing,
	reason = "tests may stop at what is not so"
)]

use caisson_differential::{ours, theirs};
use frame_metadata::v16::{
	PalletMetadata, RuntimeApiMetadata, RuntimeMetadataV16, StorageEntryMetadata,
	StorageEntryModifier, StorageEntryType, StorageHasher,
};
use scale_info::{
	form::PortableForm, Field, Path, PortableRegistry, Type, TypeDef, TypeDefPrimitive,
	TypeDefVariant, Variant,
};
use std::{
	collections::{BTreeMap, BTreeSet},
	fmt::Write,
};

type Ty = Type<PortableForm>;

/// What differs, by reason.
const DIFFERENCES: &[(&str, &[&str])] = &[
	(
		"Calls with gas as one number, deprecated there since 2022: their numbers stay unused",
		&[
			"Contracts call call_old_weight: only there",
			"Contracts call instantiate_old_weight: only there",
			"Contracts call instantiate_with_code_old_weight: only there",
		],
	),
	(
		"A migration looks at codes, and lists those that are refused",
		&[
			"Contracts storage Migration: only here",
			"Contracts storage MigrationInProgress: only there",
			"Contracts storage RefusedCodes: only here",
		],
	),
	(
		"Contracts that are called by the names of functions, with arguments",
		&[
			"Contracts call deploy: only here",
			"Contracts call invoke: only here",
			"Contracts error FunctionNotFound: only here",
			"Contracts error ArgumentMismatch: only here",
			"Contracts constant AbiGasPrice: only here",
			"API CaissonContractsApi: only here",
		],
	),
	("The receipt of a root call", &["Contracts event Executed: only here"]),
	(
		"What a call loads, ready, and what a contract may do",
		&[
			"Contracts storage PreparedCodeOf: only here",
			"Contracts storage ContractSettingsOf: only here",
			"Contracts error CapabilityDenied: only here",
		],
	),
	(
		"Every limit is in one constant, by name",
		&[
			"Contracts constant limits: only here",
			"Contracts constant MaxCodeLen: only there",
			"Contracts constant MaxDebugBufferLen: only there",
			"Contracts constant MaxDelegateDependencies: only there",
			"Contracts constant MaxStorageKeyLen: only there",
			"Contracts constant MaxTransientStorageSize: only there",
		],
	),
	(
		"Weights of host functions are of the engine's kind, and not a chain's to configure",
		&["Contracts constant Schedule: only there", "Contracts error InvalidSchedule: only there"],
	),
	(
		"The version of the interface is the runtime API's",
		&["Contracts constant ApiVersion: only there"],
	),
	(
		"One error for whatever is over a limit of the contract's interface, one for input and salt",
		&[
			"Contracts error LimitExceeded: only here",
			"Contracts error InputTooLarge: only here",
		],
	),
	(
		"Decoding fails alike for whatever a contract encodes",
		&["Contracts error XCMDecodeFailed: only there"],
	),
	(
		"Code without its info cannot be here, so no call says so",
		&["Contracts error CodeInfoNotFound: only there"],
	),
	(
		"A refused code names its reason",
		&["Contracts error CodeRejected fields: [] there, [\"\"] here"],
	),
	(
		"A type of the runtime API's own crate",
		&[
			"API ContractsApi call result.result Ok.0.flags: pallet_contracts_uapi::flags::ReturnFlags \
			 there, caisson_contracts_api::client::ReturnFlags here, encoded alike",
		],
	),
];

/// Where types of theirs are here. The rest of a path is not compared, but for its last segment.
const CRATES: &[(&str, &[&str])] = &[
	("pallet_contracts", &["pallet_wasm_contracts", "caisson_contracts_api"]),
	("caisson_differential", &["caisson_differential"]),
];

/// Items of one kind by name. A name is there once.
fn by_name<'a, T>(
	items: impl IntoIterator<Item = &'a T>,
	name: impl Fn(&T) -> &String,
) -> BTreeMap<String, &'a T> {
	let mut found = BTreeMap::new();
	for item in items {
		assert!(found.insert(name(item).clone(), item).is_none(), "{} is there twice", name(item));
	}
	found
}

/// Both metadata, and what was found so far.
struct Comparison<'a> {
	theirs: &'a RuntimeMetadataV16,
	ours: &'a RuntimeMetadataV16,
	/// Pairs of types that were compared, or are being compared.
	seen: BTreeSet<(u32, u32)>,
	found: Vec<String>,
}

impl<'a> Comparison<'a> {
	fn differ(&mut self, at: &str, what: impl AsRef<str>) {
		self.found.push(format!("{at}: {}", what.as_ref()));
	}

	/// Compares two values that are printed as they are.
	fn equal<T: PartialEq + std::fmt::Debug>(&mut self, at: &str, theirs: T, ours: T) {
		if theirs != ours {
			self.differ(at, format!("{theirs:?} there, {ours:?} here"));
		}
	}

	/// Pairs items by name; those that only one side has are differences.
	fn pairs<T>(
		&mut self,
		at: &str,
		theirs: BTreeMap<String, &'a T>,
		ours: BTreeMap<String, &'a T>,
	) -> Vec<(String, &'a T, &'a T)> {
		for name in ours.keys().filter(|name| !theirs.contains_key(*name)) {
			self.differ(&format!("{at} {name}"), "only here");
		}
		let mut both = Vec::new();
		for (name, item) in theirs {
			match ours.get(&name) {
				Some(other) => both.push((format!("{at} {name}"), item, *other)),
				None => self.differ(&format!("{at} {name}"), "only there"),
			}
		}
		both
	}

	fn pallet(
		&mut self,
		theirs: &'a PalletMetadata<PortableForm>,
		ours: &'a PalletMetadata<PortableForm>,
	) {
		let at = &theirs.name;
		self.equal(&format!("{at} index"), theirs.index, ours.index);
		for (kind, theirs, ours) in [
			("call", theirs.calls.as_ref().map(|it| it.ty), ours.calls.as_ref().map(|it| it.ty)),
			("event", theirs.event.as_ref().map(|it| it.ty), ours.event.as_ref().map(|it| it.ty)),
			("error", theirs.error.as_ref().map(|it| it.ty), ours.error.as_ref().map(|it| it.ty)),
		] {
			let at = format!("{at} {kind}");
			self.equal(&at, theirs.is_some(), ours.is_some());
			if let (Some(theirs), Some(ours)) = (theirs, ours) {
				self.types(&at, theirs.id, ours.id);
			}
		}
		let entries = |pallet: &'a PalletMetadata<PortableForm>| {
			let entries = pallet.storage.iter().flat_map(|storage| &storage.entries);
			by_name(entries, |entry| &entry.name)
		};
		let prefix = |pallet: &'a PalletMetadata<PortableForm>| {
			pallet.storage.as_ref().map(|storage| storage.prefix.clone())
		};
		self.equal(&format!("{at} prefix"), prefix(theirs), prefix(ours));
		let storage = self.pairs(&format!("{at} storage"), entries(theirs), entries(ours));
		for (at, theirs, ours) in storage {
			self.storage(&at, theirs, ours);
		}
		let constants = self.pairs(
			&format!("{at} constant"),
			by_name(&theirs.constants, |constant| &constant.name),
			by_name(&ours.constants, |constant| &constant.name),
		);
		for (at, theirs, ours) in constants {
			self.types(&at, theirs.ty.id, ours.ty.id);
			self.equal(&format!("{at} value"), &theirs.value, &ours.value);
		}
		let views = self.pairs(
			&format!("{at} view function"),
			by_name(&theirs.view_functions, |view| &view.name),
			by_name(&ours.view_functions, |view| &view.name),
		);
		for (at, theirs, ours) in views {
			self.equal(&format!("{at} id"), theirs.id, ours.id);
			self.types(&at, theirs.output.id, ours.output.id);
		}
	}

	fn storage(
		&mut self,
		at: &str,
		theirs: &StorageEntryMetadata<PortableForm>,
		ours: &StorageEntryMetadata<PortableForm>,
	) {
		self.equal(&format!("{at} modifier"), &theirs.modifier, &ours.modifier);
		self.equal(&format!("{at} default"), &theirs.default, &ours.default);
		match (&theirs.ty, &ours.ty) {
			(StorageEntryType::Plain(theirs), StorageEntryType::Plain(ours)) => {
				self.types(at, theirs.id, ours.id);
			},
			(
				StorageEntryType::Map {
					hashers: their_hashers,
					key: their_key,
					value: their_value,
				},
				StorageEntryType::Map { hashers, key, value },
			) => {
				self.equal(&format!("{at} hashers"), their_hashers, hashers);
				self.types(&format!("{at} key"), their_key.id, key.id);
				self.types(at, their_value.id, value.id);
			},
			(theirs, ours) => self.differ(at, format!("{theirs:?} there, {ours:?} here")),
		}
	}

	fn api(
		&mut self,
		at: &str,
		theirs: &'a RuntimeApiMetadata<PortableForm>,
		ours: &'a RuntimeApiMetadata<PortableForm>,
	) {
		self.equal(&format!("{at} version"), theirs.version.0, ours.version.0);
		let methods = self.pairs(
			at,
			by_name(&theirs.methods, |method| &method.name),
			by_name(&ours.methods, |method| &method.name),
		);
		for (at, theirs, ours) in methods {
			let names = |inputs: &[frame_metadata::v16::FunctionParamMetadata<PortableForm>]| {
				inputs.iter().map(|input| input.name.clone()).collect::<Vec<_>>()
			};
			self.equal(&format!("{at} arguments"), names(&theirs.inputs), names(&ours.inputs));
			for (theirs, ours) in theirs.inputs.iter().zip(&ours.inputs) {
				self.types(&format!("{at}.{}", theirs.name), theirs.ty.id, ours.ty.id);
			}
			self.types(&format!("{at} result"), theirs.output.id, ours.output.id);
		}
	}

	/// Compares two types and all that they are made of.
	fn types(&mut self, at: &str, theirs: u32, ours: u32) {
		if !self.seen.insert((theirs, ours)) {
			return;
		}
		let (types, our_types) = (&self.theirs.types, &self.ours.types);
		let (one, other) = (types.resolve(theirs).unwrap(), our_types.resolve(ours).unwrap());
		if !same_path(&one.path, &other.path) {
			let alike = if shape(types, theirs, &mut Vec::new())
				== shape(our_types, ours, &mut Vec::new())
			{
				"encoded alike"
			} else {
				"encoded otherwise"
			};
			let (one, other) = (named(one), named(other));
			self.differ(at, format!("{one} there, {other} here, {alike}"));
		}
		match (&one.type_def, &other.type_def) {
			(TypeDef::Composite(one), TypeDef::Composite(other)) => {
				self.fields(at, &one.fields, &other.fields);
			},
			(TypeDef::Variant(one), TypeDef::Variant(other)) => self.variants(at, one, other),
			(TypeDef::Sequence(one), TypeDef::Sequence(other)) => {
				self.types(&format!("{at}[]"), one.type_param.id, other.type_param.id);
			},
			(TypeDef::Array(one), TypeDef::Array(other)) => {
				self.equal(&format!("{at} length"), one.len, other.len);
				self.types(&format!("{at}[]"), one.type_param.id, other.type_param.id);
			},
			(TypeDef::Tuple(one), TypeDef::Tuple(other)) => {
				self.equal(&format!("{at} length"), one.fields.len(), other.fields.len());
				for (number, (one, other)) in one.fields.iter().zip(&other.fields).enumerate() {
					self.types(&format!("{at}.{number}"), one.id, other.id);
				}
			},
			(TypeDef::Primitive(one), TypeDef::Primitive(other)) => self.equal(at, one, other),
			(TypeDef::Compact(one), TypeDef::Compact(other)) => {
				self.types(&format!("{at} compact"), one.type_param.id, other.type_param.id);
			},
			(TypeDef::BitSequence(one), TypeDef::BitSequence(other)) => {
				self.types(at, one.bit_store_type.id, other.bit_store_type.id);
				self.types(at, one.bit_order_type.id, other.bit_order_type.id);
			},
			(_, _) => self.differ(at, format!("{} there, {} here", kind(one), kind(other))),
		}
	}

	fn fields(
		&mut self,
		at: &str,
		theirs: &'a [Field<PortableForm>],
		ours: &'a [Field<PortableForm>],
	) {
		let names = |fields: &[Field<PortableForm>]| {
			fields.iter().map(|field| field.name.clone().unwrap_or_default()).collect::<Vec<_>>()
		};
		self.equal(&format!("{at} fields"), names(theirs), names(ours));
		for (number, (theirs, ours)) in theirs.iter().zip(ours).enumerate() {
			let name = theirs.name.clone().unwrap_or_else(|| number.to_string());
			self.types(&format!("{at}.{name}"), theirs.ty.id, ours.ty.id);
		}
	}

	fn variants(
		&mut self,
		at: &str,
		theirs: &'a TypeDefVariant<PortableForm>,
		ours: &'a TypeDefVariant<PortableForm>,
	) {
		let variants = self.pairs(
			at,
			by_name(&theirs.variants, |variant| &variant.name),
			by_name(&ours.variants, |variant| &variant.name),
		);
		for (at, theirs, ours) in variants {
			self.equal(&format!("{at} index"), theirs.index, ours.index);
			self.fields(&at, &theirs.fields, &ours.fields);
		}
	}
}

fn same_path(theirs: &Path<PortableForm>, ours: &Path<PortableForm>) -> bool {
	let (one, other) = (&theirs.segments, &ours.segments);
	one == other
		|| one.last() == other.last()
			&& CRATES.iter().any(|(theirs, ours)| {
				one.first().is_some_and(|first| first == theirs)
					&& other.first().is_some_and(|first| ours.contains(&first.as_str()))
			})
}

fn kind(ty: &Ty) -> &'static str {
	match ty.type_def {
		TypeDef::Composite(_) => "a struct",
		TypeDef::Variant(_) => "an enum",
		TypeDef::Sequence(_) => "a list",
		TypeDef::Array(_) => "an array",
		TypeDef::Tuple(_) => "a tuple",
		TypeDef::Primitive(_) => "a primitive",
		TypeDef::Compact(_) => "a compact number",
		TypeDef::BitSequence(_) => "bits",
	}
}

fn named(ty: &Ty) -> String {
	if ty.path.is_empty() {
		kind(ty).into()
	} else {
		ty.path.segments.join("::")
	}
}

/// How a type is encoded: its primitives, their order and the indices of its variants, without names, and
/// with structs of one field as that field. A type within itself is the number of steps up to it.
fn shape(types: &PortableRegistry, id: u32, within: &mut Vec<u32>) -> String {
	if let Some(up) = within.iter().rev().position(|outer| *outer == id) {
		return format!("^{up}");
	}
	within.push(id);
	let list = |ids: Vec<u32>, within: &mut Vec<u32>| {
		let parts: Vec<_> = ids.into_iter().map(|id| shape(types, id, within)).collect();
		if parts.len() == 1 {
			parts[0].clone()
		} else {
			format!("({})", parts.join(","))
		}
	};
	let ids = |fields: &[Field<PortableForm>]| fields.iter().map(|field| field.ty.id).collect();
	let shape = match &types.resolve(id).unwrap().type_def {
		TypeDef::Composite(ty) => list(ids(&ty.fields), within),
		TypeDef::Tuple(ty) => list(ty.fields.iter().map(|field| field.id).collect(), within),
		TypeDef::Variant(ty) => {
			let mut variants: Vec<_> = ty
				.variants
				.iter()
				.map(|variant| (variant.index, list(ids(&variant.fields), within)))
				.collect();
			variants.sort();
			format!("{variants:?}")
		},
		TypeDef::Sequence(ty) => format!("[{}]", shape(types, ty.type_param.id, within)),
		TypeDef::Array(ty) => format!("[{};{}]", shape(types, ty.type_param.id, within), ty.len),
		TypeDef::Primitive(ty) => format!("{ty:?}"),
		TypeDef::Compact(ty) => format!("compact {}", shape(types, ty.type_param.id, within)),
		TypeDef::BitSequence(ty) => format!("bits {}", shape(types, ty.bit_store_type.id, within)),
	};
	within.pop();
	shape
}

/// All differences.
fn compare(theirs: &RuntimeMetadataV16, ours: &RuntimeMetadataV16) -> Vec<String> {
	let mut comparison = Comparison { theirs, ours, seen: BTreeSet::new(), found: Vec::new() };
	// Contracts first, so that their types are told of there and not where others use them.
	let mut pallets = comparison.pairs(
		"pallet",
		by_name(&theirs.pallets, |pallet| &pallet.name),
		by_name(&ours.pallets, |pallet| &pallet.name),
	);
	pallets.sort_by_key(|(_, pallet, _)| pallet.name != "Contracts");
	for (_, theirs, ours) in pallets {
		comparison.pallet(theirs, ours);
	}
	let apis = comparison.pairs(
		"API",
		by_name(&theirs.apis, |api| &api.name),
		by_name(&ours.apis, |api| &api.name),
	);
	for (at, theirs, ours) in apis {
		comparison.api(&at, theirs, ours);
	}
	comparison.found
}

/// The list, for people.
fn text() -> String {
	let mut text = String::from(
		"What differs in the metadata of pallet-contracts 51.0.0 (there) and of Caisson (here), by reason.\n",
	);
	for (reason, lines) in DIFFERENCES {
		write!(text, "\n{reason}:\n").unwrap();
		for line in *lines {
			writeln!(text, "  {line}").unwrap();
		}
	}
	text
}

#[test]
fn what_differs_is_listed_and_what_is_listed_differs() {
	let found = compare(&theirs::metadata(), &ours::metadata());
	let listed: Vec<&str> = DIFFERENCES.iter().flat_map(|(_, lines)| *lines).copied().collect();
	let unlisted: Vec<_> =
		found.iter().filter(|line| !listed.contains(&line.as_str())).cloned().collect();
	let gone: Vec<_> =
		listed.iter().filter(|line| !found.iter().any(|found| found == *line)).collect();
	assert!(
		unlisted.is_empty() && gone.is_empty(),
		"not listed:\n{}\nlisted, but no difference:\n{gone:#?}",
		unlisted.join("\n")
	);
}

#[test]
fn the_list_to_read_is_this_list() {
	let file = concat!(env!("CARGO_MANIFEST_DIR"), "/../golden/metadata-differences.txt");
	if std::env::var_os("UPDATE_GOLDEN").is_some_and(|value| value == "1") {
		std::fs::write(file, text()).unwrap();
	}
	let golden = std::fs::read_to_string(file).unwrap_or_default();
	assert_eq!(golden, text(), "see docs/testing.md on golden files");
}

/// What is found where theirs is changed so.
fn found_after(change: impl FnOnce(&mut RuntimeMetadataV16)) -> Vec<String> {
	let theirs = theirs::metadata();
	let mut changed = theirs.clone();
	change(&mut changed);
	compare(&theirs, &changed)
}

fn contracts(metadata: &mut RuntimeMetadataV16) -> &mut PalletMetadata<PortableForm> {
	metadata.pallets.iter_mut().find(|pallet| pallet.name == "Contracts").unwrap()
}

/// The variants of the type with this id.
fn variants(metadata: &mut RuntimeMetadataV16, id: u32) -> &mut Vec<Variant<PortableForm>> {
	match &mut metadata.types.types.iter_mut().find(|ty| ty.id == id).unwrap().ty.type_def {
		TypeDef::Variant(ty) => &mut ty.variants,
		_ => panic!("type {id} is no enum"),
	}
}

#[test]
fn whatever_changes_is_found() {
	assert_eq!(found_after(|_| ()), [""; 0]);
	let found = found_after(|changed| {
		let calls = contracts(changed).calls.as_ref().unwrap().ty.id;
		let call = variants(changed, calls).iter_mut().find(|call| call.name == "call").unwrap();
		call.fields.swap(0, 1);
		call.index = 77;
	});
	assert_eq!(found[0], "Contracts call call index: 6 there, 77 here");
	assert!(found[1].starts_with("Contracts call call fields: [\"dest\", \"value\""), "{found:?}");
	let found = found_after(|changed| {
		let events = contracts(changed).event.as_ref().unwrap().ty.id;
		variants(changed, events).retain(|event| event.name != "Terminated");
	});
	assert_eq!(found, ["Contracts event Terminated: only there"]);
	// A balance of half the size, wherever it is first.
	let found = found_after(|changed| {
		let wide = TypeDef::Primitive(TypeDefPrimitive::U128);
		let ty = changed.types.types.iter_mut().find(|ty| ty.ty.type_def == wide).unwrap();
		ty.ty.type_def = TypeDef::Primitive(TypeDefPrimitive::U64);
	});
	assert!(found.iter().any(|line| line.ends_with("U128 there, U64 here")), "{found:?}");
	for (entry, what, change) in STORAGE_CHANGES {
		let found = found_after(|changed| {
			let storage = contracts(changed).storage.as_mut().unwrap();
			change(storage.entries.iter_mut().find(|other| other.name == *entry).unwrap());
		});
		assert!(found[0].starts_with(&format!("Contracts storage {entry} {what}:")), "{found:?}");
	}
	let found = found_after(|changed| {
		let constants = &mut contracts(changed).constants;
		constants.iter_mut().find(|item| item.name == "DepositPerByte").unwrap().value[0] ^= 1;
	});
	assert!(found[0].starts_with("Contracts constant DepositPerByte value: "), "{found:?}");
	let found = found_after(|changed| {
		changed.apis[0].version.0 += 1;
		changed.apis[0].methods[0].inputs.swap(0, 1);
		changed.apis[0].methods.truncate(3);
	});
	assert_eq!(found[0], "API ContractsApi version: 2 there, 3 here");
	assert_eq!(found[1], "API ContractsApi get_storage: only there");
	assert!(found[2].starts_with("API ContractsApi call arguments: "), "{found:?}");
}

type StorageChange = fn(&mut StorageEntryMetadata<PortableForm>);

/// Changes of a storage item: which, of what it is, and how.
const STORAGE_CHANGES: &[(&str, &str, StorageChange)] = &[
	("ContractInfoOf", "modifier", |entry| entry.modifier = StorageEntryModifier::Default),
	("Nonce", "default", |entry| entry.default[0] = 1),
	("PristineCode", "hashers", |entry| match &mut entry.ty {
		StorageEntryType::Map { hashers, .. } => hashers[0] = StorageHasher::Twox128,
		StorageEntryType::Plain(_) => panic!("no map"),
	}),
];
