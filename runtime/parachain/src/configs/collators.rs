//! Who makes blocks: collators, their sessions and slots.

use crate::{
	AccountId, Aura, Balance, Balances, BlockNumber, CollatorSelection, Runtime, RuntimeEvent,
	Session, SessionKeys,
};
use caisson_runtime_common::{
	currency::deposit,
	time::{HOURS, SLOT_DURATION},
};
use cumulus_primitives_core::relay_chain;
use frame_support::{
	parameter_types,
	traits::{ConstBool, ConstU32, ConstU64},
	PalletId,
};
use frame_system::EnsureRoot;
use pallet_collator_selection::IdentityCollator;
use pallet_session::{FindAccountFromAuthorIndex, PeriodicSessions};
use sp_consensus_aura::sr25519::AuthorityId as AuraId;
use sp_runtime::traits::OpaqueKeys;

/// Blocks that one relay chain block can be followed by.
pub const BLOCK_PROCESSING_VELOCITY: u32 = 1;

/// Blocks that may wait for the relay chain to include them: one that is backed, one that is being
/// included, and the one that is being built.
pub const UNINCLUDED_SEGMENT_CAPACITY: u32 = 3;

/// Milliseconds of a slot of the relay chain.
// Lossless: it is 6,000.
const RELAY_SLOT_DURATION: u32 = relay_chain::RELAY_CHAIN_SLOT_DURATION_MILLIS as u32;

/// How far blocks may run ahead of the relay chain.
pub type ConsensusHook = cumulus_pallet_aura_ext::FixedVelocityConsensusHook<
	Runtime,
	RELAY_SLOT_DURATION,
	BLOCK_PROCESSING_VELOCITY,
	UNINCLUDED_SEGMENT_CAPACITY,
>;

parameter_types! {
	/// Blocks of a session. A collator that comes or goes does so with the next but one.
	pub const SessionLength: BlockNumber = 6 * HOURS;
	/// Block at which sessions begin to be counted.
	pub const SessionOffset: BlockNumber = 0;
	/// Held for session keys: what their two entries take, of the keys and of the owner of the key.
	pub const KeyDeposit: Balance = deposit(2, 256);
	/// Name of the pot that fees go to.
	pub const PotId: PalletId = PalletId(*b"PotStake");
	/// The account of that pot, from which authors are paid.
	pub FeePot: AccountId = CollatorSelection::account_id();
}

impl pallet_authorship::Config for Runtime {
	type FindAuthor = FindAccountFromAuthorIndex<Self, Aura>;
	type EventHandler = CollatorSelection;
}

impl pallet_collator_selection::Config for Runtime {
	type RuntimeEvent = RuntimeEvent;
	type Currency = Balances;
	type UpdateOrigin = EnsureRoot<AccountId>;
	type PotId = PotId;
	type MaxCandidates = ConstU32<100>;
	/// A chain of one collator may not lose it.
	type MinEligibleCollators = ConstU32<1>;
	type MaxInvulnerables = ConstU32<20>;
	/// Who makes no block for a session is not asked any more.
	type KickThreshold = SessionLength;
	type ValidatorId = AccountId;
	type ValidatorIdOf = IdentityCollator;
	type ValidatorRegistration = Session;
	type WeightInfo = pallet_collator_selection::weights::SubstrateWeight<Runtime>;
}

impl pallet_session::Config for Runtime {
	type RuntimeEvent = RuntimeEvent;
	type ValidatorId = AccountId;
	type ValidatorIdOf = IdentityCollator;
	type ShouldEndSession = PeriodicSessions<SessionLength, SessionOffset>;
	type NextSessionRotation = PeriodicSessions<SessionLength, SessionOffset>;
	type SessionManager = CollatorSelection;
	type SessionHandler = <SessionKeys as OpaqueKeys>::KeyTypeIdProviders;
	type Keys = SessionKeys;
	/// A collator cannot make a wrong block that counts, so none is disabled.
	type DisablingStrategy = ();
	type WeightInfo = pallet_session::weights::SubstrateWeight<Runtime>;
	type Currency = Balances;
	type KeyDeposit = KeyDeposit;
}

impl pallet_aura::Config for Runtime {
	type AuthorityId = AuraId;
	type DisabledValidators = ();
	/// Candidates and invulnerables together.
	type MaxAuthorities = ConstU32<120>;
	/// [`ConsensusHook`] counts the blocks of a slot.
	type AllowMultipleBlocksPerSlot = ConstBool<true>;
	type SlotDuration = ConstU64<SLOT_DURATION>;
}

impl cumulus_pallet_aura_ext::Config for Runtime {}
