;; Both signatures of one function, imported side by side.
;;
;; function  output                                           abi gas
;; run       i32 0: writes with the form without a code, then 500
;;           with the other, removes with both
(module
  (import "env" "baals_storage_write" (func $write (param i32 i32 i32 i32)))
  (import "env" "baals_storage_write" (func $write_code (param i32 i32 i32 i32) (result i32)))
  (import "env" "baals_storage_remove" (func $remove (param i32 i32)))
  (import "env" "baals_storage_remove" (func $remove_code (param i32 i32) (result i32)))
  (memory (export "memory") 1)
  (data (i32.const 4096) "key")
  (func (export "run") (param i32 i32) (result i32)
    (call $write (i32.const 4096) (i32.const 3) (i32.const 4096) (i32.const 3))
    (i32.store (i32.const 0)
      (call $write_code (i32.const 4096) (i32.const 3) (i32.const 4096) (i32.const 3)))
    (call $remove (i32.const 4096) (i32.const 3))
    (i32.store (i32.const 0)
      (i32.or
        (i32.load (i32.const 0))
        (call $remove_code (i32.const 4096) (i32.const 3))))
    (i32.const 4)))
