//! Parameters of the contracts pallet.

use crate::{
	currency::{deposit, DEPOSIT_PER_BYTE, DEPOSIT_PER_ITEM},
	Balance,
};
use frame_support::{parameter_types, weights::Weight};
use sp_runtime::Perbill;

/// Picoseconds of computation that one gas of an ABI's own gas table stands for.
///
/// Taken from the dearest row of these tables, 5,000 gas for a storage write: a write takes about
/// 100 microseconds.
pub const REF_TIME_PER_ABI_GAS: u64 = 20_000;

parameter_types! {
	/// Held for each byte in a contract's storage.
	pub const DepositPerByte: Balance = DEPOSIT_PER_BYTE;
	/// Held for each item in a contract's storage.
	pub const DepositPerItem: Balance = DEPOSIT_PER_ITEM;
	/// Deposit limit of a call that names none: a thousand items and a mebibyte.
	pub const DefaultDepositLimit: Balance = deposit(1_024, 1_024 * 1_024);
	/// Part of a code's deposit that each contract of that code holds, so that nobody can keep a
	/// code on chain at the cost of its uploader alone.
	pub const CodeHashLockupDepositPercent: Perbill = Perbill::from_percent(30);
	/// What a guest is charged for one gas that it asks to consume.
	pub const AbiGasPrice: Weight = Weight::from_parts(REF_TIME_PER_ABI_GAS, 0);
}
