//! The consumers of the tables that live in this crate.
//!
//! A table is a macro, because it must name types and produce items: `baals_functions!(m! { args })`
//! calls `m! { args; ABI; subject Trait { rows } ... }`. The consumers here are exported for the
//! tables' sake only; the pallet has its own (the linker).

/// Declares one dispatch trait a subject: a method a row, without a body, so that a row which nobody
/// implements does not compile.
#[doc(hidden)]
#[macro_export]
macro_rules! define_traits {
	(
		; $abi:ident;
		$( $subject:ident $trait:ident {
			$(
				$( #[doc = $doc:expr] )*
				[$id:literal] $row:ident as $module:literal $name:literal $( | $alias:literal )?
				( $( $arg:ident : $ty:ty ),* ) -> $ret:ty
				{ $status:ident, $effect:ident, $read_only:expr, $capability:expr, $cost:ident, $charge:ident($gas:expr) }
			)*
		} )*
	) => {
		$(
			#[allow(clippy::too_many_arguments, reason = "a method has the arguments of its row")]
			#[doc = concat!("Host functions of the `", stringify!($abi), "` ABI about ", stringify!($subject), "; `E` ends the call.")]
			pub trait $trait<E> {
				$(
					$( #[doc = $doc] )*
					///
					/// # Errors
					///
					/// Whatever ends the guest's call: a trap, a revert, or fuel that ran out.
					fn $row(&mut self, $( $arg: $ty ),*) -> Result<$ret, E>;
				)*
			}
		)*
	};
}

/// Declares the rows of a table as constants.
#[doc(hidden)]
#[macro_export]
macro_rules! define_specs {
	(
		; $abi:ident;
		$( $subject:ident $trait:ident {
			$(
				$( #[doc = $doc:expr] )*
				[$id:literal] $row:ident as $module:literal $name:literal $( | $alias:literal )?
				( $( $arg:ident : $ty:ty ),* ) -> $ret:ty
				{ $status:ident, $effect:ident, $read_only:expr, $capability:expr, $cost:ident, $charge:ident($gas:expr) }
			)*
		} )*
	) => {
		/// The rows of this table, in its order.
		pub const FUNCTIONS: &[$crate::spec::FunctionSpec] = &[
			$($(
				$crate::spec::FunctionSpec {
					id: $crate::spec::FunctionId { abi: $crate::spec::Abi::$abi, row: $id },
					rust_name: stringify!($row),
					module: $module,
					name: $name,
					alias: {
						// One or none, as the row has it.
						const ALIASES: &[&str] = &[$( $alias )?];
						ALIASES.first().copied()
					},
					subject: stringify!($subject),
					params: &[
						$( $crate::spec::ParamSpec {
							name: stringify!($arg),
							ty: <$ty as $crate::types::RowType>::TYPE,
						} ),*
					],
					result: <$ret as $crate::types::RowResult>::TYPE,
					status: $crate::types::Status::$status,
					effect: $crate::types::Effect::$effect,
					on_read_only: {
						#[allow(unused_imports, reason = "not every row names a variant")]
						use $crate::types::OnReadOnly::{self, *};
						const ON_READ_ONLY: OnReadOnly = $read_only;
						ON_READ_ONLY
					},
					capability: {
						#[allow(unused_imports, reason = "not every row names a capability")]
						use $crate::types::Capability::{self, *};
						const CAPABILITY: Option<Capability> = $capability;
						CAPABILITY
					},
					cost: $crate::types::HostCost::$cost,
					charge: $crate::types::Charge::$charge,
					gas: stringify!($gas),
					doc: concat!($($doc, "\n"),*),
				},
			)*)*
		];
	};
}

/// Declares the gas formulas of a table as functions of the rows' arguments.
#[doc(hidden)]
#[macro_export]
macro_rules! define_gas {
	(
		; $abi:ident;
		$( $subject:ident $trait:ident {
			$(
				$( #[doc = $doc:expr] )*
				[$id:literal] $row:ident as $module:literal $name:literal $( | $alias:literal )?
				( $( $arg:ident : $ty:ty ),* ) -> $ret:ty
				{ $status:ident, $effect:ident, $read_only:expr, $capability:expr, $cost:ident, $charge:ident($gas:expr) }
			)*
		} )*
	) => {
		$($(
			#[doc = concat!("Gas of `", $name, "`: `", stringify!($gas), "`.")]
			#[allow(
				unused_variables,
				clippy::arithmetic_side_effects,
				clippy::too_many_arguments,
				reason = "formulas have the arguments of their rows and name few of them, and sums of 32-bit \
					operands fit 64 bits"
			)]
			pub fn $row($( $arg: $ty ),*) -> u64 {
				$( let $arg: u64 = $crate::types::RowType::operand($arg); )*
				$gas
			}
		)*)*
	};
}

/// Declares the guests' extern block of a table.
#[doc(hidden)]
#[macro_export]
macro_rules! define_externs {
	(
		; $abi:ident;
		$( $subject:ident $trait:ident {
			$(
				$( #[doc = $doc:expr] )*
				[$id:literal] $row:ident as $module:literal $name:literal $( | $alias:literal )?
				( $( $arg:ident : $ty:ty ),* ) -> $ret:ty
				{ $status:ident, $effect:ident, $read_only:expr, $capability:expr, $cost:ident, $charge:ident($gas:expr) }
			)*
		} )*
	) => {
		$($(
			#[link(wasm_import_module = $module)]
			unsafe extern "C" {
				$( #[doc = $doc] )*
				#[link_name = $name]
				pub fn $row($( $arg: <$ty as $crate::types::RowType>::Raw ),*) -> $ret;
			}
		)*)*
	};
}
