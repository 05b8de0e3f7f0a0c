;; Many events in one call.
;;
;; function  arguments  output                                        abi gas
;; emit      u32 n      none: n events, topic `spam`, 8 bytes         112 each
;; flood                none: 10,000 events, which is over the limit
(module
  (import "env" "baals_emit_event" (func $emit (param i32 i32 i32 i32)))
  (memory (export "memory") 1)
  (data (i32.const 4096) "spam")

  (func $emit_many (param $left i32) (result i32)
    (loop $next
      (if (local.get $left)
        (then
          (call $emit (i32.const 4096) (i32.const 4) (i32.const 4096) (i32.const 8))
          (local.set $left (i32.sub (local.get $left) (i32.const 1)))
          (br $next))))
    (i32.const 0))

  ;; The first argument lies at 16.
  (func (export "emit") (param i32 i32) (result i32)
    (call $emit_many (i32.load (i32.const 16))))

  (func (export "flood") (param i32 i32) (result i32)
    (call $emit_many (i32.const 10000))))
