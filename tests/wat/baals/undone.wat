;; A call that fails undoes all of it: a write, an event, money sent, and what a sub-call did.
;;
;; function  arguments        output                                  abi gas
;; set                        none: the entry becomes `old`           200
;; fail      callee.wat's id  none: writes `new`, emits `gone`,       1,304
;;                            calls `set` with 5 units, then traps
;; catch     id of this code  i32 -1: calls `fail` there, goes on     1,000
;;           deployed again,
;;           callee.wat's id
;; get                        the entry                               100
;;
;; Gas is that of this contract only.
(module
  (import "env" "baals_storage_read" (func $read (param i32 i32 i32 i32) (result i32)))
  (import "env" "baals_storage_write" (func $write (param i32 i32 i32 i32)))
  (import "env" "baals_emit_event" (func $emit (param i32 i32 i32 i32)))
  (import "env" "baals_call_contract"
    (func $call (param i32 i32 i32 i32 i32 i32 i64) (result i32)))
  (memory (export "memory") 1)
  (data (i32.const 32768) "entryoldnewgonesetfail")

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

  (func (export "set") (param i32 i32) (result i32)
    (call $write (i32.const 32768) (i32.const 5) (i32.const 32773) (i32.const 3))
    (i32.const 0))

  (func (export "get") (param i32 i32) (result i32)
    (call $read (i32.const 32768) (i32.const 5) (i32.const 0) (i32.const 16)))

  ;; If the call of `set` failed, the trap is a division's: that would show.
  (func (export "fail") (param i32 i32) (result i32)
    (call $write (i32.const 32768) (i32.const 5) (i32.const 32776) (i32.const 3))
    (call $emit (i32.const 32779) (i32.const 4) (i32.const 0) (i32.const 0))
    (if (i32.lt_s
          (call $call
            (call $ptr (i32.const 0)) (call $len (i32.const 0))
            (i32.const 32783) (i32.const 3)
            (i32.const 32776) (i32.const 3)
            (i64.const 5))
          (i32.const 0))
      (then (drop (i32.div_u (i32.const 1) (i32.const 0)))))
    (unreachable))

  (func (export "catch") (param i32 i32) (result i32)
    (i32.store (i32.const 0)
      (call $call
        (call $ptr (i32.const 0)) (call $len (i32.const 0))
        (i32.const 32786) (i32.const 4)
        (call $ptr (i32.const 1)) (call $len (i32.const 1))
        (i64.const 0)))
    (i32.const 4)))
