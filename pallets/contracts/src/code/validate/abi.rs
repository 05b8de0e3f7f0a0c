//! Which interface a module belongs to.

use super::{
	super::reject::{Reason, Rejection},
	entry,
	imports::{self, Imports},
	module::Module,
	sections::AbiClaim,
};
use crate::host::IMPLEMENTED;
use alloc::string::String;
use caisson_contracts_abi::Abi;

/// Finds the interface: imports tell it, else the custom section `caisson.abi`, else exports.
///
/// # Errors
///
/// Nothing tells it, or imports and section disagree, or its functions have no bodies here.
pub(super) fn recognise(module: &Module<'_>, imports: &Imports) -> Result<Abi, Rejection> {
	let claimed = module.claim.map(|claim| Ok((named(&claim)?, claim.offset))).transpose()?;
	let (abi, offset) = match (imports.told, claimed) {
		(Some((first, _)), Some((second, offset))) if first != second => {
			return Err(Rejection::new(Reason::MixedAbis { first, second }, offset));
		},
		(Some(told), _) => told,
		(None, Some(claimed)) => claimed,
		(None, None) => by_exports(module).ok_or(Rejection::whole(Reason::NoAbi))?,
	};
	if !IMPLEMENTED.contains(&abi) {
		return Err(Rejection::new(Reason::AbiNotSupported { abi }, offset));
	}
	ensure_own_memory(module, imports, abi)?;
	Ok(abi)
}

fn named(claim: &AbiClaim<'_>) -> Result<Abi, Rejection> {
	Abi::ALL.into_iter().find(|abi| abi.name().as_bytes() == claim.name).ok_or_else(|| {
		// Enough to recognise a slip, and no more of what may be a long section.
		let name = claim.name.get(..claim.name.len().min(32)).unwrap_or_default();
		let name = String::from_utf8_lossy(name).into_owned();
		Rejection::new(Reason::UnknownAbi { name }, claim.offset)
	})
}

/// The interface that exports alone tell, and where.
fn by_exports(module: &Module<'_>) -> Option<(Abi, usize)> {
	let mut functions = module.exports.iter().filter(|export| export.function().is_some());
	if let Some(export) = functions.find(|export| export.name.starts_with(entry::DYTALLIX_PREFIX)) {
		return Some((Abi::Dytallix, export.offset));
	}
	match module.exports.as_slice() {
		[first, second]
			if first.function().is_some()
				&& second.function().is_some()
				&& matches!((first.name, second.name), ("call", "deploy") | ("deploy", "call")) =>
		{
			Some((Abi::Seal, first.offset))
		},
		_ => None,
	}
}

/// Only seal contracts import their memory.
fn ensure_own_memory(module: &Module<'_>, imports: &Imports, abi: Abi) -> Result<(), Rejection> {
	let memory = imports.memory.filter(|_| abi != Abi::Seal);
	match module.imports.iter().find(|import| Some(import.offset) == memory) {
		Some(import) => Err(imports::not_a_function(import)),
		None => Ok(()),
	}
}
