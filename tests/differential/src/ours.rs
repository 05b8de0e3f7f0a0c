//! The chain with Caisson's pallet.

#![allow(missing_docs, reason = "the runtime macro's own items")]

use crate::offers::{self, Reply};
use frame_support::{derive_impl, weights::Weight};
use pallet_wasm_contracts::{
	extension::{ChainExtension, ExtensionCall, ExtensionReturn, XcmController},
	migrations::PrepareCodes,
};
use sp_core::crypto::AccountId32;
use sp_runtime::DispatchError;

crate::world::runtime!(pallet_wasm_contracts, PrepareCodes<Chain>);

#[derive_impl(pallet_wasm_contracts::config_preludes::TestDefaultConfig)]
impl pallet_wasm_contracts::Config for Chain {
	type Time = Timestamp;
	type Currency = Balances;
	type RuntimeCall = RuntimeCall;
	type CallFilter = crate::world::CallFilter;
	type WeightPrice = crate::world::WeightPrice;
	type DepositPerByte = crate::world::DepositPerByte;
	type DepositPerItem = crate::world::DepositPerItem;
	type DefaultDepositLimit = crate::world::DefaultDepositLimit;
	type CodeHashLockupDepositPercent = crate::world::CodeHashLockupDepositPercent;
	type Randomness = pallet_wasm_contracts::extension::ParentHashRandomness<Self>;
	type UnsafeUnstableInterface = offers::Unstable;
	type ChainExtension = Extension;
	type Xcm = Bridge;
}

/// The extension.
pub struct Extension;

impl ChainExtension<Chain> for Extension {
	fn enabled() -> bool {
		offers::Extended::get()
	}

	fn call(call: &mut ExtensionCall<'_, Chain>) -> Result<ExtensionReturn, DispatchError> {
		let (extension, function) = (call.extension(), call.function());
		match offers::extension(extension, function, call.input(), call.is_read_only()) {
			Reply::Output(code, output) => Ok(ExtensionReturn { code, output: Some(output) }),
			Reply::Code(code) => Ok(ExtensionReturn { code, output: None }),
			Reply::Error(error) => Err(DispatchError::Other(error)),
			Reply::Weight(weight) => {
				call.charge(weight)?;
				Ok(ExtensionReturn::default())
			},
		}
	}
}

/// Other chains.
pub struct Bridge;

/// What pallet-contracts makes of bytes that it cannot read, before its runtime sees them.
fn undecodable() -> DispatchError {
	pallet_wasm_contracts::Error::<Chain>::DecodingFailed.into()
}

impl XcmController<AccountId32> for Bridge {
	fn execute(
		origin: AccountId32,
		message: &[u8],
		_: Weight,
	) -> (Result<bool, DispatchError>, Weight) {
		let Some(message) = offers::message::<RuntimeCall>(message) else {
			return (Err(undecodable()), Weight::zero());
		};
		remarked(origin, b"execute");
		(Ok(offers::succeeds(message)), offers::EXECUTE_WEIGHT)
	}

	fn send_weight() -> Weight {
		offers::SEND_WEIGHT
	}

	fn send(
		origin: AccountId32,
		dest: &[u8],
		message: &[u8],
	) -> Result<Option<[u8; 32]>, DispatchError> {
		let dest = offers::location(dest).ok_or_else(undecodable)?;
		let message = offers::message::<()>(message).ok_or_else(undecodable)?;
		remarked(origin.clone(), b"send");
		let id = offers::message_id(&origin, &dest, &message);
		Ok(offers::succeeds(message).then_some(id))
	}
}

/// The chain's metadata, with the APIs of its contracts.
pub fn metadata() -> frame_metadata::v16::RuntimeMetadataV16 {
	use caisson_contracts_api::{
		runtime_decl_for_caisson_contracts_api as more, runtime_decl_for_contracts_api as api,
	};
	type Record = frame_system::EventRecord<RuntimeEvent, sp_core::H256>;
	type Account = sp_core::crypto::AccountId32;
	let mut metadata = Chain::metadata_ir();
	metadata.apis.push(api::runtime_metadata::<Block, Account, u128, u32, sp_core::H256, Record>(
		api::VERSION,
	));
	metadata
		.apis
		.push(more::runtime_metadata::<Block, Account, u128, sp_core::H256, Record>(more::VERSION));
	metadata.into()
}
