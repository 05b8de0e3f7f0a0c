;; A counter: numbers are 8 bytes, little-endian.
;;
;; function   arguments  output     abi gas
;; init       number                200      constructor; no argument, or an empty one, means 0
;; increment             new count  300
;; add        number     new count  300
;; get                   count      100
;; fail                  none       200      sets the count to 999, reverts with `failed on purpose`
;;
;; The first argument lies at 16, behind the count of arguments and its own length; where there is
;; none, or an empty one, the zeros that memory begins with are read.
(module
  (import "env" "baals_storage_read" (func $read (param i32 i32 i32 i32) (result i32)))
  (import "env" "baals_storage_write" (func $write (param i32 i32 i32 i32) (result i32)))
  (import "env" "baals_revert" (func $revert (param i32 i32)))
  (memory (export "memory") 1)
  (data (i32.const 4096) "count")
  (data (i32.const 4112) "failed on purpose")

  (func $store (param $count i64)
    (i64.store (i32.const 0) (local.get $count))
    (if (call $write (i32.const 4096) (i32.const 5) (i32.const 0) (i32.const 8))
      (then (unreachable))))

  (func $load (result i64)
    (i64.store (i32.const 0) (i64.const 0))
    (drop (call $read (i32.const 4096) (i32.const 5) (i32.const 0) (i32.const 8)))
    (i64.load (i32.const 0)))

  (func (export "init") (param i32 i32) (result i32)
    (call $store (i64.load (i32.const 16)))
    (i32.const 0))

  (func (export "increment") (param i32 i32) (result i32)
    (call $store (i64.add (call $load) (i64.const 1)))
    (i32.const 8))

  (func (export "add") (param i32 i32) (result i32)
    (call $store (i64.add (call $load) (i64.load (i32.const 16))))
    (i32.const 8))

  (func (export "get") (param i32 i32) (result i32)
    (drop (call $load))
    (i32.const 8))

  (func (export "fail") (param i32 i32) (result i32)
    (call $store (i64.const 999))
    (call $revert (i32.const 4112) (i32.const 17))
    (unreachable)))
