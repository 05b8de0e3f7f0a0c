//! Events of every number of topics.

#![cfg_attr(not(feature = "std"), no_std, no_main)]

#[ink::contract]
mod events {
	use ink::prelude::{vec, vec::Vec};

	/// No topic at all.
	#[ink(event, anonymous)]
	pub struct Plain {
		data: Vec<u8>,
	}

	/// One topic, that of its own signature.
	#[ink(event)]
	pub struct Signed {
		first: u32,
	}

	/// Two topics: its signature and a field.
	#[ink(event)]
	pub struct Two {
		#[ink(topic)]
		first: u32,
	}

	/// Three topics: its signature and two fields, of which one is longer than a topic.
	#[ink(event)]
	pub struct Three {
		#[ink(topic)]
		first: u32,
		#[ink(topic)]
		long: Vec<u8>,
	}

	/// Four topics, all fields.
	#[ink(event, anonymous)]
	pub struct Four {
		#[ink(topic)]
		first: u32,
		#[ink(topic)]
		second: AccountId,
		#[ink(topic)]
		third: Option<Hash>,
		#[ink(topic)]
		fourth: bool,
	}

	/// Two topics, the first chosen by hand.
	#[ink(
		event,
		signature_topic = "5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a"
	)]
	pub struct Chosen {
		#[ink(topic)]
		first: u32,
	}

	#[ink(storage)]
	#[derive(Default)]
	pub struct Events {}

	impl Events {
		#[ink(constructor)]
		pub fn new() -> Self {
			let contract = Self::default();
			contract.env().emit_event(Signed { first: 0 });
			contract
		}

		/// Emits an event without topics of so many bytes.
		#[ink(message)]
		pub fn plain(&self, bytes: u32) {
			self.env().emit_event(Plain { data: vec![0xE5; bytes as usize] });
		}

		#[ink(message)]
		pub fn signed(&self, first: u32) {
			self.env().emit_event(Signed { first });
		}

		#[ink(message)]
		pub fn two(&self, first: u32) {
			self.env().emit_event(Two { first });
		}

		#[ink(message)]
		pub fn three(&self, first: u32, long: Vec<u8>) {
			self.env().emit_event(Three { first, long });
		}

		#[ink(message)]
		pub fn four(&self, first: u32, second: AccountId, third: Option<Hash>, fourth: bool) {
			self.env().emit_event(Four { first, second, third, fourth });
		}

		#[ink(message)]
		pub fn chosen(&self, first: u32) {
			self.env().emit_event(Chosen { first });
		}

		/// So many events in one message.
		#[ink(message)]
		pub fn many(&self, count: u32) {
			for first in 0..count {
				self.env().emit_event(Two { first });
			}
		}
	}
}

#[cfg(all(feature = "std", not(feature = "ink-as-dependency")))]
fn main() {
	shared::print_metadata();
}
