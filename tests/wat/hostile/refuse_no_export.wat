;; Refused at upload: no exported function.
(module
  (memory (export "memory") 1)
  (func (param i32 i32) (result i32) (i32.const 0))
  (@custom "caisson.abi" "baals"))
