//! Which interface a module belongs to.

use super::{
	super::reject::{Reason, Rejection},
	entry,
	imports::{self, Imports},
	module::Module,
	sections::AbiClaim,
};
use alloc::string::String;
use caisson_contracts_abi::Abi;

/// Finds the interface: imported functions tell it, else the custom section `caisson.abi`, else exports,
/// else imported memory, so that what is not quite a seal contract hears what is wrong with it.
///
/// # Errors
///
/// Nothing tells it, or imports and section disagree.
pub(super) fn recognise(module: &Module<'_>, imports: &Imports) -> Result<Abi, Rejection> {
	let claimed = module.claim.map(|claim| Ok((named(&claim)?, claim.offset))).transpose()?;
	let abi = match (imports.told, claimed) {
		(Some(first), Some((second, offset))) if first != second => {
			return Err(Rejection::new(Reason::MixedAbis { first, second }, offset));
		},
		(Some(told), _) => told,
		(None, Some((claimed, _))) => claimed,
		(None, None) => by_exports(module)
			.or(imports.memory.map(|_| Abi::Seal))
			.ok_or(Rejection::whole(Reason::NoAbi))?,
	};
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

/// The interface that exports alone tell.
fn by_exports(module: &Module<'_>) -> Option<Abi> {
	let mut functions = module.exports.iter().filter(|export| export.function().is_some());
	if functions.any(|export| export.name.starts_with(entry::DYTALLIX_PREFIX)) {
		return Some(Abi::Dytallix);
	}
	match module.exports.as_slice() {
		[first, second]
			if first.function().is_some()
				&& second.function().is_some()
				&& matches!((first.name, second.name), ("call", "deploy") | ("deploy", "call")) =>
		{
			Some(Abi::Seal)
		},
		_ => None,
	}
}

/// Only seal contracts import their memory.
fn ensure_own_memory(module: &Module<'_>, imports: &Imports, abi: Abi) -> Result<(), Rejection> {
	let memory = imports.memory.filter(|_| abi != Abi::Seal);
	match memory.and_then(|memory| module.imports.get(memory.import)) {
		Some(import) => Err(imports::not_a_function(import)),
		None => Ok(()),
	}
}
