;; Refused at upload: memory that threads share.
(module
  (memory (export "memory") 1 1 shared)
  (func (export "main") (param i32 i32) (result i32) (i32.const 0))
  (@custom "caisson.abi" "baals"))
