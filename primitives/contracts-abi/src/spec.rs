//! The rows of all tables as constants, and finding the row that an import names.

use crate::types::{Capability, Charge, Effect, HostCost, OnReadOnly, ParamType, Status, WasmType};

/// A guest interface. A module belongs to exactly one.
///
/// The discriminants are stored on chain and never change.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
#[repr(u8)]
pub enum Abi {
	/// pallet-contracts' own interface, which ink! and Solang emit; 0 so that a chain's older
	/// contracts, of which nothing is stored, belong to it.
	Seal = 0,
	/// The BaaLS contract module blueprint.
	Baals = 1,
	/// Aureon, phase 4.3.
	Aureon = 2,
	/// The Dytallix contract runtime.
	Dytallix = 3,
}

impl Abi {
	/// Every ABI, in the order of their discriminants.
	pub const ALL: [Abi; 4] = [Self::Seal, Self::Baals, Self::Aureon, Self::Dytallix];

	/// The name in documentation, errors and the custom section `caisson.abi`.
	pub const fn name(self) -> &'static str {
		match self {
			Self::Seal => "seal",
			Self::Baals => "baals",
			Self::Aureon => "aureon",
			Self::Dytallix => "dytallix",
		}
	}

	/// The ABI of that name.
	pub fn from_name(name: &str) -> Option<Self> {
		Self::ALL.into_iter().find(|abi| abi.name() == name)
	}

	/// The rows of this ABI's table.
	pub const fn functions(self) -> &'static [FunctionSpec] {
		match self {
			Self::Seal => crate::seal::FUNCTIONS,
			Self::Baals => crate::baals::FUNCTIONS,
			Self::Aureon => crate::aureon::FUNCTIONS,
			Self::Dytallix => crate::dytallix::FUNCTIONS,
		}
	}
}

/// Names a row: stored in import plans, so a row keeps its number for ever.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct FunctionId {
	/// The table.
	pub abi: Abi,
	/// The row's number in it.
	pub row: u8,
}

impl FunctionId {
	/// The row of that number, where the table has it.
	pub fn spec(self) -> Option<&'static FunctionSpec> {
		let rows = self.abi.functions();
		// Mostly a row stands at its number.
		let at_number = rows.get(usize::from(self.row)).filter(|spec| spec.id == self);
		at_number.or_else(|| rows.iter().find(|spec| spec.id == self))
	}
}

/// A parameter of a row.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct ParamSpec {
	/// The name in the table.
	pub name: &'static str,
	/// What it means.
	pub ty: ParamType,
}

/// A row of a table.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct FunctionSpec {
	/// The row's name on chain.
	pub id: FunctionId,
	/// The row's name in Rust: differs from `name` for the alternative signatures and the versions of a
	/// function.
	pub rust_name: &'static str,
	/// The module it is imported from.
	pub module: &'static str,
	/// The name it is imported by.
	pub name: &'static str,
	/// A second name that imports may use for it, in the same module.
	pub alias: Option<&'static str>,
	/// The subject it belongs to.
	pub subject: &'static str,
	/// The parameters in order.
	pub params: &'static [ParamSpec],
	/// The result, if any.
	pub result: Option<WasmType>,
	/// Whether new code may use it.
	pub status: Status,
	/// What it does to the state.
	pub effect: Effect,
	/// How it is refused in a read-only frame.
	pub on_read_only: OnReadOnly,
	/// The capability that it needs.
	pub capability: Option<Capability>,
	/// The operation that it pays for in weight.
	pub cost: HostCost,
	/// When the ABI's own gas is counted.
	pub charge: Charge,
	/// The gas formula, in parameter names.
	pub gas: &'static str,
	/// What it does.
	pub doc: &'static str,
}

impl FunctionSpec {
	/// The names that it is imported by: `name`, and `alias` where there is one.
	pub fn names(&self) -> impl Iterator<Item = &'static str> {
		[Some(self.name), self.alias].into_iter().flatten()
	}

	/// Whether the row has this Wasm type.
	pub fn has_type(
		&self,
		params: impl ExactSizeIterator<Item = Option<WasmType>>,
		result: Option<WasmType>,
	) -> bool {
		self.result == result
			&& self.params.len() == params.len()
			&& self.params.iter().zip(params).all(|(own, other)| Some(own.ty.wasm()) == other)
	}
}

/// Why an import is refused.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum ImportError {
	/// No table has this name in this module.
	Unknown,
	/// The name is known, with another type.
	WrongType {
		/// The row whose type would have been right; its alternatives are in the same table.
		expected: &'static FunctionSpec,
	},
}

/// The rows, over all tables, that have this module and name or alias: alternatives differ in type.
pub fn candidates<'a>(
	module: &'a str,
	name: &'a str,
) -> impl Iterator<Item = &'static FunctionSpec> + 'a {
	Abi::ALL
		.into_iter()
		.flat_map(|abi| abi.functions().iter())
		.filter(move |spec| spec.module == module && spec.names().any(|own| own == name))
}

/// Finds the row that an import of this module, name and type means.
///
/// A parameter or result that rows never use (a float, a vector, a reference) is `None` in `params`.
///
/// # Errors
///
/// [`ImportError::Unknown`] if no row has the name, [`ImportError::WrongType`] if none of those that
/// have it has the type.
pub fn resolve<'a>(
	module: &'a str,
	name: &'a str,
	params: impl ExactSizeIterator<Item = Option<WasmType>> + Clone,
	result: Option<WasmType>,
) -> Result<&'static FunctionSpec, ImportError> {
	let mut expected = None;
	for spec in candidates(module, name) {
		if spec.has_type(params.clone(), result) {
			return Ok(spec);
		}
		expected = expected.or(Some(spec));
	}
	match expected {
		Some(expected) => Err(ImportError::WrongType { expected }),
		None => Err(ImportError::Unknown),
	}
}
