//! Which imports are open to code, by their status and by what the chain says.

use caisson_differential::bench::{hash, Bench, Seen, Sub, MONEY};
use caisson_contracts_abi::Status;
use caisson_differential::{
	chain::{Arguments, Ended, Pair, Step},
	offers::{Extended, Unstable},
	script::{imports, names, Guest, Script},
	ALICE,
};

/// Uploads of a guest with this import alone, for each import.
pub fn uploads() -> Seen {
	let mut pair = Pair::new();
	for unstable in [true, false] {
		for (import, spec) in imports() {
			Unstable::set(unstable);
			let is_open = match spec.status {
				Status::Stable => true,
				Status::Unstable => unstable,
				Status::Deprecated => false,
			};
			let code = Guest::only(import).code();
			let step = Step::Upload(code.clone());
			let ended = pair.take(&ALICE, step);
			let refused = Ended::Badly("CodeRejected".into());
			assert_eq!(ended, if is_open { Ended::Well } else { refused }, "{import:?}");
			if is_open {
				assert_eq!(pair.take(&ALICE, Step::Remove(hash(&code))), Ended::Well);
			}
		}
	}
	Unstable::set(true);
	Seen::default()
}

/// Contracts whose functions the chain no longer has are refused whatever they do.
pub fn what_is_closed_later() -> Seen {
	let mut bench = Bench::new();
	let stable = Guest::stable().code();
	let with = Arguments { value: MONEY, ..Default::default() };
	let plain = bench.pair.deploy(&ALICE, stable, with);
	let code = hash(&Guest::open().code());
	let rejected = || Ended::Badly("CodeRejected".into());
	Unstable::set(false);
	let step = Step::Call(bench.guest.clone(), Arguments::default());
	assert_eq!(bench.pair.take(&ALICE, step), rejected());
	let step = Step::Instantiate(code, Arguments { salt: vec![42], ..Default::default() });
	assert_eq!(bench.pair.take(&ALICE, step), rejected());
	bench.guest = plain;
	bench.gives(Sub::call(&bench.other, []).value(5).noted(4), [1]);
	bench.gives(Sub::delegate(code, []).noted(4), [1]);
	bench.gives(Sub::instantiate(code, [], &[1]).noted(4), [1]);
	bench.gives(Sub::call(&bench.echo, []).script(), [0]);
	Unstable::set(true);
	bench.gives(Sub::call(&bench.other, []).noted(4), [0]);
	bench.seen
}

/// A chain without an extension takes no code that asks for one, and runs none.
pub fn no_extension() -> Seen {
	let mut bench = Bench::new();
	let code = hash(&Guest::open().code());
	let rejected = || Ended::Badly("CodeRejected".into());
	let idle = wat::parse_str(
		r#"(module (import "seal0" "seal_call" (func (param i32 i32 i64 i32 i32 i32 i32 i32 i32) (result i32)))
			(import "env" "memory" (memory 1 1)) (func (export "call")) (func (export "deploy")))"#,
	)
	.unwrap();
	Extended::set(false);
	for import in names("call_chain_extension") {
		let step = Step::Upload(Guest::only(import).code());
		assert_eq!(bench.pair.take(&ALICE, step), rejected());
	}
	assert_eq!(bench.pair.take(&ALICE, Step::Upload(idle)), Ended::Well);
	for script in [Script::new(), Sub::call(&bench.echo, []).script()] {
		let step = Step::Call(bench.guest.clone(), Arguments::data(script.input()));
		assert_eq!(bench.pair.take(&ALICE, step), rejected());
	}
	let step = Step::Instantiate(code, Arguments::default());
	assert_eq!(bench.pair.take(&ALICE, step), rejected());
	Extended::set(true);
	bench.gives(Sub::call(&bench.echo, []).script(), [0]);
	bench.seen
}
