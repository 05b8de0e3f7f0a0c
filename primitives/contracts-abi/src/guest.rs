//! The rows as the host functions that a guest imports.
//!
//! Raw: pointers and lengths are `u32`, nothing is checked. The guest crate of this project wraps them.

/// Imports of the `baals` ABI.
#[allow(unsafe_code, reason = "an extern block of host functions cannot be declared otherwise")]
pub mod baals {
	use crate::types::{GuestLen, GuestPtr};
	crate::baals_functions!(crate::define_externs! {});
}

/// Imports of the `aureon` ABI.
#[allow(unsafe_code, reason = "an extern block of host functions cannot be declared otherwise")]
pub mod aureon {
	use crate::types::{GuestLen, GuestPtr};
	crate::aureon_functions!(crate::define_externs! {});
}

/// Imports of the `dytallix` ABI.
#[allow(unsafe_code, reason = "an extern block of host functions cannot be declared otherwise")]
pub mod dytallix {
	use crate::types::{GuestLen, GuestPtr};
	crate::dytallix_functions!(crate::define_externs! {});
}

/// Imports of the `seal` ABI, by their names without prefix.
#[allow(unsafe_code, reason = "an extern block of host functions cannot be declared otherwise")]
pub mod seal {
	use crate::types::{GuestLen, GuestPtr};
	crate::seal_functions!(crate::define_externs! {});
}
