//! How contracts reach other chains.
//!
//! A contract is an account like any other: what it sends and executes has its account as origin, and its
//! account pays for delivery.

use crate::{AccountId, PolkadotXcm, Runtime, RuntimeCall, RuntimeOrigin};
use alloc::boxed::Box;
use codec::Decode;
use frame_support::{storage::with_storage_layer, weights::Weight};
use pallet_wasm_contracts::{extension::XcmController, Error};
use pallet_xcm::WeightInfo as _;
use sp_runtime::DispatchError;
use xcm::{
	latest::{Instruction, Xcm},
	VersionedLocation, VersionedXcm,
};
use xcm_builder::{ExecuteController, SendController};

/// Weights of `pallet_xcm` here.
type Weights = <Runtime as pallet_xcm::Config>::WeightInfo;

/// The XCM of contracts: `pallet_xcm`'s, as the contract's account.
pub struct ContractsXcm;

impl XcmController<AccountId> for ContractsXcm {
	fn execute(
		origin: AccountId,
		message: &[u8],
		limit: Weight,
	) -> (Result<bool, DispatchError>, Weight) {
		let overhead = decoding(message).saturating_add(Weights::execute());
		let Some(left) = limit.checked_sub(&overhead) else {
			return (Err(Error::<Runtime>::OutOfGas.into()), limit);
		};
		let program = match decode::<RuntimeCall>(message) {
			Ok(program) => program,
			Err(error) => return (Err(error), overhead),
		};
		if Xcm::try_from(program.clone()).is_ok_and(|program| dispatches(&program)) {
			return (Ok(false), overhead);
		}
		let origin = RuntimeOrigin::signed(origin);
		let mut used = left;
		// What fails leaves nothing behind, as everywhere.
		let result = with_storage_layer(|| {
			<PolkadotXcm as ExecuteController<_, _>>::execute(origin, Box::new(program), left)
				.map(|weight| used = weight)
				.map_err(|failure| {
					used = failure.post_info.actual_weight.unwrap_or(left);
					failure.error
				})
		});
		(Ok(result.is_ok()), overhead.saturating_add(used).min(limit))
	}

	fn send_weight() -> Weight {
		Weights::send()
	}

	fn send(
		origin: AccountId,
		dest: &[u8],
		message: &[u8],
	) -> Result<Option<[u8; 32]>, DispatchError> {
		let dest = VersionedLocation::decode(&mut &dest[..])
			.map_err(|_| Error::<Runtime>::DecodingFailed)?;
		let message = decode::<()>(message)?;
		let origin = RuntimeOrigin::signed(origin);
		let sent = with_storage_layer(|| {
			<PolkadotXcm as SendController<_>>::send(origin, Box::new(dest), Box::new(message))
		});
		Ok(sent.ok())
	}
}

/// What it takes to decode and weigh a message.
fn decoding(message: &[u8]) -> Weight {
	Weights::weigh_message(u32::try_from(message.len()).unwrap_or(u32::MAX))
}

/// The message that these bytes are, all of them.
fn decode<Call: Decode>(mut message: &[u8]) -> Result<VersionedXcm<Call>, DispatchError> {
	VersionedXcm::decode_all_with_mem_and_depth_limit(&mut message)
		.map_err(|_| Error::<Runtime>::DecodingFailed.into())
}

/// Whether a program would dispatch a call here.
///
/// What contracts may dispatch is said in the contracts pallet's `CallFilter`, which a program must not
/// get round.
fn dispatches(program: &Xcm<RuntimeCall>) -> bool {
	program.iter().any(|instruction| match instruction {
		Instruction::Transact { .. } => true,
		Instruction::SetErrorHandler(program)
		| Instruction::SetAppendix(program)
		| Instruction::ExecuteWithOrigin { xcm: program, .. } => dispatches(program),
		_ => false,
	})
}
