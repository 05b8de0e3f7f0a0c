//! Tests of the whole pallet, by subject, over one builder.

mod aureon;
mod baals;
mod cache;
mod calls;
mod capabilities;
mod conformance;
mod deposits;
mod dispatch;
mod dytallix;
mod faults;
mod fuel;
mod generated;
mod guests;
mod hostile;
mod migrations;
mod origins;
mod sunset;
mod termination;

pub(crate) mod builder;
