//! Every host function of the interface, under every name, with everything that it returns.

#![allow(
	clippy::unwrap_used,
	clippy::indexing_slicing,
	reason = "tests may stop at what is not so"
)]

mod sweep;

use caisson_contracts_abi::Abi;
use caisson_differential::script::{imports, Import};
use pallet_contracts_uapi::ReturnErrorCode;
use std::collections::BTreeSet;

/// The rooms with their cases. A case runs once, for itself or for those tests that look at all of them,
/// and gives what it has seen.
macro_rules! rooms {
	($( $room:ident { $( $case:ident )* } )*) => {
		$( mod $room; )*

		mod seen {
			$(
				pub mod $room {
					use caisson_differential::bench::Seen;
					use std::sync::LazyLock;
					$(
						pub fn $case() -> &'static Seen {
							static SEEN: LazyLock<Seen> = LazyLock::new(crate::$room::$case);
							&SEEN
						}
					)*
				}
			)*

			/// What all cases have seen.
			pub fn all() -> impl Iterator<Item = &'static caisson_differential::bench::Seen> {
				[$( $( $room::$case as fn() -> _, )* )*].into_iter().map(|case| case())
			}
		}

		mod cases {
			$(
				mod $room {
					$(
						#[test]
						fn $case() {
							crate::seen::$room::$case();
						}
					)*
				}
			)*
		}
	};
}

rooms! {
	storage { keys_of_32_bytes keys_of_any_length two_kinds_of_keys frames_that_fail overlaps }
	transient { entries frames }
	balance { transfers the_last_of_it amounts }
	call { codes buffers flags limits delegated_calls inputs returns }
	instantiate {
		codes limits_of_deposit constructors ends refused_ends an_address_again
	}
	code { hashes other_code locks all_locks }
	context { accounts origins block gas stack nonce }
	event { events texts }
	crypto { hashes ecdsa_keys sr25519_signatures }
	runtime { calls calls_of_contracts messages extensions }
	legacy { random rent no_new_contracts }
	open { uploads what_is_closed_later no_extension }
}

/// Every name of every row was called in a case, and both chains came to the end of it.
#[test]
fn every_import_has_a_case() {
	let seen: BTreeSet<Import> =
		seen::all().flat_map(|seen| seen.imports.iter().copied()).collect();
	let all: BTreeSet<Import> = imports().map(|(import, _)| import).collect();
	assert_eq!(all.difference(&seen).collect::<Vec<_>>(), Vec::<&Import>::new());
	assert_eq!((all.len(), Abi::Seal.functions().len()), (120, 70));
}

/// Every code that a function can return was returned by both; no version of pallet-contracts that has
/// these functions returns `LoggingDisabled`, and neither does Caisson.
#[test]
fn every_return_code_has_a_case() {
	use ReturnErrorCode::*;
	let expected = [
		Success,
		CalleeTrapped,
		CalleeReverted,
		KeyNotFound,
		TransferFailed,
		CodeNotFound,
		NotCallable,
		CallRuntimeFailed,
		EcdsaRecoveryFailed,
		Sr25519VerifyFailed,
		XcmExecutionFailed,
		XcmSendFailed,
	];
	let expected = expected.into_iter().map(|code| u64::from(u32::from(code)));
	let seen: BTreeSet<u64> = seen::all().flat_map(|seen| seen.codes.iter().copied()).collect();
	assert_eq!(seen, expected.collect());
	assert!(!seen.contains(&u64::from(u32::from(LoggingDisabled))));
}
