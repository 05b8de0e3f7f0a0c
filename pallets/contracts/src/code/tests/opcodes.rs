//! Every instruction of the binary format, against a list written from the specification's index of
//! instructions and not from the parser.

use super::*;
use crate::code::RejectionCode;

/// Instructions of one byte that contracts may use: integers, memory, control, sign extension.
fn is_integer(opcode: u8) -> bool {
	matches!(
		opcode,
		0x00..=0x05
			| 0x0b..=0x11
			| 0x1a..=0x1b
			| 0x20..=0x24
			| 0x28..=0x29
			| 0x2c..=0x37
			| 0x3a..=0x42
			| 0x45..=0x5a
			| 0x67..=0x8a
			| 0xa7 | 0xac
			| 0xad | 0xc0..=0xc4
	)
}

/// Instructions of one byte that take or give a float.
fn is_float(opcode: u8) -> bool {
	matches!(
		opcode,
		0x2a..=0x2b
			| 0x38..=0x39
			| 0x43..=0x44
			| 0x5b..=0x66
			| 0x8b..=0xa6
			| 0xa8..=0xab
			| 0xae..=0xbf
	)
}

/// What a body that begins with this instruction is refused for, and whether it is for the
/// instruction itself.
fn verdict(instruction: &[u8]) -> (RejectionCode, bool) {
	// Zeros are an immediate of every kind, and `unreachable` where none is read.
	let body = [&[0, 0x00][..], instruction, &[0; 24], &[0x0b]].concat();
	let code = raw_body(&body);
	match validate(&code) {
		Ok(_) => (RejectionCode::Engine, false),
		Err(rejection) => {
			let offset = code.len() - body.len() + 2;
			(rejection.reason.code(), rejection.offset as usize == offset)
		},
	}
}

#[test]
fn only_integer_instructions_get_as_far_as_the_validator() {
	for opcode in 0..=u8::MAX {
		// The empty block type is no zero.
		let verdict = match opcode {
			0x02..=0x04 => verdict(&[opcode, 0x40]),
			_ => verdict(&[opcode]),
		};
		match opcode {
			// Prefixes: below.
			0xfb..=0xfe => {},
			_ if is_float(opcode) => {
				assert_eq!(verdict, (RejectionCode::Float, true), "{opcode:#x}")
			},
			_ if is_integer(opcode) => assert!(
				matches!(verdict.0, RejectionCode::Engine | RejectionCode::Invalid),
				"{opcode:#x}: {verdict:?}"
			),
			// What no proposal of the parser has is just not there; the rest is refused by name. A zero
			// is no immediate of the typed select, of `try_table` and of `ref.null`.
			_ => assert!(
				verdict == (RejectionCode::Feature, true) || verdict.0 == RejectionCode::Invalid,
				"{opcode:#x}: {verdict:?}"
			),
		}
	}
}

#[test]
fn instructions_with_a_prefix_are_refused_but_for_bulk_memory() {
	for second in 0..=0x20 {
		let verdict = verdict(&[0xfc, second]);
		match second {
			0..=7 => assert_eq!(verdict, (RejectionCode::Float, true), "{second}"),
			8..=14 => assert!(
				matches!(verdict.0, RejectionCode::Engine | RejectionCode::Invalid),
				"{second}: {verdict:?}"
			),
			15..=22 => assert_eq!(verdict, (RejectionCode::Feature, true), "{second}"),
			_ => assert_eq!(verdict, (RejectionCode::Invalid, true), "{second}"),
		}
	}
	for second in 0..=u8::MAX {
		assert_eq!(verdict(&[0xfd, second, 1]), (RejectionCode::Feature, true), "{second}");
	}
	for prefix in [0xfb, 0xfe] {
		for second in 0..0x80 {
			let (code, _) = verdict(&[prefix, second]);
			assert!(matches!(code, RejectionCode::Feature | RejectionCode::Invalid));
		}
	}
}
