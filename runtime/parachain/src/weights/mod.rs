//! Weights that are this runtime's own.
//!
//! The contracts pallet's are the pallet's, as they are measured on the solo runtime: a contract then
//! costs the same here, over the same database.

pub mod pallet_xcm;
