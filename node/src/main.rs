//! Caisson node.
fn main() {}
