//! Two chains in one process that differ in one pallet: pallet-contracts 51.0.0 on one, Caisson's on the
//! other. The same extrinsics go to both, and after each what clients and other contracts could observe
//! must be equal: the result, every event with its topics, every entry of the state, child tries included.
//!
//! - [`theirs`], [`ours`]: the two runtimes
//! - [`chain`]: steps, and what is compared after each
//! - [`offers`]: the chain extension and the other chains that contracts of both find
//! - [`script`]: a guest whose input tells it what to do
//! - [`bench`]: both chains with contracts of that guest

#![allow(
	clippy::unwrap_used,
	clippy::indexing_slicing,
	reason = "tests may stop at what is not so"
)]
#![allow(clippy::arithmetic_side_effects, reason = "counters of tests")]

pub mod bench;
pub mod chain;
pub mod offers;
mod old;
pub mod ours;
pub mod script;
pub mod theirs;
mod world;

pub use world::{ink, ALICE, BOB, CHARLIE};
