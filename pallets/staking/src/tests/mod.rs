//! Tests of the whole pallet, by subject, over one builder.

mod election;
mod genesis;
mod offences;
mod random;
mod rewards;
mod staking;
mod state;
