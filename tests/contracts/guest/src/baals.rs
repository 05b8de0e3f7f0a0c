//! The `baals` ABI.

#![allow(
	unsafe_code,
	reason = "host functions are foreign; each is given memory that a slice owns"
)]

use caisson_contracts_abi::guest::baals as host;

use crate::{memory, trap, Account, Argument, Input, Vec};

/// Declares the entry points of a contract.
///
/// Each is exported by its name as `(ptr, len) -> i32`. Its arguments are read from the input in order
/// (see [`crate::input`]); bytes that are missing or left over end the call with a message. Its result
/// is the output.
#[macro_export]
macro_rules! baals_entries {
	($(
		$( #[doc = $doc:expr] )*
		fn $name:ident ( $( $arg:ident : $ty:ty ),* ) $( -> $ret:ty )? $body:block
	)*) => {$(
		$( #[doc = $doc] )*
		fn $name( $( $arg: $ty ),* ) $( -> $ret )? $body

		const _: () = {
			#[allow(unsafe_code, reason = "a name that the host knows cannot be exported otherwise")]
			#[unsafe(no_mangle)]
			extern "C" fn $name(_: u32, len: u32) -> i32 {
				#[allow(unused_mut, reason = "an entry point may take no arguments")]
				let mut input = $crate::baals::input(len);
				$( let $arg = $crate::baals::argument::<$ty>(&mut input); )*
				$crate::baals::ensure_at_end(&input);
				$crate::baals::output(&$crate::Output::into_bytes(self::$name($( $arg ),*)))
			}
		};
	)*};
}

/// The input of this call, whose encoded form has `len` bytes.
pub fn input(len: u32) -> Input {
	let mut encoded = alloc::vec![0; len as usize];
	// SAFETY: `encoded` has `len` bytes.
	let copied = unsafe { host::baals_get_input_data(encoded.as_mut_ptr() as u32, len) };
	match Input::from_list(&encoded) {
		Some(input) if u32::try_from(copied) == Ok(len) => input,
		_ => revert("input is not a list"),
	}
}

/// The next argument.
pub fn argument<T: Argument>(input: &mut Input) -> T {
	match input.read() {
		Some(argument) => argument,
		None => revert("input is too short"),
	}
}

/// Ends the call if there is input that nobody read.
pub fn ensure_at_end(input: &Input) {
	if !input.is_at_end() {
		revert("input is too long")
	}
}

/// Places the output where the host looks for it; the value is the entry point's result.
pub fn output(bytes: &[u8]) -> i32 {
	if !memory::put_at_zero(bytes) {
		revert("output is too long")
	}
	len_of(bytes).cast_signed()
}

/// Ends the call as failed, with a message.
pub fn revert(message: &str) -> ! {
	let message = message.as_bytes();
	// SAFETY: `message` is borrowed for the call.
	unsafe { host::baals_revert(ptr_of(message), len_of(message)) }
	trap()
}

/// The account that called: in a sub-call the calling contract.
pub fn sender() -> Account {
	let mut account = [0; 32];
	// SAFETY: the host writes 32 bytes, which `account` has.
	unsafe { host::baals_get_sender(account.as_mut_ptr() as u32) }
	account
}

/// The contract's own account.
pub fn contract_id() -> Account {
	let mut account = [0; 32];
	// SAFETY: the host writes 32 bytes, which `account` has.
	unsafe { host::baals_get_contract_id(account.as_mut_ptr() as u32) }
	account
}

/// Reads the entry at `key` into `value`: the number of bytes copied, 0 if there is none.
pub fn read(key: &[u8], value: &mut [u8]) -> usize {
	let (ptr, cap) = (value.as_mut_ptr() as u32, len_of(value));
	// SAFETY: `key` is borrowed and `value` borrowed mutably for the call.
	let copied = unsafe { host::baals_storage_read(ptr_of(key), len_of(key), ptr, cap) };
	match usize::try_from(copied) {
		Ok(copied) => copied,
		Err(_) => revert("storage was not read"),
	}
}

/// Writes the entry at `key`.
pub fn write(key: &[u8], value: &[u8]) {
	let (ptr, len) = (ptr_of(value), len_of(value));
	// SAFETY: both slices are borrowed for the call.
	if unsafe { host::baals_storage_write_status(ptr_of(key), len_of(key), ptr, len) } != 0 {
		revert("storage was not written")
	}
}

/// Reads the number at `key`, 0 if there is none.
pub fn read_u64(key: &[u8]) -> u64 {
	let mut value = [0; 8];
	read(key, &mut value);
	u64::from_le_bytes(value)
}

/// Writes a number at `key`.
pub fn write_u64(key: &[u8], value: u64) {
	write(key, &value.to_le_bytes())
}

/// Emits an event.
pub fn emit(topic: &str, data: &[u8]) {
	let topic = topic.as_bytes();
	// SAFETY: both slices are borrowed for the call.
	unsafe { host::baals_emit_event(ptr_of(topic), len_of(topic), ptr_of(data), len_of(data)) }
}

/// Why a call of another contract gave nothing; all that it did is undone.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct CallFailed {
	/// What the host said.
	pub code: i32,
}

/// Calls a method of another contract, and returns its result.
///
/// # Errors
///
/// If there is no such contract or method, or the call failed.
pub fn call(
	contract: &[u8],
	method: &str,
	payload: &[u8],
	value: u64,
) -> Result<Vec<u8>, CallFailed> {
	call_named(contract, method.as_bytes(), payload, value)
}

/// [`call`], for a name that came as bytes.
///
/// # Errors
///
/// As those of [`call`].
pub fn call_named(
	contract: &[u8],
	method: &[u8],
	payload: &[u8],
	value: u64,
) -> Result<Vec<u8>, CallFailed> {
	// SAFETY: the slices are borrowed for the call.
	let code = unsafe {
		host::baals_call_contract(
			ptr_of(contract),
			len_of(contract),
			ptr_of(method),
			len_of(method),
			ptr_of(payload),
			len_of(payload),
			value.cast_signed(),
		)
	};
	let Ok(len) = u32::try_from(code) else {
		return Err(CallFailed { code });
	};
	let mut result = alloc::vec![0; len as usize];
	// SAFETY: `result` has `len` bytes.
	let copied = unsafe { host::baals_read_call_result(result.as_mut_ptr() as u32, len) };
	if copied == code {
		Ok(result)
	} else {
		revert("call result was not read")
	}
}

fn ptr_of(bytes: &[u8]) -> u32 {
	bytes.as_ptr() as u32
}

fn len_of(bytes: &[u8]) -> u32 {
	bytes.len() as u32
}
