//! When a development node makes a block.

use super::{Hash, Pool};
use crate::cli::Seal;
use futures::{
	channel::{mpsc, oneshot},
	future,
	stream::{self, BoxStream},
	StreamExt,
};
use futures_timer::Delay;
use sc_consensus_manual_seal::{CreatedBlock, EngineCommand, Error};
use sc_service::SpawnTaskHandle;
use sc_transaction_pool_api::TransactionPool;
use std::{
	sync::Arc,
	time::{Duration, Instant},
};

const LOG_TARGET: &str = "seal";

/// How often a node that seals instantly looks whether a transaction is left in the pool.
///
/// The pool announces a transaction once. Where that happens while the pool moves on to a new
/// block, the block that the announcement asks for can be made without the transaction.
const SWEEP: Duration = Duration::from_secs(1);

/// Sends the outcome of blocks that nobody asked for by RPC to the log.
///
/// Without it the engine logs them itself, and an instant block that finds its transaction in the
/// block before it as an error.
pub(super) struct Outcomes {
	spawn: SpawnTaskHandle,
}

impl Outcomes {
	pub(super) fn new(spawn: SpawnTaskHandle) -> Self {
		Self { spawn }
	}

	/// A command to make a final block on the best one.
	fn command(&self, create_empty: bool) -> EngineCommand<Hash> {
		let (sender, receiver) = oneshot::channel::<Result<CreatedBlock<Hash>, Error>>();
		self.spawn.spawn("seal-outcome", Some("block-authoring"), async move {
			match receiver.await {
				Ok(Ok(block)) => log::debug!(target: LOG_TARGET, "Made block {:?}", block.hash),
				Ok(Err(Error::EmptyTransactionPool)) => {
					log::debug!(target: LOG_TARGET, "No transaction is left for a block")
				},
				Ok(Err(error)) => log::error!(target: LOG_TARGET, "Cannot make a block: {error}"),
				// The engine is gone, because the node is shutting down.
				Err(oneshot::Canceled) => {},
			}
		});
		EngineCommand::SealNewBlock {
			create_empty,
			finalize: true,
			parent_hash: None,
			sender: Some(sender),
		}
	}
}

/// What the engine is to do, in order: requests by RPC, and what `seal` adds to them.
///
/// The engine takes the next command when it has finished one.
pub(super) fn commands(
	seal: Seal,
	pool: Arc<Pool>,
	requests: mpsc::Receiver<EngineCommand<Hash>>,
	outcomes: Outcomes,
) -> BoxStream<'static, EngineCommand<Hash>> {
	match seal {
		Seal::Manual => requests.boxed(),
		Seal::Interval(interval) => {
			stream::select(requests, ticks(interval).map(move |()| outcomes.command(true))).boxed()
		},
		Seal::Instant => {
			let arrivals = pool.import_notification_stream().map(|_| ());
			let blocks = stream::select(arrivals, ticks(SWEEP))
				.filter(move |()| future::ready(pool.status().ready > 0))
				.map(move |()| outcomes.command(false));
			stream::select(requests, blocks).boxed()
		},
	}
}

/// Yields at this interval, counted from one time to the next whatever happens between.
///
/// Where its reader takes longer than an interval, what it has missed is left out.
fn ticks(interval: Duration) -> impl futures::Stream<Item = ()> {
	stream::unfold(Instant::now(), move |last| async move {
		let wait = interval.saturating_sub(last.elapsed());
		Delay::new(wait).await;
		Some(((), Instant::now()))
	})
}
