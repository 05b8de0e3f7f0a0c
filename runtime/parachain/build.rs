//! Builds the runtime's Wasm beside its native form.

// Included as a file: a build dependency on the crate would build FRAME once more for this script.
#[cfg(all(feature = "std", feature = "metadata-hash"))]
#[path = "../common/src/token.rs"]
mod token;

fn main() {
	#[cfg(feature = "std")]
	link_as_one_unit();

	#[cfg(all(feature = "std", not(feature = "metadata-hash")))]
	substrate_wasm_builder::WasmBuilder::build_using_defaults();

	#[cfg(all(feature = "std", feature = "metadata-hash"))]
	substrate_wasm_builder::WasmBuilder::init_with_defaults()
		.enable_metadata_hash(token::TOKEN_SYMBOL, token::TOKEN_DECIMALS)
		.build();
}

/// Has the Wasm compiled with the builder's profile for a chain's releases, unless another is asked for:
/// as the solo runtime's, and for its reason.
#[cfg(feature = "std")]
fn link_as_one_unit() {
	const PROFILE: &str = "WASM_BUILD_TYPE";
	if std::env::var_os(PROFILE).is_none() {
		std::env::set_var(PROFILE, "production");
	}
}
