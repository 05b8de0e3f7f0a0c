//! How messages of other chains come and go: queues, channels, prices of delivery.

use crate::{
	configs::{
		system::RuntimeBlockWeights,
		xcm::{NativeAssetId, OriginConverter},
	},
	AccountId, Balance, MessageQueue, ParachainSystem, PolkadotXcm, Runtime, RuntimeEvent,
	XcmpQueue,
};
use caisson_runtime_common::{currency::MILLIUNIT, fees::TransactionByteFee};
use cumulus_primitives_core::{AggregateMessageOrigin, ParaId};
use frame_support::{
	parameter_types,
	traits::{ConstU32, EnqueueWithOrigin, QueueFootprint, QueuePausedQuery, TransformOrigin},
	weights::Weight,
};
use frame_system::EnsureRoot;
use pallet_message_queue::OnQueueChanged;
use polkadot_runtime_common::xcm_sender::ExponentialPrice;
use sp_runtime::traits::Convert;

/// Longest page of a queue, in bytes: a message of the 100 KiB that most channels allow, with room
/// for what a page is made of.
const PAGE_BYTES: u32 = 103 * 1024;

parameter_types! {
	/// Set aside in each block for messages of the relay chain to arrive, and as much for those of
	/// others.
	pub ReservedMessageWeight: Weight = RuntimeBlockWeights::get().max_block.saturating_div(4);
	/// What a block spends on messages that have arrived. A message that needs more is never
	/// executed by itself: somebody has to ask for it, and to pay.
	pub ServiceWeight: Weight =
		RuntimeBlockWeights::get().max_block.saturating_mul(35).saturating_div(100);
	/// The relay chain as the origin of messages.
	pub const RelayOrigin: AggregateMessageOrigin = AggregateMessageOrigin::Parent;
	/// Price of a message's delivery, beside that of its bytes, while there is no congestion.
	pub const BaseDeliveryFee: Balance = 10 * MILLIUNIT;
}

/// Price of a delivery: a base and a price for each byte, times a factor that grows while the way is
/// congested.
type DeliveryPrice<Way> = ExponentialPrice<NativeAssetId, BaseDeliveryFee, TransactionByteFee, Way>;

/// Price of a message to the relay chain.
pub type PriceForParentDelivery = DeliveryPrice<ParachainSystem>;

/// Price of a message to another parachain.
pub type PriceForSiblingDelivery = DeliveryPrice<XcmpQueue>;

/// Where the relay chain's messages wait.
pub type RelayMessages = EnqueueWithOrigin<MessageQueue, RelayOrigin>;

/// Names the parachain that a message comes from among all origins.
pub struct SiblingOrigin;

impl Convert<ParaId, AggregateMessageOrigin> for SiblingOrigin {
	fn convert(para: ParaId) -> AggregateMessageOrigin {
		AggregateMessageOrigin::Sibling(para)
	}
}

/// Channels of parachains: the queues of other origins have nobody who could be told to wait.
pub struct SiblingChannels;

impl OnQueueChanged<AggregateMessageOrigin> for SiblingChannels {
	fn on_queue_changed(origin: AggregateMessageOrigin, footprint: QueueFootprint) {
		if let AggregateMessageOrigin::Sibling(para) = origin {
			XcmpQueue::on_queue_changed(para, footprint);
		}
	}
}

impl QueuePausedQuery<AggregateMessageOrigin> for SiblingChannels {
	fn is_paused(origin: &AggregateMessageOrigin) -> bool {
		match origin {
			AggregateMessageOrigin::Sibling(para) => XcmpQueue::is_paused(para),
			_ => false,
		}
	}
}

impl cumulus_pallet_xcmp_queue::Config for Runtime {
	type RuntimeEvent = RuntimeEvent;
	type ChannelInfo = ParachainSystem;
	type VersionWrapper = PolkadotXcm;
	type XcmpQueue = TransformOrigin<MessageQueue, AggregateMessageOrigin, ParaId, SiblingOrigin>;
	type MaxInboundSuspended = ConstU32<1_000>;
	type MaxActiveOutboundChannels = ConstU32<128>;
	type MaxPageSize = ConstU32<PAGE_BYTES>;
	type ControllerOrigin = EnsureRoot<AccountId>;
	type ControllerOriginConverter = OriginConverter;
	type PriceForSiblingDelivery = PriceForSiblingDelivery;
	type WeightInfo = cumulus_pallet_xcmp_queue::weights::SubstrateWeight<Runtime>;
}

impl pallet_message_queue::Config for Runtime {
	type RuntimeEvent = RuntimeEvent;
	type WeightInfo = pallet_message_queue::weights::SubstrateWeight<Runtime>;
	#[cfg(not(feature = "runtime-benchmarks"))]
	type MessageProcessor = xcm_builder::ProcessXcmMessage<
		AggregateMessageOrigin,
		crate::configs::xcm::Executor,
		crate::RuntimeCall,
	>;
	/// What processing takes is no part of the queue's weight.
	#[cfg(feature = "runtime-benchmarks")]
	type MessageProcessor =
		pallet_message_queue::mock_helpers::NoopMessageProcessor<AggregateMessageOrigin>;
	type Size = u32;
	type QueueChangeHandler = SiblingChannels;
	type QueuePausedQuery = SiblingChannels;
	type HeapSize = ConstU32<PAGE_BYTES>;
	type MaxStale = ConstU32<8>;
	type ServiceWeight = ServiceWeight;
	/// A message can be executed in the block that it arrives in.
	type IdleMaxServiceWeight = ServiceWeight;
}
