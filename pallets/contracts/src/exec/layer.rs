//! A layer of storage: what is written while it is open is kept or undone as one.
//!
//! FRAME's `with_transaction` counts open layers in storage, to bound how deep they nest: two reads and two
//! writes for each. Here the call stack bounds them.

use sp_io::storage;

/// Runs `run` in a layer of its own; what it wrote is undone if it fails.
///
/// # Errors
///
/// That of `run`.
pub(super) fn within<R, E>(run: impl FnOnce() -> Result<R, E>) -> Result<R, E> {
	storage::start_transaction();
	let result = run();
	if result.is_ok() {
		storage::commit_transaction();
	} else {
		storage::rollback_transaction();
	}
	result
}
