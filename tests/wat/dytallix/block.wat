;; The block: its height, and its time in seconds.
;;
;; method     output  abi gas
;; number     i64     0
;; timestamp  i64     0
(module
  (import "env" "block_number" (func $number (result i64)))
  (import "env" "block_timestamp" (func $timestamp (result i64)))
  (memory (export "memory") 2)
  (data (i32.const 512) "\08\00\00\00")

  (func (export "contract_number") (param i32 i32) (result i32)
    (i64.store (i32.const 516) (call $number))
    (i32.const 512))

  (func (export "contract_timestamp") (param i32 i32) (result i32)
    (i64.store (i32.const 516) (call $timestamp))
    (i32.const 512)))
