//! How a chain of this runtime can begin.
//!
//! A chain spec names a preset, and changes in it what is its own: the number of the parachain, accounts,
//! collators.

#![warn(missing_docs)]

use crate::{
	configs::collators::FeePot, AccountId, Balance, BalancesConfig, CollatorSelectionConfig,
	ParachainInfoConfig, PolkadotXcmConfig, RuntimeGenesisConfig, SessionConfig, SessionKeys,
	SudoConfig,
};
use alloc::vec::Vec;
use caisson_runtime_common::{
	currency::{EXISTENTIAL_DEPOSIT, UNIT},
	genesis,
};
use cumulus_primitives_core::ParaId;
use frame_support::build_struct_json_patch;
use serde_json::Value;
use sp_genesis_builder::PresetId;
use sp_keyring::Sr25519Keyring;

pub use genesis::{preset_names, ENDOWMENT};

/// Number of the parachain, where a chain spec names no other: the first that a relay chain gives away.
pub const PARA_ID: ParaId = ParaId::new(2_000);

/// Reserved of who offers to be a collator.
pub const CANDIDACY_BOND: Balance = 100 * UNIT;

/// Who has money, and how much.
fn balances() -> Vec<(AccountId, Balance)> {
	let mut balances = genesis::endowed_accounts();
	// Who has nothing can be given no less than this, and most fees are less.
	balances.push((FeePot::get(), EXISTENTIAL_DEPOSIT));
	balances
}

/// A genesis with these collators, this administrator, and every development account funded.
fn testnet_genesis(collators: &[Sr25519Keyring], root: AccountId) -> Value {
	build_struct_json_patch!(RuntimeGenesisConfig {
		balances: BalancesConfig { balances: balances() },
		parachain_info: ParachainInfoConfig { parachain_id: PARA_ID },
		collator_selection: CollatorSelectionConfig {
			invulnerables: collators.iter().map(|collator| collator.to_account_id()).collect(),
			candidacy_bond: CANDIDACY_BOND,
		},
		session: SessionConfig { keys: collators.iter().map(session_keys).collect() },
		polkadot_xcm: PolkadotXcmConfig { safe_xcm_version: Some(xcm::prelude::XCM_VERSION) },
		sudo: SudoConfig { key: Some(root) },
	})
}

/// A development account as a collator: who it is, twice, and its keys.
fn session_keys(collator: &Sr25519Keyring) -> (AccountId, AccountId, SessionKeys) {
	let account = collator.to_account_id();
	(account.clone(), account, SessionKeys { aura: collator.public().into() })
}

/// A chain of one collator, Alice, who is the administrator as well.
pub fn development() -> Value {
	testnet_genesis(&[Sr25519Keyring::Alice], Sr25519Keyring::Alice.to_account_id())
}

/// A chain of two collators, Alice and Bob; Alice is the administrator.
pub fn local_testnet() -> Value {
	testnet_genesis(
		&[Sr25519Keyring::Alice, Sr25519Keyring::Bob],
		Sr25519Keyring::Alice.to_account_id(),
	)
}

/// The preset of that name as JSON, if there is one.
pub fn get_preset(id: &PresetId) -> Option<Vec<u8>> {
	genesis::preset(id, development, local_testnet)
}

/// The storage of a chain that begins with the preset of that name, but for the runtime's code.
///
/// # Errors
///
/// There is no such preset, or it does not fit the genesis configuration.
#[cfg(feature = "std")]
pub fn genesis_storage(id: &str) -> Result<sp_storage::Storage, alloc::string::String> {
	genesis::storage::<RuntimeGenesisConfig>(id, get_preset(&id.into()))
}
