;; Refused at upload: memory that is not exported.
(module
  (memory 1)
  (func (export "main") (param i32 i32) (result i32) (i32.const 0))
  (@custom "caisson.abi" "baals"))
