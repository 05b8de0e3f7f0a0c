;; Refused at upload: a float in a type, without an operator.
(module
  (memory (export "memory") 1)
  (func (export "main") (param i32 i32) (result i32) (i32.const 0))
  (func (param f32))
  (@custom "caisson.abi" "baals"))
