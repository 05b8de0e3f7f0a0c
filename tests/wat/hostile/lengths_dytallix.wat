;; Lengths of 1 MiB that all lie in memory: over every limit of the dytallix ABI.
;;
;; method   output                        abi gas
;; key      i32 -1                        0
;; value    i32 -1                        0
;; get_key  i32 -3                        200
;; buffer   i32 0: there is no entry      200
;; topic    i32 -4                        375
;; data     i32 -1                        0
;; output   none: the call fails          0
(module
  (import "env" "storage_get" (func $get (param i32 i32 i32 i32) (result i32)))
  (import "env" "storage_set" (func $set (param i32 i32 i32 i32) (result i32)))
  (import "env" "emit_event" (func $emit (param i32 i32 i32 i32) (result i32)))
  (memory (export "memory") 17)

  ;; The output is one i32.
  (func $answer (param $code i32) (result i32)
    (i32.store (i32.const 512) (i32.const 4))
    (i32.store (i32.const 516) (local.get $code))
    (i32.const 512))

  (func (export "contract_key") (param i32 i32) (result i32)
    (call $answer
      (call $set (i32.const 0) (i32.const 0x100000) (i32.const 0) (i32.const 1))))
  (func (export "contract_value") (param i32 i32) (result i32)
    (call $answer
      (call $set (i32.const 0) (i32.const 1) (i32.const 0) (i32.const 0x100000))))
  (func (export "contract_get_key") (param i32 i32) (result i32)
    (call $answer
      (call $get (i32.const 0) (i32.const 0x100000) (i32.const 0) (i32.const 1))))
  (func (export "contract_buffer") (param i32 i32) (result i32)
    (call $answer
      (call $get (i32.const 0) (i32.const 1) (i32.const 0) (i32.const 0x100000))))
  (func (export "contract_topic") (param i32 i32) (result i32)
    (call $answer
      (call $emit (i32.const 0) (i32.const 0x100000) (i32.const 0) (i32.const 1))))
  (func (export "contract_data") (param i32 i32) (result i32)
    (call $answer
      (call $emit (i32.const 0) (i32.const 1) (i32.const 0) (i32.const 0x100000))))
  (func (export "contract_output") (param i32 i32) (result i32)
    (i32.store (i32.const 512) (i32.const 0x100000))
    (i32.const 512)))
