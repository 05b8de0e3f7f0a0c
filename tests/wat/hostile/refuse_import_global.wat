;; Refused at upload: a global that is imported.
(module
  (import "env" "base" (global i32))
  (memory (export "memory") 1)
  (func (export "main") (param i32 i32) (result i32) (i32.const 0))
  (@custom "caisson.abi" "baals"))
