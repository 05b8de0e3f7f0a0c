;; One function for each capability that a deployer may withhold: then it fails, and only it.
;;
;; function  capability      output                         abi gas
;; read      storage_read    i32 0: there is no entry       100
;; write     storage_write   i32 0                          200
;; remove    storage_remove  i32 0                          50
;; call      call_contracts  i32 -1: nobody has the id      1,000
;; result    call_contracts  i32 -1: there is no result     0
;; send      call_contracts, i32 -1: nobody has the id      1,000
;;           transfer_value
;; emit      emit_events     none                           100
;; time      block_info      i64 seconds                    0
;; index     block_info      i64 height                     0
;; hash      crypto          32 bytes                       50
;; verify    crypto          i32 -1: an empty key           500
;; revert    revert          none: reverts with `revert`    0
;; none                      i32 0                          0
(module
  (import "env" "baals_storage_read" (func $read (param i32 i32 i32 i32) (result i32)))
  (import "env" "baals_storage_write" (func $write (param i32 i32 i32 i32) (result i32)))
  (import "env" "baals_storage_remove" (func $remove (param i32 i32) (result i32)))
  (import "env" "baals_call_contract"
    (func $call (param i32 i32 i32 i32 i32 i32 i64) (result i32)))
  (import "env" "baals_read_call_result" (func $result (param i32 i32) (result i32)))
  (import "env" "baals_emit_event" (func $emit (param i32 i32 i32 i32)))
  (import "env" "baals_get_block_timestamp" (func $time (result i64)))
  (import "env" "baals_get_block_index" (func $index (result i64)))
  (import "env" "baals_hash_sha256" (func $hash (param i32 i32 i32)))
  (import "env" "baals_verify_signature"
    (func $verify (param i32 i32 i32 i32 i32 i32) (result i32)))
  (import "env" "baals_revert" (func $revert (param i32 i32)))
  (memory (export "memory") 1)
  (data (i32.const 4096) "revert")
  (data (i32.const 4128) "nobody has this account, surely.") ;; 32 bytes

  (func $answer (param $code i32) (result i32)
    (i32.store (i32.const 0) (local.get $code))
    (i32.const 4))

  (func $call_nobody (param $value i64) (result i32)
    (call $call
      (i32.const 4128) (i32.const 32) (i32.const 4096) (i32.const 6) (i32.const 0) (i32.const 0)
      (local.get $value)))

  (func (export "read") (param i32 i32) (result i32)
    (call $answer (call $read (i32.const 4128) (i32.const 6) (i32.const 0) (i32.const 4))))
  (func (export "write") (param i32 i32) (result i32)
    (call $answer (call $write (i32.const 4096) (i32.const 6) (i32.const 0) (i32.const 4))))
  (func (export "remove") (param i32 i32) (result i32)
    (call $answer (call $remove (i32.const 4096) (i32.const 6))))
  (func (export "call") (param i32 i32) (result i32)
    (call $answer (call $call_nobody (i64.const 0))))
  (func (export "result") (param i32 i32) (result i32)
    (call $answer (call $result (i32.const 0) (i32.const 4))))
  (func (export "send") (param i32 i32) (result i32)
    (call $answer (call $call_nobody (i64.const 1))))
  (func (export "emit") (param i32 i32) (result i32)
    (call $emit (i32.const 0) (i32.const 0) (i32.const 0) (i32.const 0))
    (i32.const 0))
  (func (export "time") (param i32 i32) (result i32)
    (i64.store (i32.const 0) (call $time))
    (i32.const 8))
  (func (export "index") (param i32 i32) (result i32)
    (i64.store (i32.const 0) (call $index))
    (i32.const 8))
  (func (export "hash") (param i32 i32) (result i32)
    (call $hash (i32.const 0) (i32.const 0) (i32.const 0))
    (i32.const 32))
  (func (export "verify") (param i32 i32) (result i32)
    (call $answer
      (call $verify
        (i32.const 0) (i32.const 0) (i32.const 0) (i32.const 0) (i32.const 0) (i32.const 0))))
  (func (export "revert") (param i32 i32) (result i32)
    (call $revert (i32.const 4096) (i32.const 6))
    (i32.const 0))
  (func (export "none") (param i32 i32) (result i32)
    (call $answer (i32.const 0))))
