//! Configuration of the pallets, by subject.
//!
//! | module | pallets |
//! |---|---|
//! | [`system`] | System, Timestamp, Aura, Utility, Sudo |
//! | [`staking`] | Authorship, Staking, Session, Historical, Offences, Grandpa |
//! | [`upgrades`] | MultiBlockMigrations, SafeMode |
//! | [`contracts`] | Contracts |
//! | [`fees`] | Balances, TransactionPayment |
//!
//! Weights of the SDK's pallets are the SDK's own (`SubstrateWeight`, or `()` where there is no
//! such type): they were measured on the SDK's reference machine with its own node, not with this
//! runtime.

#![warn(missing_docs)]

pub mod contracts;
pub mod fees;
pub mod staking;
pub mod system;
pub mod upgrades;
