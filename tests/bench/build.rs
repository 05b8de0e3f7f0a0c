//! Builds the Wasm of the runtime as a chain's release does, optimised, compacted and compressed, and the
//! guest of `guests`.

use std::{env, path::PathBuf, process::Command};
use substrate_wasm_builder::WasmBuilder;

const HERE: &str = env!("CARGO_MANIFEST_DIR");

fn main() {
	// The builder looks for the lock file there; the scripts name the main workspace.
	env::set_var("WASM_BUILD_WORKSPACE_HINT", HERE);
	// The profile of a chain's releases: linked as one unit, in which an interpreter takes two thirds of its time.
	env::set_var("WASM_BUILD_TYPE", "production");
	WasmBuilder::new()
		.with_project(format!("{HERE}/runtime/Cargo.toml"))
		.expect("the runtime lies beside this script")
		.import_memory()
		.export_heap_base()
		.build();
	guest();
}

/// Builds the guest, and names its file to the bench.
fn guest() {
	let out = PathBuf::from(env::var_os("OUT_DIR").expect("cargo sets it")).join("guest");
	let folder = format!("{HERE}/guests");
	println!("cargo:rerun-if-changed={folder}");
	let mut cargo = Command::new("cargo");
	if let Ok(toolchain) = env::var("WASM_BUILD_TOOLCHAIN") {
		// What builds the runtime's Wasm has the guest's target, too.
		cargo = Command::new("rustup");
		cargo.args(["run", &toolchain, "cargo"]);
	}
	// Flags of this build would replace those of the guest's own configuration.
	for name in ["CARGO_ENCODED_RUSTFLAGS", "RUSTFLAGS", "RUSTC", "CARGO_BUILD_TARGET"] {
		cargo.env_remove(name);
	}
	let status = cargo
		.args(["build", "--release", "--locked", "--quiet", "--target-dir"])
		.arg(&out)
		.current_dir(&folder)
		.status()
		.expect("cargo can be started");
	assert!(status.success(), "the guest was not built");
	let file = out.join("wasm32v1-none/release/bench_sha2.wasm");
	println!("cargo:rustc-env=BENCH_SHA2={}", file.display());
}
