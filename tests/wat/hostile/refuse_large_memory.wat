;; Refused at upload: memory that begins larger than any ABI allows, 257 pages.
(module
  (memory (export "memory") 257)
  (func (export "main") (param i32 i32) (result i32) (i32.const 0))
  (@custom "caisson.abi" "baals"))
