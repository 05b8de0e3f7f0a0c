;; Refused at upload: a table that is imported.
(module
  (import "env" "table" (table 1 funcref))
  (memory (export "memory") 1)
  (func (export "main") (param i32 i32) (result i32) (i32.const 0))
  (@custom "caisson.abi" "baals"))
