//! Node of Caisson: hosts the solo runtime as a network node, or alone as a development chain.
//!
//! | module | what is in it |
//! |---|---|
//! | `cli` | options and subcommands |
//! | `command` | what each of them does |
//! | `chain_spec` | the chains that it knows by name |
//! | `service` | the node: parts, network mode, development mode |
//! | `rpc` | JSON-RPC beyond what every Substrate node has |
//!
//! There is no chain logic in here: what a block means is the runtime's business.

#![allow(clippy::result_large_err, reason = "the SDK's errors are as large as they are")]

mod chain_spec;
mod cli;
mod command;
mod rpc;
mod service;

fn main() -> sc_cli::Result<()> {
	command::run()
}
