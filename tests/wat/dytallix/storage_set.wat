;; Every code of storage_set but those of lack: -2 (out of gas) and -3 (no memory).
;;
;; method      output                                          abi gas
;; done        i32 0                                           5,000
;; largest     i32 0: a key of 128 and a value of 16,384       5,000
;; long_key    i32 -1: a key of 129                            0
;; long_value  i32 -1: a value of 16,385                       0
;; bad_key     i32 -4: the key ends past memory                5,000
;; bad_value   i32 -5: the value ends past memory              5,000
;; full        i32 -6: 64 values of 16,384 bytes are 1 MiB,    325,000
;;             and the next byte is too much
;; replace     i32 0: as full, but the last write replaces     325,000
;;             a value by a smaller one
;; order       i32 -1: lengths are looked at first, for free   0
;;
;; Gas is counted once lengths are found good.
(module
  (import "env" "storage_set" (func $set (param i32 i32 i32 i32) (result i32)))
  (memory (export "memory") 2)
  (data (i32.const 0) "keyvalue")

  ;; The output is one i32.
  (func $answer (param $code i32) (result i32)
    (i32.store (i32.const 512) (i32.const 4))
    (i32.store (i32.const 516) (local.get $code))
    (i32.const 512))

  (func (export "contract_done") (param i32 i32) (result i32)
    (call $answer (call $set (i32.const 0) (i32.const 3) (i32.const 3) (i32.const 5))))

  (func (export "contract_largest") (param i32 i32) (result i32)
    (call $answer (call $set (i32.const 0) (i32.const 128) (i32.const 0) (i32.const 16384))))

  (func (export "contract_long_key") (param i32 i32) (result i32)
    (call $answer (call $set (i32.const 0) (i32.const 129) (i32.const 3) (i32.const 5))))

  (func (export "contract_long_value") (param i32 i32) (result i32)
    (call $answer (call $set (i32.const 0) (i32.const 3) (i32.const 0) (i32.const 16385))))

  (func (export "contract_bad_key") (param i32 i32) (result i32)
    (call $answer (call $set (i32.const 131070) (i32.const 3) (i32.const 3) (i32.const 5))))

  (func (export "contract_bad_value") (param i32 i32) (result i32)
    (call $answer (call $set (i32.const 0) (i32.const 3) (i32.const 131068) (i32.const 5))))

  ;; Writes 64 values of the largest size, each under a key of one byte, 0 to 63.
  (func $fill
    (local $key i32)
    (loop $next
      (i32.store8 (i32.const 256) (local.get $key))
      (if (call $set (i32.const 256) (i32.const 1) (i32.const 1024) (i32.const 16384))
        (then (unreachable)))
      (local.set $key (i32.add (local.get $key) (i32.const 1)))
      (br_if $next (i32.lt_u (local.get $key) (i32.const 64)))))

  (func (export "contract_full") (param i32 i32) (result i32)
    (call $fill)
    (call $answer (call $set (i32.const 0) (i32.const 3) (i32.const 3) (i32.const 1))))

  (func (export "contract_replace") (param i32 i32) (result i32)
    (call $fill)
    (call $answer (call $set (i32.const 256) (i32.const 1) (i32.const 3) (i32.const 5))))

  (func (export "contract_order") (param i32 i32) (result i32)
    (call $answer (call $set (i32.const -1) (i32.const -1) (i32.const -1) (i32.const -1)))))
