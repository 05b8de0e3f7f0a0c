;; consume_gas counts gas and pays weight for it; 0, or -1 where not enough is left and nothing is
;; paid.
;;
;; method        input  output              abi gas
;; consume       u32    i32 code            as many as asked for, or 0
;; consume_wide  u64    i32 code            as many as asked for, or 0
;; twice                i32 0               300: 100, then 200
;;
;; Both widths of the amount are accepted, even side by side.
(module
  (import "env" "consume_gas" (func $consume (param i32) (result i32)))
  (import "env" "consume_gas" (func $consume_wide (param i64) (result i32)))
  (memory (export "memory") 2)

  ;; The output is one i32.
  (func $answer (param $code i32) (result i32)
    (i32.store (i32.const 512) (i32.const 4))
    (i32.store (i32.const 516) (local.get $code))
    (i32.const 512))

  (func (export "contract_consume") (param $ptr i32) (param $len i32) (result i32)
    (call $answer (call $consume (i32.load (local.get $ptr)))))

  (func (export "contract_consume_wide") (param $ptr i32) (param $len i32) (result i32)
    (call $answer (call $consume_wide (i64.load (local.get $ptr)))))

  (func (export "contract_twice") (param i32 i32) (result i32)
    (call $answer
      (i32.or (call $consume (i32.const 100)) (call $consume (i32.const 200))))))
