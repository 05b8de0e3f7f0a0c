;; How a method is found: by its name, with `_` in front, then `main`. Each outputs its own name.
;;
;; called    output
;; plain     `plain`
;; hidden    `_hidden`
;; both      `both`, not `_both`
;; _both     `_both`
;; anything  `main`
(module
  (memory (export "memory") 1)
  (data (i32.const 4096) "plain_hiddenboth_bothmain")

  (func $output (param $ptr i32) (param $len i32) (result i32)
    (memory.copy (i32.const 0) (local.get $ptr) (local.get $len))
    (local.get $len))

  (func (export "plain") (param i32 i32) (result i32)
    (call $output (i32.const 4096) (i32.const 5)))
  (func (export "_hidden") (param i32 i32) (result i32)
    (call $output (i32.const 4101) (i32.const 7)))
  (func (export "both") (param i32 i32) (result i32)
    (call $output (i32.const 4108) (i32.const 4)))
  (func (export "_both") (param i32 i32) (result i32)
    (call $output (i32.const 4112) (i32.const 5)))
  (func (export "main") (param i32 i32) (result i32)
    (call $output (i32.const 4117) (i32.const 4)))

  (@custom "caisson.abi" "baals"))
