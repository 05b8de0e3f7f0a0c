;; Refused at upload: an imported function that is exported again.
(module
  (import "env" "storage_write" (func $write (param i32 i32 i32 i32) (result i32)))
  (memory (export "memory") 1)
  (func (export "run"))
  (export "write" (func $write)))
