;; Refused at upload: an exported function of another type than (i32, i32) -> i32.
(module
  (memory (export "memory") 1)
  (func (export "main") (param i32 i32) (result i32) (i32.const 0))
  (func (export "other") (param i64) (result i32) (i32.const 0))
  (@custom "caisson.abi" "baals"))
