//! The pallets whose weights can be measured with this runtime.

frame_benchmarking::define_benchmarks!(
	[frame_benchmarking, BaselineBench::<Runtime>]
	[cumulus_pallet_parachain_system, ParachainSystem]
	[cumulus_pallet_weight_reclaim, WeightReclaim]
	[cumulus_pallet_xcmp_queue, XcmpQueue]
	[pallet_balances, Balances]
	[pallet_collator_selection, CollatorSelection]
	[pallet_message_queue, MessageQueue]
	[pallet_sudo, Sudo]
	[pallet_timestamp, Timestamp]
	[pallet_utility, Utility]
	[pallet_wasm_contracts, Contracts]
);

impl frame_benchmarking::baseline::Config for crate::Runtime {}
