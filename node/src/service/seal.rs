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

/// How long the pool may take to look at a new block before the block is finalised all the same.
const POOL_PATIENCE: Duration = Duration::from_secs(1);

/// Sends the outcome of blocks that nobody asked for by RPC to the log.
///
/// Without it the engine logs them itself, and an instant block that finds its transaction in the
/// block before it as an error.
struct Outcomes {
	spawn: SpawnTaskHandle,
}

impl Outcomes {
	fn new(spawn: SpawnTaskHandle) -> Self {
		Self { spawn }
	}

	/// A command to make a block on the best one, to be final at once.
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
	spawn: SpawnTaskHandle,
) -> BoxStream<'static, EngineCommand<Hash>> {
	let outcomes = Outcomes::new(spawn.clone());
	let commands = match seal {
		Seal::Manual => requests.boxed(),
		Seal::Interval(interval) => {
			stream::select(requests, ticks(interval).map(move |()| outcomes.command(true))).boxed()
		},
		Seal::Instant => {
			let arrivals = pool.import_notification_stream().map(|_| ());
			let in_pool = pool.clone();
			let blocks = stream::select(arrivals, ticks(SWEEP))
				.filter(move |()| future::ready(in_pool.status().ready > 0))
				.map(move |()| outcomes.command(false));
			stream::select(requests, blocks).boxed()
		},
	};
	commands.flat_map(move |command| finalise_behind(command, pool.clone(), spawn.clone())).boxed()
}

/// Splits a command to make a final block into one to make it and one to finalise it.
///
/// The pool tells those who watch a transaction that it is in a block, and then that the block is
/// final; of a block that is final when it is imported it tells the latter only, and clients wait
/// for the former. So the block is finalised when the pool has seen it.
fn finalise_behind(
	command: EngineCommand<Hash>,
	pool: Arc<Pool>,
	spawn: SpawnTaskHandle,
) -> BoxStream<'static, EngineCommand<Hash>> {
	let EngineCommand::SealNewBlock { create_empty, finalize: true, parent_hash, sender } = command
	else {
		return stream::once(future::ready(command)).boxed();
	};
	let (made_sender, made) = oneshot::channel();
	let make = EngineCommand::SealNewBlock {
		create_empty,
		finalize: false,
		parent_hash,
		sender: Some(made_sender),
	};
	// The engine asks for the next command when it has done the one before, so this finds its
	// answer there.
	let finalise = async move {
		let block = match made.await.ok()? {
			Ok(block) => block,
			Err(error) => {
				answer(sender, Err(error));
				return None;
			},
		};
		if block.aux.is_new_best {
			pool.ready_at_with_timeout(block.hash, POOL_PATIENCE).await;
		}
		let hash = block.hash;
		let (final_sender, is_final) = oneshot::channel::<Result<(), Error>>();
		spawn.spawn("seal-answer", Some("block-authoring"), async move {
			// Cancelled where the node is shutting down, and nobody waits for an answer then.
			if let Ok(result) = is_final.await {
				answer(sender, result.map(|()| block));
			}
		});
		Some(EngineCommand::FinalizeBlock { hash, sender: Some(final_sender), justification: None })
	};
	stream::once(future::ready(make))
		.chain(stream::once(finalise).filter_map(future::ready))
		.boxed()
}

/// Tells who asked for a block how it went.
fn answer(
	sender: Option<oneshot::Sender<Result<CreatedBlock<Hash>, Error>>>,
	result: Result<CreatedBlock<Hash>, Error>,
) {
	// Whoever has asked may have left.
	if let Some(sender) = sender {
		let _ = sender.send(result);
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
