;; How arguments and results pass: by the export's own signature.
;;
;; function   signature                       output
;; nothing    () -> ()                        empty
;; small      () -> i32                       4 bytes: -2
;; large      () -> i64                       8 bytes: -3
;; same_i32   (i32) -> i32                    the argument
;; same_i64   (i64) -> i64                    the argument
;; length     (ptr, len) -> i32               its length
;; first      (ptr, len) -> i32               its first byte
;; place      (ptr, len) -> i32               where it lies: in a page of its own, from 65,536 on
;; joined     (ptr, len, ptr, len) -> i64     the first length times 2^32, plus the second
;; mixed      (ptr, len, i64, i32) -> i64     length + i64 + i32
;;
;; No function costs abi gas.
(module
  (memory (export "memory") 1)

  (func (export "nothing"))
  (func (export "small") (result i32) (i32.const -2))
  (func (export "large") (result i64) (i64.const -3))
  (func (export "same_i32") (param $value i32) (result i32) (local.get $value))
  (func (export "same_i64") (param $value i64) (result i64) (local.get $value))
  (func (export "length") (param $ptr i32) (param $len i32) (result i32) (local.get $len))
  (func (export "first") (param $ptr i32) (param $len i32) (result i32)
    (i32.load8_u (local.get $ptr)))
  (func (export "place") (param $ptr i32) (param $len i32) (result i32) (local.get $ptr))

  (func (export "joined")
    (param $one i32) (param $one_len i32) (param $two i32) (param $two_len i32) (result i64)
    (i64.or
      (i64.shl (i64.extend_i32_u (local.get $one_len)) (i64.const 32))
      (i64.extend_i32_u (local.get $two_len))))

  (func (export "mixed")
    (param $ptr i32) (param $len i32) (param $large i64) (param $small i32) (result i64)
    (i64.add
      (i64.add (i64.extend_i32_u (local.get $len)) (local.get $large))
      (i64.extend_i32_s (local.get $small))))

  (@custom "caisson.abi" "aureon"))
