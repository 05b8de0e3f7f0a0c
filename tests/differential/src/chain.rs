//! Steps that are taken on both chains, and what is compared after each.

mod upgrade;

use codec::{Decode, Encode};
use frame_support::{
	dispatch::{DispatchErrorWithPostInfo, DispatchResultWithPostInfo, PostDispatchInfo},
	weights::Weight,
};
use sp_core::{crypto::AccountId32, H256};
use sp_io::TestExternalities;
use sp_runtime::DispatchError;
use std::collections::BTreeMap;

/// An extrinsic.
#[derive(Clone, Debug)]
pub enum Step {
	/// `upload_code`
	Upload(Vec<u8>),
	/// `remove_code`
	Remove(H256),
	/// `instantiate_with_code`
	InstantiateWithCode(Vec<u8>, Arguments),
	/// `instantiate`
	Instantiate(H256, Arguments),
	/// `call`
	Call(AccountId32, Arguments),
	/// `set_code` by Root.
	SetCode(AccountId32, H256),
	/// `call` by Root.
	CallAsRoot(AccountId32, Arguments),
	/// What a block does with the time that it has left.
	Idle,
}

/// What goes with a call or an instantiation.
#[derive(Clone, Debug, Default)]
pub struct Arguments {
	/// Money.
	pub value: u128,
	/// The most that may be held.
	pub deposit_limit: Option<u128>,
	/// The input.
	pub data: Vec<u8>,
	/// The salt of an instantiation.
	pub salt: Vec<u8>,
}

impl Arguments {
	/// Only input.
	pub fn data(data: impl Into<Vec<u8>>) -> Self {
		Self { data: data.into(), ..Default::default() }
	}
}

/// More than any step needs.
const GAS: Weight = Weight::from_parts(2_000_000_000_000, u64::MAX / 2);

/// How a step ended.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Ended {
	/// It succeeded.
	Well,
	/// It failed, with this error by name.
	Badly(String),
}

/// What can be observed after a step.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Observed {
	/// How it ended.
	pub ended: Ended,
	/// The events, encoded, with their topics.
	pub events: Vec<(Vec<u8>, Vec<H256>)>,
	/// The state, without what only one of the pallets stores.
	pub state: BTreeMap<Vec<u8>, Vec<u8>>,
	/// The child tries.
	pub children: BTreeMap<Vec<u8>, BTreeMap<Vec<u8>, Vec<u8>>>,
}

/// The name of an error.
fn name(error: DispatchError) -> String {
	match error {
		DispatchError::Module(module) => module.message.unwrap_or("without a name").into(),
		other => format!("{other:?}"),
	}
}

fn ended(result: DispatchResultWithPostInfo) -> Ended {
	match result {
		Ok(_) => Ended::Well,
		Err(error) => Ended::Badly(name(error.error)),
	}
}

/// The result of a call that returns a weight of its own on one of the chains.
fn plain(
	result: Result<impl Into<PostDispatchInfo>, impl Into<DispatchErrorWithPostInfo>>,
) -> DispatchResultWithPostInfo {
	result.map(Into::into).map_err(Into::into)
}

/// Storage items that only one of the pallets has, as `(pallet, item)`.
const OWN: &[(&str, &str)] = &[
	("Contracts", "PreparedCodeOf"),
	("Contracts", "ContractSettingsOf"),
	("Contracts", "RefusedCodes"),
	("Contracts", "Migration"),
	("Contracts", "MigrationInProgress"),
	// The events are compared by themselves.
	("System", "Events"),
	("System", "EventCount"),
	("System", "EventTopics"),
	// Weight and length of what ran in the block.
	("System", "BlockWeight"),
	("System", "AllExtrinsicsLen"),
];

fn state() -> BTreeMap<Vec<u8>, Vec<u8>> {
	let own: Vec<_> = OWN
		.iter()
		.map(|(pallet, item)| {
			[sp_io::hashing::twox_128(pallet.as_bytes()), sp_io::hashing::twox_128(item.as_bytes())]
				.concat()
		})
		.collect();
	let mut entries = BTreeMap::new();
	let mut key = Some(Vec::new());
	while let Some(current) = key {
		key = sp_io::storage::next_key(&current);
		if let Some(next) = &key {
			if !own.iter().any(|prefix| next.starts_with(prefix)) && !next.starts_with(b":child") {
				entries.insert(next.clone(), sp_io::storage::get(next).unwrap().to_vec());
			}
		}
	}
	entries
}

/// The contracts' infos, encoded.
fn contract_infos() -> Vec<Vec<u8>> {
	let prefix =
		[sp_io::hashing::twox_128(b"Contracts"), sp_io::hashing::twox_128(b"ContractInfoOf")]
			.concat();
	state()
		.into_iter()
		.filter_map(|(key, value)| key.starts_with(&prefix).then_some(value))
		.collect()
}

fn child(trie_id: &[u8]) -> BTreeMap<Vec<u8>, Vec<u8>> {
	use sp_io::default_child_storage as child;
	let mut entries = BTreeMap::new();
	let mut key = Some(Vec::new());
	while let Some(current) = key {
		key = child::next_key(trie_id, &current);
		if let Some(next) = &key {
			entries.insert(next.clone(), child::get(trie_id, next).unwrap());
		}
	}
	entries
}

macro_rules! side {
	($runtime:ident, $extra:ident, $determinism:expr) => {
		/// Steps on this chain.
		pub(super) mod $runtime {
			use super::*;
			use crate::{
				chain::$extra::{dry_run, is_common},
				$runtime::{Contracts, RuntimeOrigin, System},
			};
			use frame_support::traits::Hooks;

			pub(crate) fn take(who: &AccountId32, step: Step) -> Observed {
				System::reset_events();
				let origin = || RuntimeOrigin::signed(who.clone());
				let limit = |limit: Option<u128>| limit.map(codec::Compact);
				// As a block does it: an extrinsic that fails leaves nothing.
				let result = frame_support::storage::with_storage_layer(|| match step {
					Step::Upload(code) => {
						plain(Contracts::upload_code(origin(), code, None, $determinism))
					},
					Step::Remove(hash) => plain(Contracts::remove_code(origin(), hash)),
					Step::InstantiateWithCode(code, with) => Contracts::instantiate_with_code(
						origin(),
						with.value,
						GAS,
						limit(with.deposit_limit),
						code,
						with.data,
						with.salt,
					),
					Step::Instantiate(hash, with) => Contracts::instantiate(
						origin(),
						with.value,
						GAS,
						limit(with.deposit_limit),
						hash,
						with.data,
						with.salt,
					),
					Step::Call(dest, with) => Contracts::call(
						origin(),
						dest,
						with.value,
						GAS,
						limit(with.deposit_limit),
						with.data,
					),
					Step::SetCode(dest, hash) => {
						plain(Contracts::set_code(RuntimeOrigin::root(), dest, hash))
					},
					Step::CallAsRoot(dest, with) => Contracts::call(
						RuntimeOrigin::root(),
						dest,
						with.value,
						GAS,
						limit(with.deposit_limit),
						with.data,
					),
					Step::Idle => {
						Contracts::on_idle(System::block_number(), GAS);
						Ok(PostDispatchInfo::default())
					},
				});
				let events = System::events()
					.into_iter()
					.filter(|record| is_common(&record.event))
					.map(|record| (record.event.encode(), record.topics))
					.collect();
				let children = contract_infos()
					.into_iter()
					.map(|info| {
						// The id is the first field.
						let id = Vec::<u8>::decode(&mut &info[..]).unwrap();
						(id.clone(), child(&id))
					})
					.collect();
				Observed { ended: ended(result), events, state: state(), children }
			}

			/// The output of a dry run: flags and data, or the error's name, and the deposit.
			pub(crate) fn ask(who: &AccountId32, dest: &AccountId32, with: &Arguments) -> Answer {
				frame_support::storage::with_transaction(|| {
					let answer = dry_run(who, dest, with);
					frame_support::storage::TransactionOutcome::Rollback(Ok::<_, DispatchError>(
						answer,
					))
				})
				.unwrap()
			}
		}
	};
}

/// What a dry run tells.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Answer {
	/// What contracts said, for whoever tries them out.
	pub debug: String,
	/// Flags and data, or the error by name.
	pub output: Result<(u32, Vec<u8>), String>,
	/// What would be held, or given back if negative.
	pub deposit: i128,
}

mod theirs_extra {
	use super::*;
	use pallet_contracts::{CollectEvents, DebugInfo, Determinism};

	pub(super) fn is_common(_: &crate::theirs::RuntimeEvent) -> bool {
		true
	}

	pub(super) fn dry_run(who: &AccountId32, dest: &AccountId32, with: &Arguments) -> Answer {
		let result = crate::theirs::Contracts::bare_call(
			who.clone(),
			dest.clone(),
			with.value,
			GAS,
			with.deposit_limit,
			with.data.clone(),
			DebugInfo::UnsafeDebug,
			CollectEvents::Skip,
			Determinism::Enforced,
		);
		let deposit = match result.storage_deposit {
			pallet_contracts::StorageDeposit::Charge(amount) => amount.cast_signed(),
			pallet_contracts::StorageDeposit::Refund(amount) => -amount.cast_signed(),
		};
		Answer {
			debug: String::from_utf8_lossy(&result.debug_message).into(),
			output: result.result.map(|output| (output.flags.bits(), output.data)).map_err(name),
			deposit,
		}
	}
}

mod ours_extra {
	use super::*;

	pub(super) fn is_common(event: &crate::ours::RuntimeEvent) -> bool {
		!matches!(
			event,
			crate::ours::RuntimeEvent::Contracts(pallet_wasm_contracts::Event::Executed { .. })
		)
	}

	pub(super) fn dry_run(who: &AccountId32, dest: &AccountId32, with: &Arguments) -> Answer {
		let result = crate::ours::Contracts::api_call(
			who.clone(),
			dest.clone(),
			with.value,
			Some(GAS),
			with.deposit_limit,
			with.data.clone(),
		);
		// Equal enums of another crate.
		let (kind, amount) =
			<(u8, u128)>::decode(&mut &result.storage_deposit.encode()[..]).unwrap();
		let deposit = if kind == 0 { -amount.cast_signed() } else { amount.cast_signed() };
		Answer {
			debug: String::from_utf8_lossy(&result.debug_message).into(),
			output: result.result.map(|output| (output.flags.bits(), output.data)).map_err(name),
			deposit,
		}
	}
}

side!(theirs, theirs_extra, pallet_contracts::Determinism::Enforced);
side!(ours, ours_extra, caisson_contracts_api::Determinism::Enforced);

/// Both chains.
pub struct Pair {
	theirs: TestExternalities,
	ours: TestExternalities,
	/// Steps taken, for messages.
	steps: usize,
	/// Whether what contracts said is compared in dry runs.
	pub listens: bool,
}

impl Default for Pair {
	fn default() -> Self {
		Self::new()
	}
}

impl Pair {
	/// Two fresh chains, equal before anything was done.
	pub fn new() -> Self {
		Self {
			theirs: crate::theirs::genesis(),
			ours: crate::ours::genesis(),
			steps: 0,
			listens: true,
		}
	}

	/// Takes a step on both and returns what was observed on both.
	pub fn observe(&mut self, who: &AccountId32, step: Step) -> (Observed, Observed) {
		self.steps += 1;
		let theirs = self.theirs.execute_with(|| theirs::take(who, step.clone()));
		let ours = self.ours.execute_with(|| ours::take(who, step));
		(theirs, ours)
	}

	/// Takes a step on both, which must do the same.
	///
	/// # Panics
	///
	/// If it does not, with the difference.
	pub fn take(&mut self, who: &AccountId32, step: Step) -> Ended {
		self.take_unless(who, step, |_, _| false)
	}

	/// Takes a step on both, which must do the same unless both fail and `known` says of the errors of
	/// theirs and ours that they may differ.
	///
	/// # Panics
	///
	/// If it does not, with the difference.
	pub fn take_unless(
		&mut self,
		who: &AccountId32,
		step: Step,
		known: impl FnOnce(&str, &str) -> bool,
	) -> Ended {
		let shown = match &step {
			Step::Upload(code) => format!("upload of {} bytes", code.len()),
			Step::InstantiateWithCode(code, with) => {
				format!("instantiation of {} bytes with {with:?}", code.len())
			},
			other => format!("{other:?}"),
		};
		let (theirs, ours) = self.observe(who, step);
		let step = self.steps;
		let is_known = match (&theirs.ended, &ours.ended) {
			(Ended::Badly(theirs), Ended::Badly(ours)) => known(theirs, ours),
			_ => false,
		};
		assert!(
			is_known || theirs.ended == ours.ended,
			"step {step}, {shown}: theirs ends {:?}, ours {:?}",
			theirs.ended,
			ours.ended
		);
		compare_events(&theirs, &ours, step, &shown);
		compare_maps("state", &theirs.state, &ours.state, step, &shown);
		assert_eq!(
			theirs.children.keys().collect::<Vec<_>>(),
			ours.children.keys().collect::<Vec<_>>(),
			"step {step}, {shown}: child tries"
		);
		for (id, entries) in &theirs.children {
			compare_maps("child trie", entries, &ours.children[id], step, &shown);
		}
		ours.ended
	}

	/// Runs a call dry on both and returns both answers.
	pub fn answers(
		&mut self,
		who: &AccountId32,
		dest: &AccountId32,
		with: &Arguments,
	) -> (Answer, Answer) {
		let theirs = self.theirs.execute_with(|| theirs::ask(who, dest, with));
		let ours = self.ours.execute_with(|| ours::ask(who, dest, with));
		(theirs, ours)
	}

	/// Runs a call dry on both, which must answer the same, and returns the answer. What contracts said
	/// is equal as well unless the call fails, of which ours tells more.
	///
	/// # Panics
	///
	/// If it does not.
	pub fn ask(&mut self, who: &AccountId32, dest: &AccountId32, with: &Arguments) -> Answer {
		let (theirs, mut ours) = self.answers(who, dest, with);
		let is_more = !matches!(&ours.output, Ok((0, _))) && ours.debug.starts_with(&theirs.debug);
		if is_more || !self.listens {
			ours.debug.clone_from(&theirs.debug);
		}
		assert_eq!(
			theirs, ours,
			"after step {}, {with:?}: theirs and ours answer otherwise",
			self.steps
		);
		ours
	}

	/// Does the same on both chains, beside all extrinsics.
	pub fn on_both(&mut self, run: impl Fn()) {
		self.theirs.execute_with(&run);
		self.ours.execute_with(&run);
	}

	/// Does something on the chain with Caisson's pallet.
	pub fn on_ours<R>(&mut self, run: impl FnOnce() -> R) -> R {
		self.ours.execute_with(run)
	}

	/// Does something on the chain with pallet-contracts.
	pub fn on_theirs<R>(&mut self, run: impl FnOnce() -> R) -> R {
		self.theirs.execute_with(run)
	}

	/// Makes a contract of `code` and returns where it is.
	///
	/// # Panics
	///
	/// If that fails on either chain, or differs.
	pub fn deploy(&mut self, who: &AccountId32, code: Vec<u8>, with: Arguments) -> AccountId32 {
		let before = self.contracts();
		let ended = self.take(who, Step::InstantiateWithCode(code, with));
		assert_eq!(ended, Ended::Well, "step {}", self.steps);
		let made = self.contracts().into_iter().filter(|contract| !before.contains(contract));
		// The outermost one is the deployer's; a constructor may have made others before.
		let mut made: Vec<_> = made.collect();
		assert_eq!(made.len(), 1, "the constructor made other contracts: name yours by event");
		made.remove(0)
	}

	/// The contracts that there are.
	pub fn contracts(&mut self) -> Vec<AccountId32> {
		self.ours.execute_with(|| {
			pallet_wasm_contracts::ContractInfoOf::<crate::ours::Chain>::iter_keys().collect()
		})
	}
}

fn compare_events(theirs: &Observed, ours: &Observed, step: usize, shown: &str) {
	if theirs.events == ours.events {
		return;
	}
	let show = |observed: &Observed| {
		observed
			.events
			.iter()
			.map(|(event, topics)| {
				// Both runtimes have the same events at the same indices.
				let event = crate::theirs::RuntimeEvent::decode(&mut &event[..]);
				format!("  {event:?} {topics:?}\n")
			})
			.collect::<String>()
	};
	panic!("step {step}, {shown}: events of theirs:\n{}and of ours:\n{}", show(theirs), show(ours));
}

fn compare_maps(
	what: &str,
	theirs: &BTreeMap<Vec<u8>, Vec<u8>>,
	ours: &BTreeMap<Vec<u8>, Vec<u8>>,
	step: usize,
	shown: &str,
) {
	if theirs == ours {
		return;
	}
	let hex = |bytes: Option<&Vec<u8>>| bytes.map(|bytes| sp_core::bytes::to_hex(bytes, false));
	let keys: std::collections::BTreeSet<_> = theirs.keys().chain(ours.keys()).collect();
	let differences: String = keys
		.into_iter()
		.filter(|key| theirs.get(*key) != ours.get(*key))
		.map(|key| {
			let (theirs, ours) = (hex(theirs.get(key)), hex(ours.get(key)));
			format!(
				"  {}\n    theirs {theirs:?}\n    ours   {ours:?}\n",
				hex(Some(key)).unwrap_or_default()
			)
		})
		.collect();
	panic!("step {step}, {shown}: {what} differs:\n{differences}");
}
