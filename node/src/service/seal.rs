//! When a development node makes a block.

use super::{Client, Hash, Pool};
use crate::cli::Seal;
use futures::{
	channel::{mpsc, oneshot},
	future,
	stream::{self, BoxStream},
	StreamExt,
};
use futures_timer::Delay;
use sc_client_api::{BlockBackend, HeaderBackend};
use sc_consensus_manual_seal::{rpc::Sender, CreatedBlock, EngineCommand, Error};
use sc_service::SpawnTaskHandle;
use sc_transaction_pool_api::TransactionPool;
use std::{
	sync::{
		atomic::{AtomicBool, Ordering},
		Arc,
	},
	time::{Duration, Instant},
};

const LOG_TARGET: &str = "seal";

/// How often a node that seals instantly looks whether a transaction is left in the pool.
///
/// The pool announces a transaction once. Where that happens while the pool moves on to a new
/// block, the block that the announcement asks for can be made without the transaction.
const SWEEP: Duration = Duration::from_secs(1);

/// How long a block with transactions is there before it is final.
///
/// Who watches a transaction is told that it is in a block, and then that the block is final.
/// polkadot.js fetches the block's events upon the former, and drops it if the latter arrives
/// before it has them, so that those who wait for it wait forever. It takes tens of milliseconds,
/// and more where the machine is busy.
const READING_TIME: Duration = Duration::from_secs(1);

/// How long the pool may take to look at a new block before the block is finalised all the same.
const POOL_PATIENCE: Duration = Duration::from_secs(5);

/// Extrinsics that each block has without any transaction: the time.
const INHERENTS: usize = 1;

/// Blocks that may become ready to be final beside each other; more of them wait for their turn.
const READERS: usize = 1024;

/// Sends the outcome of blocks that nobody asked for by RPC to the log.
///
/// Without it the engine logs them itself, and an instant block that finds its transaction in the
/// block before it as an error.
struct Outcomes {
	spawn: SpawnTaskHandle,
	pool: Arc<Pool>,
	/// Whether a block that was asked for had no room for the transactions that wait.
	///
	/// The one in which a session begins has none. The engine throws a block without transactions away if it may,
	/// so that it would be tried again and again.
	is_full: Arc<AtomicBool>,
}

impl Outcomes {
	fn new(spawn: SpawnTaskHandle, pool: Arc<Pool>) -> Self {
		Self { spawn, pool, is_full: Arc::default() }
	}

	/// A command to make a block for the transactions that wait, or, where the one before had no room for any,
	/// that one without them.
	fn next(&self) -> EngineCommand<Hash> {
		self.command(self.is_full.swap(false, Ordering::Relaxed))
	}

	/// A command to make a block on the best one, to be final.
	fn command(&self, create_empty: bool) -> EngineCommand<Hash> {
		let (sender, receiver) = oneshot::channel::<Result<CreatedBlock<Hash>, Error>>();
		let (pool, is_full) = (self.pool.clone(), self.is_full.clone());
		self.spawn.spawn("seal-outcome", Some("block-authoring"), async move {
			match receiver.await {
				Ok(Ok(block)) => log::debug!(target: LOG_TARGET, "Made block {:?}", block.hash),
				Ok(Err(Error::EmptyTransactionPool)) => {
					is_full.store(pool.status().ready > 0, Ordering::Relaxed);
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
	client: Arc<Client>,
	pool: Arc<Pool>,
	requests: mpsc::Receiver<EngineCommand<Hash>>,
	spawn: SpawnTaskHandle,
) -> BoxStream<'static, EngineCommand<Hash>> {
	let outcomes = Outcomes::new(spawn.clone(), pool.clone());
	let commands = match seal {
		Seal::Manual => requests.boxed(),
		Seal::Interval(interval) => {
			stream::select(requests, ticks(interval).map(move |()| outcomes.command(true))).boxed()
		},
		Seal::Instant => {
			let arrivals = pool.import_notification_stream().map(|_| ());
			let in_pool = pool.clone();
			// A new chain begins with a block of no transaction: before it there is no time, a dry run reports no
			// events, and dedot waits to send its first transaction until it has seen a block with a parent.
			let first = (client.info().best_number == 0).then(|| outcomes.command(true));
			let blocks = stream::select(arrivals, ticks(SWEEP))
				.filter(move |()| future::ready(in_pool.status().ready > 0))
				.map(move |()| outcomes.next());
			stream::select(requests, stream::iter(first).chain(blocks)).boxed()
		},
	};
	let (to_finalise, unfinalised) = mpsc::unbounded();
	let made = commands.map(move |command| finalise_later(command, &to_finalise));
	let finaliser = Arc::new(Finaliser { client, pool, spawn });
	let reader = finaliser.clone();
	// In the order of the blocks: one that is final makes those before it final too.
	let finalised = unfinalised
		.map(move |block| reader.clone().read(block))
		.buffered(READERS)
		.filter_map(move |block| future::ready(block.and_then(|block| finaliser.command(block))));
	stream::select(made, finalised).boxed()
}

/// A block that is being made and is to be final, and who waits for that.
struct Unfinalised {
	made: oneshot::Receiver<Result<CreatedBlock<Hash>, Error>>,
	sender: Sender<CreatedBlock<Hash>>,
}

/// A block that is ready to be final, and who waits for that.
struct Readied {
	block: CreatedBlock<Hash>,
	sender: Sender<CreatedBlock<Hash>>,
}

/// Turns a command to make a final block into one to make it, and leaves the rest for later.
///
/// Of a block that is final when it is imported the pool tells only that.
fn finalise_later(
	command: EngineCommand<Hash>,
	to_finalise: &mpsc::UnboundedSender<Unfinalised>,
) -> EngineCommand<Hash> {
	let EngineCommand::SealNewBlock { create_empty, finalize: true, parent_hash, sender } = command
	else {
		return command;
	};
	let (made_sender, made) = oneshot::channel();
	// Nobody reads it where the node is shutting down.
	let _ = to_finalise.unbounded_send(Unfinalised { made, sender });
	EngineCommand::SealNewBlock {
		create_empty,
		finalize: false,
		parent_hash,
		sender: Some(made_sender),
	}
}

/// Finalises blocks when they have been there for a while.
struct Finaliser {
	client: Arc<Client>,
	pool: Arc<Pool>,
	spawn: SpawnTaskHandle,
}

impl Finaliser {
	/// Waits until the block is made, and those who watch its transactions have had time to read it.
	async fn read(self: Arc<Self>, unfinalised: Unfinalised) -> Option<Readied> {
		let Unfinalised { made, sender } = unfinalised;
		// Cancelled where the node is shutting down, and nobody waits for an answer then.
		let block = match made.await.ok()? {
			Ok(block) => block,
			Err(error) => {
				answer(sender, Err(error));
				return None;
			},
		};
		if self.has_transactions(block.hash) {
			if block.aux.is_new_best {
				self.pool.ready_at_with_timeout(block.hash, POOL_PATIENCE).await;
			}
			Delay::new(READING_TIME).await;
		}
		Some(Readied { block, sender })
	}

	/// The command to finalise a block, unless that has been done, with it or with one behind it.
	fn command(&self, readied: Readied) -> Option<EngineCommand<Hash>> {
		let Readied { block, sender } = readied;
		let hash = block.hash;
		if self.is_final(hash) {
			answer(sender, Ok(block));
			return None;
		}
		let (final_sender, is_final) = oneshot::channel::<Result<(), Error>>();
		self.spawn.spawn("seal-answer", Some("block-authoring"), async move {
			// Cancelled where the node is shutting down.
			if let Ok(result) = is_final.await {
				answer(sender, result.map(|()| block));
			}
		});
		Some(EngineCommand::FinalizeBlock { hash, sender: Some(final_sender), justification: None })
	}

	fn has_transactions(&self, hash: Hash) -> bool {
		match self.client.block_body(hash) {
			Ok(Some(body)) => body.len() > INHERENTS,
			// It is there, so this says nothing about its transactions.
			Ok(None) | Err(_) => true,
		}
	}

	fn is_final(&self, hash: Hash) -> bool {
		let Ok(Some(number)) = self.client.number(hash) else { return false };
		number <= self.client.info().finalized_number
			&& matches!(self.client.hash(number), Ok(Some(on_chain)) if on_chain == hash)
	}
}

/// Tells who asked for a block how it went.
fn answer(sender: Sender<CreatedBlock<Hash>>, result: Result<CreatedBlock<Hash>, Error>) {
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
