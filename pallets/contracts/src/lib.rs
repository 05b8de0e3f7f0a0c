//! # Wasm contracts pallet
//!
//! Runs contracts that anybody uploads, compiled to Wasm, on a chain: safely, metered, and undone as a
//! whole where they fail.
//!
//! ## Pallet API
//!
//! See the [`pallet`] module for calls, storage, events, errors and configuration. Code is uploaded
//! ([`Call::upload_code`]), contracts are made of it ([`Call::deploy`], [`Call::instantiate`]) and
//! called ([`Call::invoke`] by name of a function, [`Call::call`] with raw input). Dry runs and queries
//! are in the runtime APIs of `caisson-contracts-api`, whose bodies are in [`api`].
//!
//! ## Overview
//!
//! A contract belongs to one of several guest interfaces (`caisson-contracts-abi`), found from its
//! imports at upload. All interfaces share storage, money, events, calls, metering and limits, so
//! contracts of different interfaces call each other.
//!
//! ## Low level
//!
//! The folders are rooms with a rule each, told in their `mod.rs`:
//!
//! - `code`: checks and prepares modules at upload
//! - `exec`: the call stack; a frame is a storage transaction
//! - `meter`: fuel, weight and storage deposits
//! - `sandbox`: the engine, and nothing but it
//! - `entry`: how each interface hands over input and output
//! - `host`: the host functions
//! - `state`: a contract's entries
//! - `migrations`: codes looked at again, and the pallet's end
//!
//! From a call to the engine and back:
//!
//! ```text
//! dispatchable ─> exec::run ─> exec::Stack ─> sandbox::Instance ─> guest
//!                                  ▲                                 │
//!                                  └── exec::ext ◄── host ◄──────────┘
//! ```

#![cfg_attr(not(feature = "std"), no_std)]
#![cfg_attr(
	test,
	allow(clippy::arithmetic_side_effects, reason = "sums of small numbers in tests")
)]

extern crate alloc;

mod address;
pub mod api;
#[cfg(feature = "runtime-benchmarks")]
mod benchmarking;
mod calls;
pub mod code;
mod entry;
pub mod exec;
pub mod extension;
mod host;
mod invariants;
pub mod limits;
mod meter;
pub mod migrations;
mod sandbox;
pub mod state;
#[cfg(feature = "test-utils")]
pub mod test_utils;
pub mod types;
pub mod weights;

#[cfg(test)]
mod mock;
#[cfg(test)]
mod tests;

pub use pallet::*;
pub use weights::WeightInfo;

use codec::{Decode, Encode};
use frame_support::{
	traits::{fungible::Inspect, Time},
	DebugNoBound, DefaultNoBound,
};
use frame_system::pallet_prelude::BlockNumberFor;
use scale_info::TypeInfo;

// Set while a root call runs, over all runtimes of this process's thread.
environmental::environmental!(running: bool);
use types::TrieId;

/// The chain's money.
pub type BalanceOf<T> =
	<<T as Config>::Currency as Inspect<<T as frame_system::Config>::AccountId>>::Balance;

/// The chain's time.
pub type MomentOf<T> = <<T as Config>::Time as Time>::Moment;

/// Types that clients of contracts must know to talk to them.
///
/// Never stored: it is a constant, so that its types are in the metadata. Clients find it by its path,
/// which has no module in it.
#[derive(Encode, Decode, DefaultNoBound, DebugNoBound, TypeInfo)]
#[scale_info(skip_type_params(T), replace_segment("pallet_wasm_contracts", "pallet_contracts"))]
pub struct Environment<T: Config> {
	account_id: EnvironmentType<T::AccountId>,
	balance: EnvironmentType<BalanceOf<T>>,
	hash: EnvironmentType<T::Hash>,
	hasher: EnvironmentType<T::Hashing>,
	timestamp: EnvironmentType<MomentOf<T>>,
	block_number: EnvironmentType<BlockNumberFor<T>>,
}

/// A type and no value.
#[derive(Encode, Decode, DefaultNoBound, DebugNoBound, TypeInfo)]
#[scale_info(replace_segment("pallet_wasm_contracts", "pallet_contracts"))]
pub struct EnvironmentType<T>(core::marker::PhantomData<T>);

#[frame_support::pallet]
#[allow(
	missing_docs,
	clippy::too_many_arguments,
	reason = "the pallet macro's own items, and the arguments of calls, which clients know"
)]
pub mod pallet {
	use super::*;
	use crate::{
		code::{store, RejectionCode},
		extension::{ChainExtension, XcmController},
		meter::cost,
		migrations::{self, MigrationState},
		state::deletion::{self, DeletionQueueManager},
		types::{
			CapabilitySet, CodeInfo, CodeVec, ContractInfo, ContractSettings, Origin, PreparedCode,
			RefusedCode,
		},
	};
	use alloc::vec::Vec;
	use caisson_contracts_api::{Capability, Code, Determinism};
	use codec::{Encode, HasCompact};
	use frame_support::{
		dispatch::GetDispatchInfo,
		pallet_prelude::*,
		traits::{
			fungible::{Mutate, MutateHold},
			Contains, Randomness,
		},
		weights::WeightMeter,
	};
	use frame_system::pallet_prelude::*;
	use sp_runtime::{
		traits::{Convert, Dispatchable, StaticLookup},
		AccountId32, Perbill,
	};

	/// The version of the stored types: pallet-contracts' last one.
	pub const STORAGE_VERSION: StorageVersion = StorageVersion::new(16);

	type LookupOf<T> = <<T as frame_system::Config>::Lookup as StaticLookup>::Source;
	pub(crate) type CompactBalance<T> = <BalanceOf<T> as HasCompact>::Type;

	#[pallet::pallet]
	#[pallet::storage_version(STORAGE_VERSION)]
	pub struct Pallet<T>(_);

	/// What the pallet needs of its chain.
	#[pallet::config(with_default)]
	pub trait Config:
		frame_system::Config<
		RuntimeEvent: From<Event<Self>>,
		AccountId: From<[u8; 32]> + Into<[u8; 32]>,
		Hash: From<[u8; 32]> + Into<[u8; 32]>,
	>
	{
		/// The chain's time, which contracts can read.
		#[pallet::no_default]
		type Time: Time<Moment: sp_runtime::traits::UniqueSaturatedInto<u64>>;

		/// The chain's money, which contracts own, and which is held for storage.
		#[pallet::no_default]
		type Currency: Inspect<
				Self::AccountId,
				Balance: Into<u128>
				             + TryFrom<u128>
				             + sp_runtime::FixedPointOperand
				             + HasCompact<Type: Clone + Eq + core::fmt::Debug + TypeInfo + Encode>,
			> + Mutate<Self::AccountId>
			+ MutateHold<Self::AccountId, Reason = Self::RuntimeHoldReason>;

		/// The runtime's reasons to hold money.
		#[pallet::no_default_bounds]
		type RuntimeHoldReason: From<HoldReason>;

		/// Weights of the calls and of what contracts do.
		type WeightInfo: WeightInfo;

		/// What is held for each byte of storage.
		#[pallet::constant]
		#[pallet::no_default_bounds]
		type DepositPerByte: Get<BalanceOf<Self>>;

		/// What is held for each item of storage.
		#[pallet::constant]
		#[pallet::no_default_bounds]
		type DepositPerItem: Get<BalanceOf<Self>>;

		/// The most that a call may hold of its origin where the origin sets no limit.
		#[pallet::constant]
		#[pallet::no_default_bounds]
		type DefaultDepositLimit: Get<BalanceOf<Self>>;

		/// The part of a code's deposit that each contract made of it holds in addition.
		#[pallet::constant]
		type CodeHashLockupDepositPercent: Get<Perbill>;

		/// What a weight costs as part of an extrinsic, for contracts that ask.
		#[pallet::no_default]
		type WeightPrice: Convert<Weight, BalanceOf<Self>>;

		/// The runtime's calls, which contracts can dispatch.
		#[pallet::no_default_bounds]
		type RuntimeCall: Dispatchable<
				RuntimeOrigin = Self::RuntimeOrigin,
				PostInfo = frame_support::dispatch::PostDispatchInfo,
			> + GetDispatchInfo
			+ codec::Decode;

		/// The calls that contracts may dispatch. A call of this pallet fails whatever the filter says: it
		/// would enter a contract behind the back of the running ones.
		#[pallet::no_default_bounds]
		type CallFilter: Contains<<Self as frame_system::Config>::RuntimeCall>;

		/// Functions that the chain adds for its contracts.
		#[pallet::no_default_bounds]
		type ChainExtension: ChainExtension<Self>;

		/// Other chains.
		#[pallet::no_default_bounds]
		type Xcm: XcmController<Self::AccountId>;

		/// What `random` of old `seal` contracts returns.
		#[pallet::no_default]
		type Randomness: Randomness<Self::Hash, BlockNumberFor<Self>>;

		/// Whether new code may use host functions that may still change. For test chains.
		#[pallet::constant]
		type UnsafeUnstableInterface: Get<bool>;

		/// The weight that one unit of an ABI's own gas stands for where a contract consumes it.
		#[pallet::constant]
		type AbiGasPrice: Get<Weight>;

		/// Who may upload code, and who pays for it. Anybody, unless a chain wants to know its codes.
		#[pallet::no_default_bounds]
		type UploadOrigin: EnsureOrigin<Self::RuntimeOrigin, Success = Self::AccountId>;

		/// Who may make contracts, and as whom. Not asked where a contract makes another.
		#[pallet::no_default_bounds]
		type InstantiateOrigin: EnsureOrigin<Self::RuntimeOrigin, Success = Self::AccountId>;

		/// Types that clients of contracts need to know.
		#[pallet::constant]
		#[pallet::no_default_bounds]
		type Environment: Get<Environment<Self>>;
	}

	/// Defaults for test runtimes.
	pub mod config_preludes {
		use super::*;
		use frame_support::{
			derive_impl, parameter_types,
			traits::{ConstBool, ConstU128, ConstU64},
		};

		/// A configuration for tests; the prices are round numbers, not a chain's.
		pub struct TestDefaultConfig;

		parameter_types! {
			/// A third of a code's deposit.
			pub const CodeHashLockupDepositPercent: Perbill = Perbill::from_percent(30);
			/// A nanosecond a unit.
			pub const AbiGasPrice: Weight = Weight::from_parts(1_000, 0);
		}

		#[derive_impl(frame_system::config_preludes::TestDefaultConfig, no_aggregated_types)]
		impl frame_system::DefaultConfig for TestDefaultConfig {}

		#[frame_support::register_default_impl(TestDefaultConfig)]
		impl DefaultConfig for TestDefaultConfig {
			#[inject_runtime_type]
			type RuntimeHoldReason = ();
			type WeightInfo = ();
			type DepositPerByte = ConstU64<1>;
			type DepositPerItem = ConstU64<10>;
			type DefaultDepositLimit = ConstU64<1_000_000>;
			type CodeHashLockupDepositPercent = CodeHashLockupDepositPercent;
			type AbiGasPrice = AbiGasPrice;
			#[inject_runtime_type]
			type RuntimeCall = ();
			type CallFilter = frame_support::traits::Everything;
			type ChainExtension = ();
			type Xcm = ();
			// Accounts of contracts have 32 bytes.
			type UploadOrigin = frame_system::EnsureSigned<AccountId32>;
			type InstantiateOrigin = frame_system::EnsureSigned<AccountId32>;
			type UnsafeUnstableInterface = ConstBool<false>;
			type Environment = ();
		}

		#[allow(dead_code, reason = "named so that a runtime with wider balances finds it")]
		type Wide = ConstU128<1>;
	}

	/// Codes as they were uploaded.
	// Identity: the key is a hash already.
	#[pallet::storage]
	pub type PristineCode<T: Config> = StorageMap<_, Identity, T::Hash, CodeVec>;

	/// What is known of each code.
	#[pallet::storage]
	pub type CodeInfoOf<T: Config> = StorageMap<_, Identity, T::Hash, CodeInfo<T>>;

	/// Number of contracts that were ever made; sets their tries apart.
	#[pallet::storage]
	pub type Nonce<T: Config> = StorageValue<_, u64, ValueQuery>;

	/// Contracts.
	// Twox64: accounts are hashes of what deployers cannot choose freely.
	#[pallet::storage]
	pub type ContractInfoOf<T: Config> = StorageMap<_, Twox64Concat, T::AccountId, ContractInfo<T>>;

	/// What a call loads, for each code.
	#[pallet::storage]
	pub type PreparedCodeOf<T: Config> = StorageMap<_, Identity, T::Hash, PreparedCode>;

	/// What contracts have beyond their info; a missing entry means all capabilities.
	#[pallet::storage]
	pub type ContractSettingsOf<T: Config> =
		StorageMap<_, Twox64Concat, T::AccountId, ContractSettings, ValueQuery>;

	/// Tries of contracts that ended, by the number in which they wait.
	#[pallet::storage]
	pub type DeletionQueue<T: Config> = StorageMap<_, Twox64Concat, u32, TrieId>;

	/// Where the queue of tries begins and ends.
	#[pallet::storage]
	pub type DeletionQueueCounter<T: Config> = StorageValue<_, DeletionQueueManager, ValueQuery>;

	/// Codes on chain that the check refuses, with the reason: a migration found them. They stay, and
	/// nothing of them runs.
	#[pallet::storage]
	pub type RefusedCodes<T: Config> = StorageMap<_, Identity, T::Hash, RefusedCode>;

	/// The migration that goes on. Until it is done nothing is called, made, stored or removed.
	#[pallet::storage]
	pub type Migration<T: Config> = StorageValue<_, MigrationState<T::Hash>>;

	/// Why money is held.
	#[pallet::composite_enum]
	pub enum HoldReason {
		/// For code on chain.
		CodeUploadDepositReserve,
		/// For a contract's storage.
		StorageDepositReserve,
	}

	#[pallet::event]
	pub enum Event<T: Config> {
		/// A contract was made.
		#[codec(index = 0)]
		Instantiated {
			/// Who made it.
			deployer: T::AccountId,
			/// Its account.
			contract: T::AccountId,
		},
		/// A contract ended.
		#[codec(index = 1)]
		Terminated {
			/// Its account.
			contract: T::AccountId,
			/// Who got its money.
			beneficiary: T::AccountId,
		},
		/// A code was stored.
		#[codec(index = 2)]
		CodeStored {
			/// Its hash.
			code_hash: T::Hash,
			/// What is held for it.
			deposit_held: BalanceOf<T>,
			/// Who uploaded it.
			uploader: T::AccountId,
		},
		/// A contract emitted an event.
		#[codec(index = 3)]
		ContractEmitted {
			/// The contract.
			contract: T::AccountId,
			/// What it emitted. In `baals` and `dytallix`: the topic and the data, both as SCALE bytes;
			/// the hash of the topic is a topic of the record.
			data: Vec<u8>,
		},
		/// A code was removed.
		#[codec(index = 4)]
		CodeRemoved {
			/// Its hash.
			code_hash: T::Hash,
			/// What was released.
			deposit_released: BalanceOf<T>,
			/// Who removed it.
			remover: T::AccountId,
		},
		/// A contract got other code.
		#[codec(index = 5)]
		ContractCodeUpdated {
			/// The contract.
			contract: T::AccountId,
			/// Its code now.
			new_code_hash: T::Hash,
			/// Its code before.
			old_code_hash: T::Hash,
		},
		/// A contract was called and succeeded.
		#[codec(index = 6)]
		Called {
			/// Who called.
			caller: Origin<T>,
			/// The contract.
			contract: T::AccountId,
		},
		/// A contract ran other code as itself.
		#[codec(index = 7)]
		DelegateCalled {
			/// The contract.
			contract: T::AccountId,
			/// The code.
			code_hash: T::Hash,
		},
		/// Money is held for a contract's storage now.
		#[codec(index = 8)]
		StorageDepositTransferredAndHeld {
			/// Who paid.
			from: T::AccountId,
			/// The contract.
			to: T::AccountId,
			/// How much.
			amount: BalanceOf<T>,
		},
		/// Money is no longer held for a contract's storage.
		#[codec(index = 9)]
		StorageDepositTransferredAndReleased {
			/// The contract.
			from: T::AccountId,
			/// Who got it.
			to: T::AccountId,
			/// How much.
			amount: BalanceOf<T>,
		},
		/// A call or deployment succeeded: its receipt.
		#[codec(index = 10)]
		Executed {
			/// The contract that was called or made.
			contract: T::AccountId,
			/// Weight that its frames used.
			gas_consumed: Weight,
			/// Gas of the ABIs' own tables, over all frames.
			abi_gas: u64,
			/// Lines that contracts logged.
			logs: Vec<Vec<u8>>,
		},
	}

	/// Numbered as in pallet-contracts, whose numbers stand in indexers and in chains' own code; what only this
	/// pallet has begins at 64.
	#[pallet::error]
	pub enum Error<T> {
		/// The gas limit was reached. Everything was undone, the whole limit was used.
		#[codec(index = 2)]
		OutOfGas,
		/// Money could not be moved: too little, or the receiver could not exist with it.
		#[codec(index = 4)]
		TransferFailed,
		/// More contracts would be on the call stack than the limit.
		#[codec(index = 5)]
		MaxCallDepthReached,
		/// There is no contract at this address.
		#[codec(index = 6)]
		ContractNotFound,
		/// The code is over the limit.
		#[codec(index = 7)]
		CodeTooLarge,
		/// There is no code with this hash.
		#[codec(index = 8)]
		CodeNotFound,
		/// The contract gave a host function a pointer to bytes outside of its memory.
		#[codec(index = 10)]
		OutOfBounds,
		/// The input is not the encoding of a function and its arguments.
		#[codec(index = 11)]
		DecodingFailed,
		/// The contract did what no contract may. A dry run tells what and where.
		#[codec(index = 12)]
		ContractTrapped,
		/// There is a contract at this address already.
		#[codec(index = 20)]
		DuplicateContract,
		/// The contract is on the call stack already.
		#[codec(index = 22)]
		ReentranceDenied,
		/// The call is read-only.
		#[codec(index = 23)]
		StateChangeDenied,
		/// The origin cannot pay what would be held.
		#[codec(index = 24)]
		StorageDepositNotEnoughFunds,
		/// More would be held than the origin's limit.
		#[codec(index = 25)]
		StorageDepositLimitExhausted,
		/// Contracts use this code.
		#[codec(index = 26)]
		CodeInUse,
		/// The contract undid its call. A dry run tells its message.
		#[codec(index = 27)]
		ContractReverted,
		/// The code is refused. A dry run of the upload tells why and where.
		#[codec(index = 28)]
		CodeRejected(RejectionCode),
		/// Code that is not deterministic is not accepted.
		#[codec(index = 29)]
		Indeterministic,
		/// Contracts are closed until a migration is done.
		#[codec(index = 30)]
		MigrationInProgress,
		/// The contract used a capability that its deployer withheld.
		#[codec(index = 64)]
		CapabilityDenied,
		/// The contract went over a limit of its ABI.
		#[codec(index = 65)]
		LimitExceeded,
		/// The contract has no such function.
		#[codec(index = 66)]
		FunctionNotFound,
		/// The arguments do not fit the function.
		#[codec(index = 67)]
		ArgumentMismatch,
		/// The input, its arguments or the salt is over the limit.
		#[codec(index = 68)]
		InputTooLarge,
		/// A buffer of the contract is too small for what a host function returns.
		#[codec(index = 3)]
		OutputBufferTooSmall,
		/// The contract gave flags that a call does not have.
		#[codec(index = 1)]
		InvalidCallFlags,
		/// The contract asked for its input after it had handed it on.
		#[codec(index = 15)]
		InputForwarded,
		/// An event of the contract has more topics than the limit.
		#[codec(index = 17)]
		TooManyTopics,
		/// A contract ended itself while it was being made.
		#[codec(index = 21)]
		TerminatedInConstructor,
		/// A contract ended itself while it was on the call stack more than once.
		#[codec(index = 14)]
		TerminatedWhileReentrant,
		/// A contract's own code needs no lock.
		#[codec(index = 35)]
		CannotAddSelfAsDelegateDependency,
		/// The contract has locked no such code.
		#[codec(index = 33)]
		DelegateDependencyNotFound,
		/// The contract has locked this code already.
		#[codec(index = 34)]
		DelegateDependencyAlreadyExists,
		/// The contract has locked as many codes as it can.
		#[codec(index = 32)]
		MaxDelegateDependenciesReached,
		/// The chain has no functions of its own for contracts.
		#[codec(index = 18)]
		NoChainExtension,
		/// Transient storage of the root call is over its limit.
		#[codec(index = 36)]
		OutOfTransientStorage,
		/// A value or event of the contract is over the limit.
		#[codec(index = 13)]
		ValueTooLarge,
		/// The subject that the contract asked a random hash for is over the limit.
		#[codec(index = 16)]
		RandomSubjectTooLong,
		/// No migration goes on.
		#[codec(index = 31)]
		NoMigrationPerformed,
	}

	#[pallet::hooks]
	impl<T: Config> Hooks<BlockNumberFor<T>> for Pallet<T> {
		fn integrity_test() {
			invariants::integrity();
			migrations::integrity::<T>();
		}

		fn on_runtime_upgrade() -> Weight {
			migrations::on_runtime_upgrade::<T>()
		}

		fn on_idle(_: BlockNumberFor<T>, limit: Weight) -> Weight {
			let mut meter = WeightMeter::with_limit(limit);
			if migrations::prepare::in_idle_time::<T>(&mut meter) {
				deletion::process::<T>(&mut meter);
			}
			meter.consumed()
		}

		#[cfg(feature = "try-runtime")]
		fn pre_upgrade() -> Result<Vec<u8>, sp_runtime::TryRuntimeError> {
			migrations::prepare::checks::before::<T>()
		}

		#[cfg(feature = "try-runtime")]
		fn try_state(_: BlockNumberFor<T>) -> Result<(), sp_runtime::TryRuntimeError> {
			invariants::state::<T>()
		}
	}

	#[pallet::extra_constants]
	impl<T: Config> Pallet<T> {
		/// Every limit that a contract can observe, by name.
		fn limits() -> Vec<(Vec<u8>, u32)> {
			invariants::named_limits().map(|(name, value)| (name.into_bytes(), value)).collect()
		}
	}

	#[pallet::call]
	impl<T: Config> Pallet<T> {
		/// Stores code.
		///
		/// ## Dispatch Origin
		///
		/// [`Config::UploadOrigin`]: the uploader, of whom the code's deposit is held.
		///
		/// ## Details
		///
		/// The code is checked in full. Code that is on chain already stays as it is, and nothing is held.
		/// What is charged before is for as many functions as its bytes can hold; what it has is paid in the
		/// end.
		///
		/// ## Errors
		///
		/// [`Error::CodeRejected`] with the reason, [`Error::CodeTooLarge`], and the deposit's.
		///
		/// ## Events
		///
		/// [`Event::CodeStored`]
		#[pallet::call_index(3)]
		#[pallet::weight(cost::upload::<T::WeightInfo>(code.len() as u32))]
		pub fn upload_code(
			origin: OriginFor<T>,
			code: Vec<u8>,
			storage_deposit_limit: Option<CompactBalance<T>>,
			determinism: Determinism,
		) -> DispatchResultWithPostInfo {
			let owner = T::UploadOrigin::ensure_origin(origin)?;
			let limit = storage_deposit_limit.map(Into::into);
			let base = cost::upload::<T::WeightInfo>(code.len() as u32);
			let uploaded = store::upload::<T>(&owner, code, limit, determinism)
				.map_err(|error| error.dispatch::<T>())?;
			Ok(Some(base.saturating_sub(uploaded.spared())).into())
		}

		/// Removes code that no contract uses.
		///
		/// ## Dispatch Origin
		///
		/// Signed: who uploaded it.
		///
		/// ## Errors
		///
		/// [`Error::CodeNotFound`], [`Error::CodeInUse`], `BadOrigin`.
		///
		/// ## Events
		///
		/// [`Event::CodeRemoved`]
		#[pallet::call_index(4)]
		#[pallet::weight(T::WeightInfo::remove_code())]
		pub fn remove_code(origin: OriginFor<T>, code_hash: T::Hash) -> DispatchResult {
			store::remove::<T>(&ensure_signed(origin)?, code_hash)
		}

		/// Gives a contract other code.
		///
		/// ## Dispatch Origin
		///
		/// Root.
		///
		/// ## Details
		///
		/// The contract keeps its storage. Its constructor is not called.
		///
		/// ## Errors
		///
		/// [`Error::ContractNotFound`], [`Error::CodeNotFound`].
		///
		/// ## Events
		///
		/// [`Event::ContractCodeUpdated`]
		#[pallet::call_index(5)]
		#[pallet::weight(T::WeightInfo::set_code())]
		pub fn set_code(
			origin: OriginFor<T>,
			dest: LookupOf<T>,
			code_hash: T::Hash,
		) -> DispatchResult {
			ensure_root(origin)?;
			let contract = T::Lookup::lookup(dest)?;
			Self::do_set_code(contract, code_hash)
		}

		/// Calls a contract with raw input.
		///
		/// ## Dispatch Origin
		///
		/// Signed: the caller. Root may call without value; nothing is held or released then.
		///
		/// ## Details
		///
		/// A contract that calls functions by name wants the SCALE encoding of the name and the list of
		/// arguments; [`Call::invoke`] builds it.
		///
		/// ## Errors
		///
		/// Everything is undone if the contract fails; the weight that it used is paid.
		///
		/// ## Events
		///
		/// [`Event::Called`], [`Event::Executed`], and the contracts' own.
		#[pallet::call_index(6)]
		#[pallet::weight(cost::call::<T::WeightInfo>().saturating_add(*gas_limit))]
		pub fn call(
			origin: OriginFor<T>,
			dest: LookupOf<T>,
			#[pallet::compact] value: BalanceOf<T>,
			gas_limit: Weight,
			storage_deposit_limit: Option<CompactBalance<T>>,
			data: Vec<u8>,
		) -> DispatchResultWithPostInfo {
			let base = cost::call::<T::WeightInfo>();
			let dest = T::Lookup::lookup(dest)?;
			Self::do_call(base, origin, dest, value, gas_limit, storage_deposit_limit, data)
		}

		/// Stores code, if it is new, and makes a contract of it.
		///
		/// ## Dispatch Origin
		///
		/// [`Config::InstantiateOrigin`]: the deployer; and [`Config::UploadOrigin`] where code is brought along.
		///
		/// ## Details
		///
		/// The address derives from deployer, code, input and salt; see [`Call::deploy`] for one that is
		/// always new.
		///
		/// ## Errors
		///
		/// Those of [`Call::upload_code`] and [`Call::instantiate`]; everything is undone.
		///
		/// ## Events
		///
		/// [`Event::CodeStored`], [`Event::Instantiated`], [`Event::Executed`], and the contracts' own.
		#[pallet::call_index(7)]
		#[pallet::weight(
			cost::instantiate_with_code::<T::WeightInfo>(
				code.len() as u32,
				data.len() as u32,
			)
			.saturating_add(*gas_limit)
		)]
		pub fn instantiate_with_code(
			origin: OriginFor<T>,
			#[pallet::compact] value: BalanceOf<T>,
			gas_limit: Weight,
			storage_deposit_limit: Option<CompactBalance<T>>,
			code: Vec<u8>,
			data: Vec<u8>,
			salt: Vec<u8>,
		) -> DispatchResultWithPostInfo {
			let base =
				cost::instantiate_with_code::<T::WeightInfo>(code.len() as u32, data.len() as u32);
			Self::do_instantiate(
				base,
				origin,
				value,
				gas_limit,
				storage_deposit_limit,
				Code::Upload(code),
				data,
				salt,
				CapabilitySet::all(),
			)
		}

		/// Makes a contract of code that is on chain.
		///
		/// ## Dispatch Origin
		///
		/// [`Config::InstantiateOrigin`]: the deployer.
		///
		/// ## Details
		///
		/// The address derives from deployer, code, input and salt. The contract holds its base deposit
		/// and lives on the existential deposit, both of the deployer.
		///
		/// ## Errors
		///
		/// [`Error::CodeNotFound`], [`Error::DuplicateContract`], and those of its constructor.
		///
		/// ## Events
		///
		/// [`Event::Instantiated`], [`Event::Executed`], and the contracts' own.
		#[pallet::call_index(8)]
		#[pallet::weight(
			cost::instantiate::<T::WeightInfo>(data.len() as u32)
				.saturating_add(*gas_limit)
		)]
		pub fn instantiate(
			origin: OriginFor<T>,
			#[pallet::compact] value: BalanceOf<T>,
			gas_limit: Weight,
			storage_deposit_limit: Option<CompactBalance<T>>,
			code_hash: T::Hash,
			data: Vec<u8>,
			salt: Vec<u8>,
		) -> DispatchResultWithPostInfo {
			let base = cost::instantiate::<T::WeightInfo>(data.len() as u32);
			Self::do_instantiate(
				base,
				origin,
				value,
				gas_limit,
				storage_deposit_limit,
				Code::Existing(code_hash),
				data,
				salt,
				CapabilitySet::all(),
			)
		}

		/// Goes on with a migration, with that weight.
		///
		/// ## Dispatch Origin
		///
		/// Signed: anybody.
		///
		/// ## Details
		///
		/// While codes wait to be prepared for this runtime's engine, contracts are closed. Blocks prepare
		/// them in their idle time; this call makes it faster, and costs nothing if it gets on.
		///
		/// ## Errors
		///
		/// [`Error::NoMigrationPerformed`]
		#[pallet::call_index(9)]
		#[pallet::weight(T::WeightInfo::migrate().saturating_add(*weight_limit))]
		pub fn migrate(origin: OriginFor<T>, weight_limit: Weight) -> DispatchResultWithPostInfo {
			ensure_signed(origin)?;
			migrations::prepare::do_migrate::<T>(weight_limit)
		}

		/// Makes a contract with constructor arguments and chosen capabilities.
		///
		/// ## Dispatch Origin
		///
		/// [`Config::InstantiateOrigin`]: the deployer; and [`Config::UploadOrigin`] where code is brought along.
		///
		/// ## Details
		///
		/// Without a salt the number of contracts ever made is the salt: each deployment gets an address of
		/// its own. Without a list the contract has every capability; a list names all that it has, for
		/// good.
		///
		/// ## Errors
		///
		/// Those of [`Call::upload_code`] and [`Call::instantiate`]; everything is undone.
		///
		/// ## Events
		///
		/// As [`Call::instantiate_with_code`].
		#[pallet::call_index(10)]
		#[pallet::weight(
			Pallet::<T>::deploy_weight(code, args).saturating_add(*gas_limit)
		)]
		pub fn deploy(
			origin: OriginFor<T>,
			#[pallet::compact] value: BalanceOf<T>,
			gas_limit: Weight,
			storage_deposit_limit: Option<CompactBalance<T>>,
			code: Code<T::Hash>,
			args: Vec<Vec<u8>>,
			salt: Option<Vec<u8>>,
			capabilities: Option<Vec<Capability>>,
		) -> DispatchResultWithPostInfo {
			let base = Self::deploy_weight(&code, &args);
			Self::do_instantiate(
				base,
				origin,
				value,
				gas_limit,
				storage_deposit_limit,
				code,
				Self::named_input(Vec::new(), args),
				salt.unwrap_or_else(Self::fresh_salt),
				capabilities.map_or(CapabilitySet::all(), CapabilitySet::from),
			)
		}

		/// Calls a function of a contract with arguments.
		///
		/// ## Dispatch Origin
		///
		/// Signed: the caller. Root may call without value; nothing is held or released then.
		///
		/// ## Details
		///
		/// For contracts of the ABIs that call functions by name.
		///
		/// ## Errors
		///
		/// Everything is undone if the contract fails; the weight that it used is paid.
		///
		/// ## Events
		///
		/// As [`Call::call`].
		#[pallet::call_index(11)]
		#[pallet::weight(
			cost::invoke::<T::WeightInfo>(args.encoded_size() as u32).saturating_add(*gas_limit)
		)]
		pub fn invoke(
			origin: OriginFor<T>,
			dest: LookupOf<T>,
			#[pallet::compact] value: BalanceOf<T>,
			gas_limit: Weight,
			storage_deposit_limit: Option<CompactBalance<T>>,
			function: Vec<u8>,
			args: Vec<Vec<u8>>,
		) -> DispatchResultWithPostInfo {
			let base = cost::invoke::<T::WeightInfo>(args.encoded_size() as u32);
			let dest = T::Lookup::lookup(dest)?;
			let data = Self::named_input(function, args);
			Self::do_call(base, origin, dest, value, gas_limit, storage_deposit_limit, data)
		}
	}
}
