//! Which features of Wasm contracts may use, and what belongs to the others.

use super::super::reject::Reason;
use alloc::{
	format,
	string::{String, ToString},
};
use wasmparser::{Operator, VisitOperator, WasmFeatures};

/// What the engine is configured with, too: what Rust emits for a target without floats in use.
/// Saturating conversions are not here, because all of them take a float.
pub(super) const ALLOWED: WasmFeatures = WasmFeatures::MUTABLE_GLOBAL
	.union(WasmFeatures::SIGN_EXTENSION)
	.union(WasmFeatures::BULK_MEMORY);

/// What an instruction belongs to.
#[derive(Clone, Copy)]
enum Class {
	Allowed,
	Float,
	Feature(&'static str),
}

/// The class of a proposal's instructions. A proposal that is not here does not compile: a new version
/// of the parser asks for a decision.
macro_rules! proposal {
	(mvp) => {
		Class::Allowed
	};
	(sign_extension) => {
		Class::Allowed
	};
	(bulk_memory) => {
		Class::Allowed
	};
	(saturating_float_to_int) => {
		Class::Float
	};
	(reference_types) => {
		Class::Feature("reference types")
	};
	(function_references) => {
		Class::Feature("typed function references")
	};
	(tail_call) => {
		Class::Feature("tail calls")
	};
	(gc) => {
		Class::Feature("garbage collection")
	};
	(threads) => {
		Class::Feature("threads")
	};
	(shared_everything_threads) => {
		Class::Feature("shared-everything threads")
	};
	(exceptions) => {
		Class::Feature("exceptions")
	};
	(legacy_exceptions) => {
		Class::Feature("exceptions")
	};
	(memory_control) => {
		Class::Feature("memory control")
	};
	(stack_switching) => {
		Class::Feature("stack switching")
	};
	(wide_arithmetic) => {
		Class::Feature("wide arithmetic")
	};
	(simd) => {
		Class::Feature("SIMD")
	};
	(relaxed_simd) => {
		Class::Feature("relaxed SIMD")
	};
}

/// The class of an instruction of this proposal and name.
macro_rules! class {
	($proposal:ident $visit:ident) => {
		const {
			if names_float(stringify!($visit)) {
				Class::Float
			} else {
				proposal!($proposal)
			}
		}
	};
}

macro_rules! define_describe {
	($( @$proposal:ident $op:ident $({ $($arg:ident: $ty:ty),* })? => $visit:ident ($($ann:tt)*) )*) => {
		/// The class of an instruction, and its name with underscores behind the word `visit_`.
		fn describe(operator: &Operator<'_>) -> (Class, &'static str) {
			match operator {
				$( Operator::$op { .. } => (class!($proposal $visit), stringify!($visit)), )*
				// The list above is the parser's own, so nothing else exists.
				_ => (Class::Feature("unknown"), ""),
			}
		}
	};
}
wasmparser::for_each_operator!(define_describe);

/// Answers for each instruction whether contracts may use it, without making an [`Operator`] of it,
/// which takes ten times as long.
pub(super) struct IsAllowed;

macro_rules! define_is_allowed {
	($( @$proposal:ident $op:ident $({ $($arg:ident: $ty:ty),* })? => $visit:ident ($($ann:tt)*) )*) => {
		impl<'a> VisitOperator<'a> for IsAllowed {
			type Output = bool;
			$(
				fn $visit(&mut self $( $(, _: $ty)* )?) -> bool {
					matches!(class!($proposal $visit), Class::Allowed)
				}
			)*
		}
	};
}
wasmparser::for_each_visit_operator!(define_is_allowed);

/// Whether the name of an instruction has `f32` or `f64` in it: it takes or gives a float then.
const fn names_float(name: &str) -> bool {
	let mut rest = name.as_bytes();
	while let [first, tail @ ..] = rest {
		if *first == b'f' && matches!(tail, [b'3', b'2', ..] | [b'6', b'4', ..]) {
			return true;
		}
		rest = tail;
	}
	false
}

/// The name of an instruction in the text format.
pub(super) fn text_name(operator: &Operator<'_>) -> String {
	// A name of the text format has points where these end; the others have none.
	const PREFIXES: [&str; 18] = [
		"memory_atomic_",
		"i32_atomic_",
		"i64_atomic_",
		"i32_",
		"i64_",
		"f32_",
		"f64_",
		"memory_",
		"table_",
		"local_",
		"global_",
		"data_",
		"elem_",
		"ref_",
		"struct_",
		"array_",
		"i31_",
		"atomic_",
	];
	let (_, name) = describe(operator);
	let name = name.strip_prefix("visit_").unwrap_or(name);
	if name == "typed_select" {
		return String::from("select with a type");
	}
	let Some(prefix) = PREFIXES.into_iter().find(|prefix| name.starts_with(prefix)) else {
		return name.to_string();
	};
	let (prefix, rest) = name.split_at(prefix.len());
	let rest = if rest.starts_with("rmw") { rest.replacen('_', ".", 1) } else { rest.to_string() };
	format!("{}{rest}", prefix.replace('_', "."))
}

/// Why contracts may not use this instruction, if they may not.
pub(super) fn forbidden(operator: &Operator<'_>) -> Option<Reason> {
	match describe(operator).0 {
		Class::Allowed => None,
		Class::Float => Some(Reason::Float { what: text_name(operator) }),
		Class::Feature(feature) => Some(Reason::Feature { feature, what: text_name(operator) }),
	}
}

/// Why contracts may not use an instruction that can be read only with all features.
pub(super) fn forbidden_encoding(operator: &Operator<'_>) -> Reason {
	let what = text_name(operator);
	forbidden(operator).unwrap_or(match operator {
		// One byte, 0, is its table; compilers that know reference types write a longer number.
		Operator::CallIndirect { .. } => Reason::Feature {
			feature: "reference types",
			what: format!("{what} with a table index of more than one byte"),
		},
		_ => Reason::Feature {
			feature: "multi-memory",
			what: format!("{what} with the index of a memory or an offset of 64 bits"),
		},
	})
}
