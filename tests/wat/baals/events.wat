;; Events: a topic and data each.
;;
;; function  output  abi gas
;; two               219      `note` with `first`, `note` with `second`: the topic stays the same
;; bare              100      an empty topic and no data
;; undone            109      emits `note` with `first`, then traps: no event
(module
  (import "env" "baals_emit_event" (func $emit (param i32 i32 i32 i32)))
  (memory (export "memory") 1)
  (data (i32.const 4096) "notefirstsecond")

  (func (export "two") (param i32 i32) (result i32)
    (call $emit (i32.const 4096) (i32.const 4) (i32.const 4100) (i32.const 5))
    (call $emit (i32.const 4096) (i32.const 4) (i32.const 4105) (i32.const 6))
    (i32.const 0))

  (func (export "bare") (param i32 i32) (result i32)
    (call $emit (i32.const 0) (i32.const 0) (i32.const 0) (i32.const 0))
    (i32.const 0))

  (func (export "undone") (param i32 i32) (result i32)
    (call $emit (i32.const 4096) (i32.const 4) (i32.const 4100) (i32.const 5))
    (unreachable)))
