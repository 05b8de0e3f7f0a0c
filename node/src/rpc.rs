//! JSON-RPC beyond what every Substrate node has: fees and nonces, and what belongs to the way the
//! node makes and finalises blocks.

use crate::service::{
	network::{FinalityProofs, VoterState},
	Block, Client, Hash, Pool,
};
use futures::channel::mpsc;
use jsonrpsee::core::RegisterMethodError;
use pallet_transaction_payment_rpc::{TransactionPayment, TransactionPaymentApiServer};
use sc_consensus_grandpa::{GrandpaJustificationStream, SharedAuthoritySet};
use sc_consensus_grandpa_rpc::{Grandpa, GrandpaApiServer};
use sc_consensus_manual_seal::{
	rpc::{ManualSeal, ManualSealApiServer},
	EngineCommand,
};
use sc_rpc::SubscriptionTaskExecutor;
use std::sync::Arc;
use substrate_frame_rpc_system::{System, SystemApiServer};

/// Methods of a node by their names.
pub(crate) type RpcModule = jsonrpsee::RpcModule<()>;

/// What GRANDPA's methods read.
#[derive(Clone)]
pub(crate) struct GrandpaState {
	/// The voters.
	pub(crate) authorities: SharedAuthoritySet<Hash, caisson_solo_runtime::BlockNumber>,
	/// Where the vote stands.
	pub(crate) voter: VoterState,
	/// Finality as it is proven.
	pub(crate) justifications: GrandpaJustificationStream<Block>,
	/// Proofs for blocks of the past.
	pub(crate) proofs: Arc<FinalityProofs>,
}

/// Methods of a node in network mode: `system_*`, `payment_*`, `grandpa_*`.
pub(crate) fn network(
	client: Arc<Client>,
	pool: Arc<Pool>,
	grandpa: GrandpaState,
	executor: SubscriptionTaskExecutor,
) -> Result<RpcModule, RegisterMethodError> {
	let mut module = accounts(client, pool)?;
	let GrandpaState { authorities, voter, justifications, proofs } = grandpa;
	module.merge(Grandpa::new(executor, authorities, voter, justifications, proofs).into_rpc())?;
	Ok(module)
}

/// Methods of a development node: `system_*`, `payment_*`, `engine_*`.
pub(crate) fn development(
	client: Arc<Client>,
	pool: Arc<Pool>,
	commands: mpsc::Sender<EngineCommand<Hash>>,
) -> Result<RpcModule, RegisterMethodError> {
	let mut module = accounts(client, pool)?;
	module.merge(ManualSeal::new(commands).into_rpc())?;
	Ok(module)
}

/// `system_accountNextIndex`, `system_dryRun`, `payment_*`.
fn accounts(client: Arc<Client>, pool: Arc<Pool>) -> Result<RpcModule, RegisterMethodError> {
	let mut module = RpcModule::new(());
	module.merge(System::new(client.clone(), pool).into_rpc())?;
	module.merge(TransactionPayment::new(client).into_rpc())?;
	Ok(module)
}
