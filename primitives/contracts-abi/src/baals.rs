//! The `baals` ABI: the reference interface for new contracts.
//!
//! Entry points are exported functions `(ptr, len) -> i32`; the arguments lie at offset 0 and can be
//! read again by `baals_get_input_data`. A negative length or pointer is out of bounds.

use crate::types::{GuestLen, GuestPtr};

/// Hands the rows of the `baals` table to the macro `$consumer`, behind its own arguments.
///
/// A row: `[number] method as "module" "name" (arguments) -> result { status, effect, refusal in a
/// read-only frame, capability, cost, charge(gas) }`. Numbers are stored on chain: append, never
/// renumber. An alternative signature is a row of its own with the same name. Where imports may use a
/// second name for the same thing it stands behind the first: `"name" | "alias"`.
#[macro_export]
macro_rules! baals_functions {
	($($consumer:ident)::+ ! { $($args:tt)* }) => {
		$($consumer)::+! {
			$($args)*; Baals;

			storage BaalsStorage {
				/// Reads the contract's entry at `key` into memory.
				///
				/// Returns the number of bytes copied, at most `value_cap`; 0 if there is no entry; -1 if
				/// the key is empty, over its limit or not in memory, or the value's place is not.
				[0] baals_storage_read as "env" "baals_storage_read"
				(key_ptr: GuestPtr, key_len: GuestLen, value_ptr: GuestPtr, value_cap: GuestLen) -> i32
				{ Stable, Read, Allowed, Some(StorageRead), StorageRead, Entry(100) }

				/// Writes the contract's entry at `key`.
				///
				/// Stops the call where the form with a result returns -1: nothing is lost in silence.
				[1] baals_storage_write as "env" "baals_storage_write"
				(key_ptr: GuestPtr, key_len: GuestLen, value_ptr: GuestPtr, value_len: GuestLen) -> ()
				{ Stable, Mutate, Code(-1), Some(StorageWrite), StorageWrite, Entry(200) }

				/// Writes the contract's entry at `key`, and says whether it did.
				///
				/// Returns 0, or -1 if a length is over its limit, memory does not hold key or value, or
				/// the frame is read-only.
				[2] baals_storage_write_status as "env" "baals_storage_write"
				(key_ptr: GuestPtr, key_len: GuestLen, value_ptr: GuestPtr, value_len: GuestLen) -> i32
				{ Stable, Mutate, Code(-1), Some(StorageWrite), StorageWrite, Entry(200) }

				/// Removes the contract's entry at `key`, if there is one.
				///
				/// Stops the call where the form with a result returns -1.
				[3] baals_storage_remove as "env" "baals_storage_remove"
				(key_ptr: GuestPtr, key_len: GuestLen) -> ()
				{ Stable, Mutate, Code(-1), Some(StorageRemove), StorageRemove, Entry(50) }

				/// Removes the contract's entry at `key`, and says whether it could.
				///
				/// Returns 0, even if there is no entry; -1 if the key is empty, over its limit or not in
				/// memory, or the frame is read-only.
				[4] baals_storage_remove_status as "env" "baals_storage_remove"
				(key_ptr: GuestPtr, key_len: GuestLen) -> i32
				{ Stable, Mutate, Code(-1), Some(StorageRemove), StorageRemove, Entry(50) }
			}

			context BaalsContext {
				/// Writes the 32 bytes of the caller's account: in a sub-call the calling contract.
				[5] baals_get_sender as "env" "baals_get_sender"
				(ptr: GuestPtr) -> ()
				{ Stable, Read, Allowed, None, Context, Entry(0) }

				/// Writes the 32 bytes of the contract's own account.
				[6] baals_get_contract_id as "env" "baals_get_contract_id"
				(ptr: GuestPtr) -> ()
				{ Stable, Read, Allowed, None, Context, Entry(0) }

				/// The block's time in seconds since 1970.
				[7] baals_get_block_timestamp as "env" "baals_get_block_timestamp"
				() -> i64
				{ Stable, Read, Allowed, Some(BlockInfo), Context, Entry(0) }

				/// The block's height.
				[8] baals_get_block_index as "env" "baals_get_block_index"
				() -> i64
				{ Stable, Read, Allowed, Some(BlockInfo), Context, Entry(0) }

				/// Copies the encoded arguments of this call, at most `cap` bytes.
				///
				/// Returns the number of bytes copied.
				[9] baals_get_input_data as "env" "baals_get_input_data"
				(ptr: GuestPtr, cap: GuestLen) -> i32
				{ Stable, Read, Allowed, None, Copy, Entry(0) }

				/// The size of memory in bytes; charges for what it grew since the last call.
				///
				/// # Cost
				///
				/// Gas is a price for each page of 64 KiB that was added.
				[10] baals_memory_grow as "env" "baals_memory_grow"
				() -> i32
				{ Stable, Read, Allowed, None, Context, Body(100) }
			}

			crypto BaalsCrypto {
				/// Writes the 32 bytes of the SHA2-256 hash of `data`.
				[11] baals_hash_sha256 as "env" "baals_hash_sha256"
				(data_ptr: GuestPtr, data_len: GuestLen, out_ptr: GuestPtr) -> ()
				{ Stable, Read, Allowed, Some(Crypto), HashSha256, Entry(50 + data_len / 16) }

				/// Checks an ed25519 signature: 1 valid, 0 not, -1 if a key is not 32 or a signature not 64
				/// bytes long.
				[12] baals_verify_signature as "env" "baals_verify_signature"
				(pk_ptr: GuestPtr, pk_len: GuestLen, msg_ptr: GuestPtr, msg_len: GuestLen, sig_ptr: GuestPtr, sig_len: GuestLen) -> i32
				{ Stable, Read, Allowed, Some(Crypto), VerifyEd25519, Entry(500) }
			}

			call BaalsCall {
				/// Calls a method of another contract, of any ABI, and waits for it.
				///
				/// Returns the length of its result, or -1 if it failed, which undoes all that it did; the
				/// call of an unknown contract, of one that is on the stack already, a value that the
				/// contract does not have, and a value in a read-only frame fail so, too.
				[13] baals_call_contract as "env" "baals_call_contract"
				(id_ptr: GuestPtr, id_len: GuestLen, method_ptr: GuestPtr, method_len: GuestLen, payload_ptr: GuestPtr, payload_len: GuestLen, value: i64) -> i32
				{ Stable, Read, Allowed, Some(CallContracts), Call, Entry(1_000) }

				/// Copies the result of the last call, at most `cap` bytes.
				///
				/// Returns the number of bytes copied, -1 if there is no result.
				[14] baals_read_call_result as "env" "baals_read_call_result"
				(ptr: GuestPtr, cap: GuestLen) -> i32
				{ Stable, Read, Allowed, Some(CallContracts), Copy, Entry(0) }

				/// Copies the result of the call with number `index` in this frame, counted from 0.
				///
				/// Returns the number of bytes copied, -1 if that call failed or was not made.
				[15] baals_read_call_result_at as "env" "baals_read_call_result"
				(ptr: GuestPtr, cap: GuestLen, index: i32) -> i32
				{ Stable, Read, Allowed, Some(CallContracts), Copy, Entry(0) }

				/// Ends the call as failed and undoes all that it did; the message reaches the caller.
				[16] baals_revert as "env" "baals_revert"
				(msg_ptr: GuestPtr, msg_len: GuestLen) -> ()
				{ Stable, Read, Allowed, Some(Revert), Revert, Entry(0) }
			}

			event BaalsEvent {
				/// Emits an event of this contract.
				[17] baals_emit_event as "env" "baals_emit_event"
				(topic_ptr: GuestPtr, topic_len: GuestLen, data_ptr: GuestPtr, data_len: GuestLen) -> ()
				{ Stable, Read, Allowed, Some(EmitEvents), EmitEvent, Entry(100 + topic_len + data_len) }
			}
		}
	};
}

crate::baals_functions!(crate::define_traits! {});
crate::baals_functions!(crate::define_specs! {});
