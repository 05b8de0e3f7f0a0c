//! What has to be true of the runtime as a whole before it is put on a chain.

use caisson_parachain_runtime::{
	configs::{collators::FeePot, system::RuntimeBlockWeights, xcm::LocationToAccountId},
	genesis_config_presets::{genesis_storage, ENDOWMENT, PARA_ID},
	AccountId, AllPalletsWithSystem, Balances, Executive, ParachainInfo, Runtime, RuntimeCall,
	SessionKeys, TxExtension, VERSION, WASM_BINARY,
};
use caisson_runtime_common::currency::EXISTENTIAL_DEPOSIT;
use cumulus_primitives_core::relay_chain::MAX_POV_SIZE;
use frame_support::{
	dispatch::DispatchClass,
	traits::{IntegrityTest, PalletsInfoAccess},
};
use sp_core::OpaqueMetadata;
use sp_io::TestExternalities;
use sp_keyring::Sr25519Keyring;
use sp_runtime::traits::TransactionExtension;
use xcm::latest::prelude::*;
use xcm_executor::traits::ConvertLocation;

/// The validation function that relay chains accept at most, compressed.
const MAX_WASM_BYTES: usize = 3 * 1024 * 1024;

const PRESETS: [&str; 2] = ["development", "local_testnet"];

/// Name and index of each pallet.
const PALLETS: [(&str, usize); 19] = [
	("System", 0),
	("Timestamp", 1),
	("Utility", 2),
	("Sudo", 3),
	("ParachainSystem", 4),
	("ParachainInfo", 5),
	("WeightReclaim", 6),
	("Balances", 10),
	("TransactionPayment", 11),
	("Aura", 20),
	("Authorship", 22),
	("CollatorSelection", 23),
	("Session", 24),
	("AuraExt", 25),
	("XcmpQueue", 30),
	("PolkadotXcm", 31),
	("CumulusXcm", 32),
	("MessageQueue", 33),
	("Contracts", 40),
];

/// The Wasm.
fn wasm() -> &'static [u8] {
	WASM_BINARY.expect("this test runs the runtime's Wasm: build without SKIP_WASM_BUILD")
}

fn genesis(preset: &str) -> TestExternalities {
	TestExternalities::new(genesis_storage(preset).expect("the preset builds"))
}

#[test]
fn presets_are_named_and_no_others_are_known() {
	let names = caisson_parachain_runtime::genesis_config_presets::preset_names();
	assert_eq!(names.iter().map(|name| name.as_str()).collect::<Vec<_>>(), PRESETS);
	assert!(genesis_storage("staging").is_err());
}

#[test]
fn development_has_one_collator_and_local_testnet_two() {
	// As the pallet of collators sorts them, by account.
	let all = [Sr25519Keyring::Bob, Sr25519Keyring::Alice];
	for (preset, collators) in PRESETS.into_iter().zip([&all[1..], &all[..]]) {
		let accounts: Vec<AccountId> = collators.iter().map(|key| key.to_account_id()).collect();
		let keys: Vec<_> = collators.iter().map(|key| key.public().into()).collect();
		genesis(preset).execute_with(|| {
			let authorities = pallet_aura::Authorities::<Runtime>::get().into_inner();
			assert_eq!(authorities, keys, "{preset}");
			assert_eq!(pallet_session::Validators::<Runtime>::get(), accounts, "{preset}");
			let invulnerables = pallet_collator_selection::Invulnerables::<Runtime>::get();
			assert_eq!(invulnerables.into_inner(), accounts, "{preset}");
		});
	}
}

#[test]
fn the_parachain_has_its_number_and_knows_a_version_to_speak() {
	for preset in PRESETS {
		genesis(preset).execute_with(|| {
			assert_eq!(ParachainInfo::parachain_id(), PARA_ID);
			let safe: Option<u32> = frame_support::storage::unhashed::get(
				&frame_support::storage::storage_prefix(b"PolkadotXcm", b"SafeXcmVersion"),
			);
			assert_eq!(safe, Some(XCM_VERSION));
		});
	}
}

#[test]
fn development_accounts_are_funded_and_alice_is_the_administrator() {
	for preset in PRESETS {
		genesis(preset).execute_with(|| {
			for key in Sr25519Keyring::well_known() {
				assert_eq!(Balances::free_balance(key.to_account_id()), ENDOWMENT);
			}
			assert_eq!(Balances::free_balance(FeePot::get()), EXISTENTIAL_DEPOSIT);
			assert_eq!(Balances::total_issuance(), 12 * ENDOWMENT + EXISTENTIAL_DEPOSIT);
			assert_eq!(
				pallet_sudo::Key::<Runtime>::get(),
				Some(Sr25519Keyring::Alice.to_account_id())
			);
		});
	}
}

#[cfg(feature = "try-runtime")]
#[test]
fn the_state_of_every_genesis_is_sound() {
	use caisson_parachain_runtime::BlockNumber;
	use frame_support::traits::{TryState, TryStateSelect};
	for preset in PRESETS {
		genesis(preset).execute_with(|| {
			<AllPalletsWithSystem as TryState<BlockNumber>>::try_state(0, TryStateSelect::All)
				.expect("every invariant holds");
		});
	}
}

#[test]
fn the_contracts_of_every_genesis_are_sound() {
	for preset in PRESETS {
		genesis(preset).execute_with(|| {
			// What an upgrade to this very runtime would have to do: nothing.
			Executive::execute_on_runtime_upgrade();
			assert!(pallet_wasm_contracts::Migration::<Runtime>::get().is_none(), "{preset}");
		});
	}
}

#[test]
fn the_wasm_makes_the_same_genesis() {
	let caller = sc_chain_spec::GenesisConfigBuilderRuntimeCaller::<
		cumulus_primitives_proof_size_hostfunction::storage_proof_size::HostFunctions,
	>::new(wasm());
	for preset in PRESETS {
		let by_wasm = caller
			.get_storage_for_named_preset(Some(&preset.into()))
			.expect("the Wasm builds the preset");
		let natively = genesis_storage(preset).expect("the preset builds");
		assert_eq!(by_wasm.top, natively.top, "{preset}");
		assert!(by_wasm.children_default.is_empty() && natively.children_default.is_empty());
	}
}

#[test]
fn the_wasm_is_small_enough_for_a_relay_chain() {
	let wasm = wasm();
	assert!(wasm.len() <= MAX_WASM_BYTES, "{} bytes", wasm.len());
}

#[test]
fn every_pallet_finds_its_parameters_consistent() {
	TestExternalities::default().execute_with(AllPalletsWithSystem::integrity_test);
}

#[test]
fn pallets_have_the_names_and_indices_that_clients_know() {
	let mut pallets: Vec<_> = AllPalletsWithSystem::infos()
		.into_iter()
		.map(|pallet| (pallet.name, pallet.index))
		.collect();
	pallets.sort_by_key(|(_, index)| *index);
	assert_eq!(pallets, PALLETS);
}

#[test]
fn metadata_is_served_in_three_versions_and_names_the_pallets() {
	TestExternalities::default().execute_with(|| {
		assert_eq!(version(&OpaqueMetadata::new(Runtime::metadata().into())), 14);
		for number in [14, 15, 16] {
			let metadata = Runtime::metadata_at_version(number).expect("the version is served");
			assert_eq!(u32::from(version(&metadata)), number);
			assert!(Runtime::metadata_versions().contains(&number));
			for (name, _) in PALLETS {
				let name = name.as_bytes();
				assert!(metadata.windows(name.len()).any(|bytes| bytes == name));
			}
		}
	});
}

/// The version byte, which stands behind the magic number.
fn version(metadata: &OpaqueMetadata) -> u8 {
	assert!(metadata.starts_with(b"meta"));
	*metadata.get(4).expect("a version follows")
}

#[test]
fn transactions_pass_what_they_pass_on_the_solo_chain() {
	let names: Vec<_> = <TxExtension as TransactionExtension<RuntimeCall>>::metadata()
		.into_iter()
		.map(|extension| extension.identifier)
		.collect();
	assert_eq!(
		names,
		[
			"AuthorizeCall",
			"CheckNonZeroSender",
			"CheckSpecVersion",
			"CheckTxVersion",
			"CheckGenesis",
			"CheckMortality",
			"CheckNonce",
			"CheckWeight",
			"ChargeTransactionPayment",
			"CheckMetadataHash",
			// There it is `WeightReclaim`; neither adds a byte.
			"StorageWeightReclaim",
		]
	);
}

#[test]
fn what_the_standard_node_asks_for_is_there() {
	let apis = [
		"Core",
		"Metadata",
		"BlockBuilder",
		"TaggedTransactionQueue",
		"SessionKeys",
		"OffchainWorkerApi",
		"AuraApi",
		"AuraUnincludedSegmentApi",
		"CollectCollationInfo",
		"GetParachainInfo",
		"RelayParentOffsetApi",
		"SchedulingV3EnabledApi",
		"TransactionPaymentApi",
		"AccountNonceApi",
		"GenesisBuilder",
	];
	for api in apis {
		let hash = sp_crypto_hashing::blake2_64(api.as_bytes());
		assert!(VERSION.apis.iter().any(|(id, _)| *id == hash), "{api}");
	}
}

#[test]
fn a_transaction_can_take_most_of_a_block_and_its_proof() {
	let weights = RuntimeBlockWeights::get().validate().expect("the limits are consistent");
	assert_eq!(weights.max_block.proof_size(), u64::from(MAX_POV_SIZE));
	let largest = weights.get(DispatchClass::Normal).max_extrinsic.expect("it is limited");
	assert!(largest.ref_time() > weights.max_block.ref_time() / 2);
	assert!(largest.proof_size() > weights.max_block.proof_size() / 2);
}

#[test]
fn places_elsewhere_have_accounts_of_their_own() {
	let account = |location: Location| {
		LocationToAccountId::convert_location(&location).expect("it has an account")
	};
	let alice = Sr25519Keyring::Alice.to_account_id();
	let key = |network| AccountId32 { network, id: alice.clone().into() };
	let other = Location::new(1, [Parachain(2_001)]);
	TestExternalities::default().execute_with(|| {
		assert_eq!(account(key(Some(Polkadot)).into()), alice);
		assert_eq!(account(key(None).into()), alice);
		let accounts = [
			account(Location::parent()),
			account(other),
			account(Location::new(1, [Parachain(2_001), key(Some(Polkadot))])),
			account(Location::new(1, [Parachain(2_002), key(Some(Polkadot))])),
			account(Location::new(1, [key(Some(Polkadot))])),
			alice.clone(),
		];
		for (place, account) in accounts.iter().enumerate() {
			assert!(!accounts.iter().skip(place + 1).any(|other| other == account));
		}
	});
}

#[test]
fn session_keys_are_one_key_for_blocks() {
	let keys = SessionKeys { aura: Sr25519Keyring::Alice.public().into() };
	let raw = SessionKeys::decode_into_raw_public_keys(&codec::Encode::encode(&keys))
		.expect("they decode");
	let key = Sr25519Keyring::Alice.public().0.to_vec();
	assert_eq!(raw, [(key, sp_core::crypto::key_types::AURA)]);
}
