//! The tables as `docs/abi.md`.

use super::json::snake_case;
use caisson_contracts_abi::{Abi, Charge, Effect, FunctionSpec, OnReadOnly, Status};
use std::fmt::Write;

const HEAD: &str = "\
# The guest interfaces

<!-- Written by `UPDATE_GOLDEN=1 cargo test -p caisson-contracts-abi`; changes by hand are lost. -->

A contract is a Wasm module that belongs to one interface. Its imports tell which: a name belongs to one
interface only. A module without imports tells it by its exports, or by a custom section `caisson.abi`
that holds the interface's name. Imports of two interfaces in one module are refused at upload.

How to read the tables:

- **Function**: the import's name, in the module `env` unless another stands before it: `seal1.call` is
  `call` of `seal1`. A second name means the same function. *Deprecated*: code that is on chain goes on
  using it, uploads are refused. *Unstable*: behind a switch of the chain, and may still change.
- **Signature**: the import's parameters. `ptr` and `len` are offsets and lengths in memory, `i32` in
  Wasm; all of them are read as unsigned numbers. A function with two signatures accepts either.
- **Gas**: the interface's own unit, in the names of parameters. It is counted beside the weight that is
  charged, and reported with the result. *Entry*: counted before anything is looked at. *Body*: counted
  by the function, after the checks that the interface puts first.
- **Effect**: what *mutates* is refused in a read-only call, in the way that is given.
- **Capability**: what the deployer may withhold; a call of the function fails then.
- **Weight**: the operation that is charged, benchmarked on each chain. Functions of different
  interfaces that do the same work cost the same weight.
";

fn introduction(abi: Abi) -> &'static str {
	match abi {
		Abi::Seal => {
			"\
The interface of pallet-contracts 51.0.0: what ink! 3, 4 and 5 and Solang emit. A contract imports its
memory as `env.memory`, and exports `call` and `deploy` of type `() -> ()` or `() -> i32`, and nothing else.

What holds for every function: memory that a pointer names and the guest does not have, bytes that are
not an encoding of what is expected, and an output that its buffer does not hold trap. `out_len_ptr` and
its kind point to a `u32` with the size of a buffer, which the length of the output replaces. Values are
SCALE: a balance is a `u128`, an account and a hash are 32 bytes. The lengths of these are not looked at.
Codes: 0 success, 1 the callee trapped, 2 the callee reverted, 3 no such entry, 5 the transfer failed,
7 no such code, 8 no such contract, 10 the runtime call failed, 11 no ECDSA key, 12 the sr25519 signature
is not valid, 13 the XCM program failed, 14 it could not be sent. The interface has no gas of its own.
"
		},
		Abi::Baals => {
			"\
The interface for new contracts. A contract defines and exports its `memory`, and exports its methods as
functions `(ptr, len) -> i32`. The arguments, a list of byte strings, lie at offset 0: their number as a
`u64`, then for each its length as a `u64` and its bytes, all little-endian. A result above 0 is the
number of bytes of output, from offset 0; 0 or less is success without output. A call looks for the
method by its name, by `_` and its name, then for `main`; a deployment for `instantiate`, `init`, then
`_start`.
"
		},
		Abi::Aureon => {
			"\
A contract defines and exports its `memory`, and exports its methods as functions of any integer
parameters and one integer result or none. A call names an export, or `run` with an empty name. Each
argument is given by the export's type: bytes as a pair `(ptr, len)`, a number as `i64` from 8 bytes or
`i32` from 4, little-endian. The result, little-endian, is the output. `init` of type `() -> ()` is the
constructor.
"
		},
		Abi::Dytallix => {
			"\
A contract defines and exports its `memory`, and exports its methods as functions `contract_<method>` of
type `(ptr, len) -> i32`. The input lies at offset 1,024. A result above 0 is the offset of the output:
its length as a little-endian `u32`, and its bytes behind; 0 or less is success without output.
`contract_init` is the constructor.
"
		},
	}
}

/// The whole document.
pub(crate) fn render() -> String {
	let mut text = String::from(HEAD);
	for abi in Abi::ALL {
		section(&mut text, abi).expect("writing to a string does not fail");
	}
	text
}

fn section(text: &mut String, abi: Abi) -> std::fmt::Result {
	write!(text, "\n## {}\n\n{}", abi.name(), introduction(abi))?;
	text.push_str("\n| function | signature | gas | counted | effect | capability | weight |\n");
	text.push_str("|---|---|---|---|---|---|---|\n");
	for spec in abi.functions() {
		writeln!(
			text,
			"| {} | `{}` | {} | {} | {} | {} | {} |",
			function(spec),
			signature(spec),
			gas(spec),
			match spec.charge {
				Charge::Entry => "entry",
				Charge::Body => "body",
			},
			effect(spec),
			spec.capability
				.map_or(String::new(), |capability| snake_case(&format!("{capability:?}"))),
			snake_case(&format!("{:?}", spec.cost)),
		)?;
	}
	for spec in abi.functions() {
		write!(text, "\n### `{}{}`\n\n{}", import(spec), signature(spec), doc(spec))?;
	}
	Ok(())
}

/// The name, with the module where it is not that of most interfaces.
fn import(spec: &FunctionSpec) -> String {
	match spec.module {
		"env" => spec.name.to_string(),
		module => format!("{module}.{}", spec.name),
	}
}

/// All names, and the status of what is not for everybody.
fn function(spec: &FunctionSpec) -> String {
	let alias = spec.alias.map_or(String::new(), |alias| format!(", `{alias}`"));
	let status = match spec.status {
		Status::Stable => "",
		Status::Unstable => "; unstable",
		Status::Deprecated => "; deprecated",
	};
	format!("`{}`{alias}{status}", import(spec))
}

fn signature(spec: &FunctionSpec) -> String {
	let params: Vec<_> = spec
		.params
		.iter()
		.map(|param| format!("{}: {:?}", param.name, param.ty).to_lowercase())
		.collect();
	let result = spec.result.map_or(String::new(), |ty| format!(" -> {ty:?}").to_lowercase());
	format!("({}){result}", params.join(", "))
}

/// The formula, with numbers as they are written in English.
fn gas(spec: &FunctionSpec) -> String {
	let words = spec.gas.split(' ').map(|word| {
		if word.starts_with(|first: char| first.is_ascii_digit()) {
			word.replace('_', ",")
		} else if word.starts_with(|first: char| first.is_ascii_lowercase()) {
			format!("`{word}`")
		} else {
			word.to_string()
		}
	});
	words.collect::<Vec<_>>().join(" ")
}

fn effect(spec: &FunctionSpec) -> String {
	match (spec.effect, spec.on_read_only) {
		(Effect::Read, _) => "reads".to_string(),
		(Effect::Mutate, OnReadOnly::Trap) => "mutates; trap".to_string(),
		(Effect::Mutate, OnReadOnly::Code(code)) if spec.result.is_some() => {
			format!("mutates; {code}")
		},
		(Effect::Mutate, OnReadOnly::Code(_)) => "mutates; trap".to_string(),
		(Effect::Mutate, OnReadOnly::Allowed) => "mutates".to_string(),
	}
}

/// The row's documentation; its headings become one level of text.
fn doc(spec: &FunctionSpec) -> String {
	let mut text = String::new();
	for line in spec.doc.lines() {
		let line = line.strip_prefix(' ').unwrap_or(line);
		match line.strip_prefix("# ") {
			Some(heading) => text += &format!("**{heading}**"),
			None => text += line,
		}
		text.push('\n');
	}
	text
}
