//! The tables as files: JSON for tools, `docs/abi.md` for readers.
//!
//! A change of a table is a difference of these files. They are compared, and recorded anew only with
//! `UPDATE_GOLDEN=1`.

mod golden {
	pub(crate) mod json;
	pub(crate) mod markdown;
}

use caisson_contracts_abi::Abi;
use golden::{json, markdown};
use std::{env, fs, path::PathBuf};

fn in_workspace(path: &str) -> PathBuf {
	PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../..").join(path)
}

/// Compares `text` with the file at `path`, or records it.
#[track_caller]
fn assert_golden(path: &str, text: &str) {
	let file = in_workspace(path);
	if env::var_os("UPDATE_GOLDEN").is_some_and(|value| value == "1") {
		if let Some(folder) = file.parent() {
			fs::create_dir_all(folder).expect("the folder can be made");
		}
		fs::write(&file, text).expect("the file can be written");
		return;
	}
	let recorded = fs::read_to_string(&file)
		.unwrap_or_else(|error| panic!("{path}: {error}; record it with UPDATE_GOLDEN=1"));
	let different = recorded.lines().zip(text.lines()).position(|(old, new)| old != new);
	let line = different.unwrap_or(recorded.lines().count().min(text.lines().count()));
	assert!(
		recorded == text,
		"{path} differs from line {}:\n  recorded {:?}\n  now      {:?}\n\
		An interface has changed; if it may, record it with UPDATE_GOLDEN=1.",
		line.saturating_add(1),
		recorded.lines().nth(line),
		text.lines().nth(line),
	);
}

#[test]
fn tables_are_as_recorded() {
	for abi in Abi::ALL {
		assert_golden(&format!("tests/golden/{}.json", abi.name()), &json::render(abi));
	}
}

#[test]
fn documentation_is_as_recorded() {
	assert_golden("docs/abi.md", &markdown::render());
}
