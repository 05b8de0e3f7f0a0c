//! Money, and the addresses that `aureon` writes as text.

use super::Host;
use crate::exec::{Account, Ext, Halt, Trap};
use caisson_contracts_abi::{aureon::AureonBalance, GuestLen, GuestPtr};
use sp_core::crypto::{AccountId32, Ss58Codec};

/// Longest text of an address: `0x` and 64 digits. An SS58 address of 32 bytes is shorter.
const ADDRESS_BYTES: u32 = 66;

/// Reads an address: 32 raw bytes, or text, either 64 hexadecimal digits with or without `0x`, or SS58
/// of any network.
pub(crate) fn parse_address(bytes: &[u8]) -> Option<Account> {
	if let Ok(account) = Account::try_from(bytes) {
		return Some(account);
	}
	let text = core::str::from_utf8(bytes).ok()?;
	let digits = text.strip_prefix("0x").unwrap_or(text);
	let mut account = Account::default();
	if digits.len() == 64 {
		for (byte, pair) in account.iter_mut().zip(digits.as_bytes().chunks_exact(2)) {
			let pair = core::str::from_utf8(pair).ok()?;
			// `from_str_radix` would take a sign.
			if !pair.bytes().all(|digit| digit.is_ascii_hexdigit()) {
				return None;
			}
			*byte = u8::from_str_radix(pair, 16).ok()?;
		}
		return Some(account);
	}
	AccountId32::from_ss58check_with_version(text).ok().map(|(account, _)| account.into())
}

impl<E: Ext> Host<'_, E> {
	fn address(&self, ptr: GuestPtr, len: GuestLen) -> Result<Account, Halt> {
		if len.0 > ADDRESS_BYTES {
			return Err(Trap::NotAnAddress.into());
		}
		let bytes = self.memory.read(ptr, len)?;
		Ok(parse_address(bytes).ok_or(Trap::NotAnAddress)?)
	}
}

impl<E: Ext> AureonBalance<Halt> for Host<'_, E> {
	fn get_balance(&mut self, addr_ptr: GuestPtr, addr_len: GuestLen) -> Result<i64, Halt> {
		let account = self.address(addr_ptr, addr_len)?;
		let balance = self.ext.balance_of(account);
		Ok(u64::try_from(balance).unwrap_or(u64::MAX).cast_signed())
	}

	fn transfer(
		&mut self,
		from_ptr: GuestPtr,
		from_len: GuestLen,
		to_ptr: GuestPtr,
		to_len: GuestLen,
		amount: i64,
	) -> Result<i32, Halt> {
		let from = self.address(from_ptr, from_len)?;
		let to = self.address(to_ptr, to_len)?;
		if from != self.ext.account() {
			return Ok(2);
		}
		// Amounts are unsigned in this ABI, as its balances are.
		let amount = u128::from(amount.cast_unsigned());
		Ok(if self.ext.transfer(to, amount).is_ok() { 0 } else { 1 })
	}
}
