//! A table as JSON.

use caisson_contracts_abi::{Abi, FunctionSpec, OnReadOnly};
use serde_json::{json, Value};

/// The table of `abi`, one key a line.
pub(crate) fn render(abi: Abi) -> String {
	let functions: Vec<_> = abi.functions().iter().map(function).collect();
	let table = json!({ "abi": abi.name(), "functions": functions, "number": abi as u8 });
	let text = serde_json::to_string_pretty(&table).expect("a table has no keys but strings");
	format!("{text}\n")
}

// Keys stand in the order of the alphabet, so that the text is the same whether or not the library
// keeps the order of insertion, which is a feature that any other crate may turn on.
fn function(spec: &FunctionSpec) -> Value {
	let params: Vec<_> = spec
		.params
		.iter()
		.map(|param| {
			let (ty, wasm) = (format!("{:?}", param.ty), format!("{:?}", param.ty.wasm()));
			json!({ "name": param.name, "type": ty.to_lowercase(), "wasm": wasm.to_lowercase() })
		})
		.collect();
	let on_read_only = match spec.on_read_only {
		OnReadOnly::Code(code) => json!({ "code": code }),
		OnReadOnly::Trap => json!("trap"),
		OnReadOnly::Allowed => json!("allowed"),
	};
	json!({
		"alias": spec.alias,
		"capability": spec.capability.map(|capability| snake_case(&format!("{capability:?}"))),
		"charge": format!("{:?}", spec.charge).to_lowercase(),
		"cost": snake_case(&format!("{:?}", spec.cost)),
		"effect": format!("{:?}", spec.effect).to_lowercase(),
		"gas": spec.gas,
		"module": spec.module,
		"name": spec.name,
		"on_read_only": on_read_only,
		"params": params,
		"result": spec.result.map(|ty| format!("{ty:?}").to_lowercase()),
		"row": spec.id.row,
		"rust_name": spec.rust_name,
		"status": format!("{:?}", spec.status).to_lowercase(),
		"subject": spec.subject,
	})
}

/// `StorageRead` as `storage_read`.
pub(crate) fn snake_case(name: &str) -> String {
	let mut snake = String::new();
	for letter in name.chars() {
		if letter.is_uppercase() && !snake.is_empty() {
			snake.push('_');
		}
		snake.extend(letter.to_lowercase());
	}
	snake
}
