//! Bodies of the runtime APIs: a runtime's implementation calls one of these for each method.

use crate::{
	code::{self, store},
	exec::{Key, Mode, Outcome, RootCall, Target},
	invariants::named_limits,
	state::child_trie,
	types::{api_capability, CapabilitySet, Origin, PreparedCode},
	BalanceOf, CodeInfoOf, Config, ContractInfoOf, ContractSettingsOf, Pallet, PreparedCodeOf,
};
use alloc::{format, string::ToString, vec::Vec};
use caisson_contracts_abi::FunctionId;
use caisson_contracts_api::{
	CallReport, Capability, Code, CodeCheck, CodeReport, CodeUploadResult, CodeUploadReturnValue,
	ContractAccessError, ContractExecResult, ContractInstantiateResult, ContractReport,
	ContractResult, Determinism, ExecReturnValue, GetStorageResult, InstantiateReturnValue, Limit,
};
use frame_support::{dispatch::DispatchClass, traits::Get};
use frame_system::EventRecord;
use sp_runtime::{traits::Hash, DispatchError, Weight};

/// A record of an event of this runtime.
pub type EventRecordOf<T> =
	EventRecord<<T as frame_system::Config>::RuntimeEvent, <T as frame_system::Config>::Hash>;

/// The report of a dry run.
pub type ReportOf<T> =
	CallReport<<T as frame_system::Config>::AccountId, BalanceOf<T>, EventRecordOf<T>>;

impl<T: Config> Pallet<T> {
	/// The gas limit of a dry run: what was asked for, each part at most what an extrinsic can have, and
	/// that where a part is absent or zero.
	///
	/// Clients say "all" in ways that leave a part at zero, as a reference time of nearly 5 seconds
	/// beside a proof size of 0.
	fn dry_run_limit(limit: Option<Weight>) -> Weight {
		let weights = T::BlockWeights::get();
		let class = weights.get(DispatchClass::Normal);
		let max = class.max_extrinsic.or(class.max_total).unwrap_or(weights.max_block);
		let part = |asked: u64, max: u64| if asked == 0 { max } else { asked.min(max) };
		let limit = limit.unwrap_or_default();
		Weight::from_parts(
			part(limit.ref_time(), max.ref_time()),
			part(limit.proof_size(), max.proof_size()),
		)
	}

	/// Runs `run` and returns the events that it emitted beside its result. Whatever changes state here
	/// is dropped by whoever called the runtime.
	fn with_events<R>(run: impl FnOnce() -> R) -> (R, Vec<EventRecordOf<T>>) {
		let before = frame_system::Pallet::<T>::read_events_no_consensus().count();
		let result = run();
		let events = frame_system::Pallet::<T>::read_events_no_consensus()
			.skip(before)
			.map(|record| *record)
			.collect();
		(result, events)
	}

	fn dry_call(
		origin: T::AccountId,
		dest: T::AccountId,
		value: BalanceOf<T>,
		gas_limit: Option<Weight>,
		storage_deposit_limit: Option<BalanceOf<T>>,
		data: Vec<u8>,
		mode: Mode,
	) -> (Outcome<T>, Vec<EventRecordOf<T>>) {
		Self::with_events(|| {
			Self::run(RootCall {
				origin: Origin::Signed(origin),
				value,
				gas_limit: Self::dry_run_limit(gas_limit),
				deposit_limit: storage_deposit_limit,
				target: Target::Call { dest, data },
				read_only: mode == Mode::Query,
				mode,
			})
		})
	}

	#[allow(clippy::too_many_arguments, reason = "the arguments of the runtime API")]
	fn dry_instantiate(
		origin: T::AccountId,
		value: BalanceOf<T>,
		gas_limit: Option<Weight>,
		storage_deposit_limit: Option<BalanceOf<T>>,
		code: Code<T::Hash>,
		data: Vec<u8>,
		salt: Vec<u8>,
		capabilities: CapabilitySet,
	) -> (Result<Outcome<T>, store::UploadError>, Vec<EventRecordOf<T>>) {
		Self::with_events(|| {
			Self::upload_and_instantiate(
				None,
				origin,
				value,
				Self::dry_run_limit(gas_limit),
				storage_deposit_limit,
				code,
				data,
				salt,
				capabilities,
				Mode::DryRun,
			)
		})
	}

	/// `ContractsApi::call`
	pub fn api_call(
		origin: T::AccountId,
		dest: T::AccountId,
		value: BalanceOf<T>,
		gas_limit: Option<Weight>,
		storage_deposit_limit: Option<BalanceOf<T>>,
		input_data: Vec<u8>,
	) -> ContractExecResult<BalanceOf<T>, EventRecordOf<T>> {
		let (outcome, events) = Self::dry_call(
			origin,
			dest,
			value,
			gas_limit,
			storage_deposit_limit,
			input_data,
			Mode::DryRun,
		);
		contract_result(outcome, events, |_, output| output)
	}

	/// `ContractsApi::instantiate`
	pub fn api_instantiate(
		origin: T::AccountId,
		value: BalanceOf<T>,
		gas_limit: Option<Weight>,
		storage_deposit_limit: Option<BalanceOf<T>>,
		code: Code<T::Hash>,
		data: Vec<u8>,
		salt: Vec<u8>,
	) -> ContractInstantiateResult<T::AccountId, BalanceOf<T>, EventRecordOf<T>> {
		let deployer = origin.clone();
		let (outcome, events) = Self::dry_instantiate(
			origin,
			value,
			gas_limit,
			storage_deposit_limit,
			code,
			data,
			salt,
			CapabilitySet::all(),
		);
		match outcome {
			Ok(outcome) => contract_result(outcome, events, |contract, result| {
				// A constructor that ran has an address.
				InstantiateReturnValue { result, account_id: contract.unwrap_or(deployer) }
			}),
			Err(error) => ContractResult {
				gas_consumed: Weight::zero(),
				gas_required: Weight::zero(),
				storage_deposit: Default::default(),
				debug_message: upload_message(&error),
				result: Err(error.dispatch::<T>()),
				events: Some(events),
			},
		}
	}

	/// `ContractsApi::upload_code`
	pub fn api_upload_code(
		origin: T::AccountId,
		code: Vec<u8>,
		storage_deposit_limit: Option<BalanceOf<T>>,
		determinism: Determinism,
	) -> CodeUploadResult<T::Hash, BalanceOf<T>> {
		let limit = storage_deposit_limit;
		store::upload::<T>(&origin, code, limit, determinism)
			.map(|uploaded| CodeUploadReturnValue {
				code_hash: uploaded.hash,
				deposit: uploaded.deposit,
			})
			.map_err(|error| error.dispatch::<T>())
	}

	/// `ContractsApi::get_storage`
	pub fn api_get_storage(address: T::AccountId, key: Vec<u8>) -> GetStorageResult {
		let info = ContractInfoOf::<T>::get(&address).ok_or(ContractAccessError::DoesntExist)?;
		// Entries at fixed keys are found by `childstate`, as with pallet-contracts.
		Ok(child_trie::read(&child_trie::info(&info.trie_id), Key::Var(&key)))
	}

	/// `CaissonContractsApi::query`
	pub fn api_query(
		origin: T::AccountId,
		contract: T::AccountId,
		function: Vec<u8>,
		args: Vec<Vec<u8>>,
		gas_limit: Option<Weight>,
	) -> ReportOf<T> {
		let data = Self::named_input(function, args);
		let (outcome, events) = Self::dry_call(
			origin,
			contract,
			Default::default(),
			gas_limit,
			None,
			data,
			Mode::Query,
		);
		outcome.report(false, events)
	}

	/// `CaissonContractsApi::call`
	pub fn api_report_call(
		origin: T::AccountId,
		dest: T::AccountId,
		value: BalanceOf<T>,
		gas_limit: Option<Weight>,
		storage_deposit_limit: Option<BalanceOf<T>>,
		data: Vec<u8>,
	) -> ReportOf<T> {
		let (outcome, events) = Self::dry_call(
			origin,
			dest,
			value,
			gas_limit,
			storage_deposit_limit,
			data,
			Mode::DryRun,
		);
		outcome.report(false, events)
	}

	/// `CaissonContractsApi::invoke`
	pub fn api_invoke(
		origin: T::AccountId,
		dest: T::AccountId,
		value: BalanceOf<T>,
		gas_limit: Option<Weight>,
		storage_deposit_limit: Option<BalanceOf<T>>,
		function: Vec<u8>,
		args: Vec<Vec<u8>>,
	) -> ReportOf<T> {
		let data = Self::named_input(function, args);
		Self::api_report_call(origin, dest, value, gas_limit, storage_deposit_limit, data)
	}

	/// `CaissonContractsApi::deploy`
	#[allow(clippy::too_many_arguments, reason = "the arguments of the runtime API")]
	pub fn api_deploy(
		origin: T::AccountId,
		value: BalanceOf<T>,
		gas_limit: Option<Weight>,
		storage_deposit_limit: Option<BalanceOf<T>>,
		code: Code<T::Hash>,
		args: Vec<Vec<u8>>,
		salt: Option<Vec<u8>>,
		capabilities: Option<Vec<Capability>>,
	) -> ReportOf<T> {
		let (outcome, events) = Self::dry_instantiate(
			origin,
			value,
			gas_limit,
			storage_deposit_limit,
			code,
			Self::named_input(Vec::new(), args),
			salt.unwrap_or_else(Self::fresh_salt),
			capabilities.map_or(CapabilitySet::all(), CapabilitySet::from),
		);
		outcome.unwrap_or_else(|error| Outcome::refused(error.dispatch::<T>())).report(true, events)
	}

	/// `CaissonContractsApi::check_code`
	pub fn api_check_code(code: Vec<u8>) -> CodeCheck<T::Hash> {
		match code::check(&code, code::Open::to_new::<T>()) {
			Ok(checked) => CodeCheck::Accepted {
				code_hash: T::Hashing::hash(&code),
				abi: checked.prepared.abi.into(),
			},
			Err(rejection) => CodeCheck::Refused {
				reason: rejection.reason.to_string(),
				offset: rejection.offset,
			},
		}
	}

	/// `CaissonContractsApi::contract_info`
	pub fn api_contract_info(
		address: T::AccountId,
	) -> Option<ContractReport<T::AccountId, BalanceOf<T>, T::Hash>> {
		let info = ContractInfoOf::<T>::get(&address)?;
		let abi = store::abi::<T>(info.code_hash)?.into();
		let capabilities = ContractSettingsOf::<T>::get(&address).capabilities;
		Some(ContractReport {
			account_id: address,
			code_hash: info.code_hash,
			abi,
			capabilities: capabilities.iter().map(api_capability).collect(),
			storage_bytes: info.storage_bytes(),
			storage_items: info.storage_items(),
			deposit: info.total_deposit(),
			trie_id: info.trie_id.into_inner(),
		})
	}

	/// `CaissonContractsApi::code_info`
	pub fn api_code_info(code_hash: T::Hash) -> Option<CodeReport<T::AccountId, BalanceOf<T>>> {
		let info = CodeInfoOf::<T>::get(code_hash)?;
		let abi = store::abi::<T>(code_hash)?.into();
		// Nothing is prepared of code that is refused or waits for a migration.
		let prepared = PreparedCodeOf::<T>::get(code_hash);
		let rows = prepared.as_ref().map(PreparedCode::rows).unwrap_or_default();
		let imports = rows
			.into_iter()
			.filter_map(FunctionId::spec)
			.map(|spec| format!("{}.{}", spec.module, spec.name))
			.collect();
		Some(CodeReport {
			owner: info.owner,
			deposit: info.deposit,
			refcount: info.refcount,
			code_len: info.code_len,
			prepared_len: prepared.map_or(0, |prepared| crate::host::byte_len(&prepared.code)),
			abi,
			imports,
		})
	}

	/// `CaissonContractsApi::limits`
	pub fn api_limits() -> Vec<Limit> {
		named_limits().map(|(name, value)| Limit { name, value }).collect()
	}
}

/// An outcome as clients of pallet-contracts know it.
fn contract_result<T: Config, R>(
	outcome: Outcome<T>,
	events: Vec<EventRecordOf<T>>,
	wrap: impl FnOnce(Option<T::AccountId>, ExecReturnValue) -> R,
) -> ContractResult<Result<R, DispatchError>, BalanceOf<T>, EventRecordOf<T>> {
	let debug_message = debug_message(&outcome);
	let contract = outcome.contract;
	ContractResult {
		gas_consumed: outcome.gas_consumed,
		gas_required: outcome.gas_consumed,
		storage_deposit: outcome.deposit,
		debug_message,
		result: outcome.result.map(|output| wrap(contract, output)),
		events: Some(events),
	}
}

/// The log, what contracts said for debugging and, if the call failed, why.
fn debug_message<T: Config>(outcome: &Outcome<T>) -> Vec<u8> {
	let mut text = alloc::string::String::new();
	for line in &outcome.logs {
		text.push_str(&alloc::string::String::from_utf8_lossy(line));
		text.push('\n');
	}
	text.push_str(&outcome.debug);
	if let Some(reason) = outcome.reason() {
		text.push_str(&reason);
	}
	text.into_bytes()
}

/// Why and where code was refused.
fn upload_message(error: &store::UploadError) -> Vec<u8> {
	match error {
		store::UploadError::Rejected(rejection) => rejection.to_string().into_bytes(),
		store::UploadError::Dispatch(_) => Vec::new(),
	}
}
