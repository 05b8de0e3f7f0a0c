;; A chain of contracts, each of which calls the next: as deep as frames may lie on each other.
;; Deploy the last first, without a payload, then the others, each with the one before as payload.
;;
;; function  arguments    output
;; init      id or empty  constructor: remembers the next contract
;; descend                u32 length of the chain from here on, as far as calls succeed
;; burn                   none: calls `burn` of the next, then loops for ever; at the end of the
;;                        chain loops at once
(module
  (import "env" "baals_storage_read" (func $read (param i32 i32 i32 i32) (result i32)))
  (import "env" "baals_storage_write" (func $write (param i32 i32 i32 i32) (result i32)))
  (import "env" "baals_call_contract"
    (func $call (param i32 i32 i32 i32 i32 i32 i64) (result i32)))
  (import "env" "baals_read_call_result" (func $result (param i32 i32) (result i32)))
  (memory (export "memory") 1)
  (data (i32.const 4096) "nextdescendburn")

  ;; The payload lies at 16, its length at 8.
  (func (export "init") (param i32 i32) (result i32)
    (if (i32.eq (i32.load (i32.const 8)) (i32.const 32))
      (then
        (if (call $write (i32.const 4096) (i32.const 4) (i32.const 16) (i32.const 32))
          (then (unreachable)))))
    (i32.const 0))

  ;; Calls a method of the next contract; 1 if there is one and the call succeeded.
  (func $next (param $method i32) (param $len i32) (result i32)
    (if (i32.ne
          (call $read (i32.const 4096) (i32.const 4) (i32.const 4128) (i32.const 32))
          (i32.const 32))
      (then (return (i32.const 0))))
    (i32.ge_s
      (call $call
        (i32.const 4128) (i32.const 32)
        (local.get $method) (local.get $len)
        (i32.const 0) (i32.const 0)
        (i64.const 0))
      (i32.const 0)))

  (func (export "descend") (param i32 i32) (result i32)
    (i32.store (i32.const 4160) (i32.const 0))
    (if (call $next (i32.const 4100) (i32.const 7))
      (then (drop (call $result (i32.const 4160) (i32.const 4)))))
    (i32.store (i32.const 0) (i32.add (i32.load (i32.const 4160)) (i32.const 1)))
    (i32.const 4))

  (func (export "burn") (param i32 i32) (result i32)
    (drop (call $next (i32.const 4107) (i32.const 4)))
    (loop $again (br $again))
    (unreachable)))
