//! Benchmarks: what every weight function of the pallet stands for, measured.
//!
//! The rule of this room: a price that somebody can choose the worst of is measured at the worst. What is
//! in storage is there and read for the first time, no module is parsed, and all code of a module runs.
//!
//! - here: dispatchables, settlement, deletion and migrations, and the list of all others
//! - `host`: what host functions do
//! - `load`: what a frame's module takes, and guest code itself
//! - `contract`, `guest`: contracts and their modules, built for the purpose
//!
//! [`meter::cost`](crate::meter::cost) makes prices of them.

#![allow(
	clippy::arithmetic_side_effects,
	reason = "a benchmark is given small numbers, and may stop at what is not so"
)]

mod contract;
mod guest;
mod host;
pub(crate) mod load;
mod signed;

use crate::{
	code::BEHAVIOUR_VERSION,
	limits,
	meter::deposit::DepositMeter,
	migrations::{self, prepare, sunset::Stage, MigrationState, Sunset},
	state::deletion,
	types::{Origin, TrieId},
	weights::WeightInfo,
	BalanceOf, Call, CodeInfoOf, CompactBalance, Config, ContractInfoOf, DeletionQueueCounter,
	HoldReason, Migration, Pallet, PreparedCodeOf,
};
use alloc::{vec, vec::Vec};
use caisson_contracts_abi::Abi;
use caisson_contracts_api::{Code, Determinism, StorageDeposit};
use contract::{account, caller, deposit_limit, riches, upload, write, Contract, Setup};
use frame_benchmarking::v2::*;
use frame_support::{
	migrations::SteppedMigration,
	storage::KeyPrefixIterator,
	traits::{
		fungible::{Inspect, InspectHold, Mutate, MutateHold},
		EnsureOrigin, PalletInfoAccess,
	},
	weights::WeightMeter,
};
use frame_system::RawOrigin;
use guest::Guest;
use sp_runtime::{
	traits::{StaticLookup, Zero},
	Weight,
};

/// The origin that may make contracts, with enough money.
fn deployer<T: Config>() -> Setup<(T::RuntimeOrigin, T::AccountId)> {
	let refused = || BenchmarkError::Stop("nobody may make contracts");
	let origin = T::InstantiateOrigin::try_successful_origin().map_err(|()| refused())?;
	let account = T::InstantiateOrigin::ensure_origin(origin.clone()).map_err(|_| refused())?;
	T::Currency::set_balance(&account, riches::<T>());
	Ok((origin, account))
}

/// The most that a call may have held, as dispatchables take it.
fn limit<T: Config>() -> Option<CompactBalance<T>> {
	Some(<CompactBalance<T> as From<BalanceOf<T>>>::from(deposit_limit::<T>()))
}

/// A salt that takes as long as any to hash.
fn longest_salt() -> Vec<u8> {
	vec![1; limits::SALT_BYTES as usize]
}

/// A code that does nothing.
fn empty_code<T: Config>() -> Setup<T::Hash> {
	upload::<T>(Guest::empty(Abi::Seal).build())
}

/// A contract that does nothing.
fn empty_contract<T: Config>() -> Setup<Contract<T>> {
	let contract = Contract::new(&Guest::empty(Abi::Seal))?;
	crate::sandbox::forget();
	Ok(contract)
}

/// The trie of a contract that ended, with `entries`.
fn ended_trie<T: Config>(entries: u32) -> TrieId {
	let trie = TrieId::truncate_from(b"benchmark".to_vec());
	for number in 0..entries {
		write(&trie, &guest::key(number), &[1]);
	}
	deletion::queue::<T>(&trie);
	trie
}

/// A code of about `bytes` on chain, and a pass that has to look at it.
fn code_to_prepare<T: Config>(bytes: u32, is_prepared: bool) -> Setup<T::Hash> {
	let hash = upload::<T>(load::code_of(bytes).build())?;
	if !is_prepared {
		PreparedCodeOf::<T>::mutate(hash, |code| {
			if let Some(code) = code {
				code.behaviour = 0;
			}
		});
	}
	Migration::<T>::put(MigrationState::Codes { behaviour: BEHAVIOUR_VERSION, last: None });
	Ok(hash)
}

/// A step of the sunset, with weight for one unit of its work.
fn sunset<T: Config>(stage: Stage<T::AccountId>, weight: Weight) -> Setup<()> {
	Sunset::<T>::step(Some(stage), &mut WeightMeter::with_limit(weight))
		.map(|_| ())
		.map_err(|_| BenchmarkError::Stop("the sunset does not get on"))
}

/// The number of keys of the pallet.
fn keys<T: Config>() -> usize {
	let prefix = Pallet::<T>::name_hash().to_vec();
	KeyPrefixIterator::new(prefix.clone(), prefix, |_| Ok(())).count()
}

#[cfg(feature = "test-utils")]
pub(crate) use benchmarks::run_once;

/// Declares the benchmarks: of each call of a contract the name, the component with its range, and what
/// sets it up; then the names of all others, and these themselves.
macro_rules! benchmarks {
	(
		calls { $( $name:ident($component:ident: $low:tt..$high:tt) = $room:ident::$setup:ident; )* }
		others { $( $other:ident )* }
		$hash:tt $attribute:tt
		mod $module:ident { $( $others:tt )* }
	) => {
		// Not written here: names of components belong to where it is.
		$hash $attribute
		mod $module {
			use super::*;

			$(
				// Without a list of keys: the bencher looks for a line through each, and of an entry of a trie
				// that one round alone reads there is none.
				#[benchmark(skip_meta, pov_mode = Measured)]
				fn $name($component: Linear<$low, $high>) -> Result<(), BenchmarkError> {
					let run = $room::$setup::<T>($component)?;
					let outcome;
					#[block]
					{
						outcome = run.go();
					}
					run.check(&outcome)
				}
			)*

			$( $others )*

			/// Runs a benchmark once, as a test: nothing is measured, and all is checked.
			#[cfg(feature = "test-utils")]
			pub(crate) fn run_once<T: Config>(
				name: &str,
				components: &[(BenchmarkParameter, u32)],
			) -> Result<(), BenchmarkError> {
				match name {
					$(
						stringify!($name) => {
							BenchmarkingSetup::<T>::unit_test_instance(&$name, components)
						},
					)*
					$(
						stringify!($other) => {
							BenchmarkingSetup::<T>::unit_test_instance(&$other, components)
						},
					)*
					_ => Err(BenchmarkError::Stop("there is no such benchmark")),
				}
			}

			impl_benchmark_test_suite!(Pallet, crate::mock::chain(), crate::mock::Test);
		}
	};
}

benchmarks! {
	calls {
		// What entering a frame takes by its module, and what guests do themselves.
		load_instructions(n: 0..240_000) = load::instructions;
		load_functions(n: 0..4_000) = load::functions;
		load_functions_again(n: 0..1_000) = host::functions_again;
		load_types(n: 0..1_000) = load::types;
		load_imports(n: 0..250) = load::imports;
		load_globals(n: 0..256) = load::globals;
		load_exports(n: 0..250) = load::exports;
		load_data(n: 0..240_000) = load::data;
		load_data_segments(n: 0..1_000) = load::data_segments;
		load_table(n: 0..4_096) = host::table;
		load_elements(n: 0..4_096) = load::elements;
		load_element_segments(n: 0..256) = load::element_segments;
		load_pages(n: 0..64) = load::pages;
		load_pages_again(n: 0..16) = host::pages_again;
		memory_grow(n: 0..64) = load::memory_grow;
		instruction(n: 0..10_000) = load::instruction;

		// Host functions, one of each operation that a row can name.
		host_context(n: 0..1_000) = host::context;
		host_copy(n: 0..1_000) = host::copy;
		host_copy_bytes(n: 0..65_000) = host::copy_bytes;
		host_storage_read(n: 0..100) = host::storage_read;
		host_storage_read_again(n: 0..1_000) = host::storage_read_again;
		host_storage_read_bytes(n: 0..16_000) = host::storage_read_bytes;
		host_storage_write(n: 0..100) = host::storage_write;
		host_storage_write_again(n: 0..1_000) = host::storage_write_again;
		host_storage_write_bytes(n: 0..16_000) = host::storage_write_bytes;
		host_storage_remove(n: 0..100) = host::storage_remove;
		host_storage_remove_bytes(n: 0..16_000) = host::storage_remove_bytes;
		host_transient_read(n: 0..1_000) = host::transient_read;
		host_transient_read_bytes(n: 0..16_000) = host::transient_read_bytes;
		host_transient_write(n: 0..1_000) = host::transient_write;
		host_transient_write_bytes(n: 0..16_000) = host::transient_write_bytes;
		host_emit_event(n: 0..1_000) = host::emit_event;
		host_emit_event_bytes(n: 0..16_000) = host::emit_event_bytes;
		host_event_topics(n: 0..4) = host::event_topics;
		host_log(n: 0..1_000) = host::log;
		host_log_bytes(n: 0..1_000) = host::log_bytes;
		host_hash_sha256(n: 0..1_000) = host::hash_sha256;
		host_hash_sha256_bytes(n: 0..65_000) = host::hash_sha256_bytes;
		host_hash_keccak256(n: 0..1_000) = host::hash_keccak256;
		host_hash_keccak256_bytes(n: 0..65_000) = host::hash_keccak256_bytes;
		host_hash_blake2_256(n: 0..1_000) = host::hash_blake2_256;
		host_hash_blake2_256_bytes(n: 0..65_000) = host::hash_blake2_256_bytes;
		host_hash_blake2_128(n: 0..1_000) = host::hash_blake2_128;
		host_hash_blake2_128_bytes(n: 0..65_000) = host::hash_blake2_128_bytes;
		host_verify_ed25519(n: 0..100) = host::verify_ed25519;
		host_verify_ed25519_bytes(n: 0..65_000) = host::verify_ed25519_bytes;
		host_verify_sr25519(n: 0..100) = host::verify_sr25519;
		host_verify_sr25519_bytes(n: 0..65_000) = host::verify_sr25519_bytes;
		host_ecdsa_recover(n: 0..100) = host::ecdsa_recover;
		host_ecdsa_to_eth_address(n: 0..100) = host::ecdsa_to_eth_address;
		host_balance(n: 0..100) = host::balance;
		host_transfer(n: 0..100) = host::transfer;
		host_call(n: 0..40) = host::call;
		host_call_again(n: 0..200) = host::call_again;
		host_call_bytes(n: 0..65_000) = host::call_bytes;
		host_delegate_call(n: 0..40) = host::delegate_call;
		host_delegate_call_again(n: 0..200) = host::delegate_call_again;
		host_delegate_call_bytes(n: 0..65_000) = host::delegate_call_bytes;
		host_instantiate(n: 0..40) = host::instantiate;
		host_instantiate_bytes(n: 0..65_000) = host::instantiate_bytes;
		host_terminate(n: 0..1) = host::terminate;
		host_terminate_locked(n: 0..32) = host::terminate_locked;
		host_set_code_hash(n: 0..40) = host::set_code_hash;
		host_lock_dependency(n: 0..32) = host::lock_dependency;
		host_lookup(n: 0..100) = host::lookup;
		host_call_runtime(n: 0..100) = host::call_runtime;
		host_call_runtime_bytes(n: 0..65_000) = host::call_runtime_bytes;
		host_random(n: 0..1_000) = host::random;
		host_revert(n: 0..1) = host::revert;
		host_revert_bytes(n: 0..16_000) = host::revert_bytes;
	}

	others {
		upload_code upload_functions remove_code set_code call invoke instantiate_with_code
		instantiate deploy migrate settle_deposit write_back deletion_base deletion_per_key migrate_start
		migrate_noop migrate_code migrate_kept_code sunset_contract sunset_entry sunset_code
		sunset_account sunset_key
	}

	#[benchmarks]
	mod benchmarks {
		// Dispatchables. Code is far from its longest, so that what its bytes take does not drown all the rest.

		#[benchmark(pov_mode = Measured)]
		fn upload_code(c: Linear<0, 40_000>) -> Result<(), BenchmarkError> {
			let code = load::code_of(c).build();
			let (origin, _) = deployer::<T>()?;
			#[extrinsic_call]
			_(origin as T::RuntimeOrigin, code, None, Determinism::Enforced);
			assert_eq!(CodeInfoOf::<T>::iter_keys().count(), 1);
			Ok(())
		}

		#[benchmark(pov_mode = Measured)]
		fn upload_functions(f: Linear<0, 4_000>) -> Result<(), BenchmarkError> {
			let code = load::functions_of(f).build();
			let (origin, _) = deployer::<T>()?;
			#[extrinsic_call]
			upload_code(origin as T::RuntimeOrigin, code, None, Determinism::Enforced);
			assert_eq!(CodeInfoOf::<T>::iter_keys().count(), 1);
			Ok(())
		}

		#[benchmark(pov_mode = Measured)]
		fn remove_code() -> Result<(), BenchmarkError> {
			let hash = empty_code::<T>()?;
			#[extrinsic_call]
			_(RawOrigin::Signed(caller::<T>()), hash);
			assert!(!CodeInfoOf::<T>::contains_key(hash));
			Ok(())
		}

		#[benchmark(pov_mode = Measured)]
		fn set_code() -> Result<(), BenchmarkError> {
			let contract = empty_contract::<T>()?;
			let hash = upload::<T>(Guest::empty(Abi::Seal).numbered(1).build())?;
			let dest = T::Lookup::unlookup(contract.account.clone());
			#[extrinsic_call]
			_(RawOrigin::Root, dest, hash);
			assert!(ContractInfoOf::<T>::get(&contract.account).is_some_and(|info| info.code_hash == hash));
			Ok(())
		}

		#[benchmark(pov_mode = Measured)]
		fn call() -> Result<(), BenchmarkError> {
			let contract = empty_contract::<T>()?;
			let before = T::Currency::balance(&contract.account);
			let value = T::Currency::minimum_balance();
			let dest = T::Lookup::unlookup(contract.account.clone());
			let limit = limit::<T>();
			#[extrinsic_call]
			_(RawOrigin::Signed(caller::<T>()), dest, value, Weight::MAX, limit, Vec::new());
			assert_eq!(T::Currency::balance(&contract.account), before + value);
			Ok(())
		}

		#[benchmark(pov_mode = Measured)]
		fn invoke(i: Linear<0, 65_000>) -> Result<(), BenchmarkError> {
			let contract = empty_contract::<T>()?;
			let before = T::Currency::balance(&contract.account);
			let value = T::Currency::minimum_balance();
			let dest = T::Lookup::unlookup(contract.account.clone());
			let limit = limit::<T>();
			let args = vec![vec![1; i as usize]];
			#[extrinsic_call]
			_(RawOrigin::Signed(caller::<T>()), dest, value, Weight::MAX, limit, Vec::new(), args);
			assert_eq!(T::Currency::balance(&contract.account), before + value);
			Ok(())
		}

		#[benchmark(pov_mode = Measured)]
		fn instantiate_with_code(c: Linear<0, 40_000>) -> Result<(), BenchmarkError> {
			let code = load::code_of(c).build();
			let (origin, _) = deployer::<T>()?;
			let value = T::Currency::minimum_balance();
			let limit = limit::<T>();
			#[extrinsic_call]
			_(origin as T::RuntimeOrigin, value, Weight::MAX, limit, code, Vec::new(), longest_salt());
			assert_eq!(ContractInfoOf::<T>::iter_keys().count(), 1);
			Ok(())
		}

		#[benchmark(pov_mode = Measured)]
		fn instantiate(i: Linear<0, 65_000>) -> Result<(), BenchmarkError> {
			let hash = empty_code::<T>()?;
			let (origin, _) = deployer::<T>()?;
			let value = T::Currency::minimum_balance();
			let limit = limit::<T>();
			let (data, salt) = (vec![1; i as usize], longest_salt());
			#[extrinsic_call]
			_(origin as T::RuntimeOrigin, value, Weight::MAX, limit, hash, data, salt);
			assert_eq!(ContractInfoOf::<T>::iter_keys().count(), 1);
			Ok(())
		}

		#[benchmark(pov_mode = Measured)]
		fn deploy(i: Linear<0, 65_000>) -> Result<(), BenchmarkError> {
			let code = Code::Existing(empty_code::<T>()?);
			let (origin, _) = deployer::<T>()?;
			let value = T::Currency::minimum_balance();
			let limit = limit::<T>();
			let (args, salt) = (vec![vec![1; i as usize]], Some(longest_salt()));
			#[extrinsic_call]
			_(origin as T::RuntimeOrigin, value, Weight::MAX, limit, code, args, salt, Some(Vec::new()));
			assert_eq!(ContractInfoOf::<T>::iter_keys().count(), 1);
			Ok(())
		}

		#[benchmark(pov_mode = Measured)]
		fn migrate() {
			Migration::<T>::put(MigrationState::Codes { behaviour: BEHAVIOUR_VERSION, last: None });
			#[extrinsic_call]
			_(RawOrigin::Signed(caller::<T>()), Weight::MAX);
			assert!(!Migration::<T>::exists());
		}

		// What ends a root call, and what goes on between calls.

		#[benchmark(pov_mode = Measured)]
		fn settle_deposit(r: Linear<0, 100>) -> Result<(), BenchmarkError> {
			let amount = T::Currency::minimum_balance();
			let mut meter = DepositMeter::<T>::new();
			for number in 0..r {
				let contract = account::<T>(number);
				T::Currency::set_balance(&contract, amount);
				meter.record(&contract, StorageDeposit::Charge(amount));
			}
			let (origin, limit) = (Origin::Signed(caller::<T>()), deposit_limit::<T>());
			let settled;
			#[block]
			{
				settled = meter.settle(&origin, limit);
			}
			settled.map(|_| ()).map_err(|_| BenchmarkError::Stop("deposits cannot be settled"))
		}

		#[benchmark(pov_mode = Measured)]
		fn write_back(r: Linear<0, 100>) -> Result<(), BenchmarkError> {
			let contract = empty_contract::<T>()?;
			let info = ContractInfoOf::<T>::get(&contract.account)
				.ok_or(BenchmarkError::Stop("there is no such contract"))?;
			let accounts: Vec<_> = (0..r).map(account::<T>).collect();
			#[block]
			{
				for account in &accounts {
					ContractInfoOf::<T>::insert(account, &info);
				}
			}
			assert_eq!(ContractInfoOf::<T>::iter_keys().count(), accounts.len() + 1);
			Ok(())
		}

		#[benchmark(pov_mode = Measured)]
		fn deletion_base() {
			#[block]
			{
				deletion::process::<T>(&mut WeightMeter::new());
			}
		}

		#[benchmark(skip_meta, pov_mode = Measured)]
		fn deletion_per_key(k: Linear<0, 1_000>) {
			ended_trie::<T>(k);
			#[block]
			{
				deletion::process::<T>(&mut WeightMeter::new());
			}
			assert_eq!(DeletionQueueCounter::<T>::get().waiting(), 0);
		}

		// Moving in and out.

		#[benchmark(pov_mode = Measured)]
		fn migrate_start() -> Result<(), BenchmarkError> {
			code_to_prepare::<T>(240_000, false)?;
			Migration::<T>::kill();
			#[block]
			{
				migrations::on_runtime_upgrade::<T>();
			}
			assert!(Migration::<T>::exists());
			Ok(())
		}

		#[benchmark(pov_mode = Measured)]
		fn migrate_noop() {
			#[block]
			{
				prepare::advance::<T>(&mut WeightMeter::new());
			}
		}

		#[benchmark(pov_mode = Measured)]
		fn migrate_code(c: Linear<0, 40_000>) -> Result<(), BenchmarkError> {
			let hash = code_to_prepare::<T>(c, false)?;
			#[block]
			{
				prepare::advance::<T>(&mut WeightMeter::new());
			}
			assert!(PreparedCodeOf::<T>::get(hash)
				.is_some_and(|prepared| prepared.behaviour == BEHAVIOUR_VERSION));
			Ok(())
		}

		#[benchmark(pov_mode = Measured)]
		fn migrate_kept_code(c: Linear<0, 240_000>) -> Result<(), BenchmarkError> {
			code_to_prepare::<T>(c, true)?;
			#[block]
			{
				prepare::advance::<T>(&mut WeightMeter::new());
			}
			assert!(!Migration::<T>::exists());
			Ok(())
		}

		#[benchmark(pov_mode = Measured)]
		fn sunset_contract() -> Result<(), BenchmarkError> {
			let contract = empty_contract::<T>()?;
			Migration::<T>::put(MigrationState::Sunset);
			#[block]
			{
				sunset::<T>(Stage::Contracts, T::WeightInfo::sunset_contract())?;
			}
			assert!(!ContractInfoOf::<T>::contains_key(&contract.account));
			Ok(())
		}

		#[benchmark(pov_mode = Measured)]
		fn sunset_entry() -> Result<(), BenchmarkError> {
			ended_trie::<T>(2);
			Migration::<T>::put(MigrationState::Sunset);
			#[block]
			{
				sunset::<T>(Stage::Tries, T::WeightInfo::sunset_entry())?;
			}
			Ok(())
		}

		#[benchmark(pov_mode = Measured)]
		fn sunset_code() -> Result<(), BenchmarkError> {
			let hash = empty_code::<T>()?;
			Migration::<T>::put(MigrationState::Sunset);
			#[block]
			{
				sunset::<T>(Stage::Codes, T::WeightInfo::sunset_code())?;
			}
			assert!(!CodeInfoOf::<T>::contains_key(hash));
			Ok(())
		}

		#[benchmark(pov_mode = Measured)]
		fn sunset_account() -> Result<(), BenchmarkError> {
			let account = account::<T>(0);
			let amount = T::Currency::minimum_balance();
			T::Currency::set_balance(&account, riches::<T>());
			for reason in [HoldReason::StorageDepositReserve, HoldReason::CodeUploadDepositReserve] {
				T::Currency::hold(&reason.into(), &account, amount)?;
			}
			// The one in front of it, if there is one.
			let after = frame_system::Account::<T>::iter_keys().take_while(|other| *other != account).last();
			Migration::<T>::put(MigrationState::Sunset);
			#[block]
			{
				sunset::<T>(Stage::Holds { after }, T::WeightInfo::sunset_account())?;
			}
			assert!(T::Currency::total_balance_on_hold(&account).is_zero());
			Ok(())
		}

		#[benchmark(pov_mode = Measured)]
		fn sunset_key() -> Result<(), BenchmarkError> {
			upload::<T>(load::code_of(240_000).build())?;
			let before = keys::<T>();
			Migration::<T>::put(MigrationState::Sunset);
			#[block]
			{
				sunset::<T>(Stage::Keys, T::WeightInfo::sunset_key())?;
			}
			// One more came, and one is gone.
			assert_eq!(keys::<T>(), before);
			Ok(())
		}
	}
}
