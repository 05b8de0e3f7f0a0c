//! Builds the runtime's Wasm beside its native form.

// Included as a file: a build dependency on the crate would build FRAME once more for this script.
#[cfg(all(feature = "std", feature = "metadata-hash"))]
#[path = "../common/src/token.rs"]
mod token;

fn main() {
	#[cfg(all(feature = "std", not(feature = "metadata-hash")))]
	substrate_wasm_builder::WasmBuilder::build_using_defaults();

	#[cfg(all(feature = "std", feature = "metadata-hash"))]
	substrate_wasm_builder::WasmBuilder::init_with_defaults()
		.enable_metadata_hash(token::TOKEN_SYMBOL, token::TOKEN_DECIMALS)
		.build();
}
