//! Builds the Wasm of the solo runtime once for each rehearsal, beside the one that the node begins with:
//! `wbuild/caisson-solo-runtime/NAME.compact.compressed.wasm` in the target folder.
//!
//! In the same folder as that one, so that all but the two crates which know of the features is there already.

use std::{env, path::PathBuf};
use substrate_wasm_builder::WasmBuilder;

/// What each runtime is called, and the feature that makes it.
const REHEARSALS: [(&str, &str); 2] =
	[("rehearsal_failing", "upgrade-rehearsal-failing"), ("rehearsal", "upgrade-rehearsal")];

fn main() {
	let root = PathBuf::from(env!("CARGO_MANIFEST_DIR"))
		.join("../..")
		.canonicalize()
		.expect("this crate lies in the checkout");
	// The builder looks for the lock file there.
	env::set_var("WASM_BUILD_WORKSPACE_HINT", &root);
	// As the runtime's own build script does.
	env::set_var("WASM_BUILD_TYPE", "production");
	for (name, feature) in REHEARSALS {
		WasmBuilder::new()
			.with_project(root.join("runtime/solo/Cargo.toml"))
			.expect("the runtime lies in this checkout")
			.set_file_name(name)
			.enable_feature(feature)
			.import_memory()
			.export_heap_base()
			.build();
	}
}
