;; Refused at upload: an atomic instruction.
(module
  (memory (export "memory") 1)
  (func (export "main") (param i32 i32) (result i32) (i32.const 0))
  (func (result i32) (i32.atomic.load (i32.const 0)))
  (@custom "caisson.abi" "baals"))
