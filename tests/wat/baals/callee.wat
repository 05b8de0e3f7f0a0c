;; A contract to be called by others.
;;
;; function  arguments  output                              abi gas
;; echo      bytes      the first argument                  0
;; count                u64 number of arguments             0
;; nothing              none                                0
;; sender               32 bytes, who called                0
;; set       bytes      none: keeps them                    200
;; get                  what was kept                       100
;; fail                 none: writes, then reverts with     200
;;                      `callee says no`
;; trap                 none: writes, then traps            200
(module
  (import "env" "baals_get_sender" (func $sender (param i32)))
  (import "env" "baals_storage_read" (func $read (param i32 i32 i32 i32) (result i32)))
  (import "env" "baals_storage_write" (func $write (param i32 i32 i32 i32) (result i32)))
  (import "env" "baals_revert" (func $revert (param i32 i32)))
  (memory (export "memory") 1)
  (data (i32.const 32768) "kept")
  (data (i32.const 32784) "callee says no")

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

  (func (export "echo") (param i32 i32) (result i32)
    (local $len i32)
    (local.set $len (call $len (i32.const 0)))
    (memory.copy (i32.const 0) (call $ptr (i32.const 0)) (local.get $len))
    (local.get $len))

  ;; The list begins with it.
  (func (export "count") (param i32 i32) (result i32) (i32.const 8))

  (func (export "nothing") (param i32 i32) (result i32) (i32.const 0))

  (func (export "sender") (param i32 i32) (result i32)
    (call $sender (i32.const 0))
    (i32.const 32))

  (func $keep (param $ptr i32) (param $len i32)
    (if (call $write (i32.const 32768) (i32.const 4) (local.get $ptr) (local.get $len))
      (then (unreachable))))

  (func (export "set") (param i32 i32) (result i32)
    (call $keep (call $ptr (i32.const 0)) (call $len (i32.const 0)))
    (i32.const 0))

  (func (export "get") (param i32 i32) (result i32)
    (call $read (i32.const 32768) (i32.const 4) (i32.const 0) (i32.const 16384)))

  (func (export "fail") (param i32 i32) (result i32)
    (call $keep (i32.const 32784) (i32.const 14))
    (call $revert (i32.const 32784) (i32.const 14))
    (unreachable))

  (func (export "trap") (param i32 i32) (result i32)
    (call $keep (i32.const 32784) (i32.const 14))
    (unreachable)))
