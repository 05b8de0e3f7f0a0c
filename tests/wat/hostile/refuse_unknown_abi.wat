;; Refused at upload: the custom section names an ABI that there is not.
(module
  (memory (export "memory") 1)
  (func (export "main") (param i32 i32) (result i32) (i32.const 0))
  (@custom "caisson.abi" "bales"))
