;; A sub-call sees what its caller did: with a third contract, callee.wat, that keeps a value.
;;
;; function  arguments                    output                              abi gas
;; run       callee's id, a second        what the second relay was told      2,000
;;           relay's id, a value          by the callee: the value
;; ask       callee's id                  what the callee keeps               1,000
;;
;; `run` calls the callee's `set` with the value, then `ask` of the second relay (this code,
;; deployed again), which calls the callee's `get`. Gas is that of this contract only; all of `run`
;; costs 3,300.
(module
  (import "env" "baals_call_contract"
    (func $call (param i32 i32 i32 i32 i32 i32 i64) (result i32)))
  (import "env" "baals_read_call_result" (func $result (param i32 i32) (result i32)))
  (memory (export "memory") 2)
  (data (i32.const 65536) "setgetask")

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

  ;; Calls a method, whose name has 3 letters, of argument $contract, with argument $payload if it
  ;; is not negative; traps if that fails.
  (func $ask
    (param $contract i32) (param $method i32) (param $payload i32) (result i32)
    (local $ptr i32) (local $len i32) (local $code i32)
    (if (i32.ge_s (local.get $payload) (i32.const 0))
      (then
        (local.set $ptr (call $ptr (local.get $payload)))
        (local.set $len (call $len (local.get $payload)))))
    (local.set $code
      (call $call
        (call $ptr (local.get $contract)) (call $len (local.get $contract))
        (local.get $method) (i32.const 3)
        (local.get $ptr) (local.get $len)
        (i64.const 0)))
    (if (i32.lt_s (local.get $code) (i32.const 0))
      (then (unreachable)))
    (local.get $code))

  (func (export "run") (param i32 i32) (result i32)
    (drop (call $ask (i32.const 0) (i32.const 65536) (i32.const 2)))
    (drop (call $ask (i32.const 1) (i32.const 65542) (i32.const 0)))
    (call $result (i32.const 0) (i32.const 16384)))

  (func (export "ask") (param i32 i32) (result i32)
    (drop (call $ask (i32.const 0) (i32.const 65539) (i32.const -1)))
    (call $result (i32.const 0) (i32.const 16384))))
