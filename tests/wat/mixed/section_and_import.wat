;; A custom section may say what an import tells already.
;;
;; function  output
;; main      i64 height
(module
  (import "env" "baals_get_block_index" (func $index (result i64)))
  (memory (export "memory") 1)
  (func (export "main") (param i32 i32) (result i32)
    (i64.store (i32.const 0) (call $index))
    (i32.const 8))
  (@custom "caisson.abi" "baals"))
