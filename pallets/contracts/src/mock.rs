//! The test runtime: what differs from the defaults, and nothing else.

use crate::{
	self as pallet_wasm_contracts,
	extension::{ChainExtension, ExtensionCall, ExtensionReturn, XcmController},
	Config,
};
use frame_support::{
	derive_impl, parameter_types,
	traits::{ConstU32, ConstU64, EnsureOrigin, Get},
	weights::Weight,
};
use sp_core::crypto::AccountId32;
use sp_runtime::{traits::IdentityLookup, BuildStorage, DispatchError};

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
		RuntimeTask
	)]
	pub struct Test;

	#[runtime::pallet_index(0)]
	pub type System = frame_system;
	#[runtime::pallet_index(1)]
	pub type Timestamp = pallet_timestamp;
	#[runtime::pallet_index(2)]
	pub type Balances = pallet_balances;
	#[runtime::pallet_index(3)]
	pub type Contracts = pallet_wasm_contracts;
}

type Block = frame_system::mocking::MockBlock<Test>;

#[derive_impl(frame_system::config_preludes::TestDefaultConfig)]
impl frame_system::Config for Test {
	type Block = Block;
	type AccountId = AccountId32;
	type Lookup = IdentityLookup<AccountId32>;
	type AccountData = pallet_balances::AccountData<u64>;
	type BlockWeights = BlockWeights;
}

parameter_types! {
	/// Whether the test chain accepts code that uses unstable host functions.
	pub static UnstableInterface: bool = true;
	/// Who may not upload code.
	pub static NoUploader: Option<AccountId32> = None;
	/// Who may not make contracts.
	pub static NoDeployer: Option<AccountId32> = None;
	pub BlockWeights: frame_system::limits::BlockWeights =
		frame_system::limits::BlockWeights::simple_max(
			Weight::from_parts(2_000_000_000_000, 5 * 1024 * 1024),
		);
}

#[derive_impl(pallet_timestamp::config_preludes::TestDefaultConfig)]
impl pallet_timestamp::Config for Test {}

#[derive_impl(pallet_balances::config_preludes::TestDefaultConfig)]
impl pallet_balances::Config for Test {
	type AccountStore = System;
	type ExistentialDeposit = ConstU64<10>;
	type MaxFreezes = ConstU32<0>;
}

#[derive_impl(crate::config_preludes::TestDefaultConfig)]
impl Config for Test {
	type Time = Timestamp;
	type Currency = Balances;
	type WeightPrice = WeightPrice;
	type Randomness = crate::extension::ParentHashRandomness<Self>;
	type ChainExtension = Echo;
	type Xcm = OtherChain;
	type UnsafeUnstableInterface = UnstableInterface;
	type UploadOrigin = SignedBut<NoUploader>;
	type InstantiateOrigin = SignedBut<NoDeployer>;
}

/// Any signed origin but the one account that is excluded, if one is.
pub struct SignedBut<Excluded>(core::marker::PhantomData<Excluded>);

impl<Excluded: Get<Option<AccountId32>>> EnsureOrigin<RuntimeOrigin> for SignedBut<Excluded> {
	type Success = AccountId32;

	fn try_origin(origin: RuntimeOrigin) -> Result<AccountId32, RuntimeOrigin> {
		let who = frame_system::EnsureSigned::<AccountId32>::try_origin(origin)?;
		if Excluded::get().as_ref() == Some(&who) {
			return Err(RuntimeOrigin::signed(who));
		}
		Ok(who)
	}

	#[cfg(feature = "runtime-benchmarks")]
	fn try_successful_origin() -> Result<RuntimeOrigin, ()> {
		Ok(RuntimeOrigin::signed(ALICE))
	}
}

/// A chain extension that returns its input as its output.
pub struct Echo;

impl Echo {
	/// What it returns beside.
	pub(crate) const CODE: u32 = 7;
}

impl ChainExtension<Test> for Echo {
	fn call(call: &mut ExtensionCall<'_, Test>) -> Result<ExtensionReturn, DispatchError> {
		call.charge(Weight::from_parts(1_000_000, 0))?;
		Ok(ExtensionReturn { code: Self::CODE, output: Some(call.input().to_vec()) })
	}
}

/// Another chain, to which every message can be sent, and whose programs all succeed.
pub struct OtherChain;

impl XcmController<AccountId> for OtherChain {
	fn execute(_: AccountId, _: &[u8], limit: Weight) -> (Result<bool, DispatchError>, Weight) {
		(Ok(true), limit.min(Weight::from_parts(1_000_000, 0)))
	}

	fn send_weight() -> Weight {
		Weight::from_parts(1_000_000, 0)
	}

	fn send(_: AccountId, dest: &[u8], message: &[u8]) -> Result<Option<[u8; 32]>, DispatchError> {
		let known = !dest.is_empty();
		Ok(known.then(|| sp_io::hashing::blake2_256(message)))
	}
}

/// A unit of money for a thousand of computation.
pub struct WeightPrice;

impl sp_runtime::traits::Convert<Weight, u64> for WeightPrice {
	fn convert(weight: Weight) -> u64 {
		weight.ref_time() / 1_000
	}
}

/// An account.
pub(crate) type AccountId = AccountId32;

pub(crate) const ALICE: AccountId32 = AccountId32::new([1; 32]);
/// Another account of the test chain.
pub(crate) const BOB: AccountId32 = AccountId32::new([2; 32]);
/// What each of them has at the beginning.
pub(crate) const RICH: u64 = 1_000_000_000_000;

/// The time of the first block, in milliseconds.
pub(crate) const NOW: u64 = 1_700_000_000_123;

/// A fresh chain in block 1.
pub(crate) fn chain() -> sp_io::TestExternalities {
	let balances = pallet_balances::GenesisConfig::<Test> {
		balances: vec![(ALICE, RICH), (BOB, RICH)],
		..Default::default()
	};
	let mut storage = frame_system::GenesisConfig::<Test>::default()
		.build_storage()
		.expect("the system's genesis builds");
	balances.assimilate_storage(&mut storage).expect("the balances' genesis builds");
	let mut chain: sp_io::TestExternalities = storage.into();
	chain.execute_with(|| {
		System::set_block_number(1);
		Timestamp::set_timestamp(NOW);
		// As a runtime's genesis does it.
		crate::STORAGE_VERSION.put::<Contracts>();
	});
	chain
}

/// Checks every invariant of the pallet's state between blocks.
pub(crate) fn assert_invariants(chain: &mut sp_io::TestExternalities) {
	chain.commit_all().expect("no transaction is open");
	chain.execute_with(|| {
		crate::invariants::state::<Test>().expect("the invariants hold between blocks");
	});
}

/// Runs `test` on a fresh chain in block 1, and checks every invariant of the pallet's state behind it.
pub(crate) fn on_chain<R>(test: impl FnOnce() -> R) -> R {
	let mut chain = chain();
	let result = chain.execute_with(test);
	assert_invariants(&mut chain);
	result
}
