;; One function for each trap of Wasm itself, and the last one for none.
;;
;; function        output
;; unreachable     none: traps
;; divide          none: an integer divided by 0
;; remainder       none: a remainder by 0
;; overflow        none: the smallest i32 divided by -1
;; load            none: reads past the end of memory
;; store           none: writes across the end of memory
;; wrap            none: reads at an address plus offset above 2^32
;; fill            none: fills past the end of memory
;; copy            none: copies from past the end of memory
;; table           none: calls past the end of the table
;; null            none: calls an empty element of the table
;; signature       none: calls a function of another type through the table
;; none            i32 0
(module
  (type $other (func (param i64) (result i64)))
  (memory (export "memory") 1)
  (table 2 funcref)
  (elem (i32.const 0) $none)

  (func (export "unreachable") (param i32 i32) (result i32) (unreachable))
  (func (export "divide") (param i32 i32) (result i32)
    (i32.div_u (i32.const 1) (i32.load (i32.const 32768))))
  (func (export "remainder") (param i32 i32) (result i32)
    (i32.rem_s (i32.const 1) (i32.load (i32.const 32768))))
  (func (export "overflow") (param i32 i32) (result i32)
    (i32.div_s (i32.const 0x80000000) (i32.sub (i32.load (i32.const 32768)) (i32.const 1))))
  (func (export "load") (param i32 i32) (result i32)
    (i32.load (i32.const 65536)))
  (func (export "store") (param i32 i32) (result i32)
    (i32.store (i32.const 65533) (i32.const 1))
    (i32.const 0))
  (func (export "wrap") (param i32 i32) (result i32)
    (i32.load offset=4294967295 (i32.const 16)))
  (func (export "fill") (param i32 i32) (result i32)
    (memory.fill (i32.const 65535) (i32.const 1) (i32.const 2))
    (i32.const 0))
  (func (export "copy") (param i32 i32) (result i32)
    (memory.copy (i32.const 0) (i32.const 65535) (i32.const 2))
    (i32.const 0))
  (func (export "table") (param i32 i32) (result i32)
    (drop (call_indirect (type $other) (i64.const 0) (i32.const 2)))
    (i32.const 0))
  (func (export "null") (param i32 i32) (result i32)
    (drop (call_indirect (type $other) (i64.const 0) (i32.const 1)))
    (i32.const 0))
  (func (export "signature") (param i32 i32) (result i32)
    (drop (call_indirect (type $other) (i64.const 0) (i32.const 0)))
    (i32.const 0))
  (func $none (export "none") (param i32 i32) (result i32)
    (i32.store (i32.const 0) (i32.const 0))
    (i32.const 4))

  (@custom "caisson.abi" "baals"))
