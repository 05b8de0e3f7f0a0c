//! The file that contract clients read: metadata, and the code that it describes.

use blake2::{digest::consts::U32, Blake2b, Digest};
use serde_json::{json, Map, Value};
use std::fmt::Write;

pub(crate) struct Bundle {
	metadata: Map<String, Value>,
}

impl Bundle {
	/// Of what a contract's native program printed, and the code it goes with.
	pub(crate) fn new(
		name: &str,
		language: &str,
		compiler: &str,
		project: &[u8],
		wasm: &[u8],
	) -> serde_json::Result<Self> {
		let mut metadata: Map<String, Value> = serde_json::from_slice(project)?;
		let hash = hex(&Blake2b::<U32>::digest(wasm));
		metadata.insert(
			"source".into(),
			json!({ "hash": hash, "language": language, "compiler": compiler }),
		);
		metadata.insert(
			"contract".into(),
			json!({ "name": name, "version": "0.1.0", "authors": ["Caisson"] }),
		);
		Ok(Self { metadata })
	}

	pub(crate) fn without_code(&self) -> String {
		Value::Object(self.metadata.clone()).to_string()
	}

	pub(crate) fn with_code(mut self, wasm: &[u8]) -> String {
		if let Some(Value::Object(source)) = self.metadata.get_mut("source") {
			source.insert("wasm".into(), hex(wasm).into());
		}
		Value::Object(self.metadata).to_string()
	}
}

fn hex(bytes: &[u8]) -> String {
	let mut text = String::from("0x");
	for byte in bytes {
		write!(text, "{byte:02x}").expect("writing to a string does not fail; qed");
	}
	text
}
