;; SHA2-256.
;;
;; function      arguments  output               abi gas
;; empty_module             32 bytes             50
;; hash          bytes      32 bytes             50 + length / 16
;; bad_place                none: the call traps 50
;;
;; The hash of the empty module, 8 bytes, is
;; 93a44bbb96c751218e4c00d479e4c14358122a389acca16205b1e4d0dc5f9476.
(module
  (import "env" "baals_hash_sha256" (func $hash (param i32 i32 i32)))
  (memory (export "memory") 1)
  (data (i32.const 32768) "\00asm\01\00\00\00")

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

  (func (export "empty_module") (param i32 i32) (result i32)
    (call $hash (i32.const 32768) (i32.const 8) (i32.const 0))
    (i32.const 32))

  (func (export "hash") (param i32 i32) (result i32)
    (call $hash (call $ptr (i32.const 0)) (call $len (i32.const 0)) (i32.const 0))
    (i32.const 32))

  (func (export "bad_place") (param i32 i32) (result i32)
    (call $hash (i32.const 32768) (i32.const 8) (i32.const 65505))
    (i32.const 0)))
