//! Weights of `pallet_wasm_contracts` on this runtime.
//!
//! NOT BENCHMARKED: estimates, see the head of the pallet's. `make weights` puts a generated file in this
//! one's place, with the same type.

/// Weight functions of `pallet_wasm_contracts`.
pub type WeightInfo<T> = pallet_wasm_contracts::weights::SubstrateWeight<T>;
