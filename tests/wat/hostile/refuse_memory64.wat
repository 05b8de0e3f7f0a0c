;; Refused at upload: memory with 64-bit addresses.
(module
  (memory (export "memory") i64 1)
  (func (export "main") (param i32 i32) (result i32) (i32.const 0))
  (@custom "caisson.abi" "baals"))
