//! What is held for storage: what a frame changed, what that costs, and settling it with the origin.

use crate::{
	types::{ContractInfo, Origin},
	BalanceOf, Config, Error, Event, HoldReason, Pallet,
};
use alloc::{collections::BTreeMap, vec::Vec};
use caisson_contracts_api::StorageDeposit;
use frame_support::{
	ensure,
	traits::{
		fungible::{Inspect, Mutate, MutateHold},
		tokens::{Fortitude, Precision, Preservation, Restriction},
		Get,
	},
	DebugNoBound,
};
use sp_runtime::{
	traits::{One, Zero},
	DispatchError, DispatchResult, FixedPointNumber, FixedU128, Saturating,
};

/// What a frame changed in a contract's storage.
#[derive(Clone, Copy, Default, PartialEq, Eq, Debug)]
pub(crate) struct Diff {
	pub(crate) bytes_added: u32,
	pub(crate) bytes_removed: u32,
	pub(crate) items_added: u32,
	pub(crate) items_removed: u32,
}

impl Diff {
	/// Adds the change of one entry from a value of length `old` to one of length `new`.
	pub(crate) fn record(&mut self, old: Option<u32>, new: Option<u32>) {
		let (before, after) = (old.unwrap_or(0), new.unwrap_or(0));
		self.bytes_added = self.bytes_added.saturating_add(after.saturating_sub(before));
		self.bytes_removed = self.bytes_removed.saturating_add(before.saturating_sub(after));
		match (old, new) {
			(None, Some(_)) => self.items_added = self.items_added.saturating_add(1),
			(Some(_), None) => self.items_removed = self.items_removed.saturating_add(1),
			_ => {},
		}
	}

	/// Applies the change to `info` and returns what it costs.
	///
	/// What is added is charged at today's price; what is removed comes back in proportion to what is
	/// held, as pallet-contracts does it, so a price that changed in between neither mints nor burns.
	pub(crate) fn apply<T: Config>(
		&self,
		info: &mut ContractInfo<T>,
	) -> StorageDeposit<BalanceOf<T>> {
		let bytes = component(
			&mut info.storage_bytes,
			&mut info.storage_byte_deposit,
			self.bytes_added,
			self.bytes_removed,
			T::DepositPerByte::get(),
		);
		let items = component(
			&mut info.storage_items,
			&mut info.storage_item_deposit,
			self.items_added,
			self.items_removed,
			T::DepositPerItem::get(),
		);
		add(bytes, items)
	}

	/// Applies the change to the counts of `info` alone, where nobody pays and nobody is paid: what is
	/// held stays as it is, and comes back to whoever removes entries later.
	pub(crate) fn count<T: Config>(&self, info: &mut ContractInfo<T>) {
		info.storage_bytes =
			info.storage_bytes.saturating_add(self.bytes_added).saturating_sub(self.bytes_removed);
		info.storage_items =
			info.storage_items.saturating_add(self.items_added).saturating_sub(self.items_removed);
	}
}

/// Applies the change of one kind, bytes or items, to its count and what is held for it.
fn component<B: sp_runtime::traits::AtLeast32BitUnsigned + Copy + sp_runtime::FixedPointOperand>(
	count: &mut u32,
	held: &mut B,
	added: u32,
	removed: u32,
	price: B,
) -> StorageDeposit<B> {
	let net_added = added.saturating_sub(removed);
	let net_removed = removed.saturating_sub(added);
	let charge = price.saturating_mul(net_added.into());
	// In proportion, by the same fixed point as pallet-contracts, so that a refund is the same there and
	// here: what it drops, less than two units, stays held for the contract.
	let part = FixedU128::checked_from_rational(net_removed, *count).unwrap_or_default();
	let refund = part.min(FixedU128::one()).saturating_mul_int(*held);
	*count = count.saturating_add(net_added).saturating_sub(net_removed);
	*held = held.saturating_add(charge).saturating_sub(refund);
	if net_removed > 0 {
		StorageDeposit::Refund(refund)
	} else {
		StorageDeposit::Charge(charge)
	}
}

/// The sum of two deposits.
pub(crate) fn add<B: Ord + Copy + Saturating>(
	one: StorageDeposit<B>,
	other: StorageDeposit<B>,
) -> StorageDeposit<B> {
	use StorageDeposit::{Charge, Refund};
	match (one, other) {
		(Charge(a), Charge(b)) => Charge(a.saturating_add(b)),
		(Refund(a), Refund(b)) => Refund(a.saturating_add(b)),
		(Charge(charge), Refund(refund)) | (Refund(refund), Charge(charge)) => {
			if charge >= refund {
				Charge(charge.saturating_sub(refund))
			} else {
				Refund(refund.saturating_sub(charge))
			}
		},
	}
}

/// What a frame owes or is owed.
#[derive(DebugNoBound)]
enum Entry<T: Config> {
	/// To be held on a contract, or released from it.
	Held(T::AccountId, StorageDeposit<BalanceOf<T>>),
	/// Paid by the origin already: it counts, and nothing is to be moved.
	Paid(BalanceOf<T>),
	/// A contract ended: all that is held for it comes back, and its money goes to somebody.
	Terminated { contract: T::AccountId, refund: BalanceOf<T>, beneficiary: T::AccountId },
}

impl<T: Config> Entry<T> {
	fn deposit(&self) -> StorageDeposit<BalanceOf<T>> {
		match self {
			Self::Held(_, deposit) => *deposit,
			Self::Paid(amount) => StorageDeposit::Charge(*amount),
			Self::Terminated { refund, .. } => StorageDeposit::Refund(*refund),
		}
	}
}

/// Deposits that the frames of a root call owe or are owed, in order of the frames' ends.
#[derive(DebugNoBound)]
pub(crate) struct DepositMeter<T: Config> {
	pending: Vec<Entry<T>>,
}

impl<T: Config> DepositMeter<T> {
	pub(crate) fn new() -> Self {
		Self { pending: Vec::new() }
	}

	/// How much has been recorded, to come back to by [`Self::rollback`].
	pub(crate) fn checkpoint(&self) -> usize {
		self.pending.len()
	}

	/// Forgets what was recorded since `checkpoint`.
	pub(crate) fn rollback(&mut self, checkpoint: usize) {
		self.pending.truncate(checkpoint);
	}

	/// Records what `contract` owes or is owed.
	pub(crate) fn record(
		&mut self,
		contract: &T::AccountId,
		deposit: StorageDeposit<BalanceOf<T>>,
	) {
		if deposit == StorageDeposit::Charge(Zero::zero())
			|| deposit == StorageDeposit::Refund(Zero::zero())
		{
			return;
		}
		self.pending.push(Entry::Held(contract.clone(), deposit));
	}

	/// Records what the origin has paid for a new contract's account.
	pub(crate) fn paid(&mut self, amount: BalanceOf<T>) {
		self.pending.push(Entry::Paid(amount));
	}

	/// Records that `contract`, for which `refund` is held or owed, has ended.
	pub(crate) fn terminated(
		&mut self,
		contract: T::AccountId,
		refund: BalanceOf<T>,
		beneficiary: T::AccountId,
	) {
		self.pending.push(Entry::Terminated { contract, refund, beneficiary });
	}

	/// Whether `account` had a contract that ended in this root call.
	pub(crate) fn is_terminated(&self, account: &T::AccountId) -> bool {
		self.pending
			.iter()
			.any(|entry| matches!(entry, Entry::Terminated { contract, .. } if contract == account))
	}

	/// Number of entries that will be settled.
	pub(crate) fn entries(&self) -> u32 {
		u32::try_from(self.pending.len()).unwrap_or(u32::MAX)
	}

	fn sum(entries: &[Entry<T>]) -> StorageDeposit<BalanceOf<T>> {
		entries.iter().fold(StorageDeposit::default(), |sum, entry| add(sum, entry.deposit()))
	}

	/// Looks whether what was recorded since `checkpoint` is within a limit of its own; zero is none.
	///
	/// # Errors
	///
	/// If it is not.
	pub(crate) fn ensure_within(
		&self,
		checkpoint: usize,
		limit: BalanceOf<T>,
	) -> Result<(), DispatchError> {
		// Most frames have none, and the sum is over all that ran within them.
		if limit.is_zero() {
			return Ok(());
		}
		let recent = self.pending.get(checkpoint..).unwrap_or_default();
		match Self::sum(recent) {
			StorageDeposit::Charge(amount) if amount > limit => {
				Err(Error::<T>::StorageDepositLimitExhausted.into())
			},
			_ => Ok(()),
		}
	}

	/// Moves every deposit between the origin and the contracts and returns the sum.
	///
	/// # Errors
	///
	/// If the sum is over `limit`, the origin cannot pay, or there is a charge and the origin is Root.
	pub(crate) fn settle(
		&self,
		origin: &Origin<T>,
		limit: BalanceOf<T>,
	) -> Result<StorageDeposit<BalanceOf<T>>, DispatchError> {
		let sum = Self::sum(&self.pending);
		if let StorageDeposit::Charge(amount) = sum {
			ensure!(amount <= limit, Error::<T>::StorageDepositLimitExhausted);
		}
		let moves = self.moves();
		// Refunds first: they may be what pays the charges.
		for (contract, deposit) in &moves {
			if let StorageDeposit::Refund(amount) = deposit {
				refund::<T>(origin, contract, *amount)?;
			}
		}
		for entry in &self.pending {
			if let Entry::Terminated { contract, refund, beneficiary } = entry {
				end::<T>(origin, contract, *refund, beneficiary)?;
			}
		}
		for (contract, deposit) in &moves {
			if let StorageDeposit::Charge(amount) = deposit {
				charge::<T>(origin, contract, *amount)?;
			}
		}
		Ok(sum)
	}

	/// What is to be moved between the origin and contracts that go on.
	///
	/// As it was recorded, an event each, as in pallet-contracts; but of a contract that owes and is owed
	/// the difference, at its first entry: what it is owed may not be held yet.
	fn moves(&self) -> Vec<(T::AccountId, StorageDeposit<BalanceOf<T>>)> {
		let held = || {
			self.pending.iter().filter_map(|entry| match entry {
				Entry::Held(contract, deposit) => Some((contract, *deposit)),
				Entry::Paid(_) | Entry::Terminated { .. } => None,
			})
		};
		// Whether each contract is charged, and whether it is refunded.
		let mut kinds = BTreeMap::<&T::AccountId, (bool, bool)>::new();
		for (contract, deposit) in held() {
			let (charged, refunded) = kinds.entry(contract).or_default();
			match deposit {
				StorageDeposit::Charge(_) => *charged = true,
				StorageDeposit::Refund(_) => *refunded = true,
			}
		}
		for entry in &self.pending {
			if let Entry::Terminated { contract, .. } = entry {
				// All that is held of a contract that ended comes back at once.
				kinds.remove(contract);
			}
		}
		let mut moves = Vec::<(T::AccountId, StorageDeposit<BalanceOf<T>>)>::new();
		let mut netted = BTreeMap::<&T::AccountId, usize>::new();
		for (contract, deposit) in held() {
			let Some(kinds) = kinds.get(contract) else { continue };
			match netted.get(contract).and_then(|at| moves.get_mut(*at)) {
				Some((_, sum)) => *sum = add(*sum, deposit),
				None => {
					if *kinds == (true, true) {
						netted.insert(contract, moves.len());
					}
					moves.push((contract.clone(), deposit));
				},
			}
		}
		moves
	}
}

/// Releases what is held for a contract that ended, and sends all its money to `beneficiary`.
fn end<T: Config>(
	origin: &Origin<T>,
	contract: &T::AccountId,
	amount: BalanceOf<T>,
	beneficiary: &T::AccountId,
) -> DispatchResult {
	match origin {
		Origin::Signed(_) => refund::<T>(origin, contract, amount)?,
		// Nobody else has a claim to what Root frees.
		Origin::Root => {
			let reason = HoldReason::StorageDepositReserve.into();
			T::Currency::release(&reason, contract, amount, Precision::BestEffort)?;
		},
	}
	frame_system::Pallet::<T>::dec_consumers(contract);
	let rest =
		T::Currency::reducible_balance(contract, Preservation::Expendable, Fortitude::Polite);
	T::Currency::transfer(contract, beneficiary, rest, Preservation::Expendable)?;
	Ok(())
}

fn charge<T: Config>(
	origin: &Origin<T>,
	contract: &T::AccountId,
	amount: BalanceOf<T>,
) -> DispatchResult {
	let Origin::Signed(payer) = origin else { return Err(DispatchError::RootNotAllowed) };
	if amount.is_zero() {
		return Ok(());
	}
	T::Currency::transfer_and_hold(
		&HoldReason::StorageDepositReserve.into(),
		payer,
		contract,
		amount,
		Precision::Exact,
		Preservation::Preserve,
		Fortitude::Polite,
	)
	.map_err(|_| Error::<T>::StorageDepositNotEnoughFunds)?;
	Pallet::<T>::deposit_event(Event::StorageDepositTransferredAndHeld {
		from: payer.clone(),
		to: contract.clone(),
		amount,
	});
	Ok(())
}

fn refund<T: Config>(
	origin: &Origin<T>,
	contract: &T::AccountId,
	amount: BalanceOf<T>,
) -> DispatchResult {
	let Origin::Signed(payee) = origin else { return Err(DispatchError::RootNotAllowed) };
	if amount.is_zero() {
		return Ok(());
	}
	let amount = T::Currency::transfer_on_hold(
		&HoldReason::StorageDepositReserve.into(),
		contract,
		payee,
		amount,
		Precision::BestEffort,
		Restriction::Free,
		Fortitude::Polite,
	)?;
	Pallet::<T>::deposit_event(Event::StorageDepositTransferredAndReleased {
		from: contract.clone(),
		to: payee.clone(),
		amount,
	});
	Ok(())
}
