;; Text in the call's log.
;;
;; function  arguments  output  abi gas
;; say       text               10       logs the text
;; thrice                       30       logs `one`, `two`, `three`, in this order
;; empty                        10       logs an empty line
;; not_text                     10       none: bytes that are no text trap
;; fail                         10       logs `last words`, then traps
(module
  (import "env" "log" (func $log (param i32 i32)))
  (memory (export "memory") 1)
  (data (i32.const 0) "onetwothree")
  (data (i32.const 16) "\ff\fe\fd")
  (data (i32.const 32) "last words")

  (func (export "say") (param $ptr i32) (param $len i32)
    (call $log (local.get $ptr) (local.get $len)))

  (func (export "thrice")
    (call $log (i32.const 0) (i32.const 3))
    (call $log (i32.const 3) (i32.const 3))
    (call $log (i32.const 6) (i32.const 5)))

  (func (export "empty")
    (call $log (i32.const 0) (i32.const 0)))

  (func (export "not_text")
    (call $log (i32.const 16) (i32.const 3)))

  (func (export "fail")
    (call $log (i32.const 32) (i32.const 10))
    (unreachable)))
