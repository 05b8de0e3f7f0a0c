//! The guest interfaces of Caisson: one table for each ABI, and everything that derives from it.
//!
//! A host function is one row of one table: module, name, typed arguments, result, status, effect,
//! capability, cost, gas and documentation. Nothing else in the project lists host functions; the
//! pallet's dispatch traits, its import check and linker, the guests' extern blocks, `docs/abi.md` and
//! the golden files read these tables.
//!
//! # Layout
//!
//! - [`types`]: the only types that a row may name
//! - [`baals`], [`aureon`], [`dytallix`], [`seal`]: a table each, as a macro that hands its rows to a
//!   consumer
//! - [`spec`]: the rows as constants, for code that inspects them at run time
//! - [`gas`]: the ABIs' own gas formulas as functions of a row's arguments
//! - `guest`: the rows as an extern block, on Wasm targets only
//!
//! # Features
//!
//! - `std`: nothing but the standard library for tests; the crate has no dependency.

#![cfg_attr(not(feature = "std"), no_std)]

pub mod aureon;
pub mod baals;
mod consumers;
pub mod dytallix;
pub mod gas;
#[cfg(target_family = "wasm")]
pub mod guest;
pub mod seal;
pub mod spec;
pub mod types;

pub use spec::{resolve, Abi, FunctionId, FunctionSpec, ImportError};
pub use types::{
	Capability, Charge, Effect, GuestLen, GuestPtr, HostCost, OnReadOnly, ParamType, RowResult,
	RowType, Status,
};
