//! The ABIs' own gas, as functions of the rows' arguments.
//!
//! This gas is counted beside the weight that is charged; it limits nothing, except that
//! `consume_gas` charges weight for it.

/// Gas of the `baals` rows.
pub mod baals {
	use crate::types::{GuestLen, GuestPtr};
	crate::baals_functions!(crate::define_gas! {});
}

/// Gas of the `aureon` rows.
pub mod aureon {
	use crate::types::{GuestLen, GuestPtr};
	crate::aureon_functions!(crate::define_gas! {});
}

/// Gas of the `dytallix` rows.
pub mod dytallix {
	use crate::types::{GuestLen, GuestPtr};
	crate::dytallix_functions!(crate::define_gas! {});
}

/// Gas of the `seal` rows: pallet-contracts has no table of its own, so it is 0.
pub mod seal {
	use crate::types::{GuestLen, GuestPtr};
	crate::seal_functions!(crate::define_gas! {});
}
