//! What is free on the disk that the database lies on.
//!
//! ParityDB maps its files into memory. When a page of one finds no place on a full disk, the system ends the
//! process at once, by a signal and without a word. So the node looks before it opens the database, and now
//! and then while it runs, and ends in good order and with a reason as long as there is something left.

use futures_timer::Delay;
use sc_service::{DatabaseSource, TaskManager};
use std::{
	fmt, io,
	path::{Path, PathBuf},
	time::Duration,
};

const LOG_TARGET: &str = "disk";

/// Bytes of a MiB.
const MIB: u64 = 1024 * 1024;

/// A disk, and how much must be free on it.
#[derive(Debug)]
pub(crate) struct Disk {
	path: PathBuf,
	threshold_mib: u64,
}

/// Why a node does not go on with a disk.
#[derive(Debug)]
pub(crate) enum DiskError {
	/// Less is free than must be.
	Full {
		/// The database.
		path: PathBuf,
		/// What is free.
		free_mib: u64,
		/// What must be.
		threshold_mib: u64,
	},
	/// The system does not tell what is free.
	Unknown {
		/// The database.
		path: PathBuf,
		/// What the system says.
		error: io::Error,
	},
}

impl fmt::Display for DiskError {
	fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
		match self {
			Self::Full { path, free_mib, threshold_mib } => write!(
				f,
				"{free_mib} MiB are free on the disk of {}, and {threshold_mib} must be: make room, \
				 or say by --db-storage-threshold how much is enough",
				path.display()
			),
			Self::Unknown { path, error } => {
				write!(f, "cannot tell what is free on the disk of {}: {error}", path.display())
			},
		}
	}
}

impl Disk {
	/// The disk of a database, on which `threshold_mib` must be free; none if that is 0 or the database is on
	/// no disk.
	pub(crate) fn of(database: &DatabaseSource, threshold_mib: u64) -> Option<Self> {
		let path = database.path().filter(|_| threshold_mib > 0)?;
		Some(Self { path: path.into(), threshold_mib })
	}

	/// Looks whether enough is free.
	///
	/// # Errors
	///
	/// It is not, or the system does not tell.
	pub(crate) fn ensure_free(&self) -> Result<(), DiskError> {
		// A new database has no folder yet.
		let there = self.path.ancestors().find(|folder| folder.exists()).unwrap_or(Path::new("."));
		let free = fs2::available_space(there)
			.map_err(|error| DiskError::Unknown { path: self.path.clone(), error })?;
		let free_mib = free / MIB;
		if free_mib < self.threshold_mib {
			return Err(DiskError::Full {
				path: self.path.clone(),
				free_mib,
				threshold_mib: self.threshold_mib,
			});
		}
		Ok(())
	}

	/// Looks again and again, and ends the node when too little is free.
	pub(crate) fn watch(self, period: Duration, tasks: &TaskManager) {
		// Essential: its end is the node's.
		tasks.spawn_essential_handle().spawn("disk", None, async move {
			loop {
				Delay::new(period).await;
				match self.ensure_free() {
					Ok(()) => {},
					Err(error @ DiskError::Full { .. }) => {
						log::error!(target: LOG_TARGET, "{error}. The node stops.");
						return;
					},
					// Nothing to stop for: the database may be as well as ever.
					Err(error @ DiskError::Unknown { .. }) => {
						log::warn!(target: LOG_TARGET, "{error}");
					},
				}
			}
		});
	}
}

#[cfg(test)]
mod tests {
	use super::*;

	fn disk(path: &Path, threshold_mib: u64) -> Option<Disk> {
		Disk::of(&DatabaseSource::ParityDb { path: path.into() }, threshold_mib)
	}

	#[test]
	fn a_disk_with_enough_free_passes_also_where_the_database_is_not_made_yet() {
		let folder = std::env::temp_dir();
		for path in [folder.clone(), folder.join("not/there/yet"), "not-there-either".into()] {
			assert!(disk(&path, 1).is_some_and(|disk| disk.ensure_free().is_ok()), "{path:?}");
		}
	}

	#[test]
	fn a_disk_with_too_little_free_is_named_with_what_there_is_and_should_be() {
		let path = std::env::temp_dir().join("caisson");
		let error = disk(&path, u64::MAX).map(|disk| disk.ensure_free());
		let Some(Err(error @ DiskError::Full { .. })) = error else { panic!("{error:?}") };
		let text = error.to_string();
		assert!(text.contains(&path.display().to_string()), "{text}");
		assert!(text.contains("18446744073709551615 must be"), "{text}");
	}

	#[test]
	fn nobody_looks_where_nothing_must_be_free() {
		assert!(disk(&std::env::temp_dir(), 0).is_none());
	}
}
