//! Arguments of the ABIs that hand over bytes, `baals` and `dytallix`.

use crate::{Account, Vec};

/// What a call was given: one byte string, or several.
///
/// Arguments of fixed size are read from the strings in a row, so that a list of three and one string
/// that holds all three mean the same: a contract that calls another hands over one payload.
pub struct Input {
	items: Vec<Vec<u8>>,
	flat: Vec<u8>,
	at: usize,
}

impl Input {
	/// The input that consists of these byte strings.
	pub fn new(items: Vec<Vec<u8>>) -> Self {
		let flat = items.concat();
		Self { items, flat, at: 0 }
	}

	/// The byte strings in a `baals` argument list: u64 LE count, then u64 LE length and bytes each.
	pub fn from_list(encoded: &[u8]) -> Option<Self> {
		let mut rest = encoded;
		let count = take_u64(&mut rest)?;
		let mut items = Vec::new();
		for _ in 0..count {
			let len = usize::try_from(take_u64(&mut rest)?).ok()?;
			let (item, behind) = rest.split_at_checked(len)?;
			items.push(item.to_vec());
			rest = behind;
		}
		rest.is_empty().then(|| Self::new(items))
	}

	/// Reads the next argument.
	pub fn read<T: Argument>(&mut self) -> Option<T> {
		T::read(self)
	}

	/// Whether every byte was read.
	pub fn is_at_end(&self) -> bool {
		self.at == self.flat.len()
	}

	fn take<const N: usize>(&mut self) -> Option<[u8; N]> {
		let taken = *self.flat.get(self.at..)?.first_chunk()?;
		self.at = self.at.checked_add(N)?;
		Some(taken)
	}
}

fn take_u64(rest: &mut &[u8]) -> Option<u64> {
	let (number, behind) = rest.split_first_chunk()?;
	*rest = behind;
	Some(u64::from_le_bytes(*number))
}

/// A type that an entry point may take.
pub trait Argument: Sized {
	/// Reads it from what is left of the input; none if that is too short.
	fn read(input: &mut Input) -> Option<Self>;
}

/// 8 bytes, little-endian.
impl Argument for u64 {
	fn read(input: &mut Input) -> Option<Self> {
		input.take().map(Self::from_le_bytes)
	}
}

/// 32 bytes.
impl Argument for Account {
	fn read(input: &mut Input) -> Option<Self> {
		input.take()
	}
}

/// None where the input ends.
impl<T: Argument> Argument for Option<T> {
	fn read(input: &mut Input) -> Option<Self> {
		if input.is_at_end() {
			Some(None)
		} else {
			T::read(input).map(Some)
		}
	}
}

/// All bytes that are left.
pub struct Rest(pub Vec<u8>);

impl Argument for Rest {
	fn read(input: &mut Input) -> Option<Self> {
		let rest = input.flat.get(input.at..)?.to_vec();
		input.at = input.flat.len();
		Some(Self(rest))
	}
}

/// The byte strings as they were given, where a method takes several without a fixed size.
pub struct Arguments(pub Vec<Vec<u8>>);

impl Argument for Arguments {
	fn read(input: &mut Input) -> Option<Self> {
		input.at = input.flat.len();
		Some(Self(core::mem::take(&mut input.items)))
	}
}
