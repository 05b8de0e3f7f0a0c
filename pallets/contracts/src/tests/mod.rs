//! Tests of the whole pallet, by subject, over one builder.

mod calls;
mod capabilities;
mod conformance;
mod deposits;
mod faults;
mod smoke;

pub(crate) mod builder;
