;; A constructor, which is given the deployer's input.
;;
;; method  input                 output                           abi gas
;; init    bytes, at most 1 KiB  none: keeps them                 5,000    constructor
;; get                           the bytes, none if there are no  200
(module
  (import "env" "storage_get" (func $get (param i32 i32 i32 i32) (result i32)))
  (import "env" "storage_set" (func $set (param i32 i32 i32 i32) (result i32)))
  (memory (export "memory") 2)
  (data (i32.const 0) "init")

  (func (export "contract_init") (param $ptr i32) (param $len i32) (result i32)
    (if (call $set (i32.const 0) (i32.const 4) (local.get $ptr) (local.get $len))
      (then (unreachable)))
    (i32.const 0))

  ;; The bytes go where the input would be, and their length in front of them.
  (func (export "contract_get") (param $ptr i32) (param $len i32) (result i32)
    (i32.store (i32.const 1020)
      (call $get (i32.const 0) (i32.const 4) (i32.const 1024) (i32.const 1024)))
    (i32.const 1020)))
