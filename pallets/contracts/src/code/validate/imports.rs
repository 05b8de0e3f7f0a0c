//! Imports against the tables: by module, name and type.

use super::{
	super::reject::{Reason, Rejection},
	module::{type_name, Import, Module},
	reader,
};
use crate::host::IMPLEMENTED;
use alloc::{
	format,
	string::{String, ToString},
	vec::Vec,
};
use caisson_contracts_abi::{
	resolve as resolve_row, spec::candidates, Abi, FunctionId, FunctionSpec, ImportError, Status,
};
use wasmparser::TypeRef;

/// What the imports of a module say.
pub(super) struct Imports {
	/// The row of each imported function, in the order of imports.
	pub(super) plan: Vec<FunctionId>,
	/// The interface that they belong to, if there are any, and the first that tells so.
	pub(super) told: Option<(Abi, usize)>,
	/// Where memory is imported, which only seal contracts do.
	pub(super) memory: Option<usize>,
}

/// Finds the row of every import.
///
/// # Errors
///
/// The first import that is unknown, of the wrong type or kind, not open to new code, or of another
/// interface than those before it.
pub(super) fn resolve(module: &Module<'_>) -> Result<Imports, Rejection> {
	let mut imports = Imports { plan: Vec::new(), told: None, memory: None };
	for import in &module.imports {
		let TypeRef::Func(ty) = import.ty else {
			ensure_seal_memory(import)?;
			imports.memory = Some(import.offset);
			continue;
		};
		let abi = if is_seal(import) && !IMPLEMENTED.contains(&Abi::Seal) {
			// Whatever it imports, the interface is refused as a whole, later.
			Abi::Seal
		} else {
			let spec = row(module, import, ty)?;
			ensure_open(spec, import.offset)?;
			imports.plan.push(spec.id);
			spec.id.abi
		};
		match imports.told {
			None => imports.told = Some((abi, import.offset)),
			Some((first, _)) if first != abi => {
				let reason = Reason::MixedAbis { first, second: abi };
				return Err(Rejection::new(reason, import.offset));
			},
			Some(_) => {},
		}
	}
	Ok(imports)
}

fn is_seal(import: &Import<'_>) -> bool {
	matches!(import.module, "seal0" | "seal1" | "seal2")
}

/// The row that an imported function of type number `ty` means.
fn row(
	module: &Module<'_>,
	import: &Import<'_>,
	ty: u32,
) -> Result<&'static FunctionSpec, Rejection> {
	let Some(found) = module.types.get(ty as usize) else {
		return Err(reader::malformed(format!("there is no type {ty}"), import.offset));
	};
	let params = found.params.iter().map(|ty| Some(*ty));
	resolve_row(import.module, import.name, params, found.result).map_err(|error| {
		let (module, name) = (import.module.to_string(), import.name.to_string());
		let reason = match error {
			ImportError::Unknown => Reason::UnknownImport { module, name },
			ImportError::WrongType { .. } => {
				let expected: Vec<_> =
					candidates(import.module, import.name).map(signature).collect();
				let expected = expected.join(" or ");
				Reason::ImportType { module, name, expected, found: found.to_string() }
			},
		};
		Rejection::new(reason, import.offset)
	})
}

/// The type of a row, with the names of its parameters.
fn signature(spec: &FunctionSpec) -> String {
	let params: Vec<_> = spec
		.params
		.iter()
		.map(|param| format!("{}: {}", param.name, type_name(param.ty.wasm())))
		.collect();
	let result = spec.result.map(|ty| format!(" -> {}", type_name(ty))).unwrap_or_default();
	format!("({}){result}", params.join(", "))
}

/// Only stable rows are open to new code.
pub(in super::super) fn ensure_open(spec: &FunctionSpec, offset: usize) -> Result<(), Rejection> {
	match spec.status {
		Status::Stable => Ok(()),
		status @ (Status::Unstable | Status::Deprecated) => {
			let reason = Reason::ImportStatus { name: spec.name.to_string(), status };
			Err(Rejection::new(reason, offset))
		},
	}
}

/// Anything but a function is refused, except the memory that seal contracts import.
fn ensure_seal_memory(import: &Import<'_>) -> Result<(), Rejection> {
	match import.ty {
		TypeRef::Memory(_) if (import.module, import.name) == ("env", "memory") => Ok(()),
		_ => Err(not_a_function(import)),
	}
}

/// The refusal of an import that is no function.
pub(super) fn not_a_function(import: &Import<'_>) -> Rejection {
	let kind = match import.ty {
		TypeRef::Func(_) => "function",
		TypeRef::Table(_) => "table",
		TypeRef::Memory(_) => "memory",
		TypeRef::Global(_) => "global",
		TypeRef::Tag(_) => "tag",
	};
	let (module, name) = (import.module.to_string(), import.name.to_string());
	Rejection::new(Reason::ImportKind { module, name, kind }, import.offset)
}
