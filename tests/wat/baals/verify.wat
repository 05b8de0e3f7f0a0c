;; ed25519 signatures.
;;
;; function  arguments                 output                        abi gas
;; verify    key, message, signature   i32 1 valid, 0 not, -1 where  500
;;                                     a key is not 32 or a
;;                                     signature not 64 bytes long
(module
  (import "env" "baals_verify_signature"
    (func $verify (param i32 i32 i32 i32 i32 i32) (result i32)))
  (memory (export "memory") 1)

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

  (func (export "verify") (param i32 i32) (result i32)
    (call $answer
      (call $verify
        (call $ptr (i32.const 0)) (call $len (i32.const 0))
        (call $ptr (i32.const 1)) (call $len (i32.const 1))
        (call $ptr (i32.const 2)) (call $len (i32.const 2))))))
