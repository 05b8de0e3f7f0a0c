;; A constructor by the name `_start`.
;;
;; function     arguments  output                        abi gas
;; constructor  payload                                  400      keeps its name and the payload
;; which                   the constructor that ran      100
;; payload                 what it was given             100
(module
  (import "env" "baals_storage_read" (func $read (param i32 i32 i32 i32) (result i32)))
  (import "env" "baals_storage_write" (func $write (param i32 i32 i32 i32)))
  (memory (export "memory") 1)
  (data (i32.const 32768) "whichpayload")
  (data (i32.const 32784) "instantiateinit_start")

  ;; Without an argument the length at 8 is one of the zeros that memory begins with.
  (func $keep (param $name i32) (param $len i32) (result i32)
    (call $write (i32.const 32768) (i32.const 5) (local.get $name) (local.get $len))
    (call $write (i32.const 32773) (i32.const 7) (i32.const 16) (i32.load (i32.const 8)))
    (i32.const 0))

  (func (export "_start") (param i32 i32) (result i32)
    (call $keep (i32.const 32799) (i32.const 6)))

  (func (export "which") (param i32 i32) (result i32)
    (call $read (i32.const 32768) (i32.const 5) (i32.const 0) (i32.const 1024)))

  (func (export "payload") (param i32 i32) (result i32)
    (call $read (i32.const 32773) (i32.const 7) (i32.const 0) (i32.const 1024))))
