//! Imports against the tables: by module, name and type.

use super::{
	super::{
		reject::{Reason, Rejection},
		Standing,
	},
	module::{second_memory, type_name, Import, Memory, Module},
	reader,
};
use alloc::{
	format,
	string::{String, ToString},
	vec::Vec,
};
use caisson_contracts_abi::{
	resolve as resolve_row, spec::candidates, Abi, FunctionId, FunctionSpec, ImportError, Status,
};
use wasmparser::TypeRef;

/// The memory that a module imports.
#[derive(Clone, Copy)]
pub(super) struct ImportedMemory {
	/// The number of the import.
	pub(super) import: usize,
	/// What it asks for.
	pub(super) memory: Memory,
}

/// What the imports of a module say.
pub(super) struct Imports {
	/// The row of each imported function, in the order of imports.
	pub(super) plan: Vec<FunctionId>,
	/// The interface that they belong to, if there are any.
	pub(super) told: Option<Abi>,
	/// The imported memory, which only seal contracts have.
	pub(super) memory: Option<ImportedMemory>,
}

/// Finds the row of every import, which must be open to code of that standing.
///
/// # Errors
///
/// The first import that is unknown, of the wrong type or kind, not open to new code, or of another
/// interface than those before it.
pub(super) fn resolve(module: &Module<'_>, standing: Standing) -> Result<Imports, Rejection> {
	let mut imports = Imports { plan: Vec::new(), told: None, memory: None };
	for (number, import) in module.imports.iter().enumerate() {
		let ty = match import.ty {
			TypeRef::Func(ty) => ty,
			// Whether the module may import it is known when its interface is.
			TypeRef::Memory(ty) if (import.module, import.name) == ("env", "memory") => {
				let memory = Memory::new(ty, import.offset)?;
				if imports.memory.replace(ImportedMemory { import: number, memory }).is_some() {
					return Err(second_memory(import.offset));
				}
				continue;
			},
			_ => return Err(not_a_function(import)),
		};
		let spec = row(module, import, ty)?;
		ensure_open(spec, import, standing)?;
		imports.plan.push(spec.id);
		let second = spec.id.abi;
		match imports.told {
			Some(first) if first != second => {
				return Err(Rejection::new(Reason::MixedAbis { first, second }, import.offset));
			},
			_ => imports.told = Some(second),
		}
	}
	Ok(imports)
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

/// Stable rows are open to new code, those that are not settled where the chain says so, and those that
/// older code has and new code should not are not. Code on chain keeps what it was uploaded with.
fn ensure_open(
	spec: &FunctionSpec,
	import: &Import<'_>,
	standing: Standing,
) -> Result<(), Rejection> {
	match (spec.status, standing) {
		(Status::Stable, _) | (_, Standing::OnChain) => Ok(()),
		(Status::Unstable, Standing::New { unstable: true }) => Ok(()),
		(status @ (Status::Unstable | Status::Deprecated), Standing::New { .. }) => {
			// As it stands in the code: a row can have two names.
			let (module, name) = (import.module.to_string(), import.name.to_string());
			Err(Rejection::new(Reason::ImportStatus { module, name, status }, import.offset))
		},
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
