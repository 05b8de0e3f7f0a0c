//! A contract for each row of `seal`, and what lies in its memory for the row to do what it is for.

use crate::{
	code::{store, BEHAVIOUR_VERSION},
	exec::{Outcome, RootCall, Target},
	mock::{AccountId, Balances, Contracts, RuntimeCall, RuntimeOrigin, Test, ALICE, BOB, RICH},
	state::child_trie,
	tests::builder::*,
	types::{AbiId, CapabilitySet, CodeInfo, ContractSettings, LoadInputs, PreparedCode},
	CodeInfoOf, ContractInfoOf, ContractSettingsOf, Event, HoldReason, PreparedCodeOf,
	PristineCode,
};
use caisson_contracts_abi::{spec::ParamSpec, types::WasmType, FunctionSpec, ParamType, Status};
use caisson_contracts_api::{Code, Determinism};
use codec::{Compact, Encode};
use frame_support::traits::fungible::MutateHold;
use sp_core::{ecdsa, sr25519, Pair, H256};
use sp_io::default_child_storage;
use sp_runtime::Weight;
use std::{format, string::String, vec::Vec};

/// The end of memory: four pages.
pub(super) const END: u32 = 4 * 65_536;

/// Length of the values, inputs and outputs that are the guest's to choose.
pub(super) const BYTES: u32 = 8;

/// Where things lie. All but the outputs are the input of the call, which the guest copies to 0.
mod place {
	/// The arguments, eight bytes each.
	pub(super) const ARGS: u32 = 0;
	/// The row's result, and behind it the sizes of the two buffers: what the guest returns.
	pub(super) const RESULT: u32 = 256;
	pub(super) const OUT_CAP: u32 = 264;
	pub(super) const ADDRESS_CAP: u32 = 268;
	/// Whether what a row needs first is done.
	pub(super) const FIRST: u32 = 272;
	pub(super) const KEY: u32 = 512;
	pub(super) const VALUE: u32 = 576;
	pub(super) const WHOM: u32 = 640;
	pub(super) const DATA: u32 = 704;
	pub(super) const SALT: u32 = 832;
	pub(super) const SIGNATURE: u32 = 896;
	pub(super) const HASH: u32 = 1_024;
	pub(super) const TOPICS: u32 = 1_088;
	/// No limit.
	pub(super) const DEPOSIT: u32 = 1_152;
	pub(super) const CALL: u32 = 1_216;
	/// Length of all of the above.
	pub(super) const IMAGE: u32 = 2_048;
	/// Length of the input, for the row that copies it to here.
	pub(super) const INPUT_LEN: u32 = 65_536;
	pub(super) const OUT: u32 = 131_072;
	pub(super) const ADDRESS: u32 = 135_168;
}

/// What a row does with a pointer.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Role {
	/// Reads so many bytes.
	Value(u32),
	/// Reads as many bytes as the argument of this number says.
	Bytes(usize),
	/// Reads whatever is there to the end of memory.
	Rest,
	/// Writes an output. Where the size of a buffer belongs to it, that is the offset in the image.
	Output(Option<u32>),
	/// Reads the size of a buffer and replaces it by the output's.
	Capacity,
	/// Nothing.
	Unused,
}

/// The number of the parameter `name`.
fn number(spec: &FunctionSpec, name: &str) -> Option<usize> {
	spec.params.iter().position(|param| param.name == name)
}

/// Whether `u32::MAX` in place of a pointer means none.
pub(super) fn is_optional(spec: &FunctionSpec, param: &ParamSpec) -> bool {
	match param.name {
		"deposit_ptr" | "address_ptr" => true,
		"output_ptr" => number(spec, "output_len_ptr").is_some(),
		_ => false,
	}
}

/// What `spec` does with its parameter of this number, a pointer.
pub(super) fn role(spec: &FunctionSpec, at: usize) -> Role {
	let param = &spec.params[at];
	let row = spec.rust_name;
	// Nothing is left of rent, and on chain nobody reads what is said.
	if row.starts_with("restore_to")
		|| row.starts_with("set_rent_allowance")
		|| row == "debug_message"
	{
		return Role::Unused;
	}
	let is_money = matches!(spec.subject, "balance" | "call");
	match (row, param.name) {
		(_, "out_ptr") => Role::Output(number(spec, "out_len_ptr").map(|_| place::OUT_CAP)),
		(_, "output_ptr") => Role::Output(number(spec, "output_len_ptr").map(|_| place::OUT_CAP)),
		(_, "address_ptr") => Role::Output(Some(place::ADDRESS_CAP)),
		("ecdsa_to_eth_address", "key_ptr") => Role::Value(33),
		("ecdsa_recover", "signature_ptr") => Role::Value(65),
		("sr25519_verify", "signature_ptr") => Role::Value(64),
		("xcm_send", "dest_ptr") => Role::Rest,
		(_, "out_len_ptr" | "output_len_ptr" | "address_len_ptr") => Role::Capacity,
		(_, "deposit_ptr") => Role::Value(16),
		(_, "value_ptr") if is_money => Role::Value(16),
		(
			_,
			"account_ptr" | "callee_ptr" | "code_hash_ptr" | "beneficiary_ptr" | "message_hash_ptr"
			| "pub_key_ptr",
		) => Role::Value(32),
		(_, "key_ptr") if number(spec, "key_len").is_none() => Role::Value(32),
		(_, name) => match number(spec, &name.replace("_ptr", "_len")) {
			Some(len) => Role::Bytes(len),
			None => panic!("{row}: what does {name} point to?"),
		},
	}
}

/// A value with which the row does what it is for.
fn valid(spec: &FunctionSpec, param: &ParamSpec, call_len: u32) -> u64 {
	let value = match (param.ty, param.name) {
		(ParamType::Ptr, "key_ptr") => place::KEY,
		(ParamType::Ptr, "value_ptr") => place::VALUE,
		(
			ParamType::Ptr,
			"account_ptr" | "callee_ptr" | "code_hash_ptr" | "beneficiary_ptr" | "dest_ptr",
		) => place::WHOM,
		(
			ParamType::Ptr,
			"input_data_ptr" | "data_ptr" | "str_ptr" | "input_ptr" | "message_ptr" | "msg_ptr"
			| "subject_ptr" | "rent_allowance_ptr" | "delta_ptr",
		) => place::DATA,
		(ParamType::Ptr, "salt_ptr") => place::SALT,
		(ParamType::Ptr, "signature_ptr") => place::SIGNATURE,
		(ParamType::Ptr, "message_hash_ptr" | "pub_key_ptr") => place::HASH,
		(ParamType::Ptr, "topics_ptr") => place::TOPICS,
		(ParamType::Ptr, "deposit_ptr") => place::DEPOSIT,
		(ParamType::Ptr, "call_ptr") => place::CALL,
		(ParamType::Ptr, "out_ptr" | "output_ptr") => place::OUT,
		(ParamType::Ptr, "address_ptr") => place::ADDRESS,
		(ParamType::Ptr, "out_len_ptr" | "output_len_ptr") => place::OUT_CAP,
		(ParamType::Ptr, "address_len_ptr") => place::ADDRESS_CAP,
		(
			ParamType::Len,
			"key_len" | "value_len" | "input_data_len" | "data_len" | "str_len" | "input_len"
			| "message_len" | "msg_len" | "subject_len" | "salt_len" | "rent_allowance_len",
		) => BYTES,
		(
			ParamType::Len,
			"account_len" | "callee_len" | "code_hash_len" | "beneficiary_len" | "dest_len",
		) => 32,
		// A list of one.
		(ParamType::Len, "topics_len") => 33,
		(ParamType::Len, "call_len") => call_len,
		// No flags, no limits.
		(ParamType::I32, "flags" | "id" | "delta_count")
		| (ParamType::I64, "gas" | "ref_time_limit" | "proof_size_limit") => 0,
		_ => panic!("{}: what is a valid value of {:?}?", spec.rust_name, param.name),
	};
	value.into()
}

/// The Wasm of a row's import, under the name `$as_name`.
fn import(spec: &FunctionSpec, name: &str, as_name: &str) -> String {
	let wasm = |ty: WasmType| match ty {
		WasmType::I32 => " i32",
		WasmType::I64 => " i64",
	};
	let params: String = spec.params.iter().map(|param| wasm(param.ty.wasm())).collect();
	let result = spec.result.map(|ty| format!("(result{})", wasm(ty))).unwrap_or_default();
	format!("(import {:?} {name:?} (func ${as_name} (param{params}) {result}))\n", spec.module)
}

/// The row of this Rust name.
pub(super) fn row(name: &str) -> &'static FunctionSpec {
	let mut rows = caisson_contracts_abi::Abi::Seal.functions().iter();
	rows.find(|spec| spec.rust_name == name).expect("there is such a row")
}

/// What a row needs in storage, done by the constructor, and what it needs within the same call.
fn first(spec: &FunctionSpec) -> (&'static [&'static str], &'static str, &'static str) {
	let (key, value) = (place::KEY, place::VALUE);
	assert_eq!((key, value, place::WHOM), (512, 576, 640), "the calls below count on it");
	match (spec.subject, spec.rust_name) {
		("storage", _) => (
			&["set_storage_v0", "set_storage_v2"],
			"(call $set_storage_v0 #512 #576 #8) (drop (call $set_storage_v2 #512 #8 #576 #8))",
			"",
		),
		("transient", _) => {
			(&["set_transient_storage"], "", "(drop (call $set_transient_storage #512 #8 #576 #8))")
		},
		(_, "unlock_delegate_dependency") => {
			(&["lock_delegate_dependency"], "(call $lock_delegate_dependency #640)", "")
		},
		_ => (&[], "", ""),
	}
}

/// The module, with `memory` for its memory: `call` runs the row by its import `name` with the arguments
/// that are its input, and returns the row's result and the sizes of the buffers.
fn module(spec: &FunctionSpec, name: &str, memory: &str) -> Vec<u8> {
	let (rows, before, first) = first(spec);
	let needed = [&["input", "seal_return"], rows].concat();
	let imports: String =
		needed.iter().map(|name| import(row(name), row(name).name, name)).collect();
	let operands: String = spec
		.params
		.iter()
		.zip((place::ARGS..).step_by(8))
		.map(|(param, at)| match param.ty.wasm() {
			WasmType::I32 => format!("(i32.load #{at})"),
			WasmType::I64 => format!("(i64.load #{at})"),
		})
		.collect();
	let call = format!("(call $row {operands})");
	let store = match spec.result {
		Some(WasmType::I32) => format!("(i32.store #{} {call})", place::RESULT),
		Some(WasmType::I64) => format!("(i64.store #{} {call})", place::RESULT),
		None => call,
	};
	let input = format!("(i32.store #{0} #{0}) (call $input #0 #{0})", place::INPUT_LEN);
	let row = import(spec, name, "row");
	inline(&constants(&format!(
		r#"(module {imports} {row} {memory}
		(func (export "deploy") {input} {before})
		(func (export "call") {input}
			(if (i32.load8_u #{flag}) (then {first}))
			{store}
			(call $seal_return #0 #{result} #16)))"#,
		flag = place::FIRST,
		result = place::RESULT,
	)))
}

/// Stores code as an older chain has it, which an upload of today would refuse.
fn put_old_code(code: Vec<u8>, prepared: Vec<u8>, rows: &[&FunctionSpec]) -> H256 {
	let hash = H256(sp_io::hashing::blake2_256(&code));
	let code_len = u32::try_from(code.len()).unwrap();
	let deposit = store::deposit::<Test>(code_len);
	Balances::hold(&HoldReason::CodeUploadDepositReserve.into(), &ALICE, deposit).unwrap();
	let determinism = Determinism::Enforced;
	let info = CodeInfo { owner: ALICE, deposit, refcount: 0, determinism, code_len };
	CodeInfoOf::<Test>::insert(hash, info);
	PristineCode::<Test>::insert(hash, crate::types::CodeVec::try_from(code).unwrap());
	let plan: Vec<u8> = rows.iter().map(|spec| spec.id.row).collect();
	let prepared = PreparedCode {
		behaviour: BEHAVIOUR_VERSION,
		abi: AbiId::Seal,
		plan: plan.try_into().unwrap(),
		inputs: LoadInputs {
			code_bytes: code_len,
			instructions: code_len,
			functions: 2,
			pages: END / 65_536,
			..LoadInputs::default()
		},
		code: prepared.try_into().unwrap(),
	};
	PreparedCodeOf::<Test>::insert(hash, prepared);
	hash
}

/// The code of a row's contract: uploaded, or old code where its import is closed to new one.
fn code(spec: &FunctionSpec, name: &str) -> Code<H256> {
	let code = module(spec, name, r#"(import "env" "memory" (memory 4))"#);
	if spec.status != Status::Deprecated {
		return Code::Upload(code);
	}
	let prepared = module(spec, name, r#"(memory (export "memory") 4 16)"#);
	Code::Existing(put_old_code(code, prepared, &[row("input"), row("seal_return"), spec]))
}

/// Makes a contract by Alice, of whom it gets some money. One of old code was made before that was old: of
/// another, in place of which it gets it.
fn instantiate(code: Code<H256>, data: Vec<u8>) -> AccountId {
	let (origin, limit) = (RuntimeOrigin::signed(ALICE), Some(Compact(RICH / 2)));
	let salt = Contracts::fresh_salt();
	let (code, old) = match code {
		Code::Upload(code) => (code, None),
		Code::Existing(hash) => (inline(&constants(CALLEE)), Some(hash)),
	};
	Contracts::instantiate_with_code(origin, 1_000, GAS, limit, code, data, salt).unwrap();
	let made = |event| match event {
		Event::Instantiated { contract, .. } => Some(contract),
		_ => None,
	};
	let contract = events().into_iter().rev().find_map(made).unwrap();
	if let Some(hash) = old {
		Contracts::set_code(RuntimeOrigin::root(), contract.clone(), hash).unwrap();
	}
	contract
}

/// A contract that returns as many bytes as a row's value has, whatever it is asked.
const CALLEE: &str = r#"(module
	(import "seal0" "seal_return" (func $return (param i32 i32 i32)))
	(import "env" "memory" (memory 1))
	(func (export "deploy") (call $return #0 #0 #8))
	(func (export "call") (call $return #0 #0 #8)))"#;

/// A contract that calls the one of which the input begins with the account, read-only and with the rest
/// of the input; it returns the code and the callee's output.
const READER: &str = r#"(module
	(import "seal0" "seal_return" (func $return (param i32 i32 i32)))
	(import "seal0" "input" (func $input (param i32 i32)))
	(import "seal1" "call" (func $call (param i32 i32 i64 i32 i32 i32 i32 i32) (result i32)))
	(import "env" "memory" (memory 2))
	(func (export "deploy"))
	(func (export "call")
		(i32.store #65536 #65536) (call $input #0 #65536)
		(i32.store #65600 #1024)
		(i32.store #65604
			(call $call #16 #0 (i64.const 0) #65540 #32 (i32.sub (i32.load #65536) #32) #65608 #65600))
		(call $return #0 #65604 (i32.add (i32.load #65600) #4))))"#;

/// What the guest returned: the row's result, and the sizes of both buffers behind it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Returned {
	pub(super) result: i64,
	pub(super) output_len: u32,
	pub(super) address_len: u32,
}

impl Returned {
	fn read(spec: &FunctionSpec, data: &[u8]) -> Self {
		let number = |at: usize| u32::from_le_bytes(data[at..at + 4].try_into().unwrap());
		assert_eq!(data.len(), 16, "{}", spec.rust_name);
		Self {
			result: match spec.result {
				Some(WasmType::I64) => i64::from_le_bytes(data[..8].try_into().unwrap()),
				_ => number(0).cast_signed().into(),
			},
			output_len: number(8),
			address_len: number(12),
		}
	}
}

/// A row in a contract, with all that it needs to succeed.
pub(super) struct Case {
	pub(super) spec: &'static FunctionSpec,
	pub(super) contract: AccountId,
	image: Vec<u8>,
}

impl Case {
	/// The contract that has the row by its import `name`.
	pub(super) fn new(spec: &'static FunctionSpec, name: &str) -> Self {
		let callee = instantiate(Code::Upload(inline(&constants(CALLEE))), Vec::new());
		let image = image(spec, &callee);
		let contract = instantiate(code(spec, name), image.clone());
		let mut case = Self { spec, contract, image };
		// Another value than the one that is stored, and an amount that is moved. What goes along with
		// calls is tested apart.
		if matches!(spec.subject, "storage" | "balance") {
			case.image = case.with(place::VALUE, &[5]);
		}
		case
	}

	/// The image with other bytes somewhere.
	fn with(&self, at: u32, bytes: &[u8]) -> Vec<u8> {
		let mut image = self.image.clone();
		image[at as usize..][..bytes.len()].copy_from_slice(bytes);
		image
	}

	/// The valid input.
	pub(super) fn valid(&self) -> Vec<u8> {
		self.image.clone()
	}

	/// The input with the argument `at` replaced.
	pub(super) fn with_arg(&self, at: usize, value: u32) -> Vec<u8> {
		self.with(place::ARGS + 8 * u32::try_from(at).unwrap(), &u64::from(value).to_le_bytes())
	}

	/// The input with another size of the buffer whose size stands at `at`.
	pub(super) fn with_cap(&self, at: u32, cap: u32) -> Vec<u8> {
		self.with(at, &cap.to_le_bytes())
	}

	/// The input with money that goes along.
	pub(super) fn with_value(&self, value: u128) -> Vec<u8> {
		self.with(place::VALUE, &value.to_le_bytes())
	}

	/// The input without what the row needs first within the same call.
	pub(super) fn without_first(&self) -> Vec<u8> {
		self.with(place::FIRST, &[0])
	}

	/// The valid argument of this number.
	pub(super) fn arg(&self, at: usize) -> u32 {
		let at = place::ARGS as usize + 8 * at;
		u32::from_le_bytes(self.image[at..at + 4].try_into().unwrap())
	}

	/// Leaves the contract these capabilities only.
	pub(super) fn limit_to(&self, capabilities: CapabilitySet) {
		ContractSettingsOf::<Test>::insert(&self.contract, ContractSettings { capabilities });
		// As if it had been made with them: its trie's id tells.
		ContractInfoOf::<Test>::mutate(&self.contract, |info| {
			let info = info.as_mut().unwrap();
			let old = child_trie::info(&info.trie_id);
			info.trie_id.try_push(1).unwrap();
			let new = child_trie::info(&info.trie_id);
			let mut key = Vec::new();
			while let Some(next) = default_child_storage::next_key(old.storage_key(), &key) {
				let value = default_child_storage::get(old.storage_key(), &next).unwrap();
				default_child_storage::set(new.storage_key(), &next, &value);
				key = next;
			}
		});
	}

	/// Runs the row.
	pub(super) fn run(&self, input: Vec<u8>, gas_limit: Weight, read_only: bool) -> Outcome<Test> {
		run(&self.contract, input, gas_limit, read_only)
	}

	/// Runs the row in a read-only sub-call: whether it trapped there, or what it returned.
	pub(super) fn read_only_below(&self) -> Option<Option<Returned>> {
		let reader = instantiate(Code::Upload(inline(&constants(READER))), Vec::new());
		let account: &[u8] = self.contract.as_ref();
		// What it would need first is no less a change.
		let outcome = run(&reader, [account, &self.without_first()].concat(), GAS, false);
		let (code, output) = split(&output(&outcome));
		match code {
			0 => Some((!self.ends()).then(|| Returned::read(self.spec, &output))),
			1 => None,
			_ => panic!("{}: {code}", self.spec.rust_name),
		}
	}

	/// Whether the row is the guest's last.
	pub(super) fn ends(&self) -> bool {
		matches!(self.spec.rust_name, "seal_return" | "terminate_v0" | "terminate_v1")
	}

	/// What a run that succeeded returned; nothing of a row that is the guest's last.
	#[track_caller]
	pub(super) fn returned(&self, outcome: &Outcome<Test>) -> Option<Returned> {
		let data = output(outcome);
		(!self.ends()).then(|| Returned::read(self.spec, &data))
	}
}

fn run(dest: &AccountId, data: Vec<u8>, gas_limit: Weight, read_only: bool) -> Outcome<Test> {
	let target = Target::Call { dest: dest.clone(), data };
	Contracts::run(RootCall { target, gas_limit, read_only, ..root_call(dest, "", &[]) })
}

/// What lies in memory.
fn image(spec: &FunctionSpec, callee: &AccountId) -> Vec<u8> {
	let mut image = vec![0; place::IMAGE as usize];
	let mut put = |at: u32, bytes: &[u8]| {
		image[at as usize..][..bytes.len()].copy_from_slice(bytes);
	};
	let transfer = pallet_balances::Call::transfer_allow_death { dest: BOB, value: 30 };
	let call = RuntimeCall::Balances(transfer).encode();
	for (param, at) in spec.params.iter().zip((place::ARGS..).step_by(8)) {
		put(at, &valid(spec, param, u32::try_from(call.len()).unwrap()).to_le_bytes());
	}
	put(place::OUT_CAP, &u32::MAX.to_le_bytes());
	put(place::ADDRESS_CAP, &u32::MAX.to_le_bytes());
	put(place::FIRST, &[1]);
	let ethereum = ecdsa::Pair::from_seed(&[1; 32]);
	put(place::KEY, ethereum.public().as_ref());
	let code_hash = crate::ContractInfoOf::<Test>::get(callee).unwrap().code_hash;
	let whom: &[u8] = match number(spec, "code_hash_ptr") {
		Some(_) => code_hash.as_ref(),
		None => callee.as_ref(),
	};
	put(place::WHOM, whom);
	let message = [7; BYTES as usize];
	put(place::DATA, &message);
	put(place::SALT, &[9; BYTES as usize]);
	match spec.rust_name {
		"sr25519_verify" => {
			let pair = sr25519::Pair::from_seed(&[1; 32]);
			put(place::SIGNATURE, pair.sign(&message).as_ref());
			put(place::HASH, pair.public().as_ref());
		},
		_ => {
			put(place::HASH, &[6; 32]);
			put(place::SIGNATURE, ethereum.sign_prehashed(&[6; 32]).as_ref());
		},
	}
	put(place::TOPICS, &vec![H256([8; 32])].encode());
	put(place::CALL, &call);
	image
}
