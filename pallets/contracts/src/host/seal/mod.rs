//! Bodies of `seal`: what a guest can tell is as in pallet-contracts.
//!
//! The rule of this folder: an order of checks is kept only where its outcome is a code. Whatever ends
//! the call ends it alike, so bounds are looked at before anything is paid, as elsewhere.

mod balance;
mod call;
mod code;
mod context;
mod crypto;
mod event;
mod legacy;
mod runtime;
mod storage;

use super::{byte_len, Host};
use crate::exec::{Ext, Halt, Refusal, Trap};
use alloc::vec::Vec;
use caisson_contracts_abi::{Capability, GuestLen, GuestPtr, HostCost};

/// The pointer or number that means none.
const SENTINEL: u32 = u32::MAX;

/// What rows return beside numbers.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[repr(i32)]
pub(super) enum ReturnCode {
	Success = 0,
	CalleeTrapped = 1,
	CalleeReverted = 2,
	KeyNotFound = 3,
	TransferFailed = 5,
	CodeNotFound = 7,
	NotCallable = 8,
	CallRuntimeFailed = 10,
	EcdsaRecoveryFailed = 11,
	Sr25519VerifyFailed = 12,
	XcmExecutionFailed = 13,
	XcmSendFailed = 14,
}

impl From<ReturnCode> for i32 {
	fn from(code: ReturnCode) -> Self {
		code as Self
	}
}

/// A length as rows return it that have one only where there is a value.
fn len_or_sentinel(len: Option<u32>) -> i32 {
	len.unwrap_or(SENTINEL).cast_signed()
}

/// A place for an output, and where its size stands, which the output's length replaces.
#[derive(Clone, Copy)]
struct Buffer {
	ptr: GuestPtr,
	len_ptr: GuestPtr,
}

impl<E: Ext> Host<'_, E> {
	/// A balance in memory.
	fn balance_at(&self, ptr: GuestPtr) -> Result<u128, Halt> {
		Ok(u128::from_le_bytes(self.memory.array(ptr)?))
	}

	/// A deposit limit in memory; where there is none it is 0, which means the same.
	fn deposit_limit_at(&self, ptr: GuestPtr) -> Result<u128, Halt> {
		match ptr.0 {
			SENTINEL => Ok(0),
			_ => self.balance_at(ptr),
		}
	}

	/// Copies bytes in whose number is the guest's choice, paying for them by `cost`.
	fn copy_in(&mut self, cost: HostCost, ptr: GuestPtr, len: GuestLen) -> Result<Vec<u8>, Halt> {
		self.memory.read(ptr, len)?;
		self.charge_units(cost, len.0)?;
		Ok(self.memory.read(ptr, len)?.to_vec())
	}

	/// Writes an output whose copying is in the price of the row.
	fn fill(&mut self, buffer: Buffer, output: &[u8]) -> Result<(), Halt> {
		let len = byte_len(output);
		let limit = u32::from_le_bytes(self.memory.array(buffer.len_ptr)?);
		if len > limit {
			return Err(Trap::OutputBufferTooSmall { len, limit }.into());
		}
		self.memory.write(buffer.ptr, output)?;
		// Behind the output: where the two overlap, it is the length that stands.
		self.memory.write(buffer.len_ptr, &len.to_le_bytes())
	}

	/// Writes an output, paying for its bytes.
	fn fill_paid(&mut self, buffer: Buffer, output: &[u8]) -> Result<(), Halt> {
		self.charge_bytes(HostCost::Copy, output)?;
		self.fill(buffer, output)
	}

	/// Writes an output, paying for its bytes, if the guest wants it.
	fn fill_if_wanted(&mut self, buffer: Buffer, output: &[u8]) -> Result<(), Halt> {
		match buffer.ptr.0 {
			SENTINEL => Ok(()),
			_ => self.fill_paid(buffer, output),
		}
	}

	/// The code for why the chain refused something; where there is none, the call ends.
	fn refused(&self, halt: Halt) -> Result<ReturnCode, Halt> {
		let refusal = match &halt {
			Halt::Dispatch(error) => self.ext.refusal(error),
			_ => None,
		};
		match refusal {
			Some(Refusal::TransferFailed) => Ok(ReturnCode::TransferFailed),
			Some(Refusal::CodeNotFound) => Ok(ReturnCode::CodeNotFound),
			Some(Refusal::ContractNotFound) => Ok(ReturnCode::NotCallable),
			None => Err(halt),
		}
	}

	/// Money goes with a call only if the contract may move its own.
	fn ensure_may_transfer(&self) -> Result<(), Halt> {
		let capability = Capability::TransferValue;
		if !self.ext.capabilities().contains(capability) {
			return Err(Trap::CapabilityDenied(capability).into());
		}
		Ok(())
	}
}
