;; Refused at upload: a reference type.
(module
  (memory (export "memory") 1)
  (func (export "main") (param i32 i32) (result i32) (i32.const 0))
  (func (param externref))
  (@custom "caisson.abi" "baals"))
