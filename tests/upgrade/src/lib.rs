//! Nothing: what this crate is for, its build script does.
