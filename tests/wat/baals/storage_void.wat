;; Storage by the signatures without a code: where the others return -1, these stop the call.
;;
;; function       arguments   output                       abi gas
;; put            key, value                               200
;; get            key         u32 bytes copied, then they  100
;; remove         key                                      50
;; no_key                     none: the call traps         200
;; remove_no_key              none: the call traps         50
;; bad_value                  none: the call traps         200
(module
  (import "env" "baals_storage_read" (func $read (param i32 i32 i32 i32) (result i32)))
  (import "env" "baals_storage_write" (func $write (param i32 i32 i32 i32)))
  (import "env" "baals_storage_remove" (func $remove (param i32 i32)))
  (memory (export "memory") 2)

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

  (func (export "put") (param i32 i32) (result i32)
    (call $write
      (call $ptr (i32.const 0)) (call $len (i32.const 0))
      (call $ptr (i32.const 1)) (call $len (i32.const 1)))
    (i32.const 0))

  (func (export "get") (param i32 i32) (result i32)
    (local $copied i32)
    (local.set $copied
      (call $read
        (call $ptr (i32.const 0)) (call $len (i32.const 0))
        (i32.const 65540) (i32.const 16380)))
    (i32.store (i32.const 65536) (local.get $copied))
    (memory.copy (i32.const 0) (i32.const 65536) (i32.add (local.get $copied) (i32.const 4)))
    (i32.add (local.get $copied) (i32.const 4)))

  (func (export "remove") (param i32 i32) (result i32)
    (call $remove (call $ptr (i32.const 0)) (call $len (i32.const 0)))
    (i32.const 0))

  (func (export "no_key") (param i32 i32) (result i32)
    (call $write (i32.const 0) (i32.const 0) (i32.const 0) (i32.const 1))
    (i32.const 0))

  (func (export "remove_no_key") (param i32 i32) (result i32)
    (call $remove (i32.const 0) (i32.const 0))
    (i32.const 0))

  (func (export "bad_value") (param i32 i32) (result i32)
    (call $write (i32.const 0) (i32.const 1) (i32.const 131070) (i32.const 3))
    (i32.const 0)))
