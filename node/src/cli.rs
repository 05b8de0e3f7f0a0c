//! Options and subcommands.

use std::{num::NonZeroU64, str::FromStr, time::Duration};

/// The command line.
#[derive(Debug, clap::Parser)]
pub(crate) struct Cli {
	/// What to do instead of running the node.
	#[command(subcommand)]
	pub(crate) subcommand: Option<Subcommand>,

	/// How to run the node.
	#[clap(flatten)]
	pub(crate) run: sc_cli::RunCmd,

	/// When a development chain makes a block.
	///
	/// - instant: as soon as a transaction is there, one block after the other; the default
	///
	/// - manual: only on the RPC `engine_createBlock`, which the other modes answer as well
	///
	/// - MILLISECONDS: each time that many milliseconds have passed, with transactions or without
	///
	/// Every block is finalised, one with transactions a second later. Only with `--dev`.
	#[arg(long, value_name = "instant|manual|MILLISECONDS", requires = "dev")]
	pub(crate) seal: Option<Seal>,

	/// How many MiB must be free on the disk that the database lies on.
	///
	/// With less the node does not start, and stops if it runs. With 0 it does not look.
	#[arg(long, value_name = "MIB", default_value_t = 1024)]
	pub(crate) db_storage_threshold: u64,

	/// How many seconds lie between two looks at what is free on the disk.
	#[arg(long, value_name = "SECONDS", default_value = "5")]
	pub(crate) db_storage_polling_period: NonZeroU64,
}

/// What to do instead of running the node.
#[derive(Debug, clap::Subcommand)]
pub(crate) enum Subcommand {
	/// Key management utilities.
	#[command(subcommand)]
	Key(sc_cli::KeySubcommand),

	/// Build a chain specification.
	BuildSpec(sc_cli::BuildSpecCmd),

	/// Export the chain specification.
	ExportChainSpec(sc_cli::ExportChainSpecCmd),

	/// Validate blocks.
	CheckBlock(sc_cli::CheckBlockCmd),

	/// Export blocks.
	ExportBlocks(sc_cli::ExportBlocksCmd),

	/// Export the state of a given block into a chain specification.
	ExportState(sc_cli::ExportStateCmd),

	/// Import blocks.
	ImportBlocks(sc_cli::ImportBlocksCmd),

	/// Remove the whole chain.
	PurgeChain(sc_cli::PurgeChainCmd),

	/// Revert the chain to a previous state.
	Revert(sc_cli::RevertCmd),

	/// Print information about the chain in the database.
	ChainInfo(sc_cli::ChainInfoCmd),
}

/// When a development chain makes a block.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) enum Seal {
	/// As soon as a transaction is there.
	#[default]
	Instant,
	/// On request.
	Manual,
	/// Each time that this duration has passed.
	Interval(Duration),
}

impl FromStr for Seal {
	type Err = String;

	fn from_str(text: &str) -> Result<Self, Self::Err> {
		match text {
			"instant" => Ok(Self::Instant),
			"manual" => Ok(Self::Manual),
			_ => text
				.parse::<NonZeroU64>()
				.map(|millis| Self::Interval(Duration::from_millis(millis.get())))
				.map_err(|_| {
					"expected `instant`, `manual` or a number of milliseconds above 0".into()
				}),
		}
	}
}

#[cfg(test)]
mod tests {
	use super::*;
	use clap::{CommandFactory, Parser};

	#[test]
	fn the_command_line_is_consistent() {
		Cli::command().debug_assert();
	}

	#[test]
	fn seal_is_a_word_or_a_number_of_milliseconds() {
		assert_eq!("instant".parse(), Ok(Seal::Instant));
		assert_eq!("manual".parse(), Ok(Seal::Manual));
		assert_eq!("500".parse(), Ok(Seal::Interval(Duration::from_millis(500))));
		for refused in ["", "0", "-1", "1.5", "never", "Instant"] {
			assert!(refused.parse::<Seal>().is_err(), "{refused}");
		}
	}

	#[test]
	fn seal_needs_dev() {
		let parse = |line: &str| Cli::try_parse_from(line.split(' ')).map(|cli| cli.seal);
		assert!(matches!(parse("node --dev --seal manual"), Ok(Some(Seal::Manual))));
		assert!(matches!(parse("node --dev"), Ok(None)));
		assert!(parse("node --seal manual").is_err());
		assert!(parse("node --chain local --seal manual").is_err());
	}
}
