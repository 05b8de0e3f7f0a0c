//! The pallets whose weights can be measured with this runtime.

frame_benchmarking::define_benchmarks!(
	[frame_benchmarking, BaselineBench::<Runtime>]
	[pallet_balances, Balances]
	[pallet_grandpa, Grandpa]
	[pallet_sudo, Sudo]
	[pallet_timestamp, Timestamp]
	[pallet_utility, Utility]
	[pallet_validator_staking, Staking]
	[pallet_wasm_contracts, Contracts]
);

impl frame_benchmarking::baseline::Config for crate::Runtime {}
