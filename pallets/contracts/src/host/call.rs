//! Other contracts, and giving up.

use super::{byte_len, code, Host};
use crate::{
	exec::{CallError, CallRequest, Ext, Halt, Trap},
	limits,
};
use caisson_contracts_abi::{baals::BaalsCall, GuestLen, GuestPtr, HostCost};
use codec::Encode;

impl<E: Ext> Host<'_, E> {
	/// Keeps the result of a sub-call, and of the older ones as many as a frame may hold.
	fn keep_result(&mut self, result: Option<alloc::vec::Vec<u8>>) {
		self.state.results.push(result);
		if self.state.results.len() > limits::KEPT_RESULTS as usize {
			self.state.results.remove(0);
			self.state.dropped_results = self.state.dropped_results.saturating_add(1);
		}
	}

	/// Copies the kept result at `position` out.
	fn copy_result(
		&mut self,
		position: Option<usize>,
		ptr: GuestPtr,
		cap: GuestLen,
	) -> Result<i32, Halt> {
		let Some(result) = position
			.and_then(|position| self.state.results.get_mut(position))
			.and_then(core::mem::take)
		else {
			return Ok(-1);
		};
		let copied = self.copy_out(&result, ptr, cap);
		if let Some(slot) = position.and_then(|position| self.state.results.get_mut(position)) {
			*slot = Some(result);
		}
		copied
	}
}

impl<E: Ext> BaalsCall<Halt> for Host<'_, E> {
	fn baals_call_contract(
		&mut self,
		id_ptr: GuestPtr,
		id_len: GuestLen,
		method_ptr: GuestPtr,
		method_len: GuestLen,
		payload_ptr: GuestPtr,
		payload_len: GuestLen,
		value: i64,
	) -> Result<i32, Halt> {
		let result = 'call: {
			let Ok(dest) = <[u8; 32]>::try_from(self.memory.read(id_ptr, id_len)?) else {
				break 'call None;
			};
			// A negative value is none that an account can hold.
			let Ok(value) = u128::try_from(value) else { break 'call None };
			if value > 0 && self.ext.is_read_only() {
				break 'call None;
			}
			if value > 0 {
				let capability = caisson_contracts_abi::Capability::TransferValue;
				if !self.ext.capabilities().contains(capability) {
					return Err(Trap::CapabilityDenied(capability).into());
				}
			}
			let bytes = method_len.0.saturating_add(payload_len.0);
			if bytes > limits::INPUT_BYTES {
				break 'call None;
			}
			let method = self.memory.read(method_ptr, method_len)?;
			let payload = self.memory.read(payload_ptr, payload_len)?;
			let data = (method, alloc::vec![payload]).encode();
			self.charge_units(HostCost::Call, bytes)?;
			if value > 0 {
				self.charge(HostCost::Transfer, 0)?;
			}
			match self.ext.call(CallRequest::new(dest, value, data)) {
				Ok(output) => Some(output),
				// The callee had all the gas that was left.
				Err(CallError { halt: Halt::OutOfGas, .. })
					if self.ext.meter().fuel_left() == 0 =>
				{
					return Err(Halt::OutOfGas)
				},
				Err(_) => None,
			}
		};
		let length = result.as_ref().map_or(-1, |output| code(byte_len(output) as usize));
		self.keep_result(result);
		Ok(length)
	}

	fn baals_read_call_result(&mut self, ptr: GuestPtr, cap: GuestLen) -> Result<i32, Halt> {
		let last = self.state.results.len().checked_sub(1);
		self.copy_result(last, ptr, cap)
	}

	fn baals_read_call_result_at(
		&mut self,
		ptr: GuestPtr,
		cap: GuestLen,
		index: i32,
	) -> Result<i32, Halt> {
		let position = usize::try_from(index)
			.ok()
			.and_then(|index| index.checked_sub(self.state.dropped_results));
		self.copy_result(position, ptr, cap)
	}

	fn baals_revert(&mut self, msg_ptr: GuestPtr, msg_len: GuestLen) -> Result<(), Halt> {
		let limit = self.limits().output_bytes;
		let message = self.memory.read_limited("message", msg_ptr, msg_len, limit)?;
		self.charge_bytes(HostCost::Revert, &message)?;
		Err(Halt::Revert(message))
	}
}
