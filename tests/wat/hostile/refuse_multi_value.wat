;; Refused at upload: a function with two results.
(module
  (memory (export "memory") 1)
  (func (export "main") (param i32 i32) (result i32) (i32.const 0))
  (func (result i32 i32) (i32.const 0) (i32.const 1))
  (@custom "caisson.abi" "baals"))
