//! Contracts through subxt, against a real node: nothing here knows Caisson's crates, so what a client
//! learns, it learns from the node's metadata.
//!
//! - [`node`]: a throw-away node
//! - [`contracts`]: what a program does with contracts
//! - [`types`]: the types that such a program declares
//! - [`ink`]: contracts, and the input of their messages

pub mod contracts;
pub mod ink;
pub mod node;
mod target;
pub mod types;
