//! Instructions, at their dearest.

use crate::case::{case, Case};

/// A call of a function with these locals, of which it uses none.
fn call_with_locals(name: &'static str, locals: usize) -> Case {
	let declarations = format!("(func $called (local{}))", " i64".repeat(locals));
	Case { declarations, ..case(name, "(call $called)") }
}

/// The cases; the first is a round of the benchmark `instruction`.
pub(crate) fn cases() -> Vec<Case> {
	let drop = |name, code: &str| case(name, format!("(drop {code})"));
	let bulk = |name, code: &str| case(name, code.to_string());
	vec![
		case(
			"100 additions",
			format!("(local.get $n) {} drop", "local.get $n i32.add ".repeat(100)),
		),
		drop("i32.add", "(i32.add (local.get $n) (local.get $len))"),
		case("nothing but the loop", ""),
		drop("i64.mul", "(i64.mul (local.get $long) (local.get $long))"),
		drop("i32.div_u", "(i32.div_u (local.get $n) (i32.const 7))"),
		drop("i64.rem_s", "(i64.rem_s (local.get $long) (i64.const 7))"),
		drop("i64.rotl", "(i64.rotl (local.get $long) (local.get $long))"),
		drop("i32.popcnt", "(i32.popcnt (local.get $n))"),
		drop("select", "(select (local.get $n) (local.get $len) (local.get $len))"),
		case("local.set", "(local.set $len (local.get $n))"),
		case("global.set", "(global.set $g (i32.add (global.get $g) (local.get $n)))"),
		drop("i32.load", "(i32.load (i32.const 1024))"),
		drop(
			"i64.load, not aligned, of a computed address",
			"(i64.load offset=1 (i32.and (local.get $n) (i32.const 0xffff)))",
		),
		case("i32.store", "(i32.store (i32.const 1024) (local.get $n))"),
		case(
			"i64.store8 at a computed address",
			"(i64.store8 (i32.and (local.get $n) (i32.const 0xffff)) (local.get $long))",
		),
		drop("memory.size", "memory.size"),
		drop("memory.grow by nothing", "(memory.grow (i32.const 0))"),
		case(
			"if and else",
			"(if (i32.and (local.get $n) (i32.const 1)) (then (nop)) (else (nop)))",
		),
		case(
			"br_table",
			"(block $a (block $b (br_table $a $b $a (i32.and (local.get $n) (i32.const 3)))))",
		),
		case("a loop in the loop", "(loop $inner)"),
		case("call", "(call $leaf)"),
		case("call_indirect", "(call_indirect (type $none) (i32.const 1))"),
		Case {
			declarations: format!("(func $called (param{}))", " i64".repeat(32)),
			..case(
				"call with 32 arguments",
				format!("(call $called{})", " (i64.const 1)".repeat(32)),
			)
		},
		call_with_locals("call, 8 locals", 8),
		call_with_locals("call, 31 locals", 31),
		call_with_locals("call, 32 locals", 32),
		call_with_locals("call, 63 locals", 63),
		call_with_locals("call, 128 locals", 128),
		call_with_locals("call, 256 locals", 256),
		Case {
			declarations: "(func $called (param i32) (if (local.get 0) (then \
				(call $called (i32.sub (local.get 0) (i32.const 1))))))"
				.into(),
			..case("call, 100 deep", "(call $called (i32.const 100))")
		},
		bulk("memory.copy of nothing", "(memory.copy (i32.const 0) (i32.const 64) (i32.const 0))"),
		bulk(
			"memory.copy of 63 bytes",
			"(memory.copy (i32.const 1024) (i32.const 4096) (i32.const 63))",
		),
		bulk(
			"memory.copy of 64 KiB",
			"(memory.copy (i32.const 65536) (i32.const 131072) (i32.const 65536))",
		),
		bulk(
			"memory.copy of 64 KiB, one byte up",
			"(memory.copy (i32.const 65537) (i32.const 65536) (i32.const 65536))",
		),
		bulk(
			"memory.copy of 64 KiB, one byte down",
			"(memory.copy (i32.const 65536) (i32.const 65537) (i32.const 65536))",
		),
		bulk(
			"memory.fill of 63 bytes",
			"(memory.fill (i32.const 1024) (i32.const 1) (i32.const 63))",
		),
		bulk(
			"memory.fill of 64 KiB",
			"(memory.fill (i32.const 65536) (i32.const 1) (i32.const 65536))",
		),
		bulk(
			"memory.fill of 64 KiB and a byte, not aligned",
			"(memory.fill (i32.const 65537) (i32.const 1) (i32.const 65537))",
		),
		bulk(
			"memory.init of 63 bytes",
			"(memory.init $data (i32.const 1024) (i32.const 0) (i32.const 63))",
		),
		bulk(
			"table.copy and table.init of nothing",
			"(table.init $items (i32.const 0) (i32.const 0) (i32.const 0))",
		),
		bulk(
			"table.init of 64 elements",
			"(table.init $items (i32.const 0) (i32.const 0) (i32.const 64))",
		),
		bulk(
			"table.copy of 1,024 elements",
			"(table.copy (i32.const 1) (i32.const 0) (i32.const 1024))",
		),
	]
}
