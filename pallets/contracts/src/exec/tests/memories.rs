//! A memory is new once for every frame that holds one at the same time.

use super::super::memories::Memories;

#[test]
fn what_was_left_is_taken_once() {
	let mut memories = Memories::default();
	assert!(memories.take(2));
	memories.leave(2);
	assert!(!memories.take(2));
	assert!(memories.take(2), "there was one");
}

#[test]
fn sizes_are_those_of_blocks() {
	let mut memories = Memories::default();
	memories.leave(3);
	assert!(memories.take(5), "a larger block");
	assert!(memories.take(2), "a smaller one");
	assert!(!memories.take(4), "the same block");
}

#[test]
fn no_memory_is_left_by_none_and_none_is_too_large_to_ask_for() {
	let mut memories = Memories::default();
	memories.leave(0);
	assert!(memories.take(1));
	for pages in [65_537, u32::MAX] {
		memories.leave(pages);
		assert!(memories.take(pages));
	}
}
