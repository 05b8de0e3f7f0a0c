;; What current compilers emit and contracts may use: sign extension, bulk memory, a passive data
;; segment, mutable globals that are exported.
;;
;; function  output
;; run       three i32: -1 (extended from 8 bits), -2 (from 16 bits), and `abcd` from a passive
;;           segment, copied
(module
  (memory (export "memory") 1)
  (global $mutable (export "mutable") (mut i32) (i32.const 0))
  (data $passive "abcd")
  (func (export "run") (param i32 i32) (result i32)
    (i32.store (i32.const 0) (i32.extend8_s (i32.const 0xff)))
    (i32.store (i32.const 4) (i32.extend16_s (i32.const 0xfffe)))
    (memory.init $passive (i32.const 64) (i32.const 0) (i32.const 4))
    (data.drop $passive)
    (memory.copy (i32.const 8) (i32.const 64) (i32.const 4))
    (global.set $mutable (i32.const 1))
    (i32.const 12))
  (@custom "caisson.abi" "baals"))
