//! What a runtime offers its contracts beside other contracts.

use super::{Buffer, ReturnCode};
use crate::{
	exec::{Ext, Halt},
	host::Host,
};
use caisson_contracts_abi::{seal::SealRuntime, GuestLen, GuestPtr, HostCost};

/// The code for an attempt.
fn code(succeeded: bool, failure: ReturnCode) -> i32 {
	if succeeded { ReturnCode::Success } else { failure }.into()
}

impl<E: Ext> SealRuntime<Halt> for Host<'_, E> {
	fn call_chain_extension(
		&mut self,
		id: i32,
		input_ptr: GuestPtr,
		input_len: GuestLen,
		output_ptr: GuestPtr,
		output_len_ptr: GuestPtr,
	) -> Result<i32, Halt> {
		// Any pointer will do where there is no output, so that it leads nowhere is told with the output.
		let cap = self.memory.array(output_len_ptr).map_or(0, u32::from_le_bytes);
		let input = self.memory.read(input_ptr, input_len)?;
		let (code, output) = self.ext.chain_extension(id.cast_unsigned(), input, cap)?;
		if let Some(output) = output {
			self.fill_if_wanted(Buffer { ptr: output_ptr, len_ptr: output_len_ptr }, &output)?;
		}
		Ok(code.cast_signed())
	}

	fn call_runtime(&mut self, call_ptr: GuestPtr, call_len: GuestLen) -> Result<i32, Halt> {
		self.memory.read(call_ptr, call_len)?;
		self.charge_units(HostCost::CallRuntime, call_len.0)?;
		let call = self.memory.read(call_ptr, call_len)?;
		Ok(code(self.ext.call_runtime(call)?, ReturnCode::CallRuntimeFailed))
	}

	fn xcm_execute(&mut self, msg_ptr: GuestPtr, msg_len: GuestLen) -> Result<i32, Halt> {
		self.memory.read(msg_ptr, msg_len)?;
		self.charge_units(HostCost::CallRuntime, msg_len.0)?;
		let message = self.memory.read(msg_ptr, msg_len)?;
		Ok(code(self.ext.xcm_execute(message)?, ReturnCode::XcmExecutionFailed))
	}

	fn xcm_send(
		&mut self,
		dest_ptr: GuestPtr,
		msg_ptr: GuestPtr,
		msg_len: GuestLen,
		output_ptr: GuestPtr,
	) -> Result<i32, Halt> {
		self.memory.read(msg_ptr, msg_len)?;
		self.charge_units(HostCost::CallRuntime, msg_len.0)?;
		// A location has no length here: its encoding ends where it ends.
		let dest = self.memory.rest(dest_ptr)?;
		let message = self.memory.read(msg_ptr, msg_len)?;
		let Some(id) = self.ext.xcm_send(dest, message)? else {
			return Ok(ReturnCode::XcmSendFailed.into());
		};
		self.memory.write(output_ptr, &id)?;
		Ok(ReturnCode::Success.into())
	}
}
