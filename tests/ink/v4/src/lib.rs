//! What the contracts share.

#![cfg_attr(not(feature = "std"), no_std)]

/// Prints the metadata of the contract that this is linked with: `main` of the native build.
#[cfg(feature = "std")]
pub fn print_metadata() {
	extern "Rust" {
		// ink's macro defines it, once in each contract.
		fn __ink_generate_metadata() -> ink::metadata::InkProject;
	}
	// SAFETY: declared as ink defines it, and free of any state.
	let project = unsafe { __ink_generate_metadata() };
	println!("{}", serde_json::to_string(&project).expect("metadata is plain data; qed"));
}
