//! A chain from the development preset for tests and benches that run the runtime's Wasm themselves.

use caisson_solo_runtime::{
	Address, Runtime, RuntimeCall, Signature, SignedPayload, TxExtension, UncheckedExtrinsic,
	WASM_BINARY,
};
use codec::Encode;
use sc_chain_spec::GenesisConfigBuilderRuntimeCaller;
use sc_executor::WasmExecutor;
use sp_core::traits::{CallContext, CodeExecutor, RuntimeCode, WrappedRuntimeCode};
use sp_keyring::Sr25519Keyring;
use sp_runtime::{
	generic::Era,
	traits::{IdentifyAccount, Verify},
	MultiSignature,
};

/// The chain's state.
pub(crate) type Ext = sp_state_machine::TestExternalities<sp_runtime::traits::BlakeTwo256>;

/// What runs the Wasm.
pub(crate) type Executor = WasmExecutor<sp_io::SubstrateHostFunctions>;

/// The state of a new chain.
pub(crate) fn development_chain() -> Ext {
	let preset = GenesisConfigBuilderRuntimeCaller::<sp_io::SubstrateHostFunctions>::new(
		WASM_BINARY.unwrap(),
	)
	.get_storage_for_named_preset(Some(&"development".into()))
	.unwrap();
	Ext::new_with_code(WASM_BINARY.unwrap(), preset)
}

/// Calls the runtime's Wasm.
pub(crate) fn call_wasm(executor: &Executor, ext: &mut Ext, method: &str, data: &[u8]) -> Vec<u8> {
	let code = WrappedRuntimeCode(WASM_BINARY.unwrap().into());
	// Names the one code in the executor's cache.
	let runtime = RuntimeCode { code_fetcher: &code, heap_pages: None, hash: b"solo".to_vec() };
	let context = CallContext::Onchain { import: false };
	executor.call(&mut ext.ext(), &runtime, method, data, context).0.unwrap()
}

/// An extrinsic by Alice, valid on this chain now, `ahead` extrinsics behind the next.
pub(crate) fn signed_by_alice<H>(
	ext: &mut sp_state_machine::TestExternalities<H>,
	call: RuntimeCall,
	ahead: u32,
) -> UncheckedExtrinsic
where
	H: sp_core::Hasher + 'static,
	H::Out: codec::Codec + Ord,
{
	ext.execute_with(|| {
		let alice = Sr25519Keyring::Alice;
		let account = <<MultiSignature as Verify>::Signer>::from(alice.public()).into_account();
		let nonce = frame_system::Pallet::<Runtime>::account_nonce(&account) + ahead;
		let extension: TxExtension = (
			frame_system::AuthorizeCall::new(),
			frame_system::CheckNonZeroSender::new(),
			frame_system::CheckSpecVersion::new(),
			frame_system::CheckTxVersion::new(),
			frame_system::CheckGenesis::new(),
			frame_system::CheckEra::from(Era::Immortal),
			frame_system::CheckNonce::from(nonce),
			frame_system::CheckWeight::new(),
			pallet_transaction_payment::ChargeTransactionPayment::from(0),
			frame_metadata_hash_extension::CheckMetadataHash::new(false),
			frame_system::WeightReclaim::new(),
		);
		let payload = SignedPayload::new(call.clone(), extension.clone()).unwrap();
		let signature = payload.using_encoded(|bytes| alice.sign(bytes));
		UncheckedExtrinsic::new_signed(
			call,
			Address::Id(account),
			Signature::Sr25519(signature),
			extension,
		)
	})
}
