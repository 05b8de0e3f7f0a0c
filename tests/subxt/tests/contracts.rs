//! Contracts through subxt. The tests share a node, so each signs with another account and has code of its
//! own.

use caisson_subxt::{
	contracts::{charge, failure, stored, Contracts, Events},
	ink::{self, input, signature, topic},
	types::{
		Balance, Call, Code, CodeInfo, CodeRemoved, CodeStored, CodeUploadReturnValue,
		ContractAccessError, ContractEmitted, ContractInfo, Determinism, DispatchError,
		ExecReturnValue, Instantiate, Instantiated, RemoveCode, ReturnFlags,
		StorageDepositTransferredAndHeld, UploadCode, Weight,
	},
};
use scale_decode::DecodeAsType;
use sp_crypto_hashing::{blake2_128, blake2_64};
use subxt::{
	backend::{ArchiveBackend, ChainHeadBackend, LegacyBackend},
	dynamic::{self, Value},
	ext::{
		codec::{Decode, Encode},
		scale_value::{Composite, ValueDef},
	},
	rpcs::rpc_params,
	utils::{to_hex, AccountId32, H256},
	SubstrateConfig,
};

/// What an ink! message returned; ink! puts around it whether the message was understood.
fn output<T: Decode>(returned: &ExecReturnValue) -> T {
	assert_eq!(returned.flags, ReturnFlags { bits: 0 });
	Result::<T, ()>::decode(&mut &returned.data[..]).unwrap().unwrap()
}

/// What a message answers to a dry run.
async fn get<T: Decode>(chain: &Contracts, contract: AccountId32, message: &str) -> T {
	let asked = chain.ask_call(contract, 0, input(message, ())).await.unwrap();
	output(&asked.result.unwrap())
}

async fn constant<T: DecodeAsType>(chain: &Contracts, pallet: &str, name: &str) -> T {
	let address = dynamic::constant::<T>(pallet, name);
	chain.now().await.unwrap().constants().entry(address).unwrap()
}

#[tokio::test]
async fn the_metadata_describes_the_interface_of_pallet_contracts() {
	let chain = Contracts::connect("Alice").await.unwrap();
	let metadata = chain.now().await.unwrap().metadata();

	let api = metadata.runtime_api_trait_by_name("ContractsApi").unwrap();
	let mut methods = api.methods().map(|method| method.name().to_string()).collect::<Vec<_>>();
	methods.sort();
	assert_eq!(methods, ["call", "get_storage", "instantiate", "upload_code"]);
	let arguments = |method| {
		let method = api.method_by_name(method).unwrap();
		method.inputs().map(|input| input.name.to_string()).collect::<Vec<_>>()
	};
	let limits = ["gas_limit", "storage_deposit_limit"];
	assert_eq!(arguments("call"), ["origin", "dest", "value", limits[0], limits[1], "input_data"]);
	assert_eq!(
		arguments("instantiate"),
		["origin", "value", limits[0], limits[1], "code", "data", "salt"]
	);

	// Its version is not in the metadata of every version, but the runtime's own.
	#[derive(DecodeAsType)]
	struct RuntimeVersion {
		apis: Vec<([u8; 8], u32)>,
	}
	let version = dynamic::runtime_api_call::<_, RuntimeVersion>("Core", "version", ());
	let version = chain.now().await.unwrap().runtime_apis().call(version).await.unwrap();
	assert!(version.apis.contains(&(blake2_64(b"ContractsApi"), 2)));
}

#[tokio::test]
async fn constants_have_the_names_and_types_of_pallet_contracts() {
	let chain = Contracts::connect("Alice").await.unwrap();
	assert!(constant::<Balance>(&chain, "Contracts", "DepositPerByte").await > 0);
	assert!(constant::<Balance>(&chain, "Contracts", "DepositPerItem").await > 0);
	assert!(constant::<Balance>(&chain, "Contracts", "DefaultDepositLimit").await > 0);
	assert!(constant::<u32>(&chain, "Contracts", "CodeHashLockupDepositPercent").await > 0);
	assert!(!constant::<bool>(&chain, "Contracts", "UnsafeUnstableInterface").await);

	// Where cargo-contract looks for the types that contracts share with the chain, and what it compares.
	let chain = chain.now().await.unwrap();
	let environment =
		|path: &[String]| path.ends_with(&["pallet_contracts", "Environment"].map(String::from));
	let types = &chain.metadata_ref().types().types;
	assert_eq!(types.iter().filter(|known| environment(&known.ty.path.segments)).count(), 1);
	let address = dynamic::constant::<Value>("Contracts", "Environment");
	let ValueDef::Composite(Composite::Named(fields)) =
		chain.constants().entry(address).unwrap().value
	else {
		panic!("no fields");
	};
	let names = fields.iter().map(|(name, _)| name.as_str()).collect::<Vec<_>>();
	let expected = ["account_id", "balance", "hash", "hasher", "timestamp", "block_number"];
	assert_eq!(names, expected);
	assert_eq!(chain.storage().storage_version("Contracts").await.unwrap(), 16);
}

#[tokio::test]
async fn a_contract_is_tried_made_and_called() {
	let chain = Contracts::connect("Alice").await.unwrap();
	let code = ink::code("flipper", "tried");
	let before = chain.money().await.unwrap();
	let upload = Code::Upload(code.clone());
	let asked = chain.ask_instantiate(0, upload, input("new", true), vec![]).await.unwrap();
	assert_eq!(chain.money().await.unwrap(), before);

	let (flipper, events) = chain.deploy(code.clone(), input("new", true), vec![]).await.unwrap();
	let stored = events.find_first::<CodeStored>().unwrap().unwrap();
	assert_eq!((stored.code_hash, stored.uploader), (ink::hash(&code), chain.account()));
	let held = events
		.find::<StorageDepositTransferredAndHeld>()
		.map(|event| event.unwrap())
		.inspect(|event| assert_eq!((event.from, event.to), (chain.account(), flipper)))
		.map(|event| event.amount)
		.sum::<Balance>();
	// What the account of the contract needs to exist is told with it, but not held.
	let existence = constant::<Balance>(&chain, "Balances", "ExistentialDeposit").await;
	assert_eq!(stored.deposit_held + held + existence, charge(asked.storage_deposit));
	assert_eq!(chain.info(flipper).await.unwrap().unwrap().held(), held);
	let after = chain.money().await.unwrap();
	assert_eq!(after.reserved - before.reserved, stored.deposit_held);

	assert!(get::<bool>(&chain, flipper, "get").await);
	chain.call(flipper, input("flip", ())).await.unwrap();
	assert!(!get::<bool>(&chain, flipper, "get").await);

	// By its hash, once it is there.
	let args = Instantiate {
		value: 0,
		gas_limit: asked.gas_required,
		storage_deposit_limit: None,
		code_hash: ink::hash(&code),
		data: input("default", ()),
		salt: vec![1],
	};
	let existing = Code::Existing(args.code_hash);
	let asked =
		chain.ask_instantiate(0, existing, args.data.clone(), args.salt.clone()).await.unwrap();
	let told = asked.result.unwrap().account_id;
	let events = chain.send("instantiate", args).await.unwrap();
	let second = events.find_first::<Instantiated>().unwrap().unwrap();
	assert_eq!(second, Instantiated { deployer: chain.account(), contract: told });
	assert!(!get::<bool>(&chain, told, "get").await);
}

#[tokio::test]
async fn code_is_uploaded_and_removed_by_itself() {
	let chain = Contracts::connect("Bob").await.unwrap();
	let code = ink::code("flipper", "uploaded");
	let code_hash = ink::hash(&code);
	let map = || dynamic::storage::<(H256,), CodeInfo>("Contracts", "CodeInfoOf");

	let ask = dynamic::runtime_api_call::<_, Result<CodeUploadReturnValue, DispatchError>>(
		"ContractsApi",
		"upload_code",
		(chain.account(), code.clone(), None::<Balance>, Determinism::Enforced),
	);
	let told = chain.now().await.unwrap().runtime_apis().call(ask).await.unwrap().unwrap();
	assert_eq!(told.code_hash, code_hash);
	assert!(told.deposit > 0);

	let args = UploadCode {
		code: code.clone(),
		storage_deposit_limit: Some(told.deposit),
		determinism: Determinism::Enforced,
	};
	chain.send("upload_code", args).await.unwrap();
	let at = chain.now().await.unwrap();
	let info = at.storage().fetch(map(), (code_hash,)).await.unwrap().decode().unwrap();
	let expected = CodeInfo {
		owner: chain.account(),
		deposit: told.deposit,
		refcount: 0,
		determinism: Determinism::Enforced,
		code_len: u32::try_from(code.len()).unwrap(),
	};
	assert_eq!(info, expected);
	let pristine = dynamic::storage::<(H256,), Vec<u8>>("Contracts", "PristineCode");
	let pristine = at.storage().fetch(pristine, (code_hash,)).await.unwrap();
	assert_eq!(pristine.decode().unwrap(), code);

	let events = chain.send("remove_code", RemoveCode { code_hash }).await.unwrap();
	let removed = events.find_first::<CodeRemoved>().unwrap().unwrap();
	let expected =
		CodeRemoved { code_hash, deposit_released: told.deposit, remover: chain.account() };
	assert_eq!(removed, expected);
	let at = chain.now().await.unwrap();
	assert!(at.storage().try_fetch(map(), (code_hash,)).await.unwrap().is_none());
}

#[tokio::test]
async fn events_of_contracts_come_with_their_topics() {
	let chain = Contracts::connect("Charlie").await.unwrap();
	let code = ink::code("events", "topics");
	let (contract, events) = chain.deploy(code, input("new", ()), vec![]).await.unwrap();

	let emitted = |events: &Events| {
		let ours = events.iter().map(|event| event.unwrap());
		ours.filter(|event| event.is::<ContractEmitted>())
			.map(|event| {
				let decoded = event.decode_fields_as::<ContractEmitted>().unwrap().unwrap();
				assert_eq!(decoded.contract, contract);
				(event.topics().to_vec(), decoded.data)
			})
			.collect::<Vec<_>>()
	};
	assert_eq!(emitted(&events), [(vec![signature("Signed(u32)")], 0_u32.encode())]);

	let (long, me, hash) = (vec![7_u8; 40], chain.account(), [1_u8; 32]);
	let three = (8_u32, &long).encode();
	let four = (9_u32, &me, Some(hash), true).encode();
	let cases = [
		("plain", 3_u32.encode(), vec![], vec![0xE5_u8; 3].encode()),
		("two", 7_u32.encode(), vec![signature("Two(u32)"), topic(7_u32)], 7_u32.encode()),
		(
			"three",
			three.clone(),
			vec![signature("Three(u32,Vec<u8>)"), topic(8_u32), topic(&long)],
			three,
		),
		("four", four.clone(), vec![topic(9_u32), topic(me), topic(hash), topic(true)], four),
		("chosen", 5_u32.encode(), vec![H256([0x5A; 32]), topic(5_u32)], 5_u32.encode()),
	];
	for (message, args, topics, data) in cases {
		let call = [input(message, ()), args].concat();
		let asked = chain.ask_call(contract, 0, call.clone()).await.unwrap();
		let told = asked.events.unwrap();
		assert!(told.iter().any(|record| record.topics == topics), "{message}: {told:?}");
		let events = chain.call(contract, call).await.unwrap();
		assert_eq!(emitted(&events), [(topics, data)], "{message}");
	}
	let events = chain.call(contract, input("many", 3_u32)).await.unwrap();
	let topics = emitted(&events).into_iter().map(|(topics, _)| topics[1]).collect::<Vec<_>>();
	assert_eq!(topics, [topic(0_u32), topic(1_u32), topic(2_u32)]);
}

#[tokio::test]
async fn storage_is_read_in_every_way_there_is() {
	let chain = Contracts::connect("Dave").await.unwrap();
	let code = ink::code("flipper", "storage");
	let (flipper, _) = chain.deploy(code.clone(), input("new", true), vec![]).await.unwrap();
	let (other, _) = chain.deploy(code.clone(), input("new", true), vec![1]).await.unwrap();

	let info = chain.info(flipper).await.unwrap().unwrap();
	assert_eq!(info.code_hash, ink::hash(&code));
	assert_eq!((info.storage_items, info.storage_bytes), (1, 1));
	let per_item = constant::<Balance>(&chain, "Contracts", "DepositPerItem").await;
	let per_byte = constant::<Balance>(&chain, "Contracts", "DepositPerByte").await;
	assert_eq!((info.storage_item_deposit, info.storage_byte_deposit), (per_item, per_byte));
	assert!(info.storage_base_deposit > 0);
	assert_eq!(info.delegate_dependencies, []);
	assert_eq!(chain.info(chain.account()).await.unwrap(), None);

	// All contracts: these, and those of other tests.
	let map = dynamic::storage::<(AccountId32,), ContractInfo>("Contracts", "ContractInfoOf");
	let at = chain.now().await.unwrap();
	let mut entries = at.storage().iter(map, ()).await.unwrap();
	let mut all = Vec::new();
	while let Some(entry) = entries.next().await {
		let entry = entry.unwrap();
		let (contract,) = entry.key().unwrap().decode().unwrap();
		all.push((contract, entry.value().decode().unwrap()));
	}
	for contract in [flipper, other] {
		let info = chain.info(contract).await.unwrap().unwrap();
		assert!(all.contains(&(contract, info)), "{contract}: {all:?}");
	}

	// The one entry of its trie: where ink! keeps the contract's root, under a key that is hashed.
	let root = 0_u32.encode();
	let key = to_hex([&blake2_128(&root)[..], &root].concat());
	let trie = to_hex([b":child_storage:default:", &info.trie_id[..]].concat());
	let keys = rpc_params![&trie, "0x"];
	let keys = chain.rpc.request::<Vec<String>>("childstate_getKeys", keys).await.unwrap();
	assert_eq!(keys, std::slice::from_ref(&key));
	let paged = rpc_params![&trie, "0x", 10];
	let paged = chain.rpc.request::<Vec<String>>("childstate_getKeysPaged", paged).await.unwrap();
	assert_eq!(paged, keys);
	let entries = rpc_params![&trie, &keys];
	let entries =
		chain.rpc.request::<Vec<Option<String>>>("childstate_getStorageEntries", entries).await;
	assert_eq!(entries.unwrap(), [Some(to_hex([1]))]);
	let size = rpc_params![&trie, &key];
	assert_eq!(chain.rpc.request::<u64>("childstate_getStorageSize", size).await.unwrap(), 1);
	let value = async |key: &str| {
		let params = rpc_params![&trie, key];
		chain.rpc.request::<Option<String>>("childstate_getStorage", params).await.unwrap()
	};
	assert_eq!(value(&key).await, Some(to_hex([1])));
	assert_eq!(value("0x00").await, None);
	let ask = async |contract: AccountId32, key: &[u8]| {
		stored(&chain.now().await.unwrap(), contract, key).await.unwrap()
	};
	assert_eq!(ask(flipper, &root).await, Ok(Some(vec![1])));
	assert_eq!(ask(flipper, &[1]).await, Ok(None));
	assert_eq!(ask(chain.account(), &root).await, Err(ContractAccessError::DoesntExist));

	chain.call(flipper, input("flip", ())).await.unwrap();
	assert_eq!(value(&key).await, Some(to_hex([0])));
	assert_eq!(ask(flipper, &root).await, Ok(Some(vec![0])));
	assert_eq!(ask(other, &root).await, Ok(Some(vec![1])));
}

#[tokio::test]
async fn failures_have_the_name_of_their_error() {
	let chain = Contracts::connect("Eve").await.unwrap();
	let code = ink::code("flipper", "failures");
	let (flipper, _) = chain.deploy(code.clone(), input("new", true), vec![]).await.unwrap();
	let asked = chain.ask_call(flipper, 0, input("flip", ())).await.unwrap();
	let well = Call {
		dest: flipper.into(),
		value: 0,
		gas_limit: asked.gas_required,
		storage_deposit_limit: None,
		data: input("flip", ()),
	};

	let gas_limit = Weight { ref_time: asked.gas_consumed.ref_time / 2, ..asked.gas_required };
	let cases = [
		("Contracts::OutOfGas", Call { gas_limit, ..well.clone() }),
		("Contracts::ContractNotFound", Call { dest: chain.account().into(), ..well.clone() }),
		("Contracts::ContractReverted", Call { data: input("nothing", ()), ..well.clone() }),
		// It takes no money, and panics.
		("Contracts::ContractTrapped", Call { value: 1_000_000_000_000, ..well.clone() }),
		("Contracts::TransferFailed", Call { value: Balance::MAX / 2, ..well.clone() }),
	];
	for (name, call) in cases {
		let text = format!("{call:?}");
		assert_eq!(failure(chain.send("call", call).await), name, "{text}");
	}
	// And none of them did anything.
	assert!(get::<bool>(&chain, flipper, "get").await);
	let remove = RemoveCode { code_hash: ink::hash(&code) };
	assert_eq!(failure(chain.send("remove_code", remove).await), "Contracts::CodeInUse");

	// A dry run tells the same, but for a revert: that has an output.
	let missing = chain.ask_call(chain.account(), 0, vec![]).await.unwrap().result;
	let missing = chain.name(missing.unwrap_err()).await.unwrap();
	assert_eq!(missing, "Contracts::ContractNotFound");
	let reverted = chain.ask_call(flipper, 0, input("nothing", ())).await.unwrap();
	assert_eq!(reverted.result.unwrap().flags, ReturnFlags { bits: 1 });
	let rejected =
		chain.ask_instantiate(0, Code::Upload(vec![0; 8]), vec![], vec![]).await.unwrap();
	assert!(!rejected.debug_message.is_empty());
	let rejected = chain.name(rejected.result.unwrap_err()).await.unwrap();
	assert_eq!(rejected, "Contracts::CodeRejected");

	chain.send("call", well).await.unwrap();
	assert!(!get::<bool>(&chain, flipper, "get").await);
}

#[tokio::test]
async fn a_block_is_read_back() {
	let chain = Contracts::connect("Ferdie").await.unwrap();
	let code = ink::code("flipper", "block");
	let (flipper, _) = chain.deploy(code, input("new", true), vec![]).await.unwrap();
	let mut blocks = chain.api.stream_blocks().await.unwrap();
	let call = Call {
		dest: flipper.into(),
		value: 0,
		gas_limit: Weight { ref_time: 10_000_000_000, proof_size: 1_000_000 },
		storage_deposit_limit: Some(5),
		data: input("flip", ()),
	};

	// Whether it would be taken, and at what cost, by the runtime APIs that are for that.
	let payload = dynamic::tx("Contracts", "call", call.clone());
	let at = chain.now().await.unwrap();
	let signed = at.tx().create_signed(&payload, &chain.me, Default::default()).await.unwrap();
	assert!(signed.validate().await.unwrap().is_valid());
	let fee = signed.partial_fee_estimate().await.unwrap();
	let before = chain.money().await.unwrap().free;
	let block = signed.submit_and_watch().await.unwrap().wait_for_finalized().await.unwrap();
	block.wait_for_success().await.unwrap();
	let paid = before - chain.money().await.unwrap().free;
	// What the call did not use of its gas is paid back.
	assert!(0 < paid && paid < fee, "{paid} of {fee}");

	let streamed = loop {
		let streamed = blocks.next().await.unwrap().unwrap();
		if streamed.hash() == block.block_hash() {
			break streamed;
		}
	};
	let at = streamed.at().await.unwrap();
	let extrinsics = at.extrinsics().fetch().await.unwrap();
	assert!(extrinsics.find::<Call>().any(|found| found.unwrap() == call));
}

/// Each family of RPC methods by itself; otherwise subxt takes what it finds best.
#[tokio::test]
async fn every_family_of_rpc_methods_will_do() {
	let chain = Contracts::connect("Alice//stash").await.unwrap();
	let code = ink::code("flipper", "families");
	let (flipper, _) = chain.deploy(code, input("new", false), vec![]).await.unwrap();
	let rpc = || chain.rpc.clone();
	let height = async || chain.now().await.unwrap().block_number();

	let legacy = chain.over(LegacyBackend::builder().build(rpc())).await.unwrap();
	legacy.call(flipper, input("flip", ())).await.unwrap();
	assert!(get::<bool>(&legacy, flipper, "get").await);
	let flipped = height().await;

	let head = ChainHeadBackend::builder().build_with_background_driver(rpc());
	let head = chain.over(head).await.unwrap();
	head.call(flipper, input("flip", ())).await.unwrap();
	assert!(!get::<bool>(&head, flipper, "get").await);
	let flopped = height().await;

	// It has no last block, so it is asked for those.
	let archive = ArchiveBackend::<SubstrateConfig>::new(rpc());
	let archive = chain.over(archive).await.unwrap();
	for (number, value) in [(flipped, 1), (flopped, 0)] {
		let at = archive.api.at_block(number).await.unwrap();
		let found = stored(&at, flipper, &0_u32.encode()).await.unwrap();
		assert_eq!(found, Ok(Some(vec![value])), "block {number}");
	}
}
