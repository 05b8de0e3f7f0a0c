//! Execution: the root call and what it leaves behind.
//!
//! The rule of this room: a frame is a storage transaction, and so is the root call. What fails leaves
//! nothing but what it paid.

mod chain;
mod error;
mod ext;
mod frame;
mod layer;
mod memories;
#[cfg(test)]
pub(crate) mod mock_ext;
mod stack;
#[cfg(test)]
mod tests;
mod touched;
mod trace;
mod transient;

pub(crate) use chain::deposit_executed;
pub use error::{Halt, Trap};
pub use ext::{
	Account, BalanceExt, CallError, CallExt, CallRequest, CodeExt, ContextExt, EventExt, Ext, Hash,
	InstantiateRequest, Key, MeterExt, Refusal, RuntimeExt, StorageExt, TransientExt,
};
pub(crate) use stack::Stack;
pub use touched::Access;
#[cfg(test)]
pub(crate) use touched::Touched;

use crate::{
	code::locate::Place,
	meter::{cost, deposit::DepositMeter, GasMeter},
	types::{CapabilitySet, Origin},
	BalanceOf, Config, Error,
};
use alloc::{string::ToString, vec::Vec};
use caisson_contracts_api::{
	CallReport, ExecReturnValue, ReturnFlags, StorageChange, StorageDeposit, TrapReport,
};
use frame_support::{
	defensive, ensure,
	traits::{
		fungible::Inspect,
		tokens::{Fortitude, Preservation, WithdrawConsequence},
		Get,
	},
	CloneNoBound,
};
use sp_runtime::{traits::Zero, DispatchError, Saturating, Weight};
use trace::Trace;

/// How a root call is run.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Mode {
	/// For good.
	Execute,
	/// To be undone by whoever asked, who wants to know everything about it.
	DryRun,
	/// To be undone, and nothing may change.
	Query,
	/// To be undone, to find out where the first frame traps.
	Locate,
}

/// What a root call does.
#[derive(CloneNoBound)]
pub(crate) enum Target<T: Config> {
	/// Calls a contract.
	Call {
		/// The contract.
		dest: T::AccountId,
		/// Its input.
		data: Vec<u8>,
	},
	/// Makes a contract.
	Instantiate {
		/// The code.
		code_hash: T::Hash,
		/// Its input.
		data: Vec<u8>,
		/// What sets its address apart.
		salt: Vec<u8>,
		/// What it may do.
		capabilities: CapabilitySet,
	},
}

/// A root call.
#[derive(CloneNoBound)]
pub(crate) struct RootCall<T: Config> {
	pub(crate) origin: Origin<T>,
	pub(crate) value: BalanceOf<T>,
	pub(crate) gas_limit: Weight,
	/// The most that may be held of the origin, where it says so.
	pub(crate) deposit_limit: Option<BalanceOf<T>>,
	pub(crate) target: Target<T>,
	pub(crate) mode: Mode,
	/// Whether the first frame may change nothing, and with it all others.
	pub(crate) read_only: bool,
}

/// What a root call came to.
pub(crate) struct Outcome<T: Config> {
	/// Output, revert or error.
	pub(crate) result: Result<ExecReturnValue, DispatchError>,
	/// The contract that was called or made, where it came to that.
	pub(crate) contract: Option<T::AccountId>,
	/// Why the root frame halted.
	pub(crate) halt: Option<Halt>,
	/// The function and the offset in the uploaded module where it trapped; looked for in dry runs.
	pub(crate) place: Option<(u32, u32)>,
	pub(crate) gas_consumed: Weight,
	/// What an upload on the way was charged too much.
	pub(crate) spared: Weight,
	pub(crate) deposit: StorageDeposit<BalanceOf<T>>,
	pub(crate) abi_gas: u64,
	pub(crate) logs: Vec<Vec<u8>>,
	/// What contracts said to whoever asked for a dry run.
	pub(crate) debug: alloc::string::String,
	pub(crate) trace: Option<Trace<T>>,
}

impl<T: Config> Outcome<T> {
	/// The outcome of what failed before a frame could be entered.
	pub(crate) fn refused(error: DispatchError) -> Self {
		Self {
			result: Err(error),
			contract: None,
			halt: None,
			place: None,
			gas_consumed: Weight::zero(),
			spared: Weight::zero(),
			deposit: StorageDeposit::default(),
			abi_gas: 0,
			logs: Vec::new(),
			debug: Default::default(),
			trace: None,
		}
	}

	/// The outcome as an extrinsic's: a revert is an error there, as it undid everything.
	pub(crate) fn dispatch_result(&self) -> Result<(), DispatchError> {
		match &self.result {
			Ok(output) if output.did_revert() => Err(Error::<T>::ContractReverted.into()),
			Ok(_) => Ok(()),
			Err(error) => Err(*error),
		}
	}

	/// Why the call failed, for a person.
	pub(crate) fn reason(&self) -> Option<alloc::string::String> {
		match self.halt.as_ref()? {
			Halt::OutOfGas => Some("out of gas".into()),
			Halt::Revert(message) => Some(alloc::string::String::from_utf8_lossy(message).into()),
			Halt::Trap(trap) => Some(trap.to_string()),
			Halt::Dispatch(_) | Halt::Return { .. } | Halt::Terminated => None,
		}
	}

	/// Everything about the run, with `events` that it emitted.
	pub(crate) fn report<EventRecord>(
		self,
		is_deploy: bool,
		events: Vec<EventRecord>,
	) -> CallReport<T::AccountId, BalanceOf<T>, EventRecord> {
		let trap = match (&self.halt, &self.contract) {
			(Some(Halt::Trap(trap)), Some(contract)) => Some(TrapReport {
				contract: contract.clone(),
				reason: trap.to_string(),
				function: self.place.map(|(function, _)| function),
				offset: self.place.map(|(_, offset)| offset),
			}),
			_ => None,
		};
		let revert_message = match self.halt {
			Some(Halt::Revert(message)) => Some(message),
			_ => None,
		};
		let (storage_changes, calls): (Vec<StorageChange<T::AccountId>>, _) =
			self.trace.map(Trace::into_report).unwrap_or_default();
		CallReport {
			gas_consumed: self.gas_consumed,
			gas_required: self.gas_consumed,
			storage_deposit: self.deposit,
			abi_gas: self.abi_gas,
			account_id: self.contract.filter(|_| is_deploy && self.result.is_ok()),
			result: self.result,
			revert_message,
			trap,
			logs: self.logs,
			storage_changes,
			events,
			calls,
		}
	}
}

/// Why a frame halted, as the error of an extrinsic.
pub(crate) fn dispatch_error<T: Config>(halt: &Halt) -> DispatchError {
	match halt {
		Halt::OutOfGas => Error::<T>::OutOfGas.into(),
		Halt::Revert(_) => Error::<T>::ContractReverted.into(),
		Halt::Dispatch(error) => *error,
		Halt::Return { .. } | Halt::Terminated => {
			defensive!("the entry convention turns these into outputs");
			DispatchError::Corruption
		},
		Halt::Trap(trap) => match trap {
			Trap::CapabilityDenied(_) => Error::<T>::CapabilityDenied.into(),
			Trap::StateChangeDenied(_) => Error::<T>::StateChangeDenied.into(),
			Trap::PointerOutOfBounds { .. } => Error::<T>::OutOfBounds.into(),
			Trap::LimitExceeded { .. } => Error::<T>::LimitExceeded.into(),
			Trap::ValueTooLarge { .. } => Error::<T>::ValueTooLarge.into(),
			Trap::SubjectTooLong { .. } => Error::<T>::RandomSubjectTooLong.into(),
			Trap::OutputBufferTooSmall { .. } => Error::<T>::OutputBufferTooSmall.into(),
			Trap::InvalidCallFlags => Error::<T>::InvalidCallFlags.into(),
			Trap::InputForwarded => Error::<T>::InputForwarded.into(),
			Trap::TooManyTopics => Error::<T>::TooManyTopics.into(),
			Trap::DecodingFailed => Error::<T>::DecodingFailed.into(),
			Trap::FunctionNotFound => Error::<T>::FunctionNotFound.into(),
			Trap::ArgumentMismatch => Error::<T>::ArgumentMismatch.into(),
			_ => Error::<T>::ContractTrapped.into(),
		},
	}
}

/// How a frame ended, as a client reads it: a revert is a result with a flag.
fn exec_result<T: Config>(
	result: Result<&Vec<u8>, &Halt>,
) -> Result<ExecReturnValue, DispatchError> {
	match result {
		Ok(data) => Ok(ExecReturnValue { flags: ReturnFlags::empty(), data: data.clone() }),
		Err(Halt::Revert(message)) => {
			Ok(ExecReturnValue { flags: ReturnFlags::REVERT, data: message.clone() })
		},
		Err(halt) => Err(dispatch_error::<T>(halt)),
	}
}

/// Runs a root call; where a dry run traps, says where.
pub(crate) fn run<T: Config>(call: RootCall<T>) -> Outcome<T> {
	if call.mode == Mode::Execute {
		return run_once(call).0;
	}
	let again = RootCall { mode: Mode::Locate, ..call.clone() };
	let read_only = call.mode == Mode::Query;
	let (mut outcome, _) = run_once(call);
	if matches!(outcome.halt, Some(Halt::Trap(_))) {
		outcome.place = locate(again, read_only, &outcome);
	}
	outcome
}

/// Where the first frame of `first` trapped: from a second run on a copy of its code that notes places.
/// That burns other fuel, so it has plenty, and counts only if it ends in the same trap.
fn locate<T: Config>(
	mut call: RootCall<T>,
	read_only: bool,
	first: &Outcome<T>,
) -> Option<(u32, u32)> {
	// Three instructions for one at most, each as dear as a call.
	call.gas_limit = call.gas_limit.saturating_mul(4);
	call.read_only = read_only;
	let contract = first.contract.clone();
	let code_hash = match &call.target {
		Target::Call { dest, .. } => crate::ContractInfoOf::<T>::get(dest)?.code_hash,
		Target::Instantiate { code_hash, .. } => *code_hash,
	};
	let (second, place) = run_once(call);
	if second.contract != contract || second.halt != first.halt {
		return None;
	}
	let place = place?;
	let imports = u32::try_from(crate::PreparedCodeOf::<T>::get(code_hash)?.plan.len()).ok()?;
	let uploaded = crate::PristineCode::<T>::get(code_hash)?;
	Some((place.function, crate::code::locate::offset(&uploaded, imports, place)?))
}

/// Runs a root call: its frames, then the settlement of their deposits, all or nothing. The place
/// is where the first frame trapped, in [`Mode::Locate`].
fn run_once<T: Config>(call: RootCall<T>) -> (Outcome<T>, Option<Place>) {
	let deposit_limit = match deposit_limit(&call) {
		Ok(limit) => limit,
		Err(error) => return (Outcome::refused(error), None),
	};
	let mut meter = GasMeter::new(call.gas_limit);
	let mut stack = Stack::<T>::new(call.origin, call.mode);
	let mut deposit = StorageDeposit::default();
	let mut contract = None;
	let result = layer::within(|| {
		let output =
			stack.root(call.target, (call.value, call.read_only), &mut contract, &mut meter)?;
		settle(&stack, &mut meter, deposit_limit, &mut deposit)?;
		Ok::<_, Halt>(output)
	});
	let failed = result.is_err();
	if let Err(Halt::OutOfGas) = result {
		meter.exhaust();
	}
	let place = stack.place();
	let outcome = Outcome {
		place: None,
		result: exec_result::<T>(result.as_ref()),
		contract,
		halt: result.err(),
		gas_consumed: meter.consumed(),
		spared: Weight::zero(),
		deposit: if failed { StorageDeposit::Charge(Zero::zero()) } else { deposit },
		abi_gas: stack.abi_gas(),
		logs: stack.take_log(),
		debug: stack.take_debug(),
		trace: stack.take_trace(failed),
	};
	(outcome, place)
}

/// The most that a root call may have held: what its origin allows, else the chain's default or what the
/// origin has, whichever is less.
///
/// # Errors
///
/// If the origin allows more than it has beside the call's value and an existential deposit.
fn deposit_limit<T: Config>(call: &RootCall<T>) -> Result<BalanceOf<T>, DispatchError> {
	let default = T::DefaultDepositLimit::get();
	let Origin::Signed(account) = &call.origin else {
		return Ok(call.deposit_limit.unwrap_or(default));
	};
	let most = T::Currency::reducible_balance(account, Preservation::Preserve, Fortitude::Polite)
		.saturating_sub(call.value)
		.saturating_sub(T::Currency::minimum_balance());
	let Some(limit) = call.deposit_limit else {
		// No more than it can withdraw: there is nothing to ask.
		return Ok(default.min(most));
	};
	if limit <= most && T::Currency::can_withdraw(account, limit) == WithdrawConsequence::Success {
		return Ok(limit);
	}
	if let Target::Instantiate { code_hash, .. } = &call.target {
		// pallet-contracts looks for the code first.
		ensure!(crate::CodeInfoOf::<T>::contains_key(code_hash), Error::<T>::CodeNotFound);
	}
	Err(Error::<T>::StorageDepositNotEnoughFunds.into())
}

/// Settles what the frames owe, and pays for doing so.
fn settle<T: Config>(
	stack: &Stack<T>,
	meter: &mut GasMeter,
	limit: BalanceOf<T>,
	deposit: &mut StorageDeposit<BalanceOf<T>>,
) -> Result<(), Halt> {
	let deposits: &DepositMeter<T> = stack.deposits();
	meter.charge(cost::settle::<T::WeightInfo>(deposits.entries()))?;
	meter.charge(cost::write_back::<T::WeightInfo>(stack.written()))?;
	*deposit = deposits.settle(stack.origin(), limit)?;
	Ok(())
}
