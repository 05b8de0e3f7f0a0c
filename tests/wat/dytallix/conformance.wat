;; The conformance contract of the dytallix ABI.
;;
;; method  output  abi gas
;; run     none    5,575    sets `count` to `42`, gets it, compares, emits `updated` with `42`
;;
;; One state change, one event. Traps if what it gets is not what it set.
(module
  (import "env" "storage_get" (func $get (param i32 i32 i32 i32) (result i32)))
  (import "env" "storage_set" (func $set (param i32 i32 i32 i32) (result i32)))
  (import "env" "emit_event" (func $emit (param i32 i32 i32 i32) (result i32)))
  (memory (export "memory") 2)
  (data (i32.const 0) "count")
  (data (i32.const 16) "42")
  (data (i32.const 32) "updated")

  (func (export "contract_run") (param i32 i32) (result i32)
    (if (i32.ne
          (call $set (i32.const 0) (i32.const 5) (i32.const 16) (i32.const 2))
          (i32.const 0))
      (then (unreachable)))
    (if (i32.ne
          (call $get (i32.const 0) (i32.const 5) (i32.const 64) (i32.const 16))
          (i32.const 2))
      (then (unreachable)))
    (if (i32.ne (i32.load16_u (i32.const 64)) (i32.load16_u (i32.const 16)))
      (then (unreachable)))
    (call $emit (i32.const 32) (i32.const 7) (i32.const 16) (i32.const 2))))
