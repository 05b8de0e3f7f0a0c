//! The node as a service.
//!
//! [`Parts`] is what every node has: client, database, keystore, transaction pool, tasks. A node in
//! [`network`] mode makes blocks with Aura and finalises them with GRANDPA; a [`dev`] node is alone
//! and makes them when it is told to.

mod contracts_metrics;
pub(crate) mod dev;
pub(crate) mod disk;
pub(crate) mod network;
mod seal;
mod slot_time;

use caisson_runtime_common::blocks::MAXIMUM_BLOCK_LENGTH;
use caisson_solo_runtime::apis::RuntimeApi;
use futures::FutureExt;
use prometheus_endpoint::Registry;
use sc_client_api::Backend as _;
use sc_consensus_grandpa::GrandpaPruningFilter;
use sc_executor::WasmExecutor;
use sc_service::{
	error::Error as ServiceError, Configuration, KeystoreContainer, TFullBackend, TFullClient,
	TaskManager,
};
use sc_telemetry::{Telemetry, TelemetryHandle, TelemetryWorker};
use sc_transaction_pool::TransactionPoolHandle;
use sc_transaction_pool_api::OffchainTransactionPoolFactory;
use std::sync::Arc;

pub(crate) use caisson_solo_runtime::{opaque::Block, Hash};

/// What a runtime can call in the node.
type HostFunctions = sp_io::SubstrateHostFunctions;

/// Executes the runtime and reads the chain.
pub(crate) type Client = TFullClient<Block, RuntimeApi, WasmExecutor<HostFunctions>>;

/// The database.
pub(crate) type Backend = TFullBackend<Block>;

/// Transactions that wait for a block.
pub(crate) type Pool = TransactionPoolHandle<Block, Client>;

/// Verifies blocks from outside and hands them to the client.
pub(crate) type ImportQueue = sc_consensus::DefaultImportQueue<Block>;

/// Which of several chains is the best: the longest.
type SelectChain = sc_consensus::LongestChain<Backend, Block>;

/// The implementation of the network.
type NetworkImpl = sc_network::Litep2pNetworkBackend;

/// The network, for whom its implementation does not matter.
type Network = Arc<dyn sc_network::service::traits::NetworkService>;

/// Bytes of a block that this node makes: what the runtime lets in, and room for the header.
///
/// The SDK's own limit is lower than the runtime's, and a transaction between the two would wait for ever, and others
/// behind it: a runtime that is not compressed is such a one.
const BLOCK_BYTES: usize = MAXIMUM_BLOCK_LENGTH as usize + 4 * 1024;

/// What every node has, however it makes blocks.
struct Parts {
	client: Arc<Client>,
	backend: Arc<Backend>,
	keystore: KeystoreContainer,
	tasks: TaskManager,
	pool: Arc<Pool>,
	select_chain: SelectChain,
	telemetry: Option<Telemetry>,
}

impl Parts {
	/// Opens the database, makes genesis where there is none, starts telemetry and the pool.
	fn new(config: &Configuration) -> Result<Self, ServiceError> {
		let telemetry = config
			.telemetry_endpoints
			.clone()
			.filter(|endpoints| !endpoints.is_empty())
			.map(|endpoints| -> Result<_, sc_telemetry::Error> {
				let worker = TelemetryWorker::new(16)?;
				let telemetry = worker.handle().new_telemetry(endpoints);
				Ok((worker, telemetry))
			})
			.transpose()?;

		let (client, backend, keystore, tasks) = sc_service::new_full_parts::<Block, RuntimeApi, _>(
			config,
			telemetry.as_ref().map(|(_, telemetry)| telemetry.handle()),
			sc_service::new_wasm_executor(&config.executor),
			// A pruned node still serves warp sync, which wants the blocks that change the voters.
			vec![Arc::new(GrandpaPruningFilter)],
		)?;
		let client = Arc::new(client);

		let telemetry = telemetry.map(|(worker, telemetry)| {
			tasks.spawn_handle().spawn("telemetry", None, worker.run());
			telemetry
		});

		let pool = sc_transaction_pool::Builder::new(
			tasks.spawn_essential_handle(),
			client.clone(),
			config.role.is_authority().into(),
		)
		.with_options(config.transaction_pool.clone())
		.with_prometheus(config.prometheus_registry())
		.build();

		Ok(Self {
			select_chain: SelectChain::new(backend.clone()),
			pool: Arc::new(pool),
			client,
			backend,
			keystore,
			tasks,
			telemetry,
		})
	}

	fn telemetry_handle(&self) -> Option<TelemetryHandle> {
		self.telemetry.as_ref().map(|telemetry| telemetry.handle())
	}

	/// Runs the runtime's off-chain workers at each block, where the configuration wants them.
	fn start_offchain_workers(
		&self,
		config: &Configuration,
		network: Network,
	) -> Result<(), ServiceError> {
		if !config.offchain_worker.enabled {
			return Ok(());
		}
		let workers = sc_offchain::OffchainWorkers::new(sc_offchain::OffchainWorkerOptions {
			runtime_api_provider: self.client.clone(),
			keystore: Some(self.keystore.keystore()),
			offchain_db: self.backend.offchain_storage(),
			transaction_pool: Some(OffchainTransactionPoolFactory::new(self.pool.clone())),
			network_provider: Arc::new(network),
			is_validator: config.role.is_authority(),
			enable_http_requests: true,
			custom_extensions: |_| vec![],
		})?;
		self.tasks.spawn_handle().spawn(
			"offchain-workers-runner",
			"offchain-worker",
			workers.run(self.client.clone(), self.tasks.spawn_handle()).boxed(),
		);
		Ok(())
	}

	/// Counts what contracts do, where somebody can ask for it.
	fn start_contracts_metrics(&self, config: &Configuration) {
		if let Some(registry) = config.prometheus_registry() {
			contracts_metrics::start(registry, self.client.clone(), &self.tasks.spawn_handle());
		}
	}

	/// What makes blocks out of the pool's transactions.
	fn proposer_factory(
		&self,
		registry: Option<&Registry>,
	) -> sc_basic_authorship::ProposerFactory<Pool, Client> {
		let mut factory = sc_basic_authorship::ProposerFactory::new(
			self.tasks.spawn_handle(),
			self.client.clone(),
			self.pool.clone(),
			registry,
			self.telemetry_handle(),
		);
		factory.set_default_block_size_limit(BLOCK_BYTES);
		factory
	}
}

/// What a subcommand works with that reads or writes the chain without running the node.
pub(crate) struct ChainOps {
	/// The client.
	pub(crate) client: Arc<Client>,
	/// The database.
	pub(crate) backend: Arc<Backend>,
	/// Verifies the blocks that a subcommand imports.
	pub(crate) import_queue: ImportQueue,
	/// Tasks to wait for at the end.
	pub(crate) tasks: TaskManager,
}

/// Opens a chain for a subcommand.
///
/// The blocks of a development node carry no seals, so `dev` says how to verify those to import.
pub(crate) fn chain_ops(config: &Configuration, dev: bool) -> Result<ChainOps, ServiceError> {
	let parts = Parts::new(config)?;
	let import_queue = if dev {
		dev::import_queue(config, &parts)
	} else {
		network::import(config, &parts)?.queue
	};
	let Parts { client, backend, tasks, .. } = parts;
	Ok(ChainOps { client, backend, import_queue, tasks })
}
