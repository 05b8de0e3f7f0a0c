//! Other contracts, and the contract's own input, output and end.

use super::{Buffer, ReturnCode};
use crate::{
	exec::{CallError, CallRequest, Ext, Halt, InstantiateRequest, Trap},
	host::{byte_len, Host},
};
use alloc::vec::Vec;
use caisson_contracts_abi::{seal::SealCall, GuestLen, GuestPtr, HostCost};
use sp_runtime::Weight;

/// How a call is made.
#[derive(Clone, Copy)]
struct CallFlags(u32);

impl CallFlags {
	/// The callee gets this call's input, which is gone then.
	const FORWARD_INPUT: u32 = 1;
	/// The callee gets a copy of this call's input; stronger than the flag before.
	const CLONE_INPUT: u32 = 2;
	/// The callee's output is this call's.
	const TAIL_CALL: u32 = 4;
	/// The callee may call back.
	const ALLOW_REENTRY: u32 = 8;
	/// The callee may change nothing.
	const READ_ONLY: u32 = 16;

	const ALL: u32 = Self::FORWARD_INPUT
		| Self::CLONE_INPUT
		| Self::TAIL_CALL
		| Self::ALLOW_REENTRY
		| Self::READ_ONLY;

	fn parse(bits: i32, known: u32) -> Result<Self, Halt> {
		let bits = bits.cast_unsigned();
		match bits & !known {
			0 => Ok(Self(bits)),
			_ => Err(Trap::InvalidCallFlags.into()),
		}
	}

	fn has(self, flag: u32) -> bool {
		self.0 & flag != 0
	}
}

/// Bytes in memory.
type Span = (GuestPtr, GuestLen);

/// The parts of a call, as they lie in memory.
struct CallParts {
	flags: CallFlags,
	callee: GuestPtr,
	gas_limit: Weight,
	deposit_limit: GuestPtr,
	value: GuestPtr,
	input: Span,
	output: Buffer,
}

/// The parts of an instantiation, as they lie in memory.
struct InstantiateParts {
	code_hash: GuestPtr,
	gas_limit: Weight,
	deposit_limit: GuestPtr,
	value: GuestPtr,
	input: Span,
	address: Buffer,
	output: Buffer,
	salt: Span,
}

/// Limits of the versions that know no proof: 0 is all that is left.
fn only_time(gas: i64) -> Weight {
	Weight::from_parts(gas.cast_unsigned(), 0)
}

fn time_and_proof(ref_time: i64, proof_size: i64) -> Weight {
	Weight::from_parts(ref_time.cast_unsigned(), proof_size.cast_unsigned())
}

/// Where the versions have their deposit limit that know none.
const NO_LIMIT: GuestPtr = GuestPtr(super::SENTINEL);

impl<E: Ext> Host<'_, E> {
	/// What the callee is called with.
	fn callee_input(
		&mut self,
		flags: CallFlags,
		(ptr, len): Span,
		cost: HostCost,
	) -> Result<Vec<u8>, Halt> {
		if flags.has(CallFlags::CLONE_INPUT) {
			let input = self.state.input.as_deref().ok_or(Trap::InputForwarded)?;
			let len = byte_len(input);
			self.charge_units(cost, len)?;
			return Ok(self.state.input.clone().ok_or(Trap::InputForwarded)?);
		}
		if flags.has(CallFlags::FORWARD_INPUT) {
			return Ok(self.state.input.take().ok_or(Trap::InputForwarded)?);
		}
		self.copy_in(cost, ptr, len)
	}

	fn call(&mut self, parts: CallParts) -> Result<i32, Halt> {
		let CallParts { flags, callee, gas_limit, deposit_limit, value, input, output } = parts;
		let data = self.callee_input(flags, input, HostCost::Call)?;
		let dest = self.memory.array(callee)?;
		let deposit_limit = self.deposit_limit_at(deposit_limit)?;
		let value = self.balance_at(value)?;
		let read_only = flags.has(CallFlags::READ_ONLY);
		if value > 0 {
			if read_only || self.ext.is_read_only() {
				return Err(Trap::StateChangeDenied("call").into());
			}
			self.ensure_may_transfer()?;
			self.charge(HostCost::Transfer, 0)?;
		}
		let outcome = self.ext.call(CallRequest {
			dest,
			value,
			gas_limit,
			deposit_limit,
			data,
			allow_reentry: flags.has(CallFlags::ALLOW_REENTRY),
			read_only,
		});
		self.returned(flags, outcome, output)
	}

	/// What becomes of a call when the callee is done.
	fn returned(
		&mut self,
		flags: CallFlags,
		outcome: Result<Vec<u8>, CallError>,
		output: Buffer,
	) -> Result<i32, Halt> {
		let (code, data) = match outcome {
			Ok(data) => (ReturnCode::Success, data),
			Err(CallError { halt: Halt::Revert(data), .. }) => (ReturnCode::CalleeReverted, data),
			// A callee that fails is a code even for a tail call.
			Err(error) => return self.failed(error),
		};
		if flags.has(CallFlags::TAIL_CALL) {
			let flags = u32::from(code == ReturnCode::CalleeReverted);
			return Err(Halt::Return { flags, data });
		}
		self.fill_if_wanted(output, &data)?;
		Ok(code.into())
	}

	/// The code for a sub-call that failed without an output.
	fn failed(&self, error: CallError) -> Result<i32, Halt> {
		let code =
			if error.in_callee { ReturnCode::CalleeTrapped } else { self.refused(error.halt)? };
		Ok(code.into())
	}

	fn instantiate(&mut self, parts: InstantiateParts) -> Result<i32, Halt> {
		let deposit_limit = self.deposit_limit_at(parts.deposit_limit)?;
		let value = self.balance_at(parts.value)?;
		let code_hash = self.memory.array(parts.code_hash)?;
		if value > 0 {
			self.ensure_may_transfer()?;
			self.charge(HostCost::Transfer, 0)?;
		}
		let data = self.copy_in(HostCost::Instantiate, parts.input.0, parts.input.1)?;
		let salt = self.copy_in(HostCost::Instantiate, parts.salt.0, parts.salt.1)?;
		let outcome = self.ext.instantiate(InstantiateRequest {
			code_hash,
			value,
			gas_limit: parts.gas_limit,
			deposit_limit,
			data,
			salt,
		});
		let (code, data) = match outcome {
			Ok((address, data)) => {
				self.fill_if_wanted(parts.address, &address)?;
				(ReturnCode::Success, data)
			},
			Err(CallError { halt: Halt::Revert(data), .. }) => (ReturnCode::CalleeReverted, data),
			Err(error) => return self.failed(error),
		};
		self.fill_if_wanted(parts.output, &data)?;
		Ok(code.into())
	}
}

impl<E: Ext> SealCall<Halt> for Host<'_, E> {
	fn call_v0(
		&mut self,
		callee_ptr: GuestPtr,
		_callee_len: GuestLen,
		gas: i64,
		value_ptr: GuestPtr,
		_value_len: GuestLen,
		input_data_ptr: GuestPtr,
		input_data_len: GuestLen,
		output_ptr: GuestPtr,
		output_len_ptr: GuestPtr,
	) -> Result<i32, Halt> {
		self.call(CallParts {
			flags: CallFlags(CallFlags::ALLOW_REENTRY),
			callee: callee_ptr,
			gas_limit: only_time(gas),
			deposit_limit: NO_LIMIT,
			value: value_ptr,
			input: (input_data_ptr, input_data_len),
			output: Buffer { ptr: output_ptr, len_ptr: output_len_ptr },
		})
	}

	fn call_v1(
		&mut self,
		flags: i32,
		callee_ptr: GuestPtr,
		gas: i64,
		value_ptr: GuestPtr,
		input_data_ptr: GuestPtr,
		input_data_len: GuestLen,
		output_ptr: GuestPtr,
		output_len_ptr: GuestPtr,
	) -> Result<i32, Halt> {
		self.call(CallParts {
			flags: CallFlags::parse(flags, CallFlags::ALL)?,
			callee: callee_ptr,
			gas_limit: only_time(gas),
			deposit_limit: NO_LIMIT,
			value: value_ptr,
			input: (input_data_ptr, input_data_len),
			output: Buffer { ptr: output_ptr, len_ptr: output_len_ptr },
		})
	}

	fn call_v2(
		&mut self,
		flags: i32,
		callee_ptr: GuestPtr,
		ref_time_limit: i64,
		proof_size_limit: i64,
		deposit_ptr: GuestPtr,
		value_ptr: GuestPtr,
		input_data_ptr: GuestPtr,
		input_data_len: GuestLen,
		output_ptr: GuestPtr,
		output_len_ptr: GuestPtr,
	) -> Result<i32, Halt> {
		self.call(CallParts {
			flags: CallFlags::parse(flags, CallFlags::ALL)?,
			callee: callee_ptr,
			gas_limit: time_and_proof(ref_time_limit, proof_size_limit),
			deposit_limit: deposit_ptr,
			value: value_ptr,
			input: (input_data_ptr, input_data_len),
			output: Buffer { ptr: output_ptr, len_ptr: output_len_ptr },
		})
	}

	fn delegate_call(
		&mut self,
		flags: i32,
		code_hash_ptr: GuestPtr,
		input_data_ptr: GuestPtr,
		input_data_len: GuestLen,
		output_ptr: GuestPtr,
		output_len_ptr: GuestPtr,
	) -> Result<i32, Halt> {
		// Whether others may enter, and whether anything may change, is not the delegate's affair: it is
		// the running contract.
		let known = CallFlags::FORWARD_INPUT | CallFlags::CLONE_INPUT | CallFlags::TAIL_CALL;
		let flags = CallFlags::parse(flags, known)?;
		let data =
			self.callee_input(flags, (input_data_ptr, input_data_len), HostCost::DelegateCall)?;
		let code_hash = self.memory.array(code_hash_ptr)?;
		let outcome = self.ext.delegate_call(code_hash, data);
		self.returned(flags, outcome, Buffer { ptr: output_ptr, len_ptr: output_len_ptr })
	}

	fn instantiate_v0(
		&mut self,
		code_hash_ptr: GuestPtr,
		_code_hash_len: GuestLen,
		gas: i64,
		value_ptr: GuestPtr,
		_value_len: GuestLen,
		input_data_ptr: GuestPtr,
		input_data_len: GuestLen,
		address_ptr: GuestPtr,
		address_len_ptr: GuestPtr,
		output_ptr: GuestPtr,
		output_len_ptr: GuestPtr,
		salt_ptr: GuestPtr,
		salt_len: GuestLen,
	) -> Result<i32, Halt> {
		self.instantiate(InstantiateParts {
			code_hash: code_hash_ptr,
			gas_limit: only_time(gas),
			deposit_limit: NO_LIMIT,
			value: value_ptr,
			input: (input_data_ptr, input_data_len),
			address: Buffer { ptr: address_ptr, len_ptr: address_len_ptr },
			output: Buffer { ptr: output_ptr, len_ptr: output_len_ptr },
			salt: (salt_ptr, salt_len),
		})
	}

	fn instantiate_v1(
		&mut self,
		code_hash_ptr: GuestPtr,
		gas: i64,
		value_ptr: GuestPtr,
		input_data_ptr: GuestPtr,
		input_data_len: GuestLen,
		address_ptr: GuestPtr,
		address_len_ptr: GuestPtr,
		output_ptr: GuestPtr,
		output_len_ptr: GuestPtr,
		salt_ptr: GuestPtr,
		salt_len: GuestLen,
	) -> Result<i32, Halt> {
		self.instantiate(InstantiateParts {
			code_hash: code_hash_ptr,
			gas_limit: only_time(gas),
			deposit_limit: NO_LIMIT,
			value: value_ptr,
			input: (input_data_ptr, input_data_len),
			address: Buffer { ptr: address_ptr, len_ptr: address_len_ptr },
			output: Buffer { ptr: output_ptr, len_ptr: output_len_ptr },
			salt: (salt_ptr, salt_len),
		})
	}

	fn instantiate_v2(
		&mut self,
		code_hash_ptr: GuestPtr,
		ref_time_limit: i64,
		proof_size_limit: i64,
		deposit_ptr: GuestPtr,
		value_ptr: GuestPtr,
		input_data_ptr: GuestPtr,
		input_data_len: GuestLen,
		address_ptr: GuestPtr,
		address_len_ptr: GuestPtr,
		output_ptr: GuestPtr,
		output_len_ptr: GuestPtr,
		salt_ptr: GuestPtr,
		salt_len: GuestLen,
	) -> Result<i32, Halt> {
		self.instantiate(InstantiateParts {
			code_hash: code_hash_ptr,
			gas_limit: time_and_proof(ref_time_limit, proof_size_limit),
			deposit_limit: deposit_ptr,
			value: value_ptr,
			input: (input_data_ptr, input_data_len),
			address: Buffer { ptr: address_ptr, len_ptr: address_len_ptr },
			output: Buffer { ptr: output_ptr, len_ptr: output_len_ptr },
			salt: (salt_ptr, salt_len),
		})
	}

	fn terminate_v0(
		&mut self,
		beneficiary_ptr: GuestPtr,
		_beneficiary_len: GuestLen,
	) -> Result<(), Halt> {
		self.terminate_v1(beneficiary_ptr)
	}

	fn terminate_v1(&mut self, beneficiary_ptr: GuestPtr) -> Result<(), Halt> {
		let beneficiary = self.memory.array(beneficiary_ptr)?;
		let locked = self.ext.dependencies();
		self.charge_units(HostCost::Terminate, locked)?;
		self.ext.terminate(beneficiary)?;
		Err(Halt::Terminated)
	}

	fn input(&mut self, out_ptr: GuestPtr, out_len_ptr: GuestPtr) -> Result<(), Halt> {
		// Taken for the time of the copy, which borrows everything else.
		let input = self.state.input.take().ok_or(Trap::InputForwarded)?;
		let copied = self.fill_paid(Buffer { ptr: out_ptr, len_ptr: out_len_ptr }, &input);
		self.state.input = Some(input);
		copied
	}

	fn seal_return(
		&mut self,
		flags: i32,
		data_ptr: GuestPtr,
		data_len: GuestLen,
	) -> Result<(), Halt> {
		let data = self.copy_in(HostCost::Copy, data_ptr, data_len)?;
		Err(Halt::Return { flags: flags.cast_unsigned(), data })
	}
}
