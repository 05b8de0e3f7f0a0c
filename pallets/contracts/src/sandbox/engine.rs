//! The engine's configuration, every switch set and why.

use super::costs;
use crate::limits;
use alloc::string::{String, ToString};
use wasmi::{CompilationMode, Config, Engine, Module};

/// When functions are compiled.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Mode {
	/// At once, with every check: for uploads.
	Checked,
	/// On first use, without checks: for code that an upload has checked with this configuration.
	Stored,
}

fn config(mode: Mode) -> Config {
	let mut config = Config::default();
	// What current Rust emits for wasm32v1-none, and older contracts use.
	config.wasm_mutable_global(true);
	config.wasm_sign_extension(true);
	config.wasm_bulk_memory(true);
	// Needs float operands, which are refused.
	config.wasm_saturating_float_to_int(false);
	// A result is one value at every boundary of the ABIs.
	config.wasm_multi_value(false);
	// The ABIs know one memory.
	config.wasm_multi_memory(false);
	// References would need limits on tables that grow.
	config.wasm_reference_types(false);
	// Costs of tail calls in a loop are not measured.
	config.wasm_tail_call(false);
	// No compiler in use emits them, and offsets must be read without evaluating code.
	config.wasm_extended_const(false);
	// Page arithmetic here assumes 64 KiB.
	config.wasm_custom_page_sizes(false);
	config.wasm_wide_arithmetic(false);
	// NaN bits differ between machines, and integers serve contracts.
	config.floats(false);
	// A start function would run before a frame is set up.
	config.allow_start_fn(false);
	config.ignore_custom_sections(true);
	config.consume_fuel(true);
	config.fuel_cost(costs::dynamic());
	config.operator_cost(costs::operators());
	config.set_max_recursion_depth(limits::GUEST_RECURSION as usize);
	config.set_max_stack_height(limits::GUEST_STACK_BYTES as usize);
	// Grown on demand: most frames need little, and every allocation is a host call in the runtime.
	config.set_min_stack_height(1024);
	// The stack of a frame is reused by the next; live frames have one each.
	config.set_max_cached_stacks(2);
	config.compilation_mode(match mode {
		Mode::Checked => CompilationMode::Eager,
		Mode::Stored => CompilationMode::Lazy,
	});
	config
}

/// An engine for code that an upload has checked.
pub(super) fn stored() -> Engine {
	Engine::new(&config(Mode::Stored))
}

/// Compiles every function of `code` in an engine of its own, which is the last word on whether the
/// engine takes it.
///
/// # Errors
///
/// The engine's reason.
pub(crate) fn check(code: &[u8]) -> Result<(), String> {
	let engine = Engine::new(&config(Mode::Checked));
	Module::new(&engine, code).map(|_| ()).map_err(|error| error.to_string())
}
