//! What a program does with contracts: ask the runtime API first, then send what it found.

use crate::{
	node::Node,
	types::{
		AccountData, AccountInfo, Balance, Call, Code, ContractAccessError, ContractInfo,
		ContractResult, DispatchError, ExecReturnValue, InstantiateReturnValue,
		InstantiateWithCode, Instantiated, ModuleError, StorageDeposit, Weight,
	},
};
use scale_encode::EncodeAsFields;
use std::{sync::Arc, thread};
use subxt::{
	backend::Backend,
	client::{ClientAtBlock, OnlineClientAtBlockImpl},
	dynamic,
	error::TransactionFinalizedSuccessError,
	extrinsics::ExtrinsicEvents,
	rpcs::RpcClient,
	utils::AccountId32,
	Error, OnlineClient, SubstrateConfig,
};
use subxt_signer::sr25519::Keypair;

/// A client of the chain, at one block.
pub type AtBlock = ClientAtBlock<SubstrateConfig, OnlineClientAtBlockImpl<SubstrateConfig>>;

/// The events of one transaction.
pub type Events = ExtrinsicEvents<SubstrateConfig>;

/// A connection to the node, of somebody with money.
pub struct Contracts {
	node: Arc<Node>,
	/// For methods that subxt does not know.
	pub rpc: RpcClient,
	/// The chain.
	pub api: OnlineClient<SubstrateConfig>,
	/// Who signs and asks.
	pub me: Keypair,
}

impl Contracts {
	/// Connects as the development account of this name, by whatever RPC methods subxt finds best.
	///
	/// # Errors
	///
	/// Those of subxt, as with all functions here.
	pub async fn connect(name: &str) -> Result<Self, Error> {
		let node = Node::shared();
		let me = Keypair::from_uri(&format!("//{name}").parse().unwrap()).unwrap();
		let rpc = RpcClient::from_insecure_url(node.url()).await?;
		let api = OnlineClient::from_rpc_client(rpc.clone()).await?;
		Ok(Self { node, rpc, api, me })
	}

	/// The same, by the RPC methods of this backend.
	pub async fn over(&self, backend: impl Backend<SubstrateConfig>) -> Result<Self, Error> {
		Ok(Self {
			node: self.node.clone(),
			rpc: self.rpc.clone(),
			api: OnlineClient::from_backend(Arc::new(backend)).await?,
			me: self.me.clone(),
		})
	}

	/// The account.
	pub fn account(&self) -> AccountId32 {
		self.me.public_key().to_account_id()
	}

	/// The chain at its last final block.
	pub async fn now(&self) -> Result<AtBlock, Error> {
		Ok(self.api.at_current_block().await?)
	}

	/// Dry run of a call, with no limits.
	pub async fn ask_call(
		&self,
		dest: AccountId32,
		value: Balance,
		data: Vec<u8>,
	) -> Result<ContractResult<ExecReturnValue>, Error> {
		let args = (self.account(), dest, value, None::<Weight>, None::<Balance>, data);
		let call = dynamic::runtime_api_call("ContractsApi", "call", args);
		Ok(self.now().await?.runtime_apis().call(call).await?)
	}

	/// Dry run of an instantiation, with no limits.
	pub async fn ask_instantiate(
		&self,
		value: Balance,
		code: Code,
		data: Vec<u8>,
		salt: Vec<u8>,
	) -> Result<ContractResult<InstantiateReturnValue>, Error> {
		let args = (self.account(), value, None::<Weight>, None::<Balance>, code, data, salt);
		let call = dynamic::runtime_api_call("ContractsApi", "instantiate", args);
		Ok(self.now().await?.runtime_apis().call(call).await?)
	}

	/// Sends a call of the pallet, and waits until it is final.
	pub async fn send(&self, call: &str, args: impl EncodeAsFields) -> Result<Events, Error> {
		let call = dynamic::tx("Contracts", call, args);
		let mut transactions = self.api.tx().await?;
		let progress = transactions.sign_and_submit_then_watch_default(&call, &self.me).await?;
		Ok(progress.wait_for_finalized_success().await?)
	}

	/// Makes a contract with no more gas and deposit than its dry run told.
	pub async fn deploy(
		&self,
		code: Vec<u8>,
		data: Vec<u8>,
		salt: Vec<u8>,
	) -> Result<(AccountId32, Events), Error> {
		let asked =
			self.ask_instantiate(0, Code::Upload(code.clone()), data.clone(), salt.clone()).await?;
		let told = asked.result.expect("the dry run succeeds");
		assert_eq!(told.result.flags.bits, 0);
		let args = InstantiateWithCode {
			value: 0,
			gas_limit: asked.gas_required,
			storage_deposit_limit: Some(charge(asked.storage_deposit)),
			code,
			data,
			salt,
		};
		let events = self.send("instantiate_with_code", args).await?;
		let made = events.find_first::<Instantiated>().expect("there is a contract")?;
		assert_eq!(made, Instantiated { deployer: self.account(), contract: told.account_id });
		Ok((made.contract, events))
	}

	/// Calls with no more gas and deposit than the dry run told.
	pub async fn call(&self, dest: AccountId32, data: Vec<u8>) -> Result<Events, Error> {
		let asked = self.ask_call(dest, 0, data.clone()).await?;
		let args = Call {
			dest: dest.into(),
			value: 0,
			gas_limit: asked.gas_required,
			storage_deposit_limit: Some(charge(asked.storage_deposit)),
			data,
		};
		self.send("call", args).await
	}

	/// What the chain knows of a contract.
	pub async fn info(&self, contract: AccountId32) -> Result<Option<ContractInfo>, Error> {
		let map = dynamic::storage::<(AccountId32,), ContractInfo>("Contracts", "ContractInfoOf");
		let at = self.now().await?;
		let found = at.storage().try_fetch(map, (contract,)).await?;
		Ok(found.map(|value| value.decode()).transpose()?)
	}

	/// What the account has.
	pub async fn money(&self) -> Result<AccountData, Error> {
		let map = dynamic::storage::<(AccountId32,), AccountInfo>("System", "Account");
		let at = self.now().await?;
		let found = at.storage().fetch(map, (self.account(),)).await?;
		Ok(found.decode()?.data)
	}

	/// The name of an error that a dry run told, as `PALLET::NAME`.
	pub async fn name(&self, error: DispatchError) -> Result<String, Error> {
		let DispatchError::Module(ModuleError { index, error }) = error else {
			return Ok(format!("{error:?}"));
		};
		let metadata = self.now().await?.metadata();
		let pallet = metadata.pallet_by_error_index(index).expect("a pallet has that number");
		let error = pallet.error_variant_by_index(error[0]).expect("an error has that number");
		Ok(format!("{}::{}", pallet.name(), error.name))
	}
}

impl Drop for Contracts {
	fn drop(&mut self) {
		if thread::panicking() {
			eprintln!("the node's log ends:\n{}", self.node.log_tail());
		}
	}
}

/// What a contract stored under a key, through the runtime of that block.
pub async fn stored(
	at: &AtBlock,
	contract: AccountId32,
	key: &[u8],
) -> Result<Result<Option<Vec<u8>>, ContractAccessError>, Error> {
	let args = (contract, key.to_vec());
	let call = dynamic::runtime_api_call("ContractsApi", "get_storage", args);
	Ok(at.runtime_apis().call(call).await?)
}

/// What a dry run told to be paid for storage.
///
/// # Panics
///
/// If it told a refund.
pub fn charge(deposit: StorageDeposit) -> Balance {
	match deposit {
		StorageDeposit::Charge(amount) => amount,
		StorageDeposit::Refund(amount) => panic!("a refund of {amount}"),
	}
}

/// The name by which subxt knows the error of a transaction that failed in its block, as `PALLET::NAME`.
///
/// # Panics
///
/// If it did not fail, or in another way.
pub fn failure(sent: Result<Events, Error>) -> String {
	use subxt::error::{DispatchError::Module, TransactionEventsError::ExtrinsicFailed};
	match sent.map(|_| ()) {
		Err(Error::TransactionFinalizedSuccessError(
			TransactionFinalizedSuccessError::SuccessError(ExtrinsicFailed(Module(error))),
		)) => error.details_string(),
		other => panic!("no failure of a pallet: {other:?}"),
	}
}
