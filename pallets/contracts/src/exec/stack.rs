//! The call stack: push, run, commit or roll back.

use super::{
	exec_result, frame::Frame, layer, memories::Memories, touched::Touched, trace::Trace,
	transient::Transient, CallError, Halt, Mode, Target, Trap,
};
use crate::{
	address,
	code::{
		locate::{self, Place},
		store::{self, Found},
		Open, RejectionCode,
	},
	entry::{self, EntryPoint},
	limits,
	meter::{
		cost,
		deposit::{DepositMeter, Diff},
		GasMeter,
	},
	sandbox::{self, Instance, Parsed},
	state::child_trie,
	types::{CapabilitySet, CodeInfo, ContractInfo, ContractSettings, Origin},
	BalanceOf, Config, ContractInfoOf, ContractSettingsOf, Error, Event, Nonce, Pallet,
};
use alloc::{format, string::String, vec::Vec};
use caisson_contracts_abi::Abi;
use caisson_contracts_api::{CallNode, StorageDeposit};
use codec::Encode;
use core::cell::OnceCell;
use frame_support::{
	defensive, ensure,
	traits::{
		fungible::{Inspect, Mutate},
		tokens::Preservation,
		Get,
	},
};
use sp_runtime::{traits::Zero, DispatchError, Saturating};

/// A frame to be entered.
struct Entering<T: Config> {
	account: T::AccountId,
	caller: Origin<T>,
	value: BalanceOf<T>,
	entry: EntryPoint,
	info: ContractInfo<T>,
	/// The code that is to run, where it is not the contract's.
	delegated: Option<T::Hash>,
	/// Whether the price of running the code for the first time is in what was paid to get here.
	is_code_paid: bool,
	capabilities: CapabilitySet,
	read_only: bool,
	/// What may be held of the origin while it runs; zero where only the callers' limits count.
	deposit_limit: BalanceOf<T>,
	data: Vec<u8>,
}

/// What limits a call, beside its gas.
#[derive(Clone, Copy)]
pub(super) struct Bounds<B> {
	pub(super) read_only: bool,
	/// What may be held of the origin; zero where only the callers' limits count.
	pub(super) deposit_limit: B,
}

/// A contract to be made.
pub(super) struct Making<T: Config> {
	pub(super) deployer: T::AccountId,
	pub(super) code_hash: T::Hash,
	pub(super) value: BalanceOf<T>,
	pub(super) deposit_limit: BalanceOf<T>,
	pub(super) data: Vec<u8>,
	pub(super) salt: Vec<u8>,
	pub(super) capabilities: CapabilitySet,
}

/// The frames of a root call.
pub(crate) struct Stack<T: Config> {
	pub(super) origin: Origin<T>,
	pub(super) frames: Vec<Frame<T>>,
	pub(super) deposits: DepositMeter<T>,
	pub(super) transient: Transient<T>,
	pub(super) touched: Touched<T>,
	memories: Memories,
	pub(super) log: Vec<Vec<u8>>,
	pub(super) log_bytes: u32,
	/// Text for whoever asked for a dry run.
	pub(super) debug: String,
	pub(super) trace: Option<Trace<T>>,
	/// Gas of the ABIs' own tables that ended frames counted.
	abi_gas: u64,
	/// How often the info of a contract was written.
	written: u32,
	mode: Mode,
	/// Where the first frame trapped.
	place: Option<Place>,
	/// The block's number and time, read when a contract first asks: the same for all frames.
	pub(super) height: OnceCell<u64>,
	pub(super) now: OnceCell<u64>,
}

impl<T: Config> Stack<T> {
	pub(crate) fn new(origin: Origin<T>, mode: Mode) -> Self {
		Self {
			origin,
			frames: Vec::new(),
			deposits: DepositMeter::new(),
			transient: Transient::new(),
			touched: Touched::new(),
			memories: Memories::default(),
			log: Vec::new(),
			log_bytes: 0,
			debug: String::new(),
			trace: (mode != Mode::Execute).then(Trace::new),
			abi_gas: 0,
			written: 0,
			mode,
			place: None,
			height: OnceCell::new(),
			now: OnceCell::new(),
		}
	}

	pub(crate) fn origin(&self) -> &Origin<T> {
		&self.origin
	}

	pub(crate) fn deposits(&self) -> &DepositMeter<T> {
		&self.deposits
	}

	/// How often the info of a contract was written, to be paid when the root call is settled.
	pub(crate) fn written(&self) -> u32 {
		self.written
	}

	pub(crate) fn abi_gas(&self) -> u64 {
		self.abi_gas
	}

	pub(crate) fn take_log(&mut self) -> Vec<Vec<u8>> {
		core::mem::take(&mut self.log)
	}

	pub(crate) fn take_debug(&mut self) -> String {
		core::mem::take(&mut self.debug)
	}

	/// Whether somebody reads what contracts say beside their results.
	pub(super) fn is_watched(&self) -> bool {
		self.trace.is_some()
	}

	/// The record of a dry run; of one that failed, without changes, as there are none.
	pub(crate) fn take_trace(&mut self, failed: bool) -> Option<Trace<T>> {
		let mut trace = self.trace.take()?;
		if failed {
			trace.rollback(0);
		}
		Some(trace)
	}

	/// Runs the first frame on `meter`. `contract` is set as soon as it is known which that is.
	pub(crate) fn root(
		&mut self,
		target: Target<T>,
		(value, read_only): (BalanceOf<T>, bool),
		contract: &mut Option<T::AccountId>,
		meter: &mut GasMeter,
	) -> Result<Vec<u8>, Halt> {
		let caller = self.origin.clone();
		// The root call's own limit is looked at when it is settled.
		let deposit_limit = Zero::zero();
		let result = match target {
			Target::Call { dest, data } => {
				*contract = Some(dest.clone());
				let bounds = Bounds { read_only, deposit_limit };
				self.call_contract(dest, caller, value, data, bounds, meter)
			},
			Target::Instantiate { code_hash, data, salt, capabilities } => {
				let Origin::Signed(deployer) = caller else {
					return Err(DispatchError::RootNotAllowed.into());
				};
				let making =
					Making { deployer, code_hash, value, deposit_limit, data, salt, capabilities };
				self.instantiate_contract(making, contract, meter)
			},
		};
		result.map_err(|error| error.halt)
	}

	/// Calls the contract `dest`.
	pub(super) fn call_contract(
		&mut self,
		dest: T::AccountId,
		caller: Origin<T>,
		value: BalanceOf<T>,
		data: Vec<u8>,
		bounds: Bounds<BalanceOf<T>>,
		meter: &mut GasMeter,
	) -> Result<Vec<u8>, CallError> {
		ensure!(self.allows_entry(&dest), Error::<T>::ReentranceDenied);
		self.ensure_depth()?;
		ensure!(value.is_zero() || !bounds.read_only, Error::<T>::StateChangeDenied);
		meter.charge(cost::frame::<T::WeightInfo>())?;
		if self.touched.contract(&dest) {
			meter.charge(cost::first_contract::<T::WeightInfo>())?;
		}
		// A contract that is being made is none yet for those that it calls.
		ensure!(!self.is_being_made(&dest), Error::<T>::ContractNotFound);
		self.write_back(&dest);
		let info = ContractInfoOf::<T>::get(&dest).ok_or(Error::<T>::ContractNotFound)?;
		let entering = Entering {
			capabilities: Self::capabilities_of(&dest, &info),
			account: dest,
			caller,
			value,
			entry: EntryPoint::Call,
			info,
			delegated: None,
			is_code_paid: false,
			read_only: bounds.read_only,
			deposit_limit: bounds.deposit_limit,
			data,
		};
		self.enter(entering, meter)
	}

	/// Runs `code_hash` as the contract on top: with its account, storage, caller and value.
	pub(super) fn delegate(
		&mut self,
		code_hash: T::Hash,
		data: Vec<u8>,
		meter: &mut GasMeter,
	) -> Result<Vec<u8>, CallError> {
		self.ensure_depth()?;
		meter.charge(cost::frame::<T::WeightInfo>())?;
		let account = self.top_ref().account.clone();
		self.write_back(&account);
		let frame = self.top_ref();
		let entering = Entering {
			account,
			caller: frame.caller.clone(),
			value: frame.value,
			entry: EntryPoint::Call,
			info: frame.info.clone(),
			delegated: Some(code_hash),
			is_code_paid: false,
			capabilities: frame.capabilities,
			read_only: frame.read_only,
			deposit_limit: Zero::zero(),
			data,
		};
		self.enter(entering, meter)
	}

	/// Makes a contract and runs its constructor. `contract` is set as soon as it is known where it is.
	pub(super) fn instantiate_contract(
		&mut self,
		making: Making<T>,
		contract: &mut Option<T::AccountId>,
		meter: &mut GasMeter,
	) -> Result<Vec<u8>, CallError> {
		let deposits = self.deposits.checkpoint();
		// The account and its base deposit are undone with what the constructor does.
		let result = match self.frames.is_empty() {
			// The root call has a layer of its own.
			true => self.make_and_enter(making, contract, meter),
			false => layer::within(|| self.make_and_enter(making, contract, meter)),
		};
		if result.is_err() {
			self.deposits.rollback(deposits);
		}
		result
	}

	/// What [`Self::instantiate_contract`] does within its transaction.
	fn make_and_enter(
		&mut self,
		making: Making<T>,
		contract: &mut Option<T::AccountId>,
		meter: &mut GasMeter,
	) -> Result<Vec<u8>, CallError> {
		let Making { deployer, code_hash, value, deposit_limit, data, salt, capabilities } = making;
		let account = address::derive::<T>(&deployer, &code_hash, &data, &salt);
		self.ensure_depth()?;
		meter.charge(cost::first_frame::<T::WeightInfo>())?;
		self.touched.contract(&account);
		// Before the address is looked at: for a code that is gone a contract has a number to return.
		let code_info = store::acquire::<T>(code_hash)?;
		ensure!(
			!ContractInfoOf::<T>::contains_key(&account) && !self.deposits.is_terminated(&account),
			Error::<T>::DuplicateContract
		);
		// A contract passes on no more than it has.
		let capabilities = match self.frames.last() {
			Some(frame) => capabilities.intersection(frame.capabilities),
			None => capabilities,
		};
		let info = self.make_contract(&account, (code_hash, &code_info), capabilities)?;
		*contract = Some(account.clone());
		let entering = Entering {
			account: account.clone(),
			caller: Origin::Signed(deployer.clone()),
			value,
			entry: EntryPoint::Constructor,
			info,
			delegated: None,
			is_code_paid: true,
			capabilities,
			read_only: false,
			deposit_limit,
			data,
		};
		let output = self.enter(entering, meter)?;
		Pallet::<T>::deposit_event(Event::Instantiated { deployer, contract: account });
		Ok(output)
	}

	/// Creates the account, storage and base deposit of a new contract.
	fn make_contract(
		&mut self,
		account: &T::AccountId,
		(code_hash, code_info): (T::Hash, &CodeInfo<T>),
		capabilities: CapabilitySet,
	) -> Result<ContractInfo<T>, Halt> {
		let Origin::Signed(payer) = &self.origin else {
			return Err(DispatchError::RootNotAllowed.into());
		};
		let nonce = Nonce::<T>::get().wrapping_add(1);
		Nonce::<T>::put(nonce);
		let has_settings = capabilities != CapabilitySet::all();
		let mut info = ContractInfo::<T> {
			trie_id: child_trie::id::<T>(account, nonce, has_settings),
			code_hash,
			storage_bytes: 0,
			storage_items: 0,
			storage_byte_deposit: Zero::zero(),
			storage_item_deposit: Zero::zero(),
			storage_base_deposit: Zero::zero(),
			delegate_dependencies: Default::default(),
		};
		info.storage_base_deposit = Self::base_deposit(&info, code_info);
		// The account has to exist before anything can be held on it, and stays while the contract does.
		let minimum = T::Currency::minimum_balance();
		T::Currency::transfer(payer, account, minimum, Preservation::Preserve)
			.map_err(|_| Error::<T>::StorageDepositNotEnoughFunds)?;
		frame_system::Pallet::<T>::inc_consumers(account)?;
		self.deposits.paid(minimum);
		self.deposits.record(account, StorageDeposit::Charge(info.storage_base_deposit));
		ContractInfoOf::<T>::insert(account, &info);
		if has_settings {
			ContractSettingsOf::<T>::insert(account, ContractSettings { capabilities });
		}
		Ok(info)
	}

	/// What a contract may do: its settings are read only where its info says that there are any.
	fn capabilities_of(account: &T::AccountId, info: &ContractInfo<T>) -> CapabilitySet {
		match info.has_settings() {
			true => ContractSettingsOf::<T>::get(account).capabilities,
			false => CapabilitySet::all(),
		}
	}

	/// What a contract holds for itself: for its info, and a part of its code's deposit.
	pub(super) fn base_deposit(info: &ContractInfo<T>, code_info: &CodeInfo<T>) -> BalanceOf<T> {
		let bytes = u32::try_from(info.encoded_size()).unwrap_or(u32::MAX);
		let lockup = T::CodeHashLockupDepositPercent::get().mul_ceil(code_info.deposit);
		T::DepositPerByte::get()
			.saturating_mul(bytes.into())
			.saturating_add(T::DepositPerItem::get())
			.saturating_add(lockup)
	}

	/// Whether nobody on the stack forbids to enter `account`.
	fn allows_entry(&self, account: &T::AccountId) -> bool {
		!self.frames.iter().any(|frame| &frame.account == account && !frame.allows_reentry)
	}

	/// Whether the constructor of `account` is on the stack.
	pub(super) fn is_being_made(&self, account: &T::AccountId) -> bool {
		self.frames
			.iter()
			.any(|frame| frame.entry == EntryPoint::Constructor && &frame.account == account)
	}

	/// Whether one more frame may be pushed.
	fn ensure_depth(&self) -> Result<(), Halt> {
		ensure!(self.frames.len() < limits::CALL_DEPTH as usize, Error::<T>::MaxCallDepthReached);
		Ok(())
	}

	/// Pushes a frame, runs it in a storage transaction, pops it.
	fn enter(&mut self, entering: Entering<T>, meter: &mut GasMeter) -> Result<Vec<u8>, CallError> {
		let Entering {
			account,
			caller,
			value,
			entry,
			info,
			delegated,
			is_code_paid,
			capabilities,
			read_only,
			deposit_limit,
			data,
		} = entering;
		let deposits = self.deposits.checkpoint();
		let transient = self.transient.checkpoint();
		let changes = self.trace.as_ref().map(Trace::checkpoint);
		let node = self.trace_enter(&account, value);
		self.frames.push(Frame {
			trie: child_trie::info(&info.trie_id),
			account,
			caller,
			value,
			code_hash: delegated.unwrap_or(info.code_hash),
			is_delegated: delegated.is_some(),
			info,
			is_dirty: false,
			// Set when the code is loaded.
			abi: Abi::Seal,
			capabilities,
			entry,
			read_only,
			allows_reentry: true,
			is_terminated: false,
			meter: *meter,
			abi_gas: 0,
			diff: Diff::default(),
			events: 0,
			pages: 0,
		});
		let mut function = Vec::new();
		// The root call has a layer of its own, and its failure is the first frame's.
		let is_first = self.frames.len() == 1;
		let run = || {
			let output = self.run_top(data, is_code_paid, &mut function)?;
			self.deposits.ensure_within(deposits, deposit_limit)?;
			Ok(output)
		};
		let mut result = if is_first { run() } else { layer::within(run) };
		let Some(frame) = self.frames.pop() else {
			defensive!("a frame that was pushed is popped once");
			return Err(DispatchError::Corruption.into());
		};
		*meter = frame.meter;
		self.memories.leave(frame.pages);
		if let Err(CallError { halt: Halt::OutOfGas, in_callee }) = &mut result {
			// What a frame may use is its caller's to choose.
			*in_callee = true;
		}
		if result.is_err() {
			self.deposits.rollback(deposits);
			self.transient.rollback(transient);
			if let (Some(trace), Some(changes)) = (&mut self.trace, changes) {
				trace.rollback(changes);
			}
		} else {
			// Frames of the same contract further down look at what this one left.
			for waiting in self.frames.iter_mut().filter(|below| below.account == frame.account) {
				waiting.info = frame.info.clone();
			}
		}
		match self.frames.last_mut() {
			Some(parent) => parent.abi_gas = parent.abi_gas.saturating_add(frame.abi_gas),
			None => self.abi_gas = self.abi_gas.saturating_add(frame.abi_gas),
		}
		if let Some(node) = self.trace.as_mut().zip(node).and_then(|(trace, at)| trace.node(at)) {
			node.function = function;
			node.gas_consumed = meter.consumed();
			node.abi_gas = frame.abi_gas;
			node.result = exec_result::<T>(result.as_ref().map_err(|error| &error.halt));
		}
		result
	}

	/// Records that a call begins.
	fn trace_enter(&mut self, account: &T::AccountId, value: BalanceOf<T>) -> Option<usize> {
		let depth = u32::try_from(self.frames.len()).unwrap_or(u32::MAX).saturating_add(1);
		self.trace.as_mut().map(|trace| {
			trace.enter(CallNode {
				depth,
				contract: account.clone(),
				function: Vec::new(),
				value,
				gas_consumed: Default::default(),
				abi_gas: 0,
				result: Ok(Default::default()),
			})
		})
	}

	/// What the frame on top does within its transaction.
	fn run_top(
		&mut self,
		data: Vec<u8>,
		is_code_paid: bool,
		function: &mut Vec<u8>,
	) -> Result<Vec<u8>, CallError> {
		let frame = self.top_ref();
		let (account, caller, entry) = (frame.account.clone(), frame.caller.clone(), frame.entry);
		let (value, code_hash, is_delegated) = (frame.value, frame.code_hash, frame.is_delegated);
		if !is_delegated {
			match &caller {
				Origin::Signed(from) => Self::transfer_money(from, &account, value)?,
				Origin::Root if value.is_zero() => {},
				Origin::Root => return Err(DispatchError::RootNotAllowed.into()),
			}
		}
		let in_callee = |halt| CallError { halt, in_callee: true };
		let is_first = !self.touched.has_code(&code_hash);
		if is_first && !is_code_paid {
			self.top().meter.charge(cost::first_code::<T::WeightInfo>())?;
		}
		let found = if self.locates() {
			store::prepared::<T>(code_hash).map(Found::Stored)
		} else {
			store::find::<T>(code_hash)
		}
		.map_err(|error| {
			// Code that is on chain and does not run is its contract's misfortune, not the caller's mistake.
			let in_callee = store::ensure_not_refused::<T>(code_hash).is_err();
			CallError { halt: error.into(), in_callee }
		})?;
		let inputs = &found.about().inputs;
		let load = cost::load::<T::WeightInfo>(inputs, is_first);
		let memory = cost::memory::<T::WeightInfo>(inputs.pages, self.memories.take(inputs.pages));
		self.top().meter.charge(load.saturating_add(memory))?;
		self.touched.code(code_hash, found.len());
		let abi = found.about().abi.into();
		// Delegation is an operation of `seal`: code of other interfaces does not expect to run as another.
		ensure!(!is_delegated || abi == Abi::Seal, Error::<T>::CodeNotFound);
		self.top().abi = abi;
		let input =
			entry::decode(abi, data).map_err(|_| in_callee(Error::<T>::DecodingFailed.into()))?;
		if self.is_watched() {
			*function = input.function().to_vec();
		}
		let parsed = self.parse(&code_hash.into(), found).map_err(|reason| {
			defensive!("code that passed the upload is taken by the same engine");
			Halt::Trap(Trap::Engine(format!("the stored code is refused: {reason}")))
		})?;
		if !Open::to_stored::<T>(entry).has_all(&parsed.rows) {
			return Err(in_callee(Error::<T>::CodeRejected(RejectionCode::ImportStatus).into()));
		}
		let (output, note) = {
			let mut guest = Instance::new(self, &parsed.loaded, &parsed.rows).map_err(in_callee)?;
			let output = entry::run(&mut guest, entry, input);
			(output, guest.global(locate::NOTE))
		};
		if self.locates() {
			self.place = note.and_then(Place::decode);
		}
		let output = output.map_err(in_callee)?;
		if self.top_ref().is_terminated {
			ensure!(entry == EntryPoint::Call, Error::<T>::TerminatedInConstructor);
		} else {
			self.write_back(&account);
		}
		match (entry, is_delegated) {
			(EntryPoint::Call, false) => {
				Pallet::<T>::deposit_event(Event::Called { caller, contract: account });
			},
			(EntryPoint::Call, true) => {
				Pallet::<T>::deposit_event(Event::DelegateCalled { contract: account, code_hash });
			},
			(EntryPoint::Constructor, _) => {},
		}
		Ok(output)
	}

	/// Moves money, keeping its sender alive.
	pub(super) fn transfer_money(
		from: &T::AccountId,
		to: &T::AccountId,
		value: BalanceOf<T>,
	) -> Result<(), DispatchError> {
		if value.is_zero() || from == to {
			return Ok(());
		}
		T::Currency::transfer(from, to, value, Preservation::Preserve)
			.map(|_| ())
			.map_err(|_| Error::<T>::TransferFailed.into())
	}

	/// Parses the code of the frame on top; of a first frame whose trap is looked for, a copy that notes
	/// places.
	fn parse(&self, hash: &[u8; 32], found: Found) -> Result<Parsed, String> {
		let len = found.len();
		let prepared = match found {
			Found::Parsed(parsed) => return Ok(parsed),
			Found::Stored(prepared) => prepared,
		};
		match self.locates().then(|| locate::instrument(&prepared)).flatten() {
			Some(copy) => Ok(Parsed::new(prepared, len, sandbox::load_once(&copy)?)),
			None => sandbox::parse(hash, prepared),
		}
	}

	/// Whether the frame on top is the one whose trap is looked for.
	fn locates(&self) -> bool {
		self.mode == Mode::Locate && self.frames.len() == 1
	}

	/// Where the first frame trapped, after a run in [`Mode::Locate`].
	pub(crate) fn place(&self) -> Option<Place> {
		self.place
	}

	/// Whether nothing is held or released: Root has no account that could pay or be paid, as in
	/// pallet-contracts.
	pub(super) fn is_free(&self) -> bool {
		self.origin == Origin::Root
	}

	/// Writes down what the highest frame of `account` changed about its contract, if it did: before
	/// another frame of it looks, and when it ends.
	fn write_back(&mut self, account: &T::AccountId) {
		let is_free = self.is_free();
		let Some(frame) = self.frames.iter_mut().rfind(|frame| &frame.account == account) else {
			return;
		};
		let (diff, is_dirty) =
			(core::mem::take(&mut frame.diff), core::mem::take(&mut frame.is_dirty));
		if diff == Diff::default() && !is_dirty {
			return;
		}
		let deposit = if is_free {
			diff.count::<T>(&mut frame.info);
			StorageDeposit::default()
		} else {
			diff.apply::<T>(&mut frame.info)
		};
		ContractInfoOf::<T>::insert(&frame.account, &frame.info);
		self.deposits.record(&frame.account, deposit);
		self.written = self.written.saturating_add(1);
	}

	/// The running frame.
	pub(super) fn top(&mut self) -> &mut Frame<T> {
		self.frames.last_mut().expect("host functions run only while a frame is on the stack; qed")
	}

	/// The running frame, to look at.
	pub(super) fn top_ref(&self) -> &Frame<T> {
		self.frames.last().expect("host functions run only while a frame is on the stack; qed")
	}
}
