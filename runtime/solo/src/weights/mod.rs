//! Weights that were measured on this runtime: one file a pallet, written by `make weights`.

pub mod pallet_wasm_contracts;
