//! Parsed modules of this instance of the runtime, by code hash.
//!
//! A block's author runs each extrinsic in a fresh instance and never hits; an importer runs the whole
//! block in one and does. So a hit may save time and nothing else: the caller charges as if there were
//! none and has read the code from storage already.

use super::engine;
use alloc::{collections::BTreeMap, string::ToString};
use spin::Mutex;
use wasmi::{Engine, Module};

/// Code that a cache may hold, in bytes of prepared modules: 4 MiB.
///
/// An engine keeps the compiled functions of every module that it ever saw, so a cache over its bound
/// is dropped as a whole, engine included. Frames on the stack hold their own references.
const CACHED_BYTES: usize = 4 * 1024 * 1024;

struct Cache {
	engine: Engine,
	modules: BTreeMap<[u8; 32], Module>,
	bytes: usize,
}

impl Cache {
	fn new() -> Self {
		Self { engine: engine::stored(), modules: BTreeMap::new(), bytes: 0 }
	}
}

static CACHE: Mutex<Option<Cache>> = Mutex::new(None);

/// A module and the engine that it belongs to, ready for a store.
pub(crate) struct Loaded {
	pub(super) engine: Engine,
	pub(super) module: Module,
}

/// Parses `code`, or finds it parsed.
///
/// `code` must be what an upload checked and prepared under `hash` with the present behaviour version:
/// it is not checked again.
///
/// # Errors
///
/// If the engine does not take it all the same, with its words: a defect of ours.
pub(crate) fn load(hash: &[u8; 32], code: &[u8]) -> Result<Loaded, alloc::string::String> {
	let mut guard = CACHE.lock();
	let cache = guard.get_or_insert_with(Cache::new);
	if let Some(module) = cache.modules.get(hash) {
		return Ok(Loaded { engine: cache.engine.clone(), module: module.clone() });
	}
	if cache.bytes.saturating_add(code.len()) > CACHED_BYTES {
		*cache = Cache::new();
	}
	#[allow(
		unsafe_code,
		reason = "parsing without validation; the contract is that the module is valid, and what is \
		          stored was validated at upload by the engine in the same configuration"
	)]
	let module =
		unsafe { Module::new_unchecked(&cache.engine, code) }.map_err(|error| error.to_string())?;
	cache.bytes = cache.bytes.saturating_add(code.len());
	cache.modules.insert(*hash, module.clone());
	Ok(Loaded { engine: cache.engine.clone(), module })
}

/// Parses `code` for one use: a copy that notes places, which no cache should hold.
///
/// # Errors
///
/// The engine's words.
pub(crate) fn load_once(code: &[u8]) -> Result<Loaded, alloc::string::String> {
	let engine = engine::stored();
	let module = Module::new(&engine, code).map_err(|error| error.to_string())?;
	Ok(Loaded { engine, module })
}

/// Forgets every parsed module: what a block's author begins with.
#[cfg(feature = "runtime-benchmarks")]
pub(crate) fn forget() {
	*CACHE.lock() = None;
}
