//! The whole path once for each ABI.

use super::builder::*;

#[test]
fn deploys_and_calls_a_contract_of_each_abi() {
	chain(|| {
		let baals = deploy(
			inline(
				r#"(module
				(import "env" "baals_storage_write" (func $write (param i32 i32 i32 i32) (result i32)))
				(import "env" "baals_storage_read" (func $read (param i32 i32 i32 i32) (result i32)))
				(memory (export "memory") 1)
				(data (i32.const 4096) "count")
				(func (export "bump") (param i32 i32) (result i32)
					(i32.store (i32.const 8192) (i32.const 0))
					(drop (call $read (i32.const 4096) (i32.const 5) (i32.const 8192) (i32.const 4)))
					(i32.store (i32.const 8192) (i32.add (i32.load (i32.const 8192)) (i32.const 1)))
					(drop (call $write (i32.const 4096) (i32.const 5) (i32.const 8192) (i32.const 4)))
					(i32.store (i32.const 0) (i32.load (i32.const 8192)))
					(i32.const 4)))"#,
			),
			&[],
		);
		let first = invoke(&baals, "bump", &[]);
		assert_eq!(output(&first), 1u32.to_le_bytes());
		assert_eq!(first.abi_gas, 300);
		assert_eq!(output(&invoke(&baals, "bump", &[])), 2u32.to_le_bytes());
	});
}
