//! What is sent to hurt: it is refused, in bounded time and memory, without a panic.

use super::*;
use crate::limits;
use proptest::prelude::*;

#[test]
fn hostile_locals_are_refused_without_being_made() {
	for count in [30_000, u32::MAX] {
		let code = raw_body(&[&[1][..], &leb(count.into()), &[0x7e, 0x41, 0, 0x0b]].concat());
		let reason = over(Item::Locals, count.into(), limits::LOCALS);
		assert_refused_at(&code, &[&leb(count.into())[..], &[0x7e]].concat(), reason);
	}
	// Three groups whose sum is beyond 32 bits: refused at the first already, and at the third where
	// the first two are small.
	let group = |count: u32| [&leb(count.into())[..], &[0x7e]].concat();
	let body = [&[3][..], &group(u32::MAX).repeat(3), &[0x41, 0, 0x0b]].concat();
	assert_eq!(
		refused(&raw_body(&body)).reason,
		over(Item::Locals, u32::MAX.into(), limits::LOCALS)
	);
	let body = [&[3][..], &group(100), &group(156), &group(u32::MAX), &[0x41, 0, 0x0b]].concat();
	let code = raw_body(&body);
	let reason = over(Item::Locals, u64::from(u32::MAX) + 256, limits::LOCALS);
	assert_refused_at(&code, &group(u32::MAX), reason);
	// More groups than there are bytes, all of them empty.
	let body = [&leb(u32::MAX.into())[..], &group(0).repeat(1000), &[0x0b]].concat();
	refused(&raw_body(&body));
}

#[test]
fn hostile_tables_are_refused_without_being_made() {
	for count in [10_000_000u32, u32::MAX] {
		let code = wasm(&baals(&format!("(table {count} funcref)")));
		let reason = over(Item::TableElements, count.into(), limits::TABLE_ELEMENTS);
		assert_refused_at(&code, &[&[0x70, 0][..], &leb(count.into())].concat(), reason);
	}
}

#[test]
fn hostile_branch_tables_are_refused() {
	let table = |targets: u32| {
		let zeros = vec![0; targets as usize];
		let count = leb(targets.into());
		raw_body(
			&[&[0, 0x02, 0x40, 0x41, 0, 0x0e][..], &count, &zeros, &[0, 0x0b, 0x41, 0, 0x0b]]
				.concat(),
		)
	};
	accepted(&table(limits::BR_TABLE_TARGETS));
	for targets in [limits::BR_TABLE_TARGETS + 1, 10_000] {
		let code = table(targets);
		let reason = over(Item::BrTableTargets, targets.into(), limits::BR_TABLE_TARGETS);
		assert_refused_at(&code, &[&[0x0e][..], &leb(targets.into())].concat(), reason);
	}
	// Targets that are announced and not there, more than the parser reads at all.
	let announced = [&[0x0e][..], &leb(u32::MAX.into())].concat();
	let code = raw_body(&[&[0, 0x00][..], &announced, &[0; 9], &[0x0b]].concat());
	let reason = over(Item::BrTableTargets, u32::MAX.into(), limits::BR_TABLE_TARGETS);
	assert_refused_at(&code, &announced, reason);
}

/// Every length and count of a module, replaced by the largest numbers there are: with a `usize` of 32
/// bits a position and such a length have a sum that is small.
#[test]
fn hostile_lengths_are_refused() {
	let code = wasm(&baals(
		r#"(table 4 funcref) (elem (i32.const 0) 1 1) (data (i32.const 0) "abc")
			(global i32 (i32.const 7)) (@custom "note" "text")"#,
	));
	accepted(&code);
	for at in 8..code.len() {
		for huge in [u32::MAX, u32::MAX - 1, u32::MAX - 16, 1 << 31, 1 << 20] {
			let huge = [&code[..at], &leb(huge.into()), &code[at + 1..]].concat();
			let _ = validate(&huge);
		}
	}
	for id in 0..14 {
		for len in [u32::MAX, u32::MAX - 5, 1 << 31, 5] {
			let code = module(&[[&[id][..], &leb(len.into()), &[0; 4]].concat()]);
			let found = refused(&code);
			assert_eq!(found.offset, 9, "section {id}");
			assert!(found.to_string().contains("4 are left"));
		}
	}
}

#[test]
fn hostile_counts_are_refused_where_they_stand() {
	for id in [1, 2, 3, 4, 5, 6, 7, 9, 10, 11] {
		let code = module(&[section(id, &leb(u32::MAX.into()))]);
		assert_eq!(refused(&code).offset, 10, "section {id}");
	}
}

#[test]
fn hostile_order_of_sections_is_refused() {
	let types = section(1, &[1, 0x60, 0, 0]);
	let memory = section(5, &[1, 0, 1]);
	for sections in [
		vec![types.clone(), types.clone()],
		vec![memory.clone(), types.clone()],
		vec![types.clone(), memory.clone(), memory.clone()],
		vec![section(11, &[0]), section(10, &[0])],
		vec![section(10, &[0]), section(12, &[0])],
	] {
		let code = module(&sections);
		let found = refused(&code);
		let last = sections.last().unwrap();
		assert_eq!(found.offset as usize, code.len() - last.len());
		assert!(found.to_string().contains("repeated or out of order"));
	}
	let code = module(&[types, section(14, &[])]);
	assert!(refused(&code).to_string().contains("there is no section 14"));
}

#[test]
fn hostile_nesting_and_many_custom_sections_end() {
	let depth = limits::FUNCTION_BYTES as usize / 3 - 3;
	let nested = [&[0][..], &[0x02, 0x40].repeat(depth), &vec![0x0b; depth], &[0x41, 0, 0x0b]];
	accepted(&raw_body(&nested.concat()));
	let customs = raw_body(&[0, 0x41, 0, 0x0b]);
	let customs = [&customs[..], &section(0, &[0]).repeat(80_000)].concat();
	assert!(accepted(&customs).prepared.len() < 200);
}

/// A seal contract with one of everything, in which every byte is needed.
fn one_of_everything_in_seal() -> Vec<u8> {
	wasm(
		r#"(module
			(import "seal0" "seal_caller_is_origin" (func $origin (result i32)))
			(import "env" "memory" (memory 2 16))
			(import "seal0" "input" (func (param i32 i32)))
			(table 4 funcref)
			(global (mut i32) (i32.const 7))
			(elem (i32.const 1) 2 3)
			(func $deploy (export "deploy") (local i64 i32)
				(memory.init 0 (i32.const 0) (i32.const 0) (i32.const 2))
				(drop (call $origin)))
			(func $call (export "call") (result i32)
				(call_indirect (i32.const 1))
				(i32.load offset=300 (global.get 0)))
			(data "abcdef"))"#,
	)
}

/// A module with one of everything, in which every byte is needed.
fn one_of_everything() -> Vec<u8> {
	wasm(
		r#"(module
			(import "env" "baals_get_input_data" (func (param i32 i32) (result i32)))
			(memory (export "memory") 1 2)
			(table 4 funcref)
			(global (mut i32) (i32.const 7))
			(elem (i32.const 1) 1 2)
			(func $main (export "main") (param i32 i32) (result i32) (local i64 i32)
				(local.set 2 (i64.extend_i32_u (local.get 0)))
				(block $out (loop $next
					(br_table $out $next $out (local.get 1))))
				(memory.init 0 (i32.const 0) (i32.const 0) (i32.const 2))
				(call_indirect (param i32 i32) (result i32)
					(local.get 0) (call $other (i32.const 1) (local.get 1)) (i32.const 1)))
			(func $other (param i32 i32) (result i32)
				(i32.store offset=300 (local.get 0) (local.get 1)) (global.get 0))
			(data "abcdef"))"#,
	)
}

#[test]
fn hostile_truncation_is_refused_at_every_byte() {
	for code in [one_of_everything(), one_of_everything_in_seal()] {
		accepted(&code);
		for len in 0..code.len() {
			let rejection = refused(&code[..len]);
			assert!(rejection.offset as usize <= len, "{len}: {rejection}");
		}
	}
}

#[test]
fn hostile_bytes_anywhere_do_not_panic() {
	for code in [one_of_everything(), one_of_everything_in_seal()] {
		for at in 0..code.len() {
			for byte in 0..=u8::MAX {
				let mut code = code.clone();
				code[at] = byte;
				match validate(&code) {
					Ok(validated) => assert_loadable(&code, &validated),
					Err(rejection) => {
						assert!(
							rejection.offset as usize <= code.len(),
							"{at} {byte}: {rejection}"
						);
						assert!(rejection.to_string().len() < 1_000);
					},
				}
			}
		}
	}
}

/// Whatever is accepted is prepared to something that is accepted again as the same, or, where its memory
/// was imported, valid as it is; and no longer than its limit allows for.
#[track_caller]
fn assert_loadable(code: &[u8], validated: &Validated) {
	let prepared = &validated.prepared;
	let room = limits::PREPARED_BYTES - limits::CODE_BYTES;
	let functions = validated.inputs.functions;
	assert!(prepared.len() <= code.len() + 16 + (functions * (room / limits::FUNCTIONS)) as usize);
	match validated.abi {
		Abi::Seal => prepared::assert_valid(prepared),
		Abi::Baals | Abi::Aureon | Abi::Dytallix => {
			prepared::assert_valid(prepared);
			let again = accepted(prepared);
			assert_eq!((again.abi, &again.plan), (validated.abi, &validated.plan));
			assert_eq!(again.memory, validated.memory);
		},
	}
}

proptest! {
	#![proptest_config(ProptestConfig { cases: 4_000, failure_persistence: None, ..Default::default() })]

	#[test]
	fn hostile_flips_do_not_panic(
		flips in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..8),
		in_seal in any::<bool>(),
	) {
		let mut code = if in_seal { one_of_everything_in_seal() } else { one_of_everything() };
		for (at, byte) in flips {
			let at = at.index(code.len());
			code[at] = byte;
		}
		if let Ok(validated) = validate(&code) {
			assert_loadable(&code, &validated);
		}
	}

	#[test]
	fn hostile_noise_does_not_panic(noise in prop::collection::vec(any::<u8>(), 0..200)) {
		let _ = validate(&noise);
		let _ = validate(&[b"\0asm\x01\0\0\0", &noise[..]].concat());
		let _ = validate(&raw_body(&noise));
	}
}
