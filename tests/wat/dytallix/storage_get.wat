;; Every code of storage_get but those of lack: -1 (out of gas) and -2 (no memory).
;;
;; method     output                                       abi gas
;; copied     i32 5: the whole value                       5,200
;; short      i32 3: a buffer of 3 takes 3 of 5            5,200
;; absent     i32 0                                        200
;; longest    i32 0: a key of 128 bytes may be asked for   200
;; long_key   i32 -3: a key of 129 bytes                   200
;; bad_key    i32 -4: the key ends past memory             200
;; bad_value  i32 -5: the value's place ends past memory   5,200
;; order      i32 -3: the length of a key is looked at     200
;;            before where it is
;;
;; Gas is counted before anything is looked at.
(module
  (import "env" "storage_get" (func $get (param i32 i32 i32 i32) (result i32)))
  (import "env" "storage_set" (func $set (param i32 i32 i32 i32) (result i32)))
  (memory (export "memory") 2)
  (data (i32.const 0) "keyvalue")

  ;; The output is one i32.
  (func $answer (param $code i32) (result i32)
    (i32.store (i32.const 512) (i32.const 4))
    (i32.store (i32.const 516) (local.get $code))
    (i32.const 512))

  (func $put
    (if (call $set (i32.const 0) (i32.const 3) (i32.const 3) (i32.const 5))
      (then (unreachable))))

  (func (export "contract_copied") (param i32 i32) (result i32)
    (call $put)
    (call $answer (call $get (i32.const 0) (i32.const 3) (i32.const 64) (i32.const 100))))

  (func (export "contract_short") (param i32 i32) (result i32)
    (call $put)
    (call $answer (call $get (i32.const 0) (i32.const 3) (i32.const 64) (i32.const 3))))

  (func (export "contract_absent") (param i32 i32) (result i32)
    (call $answer (call $get (i32.const 3) (i32.const 5) (i32.const 64) (i32.const 100))))

  (func (export "contract_longest") (param i32 i32) (result i32)
    (call $answer (call $get (i32.const 0) (i32.const 128) (i32.const 256) (i32.const 100))))

  (func (export "contract_long_key") (param i32 i32) (result i32)
    (call $answer (call $get (i32.const 0) (i32.const 129) (i32.const 256) (i32.const 100))))

  (func (export "contract_bad_key") (param i32 i32) (result i32)
    (call $answer (call $get (i32.const 131070) (i32.const 3) (i32.const 64) (i32.const 100))))

  (func (export "contract_bad_value") (param i32 i32) (result i32)
    (call $put)
    (call $answer (call $get (i32.const 0) (i32.const 3) (i32.const 131068) (i32.const 5))))

  (func (export "contract_order") (param i32 i32) (result i32)
    (call $answer (call $get (i32.const -1) (i32.const -1) (i32.const -1) (i32.const -1)))))
