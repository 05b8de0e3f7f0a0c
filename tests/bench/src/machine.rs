//! What the figures were measured on.

use serde::Serialize;
use std::{fs, process::Command};

/// The machine, and what the bench was built of.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Machine {
	/// The processor, as it names itself.
	pub(crate) processor: String,
	/// Logical processors.
	pub(crate) cores: usize,
	/// The commit of the repository.
	pub(crate) commit: String,
	/// The day, in UTC.
	pub(crate) day: String,
	/// Bytes of the compressed runtime.
	pub(crate) runtime: usize,
	/// How many processes wanted a processor when the bench began, on average over a minute.
	pub(crate) load: String,
}

impl Machine {
	/// This one.
	pub(crate) fn this(runtime: usize) -> Self {
		let info = fs::read_to_string("/proc/cpuinfo").unwrap_or_default();
		let model = info.lines().find_map(|line| line.strip_prefix("model name")?.split_once(": "));
		let load = fs::read_to_string("/proc/loadavg").unwrap_or_default();
		Self {
			processor: model.map_or("an unknown processor", |(_, name)| name).into(),
			cores: std::thread::available_parallelism().map_or(1, Into::into),
			commit: output("git", &["describe", "--always", "--dirty", "--abbrev=10"]),
			day: output("date", &["-u", "+%Y-%m-%d"]),
			runtime,
			load: load.split(' ').next().unwrap_or_default().into(),
		}
	}
}

/// What a program prints, in one line.
fn output(program: &str, arguments: &[&str]) -> String {
	Command::new(program)
		.args(arguments)
		.output()
		.map(|output| String::from_utf8_lossy(&output.stdout).trim().into())
		.unwrap_or_default()
}
