//! Events, and text for whoever tries a call out.

use crate::{
	exec::{Ext, Halt, Trap},
	host::Host,
	limits,
};
use alloc::vec::Vec;
use caisson_contracts_abi::{seal::SealEvent, GuestLen, GuestPtr, HostCost};
use codec::{Compact, Decode};

impl<E: Ext> Host<'_, E> {
	/// The encoded list of hashes at `ptr`.
	fn topics(&self, ptr: GuestPtr, len: GuestLen) -> Result<Vec<[u8; 32]>, Halt> {
		// An empty list may be written as no bytes at all.
		if len.0 == 0 {
			return Ok(Vec::new());
		}
		let mut bytes = self.memory.read(ptr, len)?;
		let count = Compact::<u32>::decode(&mut bytes).map_err(|_| Trap::DecodingFailed)?.0;
		// Any 32 bytes are a hash, so nothing but their number can be wrong.
		let (topics, rest) = bytes.as_chunks();
		if !rest.is_empty() || u32::try_from(topics.len()) != Ok(count) {
			return Err(Trap::DecodingFailed.into());
		}
		if count > limits::EVENT_TOPICS {
			return Err(Trap::TooManyTopics.into());
		}
		Ok(topics.to_vec())
	}
}

impl<E: Ext> SealEvent<Halt> for Host<'_, E> {
	fn deposit_event(
		&mut self,
		topics_ptr: GuestPtr,
		topics_len: GuestLen,
		data_ptr: GuestPtr,
		data_len: GuestLen,
	) -> Result<(), Halt> {
		let limit = self.limits().event_bytes;
		if data_len.0 > limit {
			return Err(Trap::ValueTooLarge { len: data_len.0, limit }.into());
		}
		let topics = self.topics(topics_ptr, topics_len)?;
		if !topics.is_empty() {
			self.charge(
				HostCost::EventTopics,
				u32::try_from(topics.len()).unwrap_or(limits::EVENT_TOPICS),
			)?;
		}
		let data = self.copy_in(HostCost::EmitEvent, data_ptr, data_len)?;
		self.ext.emit(topics, data);
		Ok(())
	}

	fn debug_message(&mut self, str_ptr: GuestPtr, str_len: GuestLen) -> Result<i32, Halt> {
		let len = GuestLen(str_len.0.min(limits::DEBUG_BYTES));
		self.charge_units(HostCost::Log, len.0)?;
		// On a chain of pallet-contracts nobody looks at the text, so what is no text does not trap: not in
		// a dry run either, which is to tell what the chain does.
		if let Some(text) =
			self.memory.bytes(str_ptr, len).and_then(|text| core::str::from_utf8(text).ok())
		{
			self.ext.debug(text);
		}
		Ok(super::ReturnCode::Success.into())
	}
}
