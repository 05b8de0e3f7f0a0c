;; Pointers of the baals ABI at the end of memory, which has 65,536 bytes: what still lies in it is
;; taken, what does not is refused by code where there is one, by a trap otherwise.
;;
;; function      output
;; edge          i32 0: a key and a value that are the last bytes
;; edge_empty    i32 0: a value of no bytes right behind the last
;; wrap          i32 -1: a pointer near 2^32, whose end would wrap to a small number
;; negative      i32 -1: a length of -1
;; read_edge     i32 4: reads into the last 4 bytes
;; read_past     i32 -1: reads across the end
;; sender_edge   none, and the call succeeds: 32 bytes end where memory does
;; sender_past   none: traps
;; id_past       none: traps
;; input_past    none: traps
;; hash_past     none: traps
;; event_past    none: traps
;; verify_past   none: traps
;; call_past     none: traps
;; revert_past   none: traps, without a message of its own
(module
  (import "env" "baals_storage_read" (func $read (param i32 i32 i32 i32) (result i32)))
  (import "env" "baals_storage_write" (func $write (param i32 i32 i32 i32) (result i32)))
  (import "env" "baals_get_sender" (func $sender (param i32)))
  (import "env" "baals_get_contract_id" (func $contract_id (param i32)))
  (import "env" "baals_get_input_data" (func $input (param i32 i32) (result i32)))
  (import "env" "baals_hash_sha256" (func $hash (param i32 i32 i32)))
  (import "env" "baals_verify_signature"
    (func $verify (param i32 i32 i32 i32 i32 i32) (result i32)))
  (import "env" "baals_call_contract"
    (func $call (param i32 i32 i32 i32 i32 i32 i64) (result i32)))
  (import "env" "baals_revert" (func $revert (param i32 i32)))
  (import "env" "baals_emit_event" (func $emit (param i32 i32 i32 i32)))
  (memory (export "memory") 1)
  (data (i32.const 65528) "edgelast")

  ;; The output is one i32.
  (func $answer (param $code i32) (result i32)
    (i32.store (i32.const 0) (local.get $code))
    (i32.const 4))

  (func $put (result i32)
    (call $write (i32.const 65532) (i32.const 4) (i32.const 65528) (i32.const 8)))

  (func (export "edge") (param i32 i32) (result i32)
    (call $answer (call $put)))
  (func (export "edge_empty") (param i32 i32) (result i32)
    (call $answer
      (call $write (i32.const 65532) (i32.const 4) (i32.const 65536) (i32.const 0))))
  (func (export "wrap") (param i32 i32) (result i32)
    (call $answer
      (call $write (i32.const 0xfffffffe) (i32.const 4) (i32.const 0) (i32.const 8))))
  (func (export "negative") (param i32 i32) (result i32)
    (call $answer
      (call $write (i32.const 65532) (i32.const -1) (i32.const 0) (i32.const 8))))
  (func (export "read_edge") (param i32 i32) (result i32)
    (drop (call $put))
    (call $answer
      (call $read (i32.const 65532) (i32.const 4) (i32.const 65532) (i32.const 4))))
  (func (export "read_past") (param i32 i32) (result i32)
    (drop (call $put))
    (call $answer
      (call $read (i32.const 65532) (i32.const 4) (i32.const 65532) (i32.const 8))))
  (func (export "sender_edge") (param i32 i32) (result i32)
    (call $sender (i32.const 65504))
    (i32.const 0))
  (func (export "sender_past") (param i32 i32) (result i32)
    (call $sender (i32.const 65505))
    (i32.const 0))
  (func (export "id_past") (param i32 i32) (result i32)
    (call $contract_id (i32.const -1))
    (i32.const 0))
  (func (export "input_past") (param i32 i32) (result i32)
    (call $input (i32.const 65532) (i32.const 8)))
  (func (export "hash_past") (param i32 i32) (result i32)
    (call $hash (i32.const 65532) (i32.const 5) (i32.const 0))
    (i32.const 0))
  (func (export "event_past") (param i32 i32) (result i32)
    (call $emit (i32.const 65532) (i32.const 4) (i32.const 65532) (i32.const 5))
    (i32.const 0))
  (func (export "verify_past") (param i32 i32) (result i32)
    (call $verify
      (i32.const 65520) (i32.const 32) (i32.const 0) (i32.const 0) (i32.const 0) (i32.const 64)))
  (func (export "call_past") (param i32 i32) (result i32)
    (call $call
      (i32.const 65520) (i32.const 32) (i32.const 0) (i32.const 0) (i32.const 0) (i32.const 0)
      (i64.const 0)))
  (func (export "revert_past") (param i32 i32) (result i32)
    (call $revert (i32.const 65532) (i32.const 5))
    (i32.const 0)))
