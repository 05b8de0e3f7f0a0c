//! What is held for storage: what a frame changed, what that costs, and settling it with the origin.

use crate::{
	types::{ContractInfo, Origin},
	BalanceOf, Config, Error, Event, HoldReason, Pallet,
};
use alloc::vec::Vec;
use caisson_contracts_api::StorageDeposit;
use frame_support::{
	ensure,
	traits::{
		fungible::MutateHold,
		tokens::{Fortitude, Precision, Preservation, Restriction},
		Get,
	},
};
use sp_runtime::{traits::Zero, DispatchError, DispatchResult, Rounding, Saturating};

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
	// A contract without entries holds nothing. Multiplied before it is divided, so that a deposit at one
	// price comes back to the unit.
	let refund = held
		.multiply_rational(net_removed.min(*count).into(), (*count).into(), Rounding::Down)
		.unwrap_or_else(Zero::zero)
		.min(*held);
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

/// Deposits that the frames of a root call owe or are owed, in order of the frames' ends.
#[derive(Debug)]
pub(crate) struct DepositMeter<T: Config> {
	pending: Vec<(T::AccountId, StorageDeposit<BalanceOf<T>>)>,
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
		self.pending.push((contract.clone(), deposit));
	}

	/// One entry a contract, in the order of first change.
	fn folded(&self) -> Vec<(T::AccountId, StorageDeposit<BalanceOf<T>>)> {
		let mut folded = Vec::<(T::AccountId, StorageDeposit<BalanceOf<T>>)>::new();
		let mut position = alloc::collections::BTreeMap::new();
		for (contract, deposit) in &self.pending {
			match position.get(contract).and_then(|at: &usize| folded.get_mut(*at)) {
				Some((_, sum)) => *sum = add(*sum, *deposit),
				None => {
					position.insert(contract.clone(), folded.len());
					folded.push((contract.clone(), *deposit));
				},
			}
		}
		folded
	}

	/// Number of contracts that will be settled.
	pub(crate) fn contracts(&self) -> u32 {
		u32::try_from(self.folded().len()).unwrap_or(u32::MAX)
	}

	/// Moves every deposit between the origin and the contracts and returns the sum.
	///
	/// # Errors
	///
	/// If the sum is over `limit`, the origin cannot pay, or there is anything and the origin is Root.
	pub(crate) fn settle(
		&self,
		origin: &Origin<T>,
		limit: BalanceOf<T>,
	) -> Result<StorageDeposit<BalanceOf<T>>, DispatchError> {
		let folded = self.folded();
		let sum =
			folded.iter().fold(StorageDeposit::default(), |sum, (_, deposit)| add(sum, *deposit));
		if let StorageDeposit::Charge(amount) = sum {
			ensure!(amount <= limit, Error::<T>::StorageDepositLimitExhausted);
		}
		// Refunds first: they may be what pays the charges.
		for (contract, deposit) in &folded {
			if let StorageDeposit::Refund(amount) = deposit {
				refund::<T>(origin, contract, *amount)?;
			}
		}
		for (contract, deposit) in &folded {
			if let StorageDeposit::Charge(amount) = deposit {
				charge::<T>(origin, contract, *amount)?;
			}
		}
		Ok(sum)
	}
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
