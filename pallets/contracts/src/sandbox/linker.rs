//! Rows of the ABI tables as functions of the engine, wrapped one by one as a module's plan names them.

use super::{memory::GuestMemory, trap::Halted, HostState};
use crate::{
	exec::Ext,
	host::{self, Host},
};
use caisson_contracts_abi::{gas, Abi, FunctionId, FunctionSpec, RowResult};
use wasmi::{Caller, Func, Store};

/// The function of the row `id`, or none if no table has it.
pub(super) fn wrap<E: Ext>(store: &mut Store<HostState<'_, E>>, id: FunctionId) -> Option<Func> {
	let spec = id.spec()?;
	match id.abi {
		Abi::Baals => baals(store, spec),
		Abi::Aureon => aureon(store, spec),
		Abi::Dytallix => dytallix(store, spec),
		Abi::Seal => seal(store, spec),
	}
}

/// The boundary: hands fuel to the host, runs the row, hands fuel back.
fn cross<E: Ext, R: RowResult>(
	mut caller: Caller<'_, HostState<'_, E>>,
	spec: &'static FunctionSpec,
	gas: u64,
	body: impl FnOnce(&mut Host<'_, E>) -> Result<R, crate::exec::Halt>,
) -> Result<R, wasmi::Error> {
	let fuel = caller.get_fuel()?;
	let memory = caller.data().memory;
	let (bytes, state) = match memory {
		Some(memory) => memory.data_and_store_mut(&mut caller),
		// Before instantiation is done no guest code runs, so this is the empty memory of nobody.
		None => (&mut [][..], caller.data_mut()),
	};
	state.ext.meter().set_fuel_left(fuel);
	let memory = GuestMemory::new(bytes);
	let pages = memory.len() / crate::limits::PAGE_BYTES;
	state.ext.set_pages(pages);
	let mut host = Host { ext: &mut *state.ext, memory, state: &mut state.abi };
	let outcome = host::dispatch(&mut host, spec, gas, body);
	let left = state.ext.meter().fuel_left();
	let outcome = outcome.map_err(|halt| {
		state.halt = Some(halt);
		Halted::error()
	});
	caller.set_fuel(left)?;
	outcome
}

macro_rules! wrap_rows {
	(
		$wrap:ident, $gas:path; $abi:ident;
		$( $subject:ident $trait:ident {
			$(
				$( #[doc = $doc:expr] )*
				[$id:literal] $row:ident as $module:literal $name:literal $( | $alias:literal )?
				( $( $arg:ident : $ty:ty ),* ) -> $ret:ty
				{ $($property:tt)* }
			)*
		} )*
	) => {
		fn $wrap<E: Ext>(
			store: &mut Store<HostState<'_, E>>,
			spec: &'static FunctionSpec,
		) -> Option<Func> {
			use $gas as formula;
			use caisson_contracts_abi::{RowType, GuestLen, GuestPtr};
			Some(match spec.id.row {
				$($(
					$id => Func::wrap(
						store,
						move |caller: Caller<'_, HostState<'_, E>>, $( $arg: <$ty as RowType>::Raw ),*|
							-> Result<$ret, wasmi::Error>
						{
							$( let $arg = <$ty as RowType>::from_raw($arg); )*
							cross(caller, spec, formula::$row($( $arg ),*), |host| {
								caisson_contracts_abi::$wrap::$trait::$row(host, $( $arg ),*)
							})
						},
					),
				)*)*
				_ => return None,
			})
		}
	};
}

caisson_contracts_abi::baals_functions!(wrap_rows! { baals, gas::baals });
caisson_contracts_abi::aureon_functions!(wrap_rows! { aureon, gas::aureon });
caisson_contracts_abi::dytallix_functions!(wrap_rows! { dytallix, gas::dytallix });
caisson_contracts_abi::seal_functions!(wrap_rows! { seal, gas::seal });
