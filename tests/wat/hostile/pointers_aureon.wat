;; Pointers of the aureon ABI at the end of memory, which has 65,536 bytes: what still lies in it is
;; taken, all else stops the call. Gas is counted before memory is looked at.
;;
;; function       output                                            abi gas
;; edge           i32 0: a key and a value that are the last bytes  30
;; read_edge      i32 4: reads into the last 4 bytes                45
;; read_past      none: traps, reads across the end                 45
;; write_key      none: traps                                       30
;; write_value    none: traps                                       30
;; log_past       none: traps                                       10
;; log_wrap       none: traps, a pointer near 2^32                  10
;; balance_past   none: traps                                       20
;; transfer_from  none: traps                                       50
;; transfer_to    none: traps                                       50
(module
  (import "env" "log" (func $log (param i32 i32)))
  (import "env" "get_balance" (func $balance (param i32 i32) (result i64)))
  (import "env" "transfer" (func $transfer (param i32 i32 i32 i32 i64) (result i32)))
  (import "env" "storage_read" (func $read (param i32 i32 i32 i32) (result i32)))
  (import "env" "storage_write" (func $write (param i32 i32 i32 i32) (result i32)))
  (memory (export "memory") 1)
  (data (i32.const 65528) "edgelast")

  (func $put (export "edge") (result i32)
    (call $write (i32.const 65532) (i32.const 4) (i32.const 65528) (i32.const 8)))
  (func (export "read_edge") (result i32)
    (drop (call $put))
    (call $read (i32.const 65532) (i32.const 4) (i32.const 65532) (i32.const 4)))
  (func (export "read_past") (result i32)
    (drop (call $put))
    (call $read (i32.const 65532) (i32.const 4) (i32.const 65532) (i32.const 8)))
  (func (export "write_key") (result i32)
    (call $write (i32.const 65532) (i32.const 5) (i32.const 65528) (i32.const 8)))
  (func (export "write_value") (result i32)
    (call $write (i32.const 65532) (i32.const 4) (i32.const 65528) (i32.const 9)))
  (func (export "log_past")
    (call $log (i32.const 65532) (i32.const 5)))
  (func (export "log_wrap")
    (call $log (i32.const 0xfffffffe) (i32.const 4)))
  (func (export "balance_past") (result i64)
    (call $balance (i32.const 65520) (i32.const 32)))
  (func (export "transfer_from") (result i32)
    (call $transfer
      (i32.const 65520) (i32.const 32) (i32.const 0) (i32.const 32) (i64.const 1)))
  (func (export "transfer_to") (result i32)
    (call $transfer
      (i32.const 0) (i32.const 32) (i32.const 65520) (i32.const 32) (i64.const 1))))
