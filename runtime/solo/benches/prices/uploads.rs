//! Uploads: modules that are dear to check and compile, against a small one.

use crate::case::{parse, Upload};

fn upload(name: &'static str, text: String) -> Upload {
	Upload { name, code: parse(&text), refused: false }
}

fn module(fields: &str, body: &str) -> String {
	format!(
		r#"(module (import "env" "memory" (memory 1 16)) {fields} (func (export "deploy"))
			(func (export "call") (local $n i32) {body}))"#
	)
}

/// The module that the others are compared with.
pub(crate) fn smallest() -> Vec<u8> {
	parse(&module("", ""))
}

/// The cases.
pub(crate) fn uploads() -> Vec<Upload> {
	let add = "(local.set $n (i32.add (local.get $n) (i32.const 100000)))";
	// As straight code goes, a function holds 64 KiB of it.
	let straight = |functions: usize| {
		let body = "(local $n i32)".to_string() + &add.repeat(7_000);
		let each = (0..functions).map(|index| format!("(func $f{index} {body})"));
		let calls: String = (0..functions).map(|index| format!("(call $f{index})")).collect();
		module(&each.collect::<String>(), &calls)
	};
	let functions = |count: usize, locals: usize| {
		let locals = " i64".repeat(locals);
		let each = (0..count).map(|index| format!("(func $f{index} (local{locals}))"));
		let calls: String = (0..count).map(|index| format!("(call $f{index})")).collect();
		module(&each.collect::<String>(), &calls)
	};
	let targets = " 0".repeat(1_025);
	let bytes = "x".repeat(60_000);
	let mut last = parse(&straight(3));
	// A section that there is none of, behind everything that can be looked at.
	last.extend([0x7f, 0]);
	vec![
		upload("upload: 190 KB of straight code", straight(3)),
		upload("upload: 4,000 functions", functions(4_000, 0)),
		upload("upload: 4,000 functions of 256 locals", functions(4_000, 256)),
		upload("upload: 4,000 nested blocks", module("", &("(block ".repeat(4_000) + &")".repeat(4_000)))),
		upload(
			"upload: 60 KB of br_table",
			module("", &format!("(block (br_table{targets} (local.get $n)))").repeat(58)),
		),
		upload(
			"upload: 4,000 ifs with a value",
			module(
				"",
				&"(local.set $n (if (result i32) (local.get $n) (then (i32.const 7)) (else (i32.const 9))))"
					.repeat(4_000),
			),
		),
		upload("upload: 60 KB of data", module(&format!("(data (i32.const 0) \"{bytes}\")"), "")),
		upload(
			"upload: 240 KB in a custom section",
			module(&format!("(@custom \"notes\" \"{}\")", "x".repeat(240_000)), ""),
		),
		upload(
			"upload: 4,000 functions that nothing reaches",
			module(&(0..4_000).map(|_| "(func)").collect::<String>(), ""),
		),
		Upload { name: "upload: refused for its last bytes", code: last, refused: true },
	]
}
