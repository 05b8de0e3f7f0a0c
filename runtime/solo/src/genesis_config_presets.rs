//! How a chain of this runtime can begin.
//!
//! A preset is the part of the genesis configuration that differs from the pallets' defaults. The
//! node's chain specs name a preset and have nothing of their own.

#![warn(missing_docs)]

use crate::{
	AccountId, BalancesConfig, RuntimeGenesisConfig, SessionConfig, SessionKeys, StakingConfig,
	SudoConfig,
};
use alloc::{vec, vec::Vec};
use caisson_runtime_common::{currency::UNIT, Balance};
use frame_support::build_struct_json_patch;
use serde_json::Value;
use sp_genesis_builder::{PresetId, DEV_RUNTIME_PRESET, LOCAL_TESTNET_RUNTIME_PRESET};
use sp_keyring::{Ed25519Keyring, Sr25519Keyring};

/// What each prefunded account can spend.
pub const ENDOWMENT: Balance = 1_000_000 * UNIT;

/// What each validator has at stake beside that.
pub const STAKE: Balance = 10_000 * UNIT;

/// A genesis with these validators, this administrator, and every development account funded.
///
/// Aura and GRANDPA have no authorities of their own in it: they are told them by the session pallet.
fn testnet_genesis(validators: Vec<Validator>, root: AccountId) -> Value {
	let endowment = |account: &AccountId| match validators.iter().any(|(who, _)| who == account) {
		true => ENDOWMENT.saturating_add(STAKE),
		false => ENDOWMENT,
	};
	build_struct_json_patch!(RuntimeGenesisConfig {
		balances: BalancesConfig {
			balances: Sr25519Keyring::well_known()
				.map(|key| key.to_account_id())
				.map(|account| (account.clone(), endowment(&account)))
				.collect(),
		},
		staking: StakingConfig {
			stakers: validators.iter().map(|(who, _)| (who.clone(), STAKE)).collect(),
		},
		session: SessionConfig {
			keys: validators
				.iter()
				.map(|(who, keys)| (who.clone(), who.clone(), keys.clone()))
				.collect(),
		},
		sudo: SudoConfig { key: Some(root) },
	})
}

/// An account that stakes, and its session keys.
type Validator = (AccountId, SessionKeys);

/// The development account Alice as a validator.
fn alice() -> Validator {
	validator(Sr25519Keyring::Alice, Ed25519Keyring::Alice)
}

/// The development account Bob as a validator.
fn bob() -> Validator {
	validator(Sr25519Keyring::Bob, Ed25519Keyring::Bob)
}

/// An account as a validator whose block key is the account's own, as `--alice` and the like have it.
fn validator(account: Sr25519Keyring, voter: Ed25519Keyring) -> Validator {
	let keys = SessionKeys { aura: account.public().into(), grandpa: voter.public().into() };
	(account.to_account_id(), keys)
}

/// A chain of one node: Alice alone makes and finalises blocks, and is the administrator.
pub fn development() -> Value {
	testnet_genesis(vec![alice()], Sr25519Keyring::Alice.to_account_id())
}

/// A chain of two nodes on one machine: Alice and Bob; Alice is the administrator.
pub fn local_testnet() -> Value {
	testnet_genesis(vec![alice(), bob()], Sr25519Keyring::Alice.to_account_id())
}

/// The preset of that name as JSON, if there is one.
pub fn get_preset(id: &PresetId) -> Option<Vec<u8>> {
	let patch = match id.as_ref() {
		DEV_RUNTIME_PRESET => development(),
		LOCAL_TESTNET_RUNTIME_PRESET => local_testnet(),
		_ => return None,
	};
	serde_json::to_vec(&patch).ok()
}

/// The storage of a chain that begins with the preset of that name, but for the runtime's code.
///
/// # Errors
///
/// There is no such preset, or it does not fit the genesis configuration.
#[cfg(feature = "std")]
pub fn genesis_storage(id: &str) -> Result<sp_storage::Storage, alloc::string::String> {
	caisson_runtime_common::genesis::storage::<RuntimeGenesisConfig>(id, get_preset(&id.into()))
}

/// Names of the presets.
pub fn preset_names() -> Vec<PresetId> {
	vec![PresetId::from(DEV_RUNTIME_PRESET), PresetId::from(LOCAL_TESTNET_RUNTIME_PRESET)]
}
