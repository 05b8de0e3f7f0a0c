;; The conformance contract of the aureon ABI: a counter that logs.
;;
;; function   arguments  output         abi gas
;; init                                 10       constructor: logs `counter ready`
;; increment             i64 new count  65       logs `increment`, reads, writes, logs `incremented`
;; add        i64        i64 new count  45
;; get                   i64 count      15
;; fail                                 30       sets the count to 999, then traps
(module
  (import "env" "log" (func $log (param i32 i32)))
  (import "env" "storage_read" (func $read (param i32 i32 i32 i32) (result i32)))
  (import "env" "storage_write" (func $write (param i32 i32 i32 i32) (result i32)))
  (memory (export "memory") 1)
  (data (i32.const 16) "count")
  (data (i32.const 32) "counter ready")
  (data (i32.const 48) "incremented") ;; its first 9 bytes are `increment`

  ;; An absent count leaves the 0 that memory begins with.
  (func $count (result i64)
    (drop (call $read (i32.const 16) (i32.const 5) (i32.const 0) (i32.const 8)))
    (i64.load (i32.const 0)))

  (func $set (param $count i64)
    (i64.store (i32.const 0) (local.get $count))
    (if (call $write (i32.const 16) (i32.const 5) (i32.const 0) (i32.const 8))
      (then (unreachable))))

  (func (export "init")
    (call $log (i32.const 32) (i32.const 13)))

  (func (export "increment") (result i64)
    (call $log (i32.const 48) (i32.const 9))
    (call $set (i64.add (call $count) (i64.const 1)))
    (call $log (i32.const 48) (i32.const 11))
    (i64.load (i32.const 0)))

  (func (export "add") (param $amount i64) (result i64)
    (call $set (i64.add (call $count) (local.get $amount)))
    (i64.load (i32.const 0)))

  (func (export "get") (result i64)
    (call $count))

  (func (export "fail")
    (call $set (i64.const 999))
    (unreachable)))
