//! The `aureon` ABI.
//!
//! A call names an export and passes arguments by the export's own signature. Keys are UTF-8 text; an
//! address is 32 raw bytes, or text: SS58, or 64 hexadecimal digits with or without `0x`. Whatever is
//! not in memory stops the call.

use crate::types::{GuestLen, GuestPtr};

/// Hands the rows of the `aureon` table to the macro `$consumer`, behind its own arguments.
///
/// The form of a row is told at [`crate::baals_functions!`].
#[macro_export]
macro_rules! aureon_functions {
	($($consumer:ident)::+ ! { $($args:tt)* }) => {
		$($consumer)::+! {
			$($args)*; Aureon;

			event AureonEvent {
				/// Adds a line of text to the call's log, which is in the result and the receipt.
				[0] log as "env" "log"
				(ptr: GuestPtr, len: GuestLen) -> ()
				{ Stable, Read, Allowed, None, Log, Entry(10) }
			}

			balance AureonBalance {
				/// The free balance of an account, at most `u64::MAX`; an unknown account has 0.
				[1] get_balance as "env" "get_balance"
				(addr_ptr: GuestPtr, addr_len: GuestLen) -> i64
				{ Stable, Read, Allowed, None, Balance, Entry(20) }

				/// Moves money of the contract itself to another account.
				///
				/// Returns 0 if it is done, 1 if the contract has too little, 2 if `from` is not the
				/// contract, whoever that is.
				[2] transfer as "env" "transfer"
				(from_ptr: GuestPtr, from_len: GuestLen, to_ptr: GuestPtr, to_len: GuestLen, amount: i64) -> i32
				{ Stable, Mutate, Trap, Some(TransferValue), Transfer, Entry(50) }
			}

			storage AureonStorage {
				/// Reads the contract's entry at `key` into memory.
				///
				/// Returns the number of bytes copied, at most `max_len`, -1 if there is no entry.
				[3] storage_read as "env" "storage_read"
				(key_ptr: GuestPtr, key_len: GuestLen, val_ptr: GuestPtr, max_len: GuestLen) -> i32
				{ Stable, Read, Allowed, Some(StorageRead), StorageRead, Entry(15) }

				/// Writes the contract's entry at `key`.
				///
				/// Returns 0, or 1 if key or value is over its limit.
				[4] storage_write as "env" "storage_write"
				(key_ptr: GuestPtr, key_len: GuestLen, val_ptr: GuestPtr, val_len: GuestLen) -> i32
				{ Stable, Mutate, Trap, Some(StorageWrite), StorageWrite, Entry(30) }
			}
		}
	};
}

crate::aureon_functions!(crate::define_traits! {});
crate::aureon_functions!(crate::define_specs! {});
