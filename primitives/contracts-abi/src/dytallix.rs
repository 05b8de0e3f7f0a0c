//! The `dytallix` ABI.
//!
//! Entry points are exported as `contract_<method>` of type `(ptr, len) -> i32`, with the input at
//! offset 1,024. Codes are returned in an exact order of checks: `storage_get` pays, then looks at the
//! key; `storage_set` and `emit_event` look at sizes, then pay.

use crate::types::{GuestLen, GuestPtr};

/// Hands the rows of the `dytallix` table to the macro `$consumer`, behind its own arguments.
///
/// The form of a row is told at [`crate::baals_functions!`].
#[macro_export]
macro_rules! dytallix_functions {
	($($consumer:ident)::+ ! { $($args:tt)* }) => {
		$($consumer)::+! {
			$($args)*; Dytallix;

			context DytallixContext {
				/// Counts gas and pays weight for it at the chain's rate.
				///
				/// Returns 0, or -1 if not enough is left, in which case nothing is paid.
				[0] consume_gas as "env" "consume_gas"
				(amount: i32) -> i32
				{ Stable, Read, Allowed, None, Context, Body(amount) }

				/// Counts gas and pays weight for it, for code that was built with a 64-bit amount.
				[1] consume_gas_wide as "env" "consume_gas"
				(amount: i64) -> i32
				{ Stable, Read, Allowed, None, Context, Body(amount) }

				/// The block's time in seconds since 1970.
				[2] block_timestamp as "env" "block_timestamp"
				() -> i64
				{ Stable, Read, Allowed, Some(BlockInfo), Context, Entry(0) }

				/// The block's height.
				[3] block_number as "env" "block_number"
				() -> i64
				{ Stable, Read, Allowed, Some(BlockInfo), Context, Entry(0) }
			}

			storage DytallixStorage {
				/// Reads the contract's entry at `key` into memory.
				///
				/// Returns the number of bytes copied, at most `val_len`; 0 if there is no entry; -1 out of
				/// gas; -2 no memory; -3 key over 128 bytes; -4 key not readable; -5 value not writable.
				[4] storage_get as "env" "storage_get"
				(key_ptr: GuestPtr, key_len: GuestLen, val_ptr: GuestPtr, val_len: GuestLen) -> i32
				{ Stable, Read, Allowed, Some(StorageRead), StorageRead, Body(200) }

				/// Writes the contract's entry at `key`.
				///
				/// Returns 0; -1 key over 128 or value over 16,384 bytes; -2 out of gas; -3 no memory; -4 key
				/// not readable; -5 value not readable; -6 all entries together over 1 MiB.
				[5] storage_set as "env" "storage_set"
				(key_ptr: GuestPtr, key_len: GuestLen, val_ptr: GuestPtr, val_len: GuestLen) -> i32
				{ Stable, Mutate, Trap, Some(StorageWrite), StorageWrite, Body(5_000) }
			}

			event DytallixEvent {
				/// Emits an event of this contract.
				///
				/// Returns 0; -1 data over 1,024 bytes; -2 out of gas; -3 no memory; -4 topic over 64 bytes
				/// or not readable; -5 data not readable.
				[6] emit_event as "env" "emit_event"
				(topic_ptr: GuestPtr, topic_len: GuestLen, data_ptr: GuestPtr, data_len: GuestLen) -> i32
				{ Stable, Read, Allowed, Some(EmitEvents), EmitEvent, Body(375) }
			}
		}
	};
}

crate::dytallix_functions!(crate::define_traits! {});
crate::dytallix_functions!(crate::define_specs! {});
