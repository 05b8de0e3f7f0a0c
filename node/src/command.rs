//! What the options and subcommands do.

use crate::{
	chain_spec::{self, Purpose},
	cli::{Cli, Subcommand},
	service::{self, disk::Disk, Block, ChainOps},
};
use sc_cli::{CliConfiguration, SubstrateCli};
use sc_network::config::NetworkBackendType;
use std::time::Duration;

impl SubstrateCli for Cli {
	fn impl_name() -> String {
		"Caisson Node".into()
	}

	fn impl_version() -> String {
		env!("SUBSTRATE_CLI_IMPL_VERSION").into()
	}

	fn description() -> String {
		env!("CARGO_PKG_DESCRIPTION").into()
	}

	fn author() -> String {
		"the Caisson authors".into()
	}

	fn support_url() -> String {
		"the place where you got this node from".into()
	}

	fn copyright_start_year() -> i32 {
		2026
	}

	fn load_spec(&self, id: &str) -> Result<Box<dyn sc_service::ChainSpec>, String> {
		let purpose = match self.subcommand {
			Some(Subcommand::BuildSpec(_) | Subcommand::ExportChainSpec(_)) => Purpose::Export,
			_ => Purpose::Run,
		};
		Ok(Box::new(chain_spec::load(id, purpose)?))
	}
}

/// Parses the command line and does what it says.
pub(crate) fn run() -> sc_cli::Result<()> {
	let cli = Cli::from_args();
	match &cli.subcommand {
		None => run_node(&cli),
		Some(Subcommand::Key(command)) => command.run(&cli),
		Some(Subcommand::BuildSpec(command)) => cli
			.create_runner(command)?
			.sync_run(|config| command.run(config.chain_spec, config.network)),
		Some(Subcommand::ExportChainSpec(command)) => command.run(cli.load_spec(&command.chain)?),
		Some(Subcommand::PurgeChain(command)) => {
			cli.create_runner(command)?.sync_run(|config| command.run(config.database))
		},
		Some(Subcommand::ChainInfo(command)) => {
			cli.create_runner(command)?.sync_run(|config| command.run::<Block>(&config))
		},
		Some(Subcommand::CheckBlock(command)) => {
			let dev = command.is_dev()?;
			cli.create_runner(command)?.async_run(|config| {
				let ChainOps { client, import_queue, tasks, .. } =
					service::chain_ops(&config, dev)?;
				Ok((command.run(client, import_queue), tasks))
			})
		},
		Some(Subcommand::ExportBlocks(command)) => {
			let dev = command.is_dev()?;
			cli.create_runner(command)?.async_run(|config| {
				let ChainOps { client, tasks, .. } = service::chain_ops(&config, dev)?;
				Ok((command.run(client, config.database), tasks))
			})
		},
		Some(Subcommand::ExportState(command)) => {
			let dev = command.is_dev()?;
			cli.create_runner(command)?.async_run(|config| {
				let ChainOps { client, tasks, .. } = service::chain_ops(&config, dev)?;
				Ok((command.run(client, config.chain_spec), tasks))
			})
		},
		Some(Subcommand::ImportBlocks(command)) => {
			let dev = command.is_dev()?;
			cli.create_runner(command)?.async_run(|config| {
				let ChainOps { client, import_queue, tasks, .. } =
					service::chain_ops(&config, dev)?;
				Ok((command.run(client, import_queue), tasks))
			})
		},
		Some(Subcommand::Revert(command)) => revert(&cli, command),
	}
}

/// Runs the node until it is told to stop.
fn run_node(cli: &Cli) -> sc_cli::Result<()> {
	let dev = cli.run.is_dev()?;
	let seal = cli.seal.unwrap_or_default();
	let threshold = cli.db_storage_threshold;
	let period = Duration::from_secs(cli.db_storage_polling_period.get());
	cli.create_runner(&cli.run)?.run_node_until_exit(|config| async move {
		let disk = Disk::of(&config.database, threshold);
		if let Some(disk) = &disk {
			disk.ensure_free().map_err(|error| sc_cli::Error::Input(error.to_string()))?;
		}
		let tasks = match config.network.network_backend {
			// The option is the SDK's. The other backend would be built in for nobody: the SDK keeps
			// it for networks that were there before.
			NetworkBackendType::Libp2p => {
				return Err(sc_cli::Error::Input(
					"this node has only the network backend litep2p".into(),
				))
			},
			NetworkBackendType::Litep2p if dev => service::dev::start(config, seal)?,
			NetworkBackendType::Litep2p => service::network::start(config)?,
		};
		if let Some(disk) = disk {
			disk.watch(period, &tasks);
		}
		Ok(tasks)
	})
}

/// Takes back the last blocks, and what GRANDPA has noted of them.
fn revert(cli: &Cli, command: &sc_cli::RevertCmd) -> sc_cli::Result<()> {
	let dev = command.is_dev()?;
	cli.create_runner(command)?.async_run(|config| {
		let ChainOps { client, backend, tasks, .. } = service::chain_ops(&config, dev)?;
		// A development chain has nothing of GRANDPA's in its database.
		let revert_grandpa = (!dev).then(|| {
			Box::new(|client, _, blocks| {
				sc_consensus_grandpa::revert(client, blocks)?;
				Ok(())
			}) as Box<_>
		});
		Ok((command.run(client, backend, revert_grandpa), tasks))
	})
}
