//! Contracts' work, counted for Prometheus.
//!
//! A task reads the events of each block that becomes the best one and adds up what contracts did in it. It
//! only reads: whatever it meets, the node goes on.
//!
//! - What is counted is the work of the chain that this node takes for the best: a block that loses to
//!   another stays counted, as it was executed. Blocks of an initial sync are not counted.
//! - Events are decoded by the types of the runtime that the node was built with. Where those of the chain's
//!   runtime are others, the block is counted as not decoded.
//! - How many contracts and codes there are is nowhere on chain. They are counted by their keys when the task
//!   begins and where it has missed blocks, and by events from there on.

mod metrics;
mod tally;
#[cfg(test)]
mod tests;
mod trail;

use self::{metrics::Metrics, tally::Tally, trail::Trail};
use super::{Client, Hash};
use caisson_solo_runtime::{Runtime, RuntimeCall, RuntimeEvent, UncheckedExtrinsic};
use codec::DecodeAll;
use frame_support::storage::StoragePrefixedMap;
use futures::{FutureExt, StreamExt};
use pallet_wasm_contracts::{CodeInfoOf, ContractInfoOf};
use prometheus_endpoint::Registry;
use sc_client_api::{BlockBackend, BlockchainEvents, HeaderBackend, StorageProvider};
use sc_service::SpawnTaskHandle;
use sp_core::{storage::StorageKey, traits::CallContext};
use sp_io::hashing::twox_128;
use sp_runtime::{
	traits::{Header, LazyExtrinsic},
	OpaqueExtrinsic,
};
use std::{sync::Arc, time::Instant};

const LOG_TARGET: &str = "contracts-metrics";

/// An event of this runtime, with the place where it happened.
type EventRecord = frame_system::EventRecord<RuntimeEvent, Hash>;

/// What is on chain at a block.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Deployed {
	contracts: u64,
	codes: u64,
}

/// Why a block was not counted.
enum Unread {
	/// Its events are not those of the runtime that the node was built with.
	OtherTypes,
	/// The database does not have it, or not its state.
	Missing(String),
}

impl From<sp_blockchain::Error> for Unread {
	fn from(error: sp_blockchain::Error) -> Self {
		Self::Missing(error.to_string())
	}
}

/// Starts to count, for those who ask `registry`.
pub(super) fn start(registry: &Registry, client: Arc<Client>, spawn: &SpawnTaskHandle) {
	let metrics = match Metrics::register(registry) {
		Ok(metrics) => metrics,
		Err(error) => {
			log::warn!(target: LOG_TARGET, "Contracts are not counted for Prometheus: {error}");
			return;
		},
	};
	// Before the task runs, so that it misses no block.
	let mut blocks = client.import_notification_stream();
	let best = client.info().best_hash;
	let task = async move {
		let mut observer = Observer::new(client, metrics, best);
		// A notification keeps the state of its block in the database while it is held.
		while let Some(block) = blocks.next().await {
			if block.is_new_best {
				observer.follow(block.hash);
			}
		}
	};
	// Blocking: it reads the database, and a great many keys of it when it begins.
	spawn.spawn_blocking("contracts-metrics", None, task.boxed());
}

/// Follows the best chain and counts.
struct Observer {
	client: Arc<Client>,
	metrics: Metrics,
	trail: Trail,
	/// The version of the last runtime whose events did not decode, which has been logged.
	undecoded_version: Option<u32>,
}

impl Observer {
	/// Begins behind the block `best`.
	fn new(client: Arc<Client>, metrics: Metrics, best: Hash) -> Self {
		let mut observer =
			Self { client, metrics, trail: Trail::default(), undecoded_version: None };
		observer.note(best, observer.count(best));
		observer
	}

	/// Counts the best block, and those before it that have not been.
	fn follow(&mut self, best: Hash) {
		let parent_of = |block| Some(*self.client.header(block).ok()??.parent_hash());
		for (block, parent) in self.trail.path_to(best, parent_of) {
			let deployed = match self.read(block) {
				Ok(tally) => {
					self.metrics.add(&tally);
					match self.trail.at(parent) {
						Some(deployed) => Some(deployed.after(&tally)),
						None => self.count(block),
					}
				},
				Err(Unread::OtherTypes) => {
					self.metrics.count_undecoded();
					self.log_undecoded(parent);
					// Not by their keys either: each of the blocks to come would ask for that.
					None
				},
				Err(Unread::Missing(error)) => {
					log::debug!(target: LOG_TARGET, "Block {block:?} is not counted: {error}");
					None
				},
			};
			self.note(block, deployed);
		}
	}

	/// What contracts did in a block.
	fn read(&self, block: Hash) -> Result<Tally, Unread> {
		let key = [twox_128(b"System"), twox_128(b"Events")].concat();
		let events = match self.client.storage(block, &StorageKey(key))? {
			Some(encoded) => Vec::<EventRecord>::decode_all(&mut encoded.0.as_slice())
				.map_err(|_| Unread::OtherTypes)?,
			None => Vec::new(),
		};
		let mut body = None;
		Ok(Tally::of(&events, |index| {
			// Asked of few blocks: those with a failure that could be anybody's.
			let body = body.get_or_insert_with(|| self.client.block_body(block).ok().flatten());
			body.as_ref().and_then(|body| body.get(index)).is_some_and(calls_contracts)
		}))
	}

	/// Counts the keys of contracts and codes.
	fn count(&self, block: Hash) -> Option<Deployed> {
		let keys = |prefix: [u8; 32]| {
			let keys = self.client.storage_keys(block, Some(&StorageKey(prefix.to_vec())), None);
			keys.ok().map(|keys| keys.count() as u64)
		};
		let began = Instant::now();
		let deployed = Deployed {
			contracts: keys(ContractInfoOf::<Runtime>::final_prefix())?,
			codes: keys(CodeInfoOf::<Runtime>::final_prefix())?,
		};
		log::debug!(target: LOG_TARGET, "Block {block:?} has {deployed:?}, counted in {:?}", began.elapsed());
		Some(deployed)
	}

	/// Remembers a block, and shows what is on chain at it, if that is known.
	fn note(&mut self, block: Hash, deployed: Option<Deployed>) {
		if let Some(deployed) = deployed {
			self.metrics.show(deployed);
		}
		self.trail.push(block, deployed);
	}

	/// Says once for each runtime that its events are not the node's.
	///
	/// `parent` has the runtime that made the block.
	fn log_undecoded(&mut self, parent: Hash) {
		// Without a version there is one message too.
		let version = self
			.client
			.runtime_version_at(parent, CallContext::Offchain)
			.map_or(u32::MAX, |version| version.spec_version);
		if self.undecoded_version.replace(version) != Some(version) {
			log::warn!(
				target: LOG_TARGET,
				"Events of runtime version {version} are not those of the runtime that this node was built \
				 with, so that contracts are not counted. A node built with that runtime would.",
			);
		}
	}
}

/// Whether an extrinsic is a call of the contracts pallet.
fn calls_contracts(extrinsic: &OpaqueExtrinsic) -> bool {
	UncheckedExtrinsic::decode_unprefixed(extrinsic.inner())
		.is_ok_and(|extrinsic| matches!(extrinsic.function, RuntimeCall::Contracts(_)))
}
