//! The chains that the node knows by name. How they begin is in the runtime's presets.

use caisson_runtime_common::{
	system::Ss58Prefix,
	token::{TOKEN_DECIMALS, TOKEN_SYMBOL},
};
use caisson_solo_runtime::{genesis_config_presets::genesis_storage, WASM_BINARY};
use sc_service::{ChainSpec as _, ChainType, GenericChainSpec, Properties};
use sp_core::{storage::well_known_keys, Get};
use sp_genesis_builder::{DEV_RUNTIME_PRESET, LOCAL_TESTNET_RUNTIME_PRESET};

/// Specification of a chain: genesis, boot nodes, properties.
pub(crate) type ChainSpec = GenericChainSpec;

/// Prefix of the names of the chain's network protocols.
const PROTOCOL_ID: &str = "caisson";

/// What a specification of a chain by its name is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Purpose {
	/// To be written down: it names the preset, or its content.
	Export,
	/// To run the chain: it has the storage that the preset makes.
	///
	/// Without it a node compiles the runtime's Wasm three times instead of once when it starts.
	Run,
}

/// A chain that the node knows by name.
struct Known {
	name: &'static str,
	id: &'static str,
	chain_type: ChainType,
	preset: &'static str,
}

/// A chain of one node, Alice.
const DEVELOPMENT: Known = Known {
	name: "Caisson Development",
	id: "caisson_dev",
	chain_type: ChainType::Development,
	preset: DEV_RUNTIME_PRESET,
};

/// A chain of two nodes on one machine, Alice and Bob.
const LOCAL_TESTNET: Known = Known {
	name: "Caisson Local Testnet",
	id: "caisson_local",
	chain_type: ChainType::Local,
	preset: LOCAL_TESTNET_RUNTIME_PRESET,
};

/// The chain of that name, or the one in the file of that path.
pub(crate) fn load(id: &str, purpose: Purpose) -> Result<ChainSpec, String> {
	match id {
		"dev" => DEVELOPMENT.spec(purpose),
		"" | "local" => LOCAL_TESTNET.spec(purpose),
		path => ChainSpec::from_json_file(path.into()),
	}
}

impl Known {
	fn spec(self, purpose: Purpose) -> Result<ChainSpec, String> {
		let wasm = WASM_BINARY.ok_or("this node was built without the runtime's Wasm")?;
		let mut spec = ChainSpec::builder(wasm, None)
			.with_name(self.name)
			.with_id(self.id)
			.with_chain_type(self.chain_type)
			.with_protocol_id(PROTOCOL_ID)
			.with_properties(properties())
			.with_genesis_config_preset_name(self.preset)
			.build();
		if purpose == Purpose::Run {
			let mut storage = genesis_storage(self.preset)?;
			storage.top.insert(well_known_keys::CODE.to_vec(), wasm.to_vec());
			spec.set_storage(storage);
		}
		Ok(spec)
	}
}

/// What wallets and explorers have to know of the token and of addresses.
fn properties() -> Properties {
	let mut properties = Properties::new();
	properties.insert("tokenSymbol".into(), TOKEN_SYMBOL.into());
	properties.insert("tokenDecimals".into(), TOKEN_DECIMALS.into());
	properties.insert("ss58Format".into(), <Ss58Prefix as Get<u16>>::get().into());
	properties
}
