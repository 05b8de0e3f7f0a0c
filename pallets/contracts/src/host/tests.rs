//! Unit tests of host functions.
