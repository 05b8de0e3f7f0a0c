;; Refused at upload: an import of the table with another type.
(module
  (import "env" "baals_storage_read" (func (param i32 i32 i32) (result i32)))
  (memory (export "memory") 1)
  (func (export "main") (param i32 i32) (result i32) (i32.const 0)))
