//! ink! contracts: their metadata tells constructors, messages and the types of arguments, from which
//! calls are made, with arguments that make sense and with bytes that do not.

use crate::{
	built,
	chain::{Pair, GAS},
};
use caisson_contracts_api::ContractExecResult;
use caisson_solo_runtime::{Address, Hash, RuntimeCall, RuntimeEvent};
use codec::{Compact, Decode, Encode};
use pallet_wasm_contracts::{Call, Event};
use serde_json::Value;
use sp_keyring::Sr25519Keyring;
use sp_runtime::{traits::BlakeTwo256, traits::Hash as _, AccountId32};

/// Money that goes along where a message takes some.
const MONEY: u128 = 1_000_000_000_000;

/// How many encodings each argument has.
const CHOICES: usize = 3;

/// A constructor or message.
struct Function {
	label: String,
	selector: Vec<u8>,
	takes_money: bool,
	/// The types of the arguments, by their numbers.
	args: Vec<u64>,
}

/// A contract that was built, with its metadata.
struct Contract {
	name: String,
	code: Vec<u8>,
	constructors: Vec<Function>,
	messages: Vec<Function>,
	types: Vec<Value>,
}

/// What arguments can name.
struct Known {
	/// A flipper, Alice, and the contract itself.
	accounts: [[u8; 32]; CHOICES],
	/// Codes that are on chain, a flipper's first.
	codes: Vec<[u8; 32]>,
}

fn functions(spec: &Value) -> Vec<Function> {
	spec.as_array()
		.unwrap()
		.iter()
		.map(|function| {
			let selector = function["selector"].as_str().unwrap().trim_start_matches("0x");
			Function {
				label: function["label"].as_str().unwrap().into(),
				selector: u32::from_str_radix(selector, 16).unwrap().to_be_bytes().to_vec(),
				takes_money: function["payable"].as_bool().unwrap(),
				args: function["args"]
					.as_array()
					.unwrap()
					.iter()
					.map(|arg| arg["type"]["type"].as_u64().unwrap())
					.collect(),
			}
		})
		.collect()
}

/// Every ink! contract that `make guests` built; first those that others call.
fn contracts() -> Vec<Contract> {
	let mut contracts = Vec::new();
	for version in ["v4", "v5"] {
		let folder = built().join("ink").join(version);
		let entries = std::fs::read_dir(&folder)
			.unwrap_or_else(|_| panic!("{} does not exist: run `make guests`", folder.display()));
		for path in entries.map(|entry| entry.unwrap().path()) {
			if path.extension().is_none_or(|extension| extension != "wasm") {
				continue;
			}
			let metadata = std::fs::read(path.with_extension("json")).unwrap();
			let metadata: Value = serde_json::from_slice(&metadata).unwrap();
			contracts.push(Contract {
				name: path.display().to_string(),
				code: std::fs::read(&path).unwrap(),
				constructors: functions(&metadata["spec"]["constructors"]),
				messages: functions(&metadata["spec"]["messages"]),
				types: metadata["types"].as_array().unwrap().clone(),
			});
		}
	}
	contracts.sort_by_key(|contract| (!contract.name.contains("flipper"), contract.name.clone()));
	contracts
}

impl Contract {
	/// Encodes a value of the type number `ty`; a larger `choice` is a larger value, as a rule.
	fn encode(&self, ty: u64, choice: usize, known: &Known, out: &mut Vec<u8>) {
		let ty = &self.types.iter().find(|own| own["id"] == ty).unwrap()["type"];
		let path: Vec<_> =
			ty["path"].as_array().into_iter().flatten().filter_map(Value::as_str).collect();
		let pool = match path.last() {
			Some(&"AccountId") => &known.accounts[..],
			Some(&"Hash") => &known.codes[..],
			_ => &[],
		};
		if !pool.is_empty() {
			return out.extend(pool[choice % pool.len()]);
		}
		let id = |ty: &Value| ty.as_u64().unwrap();
		let (kind, def) = ty["def"].as_object().unwrap().iter().next().unwrap();
		let fields = |of: &Value| of["fields"].as_array().cloned().unwrap_or_default();
		match kind.as_str() {
			"composite" => {
				for field in fields(def) {
					self.encode(id(&field["type"]), choice, known, out);
				}
			},
			"tuple" => {
				for ty in def.as_array().unwrap() {
					self.encode(id(ty), choice, known, out);
				}
			},
			"variant" => {
				let variants = def["variants"].as_array().unwrap();
				let variant = &variants[choice % variants.len()];
				out.push(u8::try_from(id(&variant["index"])).unwrap());
				for field in fields(variant) {
					self.encode(id(&field["type"]), choice, known, out);
				}
			},
			// A selector, as a rule: of what a flipper knows.
			"array" if def["len"] == 4 && choice == 0 => out.extend([0x63, 0x3a, 0xa5, 0x51]),
			"array" => {
				for _ in 0..id(&def["len"]) {
					self.encode(id(&def["type"]), choice, known, out);
				}
			},
			"sequence" => {
				let len: u8 = [0, 3, 40][choice % CHOICES];
				Compact(len).encode_to(out);
				for item in 0..usize::from(len) {
					self.encode(id(&def["type"]), item, known, out);
				}
			},
			"primitive" => primitive(def.as_str().unwrap(), choice, out),
			other => panic!("{}: what is a {other}?", self.name),
		}
	}

	/// The input of a function.
	fn input(&self, function: &Function, choice: usize, known: &Known) -> Vec<u8> {
		let mut input = function.selector.clone();
		for ty in &function.args {
			self.encode(*ty, choice, known, &mut input);
		}
		input
	}

	/// Calls that this contract makes sense of, and then some: input and money.
	fn calls(&self, known: &Known) -> Vec<(Vec<u8>, u128)> {
		let mut calls = Vec::new();
		for message in &self.messages {
			for choice in 0..CHOICES {
				calls.push((self.input(message, choice, known), 0));
			}
			// What takes no money refuses it.
			let input = self.input(message, 1, known);
			calls.push((input.clone(), MONEY));
			// Cut off within the last argument or the selector, and with more behind.
			calls.push((input[..input.len() - 1].to_vec(), 0));
			calls.push(([&input[..], &[0xff; 7]].concat(), 0));
			calls.push(([&message.selector[..], &[0xff; 40]].concat(), 0));
		}
		// No message at all.
		let constructor = self.constructors[0].selector.clone();
		calls.extend([vec![], vec![0; 4], vec![0xff; 64], constructor].map(|input| (input, 0)));
		calls
	}
}

fn primitive(name: &str, choice: usize, out: &mut Vec<u8>) {
	let number: u128 = [0, 1, 77][choice % CHOICES];
	let bytes = match name {
		"bool" => 1,
		"str" => return ["", "word", "ü and ß"][choice % CHOICES].encode_to(out),
		"char" => 4,
		_ => name[1..].parse::<usize>().unwrap() / 8,
	};
	let number = if name == "bool" { number % 2 } else { number };
	out.extend(&number.to_le_bytes()[..bytes]);
}

/// The contract that a block made, if it did.
fn made(events: &[RuntimeEvent]) -> Option<AccountId32> {
	events.iter().find_map(|event| match event {
		RuntimeEvent::Contracts(Event::Instantiated { contract, .. }) => Some(contract.clone()),
		_ => None,
	})
}

#[test]
fn every_ink_contract_does_the_same_natively_and_in_wasm() {
	let mut pair = Pair::new();
	let contracts = contracts();
	let alice = Sr25519Keyring::Alice.to_account_id();
	let mut known = Known { accounts: [alice.clone().into(); CHOICES], codes: Vec::new() };
	let (mut succeeded, mut failed, mut answered) = (0u32, 0u32, 0u32);
	for contract in &contracts {
		let name = &contract.name;
		known.codes.push(BlakeTwo256::hash(&contract.code).into());
		// Every constructor with every choice; what is called is what the last that worked made.
		let mut address = None;
		for (number, constructor) in contract.constructors.iter().enumerate() {
			for choice in 0..CHOICES {
				let call = RuntimeCall::Contracts(Call::instantiate_with_code {
					value: if constructor.takes_money { MONEY } else { 0 },
					gas_limit: GAS,
					storage_deposit_limit: None,
					code: contract.code.clone(),
					data: contract.input(constructor, choice, &known),
					salt: vec![u8::try_from(number * CHOICES + choice).unwrap()],
				});
				let what = format!("{name}, {}", constructor.label);
				let (_, events) = pair.block(&what, vec![call]);
				address = made(&events).or(address);
			}
		}
		let address = address.unwrap_or_else(|| panic!("{name}: no constructor worked"));
		// The first is a flipper.
		if known.codes.len() == 1 {
			known.accounts[0] = address.clone().into();
		}
		known.accounts[2] = address.clone().into();
		let calls = contract.calls(&known);
		for block in calls.chunks(16) {
			for (input, value) in block {
				let asked = (&alice, &address, value, Some(GAS), None::<u128>, input).encode();
				let answer = pair.ask(name, "ContractsApi_call", &asked);
				answered += u32::from(is_output(&answer));
			}
			let calls = block.iter().map(|(input, value)| {
				RuntimeCall::Contracts(Call::call {
					dest: Address::Id(address.clone()),
					value: *value,
					gas_limit: GAS,
					storage_deposit_limit: None,
					data: input.clone(),
				})
			});
			let (results, _) = pair.block(name, calls.collect());
			for result in &results[1..] {
				match result {
					Ok(Ok(())) => succeeded += 1,
					Ok(Err(_)) => failed += 1,
					Err(invalid) => panic!("{name}: an extrinsic was not valid: {invalid:?}"),
				}
			}
		}
	}
	println!(
		"{} ink! contracts; {succeeded} calls succeeded, {failed} failed; {answered} dry runs had an \
		 output; state root {:?}",
		contracts.len(),
		pair.header().state_root
	);
	assert!(contracts.len() > 20, "only {} contracts were found", contracts.len());
	assert!(succeeded > 200 && failed > 200, "{succeeded} calls succeeded, {failed} failed");
	assert!(answered > 200, "only {answered} dry runs had an output");
}

/// Whether the answer of `ContractsApi_call` is an output and no error.
fn is_output(answer: &[u8]) -> bool {
	type Record = frame_system::EventRecord<RuntimeEvent, Hash>;
	let result = ContractExecResult::<u128, Record>::decode(&mut &answer[..]).unwrap();
	assert!(result.gas_consumed.all_lte(GAS));
	result.result.is_ok_and(|output| !output.data.is_empty())
}
