//! What has to be true of the runtime as a whole before it is put on a chain.

use caisson_runtime_common::{currency::EXISTENTIAL_DEPOSIT, Balance};
use caisson_solo_runtime::{
	configs::system::RuntimeBlockWeights,
	genesis_config_presets::{genesis_storage, ENDOWMENT, STAKE},
	AccountId, Aura, Balances, Contracts, Grandpa, Runtime, Session, SessionKeys, System,
	WASM_BINARY,
};
use frame_support::{
	dispatch::DispatchClass,
	traits::{Get, PalletInfoAccess},
};
use sp_core::OpaqueMetadata;
use sp_io::TestExternalities;
use sp_keyring::Sr25519Keyring;
use sp_storage::Storage;

/// The runtime's own Wasm has to fit into a block with room to spare, for an upgrade carries it.
const MAX_WASM_BYTES: usize = 2 * 1024 * 1024;

const PRESETS: [&str; 2] = ["development", "local_testnet"];

/// The Wasm, or nothing where this build was told to do without.
fn wasm() -> Option<&'static [u8]> {
	match option_env!("SKIP_WASM_BUILD") {
		None => Some(WASM_BINARY.expect("the build script made the Wasm")),
		Some(_) => None,
	}
}

fn genesis(preset: &str) -> TestExternalities {
	TestExternalities::new(genesis_storage(preset).expect("the preset builds"))
}

#[test]
fn presets_are_named_and_no_others_are_known() {
	let names = caisson_solo_runtime::genesis_config_presets::preset_names();
	assert_eq!(names.iter().map(|name| name.as_str()).collect::<Vec<_>>(), PRESETS);
	assert!(genesis_storage("staging").is_err());
}

#[test]
fn those_who_stake_at_genesis_are_the_authorities() {
	let both = [Sr25519Keyring::Alice, Sr25519Keyring::Bob].map(|key| key.to_account_id());
	for (preset, validators) in PRESETS.into_iter().zip([&both[..1], &both[..]]) {
		genesis(preset).execute_with(|| {
			let candidates = pallet_validator_staking::Candidates::<Runtime>::get();
			let stakers: Vec<_> =
				candidates.iter().map(|candidate| candidate.who.clone()).collect();
			assert_eq!(stakers, validators, "{preset}");
			assert!(candidates.iter().all(|candidate| candidate.stake == STAKE), "{preset}");
			assert_eq!(Session::validators(), validators, "{preset}");

			let keys: Vec<SessionKeys> = validators
				.iter()
				.map(|who| Session::load_keys(who).expect("they have keys"))
				.collect();
			let blocks: Vec<_> = keys.iter().map(|keys| keys.aura.clone()).collect();
			assert_eq!(pallet_aura::Authorities::<Runtime>::get().into_inner(), blocks, "{preset}");
			let votes: Vec<_> = keys.into_iter().map(|keys| (keys.grandpa, 1)).collect();
			assert_eq!(Grandpa::grandpa_authorities(), votes, "{preset}");
			assert_eq!(Aura::authorities_len(), validators.len(), "{preset}");
		});
	}
}

#[test]
fn the_state_is_consistent_at_genesis() {
	for preset in PRESETS {
		genesis(preset).execute_with(|| {
			pallet_validator_staking::test_utils::check_state::<Runtime>().expect(preset);
			#[cfg(feature = "try-runtime")]
			<caisson_solo_runtime::AllPalletsWithSystem as frame_support::traits::TryState<_>>::try_state(
				0,
				frame_support::traits::TryStateSelect::All,
			)
			.expect(preset);
		});
	}
}

#[test]
fn there_are_as_many_authorities_as_validators() {
	let authors: u32 = <Runtime as pallet_aura::Config>::MaxAuthorities::get();
	let voters: u32 = <Runtime as pallet_grandpa::Config>::MaxAuthorities::get();
	let validators: u32 = <Runtime as pallet_validator_staking::Config>::MaxValidators::get();
	assert_eq!((authors, voters), (validators, validators));
}

#[test]
fn development_accounts_are_funded_and_alice_is_the_administrator() {
	for preset in PRESETS {
		genesis(preset).execute_with(|| {
			let stakes =
				Balance::from(pallet_validator_staking::Ledgers::<Runtime>::iter().count() as u32);
			let funded: Vec<AccountId> =
				Sr25519Keyring::well_known().map(|key| key.to_account_id()).collect();
			assert_eq!(funded.len(), 12);
			for account in &funded {
				assert_eq!(Balances::free_balance(account), ENDOWMENT);
			}
			// And what the account of the fees needs to exist.
			assert_eq!(
				Balances::total_issuance(),
				12 * ENDOWMENT + stakes * STAKE + EXISTENTIAL_DEPOSIT
			);
			assert_eq!(
				pallet_sudo::Key::<Runtime>::get(),
				Some(Sr25519Keyring::Alice.to_account_id())
			);
		});
	}
}

#[test]
fn the_wasm_makes_the_same_genesis() {
	let Some(wasm) = wasm() else { return };
	let caller = sc_chain_spec::GenesisConfigBuilderRuntimeCaller::<()>::new(wasm);
	for preset in PRESETS {
		let by_wasm: Storage = caller
			.get_storage_for_named_preset(Some(&preset.into()))
			.expect("the Wasm builds the preset");
		let natively = genesis_storage(preset).expect("the preset builds");
		assert_eq!(by_wasm.top, natively.top, "{preset}");
		assert!(by_wasm.children_default.is_empty() && natively.children_default.is_empty());
	}
}

#[test]
fn the_wasm_is_small_enough() {
	let Some(wasm) = wasm() else { return };
	assert!(wasm.len() <= MAX_WASM_BYTES, "{} bytes", wasm.len());
}

#[test]
fn metadata_is_served_in_three_versions() {
	TestExternalities::default().execute_with(|| {
		assert_eq!(version(&OpaqueMetadata::new(Runtime::metadata().into())), 14);
		for number in [14, 15, 16] {
			let metadata = Runtime::metadata_at_version(number).expect("the version is served");
			assert_eq!(u32::from(version(&metadata)), number);
			assert!(Runtime::metadata_versions().contains(&number));
		}
	});
}

/// The version byte, which stands behind the magic number.
fn version(metadata: &OpaqueMetadata) -> u8 {
	assert!(metadata.starts_with(b"meta"));
	*metadata.get(4).expect("a version follows")
}

#[test]
fn contracts_have_the_name_and_the_index_that_clients_know() {
	assert_eq!(Contracts::name(), "Contracts");
	assert_eq!(Contracts::index(), 40);
	assert_eq!(System::index(), 0);
}

#[test]
fn a_transaction_can_take_most_of_a_block() {
	let weights = RuntimeBlockWeights::get().validate().expect("the limits are consistent");
	let largest = weights.get(DispatchClass::Normal).max_extrinsic.expect("it is limited");
	assert!(largest.ref_time() > weights.max_block.ref_time() / 2);
}
