//! One frame's guest: made, called, dropped.

use super::{cache::Loaded, linker, trap, HostState};
use crate::{
	exec::{Ext, Halt, Trap},
	host::AbiState,
	limits,
};
use alloc::vec::Vec;
use caisson_contracts_abi::{types::WasmType, FunctionId, GuestLen, GuestPtr};
use wasmi::{Extern, Memory, Store, StoreLimitsBuilder, Val, ValType};

/// A value that crosses the boundary between convention and guest.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Value {
	/// 32-bit integer.
	I32(i32),
	/// 64-bit integer.
	I64(i64),
}

impl Value {
	fn from_wasmi(value: &Val) -> Option<Self> {
		match value {
			Val::I32(value) => Some(Self::I32(*value)),
			Val::I64(value) => Some(Self::I64(*value)),
			_ => None,
		}
	}

	fn to_wasmi(self) -> Val {
		match self {
			Self::I32(value) => Val::I32(value),
			Self::I64(value) => Val::I64(value),
		}
	}
}

fn wasm_type(ty: &ValType) -> Option<WasmType> {
	match ty {
		ValType::I32 => Some(WasmType::I32),
		ValType::I64 => Some(WasmType::I64),
		_ => None,
	}
}

/// A guest ready to be called.
pub(crate) struct Instance<'a, E: Ext> {
	store: Store<HostState<'a, E>>,
	instance: wasmi::Instance,
	memory: Memory,
}

impl<'a, E: Ext> Instance<'a, E> {
	/// Instantiates `loaded`, wrapping only the functions of `plan`, which names a row for every import
	/// in the order of imports.
	///
	/// # Errors
	///
	/// A trap if a data or element segment does not fit, or memory is over what the stack may hold.
	pub(crate) fn new(ext: &'a mut E, loaded: &Loaded, plan: &[FunctionId]) -> Result<Self, Halt> {
		let pages = ext.spare_pages() as usize;
		let store_limits = StoreLimitsBuilder::new()
			.memory_size(pages.saturating_mul(limits::PAGE_BYTES as usize))
			.table_elements(limits::TABLE_ELEMENTS as usize)
			.tables(limits::TABLES as usize)
			.memories(1)
			.instances(1)
			.build();
		let fuel = ext.meter().fuel_left();
		let mut store = Store::new(
			&loaded.engine,
			HostState {
				ext,
				abi: AbiState::default(),
				limits: store_limits,
				memory: None,
				halt: None,
			},
		);
		store.limiter(|state| &mut state.limits);
		store.set_fuel(fuel).map_err(|error| trap::halt(&error, None))?;
		let mut imports = Vec::with_capacity(plan.len());
		for id in plan {
			let func = linker::wrap(&mut store, *id).ok_or(Halt::Trap(Trap::Engine(
				"the import plan names a row that does not exist".into(),
			)))?;
			imports.push(Extern::Func(func));
		}
		let instance = wasmi::Instance::new(&mut store, &loaded.module, &imports)
			.map_err(|error| trap::halt(&error, None))?;
		let memory = instance
			.get_memory(&store, crate::code::MEMORY)
			.ok_or(Halt::Trap(Trap::Engine("the module exports no memory".into())))?;
		store.data_mut().memory = Some(memory);
		let mut guest = Self { store, instance, memory };
		guest.settle_fuel(None);
		Ok(guest)
	}

	/// What the ABI remembers of this frame.
	pub(crate) fn abi(&mut self) -> &mut AbiState {
		&mut self.store.data_mut().abi
	}

	/// The door to the chain.
	pub(crate) fn ext(&mut self) -> &mut E {
		self.store.data_mut().ext
	}

	/// Parameters and result of the exported function `name`; a type that no ABI uses is `None`.
	pub(crate) fn function_type(
		&self,
		name: &str,
	) -> Option<(Vec<Option<WasmType>>, Option<WasmType>)> {
		let ty = self.instance.get_func(&self.store, name)?.ty(&self.store);
		let params = ty.params().iter().map(wasm_type).collect();
		Some((params, ty.results().first().and_then(wasm_type)))
	}

	/// Whether it exports a function by this name.
	pub(crate) fn exports_function(&self, name: &str) -> bool {
		self.instance.get_func(&self.store, name).is_some()
	}

	/// Calls the exported function `name`.
	///
	/// # Errors
	///
	/// Why the guest did not return.
	pub(crate) fn call(&mut self, name: &str, args: &[Value]) -> Result<Option<Value>, Halt> {
		let func =
			self.instance.get_func(&self.store, name).ok_or(Halt::Trap(Trap::FunctionNotFound))?;
		let args: Vec<Val> = args.iter().map(|arg| arg.to_wasmi()).collect();
		let mut results = match func.ty(&self.store).results() {
			[] => Vec::new(),
			[ty, ..] => alloc::vec![Val::default_for_ty(*ty)],
		};
		let fuel = self.store.data_mut().ext.meter().fuel_left();
		self.store.set_fuel(fuel).map_err(|error| trap::halt(&error, None))?;
		let outcome = func.call(&mut self.store, &args, &mut results);
		let halted = self.store.data_mut().halt.take();
		let by_engine = halted.is_none();
		let outcome = outcome.map_err(|error| trap::halt(&error, halted));
		self.settle_fuel(outcome.as_ref().err().filter(|_| by_engine));
		outcome?;
		Ok(results.first().and_then(Value::from_wasmi))
	}

	/// Hands the fuel that the guest left to the frame's meter; `halt` is what the engine itself ended with.
	fn settle_fuel(&mut self, halt: Option<&Halt>) {
		let fuel = self.store.get_fuel().unwrap_or(0);
		let pages = self.pages();
		let ext = &mut self.store.data_mut().ext;
		ext.meter().set_fuel_left(fuel);
		ext.set_pages(pages);
		if halt == Some(&Halt::OutOfGas) {
			// The engine refuses a whole block of instructions that it has too little for; the limit is
			// what is paid.
			ext.meter().exhaust_fuel();
		}
	}

	/// The exported 64-bit global `name`.
	pub(crate) fn global(&self, name: &str) -> Option<i64> {
		self.instance.get_global(&self.store, name)?.get(&self.store).i64()
	}

	/// The memory's size in pages.
	pub(crate) fn pages(&self) -> u32 {
		u32::try_from(self.memory.size(&self.store)).unwrap_or(u32::MAX)
	}

	/// Adds `pages` to memory on behalf of the convention, and returns where they begin.
	///
	/// # Errors
	///
	/// Out of gas, or a trap if memory may not be so large.
	pub(crate) fn grow(&mut self, pages: u32) -> Result<GuestPtr, Halt> {
		let fuel = self.store.data_mut().ext.meter().fuel_left();
		self.store.set_fuel(fuel).map_err(|error| trap::halt(&error, None))?;
		let before = self.memory.grow(&mut self.store, pages.into()).map_err(|_| {
			Halt::Trap(Trap::LimitExceeded {
				what: "memory in pages",
				len: self.pages().saturating_add(pages),
				limit: limits::STACK_PAGES,
			})
		});
		self.settle_fuel(before.as_ref().err());
		let before = u32::try_from(before?).unwrap_or(u32::MAX);
		Ok(GuestPtr(before.saturating_mul(limits::PAGE_BYTES)))
	}

	/// Copies `bytes` into memory.
	///
	/// # Errors
	///
	/// A trap if they do not fit.
	pub(crate) fn write(&mut self, ptr: GuestPtr, bytes: &[u8]) -> Result<(), Halt> {
		super::memory::GuestMemory::new(self.memory.data_mut(&mut self.store)).write(ptr, bytes)
	}

	/// Copies bytes out of memory, no more than `limit`.
	///
	/// # Errors
	///
	/// [`Trap::BadOutput`] if there are more or not all of them are in memory.
	pub(crate) fn read(
		&mut self,
		ptr: GuestPtr,
		len: GuestLen,
		limit: u32,
	) -> Result<Vec<u8>, Halt> {
		super::memory::GuestMemory::new(self.memory.data_mut(&mut self.store))
			.read_limited("output", ptr, len, limit)
			.map_err(|_| Trap::BadOutput.into())
	}
}
