//! What is remembered to be touched, and how much of it.

use crate::{
	exec::{Access, Key, Touched},
	limits,
	mock::{AccountId, Test},
};
use sp_core::H256;

const ONE: AccountId = AccountId::new([1; 32]);
const TWO: AccountId = AccountId::new([2; 32]);

#[test]
fn an_entry_is_its_contracts_and_its_kinds_own() {
	let mut touched = Touched::<Test>::new();
	let bytes = [7; 32];
	let keys = [Key::Var(&bytes), Key::Fix(&bytes), Key::Var(&bytes[..31])];
	for account in [&ONE, &TWO] {
		for key in keys {
			assert_eq!(touched.entry(account, key, Access::Read), None);
			assert_eq!(touched.entry(account, key, Access::Read), Some(Access::Read));
		}
	}
}

#[test]
fn the_most_that_was_done_to_an_entry_is_remembered() {
	let mut touched = Touched::<Test>::new();
	let mut touch = |access| touched.entry(&ONE, Key::Var(b"key"), access);
	assert_eq!(touch(Access::Read), None);
	assert_eq!(touch(Access::Write), Some(Access::Read));
	assert_eq!(touch(Access::Read), Some(Access::Write));
	assert_eq!(touch(Access::Write), Some(Access::Write));
}

#[test]
fn what_there_is_no_room_to_remember_is_new_each_time() {
	let mut touched = Touched::<Test>::new();
	let key = |number: u32| [number.to_le_bytes().as_slice(), &[0; 1_020]].concat();
	// More than there is room for.
	let count = limits::TOUCHED_BYTES / 1_024;
	let new = |touched: &mut Touched<Test>| {
		(0..count)
			.filter(|number| touched.entry(&ONE, Key::Var(&key(*number)), Access::Read).is_none())
			.count()
	};
	assert_eq!(new(&mut touched), count as usize);
	let forgotten = new(&mut touched);
	assert!(forgotten > 0 && forgotten < count as usize / 2, "{forgotten} of {count}");
	assert_eq!(new(&mut touched), forgotten, "looking again takes no room");
	assert!(touched.contract(&TWO) && touched.contract(&TWO), "there is no room for a contract");
	let mut touched = Touched::<Test>::new();
	assert!(touched.contract(&TWO) && !touched.contract(&TWO));
}

#[test]
fn codes_are_remembered_up_to_their_bound_and_then_forgotten_together() {
	let mut touched = Touched::<Test>::new();
	let code = H256::repeat_byte;
	let half = limits::TOUCHED_CODE_BYTES / 2;
	touched.code(code(1), half);
	touched.code(code(2), half);
	assert!(touched.has_code(&code(1)) && touched.has_code(&code(2)));
	touched.code(code(1), half);
	assert!(touched.has_code(&code(2)), "a code is counted once");
	touched.code(code(3), 1);
	assert!(touched.has_code(&code(3)));
	assert!(!touched.has_code(&code(1)) && !touched.has_code(&code(2)));
	touched.code(code(4), limits::TOUCHED_CODE_BYTES + 1);
	assert!(!touched.has_code(&code(4)), "it has no room");
}
