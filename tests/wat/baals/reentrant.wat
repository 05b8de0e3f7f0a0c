;; A contract that is on the stack cannot be entered again.
;;
;; function  arguments          output                                     abi gas
;; direct                       i32 -1: the contract calls its own `touch` 1,000
;; through   id of this code    i32 -1: calls `knock` there, which calls   1,000, and 1,000 there
;;           deployed again     `touch` of its caller
;; knock                        i32 code of calling its caller's `touch`;  1,000
;;                              -1 also if that is no contract
;; touch                        `touched`                                  0
(module
  (import "env" "baals_get_sender" (func $sender (param i32)))
  (import "env" "baals_get_contract_id" (func $contract_id (param i32)))
  (import "env" "baals_call_contract"
    (func $call (param i32 i32 i32 i32 i32 i32 i64) (result i32)))
  (import "env" "baals_read_call_result" (func $result (param i32 i32) (result i32)))
  (memory (export "memory") 1)
  (data (i32.const 4096) "knocktouched") ;; `touch` begins at 4,101

  (func $call_at (param $id i32) (param $method i32) (result i32)
    (call $call
      (local.get $id) (i32.const 32)
      (local.get $method) (i32.const 5)
      (i32.const 0) (i32.const 0)
      (i64.const 0)))

  ;; The output is one i32.
  (func $answer (param $code i32) (result i32)
    (i32.store (i32.const 0) (local.get $code))
    (i32.const 4))

  (func (export "direct") (param i32 i32) (result i32)
    (call $contract_id (i32.const 4128))
    (call $answer (call $call_at (i32.const 4128) (i32.const 4101))))

  ;; The id is the first argument, at 16.
  (func (export "through") (param i32 i32) (result i32)
    (drop (call $call_at (i32.const 16) (i32.const 4096)))
    (call $result (i32.const 0) (i32.const 4)))

  (func (export "knock") (param i32 i32) (result i32)
    (call $sender (i32.const 4128))
    (call $answer (call $call_at (i32.const 4128) (i32.const 4101))))

  (func (export "touch") (param i32 i32) (result i32)
    (memory.copy (i32.const 0) (i32.const 4101) (i32.const 7))
    (i32.const 7)))
