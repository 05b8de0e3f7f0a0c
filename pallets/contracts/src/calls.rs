//! What the dispatchables do, beside what FRAME's macros must see of them.

use crate::{
	code::store,
	exec::{self, Mode, Outcome, RootCall, Target},
	limits,
	meter::cost,
	migrations, running,
	types::{CapabilitySet, Origin},
	BalanceOf, CompactBalance, Config, ContractInfoOf, Error, Event, Nonce, Pallet,
};
use alloc::vec::Vec;
use caisson_contracts_api::{Code, Determinism, StorageDeposit};
use codec::Encode;
use frame_support::{
	dispatch::{DispatchResult, DispatchResultWithPostInfo},
	traits::EnsureOrigin,
};
use frame_system::{ensure_signed_or_root, pallet_prelude::OriginFor};
use sp_runtime::{
	DispatchError, DispatchErrorWithPostInfo, SaturatedConversion, Saturating, Weight,
};

impl<T: Config> Pallet<T> {
	pub(crate) fn caller(origin: OriginFor<T>) -> Result<Origin<T>, DispatchError> {
		Ok(match ensure_signed_or_root(origin)? {
			Some(account) => Origin::Signed(account),
			None => Origin::Root,
		})
	}

	/// Gives `contract` other code.
	///
	/// # Errors
	///
	/// If there is no such contract or code, or that code is refused, or a migration goes on.
	pub(crate) fn do_set_code(contract: T::AccountId, code_hash: T::Hash) -> DispatchResult {
		migrations::ensure_none::<T>()?;
		store::ensure_not_refused::<T>(code_hash)?;
		let old_code_hash = ContractInfoOf::<T>::try_mutate(&contract, |info| {
			let info = info.as_mut().ok_or(Error::<T>::ContractNotFound)?;
			store::acquire::<T>(code_hash)?;
			store::release::<T>(info.code_hash);
			Ok::<_, DispatchError>(core::mem::replace(&mut info.code_hash, code_hash))
		})?;
		Self::deposit_event(Event::ContractCodeUpdated {
			contract,
			new_code_hash: code_hash,
			old_code_hash,
		});
		Ok(())
	}

	/// The input of a function with arguments.
	pub(crate) fn named_input(function: Vec<u8>, args: Vec<Vec<u8>>) -> Vec<u8> {
		(function, args).encode()
	}

	/// A salt that no deployment used before, as long as nobody guesses it: the number of contracts
	/// with a prefix.
	pub(crate) fn fresh_salt() -> Vec<u8> {
		(b"caisson-deploy", Nonce::<T>::get()).encode()
	}

	pub(crate) fn deploy_weight(code: &Code<T::Hash>, args: &[Vec<u8>]) -> Weight {
		let upload = match code {
			Code::Upload(code) => cost::upload::<T::WeightInfo>(code.len().saturated_into()),
			Code::Existing(_) => Weight::zero(),
		};
		let deploy = cost::deploy::<T::WeightInfo>(args.encoded_size().saturated_into());
		upload.saturating_add(deploy)
	}

	/// Runs a root call whose input is within its limit, unless a migration goes on.
	pub(crate) fn run(call: RootCall<T>) -> Outcome<T> {
		if let Err(error) = migrations::ensure_none::<T>() {
			return Outcome::refused(error.into());
		}
		let (data, salt) = match &call.target {
			Target::Call { data, .. } => (data.len(), 0),
			Target::Instantiate { data, salt, .. } => (data.len(), salt.len()),
		};
		if data > limits::INPUT_BYTES as usize || salt > limits::SALT_BYTES as usize {
			return Outcome::refused(Error::<T>::InputTooLarge.into());
		}
		// A contract that dispatches a call of this pallet is on a stack that the new one would not know.
		if running::with(|_| ()).is_some() {
			return Outcome::refused(Error::<T>::ReentranceDenied.into());
		}
		running::using(&mut true, || exec::run(call))
	}

	/// The weight and result of an extrinsic whose fixed part weighs `base`.
	pub(crate) fn finish(outcome: Outcome<T>, base: Weight) -> DispatchResultWithPostInfo {
		let base = base.saturating_sub(outcome.spared);
		let post_info = Some(base.saturating_add(outcome.gas_consumed)).into();
		match outcome.dispatch_result() {
			Ok(()) => {
				exec::deposit_executed(&outcome);
				Ok(post_info)
			},
			Err(error) => Err(DispatchErrorWithPostInfo { post_info, error }),
		}
	}

	/// Calls a contract in an extrinsic whose fixed part weighs `base`.
	pub(crate) fn do_call(
		base: Weight,
		origin: OriginFor<T>,
		dest: T::AccountId,
		value: BalanceOf<T>,
		gas_limit: Weight,
		storage_deposit_limit: Option<CompactBalance<T>>,
		data: Vec<u8>,
	) -> DispatchResultWithPostInfo {
		let outcome = Self::run(RootCall {
			origin: Self::caller(origin)?,
			value,
			gas_limit,
			deposit_limit: storage_deposit_limit.map(Into::into),
			target: Target::Call { dest, data },
			mode: Mode::Execute,
			read_only: false,
		});
		Self::finish(outcome, base)
	}

	/// Makes a contract in an extrinsic whose fixed part weighs `base`.
	#[allow(clippy::too_many_arguments, reason = "the arguments of the calls that delegate here")]
	pub(crate) fn do_instantiate(
		base: Weight,
		origin: OriginFor<T>,
		value: BalanceOf<T>,
		gas_limit: Weight,
		storage_deposit_limit: Option<CompactBalance<T>>,
		code: Code<T::Hash>,
		data: Vec<u8>,
		salt: Vec<u8>,
		capabilities: CapabilitySet,
	) -> DispatchResultWithPostInfo {
		let uploader = match &code {
			Code::Upload(_) => Some(T::UploadOrigin::ensure_origin(origin.clone())?),
			Code::Existing(_) => None,
		};
		let deployer = T::InstantiateOrigin::ensure_origin(origin)?;
		let outcome = Self::upload_and_instantiate(
			uploader,
			deployer,
			value,
			gas_limit,
			storage_deposit_limit.map(Into::into),
			code,
			data,
			salt,
			capabilities,
			Mode::Execute,
		);
		match outcome {
			Ok(outcome) => Self::finish(outcome, base),
			Err(error) => Err(DispatchErrorWithPostInfo {
				post_info: Some(base).into(),
				error: error.dispatch::<T>(),
			}),
		}
	}

	/// Stores `code` if it is brought along, for `uploader` or else the deployer, and makes a contract of
	/// it. The limit is for both deposits together.
	#[allow(clippy::too_many_arguments, reason = "the arguments of the calls that delegate here")]
	pub(crate) fn upload_and_instantiate(
		uploader: Option<T::AccountId>,
		deployer: T::AccountId,
		value: BalanceOf<T>,
		gas_limit: Weight,
		deposit_limit: Option<BalanceOf<T>>,
		code: Code<T::Hash>,
		data: Vec<u8>,
		salt: Vec<u8>,
		capabilities: CapabilitySet,
		mode: Mode,
	) -> Result<Outcome<T>, store::UploadError> {
		let (code_hash, upload_deposit, spared) = match code {
			Code::Upload(code) => {
				let owner = uploader.as_ref().unwrap_or(&deployer);
				let uploaded =
					store::upload::<T>(owner, code, deposit_limit, Determinism::Enforced)?;
				(uploaded.hash, uploaded.deposit, uploaded.spared())
			},
			Code::Existing(hash) => (hash, Default::default(), Weight::zero()),
		};
		let mut outcome = Self::run(RootCall {
			origin: Origin::Signed(deployer),
			value,
			gas_limit,
			deposit_limit: deposit_limit.map(|limit| limit.saturating_sub(upload_deposit)),
			target: Target::Instantiate { code_hash, data, salt, capabilities },
			mode,
			read_only: false,
		});
		outcome.spared = spared;
		outcome.deposit =
			crate::meter::deposit::add(outcome.deposit, StorageDeposit::Charge(upload_deposit));
		Ok(outcome)
	}

	pub(crate) fn deposit_event(event: Event<T>) {
		frame_system::Pallet::<T>::deposit_event(<T as frame_system::Config>::RuntimeEvent::from(
			event,
		));
	}
}
