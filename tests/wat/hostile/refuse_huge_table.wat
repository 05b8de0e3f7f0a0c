;; Refused at upload: a table of 10 million elements.
(module
  (memory (export "memory") 1)
  (func (export "main") (param i32 i32) (result i32) (i32.const 0))
  (table 10000000 funcref)
  (@custom "caisson.abi" "baals"))
