//! A relay chain, as small as the emulator takes one: accounts with money, messages from parachains that
//! are executed, and messages to them that a test puts in.

use cumulus_primitives_core::{relay_chain::BlockNumber, InboundDownwardMessage};
use frame_support::{
	derive_impl,
	traits::{ConstU128, ConstU32, Everything, Nothing},
	weights::Weight,
};
use frame_system::EnsureRoot;
use polkadot_runtime_parachains::inclusion::{AggregateMessageOrigin, UmpQueueId};
use sp_runtime::{traits::IdentityLookup, AccountId32, BuildStorage};
use xcm::{latest::prelude::*, VersionedXcm};
use xcm_builder::{
	AccountId32Aliases, AllowTopLevelPaidExecutionFrom, ChildParachainConvertsVia,
	DescribeAllTerminal, DescribeFamily, EnsureXcmOrigin, FixedRateOfFungible, FixedWeightBounds,
	FrameTransactionalProcessor, FungibleAdapter, HashedDescription, IsConcrete, ProcessXcmMessage,
	SignedToAccountId32, SovereignSignedViaLocation, TakeWeightCredit, TrailingSetTopicAsId,
	WithComputedOrigin,
};
use xcm_emulator::ParaId;

/// What an account of a test has.
pub(crate) const RICH: u128 = 1_000_000_000_000_000;

/// What a millisecond of execution costs.
pub(crate) const INSTRUCTION_FEE: u128 = 1_000_000_000;

/// Blocks that are counted as the emulator counts them.
pub(crate) type Block = frame_system::mocking::MockBlockU32<Runtime>;

#[frame_support::runtime]
mod runtime {
	#[runtime::runtime]
	#[runtime::derive(
		RuntimeCall,
		RuntimeEvent,
		RuntimeError,
		RuntimeOrigin,
		RuntimeFreezeReason,
		RuntimeHoldReason,
		RuntimeSlashReason,
		RuntimeLockId,
		RuntimeTask,
		RuntimeViewFunction
	)]
	pub struct Runtime;

	#[runtime::pallet_index(0)]
	pub type System = frame_system;
	#[runtime::pallet_index(1)]
	pub type Balances = pallet_balances;
	#[runtime::pallet_index(2)]
	pub type MessageQueue = pallet_message_queue;
	#[runtime::pallet_index(3)]
	pub type XcmPallet = pallet_xcm;
}

#[derive_impl(frame_system::config_preludes::RelayChainDefaultConfig)]
impl frame_system::Config for Runtime {
	type Block = Block;
	type AccountId = AccountId32;
	type Lookup = IdentityLookup<AccountId32>;
	type AccountData = pallet_balances::AccountData<u128>;
}

#[derive_impl(pallet_balances::config_preludes::TestDefaultConfig)]
impl pallet_balances::Config for Runtime {
	type Balance = u128;
	type ExistentialDeposit = ConstU128<1>;
	type AccountStore = System;
}

frame_support::parameter_types! {
	pub const RelayNetwork: Option<NetworkId> = Some(Polkadot);
	pub UniversalLocation: InteriorLocation = [GlobalConsensus(Polkadot)].into();
	pub const Native: Location = Location::here();
	pub const InstructionWeight: Weight = Weight::from_parts(1_000_000_000, 64 * 1024);
	pub FeePerSecondAndMebibyte: (AssetId, u128, u128) =
		(AssetId(Native::get()), 1_000 * INSTRUCTION_FEE, 0);
	pub const ServiceWeight: Weight = Weight::MAX;
}

pub(crate) type LocationToAccountId = (
	ChildParachainConvertsVia<ParaId, AccountId32>,
	AccountId32Aliases<RelayNetwork, AccountId32>,
	HashedDescription<AccountId32, DescribeFamily<DescribeAllTerminal>>,
);

type Weigher = FixedWeightBounds<InstructionWeight, RuntimeCall, ConstU32<100>>;

pub struct XcmConfig;

impl xcm_executor::Config for XcmConfig {
	type RuntimeCall = RuntimeCall;
	type XcmSender = ();
	type XcmEventEmitter = XcmPallet;
	type AssetTransactor =
		FungibleAdapter<Balances, IsConcrete<Native>, LocationToAccountId, AccountId32, ()>;
	type OriginConverter = SovereignSignedViaLocation<LocationToAccountId, RuntimeOrigin>;
	type IsReserve = ();
	type IsTeleporter = ();
	type Aliasers = Nothing;
	type UniversalLocation = UniversalLocation;
	type Barrier = TrailingSetTopicAsId<(
		TakeWeightCredit,
		WithComputedOrigin<
			(AllowTopLevelPaidExecutionFrom<Everything>,),
			UniversalLocation,
			ConstU32<8>,
		>,
	)>;
	type Weigher = Weigher;
	type Trader = FixedRateOfFungible<FeePerSecondAndMebibyte, ()>;
	type ResponseHandler = XcmPallet;
	type AssetTrap = XcmPallet;
	type AssetLocker = ();
	type AssetExchanger = ();
	type SubscriptionService = XcmPallet;
	type PalletInstancesInfo = AllPalletsWithSystem;
	type MaxAssetsIntoHolding = ConstU32<8>;
	type FeeManager = ();
	type MessageExporter = ();
	type UniversalAliases = Nothing;
	type CallDispatcher = RuntimeCall;
	type SafeCallFilter = Everything;
	type TransactionalProcessor = FrameTransactionalProcessor;
	type HrmpNewChannelOpenRequestHandler = ();
	type HrmpChannelAcceptedHandler = ();
	type HrmpChannelClosingHandler = ();
	type XcmRecorder = XcmPallet;
}

type LocalOriginToLocation = SignedToAccountId32<RuntimeOrigin, AccountId32, RelayNetwork>;

impl pallet_xcm::Config for Runtime {
	type RuntimeEvent = RuntimeEvent;
	type RuntimeOrigin = RuntimeOrigin;
	type RuntimeCall = RuntimeCall;
	type Currency = Balances;
	type CurrencyMatcher = ();
	type AuthorizedAliasConsideration = frame_support::traits::Disabled;
	type SendXcmOrigin = EnsureXcmOrigin<RuntimeOrigin, LocalOriginToLocation>;
	type XcmRouter = ();
	type ExecuteXcmOrigin = EnsureXcmOrigin<RuntimeOrigin, LocalOriginToLocation>;
	type XcmExecuteFilter = Nothing;
	type XcmExecutor = xcm_executor::XcmExecutor<XcmConfig>;
	type XcmTeleportFilter = Nothing;
	type XcmReserveTransferFilter = Nothing;
	type Weigher = Weigher;
	type UniversalLocation = UniversalLocation;
	const VERSION_DISCOVERY_QUEUE_SIZE: u32 = 8;
	type AdvertisedXcmVersion = pallet_xcm::CurrentXcmVersion;
	type AdminOrigin = EnsureRoot<AccountId32>;
	type TrustedLockers = ();
	type SovereignAccountOf = LocationToAccountId;
	type MaxLockers = ConstU32<1>;
	type MaxRemoteLockConsumers = ConstU32<0>;
	type RemoteLockConsumerIdentifier = ();
	type WeightInfo = pallet_xcm::TestWeightInfo;
}

/// Executes parachains' messages as messages of children.
pub struct Upward;

impl frame_support::traits::ProcessMessage for Upward {
	type Origin = AggregateMessageOrigin;

	fn process_message(
		message: &[u8],
		origin: Self::Origin,
		meter: &mut frame_support::weights::WeightMeter,
		id: &mut [u8; 32],
	) -> Result<bool, frame_support::traits::ProcessMessageError> {
		let AggregateMessageOrigin::Ump(UmpQueueId::Para(para)) = origin;
		ProcessXcmMessage::<Junction, xcm_executor::XcmExecutor<XcmConfig>, RuntimeCall>::process_message(
			message,
			Parachain(para.into()),
			meter,
			id,
		)
	}
}

impl pallet_message_queue::Config for Runtime {
	type RuntimeEvent = RuntimeEvent;
	type WeightInfo = ();
	type MessageProcessor = Upward;
	type Size = u32;
	type QueueChangeHandler = ();
	type QueuePausedQuery = ();
	type HeapSize = ConstU32<{ 64 * 1024 }>;
	type MaxStale = ConstU32<8>;
	type ServiceWeight = ServiceWeight;
	type IdleMaxServiceWeight = ();
}

/// Where messages that a test puts in wait for a parachain.
fn queue(para: ParaId) -> Vec<u8> {
	codec::Encode::encode(&(b"downward messages", para))
}

/// Sends a program to a parachain as the relay chain itself.
pub(crate) fn send_down(para: ParaId, program: Xcm<()>) {
	let message = InboundDownwardMessage {
		sent_at: System::block_number(),
		msg: codec::Encode::encode(&VersionedXcm::from(program)),
	};
	let mut messages = Runtime::dmq_contents(para);
	messages.push(message);
	frame_support::storage::unhashed::put(&queue(para), &messages);
}

impl Runtime {
	/// Messages for a parachain, of the name by which the emulator asks for them.
	pub(crate) fn dmq_contents(para: ParaId) -> Vec<InboundDownwardMessage<BlockNumber>> {
		frame_support::storage::unhashed::get(&queue(para)).unwrap_or_default()
	}
}

/// The relay chain's first state, where these accounts have money.
pub(crate) fn genesis(rich: Vec<AccountId32>) -> sp_core::storage::Storage {
	let mut storage = frame_system::GenesisConfig::<Runtime>::default().build_storage().unwrap();
	pallet_balances::GenesisConfig::<Runtime> {
		balances: rich.into_iter().map(|account| (account, RICH)).collect(),
		..Default::default()
	}
	.assimilate_storage(&mut storage)
	.unwrap();
	pallet_xcm::GenesisConfig::<Runtime>::default().assimilate_storage(&mut storage).unwrap();
	storage
}
