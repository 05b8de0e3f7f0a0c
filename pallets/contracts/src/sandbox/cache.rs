//! Parsed modules of this instance of the runtime, by code hash.
//!
//! A block's author runs each extrinsic in a fresh instance and never hits; an importer runs the whole
//! block in one and does. So a hit may save time and nothing else: the caller charges as if there were
//! none and has read the code from storage already.

use super::engine;
use crate::types::PreparedCode;
use alloc::{
	collections::BTreeMap,
	string::{String, ToString},
	sync::Arc,
};
use caisson_contracts_abi::FunctionId;
use spin::Mutex;
use wasmi::{Engine, Module};

/// Code that a cache may hold, in bytes of prepared modules: 4 MiB.
///
/// An engine keeps the compiled functions of every module that it ever saw, so a cache over its bound
/// is dropped as a whole, engine included. Frames on the stack hold their own references.
pub(crate) const CACHED_BYTES: usize = 4 * 1024 * 1024;

/// A module and the engine that it belongs to, ready for a store.
#[derive(Clone)]
pub(crate) struct Loaded {
	pub(super) engine: Engine,
	pub(super) module: Module,
}

/// Parsed code with what is stored beside it.
#[derive(Clone)]
pub(crate) struct Parsed {
	/// What is stored, but for the code itself.
	pub(crate) about: Arc<PreparedCode>,
	/// The rows that it imports, in the order of imports.
	pub(crate) rows: Arc<[FunctionId]>,
	/// Bytes of the stored module.
	pub(crate) len: u32,
	pub(crate) loaded: Loaded,
}

impl Parsed {
	/// What was parsed of `prepared`, of `len` bytes, or of a copy of it.
	pub(crate) fn new(prepared: PreparedCode, len: u32, loaded: Loaded) -> Self {
		let rows = prepared.rows().into();
		Self { about: Arc::new(prepared), rows, len, loaded }
	}
}

/// Parsed modules, and the engine that all of them belong to.
pub(super) struct Cache {
	engine: Engine,
	parsed: BTreeMap<[u8; 32], Parsed>,
	bytes: usize,
}

impl Cache {
	pub(super) fn new() -> Self {
		Self { engine: engine::stored(), parsed: BTreeMap::new(), bytes: 0 }
	}

	pub(super) fn find(&self, hash: &[u8; 32]) -> Option<Parsed> {
		self.parsed.get(hash).cloned()
	}

	pub(super) fn make_room(&mut self, bytes: usize) {
		if self.bytes.saturating_add(bytes) > CACHED_BYTES {
			*self = Self::new();
		}
	}

	pub(super) fn parse(
		&mut self,
		hash: &[u8; 32],
		mut prepared: PreparedCode,
	) -> Result<Parsed, String> {
		let code = core::mem::take(&mut prepared.code);
		self.make_room(code.len());
		#[allow(
			unsafe_code,
			reason = "parsing without validation; the contract is that the module is valid, and what is \
			          stored was validated at upload by the engine in the same configuration"
		)]
		let module = unsafe { Module::new_unchecked(&self.engine, &code) }
			.map_err(|error| error.to_string())?;
		let len = u32::try_from(code.len()).unwrap_or(u32::MAX);
		let parsed = Parsed::new(prepared, len, Loaded { engine: self.engine.clone(), module });
		self.bytes = self.bytes.saturating_add(code.len());
		self.parsed.insert(*hash, parsed.clone());
		Ok(parsed)
	}
}

static CACHE: Mutex<Option<Cache>> = Mutex::new(None);

/// The code that was parsed under `hash`.
pub(crate) fn find(hash: &[u8; 32]) -> Option<Parsed> {
	CACHE.lock().as_ref()?.find(hash)
}

/// Sees to it that the next so many bytes of code will be kept together, by forgetting all others where it
/// has to.
pub(crate) fn make_room(bytes: u32) {
	if let Some(cache) = CACHE.lock().as_mut() {
		cache.make_room(usize::try_from(bytes).unwrap_or(usize::MAX));
	}
}

/// Parses `prepared`, and keeps it.
///
/// It must be what an upload checked and prepared under `hash` with the present behaviour version: it is
/// not checked again.
///
/// # Errors
///
/// If the engine does not take it all the same, with its words: a defect of ours.
pub(crate) fn parse(hash: &[u8; 32], prepared: PreparedCode) -> Result<Parsed, String> {
	CACHE.lock().get_or_insert_with(Cache::new).parse(hash, prepared)
}

/// Parses `code` for one use: a copy that notes places, which no cache should hold.
///
/// # Errors
///
/// The engine's words.
pub(crate) fn load_once(code: &[u8]) -> Result<Loaded, String> {
	let engine = engine::stored();
	let module = Module::new(&engine, code).map_err(|error| error.to_string())?;
	Ok(Loaded { engine, module })
}

/// Forgets every parsed module: what a block's author begins with.
#[cfg(any(test, feature = "runtime-benchmarks"))]
pub(crate) fn forget() {
	*CACHE.lock() = None;
}

/// Bytes of code that are kept.
#[cfg(test)]
pub(crate) fn cached_bytes() -> usize {
	CACHE.lock().as_ref().map_or(0, |cache| cache.bytes)
}
