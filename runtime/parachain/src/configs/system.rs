//! The frame of the chain: system, its place under the relay chain, time, administration.

use crate::{
	configs::{
		collators::ConsensusHook,
		messages::{RelayMessages, ReservedMessageWeight},
	},
	AccountId, Aura, Balance, Block, BlockNumber, Hash, Nonce, OriginCaller, PalletInfo, Runtime,
	RuntimeCall, RuntimeEvent, RuntimeOrigin, RuntimeTask, XcmpQueue, VERSION,
};
use caisson_runtime_common::{blocks, system::Ss58Prefix};
use cumulus_pallet_parachain_system::{ParachainSetCode, RelayNumberMonotonicallyIncreases};
use cumulus_primitives_core::relay_chain::MAX_POV_SIZE;
use frame_support::{
	derive_impl, parameter_types,
	traits::{ConstU32, ConstU64},
	weights::constants::ParityDbWeight,
};
use frame_system::limits::{BlockLength, BlockWeights};
use sp_version::RuntimeVersion;

/// Relay chain blocks that a block is built behind the newest.
///
/// None: messages come at once, and every collator of the standard node can build so.
pub type RelayParentOffset = ConstU32<0>;

parameter_types! {
	/// Hashes of past blocks that are kept: for seven hours, as on the solo chain. A mortal transaction
	/// refers to one of them.
	pub const BlockHashCount: BlockNumber = 4096;
	/// The version of this runtime.
	pub const Version: RuntimeVersion = VERSION;
	/// Limits of a block's weight. A block's proof goes to the relay chain's validators, who take no
	/// more than `MAX_POV_SIZE`; a transaction's own bytes count as proof as well. Collators stay
	/// below that by a margin of their own, 15 % by default.
	pub RuntimeBlockWeights: BlockWeights = blocks::block_weights(MAX_POV_SIZE.into());
	/// Limits of a block's length.
	pub RuntimeBlockLength: BlockLength = blocks::block_length();
}

/// SDK defaults of a parachain, but for what follows. Database weights are ParityDB's, the standard
/// node's default database.
#[derive_impl(frame_system::config_preludes::ParaChainDefaultConfig)]
impl frame_system::Config for Runtime {
	type Block = Block;
	type Nonce = Nonce;
	type Hash = Hash;
	type AccountId = AccountId;
	type AccountData = pallet_balances::AccountData<Balance>;
	type BlockHashCount = BlockHashCount;
	type BlockWeights = RuntimeBlockWeights;
	type BlockLength = RuntimeBlockLength;
	type DbWeight = ParityDbWeight;
	type Version = Version;
	type SS58Prefix = Ss58Prefix;
	type MaxConsumers = ConstU32<16>;
	type SystemWeightInfo = frame_system::weights::SubstrateWeight<Runtime>;
	type ExtensionsWeightInfo = frame_system::SubstrateExtensionsWeight<Runtime>;
	/// New code waits until the relay chain knows it.
	type OnSetCode = ParachainSetCode<Self>;
}

impl cumulus_pallet_parachain_system::Config for Runtime {
	type RuntimeEvent = RuntimeEvent;
	type WeightInfo = cumulus_pallet_parachain_system::weights::SubstrateWeight<Runtime>;
	type OnSystemEvent = ();
	type SelfParaId = parachain_info::Pallet<Runtime>;
	type OutboundXcmpMessageSource = XcmpQueue;
	type DmpQueue = RelayMessages;
	type ReservedDmpWeight = ReservedMessageWeight;
	type XcmpMessageHandler = XcmpQueue;
	type ReservedXcmpWeight = ReservedMessageWeight;
	/// Several blocks may have the same relay parent; [`ConsensusHook`] says how many.
	type CheckAssociatedRelayNumber = RelayNumberMonotonicallyIncreases;
	type ConsensusHook = ConsensusHook;
	type RelayParentOffset = RelayParentOffset;
	/// Relay chains do not schedule so yet.
	type SchedulingSignatureVerifier = ();
}

impl pallet_timestamp::Config for Runtime {
	/// Milliseconds since the Unix epoch.
	type Moment = u64;
	type OnTimestampSet = Aura;
	/// Time may stand still: blocks that share a slot may share their time. What spaces them are Aura's slots, which
	/// are the relay chain's.
	type MinimumPeriod = ConstU64<0>;
	type WeightInfo = pallet_timestamp::weights::SubstrateWeight<Runtime>;
}

impl parachain_info::Config for Runtime {}

impl cumulus_pallet_weight_reclaim::Config for Runtime {
	/// The SDK's measured ones, which have no other name outside of the pallet.
	type WeightInfo = ();
}

impl pallet_utility::Config for Runtime {
	type RuntimeEvent = RuntimeEvent;
	type RuntimeCall = RuntimeCall;
	type PalletsOrigin = OriginCaller;
	type WeightInfo = pallet_utility::weights::SubstrateWeight<Runtime>;
}

impl pallet_sudo::Config for Runtime {
	type RuntimeEvent = RuntimeEvent;
	type RuntimeCall = RuntimeCall;
	type WeightInfo = pallet_sudo::weights::SubstrateWeight<Runtime>;
}
