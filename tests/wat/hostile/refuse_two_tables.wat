;; Refused at upload: two tables.
(module
  (memory (export "memory") 1)
  (func (export "main") (param i32 i32) (result i32) (i32.const 0))
  (table 1 funcref)
  (table 1 funcref)
  (@custom "caisson.abi" "baals"))
