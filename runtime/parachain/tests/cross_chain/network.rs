//! Two chains of this runtime under a relay chain.

use crate::relay;
use caisson_parachain_runtime::{
	self as runtime, configs, genesis_config_presets::genesis_storage,
};
use codec::Encode;
use cumulus_primitives_core::AggregateMessageOrigin;
// The emulator's macros call the hooks and do not name their traits.
use frame_support::{storage::storage_prefix, traits::OnInitialize};
use sp_core::storage::Storage;
use sp_keyring::Sr25519Keyring;
use xcm_emulator::{decl_test_networks, decl_test_parachains, decl_test_relay_chains, ParaId};

/// Number of the first chain.
pub(crate) const FIRST: u32 = 2_000;

/// Number of the second chain.
pub(crate) const SECOND: u32 = 2_001;

/// The first state of a chain of that number.
fn genesis(para: u32) -> Storage {
	let mut storage = genesis_storage("development").unwrap();
	let number = storage_prefix(b"ParachainInfo", b"ParachainId").to_vec();
	storage.top.insert(number, ParaId::from(para).encode());
	storage
}

decl_test_relay_chains! {
	#[api_version(16)]
	pub struct RelayChain {
		genesis = relay::genesis(vec![Sr25519Keyring::Alice.to_account_id()]),
		on_init = (),
		runtime = relay,
		core = {
			SovereignAccountOf: relay::LocationToAccountId,
		},
		pallets = {
			Balances: relay::Balances,
		}
	}
}

decl_test_parachains! {
	pub struct First {
		genesis = genesis(FIRST),
		on_init = (),
		runtime = runtime,
		core = {
			XcmpMessageHandler: runtime::XcmpQueue,
			LocationToAccountId: configs::xcm::LocationToAccountId,
			ParachainInfo: runtime::ParachainInfo,
			MessageOrigin: AggregateMessageOrigin,
		},
		pallets = {
			Balances: runtime::Balances,
		}
	},
	pub struct Second {
		genesis = genesis(SECOND),
		on_init = (),
		runtime = runtime,
		core = {
			XcmpMessageHandler: runtime::XcmpQueue,
			LocationToAccountId: configs::xcm::LocationToAccountId,
			ParachainInfo: runtime::ParachainInfo,
			MessageOrigin: AggregateMessageOrigin,
		},
		pallets = {
			Balances: runtime::Balances,
		}
	},
}

decl_test_networks! {
	pub struct Net {
		relay_chain = RelayChain,
		parachains = vec![
			First,
			Second,
		],
		bridge = ()
	}
}

pub(crate) type NetRelay = RelayChain<Net>;
