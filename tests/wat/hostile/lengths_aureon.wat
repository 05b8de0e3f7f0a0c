;; Lengths of 1 MiB that all lie in memory: over every limit of the aureon ABI.
;;
;; function  output                            abi gas
;; log       none: the call fails              10
;; logs      none: 100 lines of 1 KiB, which   at most 1,000
;;           is more than a call's log holds
;; address   none: the call fails              20
;; transfer  none: the call fails              50
;; key       i32 1                             30
;; value     i32 1                             30
;; read_key  i32 -1: nothing has such a key    15
;; buffer    i32 -1: there is no entry         15
(module
  (import "env" "log" (func $log (param i32 i32)))
  (import "env" "get_balance" (func $balance (param i32 i32) (result i64)))
  (import "env" "transfer" (func $transfer (param i32 i32 i32 i32 i64) (result i32)))
  (import "env" "storage_read" (func $read (param i32 i32 i32 i32) (result i32)))
  (import "env" "storage_write" (func $write (param i32 i32 i32 i32) (result i32)))
  (memory (export "memory") 17)

  (func (export "log")
    (call $log (i32.const 0) (i32.const 0x100000)))
  (func (export "logs")
    (local $left i32)
    (local.set $left (i32.const 100))
    (loop $next
      (call $log (i32.const 0) (i32.const 1024))
      (local.set $left (i32.sub (local.get $left) (i32.const 1)))
      (br_if $next (local.get $left))))
  (func (export "address") (result i64)
    (call $balance (i32.const 0) (i32.const 0x100000)))
  (func (export "transfer") (result i32)
    (call $transfer
      (i32.const 0) (i32.const 0x100000) (i32.const 0) (i32.const 0x100000) (i64.const 1)))
  (func (export "key") (result i32)
    (call $write (i32.const 0) (i32.const 0x100000) (i32.const 0) (i32.const 1)))
  (func (export "value") (result i32)
    (call $write (i32.const 0) (i32.const 1) (i32.const 0) (i32.const 0x100000)))
  (func (export "read_key") (result i32)
    (call $read (i32.const 0) (i32.const 0x100000) (i32.const 0) (i32.const 1)))
  (func (export "buffer") (result i32)
    (call $read (i32.const 0) (i32.const 1) (i32.const 0) (i32.const 0x100000))))
