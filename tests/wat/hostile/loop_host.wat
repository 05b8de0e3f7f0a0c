;; Endless loops around host calls: end when the call's weight is used up.
;;
;; function  output
;; read      none: reads an absent entry for ever
;; write     none: writes one entry for ever
;; hash      none: hashes 60 KiB for ever
;; call      none: calls nobody for ever
;; grow      none: asks for the size of memory for ever
(module
  (import "env" "baals_storage_read" (func $read (param i32 i32 i32 i32) (result i32)))
  (import "env" "baals_storage_write" (func $write (param i32 i32 i32 i32) (result i32)))
  (import "env" "baals_hash_sha256" (func $hash (param i32 i32 i32)))
  (import "env" "baals_call_contract"
    (func $call (param i32 i32 i32 i32 i32 i32 i64) (result i32)))
  (import "env" "baals_memory_grow" (func $size (result i32)))
  (memory (export "memory") 1)
  (data (i32.const 0) "nobody has this account, surely.") ;; 32 bytes

  (func (export "read") (param i32 i32) (result i32)
    (loop $again
      (drop (call $read (i32.const 0) (i32.const 6) (i32.const 64) (i32.const 8)))
      (br $again))
    (unreachable))

  (func (export "write") (param i32 i32) (result i32)
    (loop $again
      (drop (call $write (i32.const 0) (i32.const 6) (i32.const 0) (i32.const 16384)))
      (br $again))
    (unreachable))

  (func (export "hash") (param i32 i32) (result i32)
    (loop $again
      (call $hash (i32.const 0) (i32.const 61440) (i32.const 0))
      (br $again))
    (unreachable))

  (func (export "call") (param i32 i32) (result i32)
    (loop $again
      (drop
        (call $call
          (i32.const 0) (i32.const 32) (i32.const 0) (i32.const 6) (i32.const 0) (i32.const 0)
          (i64.const 0)))
      (br $again))
    (unreachable))

  (func (export "grow") (param i32 i32) (result i32)
    (loop $again
      (drop (call $size))
      (br $again))
    (unreachable)))
