//! A node in a network: Aura makes blocks, GRANDPA finalises them.

use super::{Backend, Block, Client, Hash, ImportQueue, Network, NetworkImpl, Parts, SelectChain};
use crate::rpc::{self, GrandpaState};
use prometheus_endpoint::Registry;
use sc_consensus_aura::{ImportQueueParams, SlotProportion, StartAuraParams};
use sc_consensus_grandpa::{
	FinalityProofProvider, GrandpaBlockImport, GrandpaParams, LinkHalf, SharedVoterState,
	VotingRulesBuilder,
};
use sc_consensus_slots::BackoffAuthoringOnFinalizedHeadLagging;
use sc_network::{
	config::FullNetworkConfiguration, NetworkBackend, NotificationService, ProtocolName,
};
use sc_network_sync::SyncingService;
use sc_service::{
	error::Error as ServiceError, Configuration, Role, SpawnTasksParams, TaskManager,
	WarpSyncConfig,
};
use sc_transaction_pool_api::OffchainTransactionPoolFactory;
use sp_consensus_aura::sr25519::AuthorityPair as AuraPair;
use std::{sync::Arc, time::Duration};

/// Proofs that a block is final.
pub(crate) type FinalityProofs = FinalityProofProvider<Backend, Block>;

/// Where GRANDPA's vote stands.
pub(crate) type VoterState = SharedVoterState;

/// Imports blocks and keeps GRANDPA's voters up to date with them.
type BlockImport = GrandpaBlockImport<Backend, Block, Client, SelectChain>;

/// Tells how far the node is with following its peers.
type Sync = Arc<SyncingService<Block>>;

/// Blocks between two justifications that are kept where nothing else asks for one.
///
/// Half an hour and more of blocks: what a light client or a joining node has to catch up with.
const JUSTIFICATION_PERIOD: u32 = 512;

/// How long a GRANDPA message takes to reach everyone, as an estimate.
const GOSSIP_DURATION: Duration = Duration::from_millis(333);

/// Import of blocks with what the voter needs of it.
pub(super) struct Import {
	/// Verifies blocks from the network.
	pub(super) queue: ImportQueue,
	block_import: BlockImport,
	grandpa: LinkHalf<Block, Client, SelectChain>,
}

/// Builds the import of blocks: Aura verifies them, then GRANDPA sees them, then the client.
pub(super) fn import(config: &Configuration, parts: &Parts) -> Result<Import, ServiceError> {
	let (block_import, grandpa) = sc_consensus_grandpa::block_import(
		parts.client.clone(),
		JUSTIFICATION_PERIOD,
		&parts.client,
		parts.select_chain.clone(),
		parts.telemetry_handle(),
	)?;
	let slot_duration = sc_consensus_aura::slot_duration(&*parts.client)?;
	let queue = sc_consensus_aura::import_queue::<AuraPair, _, _, _, _, _>(ImportQueueParams {
		block_import: block_import.clone(),
		justification_import: Some(Box::new(block_import.clone())),
		client: parts.client.clone(),
		create_inherent_data_providers: move |_, ()| async move { Ok(slot_and_time(slot_duration)) },
		spawner: &parts.tasks.spawn_essential_handle(),
		registry: config.prometheus_registry(),
		check_for_equivocation: Default::default(),
		telemetry: parts.telemetry_handle(),
		compatibility_mode: Default::default(),
	})?;
	Ok(Import { queue, block_import, grandpa })
}

/// What the wall clock says, and the slot that it falls into.
fn slot_and_time(
	slot_duration: sc_consensus_aura::SlotDuration,
) -> (sp_consensus_aura::inherents::InherentDataProvider, sp_timestamp::InherentDataProvider) {
	let time = sp_timestamp::InherentDataProvider::from_system_time();
	let slot = sp_consensus_aura::inherents::InherentDataProvider::from_timestamp_and_slot_duration(
		*time,
		slot_duration,
	);
	(slot, time)
}

/// What of the configuration is still needed when the service has taken it.
struct Settings {
	role: Role,
	force_authoring: bool,
	follow_finality: bool,
	node_name: String,
	registry: Option<Registry>,
}

impl Settings {
	fn new(config: &Configuration) -> Self {
		Self {
			role: config.role,
			force_authoring: config.force_authoring,
			follow_finality: !config.disable_grandpa,
			node_name: config.network.node_name.clone(),
			registry: config.prometheus_registry().cloned(),
		}
	}
}

/// GRANDPA's way to its peers.
struct GossipProtocol {
	name: ProtocolName,
	notifications: Box<dyn NotificationService>,
}

/// Starts a node in a network.
///
/// An authority makes a block in each of its slots and votes on finality; any other node follows.
pub(crate) fn start(config: Configuration) -> Result<TaskManager, ServiceError> {
	let settings = Settings::new(&config);
	let mut parts = Parts::new(&config)?;
	let Import { queue, block_import, grandpa } = import(&config, &parts)?;

	let mut net_config = FullNetworkConfiguration::<_, _, NetworkImpl>::new(
		&config.network,
		settings.registry.clone(),
	);
	let metrics = <NetworkImpl as NetworkBackend<Block, Hash>>::register_notification_metrics(
		settings.registry.as_ref(),
	);
	let gossip_name = sc_consensus_grandpa::protocol_standard_name(
		&parts.client.chain_info().genesis_hash,
		&config.chain_spec,
	);
	let (gossip_config, notifications) =
		sc_consensus_grandpa::grandpa_peers_set_config::<Block, NetworkImpl>(
			gossip_name.clone(),
			metrics.clone(),
			net_config.peer_store_handle(),
		);
	net_config.add_notification_protocol(gossip_config);
	let gossip = GossipProtocol { name: gossip_name, notifications };
	let warp_sync = Arc::new(sc_consensus_grandpa::warp_proof::NetworkProvider::new(
		parts.backend.clone(),
		grandpa.shared_authority_set().clone(),
		Vec::new(),
	));

	let (network, system_rpc_tx, tx_handler_controller, sync_service, _bitswap) =
		sc_service::build_network(sc_service::BuildNetworkParams {
			config: &config,
			net_config,
			client: parts.client.clone(),
			transaction_pool: parts.pool.clone(),
			spawn_handle: parts.tasks.spawn_handle(),
			spawn_essential_handle: parts.tasks.spawn_essential_handle(),
			import_queue: queue,
			block_announce_validator_builder: None,
			warp_sync_config: Some(WarpSyncConfig::WithProvider(warp_sync)),
			block_relay: None,
			metrics,
			gap_sync_body_policy: None,
		})?;
	parts.start_offchain_workers(&config, network.clone())?;
	parts.start_contracts_metrics(&config);

	let voter_state = VoterState::empty();
	let rpc_builder = {
		let (client, pool) = (parts.client.clone(), parts.pool.clone());
		let grandpa = GrandpaState {
			authorities: grandpa.shared_authority_set().clone(),
			voter: voter_state.clone(),
			justifications: grandpa.justification_stream(),
			proofs: FinalityProofs::new_for_service(
				parts.backend.clone(),
				Some(grandpa.shared_authority_set().clone()),
			),
		};
		Box::new(move |executor| {
			rpc::network(client.clone(), pool.clone(), grandpa.clone(), executor)
				.map_err(|error| ServiceError::Application(Box::new(error)))
		})
	};
	// Before the voter: this puts the keys of `--alice` and the like into the keystore, and the
	// voter looks for its key when it begins its first round, which without votes never ends.
	sc_service::spawn_tasks(SpawnTasksParams {
		config,
		client: parts.client.clone(),
		backend: parts.backend.clone(),
		task_manager: &mut parts.tasks,
		keystore: parts.keystore.keystore(),
		transaction_pool: parts.pool.clone(),
		rpc_builder,
		network: network.clone(),
		system_rpc_tx,
		tx_handler_controller,
		sync_service: sync_service.clone(),
		telemetry: parts.telemetry.as_mut(),
		tracing_execute_block: None,
	})?;

	if settings.role.is_authority() {
		start_authoring(&parts, &settings, block_import, sync_service.clone())?;
	}
	if settings.follow_finality {
		start_voter(&parts, settings, grandpa, gossip, network, sync_service, voter_state)?;
	}
	Ok(parts.tasks)
}

/// Starts to make a block in each of this node's slots.
fn start_authoring(
	parts: &Parts,
	settings: &Settings,
	block_import: BlockImport,
	sync: Sync,
) -> Result<(), ServiceError> {
	let slot_duration = sc_consensus_aura::slot_duration(&*parts.client)?;
	let aura =
		sc_consensus_aura::start_aura::<AuraPair, _, _, _, _, _, _, _, _, _, _>(StartAuraParams {
			slot_duration,
			client: parts.client.clone(),
			select_chain: parts.select_chain.clone(),
			block_import,
			proposer_factory: parts.proposer_factory(settings.registry.as_ref()),
			sync_oracle: sync.clone(),
			justification_sync_link: sync,
			create_inherent_data_providers: move |_, ()| async move { Ok(slot_and_time(slot_duration)) },
			force_authoring: settings.force_authoring,
			backoff_authoring_blocks: Some(BackoffAuthoringOnFinalizedHeadLagging::default()),
			keystore: parts.keystore.keystore(),
			block_proposal_slot_portion: SlotProportion::new(2f32 / 3f32),
			max_block_proposal_slot_portion: None,
			telemetry: parts.telemetry_handle(),
			compatibility_mode: Default::default(),
		})?;
	// Essential: an authority that makes no blocks has to stop and be noticed.
	parts.tasks.spawn_essential_handle().spawn_blocking("aura", Some("block-authoring"), aura);
	Ok(())
}

/// Starts to follow the vote on finality, and to take part in it where this node is an authority.
fn start_voter(
	parts: &Parts,
	settings: Settings,
	grandpa: LinkHalf<Block, Client, SelectChain>,
	gossip: GossipProtocol,
	network: Network,
	sync: Sync,
	voter_state: VoterState,
) -> Result<(), ServiceError> {
	let voter = sc_consensus_grandpa::run_grandpa_voter(GrandpaParams {
		config: sc_consensus_grandpa::Config {
			gossip_duration: GOSSIP_DURATION,
			justification_generation_period: JUSTIFICATION_PERIOD,
			name: Some(settings.node_name),
			observer_enabled: false,
			// A node that is no authority must not vote, even where a key lies in its keystore.
			keystore: settings.role.is_authority().then(|| parts.keystore.keystore()),
			local_role: settings.role,
			telemetry: parts.telemetry_handle(),
			protocol_name: gossip.name,
		},
		link: grandpa,
		network,
		sync,
		notification_service: gossip.notifications,
		voting_rule: VotingRulesBuilder::default().build(),
		prometheus_registry: settings.registry,
		shared_voter_state: voter_state,
		telemetry: parts.telemetry_handle(),
		offchain_tx_pool_factory: OffchainTransactionPoolFactory::new(parts.pool.clone()),
	})?;
	// Essential: without the voter this node's view of finality stands still.
	parts.tasks.spawn_essential_handle().spawn_blocking("grandpa-voter", None, voter);
	Ok(())
}
