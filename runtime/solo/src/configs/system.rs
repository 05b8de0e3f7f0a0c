//! The frame of the chain: system, time, blocks, administration.

use crate::{
	AccountId, Aura, Balance, Block, BlockNumber, Hash, MultiBlockMigrations, Nonce, OriginCaller,
	PalletInfo, Runtime, RuntimeCall, RuntimeEvent, RuntimeOrigin, RuntimeTask, SafeMode, Session,
	VERSION,
};
use caisson_runtime_common::{blocks, system::Ss58Prefix, time::SLOT_DURATION};
use frame_support::{
	derive_impl, parameter_types,
	traits::{ConstU32, ConstU64, Get},
	weights::constants::ParityDbWeight,
};
use frame_system::limits::{BlockLength, BlockWeights};
use sp_consensus_aura::sr25519::AuthorityId as AuraId;
use sp_version::RuntimeVersion;

/// Authorities that the chain can have.
///
/// Each of them signs every GRANDPA round, so a justification grows with their number.
pub type MaxAuthorities = ConstU32<32>;

parameter_types! {
	/// Hashes of past blocks that are kept.
	///
	/// A mortal transaction refers to one of them; with blocks of half a second on a development
	/// chain this is still half an hour.
	pub const BlockHashCount: BlockNumber = 4096;
	/// The version of this runtime.
	pub const Version: RuntimeVersion = VERSION;
	/// Limits of a block's weight. Nobody validates this chain by proof, so that the size of a
	/// proof is not limited.
	pub RuntimeBlockWeights: BlockWeights = blocks::block_weights(u64::MAX);
	/// Limits of a block's length.
	pub RuntimeBlockLength: BlockLength = blocks::block_length();
}

/// SDK defaults of a solo chain, but for what follows. Database weights are ParityDB's, the node's
/// default database.
#[derive_impl(frame_system::config_preludes::SolochainDefaultConfig)]
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
	type MultiBlockMigrator = MultiBlockMigrations;
	/// All of them, but behind a migration that failed.
	type BaseCallFilter = SafeMode;
}

impl pallet_timestamp::Config for Runtime {
	/// Milliseconds since the Unix epoch.
	type Moment = u64;
	type OnTimestampSet = Aura;
	/// Time only has to move. What spaces the blocks of a network is Aura where [`SharedSlots`] is not given; a
	/// development chain that makes several blocks in a slot needs no more than a millisecond each,
	/// so that its time stays the wall clock's.
	type MinimumPeriod = ConstU64<1>;
	type WeightInfo = pallet_timestamp::weights::SubstrateWeight<Runtime>;
}

/// Whether several blocks may share a slot: only where one authority owns every slot.
///
/// Where there are more, an authority that filled its slot with blocks could always make the
/// longest chain. Where there is one, its blocks take nobody's turn, and a development chain can
/// make a block for each transaction without running ahead of the wall clock by a slot each time.
/// The node's development mode goes by the same rule.
pub struct SharedSlots;

impl Get<bool> for SharedSlots {
	fn get() -> bool {
		pallet_aura::Authorities::<Runtime>::decode_len() == Some(1)
	}
}

impl pallet_aura::Config for Runtime {
	type AuthorityId = AuraId;
	/// An offender makes no blocks while it is disabled.
	type DisabledValidators = Session;
	type MaxAuthorities = MaxAuthorities;
	type AllowMultipleBlocksPerSlot = SharedSlots;
	type SlotDuration = ConstU64<SLOT_DURATION>;
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
