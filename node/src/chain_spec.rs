//! The chains that the node knows by name. How they begin is in the runtime's presets.

use caisson_runtime_common::token::{TOKEN_DECIMALS, TOKEN_SYMBOL};
use caisson_solo_runtime::{configs::system::Ss58Prefix, WASM_BINARY};
use sc_service::{ChainType, GenericChainSpec, Properties};
use sp_core::Get;
use sp_genesis_builder::{DEV_RUNTIME_PRESET, LOCAL_TESTNET_RUNTIME_PRESET};

/// Specification of a chain: genesis, boot nodes, properties.
pub(crate) type ChainSpec = GenericChainSpec;

/// Prefix of the names of the chain's network protocols.
const PROTOCOL_ID: &str = "caisson";

/// The chain of that name, or the one in the file of that path.
pub(crate) fn load(id: &str) -> Result<ChainSpec, String> {
	match id {
		"dev" => development(),
		"" | "local" => local_testnet(),
		path => ChainSpec::from_json_file(path.into()),
	}
}

/// A chain of one node, Alice.
pub(crate) fn development() -> Result<ChainSpec, String> {
	from_preset("Caisson Development", "caisson_dev", ChainType::Development, DEV_RUNTIME_PRESET)
}

/// A chain of two nodes on one machine, Alice and Bob.
pub(crate) fn local_testnet() -> Result<ChainSpec, String> {
	from_preset(
		"Caisson Local Testnet",
		"caisson_local",
		ChainType::Local,
		LOCAL_TESTNET_RUNTIME_PRESET,
	)
}

fn from_preset(
	name: &str,
	id: &str,
	chain_type: ChainType,
	preset: &str,
) -> Result<ChainSpec, String> {
	let wasm = WASM_BINARY.ok_or("this node was built without the runtime's Wasm")?;
	Ok(ChainSpec::builder(wasm, None)
		.with_name(name)
		.with_id(id)
		.with_chain_type(chain_type)
		.with_protocol_id(PROTOCOL_ID)
		.with_properties(properties())
		.with_genesis_config_preset_name(preset)
		.build())
}

/// What wallets and explorers have to know of the token and of addresses.
fn properties() -> Properties {
	let mut properties = Properties::new();
	properties.insert("tokenSymbol".into(), TOKEN_SYMBOL.into());
	properties.insert("tokenDecimals".into(), TOKEN_DECIMALS.into());
	properties.insert("ss58Format".into(), <Ss58Prefix as Get<u16>>::get().into());
	properties
}
