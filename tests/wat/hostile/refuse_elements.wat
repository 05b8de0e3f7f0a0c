;; Refused at upload: an element segment that ends past the table.
(module
  (memory (export "memory") 1)
  (func (export "main") (param i32 i32) (result i32) (i32.const 0))
  (table 1 funcref)
  (elem (i32.const 1) 0)
  (@custom "caisson.abi" "baals"))
