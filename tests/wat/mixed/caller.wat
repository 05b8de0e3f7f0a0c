;; Calls `increment` of three counters, one of each ABI: baals/counter.wat, aureon/counter.wat and
;; dytallix/counter.wat.
;;
;; function   arguments                output                                     abi gas
;; increment  three ids: baals,        three i64: the new counts                  8,940
;;            aureon, dytallix
;; fail       three ids                three i32 -1: `fail` of each; they undo    8,230
;;                                     it, this contract goes on
;;
;; Gas with that of the callees: 3 calls of 1,000, and 300 + 65 + 5,575, or 200 + 30 + 5,000.
(module
  (import "env" "baals_call_contract"
    (func $call (param i32 i32 i32 i32 i32 i32 i64) (result i32)))
  (import "env" "baals_read_call_result" (func $result (param i32 i32) (result i32)))
  (memory (export "memory") 1)
  (data (i32.const 4096) "incrementfail")

  ;; Argument $n lies at 16 + 40 $n, as the lengths of all are 32.
  (func $call_nth (param $n i32) (param $method i32) (param $len i32) (result i32)
    (call $call
      (i32.add (i32.const 16) (i32.mul (local.get $n) (i32.const 40))) (i32.const 32)
      (local.get $method) (local.get $len)
      (i32.const 0) (i32.const 0)
      (i64.const 0)))

  (func $increment (param $n i32)
    (if (i32.ne
          (call $call_nth (local.get $n) (i32.const 4096) (i32.const 9))
          (i32.const 8))
      (then (unreachable)))
    (drop
      (call $result
        (i32.add (i32.const 4128) (i32.mul (local.get $n) (i32.const 8)))
        (i32.const 8))))

  (func (export "increment") (param i32 i32) (result i32)
    (call $increment (i32.const 0))
    (call $increment (i32.const 1))
    (call $increment (i32.const 2))
    (memory.copy (i32.const 0) (i32.const 4128) (i32.const 24))
    (i32.const 24))

  (func (export "fail") (param i32 i32) (result i32)
    (i32.store (i32.const 4128) (call $call_nth (i32.const 0) (i32.const 4105) (i32.const 4)))
    (i32.store (i32.const 4132) (call $call_nth (i32.const 1) (i32.const 4105) (i32.const 4)))
    (i32.store (i32.const 4136) (call $call_nth (i32.const 2) (i32.const 4105) (i32.const 4)))
    (memory.copy (i32.const 0) (i32.const 4128) (i32.const 12))
    (i32.const 12)))
