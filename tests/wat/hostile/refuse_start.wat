;; Refused at upload: a start function.
(module
  (memory (export "memory") 1)
  (func (export "main") (param i32 i32) (result i32) (i32.const 0))
  (func $start)
  (start $start)
  (@custom "caisson.abi" "baals"))
