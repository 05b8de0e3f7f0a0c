//! Every import with every argument at its edges, the others being what a contract would give.

use caisson_contracts_abi::{FunctionSpec, OnReadOnly};
use caisson_differential::bench::{hash, Bench, Sub};
use caisson_differential::{
	chain::{Arguments, Ended, Step},
	offers,
	script::{echo, imports, Guest, Import, Script, END, SENTINEL},
	ALICE,
};
use codec::Encode;
use sp_core::crypto::AccountId32;

/// Where a sensible argument lies.
mod at {
	pub const ACCOUNT: u32 = 0x100;
	pub const BALANCE: u32 = 0x120;
	pub const CODE: u32 = 0x140;
	pub const KEY: u32 = 0x160;
	pub const DATA: u32 = 0x200;
	pub const SALT: u32 = 0x280;
	pub const TOPICS: u32 = 0x2c0;
	pub const OUT: u32 = 0x400;
	pub const OUT_LEN: u32 = 0xc00;
	pub const SECOND_OUT: u32 = 0xd00;
	pub const SECOND_OUT_LEN: u32 = 0xe00;
	pub const LOCATION: u32 = 0x1000;
	pub const MESSAGE: u32 = 0x1100;
	pub const CALL: u32 = 0x1200;
	pub const SIGNATURE: u32 = 0x1300;
}

/// Arguments that a contract would give.
struct Sensible {
	script: Script,
	message_len: u32,
	call_len: u32,
}

impl Sensible {
	fn new(bench: &Bench, round: u32) -> Self {
		let [message, _] = offers::messages();
		let call = caisson_differential::ours::RuntimeCall::System(frame_system::Call::remark {
			remark: vec![1; 3],
		})
		.encode();
		let script = Script::new()
			.write(at::ACCOUNT, &bench.echo)
			.write(at::BALANCE, 12u128.encode())
			.write(at::CODE, hash(&echo()))
			.write(at::KEY, [7; 32])
			.write(at::SALT, round.encode())
			.write(at::TOPICS, vec![[5u8; 32]; 2].encode())
			.number(at::OUT_LEN, 2_048)
			.number(at::SECOND_OUT_LEN, 256)
			.write(at::LOCATION, offers::elsewhere())
			.write(at::MESSAGE, &message)
			.write(at::CALL, &call);
		let len = |bytes: &[u8]| u32::try_from(bytes.len()).unwrap();
		Self { script, message_len: len(&message), call_len: len(&call) }
	}

	/// The argument of this name.
	fn argument(&self, spec: &FunctionSpec, name: &str) -> u64 {
		let is_call = matches!(spec.subject, "call" | "balance" | "legacy");
		u64::from(match name {
			"key_ptr" if spec.subject == "crypto" => at::SIGNATURE,
			"key_ptr" => at::KEY,
			"key_len" => 32,
			"value_ptr" if is_call => at::BALANCE,
			"value_ptr" | "data_ptr" | "input_data_ptr" | "input_ptr" | "str_ptr"
			| "subject_ptr" | "message_ptr" => at::DATA,
			"value_len" if is_call => 16,
			"input_data_len" | "value_len" | "data_len" | "input_len" | "str_len"
			| "subject_len" | "message_len" => 8,
			"out_ptr" | "output_ptr" => at::OUT,
			"out_len_ptr" | "output_len_ptr" => at::OUT_LEN,
			"address_ptr" => at::SECOND_OUT,
			"address_len_ptr" => at::SECOND_OUT_LEN,
			"account_ptr" | "callee_ptr" | "beneficiary_ptr" => at::ACCOUNT,
			"account_len" | "callee_len" | "beneficiary_len" | "code_hash_len" => 32,
			"code_hash_ptr" => at::CODE,
			"deposit_ptr" => SENTINEL,
			"salt_ptr" => at::SALT,
			"salt_len" => 4,
			"topics_ptr" => at::TOPICS,
			"topics_len" => 65,
			"signature_ptr" => at::SIGNATURE,
			"message_hash_ptr" | "pub_key_ptr" => at::KEY,
			"dest_ptr" => at::LOCATION,
			"msg_ptr" => at::MESSAGE,
			"msg_len" => self.message_len,
			"call_ptr" => at::CALL,
			"call_len" => self.call_len,
			"id" => u32::from(offers::EXTENSION) << 16,
			"flags" | "gas" | "ref_time_limit" | "proof_size_limit" => 0,
			"dest_len" | "rent_allowance_ptr" | "rent_allowance_len" | "delta_ptr"
			| "delta_count" => 0,
			_ => panic!("{}: what is a sensible {name}?", spec.rust_name),
		})
	}
}

/// Edges of the argument of this name.
fn edges(name: &str) -> Vec<u64> {
	let small: &[u32] = match name {
		"flags" => &[1, 2, 3, 4, 5, 6, 8, 15, 16, 17, 31, 32, 33, 1 << 31, SENTINEL],
		"id" => &[0, 1, (7 << 16) | 1, (7 << 16) | 2, (7 << 16) | 4, SENTINEL],
		"gas" | "ref_time_limit" | "proof_size_limit" => {
			return vec![1_000_000_000_000, u64::MAX];
		},
		"delta_count" => &[SENTINEL],
		name if name.ends_with("_ptr") => &[
			0,
			1,
			END - 32,
			END - 31,
			END - 16,
			END - 4,
			END - 3,
			END - 1,
			END,
			END + 1,
			SENTINEL - 31,
			SENTINEL,
		],
		_ => &[0, 1, 31, 33, 128, 129, 16_384, 16_385, END, END + 1, SENTINEL],
	};
	small.iter().copied().map(u64::from).collect()
}

/// Whether the errors of one that fails on both chains differ as docs/compatibility.md tells.
fn known(name: &str, edge: u64, theirs: &str, ours: &str) -> bool {
	match (theirs, ours) {
		// A value of fixed size that the end of memory cuts off.
		("DecodingFailed", "OutOfBounds") => name.ends_with("_ptr") && edge <= u64::from(END),
		// A length that is paid for before it is looked at.
		("OutOfGas", "OutOfBounds" | "ValueTooLarge") => {
			name.ends_with("_len") && edge >= u64::from(END)
		},
		("DecodingFailed", "LimitExceeded") => name == "key_len" && edge > 128,
		_ => false,
	}
}

fn sweep(bench: &mut Bench, import: Import, spec: &FunctionSpec) {
	// What ends the guest, or makes another of it, is only tried.
	let is_last = matches!(spec.rust_name, "terminate_v0" | "terminate_v1" | "set_code_hash");
	// What is left differs, so its bytes must not be noted.
	let is_own = matches!(spec.rust_name, "gas_left_v0" | "gas_left_v1");
	for (number, param) in spec.params.iter().enumerate() {
		for edge in edges(param.name) {
			let round =
				u32::try_from(number).unwrap() << 24 | u32::try_from(edge >> 8).unwrap_or(9);
			let sensible = Sensible::new(bench, round);
			let mut args: Vec<_> =
				spec.params.iter().map(|param| sensible.argument(spec, param.name)).collect();
			args[number] = edge;
			let mut script = sensible.script.clone().call(import, &args);
			if !is_own {
				script = script.note(at::OUT, 128).note(at::SECOND_OUT, 64);
			}
			script = script.note(at::OUT_LEN, 4).note(at::SECOND_OUT_LEN, 4);
			let with = Arguments::data(script.input());
			let shown = format!("{} with {} {edge:#x}", spec.rust_name, param.name);
			let (theirs, ours) = bench.pair.answers(&ALICE, &bench.guest, &with);
			match (&theirs.output, &ours.output) {
				// Where somebody listens, text that is not in memory ends a call there.
				(Err(theirs), Ok(_)) if spec.rust_name == "debug_message" => {
					assert_eq!(theirs, "OutOfBounds", "{shown}");
				},
				(Err(theirs), Err(ours)) if known(param.name, edge, theirs, ours) => {},
				(theirs, ours) => assert_eq!(theirs, ours, "{shown}: theirs and ours answer"),
			}
			// What fails leaves nothing to compare.
			if is_last || ours.output.is_err() {
				continue;
			}
			let step = Step::Call(bench.guest.clone(), with);
			let ended = bench.pair.take(&ALICE, step);
			assert!(ended == Ended::Well || spec.rust_name == "seal_return", "{shown}: {ended:?}");
		}
	}
}

/// Makes the guest one that has this import alone: small ones are quick. It is set as the code of a
/// contract that is there, as the deprecated ones cannot be deployed.
fn set_code(bench: &mut Bench, contract: &AccountId32, import: Import) {
	let code = bench.pair.store_old(&Guest::only(import), hash(&Guest::open().code()));
	let step = Step::SetCode(contract.clone(), code);
	assert_eq!(bench.pair.take(&ALICE, step), Ended::Well);
}

/// The rows of a subject, each by its own name: the other one leads to the same.
fn rows(subject: Option<&str>) -> impl Iterator<Item = (Import, &'static FunctionSpec)> + '_ {
	imports()
		.filter(move |(_, spec)| subject.is_none_or(|subject| spec.subject == subject))
		.filter(|(import, spec)| import.name == spec.name)
}

macro_rules! sweeps {
	($( $subject:ident )*) => {
		$(
			#[test]
			fn $subject() {
				let mut bench = Bench::new();
				for (import, spec) in rows(Some(stringify!($subject))) {
					let guest = bench.guest.clone();
					set_code(&mut bench, &guest, import);
					sweep(&mut bench, import, spec);
				}
			}
		)*

		#[test]
		fn every_subject_is_swept() {
			let swept = [$( stringify!($subject) ),*];
			assert!(imports().all(|(_, spec)| swept.contains(&spec.subject)));
		}
	};
}

sweeps! { storage transient balance call code context event crypto runtime legacy }

/// Every row in a frame that may change nothing: both chains refuse those that the table says change
/// something, and run the others; but for transient storage, of which docs/compatibility.md tells.
#[test]
fn read_only_frames() {
	let mut bench = Bench::new();
	let callee = bench.other.clone();
	for (import, spec) in rows(None) {
		if spec.subject == "transient" || spec.rust_name == "gas_left_v1" {
			continue;
		}
		set_code(&mut bench, &callee, import);
		let sensible = Sensible::new(&bench, 1);
		let args: Vec<_> =
			spec.params.iter().map(|param| sensible.argument(spec, param.name)).collect();
		// Nothing that goes with a call: that is a change whatever the function.
		let script = sensible.script.write(at::BALANCE, [0; 16]).call(import, &args);
		let code = u64::from(spec.on_read_only == OnReadOnly::Trap);
		bench.gives(Sub::call(&callee, script.input()).flags(16).script(), [code]);
	}
}
