//! The chain with pallet-contracts.

#![allow(missing_docs, reason = "the runtime macro's own items")]

use crate::offers::{self, Reply};
use frame_support::{
	derive_impl,
	dispatch::{DispatchErrorWithPostInfo, WithPostDispatchInfo},
	pallet_prelude::DispatchError,
	weights::Weight,
};
use pallet_contracts::chain_extension::{ChainExtension, Environment, Ext, InitState, RetVal};
use sp_core::crypto::AccountId32;
use xcm::{
	latest::{Location, QueryId, Xcm, XcmHash},
	VersionedLocation, VersionedXcm,
};
use xcm_builder::{ExecuteController, QueryController, SendController};
use xcm_executor::traits::{QueryHandler, QueryResponseStatus};

crate::world::runtime!(pallet_contracts);

frame_support::parameter_types! {
	pub Schedule: pallet_contracts::Schedule<Chain> = Default::default();
}

#[derive_impl(pallet_contracts::config_preludes::TestDefaultConfig)]
impl pallet_contracts::Config for Chain {
	type Time = Timestamp;
	type Randomness = pallet_wasm_contracts::extension::ParentHashRandomness<Self>;
	type Currency = Balances;
	// What its chains have; deeper ones do not pass its own integrity test.
	type CallStack = [pallet_contracts::Frame<Self>; 5];
	type Schedule = Schedule;
	type CallFilter = crate::world::CallFilter;
	type WeightPrice = crate::world::WeightPrice;
	type WeightInfo = ();
	type DepositPerByte = crate::world::DepositPerByte;
	type DepositPerItem = crate::world::DepositPerItem;
	type DefaultDepositLimit = crate::world::DefaultDepositLimit;
	type CodeHashLockupDepositPercent = crate::world::CodeHashLockupDepositPercent;
	type UnsafeUnstableInterface = offers::Unstable;
	type ChainExtension = Extension;
	type UploadOrigin = frame_system::EnsureSigned<Self::AccountId>;
	type InstantiateOrigin = frame_system::EnsureSigned<Self::AccountId>;
	type Xcm = Bridge;
}

/// The extension.
#[derive(Default)]
pub struct Extension;

impl ChainExtension<Chain> for Extension {
	fn enabled() -> bool {
		offers::Extended::get()
	}

	fn call<E: Ext<T = Chain>>(
		&mut self,
		env: Environment<E, InitState>,
	) -> Result<RetVal, DispatchError> {
		let (extension, function) = (env.ext_id(), env.func_id());
		let mut env = env.buf_in_buf_out();
		let read_only = env.ext().is_read_only();
		let input = env.read(env.in_len())?;
		match offers::extension(extension, function, &input, read_only) {
			Reply::Output(code, output) => {
				env.write(&output, true, None)?;
				Ok(RetVal::Converging(code))
			},
			Reply::Code(code) => Ok(RetVal::Converging(code)),
			Reply::Error(error) => Err(DispatchError::Other(error)),
			Reply::Weight(weight) => {
				env.charge_weight(weight)?;
				Ok(RetVal::Converging(0))
			},
		}
	}
}

/// Other chains.
pub struct Bridge;

/// The account that a contract speaks as.
fn account(origin: RuntimeOrigin) -> Result<AccountId32, DispatchError> {
	Ok(frame_system::ensure_signed(origin)?)
}

/// Weights.
pub struct BridgeWeights;

impl xcm_builder::ExecuteControllerWeightInfo for BridgeWeights {
	fn execute() -> Weight {
		offers::EXECUTE_WEIGHT
	}
}

impl xcm_builder::SendControllerWeightInfo for BridgeWeights {
	fn send() -> Weight {
		offers::SEND_WEIGHT
	}
}

impl ExecuteController<RuntimeOrigin, RuntimeCall> for Bridge {
	type WeightInfo = BridgeWeights;

	fn execute(
		origin: RuntimeOrigin,
		message: Box<VersionedXcm<RuntimeCall>>,
		_: Weight,
	) -> Result<Weight, DispatchErrorWithPostInfo> {
		remarked(account(origin)?, b"execute");
		match offers::succeeds(*message) {
			true => Ok(Weight::zero()),
			false => {
				Err(DispatchError::Other("the message fails").with_weight(offers::EXECUTE_WEIGHT))
			},
		}
	}
}

impl SendController<RuntimeOrigin> for Bridge {
	type WeightInfo = BridgeWeights;

	fn send(
		origin: RuntimeOrigin,
		dest: Box<VersionedLocation>,
		message: Box<VersionedXcm<()>>,
	) -> Result<XcmHash, DispatchError> {
		let origin = account(origin)?;
		remarked(origin.clone(), b"send");
		let id = offers::message_id(&origin, &dest, &message);
		match offers::succeeds(*message) {
			true => Ok(id),
			false => Err(DispatchError::Other("the message cannot be sent")),
		}
	}
}

// No contract can ask: only the trait of a whole controller wants them.
impl QueryHandler for Bridge {
	type BlockNumber = u64;
	type Error = ();
	type UniversalLocation = <() as QueryHandler>::UniversalLocation;

	fn new_query(
		responder: impl Into<Location>,
		timeout: u64,
		match_querier: impl Into<Location>,
	) -> QueryId {
		<()>::new_query(responder, timeout, match_querier)
	}

	fn report_outcome(
		message: &mut Xcm<()>,
		responder: impl Into<Location>,
		timeout: u64,
	) -> Result<QueryId, ()> {
		<()>::report_outcome(message, responder, timeout)
	}

	fn take_response(id: QueryId) -> QueryResponseStatus<u64> {
		<()>::take_response(id)
	}

	#[cfg(feature = "runtime-benchmarks")]
	fn expect_response(_: QueryId, _: xcm::latest::Response) {}
}

impl<Timeout> QueryController<RuntimeOrigin, Timeout> for Bridge {
	type WeightInfo = ();

	fn query(_: RuntimeOrigin, _: Timeout, _: VersionedLocation) -> Result<QueryId, DispatchError> {
		Err(DispatchError::Unavailable)
	}
}

/// The chain's metadata, with the API for which its clients ask.
pub fn metadata() -> frame_metadata::v16::RuntimeMetadataV16 {
	use pallet_contracts::runtime_decl_for_contracts_api as api;
	type Record = frame_system::EventRecord<RuntimeEvent, sp_core::H256>;
	type Account = sp_core::crypto::AccountId32;
	let mut metadata = Chain::metadata_ir();
	metadata.apis.push(api::runtime_metadata::<Block, Account, u128, u32, sp_core::H256, Record>(
		api::VERSION,
	));
	metadata.into()
}
