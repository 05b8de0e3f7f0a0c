//! Every code on chain checked and prepared for the engine of this runtime.
//!
//! A code that comes from pallet-contracts was never prepared, and one that an older engine's check
//! accepted may behave otherwise now: neither may run unchecked. So one pass looks at every code. What
//! the check accepts is prepared anew. What it refuses is listed in
//! [`RefusedCodes`](crate::pallet::RefusedCodes) with the reason: it stays on chain with its deposit and its
//! contracts, whose storage can be read, calls of them fail with that reason, and its owner can remove it
//! when no contract uses it. Nothing else is written.
//!
//! How far the pass is stands in [`Migration`](crate::pallet::Migration), so that idle time, the
//! dispatchable and `pallet-migrations` go on with the same.

use super::{is_settled, MigrationState};
use crate::{
	code::{self, RejectionCode, BEHAVIOUR_VERSION},
	limits,
	meter::cost,
	types::{AbiId, CodeInfo, RefusedCode},
	weights::WeightInfo,
	CodeInfoOf, Config, Error, Migration, PreparedCodeOf, PristineCode, RefusedCodes,
};
use caisson_contracts_api::Determinism;
use core::marker::PhantomData;
use frame_support::{
	defensive,
	dispatch::{DispatchResultWithPostInfo, PostDispatchInfo, WithPostDispatchInfo},
	migrations::{SteppedMigration, SteppedMigrationError},
	pallet_prelude::Pays,
	storage::StoragePrefixedMap,
	weights::WeightMeter,
};
use sp_runtime::{DispatchError, Weight};

/// What came of the weight that was given to the pass.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Advance {
	/// No pass goes on.
	Idle,
	/// None can: see [`MigrationState::Unfinished`] and [`MigrationState::Sunset`].
	Barred,
	/// It was not enough for the next code.
	TooLittle {
		/// What is.
		required: Weight,
	},
	/// Codes were looked at, and some are left.
	Advanced,
	/// All codes are looked at.
	Done,
}

/// The most that a step needs to get on.
pub(crate) fn largest_step<T: Config>() -> Weight {
	T::WeightInfo::migrate().saturating_add(cost::migrate_code::<T::WeightInfo>(limits::CODE_BYTES))
}

/// The behaviour version whose check looked at a code last, if one did.
fn behaviour<T: Config>(hash: T::Hash) -> Option<u16> {
	PreparedCodeOf::<T>::get(hash)
		.map(|prepared| prepared.behaviour)
		.or_else(|| RefusedCodes::<T>::get(hash).map(|refused| refused.behaviour))
}

/// Whether the codes are not those of this engine. Where no pass goes on they are all of one version, so
/// that one of them tells.
pub(crate) fn is_needed<T: Config>() -> bool {
	CodeInfoOf::<T>::iter_keys()
		.next()
		.is_some_and(|hash| behaviour::<T>(hash) != Some(BEHAVIOUR_VERSION))
}

/// Starts a pass, unless one for this engine goes on or the pallet is taken off the chain.
pub(crate) fn begin<T: Config>() {
	Migration::<T>::mutate(|state| match state {
		Some(
			MigrationState::Codes { behaviour: BEHAVIOUR_VERSION, .. } | MigrationState::Sunset,
		) => {},
		_ => *state = Some(MigrationState::Codes { behaviour: BEHAVIOUR_VERSION, last: None }),
	});
}

/// Looks at as many codes as `meter` has weight for.
pub(crate) fn advance<T: Config>(meter: &mut WeightMeter) -> Advance {
	if !meter.can_consume(T::WeightInfo::migrate()) {
		return Advance::TooLittle { required: largest_step::<T>() };
	}
	let state = Migration::<T>::get();
	let Some(MigrationState::Codes { behaviour, mut last }) = state else {
		meter.consume(T::WeightInfo::migrate_noop());
		return if state.is_none() { Advance::Idle } else { Advance::Barred };
	};
	meter.consume(T::WeightInfo::migrate());
	if behaviour != BEHAVIOUR_VERSION {
		last = None;
	}
	let mut has_advanced = false;
	while let Some((hash, info)) = next::<T>(last) {
		let weight = cost::migrate_code::<T::WeightInfo>(info.code_len.min(limits::CODE_BYTES));
		if !meter.can_consume(weight) {
			if !has_advanced {
				let required = T::WeightInfo::migrate().saturating_add(weight);
				return Advance::TooLittle { required };
			}
			Migration::<T>::put(MigrationState::Codes { behaviour: BEHAVIOUR_VERSION, last });
			return Advance::Advanced;
		}
		meter.consume(look_at::<T>(hash, &info));
		last = Some(hash);
		has_advanced = true;
	}
	Migration::<T>::kill();
	Advance::Done
}

/// The code behind `last`.
fn next<T: Config>(last: Option<T::Hash>) -> Option<(T::Hash, CodeInfo<T>)> {
	match last {
		Some(hash) => CodeInfoOf::<T>::iter_from(CodeInfoOf::<T>::hashed_key_for(hash)).next(),
		None => CodeInfoOf::<T>::iter().next(),
	}
}

/// Checks a code and writes down what it came to, if this engine's check has not done so before; returns
/// what that weighs.
fn look_at<T: Config>(hash: T::Hash, info: &CodeInfo<T>) -> Weight {
	let len = info.code_len.min(limits::CODE_BYTES);
	if behaviour::<T>(hash) == Some(BEHAVIOUR_VERSION) {
		return T::WeightInfo::migrate_kept_code(len);
	}
	let verdict = if info.determinism != Determinism::Enforced {
		Err((RejectionCode::Indeterministic, 0))
	} else if info.code_len > limits::CODE_BYTES {
		Err((RejectionCode::CodeTooLarge, limits::CODE_BYTES))
	} else {
		let code = PristineCode::<T>::get(hash).unwrap_or_else(|| {
			// It is refused as no module, and listed.
			defensive!("a code has info and no bytes");
			Default::default()
		});
		code::check(&code, code::Open::to_looked_at_again())
			.map(|checked| checked.prepared)
			.map_err(|rejection| (rejection.reason.code(), rejection.offset))
	};
	match verdict {
		Ok(prepared) => {
			PreparedCodeOf::<T>::insert(hash, prepared);
			RefusedCodes::<T>::remove(hash);
		},
		Err((reason, offset)) => {
			log::warn!(
				target: "runtime::contracts",
				"the code {hash:?} is refused: {reason:?} at byte {offset}"
			);
			let abi = code::store::abi::<T>(hash).unwrap_or(AbiId::Seal);
			PreparedCodeOf::<T>::remove(hash);
			let refused = RefusedCode { behaviour: BEHAVIOUR_VERSION, abi, reason, offset };
			RefusedCodes::<T>::insert(hash, refused);
		},
	}
	cost::migrate_code::<T::WeightInfo>(len)
}

/// What a block's idle time does for the pass. Returns whether none goes on any more, so that the rest of
/// the time is free for other things.
pub(crate) fn in_idle_time<T: Config>(meter: &mut WeightMeter) -> bool {
	if meter.try_consume(T::WeightInfo::migrate_noop()).is_err() {
		return false;
	}
	!Migration::<T>::exists() || matches!(advance::<T>(meter), Advance::Idle | Advance::Done)
}

/// The body of [`migrate`](crate::Call::migrate).
///
/// # Errors
///
/// If no pass goes on.
pub(crate) fn do_migrate<T: Config>(weight_limit: Weight) -> DispatchResultWithPostInfo {
	let limit = weight_limit.saturating_add(T::WeightInfo::migrate());
	let mut meter = WeightMeter::with_limit(limit);
	let pays_fee = match advance::<T>(&mut meter) {
		Advance::Advanced | Advance::Done => Pays::No,
		Advance::TooLittle { .. } => Pays::Yes,
		Advance::Idle | Advance::Barred => {
			let error = DispatchError::from(Error::<T>::NoMigrationPerformed);
			return Err(error.with_weight(meter.consumed()));
		},
	};
	Ok(PostDispatchInfo { actual_weight: Some(meter.consumed()), pays_fee })
}

/// The pass as a migration of `pallet-migrations`, which lets no extrinsic in until it is done; after
/// `MAX_STEPS` blocks it counts as failed.
///
/// It looks at every code even where none needs it, which is cheap.
pub struct PrepareCodes<T, const MAX_STEPS: u32 = { u32::MAX }>(PhantomData<T>);

impl<T: Config, const MAX_STEPS: u32> SteppedMigration for PrepareCodes<T, MAX_STEPS> {
	/// The code that was looked at last, for onlookers: what counts is [`crate::Migration`].
	type Cursor = Option<T::Hash>;
	/// With the behaviour version, as each wants a pass of its own.
	type Identifier = ([u8; 22], u16);

	fn id() -> Self::Identifier {
		(*b"caisson-contract-codes", BEHAVIOUR_VERSION)
	}

	fn max_steps() -> Option<u32> {
		Some(MAX_STEPS)
	}

	fn migrating_prefixes() -> Option<impl IntoIterator<Item = alloc::vec::Vec<u8>>> {
		Some([
			PreparedCodeOf::<T>::final_prefix().to_vec(),
			RefusedCodes::<T>::final_prefix().to_vec(),
		])
	}

	fn step(
		cursor: Option<Self::Cursor>,
		meter: &mut WeightMeter,
	) -> Result<Option<Self::Cursor>, SteppedMigrationError> {
		if cursor.is_none() {
			if !is_settled::<T>() {
				return Err(SteppedMigrationError::Failed);
			}
			begin::<T>();
		}
		match advance::<T>(meter) {
			Advance::Idle | Advance::Done => Ok(None),
			Advance::Barred => Err(SteppedMigrationError::Failed),
			Advance::TooLittle { required } => {
				Err(SteppedMigrationError::InsufficientWeight { required })
			},
			Advance::Advanced => Ok(Some(match Migration::<T>::get() {
				Some(MigrationState::Codes { last, .. }) => last,
				_ => None,
			})),
		}
	}

	#[cfg(feature = "try-runtime")]
	fn pre_upgrade() -> Result<alloc::vec::Vec<u8>, sp_runtime::TryRuntimeError> {
		checks::before::<T>()
	}

	#[cfg(feature = "try-runtime")]
	fn post_upgrade(state: alloc::vec::Vec<u8>) -> Result<(), sp_runtime::TryRuntimeError> {
		checks::after::<T>(&state)
	}
}

/// What must hold before, after and between.
#[cfg(any(feature = "try-runtime", feature = "test-utils", test))]
pub(crate) mod checks {
	use super::*;
	use crate::migrations::UNFINISHED;
	use alloc::vec::Vec;
	use codec::Encode;
	use frame_support::{ensure, traits::PalletInfoAccess};
	use sp_runtime::TryRuntimeError;

	/// Hash of every entry of the pallet but those that the pass writes.
	fn digest<T: Config>() -> [u8; 32] {
		let prefix = crate::Pallet::<T>::name_hash();
		let own = [
			PreparedCodeOf::<T>::final_prefix(),
			RefusedCodes::<T>::final_prefix(),
			Migration::<T>::hashed_key(),
		];
		let mut digest = [0; 32];
		let mut key = prefix.to_vec();
		while let Some(next) = sp_io::storage::next_key(&key).filter(|key| key.starts_with(&prefix))
		{
			if !own.iter().any(|own| next.starts_with(own)) {
				let value = sp_io::storage::get(&next);
				digest = sp_io::hashing::blake2_256(&(digest, &next, value).encode());
			}
			key = next;
		}
		digest
	}

	/// That the pass can start; what [`after`] wants to know.
	pub(crate) fn before<T: Config>() -> Result<Vec<u8>, TryRuntimeError> {
		ensure!(is_settled::<T>(), UNFINISHED);
		for (hash, info) in CodeInfoOf::<T>::iter() {
			let code = PristineCode::<T>::decode_len(hash).ok_or("a code has info and no bytes")?;
			ensure!(code == info.code_len as usize, "a code's length is not the recorded one");
		}
		Ok(digest::<T>().to_vec())
	}

	/// That the pass is done and changed nothing else.
	pub(crate) fn after<T: Config>(state: &[u8]) -> Result<(), TryRuntimeError> {
		ensure!(!Migration::<T>::exists(), "the migration is not done");
		ensure!(state == digest::<T>(), "the migration changed what is not its own");
		each::<T>()
	}

	/// That, where no migration goes on, each code is either prepared or refused, by this engine's check,
	/// and nothing else is; while one does, that no code is both.
	pub(crate) fn each<T: Config>() -> Result<(), TryRuntimeError> {
		let goes_on = Migration::<T>::exists();
		for hash in CodeInfoOf::<T>::iter_keys() {
			let prepared = PreparedCodeOf::<T>::get(hash).map(|prepared| prepared.behaviour);
			let refused = RefusedCodes::<T>::get(hash).map(|refused| refused.behaviour);
			ensure!(!(prepared.is_some() && refused.is_some()), "a code is prepared and refused");
			ensure!(
				goes_on || prepared.or(refused) == Some(BEHAVIOUR_VERSION),
				"a code is not prepared"
			);
		}
		for hash in PreparedCodeOf::<T>::iter_keys().chain(RefusedCodes::<T>::iter_keys()) {
			ensure!(CodeInfoOf::<T>::contains_key(hash), "a prepared or refused code without info");
		}
		Ok(())
	}
}
