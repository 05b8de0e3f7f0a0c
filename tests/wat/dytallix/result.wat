;; What a result means: where a length and that many bytes lie, or nothing.
;;
;; method    input  output
;; echo      bytes  the same bytes
;; place            the two i32 that the method was given: 1,024 and the length of the input
;; nothing          none: the result is 0
;; negative         none: the result is -7, and the call succeeds
;; empty            none: a length of 0
;; longest          1,024 bytes
;; too_long         none: 1,025 bytes fail the call
;; no_length        none: the length ends past memory, which fails the call
;; no_bytes         none: the bytes end past memory, which fails the call
;; edge             `edge`: the last bytes of memory
(module
  (memory (export "memory") 2)
  (data (i32.const 131064) "\04\00\00\00edge")

  ;; The 4 bytes in front of the input are free for its length.
  (func (export "contract_echo") (param $ptr i32) (param $len i32) (result i32)
    (i32.store (i32.sub (local.get $ptr) (i32.const 4)) (local.get $len))
    (i32.sub (local.get $ptr) (i32.const 4)))

  (func (export "contract_place") (param $ptr i32) (param $len i32) (result i32)
    (i32.store (i32.const 512) (i32.const 8))
    (i32.store (i32.const 516) (local.get $ptr))
    (i32.store (i32.const 520) (local.get $len))
    (i32.const 512))

  (func (export "contract_nothing") (param i32 i32) (result i32) (i32.const 0))
  (func (export "contract_negative") (param i32 i32) (result i32) (i32.const -7))
  (func (export "contract_empty") (param i32 i32) (result i32) (i32.const 512))

  (func (export "contract_longest") (param i32 i32) (result i32)
    (i32.store (i32.const 512) (i32.const 1024))
    (i32.const 512))

  (func (export "contract_too_long") (param i32 i32) (result i32)
    (i32.store (i32.const 512) (i32.const 1025))
    (i32.const 512))

  (func (export "contract_no_length") (param i32 i32) (result i32) (i32.const 131069))

  (func (export "contract_no_bytes") (param i32 i32) (result i32)
    (i32.store (i32.const 131064) (i32.const 5))
    (i32.const 131064))

  (func (export "contract_edge") (param i32 i32) (result i32) (i32.const 131064)))
