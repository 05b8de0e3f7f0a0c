;; What a result means: that many bytes of output from offset 0, or nothing.
;;
;; function   arguments  output
;; bytes      u32 n      n bytes of memory from offset 0, where the arguments lie
;; nothing               none: the result is 0
;; negative              none: the result is -7, and the call succeeds
;; past                  none: more than memory holds, which fails the call
(module
  (memory (export "memory") 1)
  (func (export "bytes") (param i32 i32) (result i32) (i32.load (i32.const 16)))
  (func (export "nothing") (param i32 i32) (result i32) (i32.const 0))
  (func (export "negative") (param i32 i32) (result i32) (i32.const -7))
  (func (export "past") (param i32 i32) (result i32) (i32.const 65537))
  (@custom "caisson.abi" "baals"))
