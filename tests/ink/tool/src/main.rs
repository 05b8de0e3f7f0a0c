//! Turns compiled ink! contracts into what a chain and its clients take.
//!
//!     caisson-ink-tool LANGUAGE COMPILER PROGRAMS MODULES OUT NAME[=AS]...
//!
//! For each NAME it strips and checks MODULES/NAME.wasm, runs PROGRAMS/NAME for the metadata, and writes
//! OUT/AS.wasm, OUT/AS.json (metadata) and OUT/AS.contract (metadata and code). LANGUAGE and COMPILER are
//! what the metadata says of the code. It prints a line for each contract that changed.

mod bundle;
mod module;

use bundle::Bundle;
use std::{
	env,
	error::Error,
	fs, io,
	path::{Path, PathBuf},
	process::{Command, ExitCode},
};

const USAGE: &str = "usage: caisson-ink-tool LANGUAGE COMPILER PROGRAMS MODULES OUT NAME[=AS]...";

/// What all contracts of one run have in common.
struct Run {
	language: String,
	compiler: String,
	programs: PathBuf,
	modules: PathBuf,
	out: PathBuf,
}

fn main() -> ExitCode {
	let mut arguments = env::args().skip(1);
	let mut next = || arguments.next();
	let (Some(language), Some(compiler), Some(programs), Some(modules), Some(out)) =
		(next(), next(), next(), next(), next())
	else {
		eprintln!("{USAGE}");
		return ExitCode::from(2);
	};
	let run = Run {
		language,
		compiler,
		programs: programs.into(),
		modules: modules.into(),
		out: out.into(),
	};
	for argument in arguments {
		let (name, output) = argument.split_once('=').unwrap_or((&argument, &argument));
		if let Err(error) = run.contract(name, output) {
			eprintln!("{output}: {error}");
			return ExitCode::FAILURE;
		}
	}
	ExitCode::SUCCESS
}

impl Run {
	fn contract(&self, name: &str, output: &str) -> Result<(), Box<dyn Error>> {
		let compiled = read(&self.modules.join(format!("{name}.wasm")))?;
		let wasm = module::strip(&compiled)?;
		let contents = module::check(&wasm)?;

		let program = self.programs.join(name);
		let printed = Command::new(&program)
			.output()
			.map_err(|error| format!("{}: {error}", program.display()))?;
		if !printed.status.success() {
			return Err(String::from_utf8_lossy(&printed.stderr).into());
		}
		let bundle = Bundle::new(output, &self.language, &self.compiler, &printed.stdout, &wasm)?;

		fs::create_dir_all(&self.out)?;
		let path = |extension| self.out.join(format!("{output}.{extension}"));
		// The module last: whoever sees a new one finds its metadata.
		write_changed(&path("json"), bundle.without_code().as_bytes())?;
		write_changed(&path("contract"), bundle.with_code(&wasm).as_bytes())?;
		if write_changed(&path("wasm"), &wasm)? {
			println!("{output}: {} bytes, {contents}", wasm.len());
		}
		Ok(())
	}
}

fn read(path: &Path) -> Result<Vec<u8>, String> {
	fs::read(path).map_err(|error| format!("{}: {error}", path.display()))
}

/// Writes a file in one step, for tests that may be reading, if it does not hold that already.
fn write_changed(path: &Path, content: &[u8]) -> io::Result<bool> {
	if fs::read(path).is_ok_and(|old| old == content) {
		return Ok(false);
	}
	let unfinished = path.with_extension(format!("{}.tmp", std::process::id()));
	fs::write(&unfinished, content)?;
	fs::rename(&unfinished, path)?;
	Ok(true)
}
