//! What the runtimes' genesis presets share.
//!
//! A preset is the part of the genesis configuration that differs from the pallets' defaults. Every
//! runtime has the same two, by the names that clients look for.

use crate::{currency::UNIT, AccountId, Balance};
use alloc::{vec, vec::Vec};
use serde_json::Value;
use sp_genesis_builder::{PresetId, DEV_RUNTIME_PRESET, LOCAL_TESTNET_RUNTIME_PRESET};
use sp_keyring::Sr25519Keyring;

/// What each prefunded account has.
pub const ENDOWMENT: Balance = 1_000_000 * UNIT;

/// Every development account with its endowment.
pub fn endowed_accounts() -> Vec<(AccountId, Balance)> {
	Sr25519Keyring::well_known().map(|account| (account.to_account_id(), ENDOWMENT)).collect()
}

/// Names of the presets.
pub fn preset_names() -> Vec<PresetId> {
	vec![PresetId::from(DEV_RUNTIME_PRESET), PresetId::from(LOCAL_TESTNET_RUNTIME_PRESET)]
}

/// The preset of that name as JSON, if there is one.
pub fn preset(
	id: &PresetId,
	development: impl FnOnce() -> Value,
	local_testnet: impl FnOnce() -> Value,
) -> Option<Vec<u8>> {
	let patch = match id.as_ref() {
		DEV_RUNTIME_PRESET => development(),
		LOCAL_TESTNET_RUNTIME_PRESET => local_testnet(),
		_ => return None,
	};
	serde_json::to_vec(&patch).ok()
}

/// The storage of a chain that begins with a preset of the name `id`, but for the runtime's code.
///
/// The native runtime makes it: the same as the Wasm one would, in no time, where that has to be
/// compiled first.
///
/// # Errors
///
/// There is no such preset, or it does not fit the genesis configuration.
#[cfg(feature = "std")]
pub fn storage<Config>(
	id: &str,
	preset: Option<Vec<u8>>,
) -> Result<sp_storage::Storage, alloc::string::String>
where
	Config: Default + serde::Serialize + serde::de::DeserializeOwned + sp_runtime::BuildStorage,
{
	let preset = preset.ok_or_else(|| alloc::format!("no preset named {id}"))?;
	let build = || {
		let mut config = serde_json::to_value(Config::default())?;
		merge(&mut config, serde_json::from_slice(&preset)?);
		serde_json::from_value::<Config>(config)
	};
	build().map_err(|error| alloc::format!("preset {id}: {error}"))?.build_storage()
}

/// Puts what is in `patch` in its place in `target`.
#[cfg(feature = "std")]
fn merge(target: &mut Value, patch: Value) {
	match (target, patch) {
		(Value::Object(target), Value::Object(patch)) => {
			for (key, value) in patch {
				merge(target.entry(key).or_insert(Value::Null), value);
			}
		},
		(target, value) => *target = value,
	}
}
