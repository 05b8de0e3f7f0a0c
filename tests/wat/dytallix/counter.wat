;; A counter: numbers are 8 bytes, little-endian.
;;
;; method     input     output       abi gas
;; init       a number               5,000    constructor; an empty input means 0
;; increment            new count    5,575    emits `updated` with it
;; add        a number  new count    5,575    emits `updated` with it
;; get                  count        200
;; fail                 none         5,000    sets the count to 999, then traps
(module
  (import "env" "storage_get" (func $get (param i32 i32 i32 i32) (result i32)))
  (import "env" "storage_set" (func $set (param i32 i32 i32 i32) (result i32)))
  (import "env" "emit_event" (func $emit (param i32 i32 i32 i32) (result i32)))
  (memory (export "memory") 2)
  (data (i32.const 0) "count")
  (data (i32.const 16) "updated")
  ;; The length in front of every output; the count lies behind it, at 516.
  (data (i32.const 512) "\08\00\00\00")

  (func $load
    (if (i32.lt_s
          (call $get (i32.const 0) (i32.const 5) (i32.const 516) (i32.const 8))
          (i32.const 0))
      (then (unreachable))))

  (func $store
    (if (call $set (i32.const 0) (i32.const 5) (i32.const 516) (i32.const 8))
      (then (unreachable))))

  (func $count (param $amount i64) (result i32)
    (call $load)
    (i64.store (i32.const 516) (i64.add (i64.load (i32.const 516)) (local.get $amount)))
    (call $store)
    (if (call $emit (i32.const 16) (i32.const 7) (i32.const 516) (i32.const 8))
      (then (unreachable)))
    (i32.const 512))

  ;; Input that is not there reads as the zeros that memory begins with.
  (func (export "contract_init") (param $ptr i32) (param $len i32) (result i32)
    (i64.store (i32.const 516) (i64.load (local.get $ptr)))
    (call $store)
    (i32.const 0))

  (func (export "contract_increment") (param i32 i32) (result i32)
    (call $count (i64.const 1)))

  (func (export "contract_add") (param $ptr i32) (param $len i32) (result i32)
    (call $count (i64.load (local.get $ptr))))

  (func (export "contract_get") (param i32 i32) (result i32)
    (call $load)
    (i32.const 512))

  (func (export "contract_fail") (param i32 i32) (result i32)
    (i64.store (i32.const 516) (i64.const 999))
    (call $store)
    (unreachable)))
