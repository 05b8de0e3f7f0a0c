;; Every code of emit_event but those of lack: -2 (out of gas) and -3 (no memory).
;;
;; method      input  output                                       abi gas
;; done               i32 0: topic `topic`, data `data`            375
;; largest            i32 0: a topic of 64 and data of 1,024       375
;; empty              i32 0: an empty topic and no data            375
;; long_data          i32 -1: data of 1,025                        0
;; long_topic         i32 -4: a topic of 65                        375
;; bad_topic          i32 -4: the topic ends past memory           375
;; bad_data           i32 -5: the data ends past memory            375
;; order              i32 -1: the data's length is looked at       0
;;                    first, for free
;; many        u32    i32 0 after as many events; 100 are allowed  375 each
(module
  (import "env" "emit_event" (func $emit (param i32 i32 i32 i32) (result i32)))
  (memory (export "memory") 2)
  (data (i32.const 0) "topicdata")

  ;; The output is one i32.
  (func $answer (param $code i32) (result i32)
    (i32.store (i32.const 512) (i32.const 4))
    (i32.store (i32.const 516) (local.get $code))
    (i32.const 512))

  (func (export "contract_done") (param i32 i32) (result i32)
    (call $answer (call $emit (i32.const 0) (i32.const 5) (i32.const 5) (i32.const 4))))

  (func (export "contract_largest") (param i32 i32) (result i32)
    (call $answer (call $emit (i32.const 0) (i32.const 64) (i32.const 0) (i32.const 1024))))

  (func (export "contract_empty") (param i32 i32) (result i32)
    (call $answer (call $emit (i32.const 0) (i32.const 0) (i32.const 0) (i32.const 0))))

  (func (export "contract_long_data") (param i32 i32) (result i32)
    (call $answer (call $emit (i32.const 0) (i32.const 5) (i32.const 0) (i32.const 1025))))

  (func (export "contract_long_topic") (param i32 i32) (result i32)
    (call $answer (call $emit (i32.const 0) (i32.const 65) (i32.const 5) (i32.const 4))))

  (func (export "contract_bad_topic") (param i32 i32) (result i32)
    (call $answer (call $emit (i32.const 131068) (i32.const 5) (i32.const 5) (i32.const 4))))

  (func (export "contract_bad_data") (param i32 i32) (result i32)
    (call $answer (call $emit (i32.const 0) (i32.const 5) (i32.const 131069) (i32.const 4))))

  (func (export "contract_order") (param i32 i32) (result i32)
    (call $answer (call $emit (i32.const -1) (i32.const -1) (i32.const -1) (i32.const -1))))

  (func (export "contract_many") (param $ptr i32) (param $len i32) (result i32)
    (local $left i32)
    (local.set $left (i32.load (local.get $ptr)))
    (loop $next
      (if (local.get $left)
        (then
          (if (call $emit (i32.const 0) (i32.const 5) (i32.const 5) (i32.const 4))
            (then (unreachable)))
          (local.set $left (i32.sub (local.get $left) (i32.const 1)))
          (br $next))))
    (call $answer (i32.const 0))))
