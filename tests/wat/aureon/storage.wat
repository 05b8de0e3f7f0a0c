;; Storage: what comes back, and what is refused. Keys are text, values are bytes.
;;
;; function    arguments   output                               abi gas
;; put         key, value  i32 0, or 1 over a limit             30
;; size        key         i32 bytes copied of 32 KiB, or -1    15
;; absent                  i32 -1                               15
;; short                   i32 3: a buffer of 3 takes 3 of 6    45
;; cut                     i32 0x00636261: what `short` copied  45
;; empty                   i32 0: an empty value is an entry    45
;; long_value  i32 length  i32 0, or 1 over the limit           30
;; long_key    i32 length  i32 0, or 1 over the limit           30
;; bad_key                 none: a key that is no text traps    30
;; read_bad                none: the same when reading          15
;; raw_value               i32 0: a value need not be text      30
(module
  (import "env" "storage_read" (func $read (param i32 i32 i32 i32) (result i32)))
  (import "env" "storage_write" (func $write (param i32 i32 i32 i32) (result i32)))
  (memory (export "memory") 2)
  (data (i32.const 0) "absent")
  (data (i32.const 16) "abcdef")
  (data (i32.const 32) "\ff\fe key")

  (func (export "put")
    (param $key i32) (param $key_len i32) (param $value i32) (param $value_len i32) (result i32)
    (call $write
      (local.get $key) (local.get $key_len) (local.get $value) (local.get $value_len)))

  (func (export "size") (param $key i32) (param $key_len i32) (result i32)
    (call $read (local.get $key) (local.get $key_len) (i32.const 65536) (i32.const 32768)))

  (func (export "absent") (result i32)
    (call $read (i32.const 0) (i32.const 6) (i32.const 64) (i32.const 8)))

  (func $short (export "short") (result i32)
    (drop (call $write (i32.const 16) (i32.const 6) (i32.const 16) (i32.const 6)))
    (call $read (i32.const 16) (i32.const 6) (i32.const 64) (i32.const 3)))

  (func (export "cut") (result i32)
    (drop (call $short))
    (i32.load (i32.const 64)))

  (func (export "empty") (result i32)
    (drop (call $write (i32.const 16) (i32.const 5) (i32.const 0) (i32.const 0)))
    (call $read (i32.const 16) (i32.const 5) (i32.const 64) (i32.const 8)))

  (func (export "long_value") (param $len i32) (result i32)
    (call $write (i32.const 16) (i32.const 4) (i32.const 0) (local.get $len)))

  ;; Fills the key with `k`: zeros would be text, too, but no key that anybody sees.
  (func (export "long_key") (param $len i32) (result i32)
    (memory.fill (i32.const 1024) (i32.const 107) (local.get $len))
    (call $write (i32.const 1024) (local.get $len) (i32.const 16) (i32.const 6)))

  (func (export "bad_key") (result i32)
    (call $write (i32.const 32) (i32.const 6) (i32.const 16) (i32.const 6)))

  (func (export "read_bad") (result i32)
    (call $read (i32.const 32) (i32.const 6) (i32.const 64) (i32.const 8)))

  (func (export "raw_value") (result i32)
    (call $write (i32.const 16) (i32.const 6) (i32.const 32) (i32.const 6))))
