//! Codes on chain: the uploaded bytes, what a call loads, owner, deposit and number of users.

use crate::{
	code::{self, Rejection},
	meter::cost,
	migrations, sandbox,
	types::{AbiId, CodeInfo, CodeVec, PreparedCode},
	BalanceOf, CodeInfoOf, Config, Error, Event, HoldReason, Pallet, PreparedCodeOf, PristineCode,
	RefusedCodes,
};
use alloc::vec::Vec;
use caisson_contracts_api::Determinism;
use codec::MaxEncodedLen;
use frame_support::{
	ensure,
	traits::{fungible::MutateHold, tokens::Precision, Get},
};
use sp_runtime::{
	traits::{Hash, Zero},
	DispatchError, Saturating, Weight,
};

/// Code that an extrinsic brought: stored now, or there already.
pub(crate) struct Uploaded<T: Config> {
	pub(crate) hash: T::Hash,
	/// What was held for it; zero if it was there already.
	pub(crate) deposit: BalanceOf<T>,
	/// Bytes of it.
	pub(crate) code_len: u32,
	/// Functions that it defines, or none if it was there already, and nobody looked.
	pub(crate) functions: u32,
}

impl<T: Config> Uploaded<T> {
	/// What the upload was charged too much.
	pub(crate) fn spared(&self) -> Weight {
		cost::spared::<T::WeightInfo>(self.code_len, self.functions)
	}
}

/// Why an upload failed: with the place in the module, where it is the module's fault.
#[derive(Debug)]
pub(crate) enum UploadError {
	/// The module is refused.
	Rejected(Rejection),
	/// The chain refuses.
	Dispatch(DispatchError),
}

impl UploadError {
	/// As an extrinsic's error.
	pub(crate) fn dispatch<T: Config>(&self) -> DispatchError {
		match self {
			Self::Rejected(rejection) => Error::<T>::CodeRejected(rejection.reason.code()).into(),
			Self::Dispatch(error) => *error,
		}
	}
}

impl<E: Into<DispatchError>> From<E> for UploadError {
	fn from(error: E) -> Self {
		Self::Dispatch(error.into())
	}
}

/// What is held for code of `len` bytes: by byte of it and of what is stored about it, for two items.
pub(crate) fn deposit<T: Config>(len: u32) -> BalanceOf<T> {
	let about = u32::try_from(CodeInfo::<T>::max_encoded_len()).unwrap_or(u32::MAX);
	let bytes = T::DepositPerByte::get().saturating_mul(len.saturating_add(about).into());
	bytes.saturating_add(T::DepositPerItem::get().saturating_mul(2u32.into()))
}

/// Checks `code`, stores it and holds its deposit of `owner`. Code that is there already stays as it is.
///
/// # Errors
///
/// If the code is refused, its deposit is over `limit` where there is one, the owner cannot pay it, or a
/// migration goes on.
pub(crate) fn upload<T: Config>(
	owner: &T::AccountId,
	code: Vec<u8>,
	limit: Option<BalanceOf<T>>,
	determinism: Determinism,
) -> Result<Uploaded<T>, UploadError> {
	migrations::ensure_none::<T>()?;
	ensure!(determinism == Determinism::Enforced, Error::<T>::Indeterministic);
	let code: CodeVec = code.try_into().map_err(|_| Error::<T>::CodeTooLarge)?;
	let (hash, code_len) = (T::Hashing::hash(&code), crate::host::byte_len(&code));
	if CodeInfoOf::<T>::contains_key(hash) {
		ensure_not_refused::<T>(hash)?;
		return Ok(Uploaded { hash, deposit: Zero::zero(), code_len, functions: 0 });
	}
	let prepared =
		code::check(&code, code::Open::to_new::<T>()).map_err(UploadError::Rejected)?.prepared;
	let functions = prepared.inputs.functions;
	let deposit = deposit::<T>(code_len);
	ensure!(limit.is_none_or(|limit| deposit <= limit), Error::<T>::StorageDepositLimitExhausted);
	T::Currency::hold(&HoldReason::CodeUploadDepositReserve.into(), owner, deposit)
		.map_err(|_| Error::<T>::StorageDepositNotEnoughFunds)?;
	CodeInfoOf::<T>::insert(
		hash,
		CodeInfo { owner: owner.clone(), deposit, refcount: 0, determinism, code_len },
	);
	PristineCode::<T>::insert(hash, code);
	PreparedCodeOf::<T>::insert(hash, prepared);
	Pallet::<T>::deposit_event(Event::CodeStored {
		code_hash: hash,
		deposit_held: deposit,
		uploader: owner.clone(),
	});
	Ok(Uploaded { hash, deposit, code_len, functions })
}

/// Removes a code that no contract uses and releases its deposit.
///
/// # Errors
///
/// If there is no such code, it is in use, `origin` did not upload it, or a migration goes on.
pub(crate) fn remove<T: Config>(origin: &T::AccountId, hash: T::Hash) -> Result<(), DispatchError> {
	migrations::ensure_none::<T>()?;
	let info = CodeInfoOf::<T>::get(hash).ok_or(Error::<T>::CodeNotFound)?;
	ensure!(info.refcount == 0, Error::<T>::CodeInUse);
	ensure!(&info.owner == origin, DispatchError::BadOrigin);
	let released = T::Currency::release(
		&HoldReason::CodeUploadDepositReserve.into(),
		&info.owner,
		info.deposit,
		Precision::BestEffort,
	)?;
	CodeInfoOf::<T>::remove(hash);
	PristineCode::<T>::remove(hash);
	PreparedCodeOf::<T>::remove(hash);
	RefusedCodes::<T>::remove(hash);
	Pallet::<T>::deposit_event(Event::CodeRemoved {
		code_hash: hash,
		deposit_released: released,
		remover: info.owner,
	});
	Ok(())
}

/// What a call of `hash` loads.
///
/// # Errors
///
/// If there is no such code, it is refused, or it was not prepared for this behaviour version and must be
/// looked at by a migration first.
pub(crate) fn prepared<T: Config>(hash: T::Hash) -> Result<PreparedCode, DispatchError> {
	let Some(prepared) = PreparedCodeOf::<T>::get(hash) else {
		ensure_not_refused::<T>(hash)?;
		ensure!(!CodeInfoOf::<T>::contains_key(hash), Error::<T>::MigrationInProgress);
		return Err(Error::<T>::CodeNotFound.into());
	};
	ensure!(prepared.behaviour == code::BEHAVIOUR_VERSION, Error::<T>::MigrationInProgress);
	Ok(prepared)
}

/// Code on its way into a frame.
pub(crate) enum Found {
	/// A frame in this instance of the runtime has parsed it.
	Parsed(sandbox::Parsed),
	/// It is to be parsed.
	Stored(PreparedCode),
}

impl Found {
	/// What is stored beside it.
	pub(crate) fn about(&self) -> &PreparedCode {
		match self {
			Self::Parsed(parsed) => &parsed.about,
			Self::Stored(prepared) => prepared,
		}
	}

	/// Bytes of the stored module.
	pub(crate) fn len(&self) -> u32 {
		match self {
			Self::Parsed(parsed) => parsed.len,
			Self::Stored(prepared) => crate::host::byte_len(&prepared.code),
		}
	}
}

/// What a call of `hash` loads, parsed if it has been.
///
/// Of code that is parsed the value in storage is read all the same, so that the same is read and proven
/// whether or not it is, and only its front is copied: an old behaviour version bars it.
///
/// # Errors
///
/// As [`prepared`].
pub(crate) fn find<T: Config>(hash: T::Hash) -> Result<Found, DispatchError> {
	if let Some(parsed) = sandbox::find(&hash.into()) {
		// The version is the first field.
		let mut behaviour = [0; size_of::<u16>()];
		let key = PreparedCodeOf::<T>::hashed_key_for(hash);
		let stored = sp_io::storage::read(&key, &mut behaviour, 0);
		if stored.is_some() && u16::from_le_bytes(behaviour) == code::BEHAVIOUR_VERSION {
			return Ok(Found::Parsed(parsed));
		}
	}
	prepared::<T>(hash).map(Found::Stored)
}

/// Refuses what no call could run.
///
/// # Errors
///
/// If a migration found that the check refuses the code that is on chain.
pub(crate) fn ensure_not_refused<T: Config>(hash: T::Hash) -> Result<(), Error<T>> {
	match RefusedCodes::<T>::get(hash) {
		Some(refused) => Err(Error::CodeRejected(refused.reason)),
		None => Ok(()),
	}
}

/// The interface of a code on chain; of one that no check of ours has looked at, that of pallet-contracts.
pub(crate) fn abi<T: Config>(hash: T::Hash) -> Option<AbiId> {
	PreparedCodeOf::<T>::get(hash)
		.map(|prepared| prepared.abi)
		.or_else(|| RefusedCodes::<T>::get(hash).map(|refused| refused.abi))
		.or_else(|| CodeInfoOf::<T>::contains_key(hash).then_some(AbiId::Seal))
}

/// Counts one more user of a code and returns what is known of it.
///
/// # Errors
///
/// If there is no such code.
pub(crate) fn acquire<T: Config>(hash: T::Hash) -> Result<CodeInfo<T>, DispatchError> {
	CodeInfoOf::<T>::try_mutate(hash, |info| {
		let info = info.as_mut().ok_or(Error::<T>::CodeNotFound)?;
		info.refcount = info.refcount.saturating_add(1);
		Ok(info.clone())
	})
}

/// Counts one user of a code less.
pub(crate) fn release<T: Config>(hash: T::Hash) {
	CodeInfoOf::<T>::mutate(hash, |info| {
		if let Some(info) = info {
			info.refcount = info.refcount.saturating_sub(1);
		}
	});
}
