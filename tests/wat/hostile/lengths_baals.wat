;; Lengths of 1 MiB that all lie in memory: over every limit of the baals ABI but that of hashing.
;;
;; function  output                                      abi gas
;; key       i32 -1                                      200
;; value     i32 -1                                      200
;; read_key  i32 -1                                      100
;; buffer    i32 0: there is no entry                    100
;; remove    i32 -1                                      50
;; hash      32 bytes                                    65,586
;; message   i32 -1: verify, with an empty key           500
;; topic     none: the call fails                        1,048,676
;; event     none: the call fails                        1,048,676
;; method    i32 -1                                      1,000
;; payload   i32 -1                                      1,000
;; id        i32 -1                                      1,000
;; revert    none: the call fails
;; input     i32 the length of the input: a buffer of    0
;;           1 MiB is no fault
;; output    none: the call fails
(module
  (import "env" "baals_storage_read" (func $read (param i32 i32 i32 i32) (result i32)))
  (import "env" "baals_storage_write" (func $write (param i32 i32 i32 i32) (result i32)))
  (import "env" "baals_storage_remove" (func $remove (param i32 i32) (result i32)))
  (import "env" "baals_get_input_data" (func $input (param i32 i32) (result i32)))
  (import "env" "baals_hash_sha256" (func $hash (param i32 i32 i32)))
  (import "env" "baals_verify_signature"
    (func $verify (param i32 i32 i32 i32 i32 i32) (result i32)))
  (import "env" "baals_call_contract"
    (func $call (param i32 i32 i32 i32 i32 i32 i64) (result i32)))
  (import "env" "baals_revert" (func $revert (param i32 i32)))
  (import "env" "baals_emit_event" (func $emit (param i32 i32 i32 i32)))
  (memory (export "memory") 17)

  ;; The output is one i32.
  (func $answer (param $code i32) (result i32)
    (i32.store (i32.const 0) (local.get $code))
    (i32.const 4))

  (func (export "key") (param i32 i32) (result i32)
    (call $answer
      (call $write (i32.const 0) (i32.const 0x100000) (i32.const 0) (i32.const 1))))
  (func (export "value") (param i32 i32) (result i32)
    (call $answer
      (call $write (i32.const 0) (i32.const 1) (i32.const 0) (i32.const 0x100000))))
  (func (export "read_key") (param i32 i32) (result i32)
    (call $answer
      (call $read (i32.const 0) (i32.const 0x100000) (i32.const 0) (i32.const 1))))
  (func (export "buffer") (param i32 i32) (result i32)
    (call $answer
      (call $read (i32.const 0) (i32.const 1) (i32.const 0) (i32.const 0x100000))))
  (func (export "remove") (param i32 i32) (result i32)
    (call $answer (call $remove (i32.const 0) (i32.const 0x100000))))
  (func (export "hash") (param i32 i32) (result i32)
    (call $hash (i32.const 0) (i32.const 0x100000) (i32.const 0))
    (i32.const 32))
  (func (export "message") (param i32 i32) (result i32)
    (call $answer
      (call $verify
        (i32.const 0) (i32.const 0)
        (i32.const 0) (i32.const 0x100000)
        (i32.const 0) (i32.const 64))))
  (func (export "topic") (param i32 i32) (result i32)
    (call $emit (i32.const 0) (i32.const 0x100000) (i32.const 0) (i32.const 0))
    (i32.const 0))
  (func (export "event") (param i32 i32) (result i32)
    (call $emit (i32.const 0) (i32.const 0) (i32.const 0) (i32.const 0x100000))
    (i32.const 0))
  (func (export "method") (param i32 i32) (result i32)
    (call $answer
      (call $call
        (i32.const 0) (i32.const 32)
        (i32.const 0) (i32.const 0x100000)
        (i32.const 0) (i32.const 0)
        (i64.const 0))))
  (func (export "payload") (param i32 i32) (result i32)
    (call $answer
      (call $call
        (i32.const 0) (i32.const 32)
        (i32.const 0) (i32.const 4)
        (i32.const 0) (i32.const 0x100000)
        (i64.const 0))))
  (func (export "id") (param i32 i32) (result i32)
    (call $answer
      (call $call
        (i32.const 0) (i32.const 0x100000)
        (i32.const 0) (i32.const 4)
        (i32.const 0) (i32.const 0)
        (i64.const 0))))
  (func (export "revert") (param i32 i32) (result i32)
    (call $revert (i32.const 0) (i32.const 0x100000))
    (i32.const 0))
  (func (export "input") (param i32 i32) (result i32)
    (call $answer (call $input (i32.const 65536) (i32.const 0x100000))))
  (func (export "output") (param i32 i32) (result i32)
    (i32.const 0x100000)))
