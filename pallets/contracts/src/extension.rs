//! What a chain adds to its contracts' world: functions of its own, and other chains.

use crate::{meter::GasMeter, types::Origin, Config};
use alloc::vec::Vec;
use codec::Encode;
use frame_support::traits::Randomness;
use frame_system::pallet_prelude::BlockNumberFor;
use sp_runtime::{
	traits::{Hash, One},
	DispatchError, Saturating, Weight,
};

/// A contract's call of the chain's own functions, `call_chain_extension` of `seal`.
pub struct ExtensionCall<'a, T: Config> {
	pub(crate) id: u32,
	pub(crate) contract: T::AccountId,
	pub(crate) caller: Origin<T>,
	pub(crate) read_only: bool,
	pub(crate) input: &'a [u8],
	pub(crate) output_cap: u32,
	pub(crate) meter: &'a mut GasMeter,
}

impl<T: Config> ExtensionCall<'_, T> {
	/// The function within its extension.
	pub fn function(&self) -> u16 {
		let [_, _, high, low] = self.id.to_be_bytes();
		u16::from_be_bytes([high, low])
	}

	/// The extension, of several that a chain may have.
	pub fn extension(&self) -> u16 {
		let [high, low, _, _] = self.id.to_be_bytes();
		u16::from_be_bytes([high, low])
	}

	/// The contract that calls.
	pub fn contract(&self) -> &T::AccountId {
		&self.contract
	}

	/// Who called the contract.
	pub fn caller(&self) -> &Origin<T> {
		&self.caller
	}

	/// Whether nothing may change.
	pub fn is_read_only(&self) -> bool {
		self.read_only
	}

	/// The input: bytes of the guest's choice.
	pub fn input(&self) -> &[u8] {
		self.input
	}

	/// Longest output that the guest has room for, in bytes.
	pub fn output_cap(&self) -> u32 {
		self.output_cap
	}

	/// Pays for what the extension does, before it does it.
	///
	/// # Errors
	///
	/// If the contract has too little gas left.
	pub fn charge(&mut self, weight: Weight) -> Result<(), DispatchError> {
		self.meter.charge(weight).map_err(|_| crate::Error::<T>::OutOfGas.into())
	}
}

/// What an extension returns to the guest.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct ExtensionReturn {
	/// The function's result.
	pub code: u32,
	/// What goes to the guest's buffer, if anything.
	pub output: Option<Vec<u8>>,
}

/// A chain's own functions.
pub trait ChainExtension<T: Config> {
	/// Whether there are any. If not, code that asks for them is refused.
	fn enabled() -> bool {
		true
	}

	/// Runs a function.
	///
	/// # Errors
	///
	/// Whatever ends the contract's call.
	fn call(call: &mut ExtensionCall<'_, T>) -> Result<ExtensionReturn, DispatchError>;
}

/// A chain without functions of its own.
impl<T: Config> ChainExtension<T> for () {
	fn enabled() -> bool {
		false
	}

	fn call(_: &mut ExtensionCall<'_, T>) -> Result<ExtensionReturn, DispatchError> {
		Err(crate::Error::<T>::NoChainExtension.into())
	}
}

/// Other chains, where the runtime has XCM. Bytes are encoded versioned messages and locations.
pub trait XcmController<AccountId> {
	/// Executes `message` as `origin` with at most `limit`: whether it succeeded, and what it used.
	///
	/// The error ends the contract's call: bytes that are no message.
	fn execute(
		origin: AccountId,
		message: &[u8],
		limit: Weight,
	) -> (Result<bool, DispatchError>, Weight);

	/// What sending a message weighs.
	fn send_weight() -> Weight;

	/// Sends `message` as `origin` to the location whose encoding `dest` begins with; its id if it was
	/// sent.
	///
	/// # Errors
	///
	/// What ends the contract's call: bytes that are no message or location.
	fn send(
		origin: AccountId,
		dest: &[u8],
		message: &[u8],
	) -> Result<Option<[u8; 32]>, DispatchError>;
}

/// A runtime without XCM: nothing can be executed or sent, whatever the bytes are.
impl<AccountId> XcmController<AccountId> for () {
	fn execute(_: AccountId, _: &[u8], _: Weight) -> (Result<bool, DispatchError>, Weight) {
		(Ok(false), Weight::zero())
	}

	fn send_weight() -> Weight {
		Weight::zero()
	}

	fn send(_: AccountId, _: &[u8], _: &[u8]) -> Result<Option<[u8; 32]>, DispatchError> {
		Ok(None)
	}
}

/// Randomness from the hash of the block before: nobody knows it long ahead, but who makes blocks can
/// choose among several. Good enough for no contract that is written today, which is why `random` is
/// closed to new code; what is on chain already goes on.
pub struct ParentHashRandomness<T>(core::marker::PhantomData<T>);

impl<T: frame_system::Config> Randomness<T::Hash, BlockNumberFor<T>> for ParentHashRandomness<T> {
	fn random(subject: &[u8]) -> (T::Hash, BlockNumberFor<T>) {
		let parent = frame_system::Pallet::<T>::parent_hash();
		let seed = (parent, subject).using_encoded(T::Hashing::hash);
		let since = frame_system::Pallet::<T>::block_number().saturating_sub(One::one());
		(seed, since)
	}
}
