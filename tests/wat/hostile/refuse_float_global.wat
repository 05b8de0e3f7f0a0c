;; Refused at upload: a global of a float type.
(module
  (global f64 (f64.const 0))
  (memory (export "memory") 1)
  (func (export "main") (param i32 i32) (result i32) (i32.const 0))
  (@custom "caisson.abi" "baals"))
