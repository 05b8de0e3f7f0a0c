//! Block time.

use crate::BlockNumber;

/// Milliseconds between two blocks.
pub const MILLISECS_PER_BLOCK: u64 = 6_000;

/// Duration of an Aura slot in milliseconds.
///
/// A chain that has started cannot change it without stopping.
pub const SLOT_DURATION: u64 = MILLISECS_PER_BLOCK;

/// Blocks in a minute.
pub const MINUTES: BlockNumber = (60_000 / MILLISECS_PER_BLOCK) as BlockNumber;

/// Blocks in an hour.
pub const HOURS: BlockNumber = MINUTES * 60;

/// Blocks in a day.
pub const DAYS: BlockNumber = HOURS * 24;
