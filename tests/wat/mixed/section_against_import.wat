;; Refused at upload, naming both: an import of one ABI, and a custom section with another's name.
(module
  (import "env" "baals_get_block_index" (func (result i64)))
  (memory (export "memory") 1)
  (func (export "main") (param i32 i32) (result i32) (i32.const 0))
  (@custom "caisson.abi" "aureon"))
