//! The types that a row of a table may name, and the properties a row can have.

/// An offset into the guest's linear memory, in bytes.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct GuestPtr(pub u32);

/// A length in the guest's linear memory, in bytes.
///
/// Guests that think of it as signed cannot name a negative length: it is read as a number above
/// 2^31, which no memory holds.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct GuestLen(pub u32);

/// What a parameter means, beside its Wasm type.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum ParamType {
	/// [`GuestPtr`], an `i32` in Wasm.
	Ptr,
	/// [`GuestLen`], an `i32` in Wasm.
	Len,
	/// A plain `i32`.
	I32,
	/// A plain `i64`.
	I64,
}

/// A Wasm value type as far as rows use them.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum WasmType {
	/// 32-bit integer.
	I32,
	/// 64-bit integer.
	I64,
}

impl ParamType {
	/// The Wasm type that carries this parameter.
	pub const fn wasm(self) -> WasmType {
		match self {
			Self::Ptr | Self::Len | Self::I32 => WasmType::I32,
			Self::I64 => WasmType::I64,
		}
	}
}

/// A type that may stand in a row's argument list.
pub trait RowType: Copy {
	/// The primitive that crosses the boundary between guest and host.
	type Raw: Copy;
	/// What the tables' readers see.
	const TYPE: ParamType;
	/// Reads the primitive; every bit pattern is a value.
	fn from_raw(raw: Self::Raw) -> Self;
	/// The value as an operand of a gas formula, reading the bits as unsigned.
	fn operand(self) -> u64;
}

impl RowType for GuestPtr {
	type Raw = u32;
	const TYPE: ParamType = ParamType::Ptr;
	fn from_raw(raw: u32) -> Self {
		Self(raw)
	}
	fn operand(self) -> u64 {
		self.0.into()
	}
}

impl RowType for GuestLen {
	type Raw = u32;
	const TYPE: ParamType = ParamType::Len;
	fn from_raw(raw: u32) -> Self {
		Self(raw)
	}
	fn operand(self) -> u64 {
		self.0.into()
	}
}

impl RowType for i32 {
	type Raw = i32;
	const TYPE: ParamType = ParamType::I32;
	fn from_raw(raw: i32) -> Self {
		raw
	}
	fn operand(self) -> u64 {
		self.cast_unsigned().into()
	}
}

impl RowType for i64 {
	type Raw = i64;
	const TYPE: ParamType = ParamType::I64;
	fn from_raw(raw: i64) -> Self {
		raw
	}
	fn operand(self) -> u64 {
		self.cast_unsigned()
	}
}

/// A type that may stand as a row's result.
pub trait RowResult: Sized {
	/// The Wasm type of the result, where there is one.
	const TYPE: Option<WasmType>;
	/// The result as an integer, for traces.
	fn as_code(&self) -> Option<i64>;
	/// The result that stands for an error code; a row without a result has none.
	fn from_code(code: i32) -> Option<Self>;
}

impl RowResult for () {
	const TYPE: Option<WasmType> = None;
	fn as_code(&self) -> Option<i64> {
		None
	}
	fn from_code(_: i32) -> Option<Self> {
		None
	}
}

impl RowResult for i32 {
	const TYPE: Option<WasmType> = Some(WasmType::I32);
	fn as_code(&self) -> Option<i64> {
		Some((*self).into())
	}
	fn from_code(code: i32) -> Option<Self> {
		Some(code)
	}
}

impl RowResult for i64 {
	const TYPE: Option<WasmType> = Some(WasmType::I64);
	fn as_code(&self) -> Option<i64> {
		Some(*self)
	}
	fn from_code(code: i32) -> Option<Self> {
		Some(code.into())
	}
}

/// Whether a row may be used by new code.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Status {
	/// For everybody, for ever.
	Stable,
	/// Behind a switch of the chain; may still change.
	Unstable,
	/// Kept for code that is on chain; new uploads are refused.
	Deprecated,
}

/// What a row does to the state of the chain.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Effect {
	/// Changes nothing that outlives the call; allowed in a read-only frame.
	Read,
	/// Changes storage, balances or code; refused in a read-only frame.
	Mutate,
}

/// How a mutating row is refused in a read-only frame.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum OnReadOnly {
	/// The guest gets this code and goes on; a row without a result traps.
	Code(i32),
	/// The call fails.
	Trap,
	/// The row reads only, or its body decides by its arguments.
	Allowed,
}

/// When an ABI's own gas of a row is counted.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Charge {
	/// Before anything else is looked at.
	Entry,
	/// By the row's body, after the checks that the ABI puts first; the formula is a price a unit
	/// where the number of units is known only there.
	Body,
}

/// A right that the deployer of a contract may withhold from it.
///
/// The discriminants are stored on chain as bits of a set and never change.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
#[repr(u8)]
pub enum Capability {
	/// Reading the contract's storage.
	StorageRead = 0,
	/// Writing the contract's storage.
	StorageWrite = 1,
	/// Removing entries of the contract's storage.
	StorageRemove = 2,
	/// Calling other contracts and reading their results.
	CallContracts = 3,
	/// Emitting events.
	EmitEvents = 4,
	/// Reading the block's number and time.
	BlockInfo = 5,
	/// Hash functions and signature checks.
	Crypto = 6,
	/// Stopping with a message.
	Revert = 7,
	/// Moving the contract's own money.
	TransferValue = 8,
}

impl Capability {
	/// Every capability, in the order of their discriminants.
	pub const ALL: [Capability; 9] = [
		Self::StorageRead,
		Self::StorageWrite,
		Self::StorageRemove,
		Self::CallContracts,
		Self::EmitEvents,
		Self::BlockInfo,
		Self::Crypto,
		Self::Revert,
		Self::TransferValue,
	];

	/// The bit that stands for this capability in a stored set.
	pub const fn bit(self) -> u32 {
		1u32 << (self as u8)
	}
}

/// The chain operation that a row pays for, in weight.
///
/// Rows of different ABIs that do the same work name the same operation, so that one benchmark prices
/// both. The pallet maps each to its weight function.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum HostCost {
	/// A scalar of the frame: caller, own address, block, size of memory, gas.
	Context,
	/// Copying bytes of the input or of a sub-call's result; per byte copied.
	Copy,
	/// Reading an entry of storage; per byte of the value.
	StorageRead,
	/// Writing an entry of storage; per byte of the new value. The old one's are those of a
	/// [`Self::StorageRead`].
	StorageWrite,
	/// Removing an entry of storage; per byte of the old value.
	StorageRemove,
	/// Reading an entry of transient storage; per byte of the value.
	TransientRead,
	/// Writing or removing an entry of transient storage; per byte of the old and the new value.
	TransientWrite,
	/// Emitting an event; per byte of topic and data.
	EmitEvent,
	/// Indexing an event; per topic. No row names it: a body charges it beside [`Self::EmitEvent`] where
	/// the guest chooses how many topics there are.
	EventTopics,
	/// A line of the call's log; per byte.
	Log,
	/// SHA2-256; per byte hashed.
	HashSha256,
	/// Keccak-256; per byte hashed.
	HashKeccak256,
	/// Blake2-256; per byte hashed.
	HashBlake2_256,
	/// Blake2-128; per byte hashed.
	HashBlake2_128,
	/// Checking an ed25519 signature; per byte of the message.
	VerifyEd25519,
	/// Checking an sr25519 signature; per byte of the message.
	VerifySr25519,
	/// Recovering the key of an ECDSA signature.
	EcdsaRecover,
	/// Making an Ethereum address of an ECDSA key.
	EcdsaToEthAddress,
	/// Reading an account's balance.
	Balance,
	/// Moving the contract's own money.
	Transfer,
	/// Entering another contract, without what runs in it; per byte of input.
	Call,
	/// Entering other code in the running contract's place, without what runs in it; per byte of input.
	DelegateCall,
	/// Making a contract, without what its constructor runs; per byte of input and salt.
	Instantiate,
	/// Ending a contract; per code hash that it has locked.
	Terminate,
	/// Giving the running contract other code.
	SetCodeHash,
	/// Locking a code hash for delegated calls, or giving it up.
	LockDependency,
	/// Reading one small record of the chain: a contract's, the rate of fees, the number of contracts made.
	Lookup,
	/// Decoding a call or a message for the runtime, without what it does there; per byte.
	CallRuntime,
	/// Crossing over to a chain extension, which charges for its work itself.
	ChainExtension,
	/// A random hash of the block, for a subject of 32 bytes at most.
	Random,
	/// Stopping with a message; per byte.
	Revert,
}
