//! The time of a development node's block.
//!
//! It is the wall clock's, unless the runtime refuses that. The runtime wants time to move, and
//! wants a block's Aura slot, which follows from its time, not to go back; where the chain has
//! several authorities it wants a later slot for each block (`SharedSlots` in the runtime). A node
//! that is asked for blocks faster than that lets the chain's time run ahead, no further than it
//! must, and the wall clock catches up.
//!
//! All of it is read from the parent block: the node keeps no clock of its own, so that it can be
//! restarted, and can build on any block.

use super::{Block, Client, Hash};
use codec::Decode;
use sc_client_api::StorageProvider;
use sc_consensus_aura::{find_pre_digest, SlotDuration};
use sp_api::ProvideRuntimeApi;
use sp_consensus_aura::{
	sr25519::{AuthorityId, AuthoritySignature},
	AuraApi,
};
use sp_core::storage::StorageKey;
use sp_io::hashing::twox_128;
use std::{future::Future, sync::Arc};

/// Any error, as inherents are made to report it.
type Error = Box<dyn std::error::Error + Send + Sync>;

/// The parent block, as far as the time of its child depends on it.
#[derive(Debug, Clone, Copy)]
struct Parent {
	/// Its time in milliseconds; 0 for genesis.
	time: u64,
	/// Its slot; 0 for genesis.
	slot: u64,
	/// Whether its child may have the same slot.
	shares_slot: bool,
}

impl Parent {
	fn read(client: &Client, hash: Hash) -> Result<Self, Error> {
		let header =
			client.header(hash)?.ok_or_else(|| format!("block {hash:?} is not in the database"))?;
		let slot = find_pre_digest::<Block, AuthoritySignature>(&header)?;
		let time_key = [twox_128(b"Timestamp"), twox_128(b"Now")].concat();
		let time = match client.storage(hash, &StorageKey(time_key))? {
			Some(encoded) => u64::decode(&mut encoded.0.as_slice())?,
			None => 0,
		};
		let authorities: Vec<AuthorityId> = client.runtime_api().authorities(hash)?;
		Ok(Self { time, slot: slot.into(), shares_slot: authorities.len() == 1 })
	}

	/// The earliest time from `now` on that a child can have.
	fn time_of_child(&self, now: u64, slot_duration: u64) -> u64 {
		let next_slot = match self.shares_slot {
			true => 0,
			false => self.slot.saturating_add(1).saturating_mul(slot_duration),
		};
		now.max(self.time.saturating_add(1)).max(next_slot)
	}
}

/// Provides a block's time, from which its slot is taken.
pub(super) fn inherents(
	client: Arc<Client>,
	slot_duration: SlotDuration,
) -> impl Fn(Hash, ()) -> BoxedInherents + Send + Sync {
	move |parent, ()| {
		let time = Parent::read(&client, parent).map(|parent| {
			let now = sp_timestamp::Timestamp::current().as_millis();
			parent.time_of_child(now, slot_duration.as_millis())
		});
		Box::pin(async move { Ok(sp_timestamp::InherentDataProvider::new(time?.into())) })
	}
}

/// Inherents of a block to come.
type BoxedInherents = std::pin::Pin<
	Box<dyn Future<Output = Result<sp_timestamp::InherentDataProvider, Error>> + Send>,
>;

#[cfg(test)]
mod tests {
	use super::Parent;

	const SLOT: u64 = 6_000;

	#[test]
	fn time_is_the_wall_clocks_where_that_is_later() {
		let parent = Parent { time: 60_000, slot: 10, shares_slot: true };
		assert_eq!(parent.time_of_child(60_500, SLOT), 60_500);
		assert_eq!(parent.time_of_child(90_000, SLOT), 90_000);
	}

	#[test]
	fn time_moves_a_millisecond_where_the_wall_clock_does_not() {
		let parent = Parent { time: 60_000, slot: 10, shares_slot: true };
		assert_eq!(parent.time_of_child(60_000, SLOT), 60_001);
		assert_eq!(parent.time_of_child(10, SLOT), 60_001);
	}

	#[test]
	fn time_goes_to_the_next_slot_where_slots_are_not_shared() {
		let parent = Parent { time: 60_500, slot: 10, shares_slot: false };
		assert_eq!(parent.time_of_child(60_600, SLOT), 66_000);
		assert_eq!(parent.time_of_child(66_001, SLOT), 66_001);
	}

	#[test]
	fn the_first_block_has_the_wall_clocks_time() {
		for shares_slot in [true, false] {
			let genesis = Parent { time: 0, slot: 0, shares_slot };
			assert_eq!(genesis.time_of_child(1_700_000_000_000, SLOT), 1_700_000_000_000);
		}
	}
}
