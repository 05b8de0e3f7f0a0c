;; Calls of other contracts, of any ABI, and their results. Gas is that of this contract; a callee's
;; own is counted, too.
;;
;; function    arguments              output                             abi gas
;; call        id, method, payload    i32 code, then the result          1,000
;; send        id, method, payload,   as call; the value is this         1,000
;;             i64 value              contract's money
;; short       id, method, payload    i32 4 at most: what a buffer of 4  1,000
;;                                    took, then those bytes
;; twice       id, method, payload    i32 code, i32 code: of the same    2,000
;;                                    call made two times
;; before                             i32 -1: there is no result before  0
;;                                    the first call
;; results     callee.wat's id        five i32, see below                3,000
;; bad_id                             i32 -1: an id of 31 bytes          1,000
;; unknown                            i32 -1: nobody has this id         1,000
;;
;; A code is the result's length, or -1 if the call failed: then all that the callee did is undone.
;; `results` calls `echo` with `one`, `echo` with `three`, and `fail`, and reads result 0, 1, 2, 3,
;; and the last: 3, 5, -1 (failed), -1 (not made), -1 (the last failed).
(module
  (import "env" "baals_call_contract"
    (func $call (param i32 i32 i32 i32 i32 i32 i64) (result i32)))
  (import "env" "baals_read_call_result" (func $result (param i32 i32) (result i32)))
  (import "env" "baals_read_call_result" (func $result_at (param i32 i32 i32) (result i32)))
  (memory (export "memory") 2)
  (data (i32.const 65536) "echofailonethree")
  (data (i32.const 65568) "nobody has this account, surely.") ;; 32 bytes

  ;; Where the length of argument $n lies: a list is a count of 8 bytes, then length and bytes each.
  (func $arg (param $n i32) (result i32)
    (local $at i32)
    (local.set $at (i32.const 8))
    (block $found
      (loop $next
        (br_if $found (i32.eqz (local.get $n)))
        (local.set $at
          (i32.add (i32.add (local.get $at) (i32.const 8)) (i32.load (local.get $at))))
        (local.set $n (i32.sub (local.get $n) (i32.const 1)))
        (br $next)))
    (local.get $at))
  (func $len (param $n i32) (result i32) (i32.load (call $arg (local.get $n))))
  (func $ptr (param $n i32) (result i32) (i32.add (call $arg (local.get $n)) (i32.const 8)))

  ;; The output is one i32.
  (func $answer (param $code i32) (result i32)
    (i32.store (i32.const 0) (local.get $code))
    (i32.const 4))

  (func $call_listed (param $value i64) (result i32)
    (call $call
      (call $ptr (i32.const 0)) (call $len (i32.const 0))
      (call $ptr (i32.const 1)) (call $len (i32.const 1))
      (call $ptr (i32.const 2)) (call $len (i32.const 2))
      (local.get $value)))

  ;; The output: $code, and behind it the last result, if there is one.
  (func $report (param $code i32) (result i32)
    (i32.store (i32.const 0) (local.get $code))
    (if (i32.gt_s (local.get $code) (i32.const 0))
      (then
        (drop (call $result (i32.const 4) (local.get $code)))
        (return (i32.add (local.get $code) (i32.const 4)))))
    (i32.const 4))

  (func (export "call") (param i32 i32) (result i32)
    (call $report (call $call_listed (i64.const 0))))

  (func (export "send") (param i32 i32) (result i32)
    (call $report (call $call_listed (i64.load (call $ptr (i32.const 3))))))

  (func (export "short") (param i32 i32) (result i32)
    (local $copied i32)
    (drop (call $call_listed (i64.const 0)))
    (local.set $copied (call $result (i32.const 4) (i32.const 4)))
    (i32.store (i32.const 0) (local.get $copied))
    (i32.add (local.get $copied) (i32.const 4)))

  (func (export "twice") (param i32 i32) (result i32)
    (i32.store (i32.const 65600) (call $call_listed (i64.const 0)))
    (i32.store (i32.const 65604) (call $call_listed (i64.const 0)))
    (memory.copy (i32.const 0) (i32.const 65600) (i32.const 8))
    (i32.const 8))

  (func (export "before") (param i32 i32) (result i32)
    (call $answer (call $result (i32.const 65600) (i32.const 8))))

  (func $call_first (param $method i32) (param $payload i32) (param $len i32)
    (drop
      (call $call
        (call $ptr (i32.const 0)) (call $len (i32.const 0))
        (local.get $method) (i32.const 4)
        (local.get $payload) (local.get $len)
        (i64.const 0))))

  (func (export "results") (param i32 i32) (result i32)
    (call $call_first (i32.const 65536) (i32.const 65544) (i32.const 3))
    (call $call_first (i32.const 65536) (i32.const 65547) (i32.const 5))
    (call $call_first (i32.const 65540) (i32.const 0) (i32.const 0))
    (i32.store (i32.const 0) (call $result_at (i32.const 65600) (i32.const 64) (i32.const 0)))
    (i32.store (i32.const 4) (call $result_at (i32.const 65600) (i32.const 64) (i32.const 1)))
    (i32.store (i32.const 8) (call $result_at (i32.const 65600) (i32.const 64) (i32.const 2)))
    (i32.store (i32.const 12) (call $result_at (i32.const 65600) (i32.const 64) (i32.const 3)))
    (i32.store (i32.const 16) (call $result (i32.const 65600) (i32.const 64)))
    (i32.const 20))

  (func $echo_at (param $id_len i32) (result i32)
    (call $call
      (i32.const 65568) (local.get $id_len)
      (i32.const 65536) (i32.const 4)
      (i32.const 0) (i32.const 0)
      (i64.const 0)))

  (func (export "bad_id") (param i32 i32) (result i32)
    (call $answer (call $echo_at (i32.const 31))))

  (func (export "unknown") (param i32 i32) (result i32)
    (call $answer (call $echo_at (i32.const 32)))))
