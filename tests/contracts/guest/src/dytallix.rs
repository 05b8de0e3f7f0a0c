//! The `dytallix` ABI.

#![allow(
	unsafe_code,
	reason = "host functions are foreign; each is given memory that a slice owns"
)]

use caisson_contracts_abi::guest::dytallix as host;

use crate::{memory, trap, Argument, Input, Vec};

/// The most bytes that a method can return.
pub const MAX_OUTPUT_BYTES: usize = 1_024;

/// Declares the entry points of a contract.
///
/// Each is exported by its name as `(ptr, len) -> i32`, so the name of a method begins with
/// `contract_`. Its arguments are read from the input in order (see [`crate::input`]); bytes that are
/// missing or left over are a trap. Its result is the output.
#[macro_export]
macro_rules! dytallix_entries {
	($(
		$( #[doc = $doc:expr] )*
		fn $name:ident ( $( $arg:ident : $ty:ty ),* ) $( -> $ret:ty )? $body:block
	)*) => {$(
		$( #[doc = $doc] )*
		fn $name( $( $arg: $ty ),* ) $( -> $ret )? $body

		const _: () = {
			#[allow(unsafe_code, reason = "a name that the host knows cannot be exported otherwise")]
			#[unsafe(no_mangle)]
			extern "C" fn $name(ptr: u32, len: u32) -> i32 {
				#[allow(unused_mut, reason = "an entry point may take no arguments")]
				let mut input = $crate::dytallix::input(ptr, len);
				$( let $arg = $crate::dytallix::argument::<$ty>(&mut input); )*
				$crate::dytallix::ensure_at_end(&input);
				$crate::dytallix::output(&$crate::Output::into_bytes(self::$name($( $arg ),*)))
			}
		};
	)*};
}

/// The input of this call.
pub fn input(ptr: u32, len: u32) -> Input {
	Input::new(alloc::vec![memory::argument(ptr, len).to_vec()])
}

/// The next argument.
pub fn argument<T: Argument>(input: &mut Input) -> T {
	input.read().unwrap_or_else(|| trap())
}

/// Ends the call if there is input that nobody read.
pub fn ensure_at_end(input: &Input) {
	if !input.is_at_end() {
		trap()
	}
}

/// Places length and bytes of the output; the value is the entry point's result.
pub fn output(bytes: &[u8]) -> i32 {
	if bytes.is_empty() {
		return 0;
	}
	if bytes.len() > MAX_OUTPUT_BYTES {
		trap()
	}
	// Kept to the end of the call, when the host reads it.
	let placed: &[u8] = Vec::leak([&len_of(bytes).to_le_bytes(), bytes].concat());
	ptr_of(placed).cast_signed()
}

/// Why the host refused: a negative code, whose meaning each function has for itself.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Refused {
	/// What the host said.
	pub code: i32,
}

/// Reads the entry at `key` into `value`: the number of bytes copied, 0 if there is none.
///
/// # Errors
///
/// If the key is over its limit, or the call is out of gas.
pub fn read(key: &str, value: &mut [u8]) -> Result<usize, Refused> {
	let (key, ptr, len) = (key.as_bytes(), value.as_mut_ptr() as u32, len_of(value));
	// SAFETY: `key` is borrowed and `value` borrowed mutably for the call.
	let code = unsafe { host::storage_get(ptr_of(key), len_of(key), ptr, len) };
	usize::try_from(code).map_err(|_| Refused { code })
}

/// Writes the entry at `key`.
///
/// # Errors
///
/// If a length or the contract's storage is over its limit, or the call is out of gas.
pub fn write(key: &str, value: &[u8]) -> Result<(), Refused> {
	let (key, ptr, len) = (key.as_bytes(), ptr_of(value), len_of(value));
	// SAFETY: both slices are borrowed for the call.
	done(unsafe { host::storage_set(ptr_of(key), len_of(key), ptr, len) })
}

/// Emits an event.
///
/// # Errors
///
/// If a length is over its limit, or the call is out of gas.
pub fn emit(topic: &str, data: &[u8]) -> Result<(), Refused> {
	let topic = topic.as_bytes();
	// SAFETY: both slices are borrowed for the call.
	done(unsafe { host::emit_event(ptr_of(topic), len_of(topic), ptr_of(data), len_of(data)) })
}

fn done(code: i32) -> Result<(), Refused> {
	if code == 0 {
		Ok(())
	} else {
		Err(Refused { code })
	}
}

fn ptr_of(bytes: &[u8]) -> u32 {
	bytes.as_ptr() as u32
}

fn len_of(bytes: &[u8]) -> u32 {
	bytes.len() as u32
}
