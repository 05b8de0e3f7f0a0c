;; revert stops the call for good, undoes it, and its message reaches the caller.
;;
;; function  arguments  output                                  abi gas
;; refuse    message    none: writes and emits, then reverts;   304
;;                      what follows would write `after`
;; silent               none: reverts without a message         0
;; state                i32 bytes of the entry that `refuse`    100
;;                      writes: 0
(module
  (import "env" "baals_storage_read" (func $read (param i32 i32 i32 i32) (result i32)))
  (import "env" "baals_storage_write" (func $write (param i32 i32 i32 i32)))
  (import "env" "baals_emit_event" (func $emit (param i32 i32 i32 i32)))
  (import "env" "baals_revert" (func $revert (param i32 i32)))
  (memory (export "memory") 1)
  (data (i32.const 32768) "noteafter")

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

  (func (export "refuse") (param i32 i32) (result i32)
    (call $write (i32.const 32768) (i32.const 4) (i32.const 32768) (i32.const 4))
    (call $emit (i32.const 32768) (i32.const 4) (i32.const 0) (i32.const 0))
    (call $revert (call $ptr (i32.const 0)) (call $len (i32.const 0)))
    (call $write (i32.const 32768) (i32.const 4) (i32.const 32772) (i32.const 5))
    (i32.const 0))

  (func (export "silent") (param i32 i32) (result i32)
    (call $revert (i32.const 0) (i32.const 0))
    (i32.const 0))

  (func (export "state") (param i32 i32) (result i32)
    (i32.store (i32.const 0)
      (call $read (i32.const 32768) (i32.const 4) (i32.const 64) (i32.const 16)))
    (i32.const 4)))
