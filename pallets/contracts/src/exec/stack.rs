//! The call stack: push, run, commit or roll back.

use super::{exec_result, frame::Frame, trace::Trace, Halt, Mode, Target};
use crate::{
	address,
	code::{
		locate::{self, Place},
		store,
	},
	entry::{self, EntryPoint, NamedCall},
	limits,
	meter::{
		deposit::{DepositMeter, Diff},
		GasMeter,
	},
	sandbox::{self, Instance, Loaded},
	state::child_trie,
	types::{CapabilitySet, ContractInfo, ContractSettings, Origin, PreparedCode},
	weights::WeightInfo,
	BalanceOf, Config, ContractInfoOf, ContractSettingsOf, Error, Event, Nonce, Pallet,
};
use alloc::{format, string::String, vec::Vec};
use caisson_contracts_api::{CallNode, StorageDeposit};
use frame_support::{
	defensive, ensure,
	storage::{with_transaction, TransactionOutcome},
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
	capabilities: CapabilitySet,
	read_only: bool,
	data: Vec<u8>,
}

/// The frames of a root call.
pub(crate) struct Stack<T: Config> {
	origin: Origin<T>,
	pub(super) frames: Vec<Frame<T>>,
	deposits: DepositMeter<T>,
	pub(super) log: Vec<Vec<u8>>,
	pub(super) log_bytes: u32,
	pub(super) trace: Option<Trace<T>>,
	/// Gas of the ABIs' own tables that ended frames counted.
	abi_gas: u64,
	mode: Mode,
	/// Where the first frame trapped.
	place: Option<Place>,
}

impl<T: Config> Stack<T> {
	pub(crate) fn new(origin: Origin<T>, mode: Mode) -> Self {
		Self {
			origin,
			frames: Vec::new(),
			deposits: DepositMeter::new(),
			log: Vec::new(),
			log_bytes: 0,
			trace: (mode != Mode::Execute).then(Trace::new),
			abi_gas: 0,
			mode,
			place: None,
		}
	}

	pub(crate) fn origin(&self) -> &Origin<T> {
		&self.origin
	}

	pub(crate) fn deposits(&self) -> &DepositMeter<T> {
		&self.deposits
	}

	pub(crate) fn abi_gas(&self) -> u64 {
		self.abi_gas
	}

	pub(crate) fn take_log(&mut self) -> Vec<Vec<u8>> {
		core::mem::take(&mut self.log)
	}

	/// The record of a dry run; of one that failed, without changes, as there are none.
	pub(crate) fn take_trace(&mut self, failed: bool) -> Option<Trace<T>> {
		let mut trace = self.trace.take()?;
		if failed {
			trace.rollback(0);
		}
		Some(trace)
	}

	/// Runs the first frame. `contract` is set as soon as it is known which that is, `after` to the
	/// meter when the frame has ended, however it ended.
	pub(crate) fn root(
		&mut self,
		target: Target<T>,
		(value, read_only): (BalanceOf<T>, bool),
		meter: GasMeter,
		contract: &mut Option<T::AccountId>,
		after: &mut GasMeter,
	) -> Result<Vec<u8>, Halt> {
		let caller = self.origin.clone();
		match target {
			Target::Call { dest, data } => {
				*contract = Some(dest.clone());
				self.call_contract(dest, caller, value, meter, data, read_only, after)
			},
			Target::Instantiate { code_hash, data, salt, capabilities } => {
				let Origin::Signed(deployer) = caller else {
					return Err(DispatchError::RootNotAllowed.into());
				};
				self.instantiate(
					deployer,
					value,
					meter,
					(code_hash, data, salt),
					capabilities,
					contract,
					after,
				)
			},
		}
	}

	/// Calls the contract `dest`.
	#[allow(clippy::too_many_arguments, reason = "the parts of a call, each used once")]
	pub(super) fn call_contract(
		&mut self,
		dest: T::AccountId,
		caller: Origin<T>,
		value: BalanceOf<T>,
		mut meter: GasMeter,
		data: Vec<u8>,
		read_only: bool,
		after: &mut GasMeter,
	) -> Result<Vec<u8>, Halt> {
		*after = meter;
		let entering = {
			let prepare = || -> Result<_, Halt> {
				self.ensure_enterable(&dest, value, read_only)?;
				meter.charge(T::WeightInfo::frame(0, 0, 0))?;
				let info = ContractInfoOf::<T>::get(&dest).ok_or(Error::<T>::ContractNotFound)?;
				Ok(Entering {
					capabilities: ContractSettingsOf::<T>::get(&dest).capabilities,
					account: dest.clone(),
					caller: caller.clone(),
					value,
					entry: EntryPoint::Call,
					info,
					read_only,
					data,
				})
			};
			let prepared = prepare();
			*after = meter;
			prepared?
		};
		self.enter(entering, meter, after)
	}

	/// Makes a contract of the code `what.0` with input `what.1` and salt `what.2`.
	#[allow(clippy::too_many_arguments, reason = "the parts of an instantiation, each used once")]
	fn instantiate(
		&mut self,
		deployer: T::AccountId,
		value: BalanceOf<T>,
		mut meter: GasMeter,
		what: (T::Hash, Vec<u8>, Vec<u8>),
		requested: CapabilitySet,
		contract: &mut Option<T::AccountId>,
		after: &mut GasMeter,
	) -> Result<Vec<u8>, Halt> {
		*after = meter;
		let (code_hash, data, salt) = what;
		let account = address::derive::<T>(&deployer, &code_hash, &data, &salt);
		let entering = {
			let prepare = || -> Result<_, Halt> {
				self.ensure_enterable(&account, value, false)?;
				meter.charge(T::WeightInfo::frame(0, 0, 0))?;
				ensure!(
					!ContractInfoOf::<T>::contains_key(&account),
					Error::<T>::DuplicateContract
				);
				// A contract passes on no more than it has.
				let capabilities = match self.frames.last() {
					Some(frame) => requested.intersection(frame.capabilities),
					None => requested,
				};
				let info = self.make_contract(&account, code_hash, capabilities)?;
				Ok(Entering {
					account: account.clone(),
					caller: Origin::Signed(deployer.clone()),
					value,
					entry: EntryPoint::Constructor,
					info,
					capabilities,
					read_only: false,
					data,
				})
			};
			let prepared = prepare();
			*after = meter;
			prepared?
		};
		*contract = Some(account.clone());
		let output = self.enter(entering, meter, after)?;
		Pallet::<T>::deposit_event(Event::Instantiated { deployer, contract: account });
		Ok(output)
	}

	/// Creates the account, storage and base deposit of a new contract.
	fn make_contract(
		&mut self,
		account: &T::AccountId,
		code_hash: T::Hash,
		capabilities: CapabilitySet,
	) -> Result<ContractInfo<T>, Halt> {
		let Origin::Signed(payer) = &self.origin else {
			return Err(DispatchError::RootNotAllowed.into());
		};
		let code_info = store::acquire::<T>(code_hash)?;
		let nonce = Nonce::<T>::get().wrapping_add(1);
		Nonce::<T>::put(nonce);
		let mut info = ContractInfo::<T> {
			trie_id: child_trie::id::<T>(account, nonce),
			code_hash,
			storage_bytes: 0,
			storage_items: 0,
			storage_byte_deposit: Zero::zero(),
			storage_item_deposit: Zero::zero(),
			storage_base_deposit: Zero::zero(),
			delegate_dependencies: Default::default(),
		};
		use codec::Encode;
		let bytes = u32::try_from(info.encoded_size()).unwrap_or(u32::MAX);
		let lockup = T::CodeHashLockupDepositPercent::get().mul_ceil(code_info.deposit);
		info.storage_base_deposit = T::DepositPerByte::get()
			.saturating_mul(bytes.into())
			.saturating_add(T::DepositPerItem::get())
			.saturating_add(lockup);
		// The account has to exist before anything can be held on it, and stays while the contract does.
		T::Currency::transfer(
			payer,
			account,
			T::Currency::minimum_balance(),
			Preservation::Preserve,
		)
		.map_err(|_| Error::<T>::StorageDepositNotEnoughFunds)?;
		frame_system::Pallet::<T>::inc_consumers(account)?;
		self.deposits.record(account, StorageDeposit::Charge(info.storage_base_deposit));
		ContractInfoOf::<T>::insert(account, &info);
		if capabilities != CapabilitySet::all() {
			ContractSettingsOf::<T>::insert(account, ContractSettings { capabilities });
		}
		Ok(info)
	}

	/// Whether a frame of `account` may be pushed.
	fn ensure_enterable(
		&self,
		account: &T::AccountId,
		value: BalanceOf<T>,
		read_only: bool,
	) -> Result<(), Halt> {
		ensure!(
			self.frames.len() < limits::CALL_DEPTH as usize,
			Halt::from(DispatchError::from(Error::<T>::MaxCallDepthReached))
		);
		ensure!(
			!self.frames.iter().any(|frame| &frame.account == account),
			Halt::from(DispatchError::from(Error::<T>::ReentranceDenied))
		);
		ensure!(
			value.is_zero() || !read_only,
			Halt::from(DispatchError::from(Error::<T>::StateChangeDenied))
		);
		Ok(())
	}

	/// Pushes a frame, runs it in a storage transaction, pops it.
	fn enter(
		&mut self,
		entering: Entering<T>,
		meter: GasMeter,
		after: &mut GasMeter,
	) -> Result<Vec<u8>, Halt> {
		let Entering { account, caller, value, entry, info, capabilities, read_only, data } =
			entering;
		let deposits = self.deposits.checkpoint();
		let changes = self.trace.as_ref().map(Trace::checkpoint);
		let node = self.trace_enter(&account, value);
		self.frames.push(Frame {
			trie: child_trie::info(&info.trie_id),
			account,
			caller,
			info,
			// Set when the code is loaded.
			abi: caisson_contracts_abi::Abi::Seal,
			capabilities,
			entry,
			read_only,
			meter,
			abi_gas: 0,
			diff: Diff::default(),
			events: 0,
			pages: 0,
		});
		let mut function = Vec::new();
		let result = with_transaction(|| match self.run_top(value, &data, &mut function) {
			Ok(output) => TransactionOutcome::Commit(Ok(output)),
			Err(halt) => TransactionOutcome::Rollback(Err(halt)),
		});
		let Some(frame) = self.frames.pop() else {
			defensive!("a frame that was pushed is popped once");
			return Err(DispatchError::Corruption.into());
		};
		*after = frame.meter;
		if matches!(result, Err(Halt::OutOfGas)) {
			after.exhaust();
		}
		if result.is_err() {
			self.deposits.rollback(deposits);
			if let (Some(trace), Some(changes)) = (&mut self.trace, changes) {
				trace.rollback(changes);
			}
		}
		match self.frames.last_mut() {
			Some(parent) => parent.abi_gas = parent.abi_gas.saturating_add(frame.abi_gas),
			None => self.abi_gas = self.abi_gas.saturating_add(frame.abi_gas),
		}
		if let Some(node) = self.trace.as_mut().zip(node).and_then(|(trace, at)| trace.node(at)) {
			node.function = function;
			node.gas_consumed = after.consumed();
			node.abi_gas = frame.abi_gas;
			node.result = exec_result::<T>(&result);
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
		value: BalanceOf<T>,
		data: &[u8],
		function: &mut Vec<u8>,
	) -> Result<Vec<u8>, Halt> {
		let frame = self.top();
		let (account, caller, entry, code_hash) =
			(frame.account.clone(), frame.caller.clone(), frame.entry, frame.info.code_hash);
		if !value.is_zero() {
			let Origin::Signed(from) = &caller else {
				return Err(DispatchError::RootNotAllowed.into());
			};
			T::Currency::transfer(from, &account, value, Preservation::Preserve)
				.map_err(|_| Error::<T>::TransferFailed)?;
		}
		let prepared = store::prepared::<T>(code_hash)?;
		self.charge_load(&prepared)?;
		let abi = prepared.abi.into();
		self.top().abi = abi;
		let call = NamedCall::decode_input(data).map_err(|_| Error::<T>::DecodingFailed)?;
		function.clone_from(&call.function);
		let loaded = self.load(&code_hash.into(), &prepared).map_err(|reason| {
			defensive!("code that passed the upload is taken by the same engine");
			Halt::Trap(super::Trap::Engine(format!("the stored code is refused: {reason}")))
		})?;
		let (output, note) = {
			let mut guest = Instance::new(self, &loaded, &prepared.rows())?;
			let output = entry::run(&mut guest, abi, entry, &call);
			(output, guest.global(locate::NOTE))
		};
		if self.locates() {
			self.place = note.and_then(Place::decode);
		}
		let output = output?;
		self.finish(&account);
		if entry == EntryPoint::Call {
			Pallet::<T>::deposit_event(Event::Called { caller, contract: account });
		}
		Ok(output)
	}

	/// Parses the code of the frame on top, or finds it parsed; of a first frame whose trap is looked
	/// for, a copy that notes places.
	fn load(&self, hash: &[u8; 32], prepared: &PreparedCode) -> Result<Loaded, String> {
		match self.locates().then(|| locate::instrument(prepared)).flatten() {
			Some(copy) => sandbox::load_once(&copy),
			None => sandbox::load(hash, &prepared.code),
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

	/// Pays for loading code: the same whether or not the cache has it.
	fn charge_load(&mut self, prepared: &PreparedCode) -> Result<(), Halt> {
		let weight =
			T::WeightInfo::frame(prepared.load_bytes, prepared.functions, prepared.min_pages)
				.saturating_sub(T::WeightInfo::frame(0, 0, 0));
		Ok(self.top().meter.charge(weight)?)
	}

	/// Writes down what the frame on top changed about its contract, if it did.
	fn finish(&mut self, account: &T::AccountId) {
		// Root has no account that could pay or be paid, as in pallet-contracts.
		let is_free = self.origin == Origin::Root;
		let frame = self.top();
		if frame.diff == Diff::default() {
			return;
		}
		let deposit = if is_free {
			frame.diff.count::<T>(&mut frame.info);
			StorageDeposit::default()
		} else {
			frame.diff.apply::<T>(&mut frame.info)
		};
		let info = frame.info.clone();
		self.deposits.record(account, deposit);
		ContractInfoOf::<T>::insert(account, info);
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
