//! The `seal` ABI: the interface of pallet-contracts 51.0.0, which ink! 3, 4 and 5 and Solang emit.
//!
//! Names, versions and types are that pallet's. A version of a function is an import module: version 0
//! is `seal0`. Older code names most functions with a prefix `seal_`: the alias behind the name.
//!
//! What holds for every row and is not said there: memory that a pointer names and the guest does not
//! have, bytes that are not an encoding of what is expected, and an output that its buffer does not hold
//! stop the call. `out_len_ptr` and its kind point to a `u32` with the size of a buffer, which the length
//! of the output replaces. `u32::MAX` is the pointer or number that means none, where a row says so.
//! Codes are one set for all rows, so a row tells only which of them it returns. Lengths of values whose
//! size is fixed (an account, a balance, a hash) are not looked at.

use crate::types::{GuestLen, GuestPtr};

/// Hands the rows of the `seal` table to the macro `$consumer`, behind its own arguments.
///
/// The form of a row is told at [`crate::baals_functions!`].
#[macro_export]
macro_rules! seal_functions {
	($($consumer:ident)::+ ! { $($args:tt)* }) => {
		$($consumer)::+! {
			$($args)*; Seal;

			storage SealStorage {
				/// Writes the contract's entry at a key of 32 bytes.
				///
				/// Traps if the value is over its limit. The same bytes as a key of another version's
				/// variable length are another entry.
				[0] set_storage_v0 as "seal0" "set_storage" | "seal_set_storage"
				(key_ptr: GuestPtr, value_ptr: GuestPtr, value_len: GuestLen) -> ()
				{ Stable, Mutate, Trap, Some(StorageWrite), StorageWrite, Entry(0) }

				/// Writes the contract's entry at a key of 32 bytes, and tells what it replaced.
				///
				/// Returns the length of the old value, `u32::MAX` if there was none. Traps if the value is
				/// over its limit.
				[1] set_storage_v1 as "seal1" "set_storage" | "seal_set_storage"
				(key_ptr: GuestPtr, value_ptr: GuestPtr, value_len: GuestLen) -> i32
				{ Stable, Mutate, Trap, Some(StorageWrite), StorageWrite, Entry(0) }

				/// Writes the contract's entry at a key of any length, and tells what it replaced.
				///
				/// Returns the length of the old value, `u32::MAX` if there was none. Traps if key or value
				/// is over its limit.
				[2] set_storage_v2 as "seal2" "set_storage" | "seal_set_storage"
				(key_ptr: GuestPtr, key_len: GuestLen, value_ptr: GuestPtr, value_len: GuestLen) -> i32
				{ Stable, Mutate, Trap, Some(StorageWrite), StorageWrite, Entry(0) }

				/// Removes the contract's entry at a key of 32 bytes, if there is one.
				[3] clear_storage_v0 as "seal0" "clear_storage" | "seal_clear_storage"
				(key_ptr: GuestPtr) -> ()
				{ Stable, Mutate, Trap, Some(StorageRemove), StorageRemove, Entry(0) }

				/// Removes the contract's entry at a key of any length, and tells what it was.
				///
				/// Returns the length of the value, `u32::MAX` if there was none. Traps if the key is over
				/// its limit.
				[4] clear_storage_v1 as "seal1" "clear_storage" | "seal_clear_storage"
				(key_ptr: GuestPtr, key_len: GuestLen) -> i32
				{ Stable, Mutate, Trap, Some(StorageRemove), StorageRemove, Entry(0) }

				/// Reads the contract's entry at a key of 32 bytes.
				///
				/// Returns 0, or 3 if there is no entry.
				[5] get_storage_v0 as "seal0" "get_storage" | "seal_get_storage"
				(key_ptr: GuestPtr, out_ptr: GuestPtr, out_len_ptr: GuestPtr) -> i32
				{ Stable, Read, Allowed, Some(StorageRead), StorageRead, Entry(0) }

				/// Reads the contract's entry at a key of any length.
				///
				/// Returns 0, or 3 if there is no entry. Traps if the key is over its limit.
				[6] get_storage_v1 as "seal1" "get_storage" | "seal_get_storage"
				(key_ptr: GuestPtr, key_len: GuestLen, out_ptr: GuestPtr, out_len_ptr: GuestPtr) -> i32
				{ Stable, Read, Allowed, Some(StorageRead), StorageRead, Entry(0) }

				/// Looks for the contract's entry at a key of 32 bytes.
				///
				/// Returns the length of its value, `u32::MAX` if there is no entry.
				[7] contains_storage_v0 as "seal0" "contains_storage" | "seal_contains_storage"
				(key_ptr: GuestPtr) -> i32
				{ Stable, Read, Allowed, Some(StorageRead), StorageRead, Entry(0) }

				/// Looks for the contract's entry at a key of any length.
				///
				/// Returns the length of its value, `u32::MAX` if there is no entry. Traps if the key is over
				/// its limit.
				[8] contains_storage_v1 as "seal1" "contains_storage" | "seal_contains_storage"
				(key_ptr: GuestPtr, key_len: GuestLen) -> i32
				{ Stable, Read, Allowed, Some(StorageRead), StorageRead, Entry(0) }

				/// Removes the contract's entry at a key of any length, and hands its value out.
				///
				/// Returns 0, or 3 if there is no entry. Traps if the key is over its limit. It reads, too,
				/// but the right to remove is the one that it needs.
				///
				/// # Cost
				///
				/// That of a removal, and of copying the value.
				[9] take_storage as "seal0" "take_storage" | "seal_take_storage"
				(key_ptr: GuestPtr, key_len: GuestLen, out_ptr: GuestPtr, out_len_ptr: GuestPtr) -> i32
				{ Stable, Mutate, Trap, Some(StorageRemove), StorageRemove, Entry(0) }
			}

			transient SealTransient {
				/// Writes the contract's transient entry at `key`: one that is gone when the root call ends.
				///
				/// Returns the length of the old value, `u32::MAX` if there was none. Traps if key, value or
				/// all entries together are over their limit.
				[10] set_transient_storage as "seal0" "set_transient_storage"
				(key_ptr: GuestPtr, key_len: GuestLen, value_ptr: GuestPtr, value_len: GuestLen) -> i32
				{ Unstable, Mutate, Trap, Some(StorageWrite), TransientWrite, Entry(0) }

				/// Removes the contract's transient entry at `key`.
				///
				/// Returns the length of its value, `u32::MAX` if there was none. Traps if the key is over its
				/// limit.
				[11] clear_transient_storage as "seal0" "clear_transient_storage"
				(key_ptr: GuestPtr, key_len: GuestLen) -> i32
				{ Unstable, Mutate, Trap, Some(StorageRemove), TransientWrite, Entry(0) }

				/// Reads the contract's transient entry at `key`.
				///
				/// Returns 0, or 3 if there is no entry. Traps if the key is over its limit.
				[12] get_transient_storage as "seal0" "get_transient_storage"
				(key_ptr: GuestPtr, key_len: GuestLen, out_ptr: GuestPtr, out_len_ptr: GuestPtr) -> i32
				{ Unstable, Read, Allowed, Some(StorageRead), TransientRead, Entry(0) }

				/// Looks for the contract's transient entry at `key`.
				///
				/// Returns the length of its value, `u32::MAX` if there is no entry. Traps if the key is over
				/// its limit.
				[13] contains_transient_storage as "seal0" "contains_transient_storage"
				(key_ptr: GuestPtr, key_len: GuestLen) -> i32
				{ Unstable, Read, Allowed, Some(StorageRead), TransientRead, Entry(0) }

				/// Removes the contract's transient entry at `key`, and hands its value out.
				///
				/// Returns 0, or 3 if there is no entry. Traps if the key is over its limit.
				///
				/// # Cost
				///
				/// That of a removal, and of copying the value.
				[14] take_transient_storage as "seal0" "take_transient_storage"
				(key_ptr: GuestPtr, key_len: GuestLen, out_ptr: GuestPtr, out_len_ptr: GuestPtr) -> i32
				{ Unstable, Mutate, Trap, Some(StorageRemove), TransientWrite, Entry(0) }
			}

			balance SealBalance {
				/// Moves the contract's own money to another account.
				///
				/// Returns 0, or 5 if it has too little while staying alive or the account cannot take it.
				[15] transfer as "seal0" "transfer" | "seal_transfer"
				(account_ptr: GuestPtr, account_len: GuestLen, value_ptr: GuestPtr, value_len: GuestLen) -> i32
				{ Stable, Mutate, Trap, Some(TransferValue), Transfer, Entry(0) }

				/// Writes what the contract can spend while staying alive; what this call brought is in it.
				[16] balance as "seal0" "balance" | "seal_balance"
				(out_ptr: GuestPtr, out_len_ptr: GuestPtr) -> ()
				{ Stable, Read, Allowed, None, Balance, Entry(0) }

				/// Writes the money that came with this call or deployment.
				[17] value_transferred as "seal0" "value_transferred" | "seal_value_transferred"
				(out_ptr: GuestPtr, out_len_ptr: GuestPtr) -> ()
				{ Stable, Read, Allowed, None, Context, Entry(0) }

				/// Writes the balance that an account must have to exist.
				[18] minimum_balance as "seal0" "minimum_balance" | "seal_minimum_balance"
				(out_ptr: GuestPtr, out_len_ptr: GuestPtr) -> ()
				{ Stable, Read, Allowed, None, Context, Entry(0) }

				/// Writes the fee of so much computation time.
				[19] weight_to_fee_v0 as "seal0" "weight_to_fee" | "seal_weight_to_fee"
				(gas: i64, out_ptr: GuestPtr, out_len_ptr: GuestPtr) -> ()
				{ Stable, Read, Allowed, None, Lookup, Entry(0) }

				/// Writes the fee of so much computation time and proof.
				[20] weight_to_fee_v1 as "seal1" "weight_to_fee"
				(ref_time_limit: i64, proof_size_limit: i64, out_ptr: GuestPtr, out_len_ptr: GuestPtr) -> ()
				{ Unstable, Read, Allowed, None, Lookup, Entry(0) }
			}

			call SealCall {
				/// Calls a contract with a limit of computation time, and lets it call back.
				///
				/// A limit of 0 is all that is left; no output is written where `output_ptr` is `u32::MAX`.
				/// Returns 0; 1 the callee trapped; 2 it reverted, with its output; 5 the value could not be
				/// moved; 8 there is no such contract. Traps if a value is sent in a read-only frame, or the
				/// callee must not be entered again.
				///
				/// # Cost
				///
				/// A value costs a transfer beside the call, the output its copying.
				[21] call_v0 as "seal0" "call" | "seal_call"
				(callee_ptr: GuestPtr, callee_len: GuestLen, gas: i64, value_ptr: GuestPtr, value_len: GuestLen, input_data_ptr: GuestPtr, input_data_len: GuestLen, output_ptr: GuestPtr, output_len_ptr: GuestPtr) -> i32
				{ Stable, Read, Allowed, Some(CallContracts), Call, Entry(0) }

				/// Calls a contract as flags say: 1 with this call's input, which is gone then; 2 with a copy
				/// of it; 4 ending this call with the callee's output; 8 letting it call back; 16 read-only.
				///
				/// Returns as version 0 does. Traps where that does, at other flags, and if the input was
				/// handed on before.
				[22] call_v1 as "seal1" "call" | "seal_call"
				(flags: i32, callee_ptr: GuestPtr, gas: i64, value_ptr: GuestPtr, input_data_ptr: GuestPtr, input_data_len: GuestLen, output_ptr: GuestPtr, output_len_ptr: GuestPtr) -> i32
				{ Stable, Read, Allowed, Some(CallContracts), Call, Entry(0) }

				/// Calls a contract as flags say, with limits of time, of proof and of storage deposit.
				///
				/// A limit of 0 is all that is left, and so is a `deposit_ptr` of `u32::MAX`. Returns and traps
				/// as version 1 does.
				[23] call_v2 as "seal2" "call"
				(flags: i32, callee_ptr: GuestPtr, ref_time_limit: i64, proof_size_limit: i64, deposit_ptr: GuestPtr, value_ptr: GuestPtr, input_data_ptr: GuestPtr, input_data_len: GuestLen, output_ptr: GuestPtr, output_len_ptr: GuestPtr) -> i32
				{ Stable, Read, Allowed, Some(CallContracts), Call, Entry(0) }

				/// Runs other code as this contract: with its storage, its caller and its value.
				///
				/// Returns 0; 1 the code trapped; 2 it reverted, with its output; 7 there is no such code.
				/// Traps at other flags than 1, 2 and 4 of a call, and if the input was handed on before.
				[24] delegate_call as "seal0" "delegate_call" | "seal_delegate_call"
				(flags: i32, code_hash_ptr: GuestPtr, input_data_ptr: GuestPtr, input_data_len: GuestLen, output_ptr: GuestPtr, output_len_ptr: GuestPtr) -> i32
				{ Stable, Read, Allowed, Some(CallContracts), DelegateCall, Entry(0) }

				/// Makes a contract from code that is on chain, with a limit of computation time.
				///
				/// Writes its address unless it reverted, and its output; neither where the pointer is
				/// `u32::MAX`. A limit of 0 is all that is left. Returns 0; 1 the constructor trapped; 2 it
				/// reverted; 5 the value could not be moved; 7 there is no such code.
				[25] instantiate_v0 as "seal0" "instantiate" | "seal_instantiate"
				(code_hash_ptr: GuestPtr, code_hash_len: GuestLen, gas: i64, value_ptr: GuestPtr, value_len: GuestLen, input_data_ptr: GuestPtr, input_data_len: GuestLen, address_ptr: GuestPtr, address_len_ptr: GuestPtr, output_ptr: GuestPtr, output_len_ptr: GuestPtr, salt_ptr: GuestPtr, salt_len: GuestLen) -> i32
				{ Stable, Mutate, Trap, Some(CallContracts), Instantiate, Entry(0) }

				/// Makes a contract as version 0 does, without the lengths that are not looked at.
				[26] instantiate_v1 as "seal1" "instantiate" | "seal_instantiate"
				(code_hash_ptr: GuestPtr, gas: i64, value_ptr: GuestPtr, input_data_ptr: GuestPtr, input_data_len: GuestLen, address_ptr: GuestPtr, address_len_ptr: GuestPtr, output_ptr: GuestPtr, output_len_ptr: GuestPtr, salt_ptr: GuestPtr, salt_len: GuestLen) -> i32
				{ Stable, Mutate, Trap, Some(CallContracts), Instantiate, Entry(0) }

				/// Makes a contract as version 1 does, with limits of time, of proof and of storage deposit.
				///
				/// A `deposit_ptr` of `u32::MAX` is all that is left.
				[27] instantiate_v2 as "seal2" "instantiate"
				(code_hash_ptr: GuestPtr, ref_time_limit: i64, proof_size_limit: i64, deposit_ptr: GuestPtr, value_ptr: GuestPtr, input_data_ptr: GuestPtr, input_data_len: GuestLen, address_ptr: GuestPtr, address_len_ptr: GuestPtr, output_ptr: GuestPtr, output_len_ptr: GuestPtr, salt_ptr: GuestPtr, salt_len: GuestLen) -> i32
				{ Stable, Mutate, Trap, Some(CallContracts), Instantiate, Entry(0) }

				/// Ends the call and the contract; its storage goes, its money is the beneficiary's.
				///
				/// Does not return. Traps if the contract is on the stack more than once; a constructor that
				/// ends its contract fails.
				///
				/// # Cost
				///
				/// By the number of code hashes that the contract has locked.
				[28] terminate_v0 as "seal0" "terminate" | "seal_terminate"
				(beneficiary_ptr: GuestPtr, beneficiary_len: GuestLen) -> ()
				{ Stable, Mutate, Trap, Some(TransferValue), Terminate, Entry(0) }

				/// Ends the call and the contract as version 0 does.
				[29] terminate_v1 as "seal1" "terminate" | "seal_terminate"
				(beneficiary_ptr: GuestPtr) -> ()
				{ Stable, Mutate, Trap, Some(TransferValue), Terminate, Entry(0) }

				/// Writes this call's input, as often as it is asked for.
				///
				/// Traps if the input was handed on to a callee.
				[30] input as "seal0" "input" | "seal_input"
				(out_ptr: GuestPtr, out_len_ptr: GuestPtr) -> ()
				{ Stable, Read, Allowed, None, Copy, Entry(0) }

				/// Ends the call with this output; bit 0 of the flags undoes all that it did.
				///
				/// Does not return. Fails at other flags.
				[31] seal_return as "seal0" "seal_return"
				(flags: i32, data_ptr: GuestPtr, data_len: GuestLen) -> ()
				{ Stable, Read, Allowed, None, Copy, Entry(0) }
			}

			code SealCode {
				/// Whether an account is a contract: 1 if so, else 0.
				[32] is_contract as "seal0" "is_contract" | "seal_is_contract"
				(account_ptr: GuestPtr) -> i32
				{ Stable, Read, Allowed, None, Lookup, Entry(0) }

				/// Writes the hash of another contract's code.
				///
				/// Returns 0, or 3 if the account is no contract.
				[33] code_hash as "seal0" "code_hash" | "seal_code_hash"
				(account_ptr: GuestPtr, out_ptr: GuestPtr, out_len_ptr: GuestPtr) -> i32
				{ Stable, Read, Allowed, None, Lookup, Entry(0) }

				/// Writes the hash of the contract's own code, in a delegated call, too.
				[34] own_code_hash as "seal0" "own_code_hash" | "seal_own_code_hash"
				(out_ptr: GuestPtr, out_len_ptr: GuestPtr) -> ()
				{ Stable, Read, Allowed, None, Context, Entry(0) }

				/// Gives the contract other code, which runs from the next call on.
				///
				/// Returns 0, or 7 if there is no such code. Traps if that code may not run on chain.
				[35] set_code_hash as "seal0" "set_code_hash" | "seal_set_code_hash"
				(code_hash_ptr: GuestPtr) -> i32
				{ Stable, Mutate, Trap, Some(CallContracts), SetCodeHash, Entry(0) }

				/// Keeps a code on chain for delegated calls, for a part of its deposit.
				///
				/// Traps if there is no such code, it is the contract's own or locked already, or as many are
				/// locked as may be.
				[36] lock_delegate_dependency as "seal0" "lock_delegate_dependency"
				(code_hash_ptr: GuestPtr) -> ()
				{ Stable, Mutate, Trap, Some(CallContracts), LockDependency, Entry(0) }

				/// Gives up a code that was locked, and refunds the deposit.
				///
				/// Traps if it was not.
				[37] unlock_delegate_dependency as "seal0" "unlock_delegate_dependency"
				(code_hash_ptr: GuestPtr) -> ()
				{ Stable, Mutate, Trap, Some(CallContracts), LockDependency, Entry(0) }
			}

			context SealContext {
				/// Writes the caller's account: in a sub-call the calling contract.
				///
				/// Traps if Root is the caller.
				[38] caller as "seal0" "caller" | "seal_caller"
				(out_ptr: GuestPtr, out_len_ptr: GuestPtr) -> ()
				{ Stable, Read, Allowed, None, Context, Entry(0) }

				/// Whether the caller is the origin of the root call: 1 if so, else 0.
				[39] caller_is_origin as "seal0" "caller_is_origin" | "seal_caller_is_origin"
				() -> i32
				{ Stable, Read, Allowed, None, Context, Entry(0) }

				/// Whether the caller is Root: 1 if so, else 0.
				[40] caller_is_root as "seal0" "caller_is_root"
				() -> i32
				{ Stable, Read, Allowed, None, Context, Entry(0) }

				/// Writes the contract's own account.
				[41] address as "seal0" "address" | "seal_address"
				(out_ptr: GuestPtr, out_len_ptr: GuestPtr) -> ()
				{ Stable, Read, Allowed, None, Context, Entry(0) }

				/// Writes the computation time that is left, as a `u64`.
				[42] gas_left_v0 as "seal0" "gas_left" | "seal_gas_left"
				(out_ptr: GuestPtr, out_len_ptr: GuestPtr) -> ()
				{ Stable, Read, Allowed, None, Context, Entry(0) }

				/// Writes the weight that is left, time and proof.
				[43] gas_left_v1 as "seal1" "gas_left"
				(out_ptr: GuestPtr, out_len_ptr: GuestPtr) -> ()
				{ Unstable, Read, Allowed, None, Context, Entry(0) }

				/// Writes the block's time in milliseconds since 1970, as a `u64`.
				[44] now as "seal0" "now" | "seal_now"
				(out_ptr: GuestPtr, out_len_ptr: GuestPtr) -> ()
				{ Stable, Read, Allowed, Some(BlockInfo), Context, Entry(0) }

				/// Writes the block's height.
				[45] block_number as "seal0" "block_number" | "seal_block_number"
				(out_ptr: GuestPtr, out_len_ptr: GuestPtr) -> ()
				{ Stable, Read, Allowed, Some(BlockInfo), Context, Entry(0) }

				/// How often the contract is on the stack beside this call; delegated calls do not count.
				[46] reentrance_count as "seal0" "reentrance_count"
				() -> i32
				{ Unstable, Read, Allowed, None, Context, Entry(0) }

				/// How often a contract is on the stack; delegated calls do not count.
				[47] account_reentrance_count as "seal0" "account_reentrance_count"
				(account_ptr: GuestPtr) -> i32
				{ Unstable, Read, Allowed, None, Context, Entry(0) }

				/// A number that is another one after each contract that was made, for salts.
				[48] instantiation_nonce as "seal0" "instantiation_nonce"
				() -> i64
				{ Stable, Read, Allowed, None, Lookup, Entry(0) }
			}

			event SealEvent {
				/// Emits an event of this contract, indexed by the encoded list of hashes at `topics_ptr`; a
				/// `topics_len` of 0 is no topics.
				///
				/// Traps if there are more than four topics, or the data is over the limit of a value.
				///
				/// # Cost
				///
				/// By byte, and for each topic its indexing.
				[49] deposit_event as "seal0" "deposit_event" | "seal_deposit_event"
				(topics_ptr: GuestPtr, topics_len: GuestLen, data_ptr: GuestPtr, data_len: GuestLen) -> ()
				{ Stable, Mutate, Trap, Some(EmitEvents), EmitEvent, Entry(0) }

				/// Adds text to the log of a dry run; on chain it has no effect.
				///
				/// Returns 0, even where nothing is added because nobody listens, the log is full, or the
				/// bytes are not UTF-8.
				[50] debug_message as "seal0" "debug_message" | "seal_debug_message"
				(str_ptr: GuestPtr, str_len: GuestLen) -> i32
				{ Stable, Read, Allowed, None, Log, Entry(0) }
			}

			crypto SealCrypto {
				/// Writes the 32 bytes of the SHA2-256 hash of the input; the two may overlap.
				[51] hash_sha2_256 as "seal0" "hash_sha2_256" | "seal_hash_sha2_256"
				(input_ptr: GuestPtr, input_len: GuestLen, output_ptr: GuestPtr) -> ()
				{ Stable, Read, Allowed, Some(Crypto), HashSha256, Entry(0) }

				/// Writes the 32 bytes of the Keccak-256 hash of the input; the two may overlap.
				[52] hash_keccak_256 as "seal0" "hash_keccak_256" | "seal_hash_keccak_256"
				(input_ptr: GuestPtr, input_len: GuestLen, output_ptr: GuestPtr) -> ()
				{ Stable, Read, Allowed, Some(Crypto), HashKeccak256, Entry(0) }

				/// Writes the 32 bytes of the Blake2-256 hash of the input; the two may overlap.
				[53] hash_blake2_256 as "seal0" "hash_blake2_256" | "seal_hash_blake2_256"
				(input_ptr: GuestPtr, input_len: GuestLen, output_ptr: GuestPtr) -> ()
				{ Stable, Read, Allowed, Some(Crypto), HashBlake2_256, Entry(0) }

				/// Writes the 16 bytes of the Blake2-128 hash of the input; the two may overlap.
				[54] hash_blake2_128 as "seal0" "hash_blake2_128" | "seal_hash_blake2_128"
				(input_ptr: GuestPtr, input_len: GuestLen, output_ptr: GuestPtr) -> ()
				{ Stable, Read, Allowed, Some(Crypto), HashBlake2_128, Entry(0) }

				/// Writes the 33 bytes of the ECDSA key that made a signature of 65 bytes over a hash of 32.
				///
				/// Returns 0, or 11 if no key can have made it.
				[55] ecdsa_recover as "seal0" "ecdsa_recover" | "seal_ecdsa_recover"
				(signature_ptr: GuestPtr, message_hash_ptr: GuestPtr, output_ptr: GuestPtr) -> i32
				{ Stable, Read, Allowed, Some(Crypto), EcdsaRecover, Entry(0) }

				/// Writes the 20 bytes of the Ethereum address of an ECDSA key of 33 bytes.
				///
				/// Returns 0, or 11 if the bytes are no key.
				[56] ecdsa_to_eth_address as "seal0" "ecdsa_to_eth_address" | "seal_ecdsa_to_eth_address"
				(key_ptr: GuestPtr, out_ptr: GuestPtr) -> i32
				{ Stable, Read, Allowed, Some(Crypto), EcdsaToEthAddress, Entry(0) }

				/// Checks an sr25519 signature of 64 bytes by a key of 32.
				///
				/// Returns 0, or 12 if it is not valid. The length of the message comes before its pointer.
				[57] sr25519_verify as "seal0" "sr25519_verify"
				(signature_ptr: GuestPtr, pub_key_ptr: GuestPtr, message_len: GuestLen, message_ptr: GuestPtr) -> i32
				{ Stable, Read, Allowed, Some(Crypto), VerifySr25519, Entry(0) }
			}

			runtime SealRuntime {
				/// Calls what the chain has added for its contracts, under a number of the chain's own.
				///
				/// Returns what that returns. Traps if the chain has added nothing.
				///
				/// # Cost
				///
				/// The extension charges for what it does, and decides what a read-only frame may.
				[58] call_chain_extension as "seal0" "call_chain_extension" | "seal_call_chain_extension"
				(id: i32, input_ptr: GuestPtr, input_len: GuestLen, output_ptr: GuestPtr, output_len_ptr: GuestPtr) -> i32
				{ Stable, Read, Allowed, Some(CallContracts), ChainExtension, Entry(0) }

				/// Dispatches an encoded call of the runtime with the contract as its signed origin.
				///
				/// Returns 0, or 10 if the call failed.
				///
				/// # Cost
				///
				/// The weight of the call comes on top, before it runs; what it did not need is given back.
				[59] call_runtime as "seal0" "call_runtime"
				(call_ptr: GuestPtr, call_len: GuestLen) -> i32
				{ Stable, Mutate, Trap, Some(CallContracts), CallRuntime, Entry(0) }

				/// Executes an encoded XCM program here, with the contract as its origin.
				///
				/// Returns 0, or 13 if it failed.
				///
				/// # Cost
				///
				/// All that is left is set aside while the program runs; what it did not need is given back.
				[60] xcm_execute as "seal0" "xcm_execute"
				(msg_ptr: GuestPtr, msg_len: GuestLen) -> i32
				{ Stable, Mutate, Trap, Some(CallContracts), CallRuntime, Entry(0) }

				/// Sends an encoded XCM program to another chain, and writes the 32 bytes of its number.
				///
				/// Returns 0, or 14 if it could not be sent.
				///
				/// # Cost
				///
				/// The weight of sending comes on top.
				[61] xcm_send as "seal0" "xcm_send"
				(dest_ptr: GuestPtr, msg_ptr: GuestPtr, msg_len: GuestLen, output_ptr: GuestPtr) -> i32
				{ Stable, Mutate, Trap, Some(CallContracts), CallRuntime, Entry(0) }
			}

			legacy SealLegacy {
				/// Writes the block's random hash for a subject.
				///
				/// Traps if the subject is longer than 32 bytes.
				[62] random_v0 as "seal0" "random" | "seal_random"
				(subject_ptr: GuestPtr, subject_len: GuestLen, out_ptr: GuestPtr, out_len_ptr: GuestPtr) -> ()
				{ Deprecated, Read, Allowed, None, Random, Entry(0) }

				/// Writes the block's random hash for a subject, and the block from which on it could be known.
				///
				/// Traps if the subject is longer than 32 bytes.
				[63] random_v1 as "seal1" "random" | "seal_random"
				(subject_ptr: GuestPtr, subject_len: GuestLen, out_ptr: GuestPtr, out_len_ptr: GuestPtr) -> ()
				{ Deprecated, Read, Allowed, None, Random, Entry(0) }

				/// Writes a balance of 0: there are no tombstones any more.
				[64] tombstone_deposit as "seal0" "tombstone_deposit" | "seal_tombstone_deposit"
				(out_ptr: GuestPtr, out_len_ptr: GuestPtr) -> ()
				{ Deprecated, Read, Allowed, None, Context, Entry(0) }

				/// Does nothing and looks at nothing: contracts pay no rent any more.
				[65] restore_to_v0 as "seal0" "restore_to" | "seal_restore_to"
				(dest_ptr: GuestPtr, dest_len: GuestLen, code_hash_ptr: GuestPtr, code_hash_len: GuestLen, rent_allowance_ptr: GuestPtr, rent_allowance_len: GuestLen, delta_ptr: GuestPtr, delta_count: i32) -> ()
				{ Deprecated, Read, Allowed, None, Context, Entry(0) }

				/// Does nothing and looks at nothing: contracts pay no rent any more.
				[66] restore_to_v1 as "seal1" "restore_to" | "seal_restore_to"
				(dest_ptr: GuestPtr, code_hash_ptr: GuestPtr, rent_allowance_ptr: GuestPtr, delta_ptr: GuestPtr, delta_count: i32) -> ()
				{ Deprecated, Read, Allowed, None, Context, Entry(0) }

				/// Does nothing and looks at nothing: contracts pay no rent any more.
				[67] set_rent_allowance_v0 as "seal0" "set_rent_allowance" | "seal_set_rent_allowance"
				(value_ptr: GuestPtr, value_len: GuestLen) -> ()
				{ Deprecated, Read, Allowed, None, Context, Entry(0) }

				/// Does nothing and looks at nothing: contracts pay no rent any more.
				[68] set_rent_allowance_v1 as "seal1" "set_rent_allowance" | "seal_set_rent_allowance"
				(value_ptr: GuestPtr) -> ()
				{ Deprecated, Read, Allowed, None, Context, Entry(0) }

				/// Writes the greatest balance there is: contracts pay no rent any more.
				[69] rent_allowance as "seal0" "rent_allowance" | "seal_rent_allowance"
				(out_ptr: GuestPtr, out_len_ptr: GuestPtr) -> ()
				{ Deprecated, Read, Allowed, None, Context, Entry(0) }
			}
		}
	};
}

crate::seal_functions!(crate::define_traits! {});
crate::seal_functions!(crate::define_specs! {});
