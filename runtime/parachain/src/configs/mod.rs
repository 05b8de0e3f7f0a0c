//! Configuration of the pallets, by subject.
//!
//! | module | pallets |
//! |---|---|
//! | [`system`] | System, ParachainSystem, Timestamp, ParachainInfo, WeightReclaim, Utility, Sudo |
//! | [`collators`] | Authorship, CollatorSelection, Session, Aura, AuraExt |
//! | [`contracts`] | Contracts |
//! | [`fees`] | Balances, TransactionPayment |
//! | [`xcm`] | PolkadotXcm, CumulusXcm, and the executor of messages |
//! | [`messages`] | XcmpQueue, MessageQueue: how messages come and go |
//!
//! Weights of the SDK's pallets are the SDK's own (`SubstrateWeight`, or `()` where there is no
//! such type): they were measured on the SDK's reference machine with its own node, not with this
//! runtime.

#![warn(missing_docs)]

pub mod collators;
pub mod contracts;
pub mod fees;
pub mod messages;
pub mod system;
pub mod xcm;
