//! XCM: who may tell this chain what, as whom, and at whose cost.
//!
//! The one asset is the chain's own token. Nothing is taken for another chain's, so no chain is trusted
//! as a reserve or to teleport.

use crate::{
	configs::{
		collators::FeePot,
		fees::{ToPot, WeightToFee},
		messages::PriceForParentDelivery,
	},
	AccountId, AllPalletsWithSystem, Balance, Balances, ParachainInfo, ParachainSystem,
	PolkadotXcm, Runtime, RuntimeCall, RuntimeEvent, RuntimeHoldReason, RuntimeOrigin, XcmpQueue,
};
use caisson_runtime_common::contracts::{DepositPerByte, DepositPerItem};
use frame_support::{
	parameter_types,
	traits::{
		fungible::HoldConsideration, ConstU32, Contains, Equals, Everything, LinearStoragePrice,
		Nothing,
	},
	weights::Weight,
};
use frame_system::EnsureRoot;
use pallet_xcm::{AuthorizedAliasers, XcmPassthrough};
use polkadot_parachain_primitives::primitives::Sibling;
use xcm::latest::prelude::*;
use xcm_builder::{
	AccountId32Aliases, AliasChildLocation, AllowExplicitUnpaidExecutionFrom,
	AllowHrmpNotificationsFromRelayChain, AllowKnownQueryResponses, AllowSubscriptionsFrom,
	AllowTopLevelPaidExecutionFrom, DenyRecursively, DenyReserveTransferToRelayChain, DenyThenTry,
	DescribeAllTerminal, DescribeFamily, EnsureXcmOrigin, FixedWeightBounds,
	FrameTransactionalProcessor, FungibleAdapter, HashedDescription, IsConcrete, ParentAsSuperuser,
	ParentIsPreset, RelayChainAsNative, SendXcmFeeToAccount, SiblingParachainAsNative,
	SiblingParachainConvertsVia, SignedAccountId32AsNative, SignedToAccountId32,
	SovereignSignedViaLocation, TakeWeightCredit, TrailingSetTopicAsId, UsingComponents,
	WithComputedOrigin, WithUniqueTopic, XcmFeeManagerFromComponents,
};

parameter_types! {
	/// The relay chain that this is a parachain of. Whoever puts the chain under another changes it
	/// here, before the chain begins: it is part of how accounts are named.
	pub const RelayNetwork: Option<NetworkId> = Some(Polkadot);
	/// The chain itself, and what its token is called here.
	pub const Native: Location = Location::here();
	/// The chain's token.
	pub NativeAssetId: AssetId = AssetId(Native::get());
	/// The relay chain as an origin of calls.
	pub RelayChainOrigin: RuntimeOrigin = cumulus_pallet_xcm::Origin::Relay.into();
	/// Where this chain is among all.
	pub UniversalLocation: InteriorLocation =
		[GlobalConsensus(Polkadot), Parachain(ParachainInfo::parachain_id().into())].into();
	/// What any instruction is taken to weigh, beside the call of a `Transact`: a millisecond, more than the
	/// dearest takes, and 64 KiB of proof.
	pub const InstructionWeight: Weight = Weight::from_parts(1_000_000_000, 64 * 1024);
	/// Reason to hold what stored aliases cost.
	pub const AuthorizeAliasHoldReason: RuntimeHoldReason =
		RuntimeHoldReason::PolkadotXcm(pallet_xcm::HoldReason::AuthorizeAlias);
}

/// Instructions of a message, nested ones included.
pub type MaxInstructions = ConstU32<100>;

/// The account that a place elsewhere has here: the relay chain, a parachain, or somebody there by the hash of
/// where they are.
pub type LocationToAccountId = (
	ParentIsPreset<AccountId>,
	SiblingParachainConvertsVia<Sibling, AccountId>,
	AccountId32Aliases<RelayNetwork, AccountId>,
	HashedDescription<AccountId, DescribeFamily<DescribeAllTerminal>>,
);

/// Moves the chain's token. None of it is ever teleported.
pub type AssetTransactor =
	FungibleAdapter<Balances, IsConcrete<Native>, LocationToAccountId, AccountId, ()>;

/// As whom a `Transact` dispatches its call, by the kind of origin that it asks for.
pub type OriginConverter = (
	SovereignSignedViaLocation<LocationToAccountId, RuntimeOrigin>,
	RelayChainAsNative<RelayChainOrigin, RuntimeOrigin>,
	SiblingParachainAsNative<cumulus_pallet_xcm::Origin, RuntimeOrigin>,
	ParentAsSuperuser<RuntimeOrigin>,
	SignedAccountId32AsNative<RelayNetwork, RuntimeOrigin>,
	XcmPassthrough<RuntimeOrigin>,
);

/// The relay chain, and the bodies of its governance.
pub struct RelayGovernance;

impl Contains<Location> for RelayGovernance {
	fn contains(location: &Location) -> bool {
		matches!(location.unpack(), (1, [] | [Plurality { .. }]))
	}
}

/// The relay chain and other parachains themselves, and nobody on them.
pub struct Chains;

impl Contains<Location> for Chains {
	fn contains(location: &Location) -> bool {
		matches!(location.unpack(), (1, [] | [Parachain(_)]))
	}
}

/// Which messages are executed at all.
///
/// Whatever pays is; what does not is only if it is an answer that somebody here waits for, if it comes
/// from the relay chain's governance and says so, or if it keeps chains in touch.
pub type Barrier = TrailingSetTopicAsId<
	DenyThenTry<
		DenyRecursively<DenyReserveTransferToRelayChain>,
		(
			TakeWeightCredit,
			AllowKnownQueryResponses<PolkadotXcm>,
			WithComputedOrigin<
				(
					AllowTopLevelPaidExecutionFrom<Everything>,
					AllowExplicitUnpaidExecutionFrom<RelayGovernance>,
					AllowSubscriptionsFrom<Chains>,
					AllowHrmpNotificationsFromRelayChain,
				),
				UniversalLocation,
				ConstU32<8>,
			>,
		),
	>,
>;

/// What a message weighs.
pub type Weigher = FixedWeightBounds<InstructionWeight, RuntimeCall, MaxInstructions>;

/// How a message leaves: up to the relay chain, or to another parachain by a channel.
pub type XcmRouter = WithUniqueTopic<(
	cumulus_primitives_utility::ParentAsUmp<ParachainSystem, PolkadotXcm, PriceForParentDelivery>,
	XcmpQueue,
)>;

/// Names an account of this chain as a place.
pub type LocalOriginToLocation = SignedToAccountId32<RuntimeOrigin, AccountId, RelayNetwork>;

/// What executes messages.
pub type Executor = xcm_executor::XcmExecutor<XcmConfig>;

/// What messages are executed with.
pub struct XcmConfig;

impl xcm_executor::Config for XcmConfig {
	type RuntimeCall = RuntimeCall;
	type XcmSender = XcmRouter;
	type XcmEventEmitter = PolkadotXcm;
	type AssetTransactor = AssetTransactor;
	type OriginConverter = OriginConverter;
	type IsReserve = ();
	type IsTeleporter = ();
	type Aliasers = (AliasChildLocation, AuthorizedAliasers<Runtime>);
	type UniversalLocation = UniversalLocation;
	type Barrier = Barrier;
	type Weigher = Weigher;
	type Trader = UsingComponents<WeightToFee, Native, AccountId, Balances, ToPot>;
	type ResponseHandler = PolkadotXcm;
	type AssetTrap = PolkadotXcm;
	type AssetLocker = ();
	type AssetExchanger = ();
	type SubscriptionService = PolkadotXcm;
	type PalletInstancesInfo = AllPalletsWithSystem;
	type MaxAssetsIntoHolding = ConstU32<64>;
	/// Only the chain itself sends for free.
	type FeeManager =
		XcmFeeManagerFromComponents<Equals<Native>, SendXcmFeeToAccount<AssetTransactor, FeePot>>;
	type MessageExporter = ();
	type UniversalAliases = Nothing;
	type CallDispatcher = RuntimeCall;
	/// Every call, those of contracts among them: a call weighs what it says, and its origin can do
	/// no more than the account that it is.
	type SafeCallFilter = Everything;
	type TransactionalProcessor = FrameTransactionalProcessor;
	type HrmpNewChannelOpenRequestHandler = ();
	type HrmpChannelAcceptedHandler = ();
	type HrmpChannelClosingHandler = ();
	type XcmRecorder = PolkadotXcm;
}

impl pallet_xcm::Config for Runtime {
	type RuntimeEvent = RuntimeEvent;
	type RuntimeOrigin = RuntimeOrigin;
	type RuntimeCall = RuntimeCall;
	type Currency = Balances;
	type CurrencyMatcher = IsConcrete<Native>;
	type AuthorizedAliasConsideration = HoldConsideration<
		AccountId,
		Balances,
		AuthorizeAliasHoldReason,
		LinearStoragePrice<DepositPerItem, DepositPerByte, Balance>,
	>;
	type SendXcmOrigin = EnsureXcmOrigin<RuntimeOrigin, LocalOriginToLocation>;
	type XcmRouter = XcmRouter;
	type ExecuteXcmOrigin = EnsureXcmOrigin<RuntimeOrigin, LocalOriginToLocation>;
	type XcmExecuteFilter = Everything;
	type XcmExecutor = Executor;
	/// Nobody is trusted to teleport.
	type XcmTeleportFilter = Nothing;
	type XcmReserveTransferFilter = Everything;
	type Weigher = Weigher;
	type UniversalLocation = UniversalLocation;
	const VERSION_DISCOVERY_QUEUE_SIZE: u32 = 100;
	type AdvertisedXcmVersion = pallet_xcm::CurrentXcmVersion;
	type AdminOrigin = EnsureRoot<AccountId>;
	type TrustedLockers = ();
	type SovereignAccountOf = LocationToAccountId;
	type MaxLockers = ConstU32<8>;
	type MaxRemoteLockConsumers = ConstU32<0>;
	type RemoteLockConsumerIdentifier = ();
	type WeightInfo = crate::weights::pallet_xcm::WeightInfo<Runtime>;
}

impl cumulus_pallet_xcm::Config for Runtime {
	type RuntimeEvent = RuntimeEvent;
	type XcmExecutor = Executor;
}
