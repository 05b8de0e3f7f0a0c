//! The metrics by name. docs/operate.md and the dashboard in `ops` know them.

use super::{tally::Tally, Deployed};
use frame_support::weights::{constants::WEIGHT_REF_TIME_PER_SECOND, Weight};
use prometheus_endpoint::{
	register, Counter, CounterVec, Gauge, Opts, PrometheusError, Registry, F64, U64,
};

/// Label of those that succeeded.
const EXECUTED: &str = "executed";

/// Label of those that failed.
const FAILED: &str = "failed";

/// What Prometheus can ask for.
pub(super) struct Metrics {
	executed: Counter<U64>,
	failed: CounterVec<U64>,
	ref_time_seconds: CounterVec<F64>,
	proof_size_bytes: CounterVec<U64>,
	codes_stored: Counter<U64>,
	codes_removed: Counter<U64>,
	instantiated: Counter<U64>,
	terminated: Counter<U64>,
	events: Counter<U64>,
	blocks: Counter<U64>,
	blocks_undecoded: Counter<U64>,
	contracts_deployed: Gauge<U64>,
	codes_deployed: Gauge<U64>,
}

impl Metrics {
	/// Registers all of them.
	pub(super) fn register(registry: &Registry) -> Result<Self, PrometheusError> {
		let counter = |name, help| register(Counter::<U64>::new(name, help)?, registry);
		let gauge = |name, help| register(Gauge::<U64>::new(name, help)?, registry);
		let metrics = Self {
			executed: counter(
				"caisson_contracts_executed_total",
				"Calls and deployments that succeeded, without their sub-calls",
			)?,
			failed: register(
				CounterVec::new(
					Opts::new(
						"caisson_contracts_extrinsics_failed_total",
						"Extrinsics that failed in the contracts pallet, by error",
					),
					&["error"],
				)?,
				registry,
			)?,
			ref_time_seconds: register(
				CounterVec::new(
					Opts::new(
						"caisson_contracts_ref_time_seconds_total",
						"Reference time used: in contracts' frames if executed, of the whole extrinsic if failed",
					),
					&["outcome"],
				)?,
				registry,
			)?,
			proof_size_bytes: register(
				CounterVec::new(
					Opts::new(
						"caisson_contracts_proof_size_bytes_total",
						"Proof size used: in contracts' frames if executed, of the whole extrinsic if failed",
					),
					&["outcome"],
				)?,
				registry,
			)?,
			codes_stored: counter("caisson_contracts_codes_stored_total", "Codes stored")?,
			codes_removed: counter("caisson_contracts_codes_removed_total", "Codes removed")?,
			instantiated: counter(
				"caisson_contracts_instantiated_total",
				"Contracts made, those that contracts made among them",
			)?,
			terminated: counter("caisson_contracts_terminated_total", "Contracts that ended")?,
			events: counter("caisson_contracts_events_total", "Events that contracts emitted")?,
			blocks: counter(
				"caisson_contracts_blocks_total",
				"Blocks whose events were counted",
			)?,
			blocks_undecoded: counter(
				"caisson_contracts_blocks_undecoded_total",
				"Blocks whose events this node cannot decode, as it was built with another runtime",
			)?,
			contracts_deployed: gauge(
				"caisson_contracts_contracts_deployed",
				"Contracts on chain at the last block that was counted",
			)?,
			codes_deployed: gauge(
				"caisson_contracts_codes_deployed",
				"Codes on chain at the last block that was counted",
			)?,
		};
		// So that they are there before the first call, and a rate begins at zero.
		for outcome in [EXECUTED, FAILED] {
			metrics.add_weight(outcome, Weight::zero());
		}
		Ok(metrics)
	}

	/// Adds what a block did.
	pub(super) fn add(&self, tally: &Tally) {
		self.executed.inc_by(tally.executed);
		for (error, count) in &tally.failed {
			self.failed.with_label_values(&[error]).inc_by(*count);
		}
		self.add_weight(EXECUTED, tally.executed_weight);
		self.add_weight(FAILED, tally.failed_weight);
		self.codes_stored.inc_by(tally.codes_stored);
		self.codes_removed.inc_by(tally.codes_removed);
		self.instantiated.inc_by(tally.instantiated);
		self.terminated.inc_by(tally.terminated);
		self.events.inc_by(tally.emitted);
		self.blocks.inc();
	}

	fn add_weight(&self, outcome: &str, weight: Weight) {
		let seconds = weight.ref_time() as f64 / WEIGHT_REF_TIME_PER_SECOND as f64;
		self.ref_time_seconds.with_label_values(&[outcome]).inc_by(seconds);
		self.proof_size_bytes.with_label_values(&[outcome]).inc_by(weight.proof_size());
	}

	/// Counts a block that cannot be read.
	pub(super) fn count_undecoded(&self) {
		self.blocks_undecoded.inc();
	}

	/// Shows what is on chain.
	pub(super) fn show(&self, deployed: Deployed) {
		self.contracts_deployed.set(deployed.contracts);
		self.codes_deployed.set(deployed.codes);
	}
}
