//! Events and logs.

use super::Host;
use crate::{
	exec::{Ext, Halt, Trap},
	limits,
};
use alloc::vec::Vec;
use caisson_contracts_abi::{
	aureon::AureonEvent, baals::BaalsEvent, dytallix::DytallixEvent, gas, GuestLen, GuestPtr,
	HostCost,
};
use codec::Encode;

impl<E: Ext> Host<'_, E> {
	/// Emits an event with one topic: its hash is indexed, so that clients can filter by it, and the
	/// topic itself stands in front of the data.
	fn emit_with_topic(&mut self, topic: Vec<u8>, data: Vec<u8>) -> Result<(), Halt> {
		let emitted = self.ext.events_emitted();
		let limit = self.limits().events;
		if emitted >= limit {
			let len = emitted.saturating_add(1);
			return Err(Trap::LimitExceeded { what: "number of events", len, limit }.into());
		}
		let hash = sp_io::hashing::blake2_256(&topic);
		self.ext.emit(alloc::vec![hash], (topic, data).encode());
		Ok(())
	}
}

impl<E: Ext> BaalsEvent<Halt> for Host<'_, E> {
	fn baals_emit_event(
		&mut self,
		topic_ptr: GuestPtr,
		topic_len: GuestLen,
		data_ptr: GuestPtr,
		data_len: GuestLen,
	) -> Result<(), Halt> {
		let limits = self.limits();
		let topic = self.memory.read_limited("topic", topic_ptr, topic_len, limits.topic_bytes)?;
		let data = self.memory.read_limited("event", data_ptr, data_len, limits.event_bytes)?;
		self.charge_units(HostCost::EmitEvent, topic_len.0.saturating_add(data_len.0))?;
		self.emit_with_topic(topic, data)
	}
}

impl<E: Ext> DytallixEvent<Halt> for Host<'_, E> {
	// The order of checks is the interface: length of the data, out of gas, memory, the topic, the data.
	fn emit_event(
		&mut self,
		topic_ptr: GuestPtr,
		topic_len: GuestLen,
		data_ptr: GuestPtr,
		data_len: GuestLen,
	) -> Result<i32, Halt> {
		let limits = self.limits();
		if data_len.0 > limits.event_bytes {
			return Ok(-1);
		}
		let bytes = data_len.0.saturating_add(topic_len.0.min(limits.topic_bytes));
		if self.try_charge(HostCost::EmitEvent, bytes).is_err() {
			return Ok(-2);
		}
		self.ext.count_abi_gas(gas::dytallix::emit_event(topic_ptr, topic_len, data_ptr, data_len));
		if self.memory.len() == 0 {
			return Ok(-3);
		}
		if topic_len.0 > limits.topic_bytes {
			return Ok(-4);
		}
		let Some(topic) = self.memory.bytes(topic_ptr, topic_len).map(<[u8]>::to_vec) else {
			return Ok(-4);
		};
		let Some(data) = self.memory.bytes(data_ptr, data_len).map(<[u8]>::to_vec) else {
			return Ok(-5);
		};
		self.emit_with_topic(topic, data)?;
		Ok(0)
	}
}

impl<E: Ext> AureonEvent<Halt> for Host<'_, E> {
	fn log(&mut self, ptr: GuestPtr, len: GuestLen) -> Result<(), Halt> {
		let spare = limits::LOG_BYTES.saturating_sub(self.ext.log_bytes());
		// A line counts one byte more than it has, its end, so that empty ones are limited, too.
		let Some(longest) = spare.checked_sub(1) else {
			return Err(Trap::LimitExceeded { what: "log", len: len.0, limit: spare }.into());
		};
		let line = self.memory.read_limited("log", ptr, len, longest)?;
		core::str::from_utf8(&line).map_err(|_| Trap::NotUtf8)?;
		self.charge_bytes(HostCost::Log, &line)?;
		self.ext.log(line);
		Ok(())
	}
}
