;; Who calls, who is called, when, and with what. Nothing here costs abi gas.
;;
;; function     arguments  output
;; sender                  32 bytes; in a sub-call the calling contract
;; contract_id             32 bytes
;; timestamp               i64 seconds
;; index                   i64 height
;; input        any        the whole encoded list, as baals_get_input_data copies it
;; input_short  any        its first 4 bytes, as a buffer of 4 takes no more
;; input_len    any        i32 what baals_get_input_data returned for a large buffer
;; place        any        the two i32 that the function was given: 0 and the length of the list
(module
  (import "env" "baals_get_sender" (func $sender (param i32)))
  (import "env" "baals_get_contract_id" (func $contract_id (param i32)))
  (import "env" "baals_get_block_timestamp" (func $timestamp (result i64)))
  (import "env" "baals_get_block_index" (func $index (result i64)))
  (import "env" "baals_get_input_data" (func $input (param i32 i32) (result i32)))
  (memory (export "memory") 2)

  (func (export "sender") (param i32 i32) (result i32)
    (call $sender (i32.const 0))
    (i32.const 32))

  (func (export "contract_id") (param i32 i32) (result i32)
    (call $contract_id (i32.const 0))
    (i32.const 32))

  (func (export "timestamp") (param i32 i32) (result i32)
    (i64.store (i32.const 0) (call $timestamp))
    (i32.const 8))

  (func (export "index") (param i32 i32) (result i32)
    (i64.store (i32.const 0) (call $index))
    (i32.const 8))

  ;; The list is wiped first, so that what comes out was copied.
  (func (export "input") (param $ptr i32) (param $len i32) (result i32)
    (memory.fill (local.get $ptr) (i32.const 0) (local.get $len))
    (call $input (i32.const 0) (i32.const 65536)))

  (func (export "input_short") (param i32 i32) (result i32)
    (i64.store (i32.const 0) (i64.const 0))
    (call $input (i32.const 0) (i32.const 4)))

  (func (export "input_len") (param i32 i32) (result i32)
    (i32.store (i32.const 0) (call $input (i32.const 65536) (i32.const 65536)))
    (i32.const 4))

  (func (export "place") (param $ptr i32) (param $len i32) (result i32)
    (i32.store (i32.const 0) (local.get $ptr))
    (i32.store (i32.const 4) (local.get $len))
    (i32.const 8)))
