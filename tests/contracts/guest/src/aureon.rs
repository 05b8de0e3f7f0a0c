//! The `aureon` ABI.

#![allow(
	unsafe_code,
	reason = "host functions are foreign; each is given memory that a slice owns"
)]

use caisson_contracts_abi::guest::aureon as host;

/// An argument of bytes: an entry point takes it as a pair (ptr, len), and it lies in a page of its own
/// until the call ends.
pub type Bytes = &'static [u8];

/// Declares the entry points of a contract.
///
/// Each is exported by its name, with the types that the host reads its arguments by: `i32`, `i64`, and
/// for [`Bytes`] a pair of `i32`. Its result is nothing, `i32` or `i64`.
#[macro_export]
macro_rules! aureon_entries {
	($(
		$( #[doc = $doc:expr] )*
		fn $name:ident ( $( $arg:ident : $ty:ident ),* ) $( -> $ret:ident )? $body:block
	)*) => {$(
		$( #[doc = $doc] )*
		fn $name( $( $arg: $ty ),* ) $( -> $ret )? $body

		const _: () = {
			$crate::aureon_entry! { $name [ $( $ret )? ] [] [] $( $arg : $ty, )* }
		};
	)*};
}

/// Exports one entry point: goes through its arguments and gathers parameters and what they mean.
#[doc(hidden)]
#[macro_export]
macro_rules! aureon_entry {
	( $name:ident [ $( $ret:ident )? ] [ $( $param:ident : $raw:ident, )* ] [ $( $value:expr, )* ] ) => {
		#[allow(unsafe_code, reason = "a name that the host knows cannot be exported otherwise")]
		#[unsafe(no_mangle)]
		extern "C" fn $name( $( $param: $raw ),* ) $( -> $ret )? {
			self::$name( $( $value ),* )
		}
	};
	( $name:ident $ret:tt [ $( $params:tt )* ] [ $( $values:tt )* ] $arg:ident : Bytes, $( $rest:tt )* ) => {
		$crate::aureon_entry! {
			$name $ret
			[ $( $params )* ptr: u32, len: u32, ]
			[ $( $values )* $crate::memory::argument(ptr, len), ]
			$( $rest )*
		}
	};
	( $name:ident $ret:tt [ $( $params:tt )* ] [ $( $values:tt )* ] $arg:ident : $ty:ident, $( $rest:tt )* ) => {
		$crate::aureon_entry! {
			$name $ret [ $( $params )* $arg: $ty, ] [ $( $values )* $arg, ] $( $rest )*
		}
	};
}

/// Adds a line to the call's log.
pub fn log(text: &str) {
	// SAFETY: `text` is borrowed for the call.
	unsafe { host::log(ptr_of(text.as_bytes()), len_of(text.as_bytes())) }
}

/// The free balance of an account, given as bytes or text.
pub fn balance(address: &[u8]) -> u64 {
	// SAFETY: `address` is borrowed for the call.
	unsafe { host::get_balance(ptr_of(address), len_of(address)) }.cast_unsigned()
}

/// Moves the contract's own money: 0 done, 1 too little, 2 if `own` is not the contract's address.
pub fn transfer(own: &[u8], to: &[u8], amount: u64) -> i32 {
	let amount = amount.cast_signed();
	// SAFETY: both slices are borrowed for the call.
	unsafe { host::transfer(ptr_of(own), len_of(own), ptr_of(to), len_of(to), amount) }
}

/// Reads the entry at `key` into `value`: the number of bytes copied, or nothing if there is no entry.
pub fn read(key: &str, value: &mut [u8]) -> Option<usize> {
	let (key, ptr, cap) = (key.as_bytes(), value.as_mut_ptr() as u32, len_of(value));
	// SAFETY: `key` is borrowed and `value` borrowed mutably for the call.
	let copied = unsafe { host::storage_read(ptr_of(key), len_of(key), ptr, cap) };
	usize::try_from(copied).ok()
}

/// Writes the entry at `key`; false if key or value is over its limit.
#[must_use]
pub fn write(key: &str, value: &[u8]) -> bool {
	let (key, ptr, len) = (key.as_bytes(), ptr_of(value), len_of(value));
	// SAFETY: both slices are borrowed for the call.
	unsafe { host::storage_write(ptr_of(key), len_of(key), ptr, len) == 0 }
}

fn ptr_of(bytes: &[u8]) -> u32 {
	bytes.as_ptr() as u32
}

fn len_of(bytes: &[u8]) -> u32 {
	bytes.len() as u32
}
