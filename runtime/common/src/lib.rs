//! What the runtimes of Caisson share, so that a contract meets the same numbers on each of them.
//!
//! | module | what is in it |
//! |---|---|
//! | [`token`] | name and decimals of the token |
//! | [`currency`] | units, the existential deposit, storage deposits |
//! | [`time`] | block time |
//! | [`types`] | accounts, signatures, headers |
//! | [`system`] | address prefix |
//! | [`blocks`] | how much weight and how many bytes fit into a block |
//! | [`fees`] | what weight and bytes cost |
//! | [`contracts`] | parameters of the contracts pallet |
//! | [`genesis`] | what the genesis presets share |
//!
//! Nothing here names a runtime's own types: a runtime's `configs` put these into its pallets.

#![cfg_attr(not(feature = "std"), no_std)]

extern crate alloc;

pub mod blocks;
pub mod contracts;
pub mod currency;
pub mod fees;
pub mod genesis;
pub mod system;
pub mod time;
pub mod token;
pub mod types;

pub use types::{opaque, AccountId, Address, Hash, Header, Signature};

#[cfg(test)]
mod tests;

/// Number of a block.
pub type BlockNumber = u32;

/// Number of transactions that an account has sent.
pub type Nonce = u32;

/// An amount of the token in its smallest unit.
pub type Balance = u128;
