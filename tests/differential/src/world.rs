//! What both runtimes have in common.

use sp_core::crypto::AccountId32;
use sp_runtime::Perbill;
use std::path::PathBuf;

/// An account with money.
pub const ALICE: AccountId32 = AccountId32::new([1; 32]);
/// Another one.
pub const BOB: AccountId32 = AccountId32::new([2; 32]);
/// An account without.
pub const CHARLIE: AccountId32 = AccountId32::new([3; 32]);

/// What Alice and Bob have at the beginning.
pub(crate) const RICH: u128 = 1_000_000_000_000_000;

frame_support::parameter_types! {
	pub const ExistentialDeposit: u128 = 10;
	pub const DepositPerByte: u128 = 1_000;
	pub const DepositPerItem: u128 = 20_000;
	pub const DefaultDepositLimit: u128 = 10_000_000_000;
	pub const CodeHashLockupDepositPercent: Perbill = Perbill::from_percent(30);
	pub BlockWeights: frame_system::limits::BlockWeights =
		frame_system::limits::BlockWeights::simple_max(frame_support::weights::Weight::from_parts(
			2_000_000_000_000,
			u64::MAX,
		));
}

/// What a block gives to migrations: enough for the largest code of the tests, with as many functions as it
/// can hold, and what pallet-migrations has to do itself, and not for all of them.
pub struct MaxServiceWeight;

impl frame_support::traits::Get<frame_support::weights::Weight> for MaxServiceWeight {
	fn get() -> frame_support::weights::Weight {
		use pallet_wasm_contracts::WeightInfo;
		type Info = <crate::ours::Chain as pallet_wasm_contracts::Config>::WeightInfo;
		// By its weights, in the proof above all.
		let own = frame_support::weights::Weight::from_parts(1_000_000_000, 512 * 1024);
		let (bytes, functions) = (20_000, 5_000);
		Info::migrate() + Info::migrate_code(bytes) + Info::upload_functions(functions) + own
	}
}

/// A price of weight: any will do that is the same on both.
pub struct WeightPrice;

impl sp_runtime::traits::Convert<frame_support::weights::Weight, u128> for WeightPrice {
	fn convert(weight: frame_support::weights::Weight) -> u128 {
		u128::from(weight.ref_time()) * 3
	}
}

/// The calls that contracts may dispatch: those that cannot re-enter contracts.
pub struct CallFilter;

/// The ink! contract of this name, as `scripts/build-guests.sh` left it.
///
/// # Panics
///
/// If it was not built.
pub fn ink(version: &str, name: &str) -> Vec<u8> {
	let target = std::env::var_os("CARGO_TARGET_DIR").map_or_else(
		|| {
			PathBuf::from(std::env::var_os("HOME").unwrap_or_default())
				.join(".cache/caisson/target")
		},
		PathBuf::from,
	);
	let file = target.join("caisson-guests/ink").join(version).join(format!("{name}.wasm"));
	std::fs::read(&file)
		.unwrap_or_else(|error| panic!("{}: {error}; build it with `make guests`", file.display()))
}

// `$migrations` are those of its state that take several blocks.
macro_rules! runtime {
	($contracts:ident, $migrations:ty) => {
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
			pub struct Chain;

			#[runtime::pallet_index(0)]
			pub type System = frame_system;
			#[runtime::pallet_index(1)]
			pub type Timestamp = pallet_timestamp;
			// As in Caisson's runtimes, for contracts that dispatch its calls.
			#[runtime::pallet_index(10)]
			pub type Balances = pallet_balances;
			#[runtime::pallet_index(40)]
			pub type Contracts = $contracts;
			#[runtime::pallet_index(50)]
			pub type MultiBlockMigrations = pallet_migrations;
		}

		type Block = frame_system::mocking::MockBlockU32<Chain>;

		#[derive_impl(frame_system::config_preludes::TestDefaultConfig)]
		impl frame_system::Config for Chain {
			type Block = Block;
			type AccountId = sp_core::crypto::AccountId32;
			type Lookup = sp_runtime::traits::IdentityLookup<Self::AccountId>;
			type AccountData = pallet_balances::AccountData<u128>;
			type BlockWeights = crate::world::BlockWeights;
			type MultiBlockMigrator = MultiBlockMigrations;
		}

		#[derive_impl(pallet_migrations::config_preludes::TestDefaultConfig)]
		impl pallet_migrations::Config for Chain {
			type Migrations = $migrations;
			type MaxServiceWeight = crate::world::MaxServiceWeight;
		}

		#[derive_impl(pallet_timestamp::config_preludes::TestDefaultConfig)]
		impl pallet_timestamp::Config for Chain {}

		#[derive_impl(pallet_balances::config_preludes::TestDefaultConfig)]
		impl pallet_balances::Config for Chain {
			type AccountStore = System;
			type Balance = u128;
			type ExistentialDeposit = crate::world::ExistentialDeposit;
			type RuntimeHoldReason = RuntimeHoldReason;
		}

		impl frame_support::traits::Contains<RuntimeCall> for crate::world::CallFilter {
			fn contains(call: &RuntimeCall) -> bool {
				!matches!(call, RuntimeCall::Timestamp(_))
			}
		}

		/// Leaves a trace of who spoke to other chains.
		fn remarked(sender: sp_core::crypto::AccountId32, text: &[u8]) {
			System::deposit_event(RuntimeEvent::System(frame_system::Event::Remarked {
				sender,
				hash: sp_io::hashing::blake2_256(text).into(),
			}));
		}

		/// A fresh chain.
		pub fn genesis() -> sp_io::TestExternalities {
			use sp_runtime::BuildStorage;
			let storage = RuntimeGenesisConfig {
				balances: pallet_balances::GenesisConfig {
					balances: vec![
						(crate::ALICE, crate::world::RICH),
						(crate::BOB, crate::world::RICH),
					],
					..Default::default()
				},
				..Default::default()
			}
			.build_storage()
			.unwrap();
			let mut chain = sp_io::TestExternalities::new(storage);
			chain.execute_with(|| {
				System::set_block_number(1);
				pallet_timestamp::Now::<Chain>::put(1_700_000_000_123);
			});
			chain
		}
	};
}

pub(crate) use runtime;
