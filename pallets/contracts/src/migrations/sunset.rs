//! The pallet taken off a chain, so that a later runtime can do without it.
//!
//! What is held is released where it is held: a contract's storage deposit on the contract's own account,
//! as nobody recorded who paid it, a code's deposit on its uploader's. Contracts keep their accounts and
//! their money, and stop being contracts. Then every entry of every contract and every key of the pallet is
//! removed. Money is moved nowhere and none is made or lost.
//!
//! A hold that outlives the pallet would be unreadable in a runtime that does not know its reason. So all
//! accounts of the chain are looked at, too: pallet-contracts left the deposit of a contract held that Root
//! had terminated, with no record of it.
//!
//! The pallet is closed from the first step on. After the last one nothing of it is left that could keep it
//! closed: the runtime that runs this migration has to filter its calls (docs/migrating.md).

use super::MigrationState;
use crate::{
	state::{child_trie, deletion},
	types::TrieId,
	weights::WeightInfo,
	CodeInfoOf, Config, ContractInfoOf, ContractSettingsOf, DeletionQueue, HoldReason, Migration,
	Pallet,
};
use alloc::vec::Vec;
use codec::{Decode, Encode, MaxEncodedLen};
use core::marker::PhantomData;
use frame_support::{
	defensive,
	migrations::{SteppedMigration, SteppedMigrationError},
	storage::child,
	traits::{
		fungible::{InspectHold, MutateHold},
		tokens::Precision,
		PalletInfoAccess,
	},
	weights::WeightMeter,
};
use sp_runtime::{traits::Zero, Weight};

/// What is taken off the chain next. In this order: what a later stage removes, an earlier one reads.
#[derive(Clone, PartialEq, Eq, Encode, Decode, MaxEncodedLen, Debug)]
pub enum Stage<AccountId> {
	/// Contracts, whose tries are queued.
	Contracts,
	/// The entries of queued tries.
	Tries,
	/// Codes.
	Codes,
	/// What is held beyond what was recorded.
	Holds {
		/// The last account that was looked at.
		after: Option<AccountId>,
	},
	/// All other keys of the pallet.
	Keys,
}

impl<AccountId> Stage<AccountId> {
	/// What one unit of it weighs.
	fn weight<T: Config>(&self) -> Weight {
		match self {
			Self::Contracts => T::WeightInfo::sunset_contract(),
			Self::Tries => T::WeightInfo::sunset_entry(),
			Self::Codes => T::WeightInfo::sunset_code(),
			Self::Holds { .. } => T::WeightInfo::sunset_account(),
			Self::Keys => T::WeightInfo::sunset_key(),
		}
	}
}

/// A step at work.
struct Work<T: Config> {
	stage: Stage<T::AccountId>,
	/// The key behind which the stage goes on. Only this step knows it: what lies before is removed, but
	/// until the block ends a search would meet the gaps again, one by one.
	behind: Vec<u8>,
	/// The trie that is being emptied: its number in the queue, its id, and the last key that was removed.
	trie: Option<(u32, TrieId, Vec<u8>)>,
}

impl<T: Config> Work<T> {
	fn new(stage: Stage<T::AccountId>) -> Self {
		Self { stage, behind: Vec::new(), trie: None }
	}

	/// Does one unit. Returns whether that was the last.
	fn unit(&mut self) -> bool {
		let next = match &self.stage {
			Stage::Contracts => (!self.contract()).then_some(Stage::Tries),
			Stage::Tries => (!self.entry()).then_some(Stage::Codes),
			Stage::Codes => (!self.code()).then_some(Stage::Holds { after: None }),
			Stage::Holds { after } => Some(match Self::account(after.clone()) {
				Some(account) => Stage::Holds { after: Some(account) },
				None => Stage::Keys,
			}),
			Stage::Keys => return !self.key(),
		};
		if let Some(next) = next {
			*self = Self::new(next);
		}
		false
	}

	/// Takes a contract off the chain. Returns whether there was one.
	fn contract(&mut self) -> bool {
		let Some((account, info)) =
			first(&self.behind, ContractInfoOf::<T>::iter, ContractInfoOf::<T>::iter_from)
		else {
			return false;
		};
		self.behind = ContractInfoOf::<T>::hashed_key_for(&account);
		release_all::<T>(HoldReason::StorageDepositReserve, &account);
		// What a contract puts on its account when it is made.
		frame_system::Pallet::<T>::dec_consumers(&account);
		deletion::queue::<T>(&info.trie_id);
		ContractInfoOf::<T>::remove(&account);
		ContractSettingsOf::<T>::remove(&account);
		true
	}

	/// Removes an entry of a queued trie, or an empty trie. Returns whether there was one.
	fn entry(&mut self) -> bool {
		let Some((number, trie, last)) = self.trie.take().or_else(|| {
			first(&self.behind, DeletionQueue::<T>::iter, DeletionQueue::<T>::iter_from)
				.map(|(number, trie)| (number, trie, Vec::new()))
		}) else {
			return false;
		};
		let info = child_trie::info(&trie);
		match sp_io::default_child_storage::next_key(info.storage_key(), &last) {
			Some(key) => {
				child::kill(&info, &key);
				self.trie = Some((number, trie, key));
			},
			None => {
				self.behind = DeletionQueue::<T>::hashed_key_for(number);
				DeletionQueue::<T>::remove(number);
			},
		}
		true
	}

	/// Takes a code off the chain. Returns whether there was one.
	fn code(&mut self) -> bool {
		let Some((hash, info)) =
			first(&self.behind, CodeInfoOf::<T>::iter, CodeInfoOf::<T>::iter_from)
		else {
			return false;
		};
		self.behind = CodeInfoOf::<T>::hashed_key_for(hash);
		release::<T>(HoldReason::CodeUploadDepositReserve, &info.owner, info.deposit);
		CodeInfoOf::<T>::remove(hash);
		true
	}

	/// Releases what is held of the account behind `after`, and names it.
	fn account(after: Option<T::AccountId>) -> Option<T::AccountId> {
		use frame_system::Account;
		let account = match after {
			Some(after) => Account::<T>::iter_keys_from(Account::<T>::hashed_key_for(after)).next(),
			None => Account::<T>::iter_keys().next(),
		}?;
		release_all::<T>(HoldReason::StorageDepositReserve, &account);
		release_all::<T>(HoldReason::CodeUploadDepositReserve, &account);
		Some(account)
	}

	/// Removes a key of the pallet, the one that keeps it closed as the last. Returns whether another is
	/// left.
	fn key(&mut self) -> bool {
		let prefix = Pallet::<T>::name_hash();
		if self.behind.is_empty() {
			self.behind = prefix.to_vec();
		}
		let last = Migration::<T>::hashed_key();
		let next =
			|key: &[u8]| sp_io::storage::next_key(key).filter(|key| key.starts_with(&prefix));
		let found = match next(&self.behind) {
			Some(key) if key == last => next(&key),
			found => found,
		};
		match found {
			Some(key) => {
				sp_io::storage::clear(&key);
				self.behind = key;
				true
			},
			None => {
				Migration::<T>::kill();
				false
			},
		}
	}
}

/// The first entry of a map, or the one behind a key.
fn first<I: Iterator>(
	behind: &[u8],
	all: impl FnOnce() -> I,
	from: impl FnOnce(Vec<u8>) -> I,
) -> Option<I::Item> {
	if behind.is_empty() { all() } else { from(behind.to_vec()) }.next()
}

/// Releases everything that is held of an account for that reason.
fn release_all<T: Config>(reason: HoldReason, account: &T::AccountId) {
	release::<T>(reason, account, T::Currency::balance_on_hold(&reason.into(), account));
}

/// Releases `amount`, or as much of it as is held.
fn release<T: Config>(reason: HoldReason, account: &T::AccountId, amount: crate::BalanceOf<T>) {
	if amount.is_zero() {
		return;
	}
	let released = T::Currency::release(&reason.into(), account, amount, Precision::BestEffort);
	if released.is_err() {
		defensive!("what is held can be released");
	}
}

/// Takes the pallet off the chain, as a migration of `pallet-migrations`; after `MAX_STEPS` blocks it counts
/// as failed.
pub struct Sunset<T, const MAX_STEPS: u32 = { u32::MAX }>(PhantomData<T>);

impl<T: Config, const MAX_STEPS: u32> SteppedMigration for Sunset<T, MAX_STEPS> {
	type Cursor = Stage<T::AccountId>;
	type Identifier = [u8; 24];

	fn id() -> Self::Identifier {
		*b"caisson-contracts-sunset"
	}

	fn max_steps() -> Option<u32> {
		Some(MAX_STEPS)
	}

	fn migrating_prefixes() -> Option<impl IntoIterator<Item = Vec<u8>>> {
		Some([Pallet::<T>::name_hash().to_vec()])
	}

	fn step(
		cursor: Option<Self::Cursor>,
		meter: &mut WeightMeter,
	) -> Result<Option<Self::Cursor>, SteppedMigrationError> {
		let mut has_worked = false;
		let mut work = Work::<T>::new(cursor.unwrap_or_else(|| {
			Migration::<T>::put(MigrationState::Sunset);
			Stage::Contracts
		}));
		loop {
			let required = work.stage.weight::<T>();
			if meter.try_consume(required).is_err() {
				return if has_worked {
					Ok(Some(work.stage))
				} else {
					Err(SteppedMigrationError::InsufficientWeight { required })
				};
			}
			if work.unit() {
				return Ok(None);
			}
			has_worked = true;
		}
	}

	#[cfg(feature = "try-runtime")]
	fn pre_upgrade() -> Result<Vec<u8>, sp_runtime::TryRuntimeError> {
		Ok(checks::before::<T>().encode())
	}

	#[cfg(feature = "try-runtime")]
	fn post_upgrade(state: Vec<u8>) -> Result<(), sp_runtime::TryRuntimeError> {
		let before =
			Decode::decode(&mut &state[..]).map_err(|_| "the state before is unreadable")?;
		checks::after::<T>(before)
	}
}

/// What must hold before and after.
#[cfg(any(feature = "try-runtime", feature = "test-utils", test))]
pub(crate) mod checks {
	use super::*;
	use crate::BalanceOf;
	use frame_support::{ensure, traits::fungible::Inspect};
	use sp_runtime::TryRuntimeError;

	/// The chain's money and, of each account, all that it has; the tries of contracts.
	#[derive(Encode, Decode)]
	pub(crate) struct Before<T: Config> {
		issuance: BalanceOf<T>,
		accounts: Vec<(T::AccountId, BalanceOf<T>)>,
		tries: Vec<TrieId>,
	}

	/// What [`after`] wants to know.
	pub(crate) fn before<T: Config>() -> Before<T> {
		Before {
			issuance: T::Currency::total_issuance(),
			accounts: frame_system::Account::<T>::iter_keys()
				.map(|account| {
					let total = T::Currency::total_balance(&account);
					(account, total)
				})
				.collect(),
			tries: ContractInfoOf::<T>::iter_values()
				.map(|info| info.trie_id)
				.chain(DeletionQueue::<T>::iter_values())
				.collect(),
		}
	}

	/// That every balance is whole, nothing is held, and nothing is left.
	pub(crate) fn after<T: Config>(before: Before<T>) -> Result<(), TryRuntimeError> {
		ensure!(T::Currency::total_issuance() == before.issuance, "money was made or lost");
		for (account, total) in before.accounts {
			ensure!(T::Currency::total_balance(&account) == total, "an account gained or lost");
			for reason in [HoldReason::StorageDepositReserve, HoldReason::CodeUploadDepositReserve]
			{
				let held = T::Currency::balance_on_hold(&reason.into(), &account);
				ensure!(held.is_zero(), "something is still held");
			}
		}
		for trie in before.tries {
			ensure!(child_trie::measure(&child_trie::info(&trie)) == (0, 0), "a trie is left");
		}
		let prefix = Pallet::<T>::name_hash();
		let left = sp_io::storage::next_key(&prefix).filter(|key| key.starts_with(&prefix));
		ensure!(left.is_none(), "a key of the pallet is left");
		Ok(())
	}
}
