//! Contracts as those see them that call or instantiate them: the same source files, without entry points.

#![cfg_attr(not(feature = "std"), no_std)]

#[allow(unused_attributes, reason = "they are meant for the root of a contract")]
#[path = "../../src/bin/fallible.rs"]
mod fallible_contract;
#[allow(unused_attributes, reason = "they are meant for the root of a contract")]
#[path = "../../src/bin/flipper.rs"]
mod flipper_contract;

pub use fallible_contract::fallible::{Failure, FallibleRef};
pub use flipper_contract::flipper::FlipperRef;
