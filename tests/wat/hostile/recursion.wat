;; Recursion within one frame.
;;
;; function  arguments  output
;; depth     u32 n      i32 n: returns from a recursion of that depth; a trap where it is too deep
;; endless              none: a trap, by the limit of open calls
;; wide                 none: as endless, each call with 200 locals
;; indirect             none: as endless, through the table
(module
  (type $down (func (param i32) (result i32)))
  (memory (export "memory") 1)
  (table 1 funcref)
  (elem (i32.const 0) $indirect)

  (func $depth (param $left i32) (result i32)
    (if (i32.eqz (local.get $left))
      (then (return (i32.const 0))))
    (i32.add (call $depth (i32.sub (local.get $left) (i32.const 1))) (i32.const 1)))

  (func $endless (param $n i32) (result i32)
    (i32.add (call $endless (i32.add (local.get $n) (i32.const 1))) (i32.const 1)))

  (func $wide (param $n i32) (result i32)
    (local i64 i64 i64 i64 i64 i64 i64 i64 i64 i64 i64 i64 i64 i64 i64 i64 i64 i64 i64 i64)
    (local i64 i64 i64 i64 i64 i64 i64 i64 i64 i64 i64 i64 i64 i64 i64 i64 i64 i64 i64 i64)
    (local i64 i64 i64 i64 i64 i64 i64 i64 i64 i64 i64 i64 i64 i64 i64 i64 i64 i64 i64 i64)
    (local i64 i64 i64 i64 i64 i64 i64 i64 i64 i64 i64 i64 i64 i64 i64 i64 i64 i64 i64 i64)
    (local i64 i64 i64 i64 i64 i64 i64 i64 i64 i64 i64 i64 i64 i64 i64 i64 i64 i64 i64 i64)
    (local i64 i64 i64 i64 i64 i64 i64 i64 i64 i64 i64 i64 i64 i64 i64 i64 i64 i64 i64 i64)
    (local i64 i64 i64 i64 i64 i64 i64 i64 i64 i64 i64 i64 i64 i64 i64 i64 i64 i64 i64 i64)
    (local i64 i64 i64 i64 i64 i64 i64 i64 i64 i64 i64 i64 i64 i64 i64 i64 i64 i64 i64 i64)
    (local i64 i64 i64 i64 i64 i64 i64 i64 i64 i64 i64 i64 i64 i64 i64 i64 i64 i64 i64 i64)
    (local i64 i64 i64 i64 i64 i64 i64 i64 i64 i64 i64 i64 i64 i64 i64 i64 i64 i64 i64 i64)
    (i32.add (call $wide (i32.add (local.get $n) (i32.const 1))) (i32.const 1)))

  (func $indirect (param $n i32) (result i32)
    (i32.add (call_indirect (type $down) (local.get $n) (i32.const 0)) (i32.const 1)))

  (func $answer (param $code i32) (result i32)
    (i32.store (i32.const 0) (local.get $code))
    (i32.const 4))

  ;; The first argument lies at 16.
  (func (export "depth") (param i32 i32) (result i32)
    (call $answer (call $depth (i32.load (i32.const 16)))))
  (func (export "endless") (param i32 i32) (result i32)
    (call $answer (call $endless (i32.const 0))))
  (func (export "wide") (param i32 i32) (result i32)
    (call $answer (call $wide (i32.const 0))))
  (func (export "indirect") (param i32 i32) (result i32)
    (call $answer (call $indirect (i32.const 0))))

  (@custom "caisson.abi" "baals"))
