//! Every host function of the interface, under every name, with everything that it returns.

#![allow(
	clippy::unwrap_used,
	clippy::indexing_slicing,
	reason = "tests may stop at what is not so"
)]

mod bench;

/// The rooms with their cases. A case runs once, for itself or for those tests that look at all of them,
/// and gives what it has seen.
macro_rules! rooms {
	($( $room:ident { $( $case:ident )* } )*) => {
		$( mod $room; )*

		mod seen {
			$(
				pub mod $room {
					use crate::bench::Seen;
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
			pub fn all() -> impl Iterator<Item = &'static crate::bench::Seen> {
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
	code { hashes other_code other_code_at_once locks all_locks }
	context { accounts origins block gas stack nonce }
	event { events texts }
	crypto { hashes ecdsa_keys sr25519_signatures }
	runtime { calls calls_of_contracts messages extensions }
	legacy { random rent no_new_contracts }
	open { uploads what_is_closed_later no_extension }
	sweep {
		storage transient balance call code context event crypto runtime legacy
	}
}
