//! A node in a network: Aura makes blocks, GRANDPA finalises them.

use super::{Backend, Block, Client, ImportQueue, Parts, SelectChain};
use crate::rpc::{self, GrandpaState};
use sc_consensus_aura::{ImportQueueParams, SlotProportion, StartAuraParams};
use sc_consensus_grandpa::{
	FinalityProofProvider, GrandpaBlockImport, GrandpaParams, LinkHalf, SharedVoterState,
	VotingRulesBuilder,
};
use sc_consensus_slots::BackoffAuthoringOnFinalizedHeadLagging;
use sc_network::{config::FullNetworkConfiguration, NetworkBackend};
use sc_service::{
	error::Error as ServiceError, Configuration, SpawnTasksParams, TaskManager, WarpSyncConfig,
};
use sc_transaction_pool_api::OffchainTransactionPoolFactory;
use sp_consensus_aura::sr25519::AuthorityPair as AuraPair;
use sp_runtime::traits::Block as BlockT;
use std::{sync::Arc, time::Duration};

/// Proofs that a block is final.
pub(crate) type FinalityProofs = FinalityProofProvider<Backend, Block>;

/// Where GRANDPA's vote stands.
pub(crate) type VoterState = SharedVoterState;

/// Imports blocks and keeps GRANDPA's voters up to date with them.
type BlockImport = GrandpaBlockImport<Backend, Block, Client, SelectChain>;

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

/// Starts a node in a network.
///
/// An authority makes a block in each of its slots and votes on finality; any other node follows.
pub(crate) fn start<N: NetworkBackend<Block, <Block as BlockT>::Hash>>(
	config: Configuration,
) -> Result<TaskManager, ServiceError> {
	let mut parts = Parts::new(&config)?;
	let Import { queue, block_import, grandpa } = import(&config, &parts)?;
	let client = parts.client.clone();
	let pool = parts.pool.clone();
	let backend = parts.backend.clone();
	let metrics_registry = config.prometheus_registry().cloned();

	let mut net_config =
		FullNetworkConfiguration::<_, _, N>::new(&config.network, metrics_registry.clone());
	let metrics = N::register_notification_metrics(config.prometheus_registry());
	let genesis_hash = client.chain_info().genesis_hash;
	let grandpa_protocol =
		sc_consensus_grandpa::protocol_standard_name(&genesis_hash, &config.chain_spec);
	let (grandpa_protocol_config, grandpa_notifications) =
		sc_consensus_grandpa::grandpa_peers_set_config::<_, N>(
			grandpa_protocol.clone(),
			metrics.clone(),
			net_config.peer_store_handle(),
		);
	net_config.add_notification_protocol(grandpa_protocol_config);
	let warp_sync = Arc::new(sc_consensus_grandpa::warp_proof::NetworkProvider::new(
		backend.clone(),
		grandpa.shared_authority_set().clone(),
		Vec::new(),
	));

	let (network, system_rpc_tx, tx_handler_controller, sync_service, _bitswap) =
		sc_service::build_network(sc_service::BuildNetworkParams {
			config: &config,
			net_config,
			client: client.clone(),
			transaction_pool: pool.clone(),
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

	if config.role.is_authority() {
		let slot_duration = sc_consensus_aura::slot_duration(&*client)?;
		let aura = sc_consensus_aura::start_aura::<AuraPair, _, _, _, _, _, _, _, _, _, _>(
			StartAuraParams {
				slot_duration,
				client: client.clone(),
				select_chain: parts.select_chain.clone(),
				block_import,
				proposer_factory: parts.proposer_factory(&config),
				sync_oracle: sync_service.clone(),
				justification_sync_link: sync_service.clone(),
				create_inherent_data_providers: move |_, ()| async move {
					Ok(slot_and_time(slot_duration))
				},
				force_authoring: config.force_authoring,
				backoff_authoring_blocks: Some(BackoffAuthoringOnFinalizedHeadLagging::default()),
				keystore: parts.keystore.keystore(),
				block_proposal_slot_portion: SlotProportion::new(2f32 / 3f32),
				max_block_proposal_slot_portion: None,
				telemetry: parts.telemetry_handle(),
				compatibility_mode: Default::default(),
			},
		)?;
		// Essential: an authority that makes no blocks has to stop and be noticed.
		parts.tasks.spawn_essential_handle().spawn_blocking("aura", Some("block-authoring"), aura);
	}

	let voter_state = VoterState::empty();
	let grandpa_rpc = GrandpaState {
		authorities: grandpa.shared_authority_set().clone(),
		voter: voter_state.clone(),
		justifications: grandpa.justification_stream(),
		proofs: FinalityProofs::new_for_service(
			backend.clone(),
			Some(grandpa.shared_authority_set().clone()),
		),
	};

	if !config.disable_grandpa {
		let voter = sc_consensus_grandpa::run_grandpa_voter(GrandpaParams {
			config: sc_consensus_grandpa::Config {
				gossip_duration: GOSSIP_DURATION,
				justification_generation_period: JUSTIFICATION_PERIOD,
				name: Some(config.network.node_name.clone()),
				observer_enabled: false,
				// A node that is no authority must not vote, even where a key lies in its keystore.
				keystore: config.role.is_authority().then(|| parts.keystore.keystore()),
				local_role: config.role,
				telemetry: parts.telemetry_handle(),
				protocol_name: grandpa_protocol,
			},
			link: grandpa,
			network: network.clone(),
			sync: sync_service.clone(),
			notification_service: grandpa_notifications,
			voting_rule: VotingRulesBuilder::default().build(),
			prometheus_registry: metrics_registry,
			shared_voter_state: voter_state,
			telemetry: parts.telemetry_handle(),
			offchain_tx_pool_factory: OffchainTransactionPoolFactory::new(pool.clone()),
		})?;
		// Essential: without the voter this node's view of finality stands still.
		parts.tasks.spawn_essential_handle().spawn_blocking("grandpa-voter", None, voter);
	}

	let rpc_builder = {
		let (client, pool) = (client.clone(), pool.clone());
		Box::new(move |executor| {
			rpc::network(client.clone(), pool.clone(), grandpa_rpc.clone(), executor)
				.map_err(|error| ServiceError::Application(Box::new(error)))
		})
	};
	sc_service::spawn_tasks(SpawnTasksParams {
		config,
		client,
		backend,
		task_manager: &mut parts.tasks,
		keystore: parts.keystore.keystore(),
		transaction_pool: pool,
		rpc_builder,
		network,
		system_rpc_tx,
		tx_handler_controller,
		sync_service,
		telemetry: parts.telemetry.as_mut(),
		tracing_execute_block: None,
	})?;
	Ok(parts.tasks)
}
