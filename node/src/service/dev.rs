//! A development node: a chain for one, without a network.
//!
//! Blocks are made by the SDK's manual-seal engine when a transaction arrives, when somebody asks,
//! or at an interval, and are final when those who watch their transactions have had time to read
//! them. They carry Aura's slot, which the runtime checks, but no seal: nobody verifies them.

use super::{seal, slot_time, Block, ImportQueue, NetworkImpl, Parts};
use crate::{cli::Seal, rpc};
use futures::channel::mpsc;
use sc_consensus_manual_seal::{consensus::aura::AuraConsensusDataProvider, ManualSealParams};
use sc_network::{
	config::{FullNetworkConfiguration, TransportConfig},
	NotificationMetrics,
};
use sc_service::{
	error::Error as ServiceError, Configuration, PruningMode, SpawnTasksParams, TaskManager,
};

/// Requests for a block that may wait while one is being made.
const COMMAND_BUFFER: usize = 1024;

/// Builds the import of blocks that another development node has exported.
pub(super) fn import_queue(config: &Configuration, parts: &Parts) -> ImportQueue {
	sc_consensus_manual_seal::import_queue(
		Box::new(parts.client.clone()),
		&parts.tasks.spawn_essential_handle(),
		config.prometheus_registry(),
	)
}

/// Starts a development node that makes blocks as `seal` says.
pub(crate) fn start(mut config: Configuration, seal: Seal) -> Result<TaskManager, ServiceError> {
	keep_all_states(&mut config);
	disconnect(&mut config);
	let mut parts = Parts::new(&config)?;
	let client = parts.client.clone();
	let pool = parts.pool.clone();

	let (network, system_rpc_tx, tx_handler_controller, sync_service, _bitswap) =
		sc_service::build_network(sc_service::BuildNetworkParams {
			config: &config,
			net_config: FullNetworkConfiguration::<_, _, NetworkImpl>::new(&config.network, None),
			client: client.clone(),
			transaction_pool: pool.clone(),
			spawn_handle: parts.tasks.spawn_handle(),
			spawn_essential_handle: parts.tasks.spawn_essential_handle(),
			import_queue: import_queue(&config, &parts),
			block_announce_validator_builder: None,
			warp_sync_config: None,
			block_relay: None,
			metrics: NotificationMetrics::new(None),
			gap_sync_body_policy: None,
		})?;
	parts.start_offchain_workers(&config, network.clone())?;
	parts.start_contracts_metrics(&config);

	let (command_sender, command_receiver) = mpsc::channel(COMMAND_BUFFER);
	let slot_duration = sc_consensus_aura::slot_duration(&*client)?;
	let engine = sc_consensus_manual_seal::run_manual_seal(ManualSealParams {
		// The client itself: neither Aura nor GRANDPA has anything to check in these blocks.
		block_import: client.clone(),
		env: parts.proposer_factory(config.prometheus_registry()),
		client: client.clone(),
		pool: pool.clone(),
		commands_stream: seal::commands(
			seal,
			client.clone(),
			pool.clone(),
			command_receiver,
			parts.tasks.spawn_handle(),
		),
		select_chain: parts.select_chain.clone(),
		consensus_data_provider: Some(Box::new(
			AuraConsensusDataProvider::<Block>::new_with_slot_duration(slot_duration),
		)),
		create_inherent_data_providers: slot_time::inherents(client.clone(), slot_duration),
	});
	let rpc_builder = {
		let (client, pool) = (client.clone(), pool.clone());
		Box::new(move |_| {
			rpc::development(client.clone(), pool.clone(), command_sender.clone())
				.map_err(|error| ServiceError::Application(Box::new(error)))
		})
	};
	sc_service::spawn_tasks(SpawnTasksParams {
		config,
		client,
		backend: parts.backend.clone(),
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
	// Last: the pool listens to the chain by now, and would not know of a block that was made before.
	// Essential: a development node that makes no blocks is of no use.
	parts.tasks.spawn_essential_handle().spawn_blocking(
		"manual-seal",
		Some("block-authoring"),
		engine,
	);
	Ok(parts.tasks)
}

/// Keeps the state of every block where nobody has said otherwise, so that the `archive` RPC is
/// there and an old block can be looked into.
///
/// A database remembers the choice that it was made with, and refuses another.
fn keep_all_states(config: &mut Configuration) {
	let is_new = config.database.path().is_none_or(|path| !path.exists());
	if config.state_pruning.is_none() && is_new {
		config.state_pruning = Some(PruningMode::ArchiveAll);
	}
}

/// Leaves the node without peers and without a listening port: nobody else can follow its chain,
/// and several of them can run beside each other.
fn disconnect(config: &mut Configuration) {
	config.network.transport =
		TransportConfig::Normal { enable_mdns: false, allow_private_ip: false };
	config.network.listen_addresses.clear();
	config.network.boot_nodes.clear();
	config.network.default_peers_set.in_peers = 0;
	config.network.default_peers_set.out_peers = 0;
}
