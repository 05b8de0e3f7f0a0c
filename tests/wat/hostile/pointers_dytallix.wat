;; Pointers of the dytallix ABI at the end of memory, which has 131,072 bytes: what still lies in it
;; is taken, all else has a code.
;;
;; method        output
;; edge          i32 0: a key and a value that are the last bytes
;; wrap          i32 -4: a key's pointer near 2^32, whose end would wrap to a small number
;; value_wrap    i32 -5: the same for a value
;; get_edge      i32 4: reads into the last 4 bytes
;; get_past      i32 -5: reads across the end
;; emit_edge     i32 0: a topic and data that are the last bytes
;; emit_wrap     i32 -4
;; data_wrap     i32 -5
;; empty         i32 0: an empty topic and no data right behind the last byte
(module
  (import "env" "storage_get" (func $get (param i32 i32 i32 i32) (result i32)))
  (import "env" "storage_set" (func $set (param i32 i32 i32 i32) (result i32)))
  (import "env" "emit_event" (func $emit (param i32 i32 i32 i32) (result i32)))
  (memory (export "memory") 2)
  (data (i32.const 131064) "edgelast")

  ;; The output is one i32.
  (func $answer (param $code i32) (result i32)
    (i32.store (i32.const 512) (i32.const 4))
    (i32.store (i32.const 516) (local.get $code))
    (i32.const 512))

  (func $put (result i32)
    (call $set (i32.const 131068) (i32.const 4) (i32.const 131064) (i32.const 8)))

  (func (export "contract_edge") (param i32 i32) (result i32)
    (call $answer (call $put)))
  (func (export "contract_wrap") (param i32 i32) (result i32)
    (call $answer
      (call $set (i32.const 0xfffffffe) (i32.const 4) (i32.const 0) (i32.const 8))))
  (func (export "contract_value_wrap") (param i32 i32) (result i32)
    (call $answer
      (call $set (i32.const 131068) (i32.const 4) (i32.const 0xfffffffe) (i32.const 8))))
  (func (export "contract_get_edge") (param i32 i32) (result i32)
    (drop (call $put))
    (call $answer
      (call $get (i32.const 131068) (i32.const 4) (i32.const 131068) (i32.const 4))))
  (func (export "contract_get_past") (param i32 i32) (result i32)
    (drop (call $put))
    (call $answer
      (call $get (i32.const 131068) (i32.const 4) (i32.const 131068) (i32.const 8))))
  (func (export "contract_emit_edge") (param i32 i32) (result i32)
    (call $answer
      (call $emit (i32.const 131068) (i32.const 4) (i32.const 131064) (i32.const 8))))
  (func (export "contract_emit_wrap") (param i32 i32) (result i32)
    (call $answer
      (call $emit (i32.const 0xfffffffe) (i32.const 4) (i32.const 0) (i32.const 8))))
  (func (export "contract_data_wrap") (param i32 i32) (result i32)
    (call $answer
      (call $emit (i32.const 131068) (i32.const 4) (i32.const 0xfffffffe) (i32.const 8))))
  (func (export "contract_empty") (param i32 i32) (result i32)
    (call $answer
      (call $emit (i32.const 131072) (i32.const 0) (i32.const 131072) (i32.const 0)))))
