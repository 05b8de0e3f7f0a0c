;; A `baals` contract that does what it is told: one function for each thing that a test wants done.
;;
;; | function | arguments | output |
;; |---|---|---|
;; | `put` | key, value | what `baals_storage_write` returned, 4 bytes LE |
;; | `del` | key | what `baals_storage_remove` returned, 4 bytes LE |
;; | `take` | key | the value |
;; | `emit` | topic, data | |
;; | `emit_many` | topic, data | emits it without end |
;; | `stop` | message | reverts with it, after a write and an event |
;; | `spin` | | never comes back |
;; | `recurse` | | calls itself without end |
;; | `grow` | | takes memory page by page as long as it gets any; the number of pages, 4 bytes LE |
;; | `beyond` | | reads behind its memory |
;; | `divide` | | divides by zero |
;; | `poke` | | gives the host a key that is not in memory; what it returned, 4 bytes LE |
(module
	(import "env" "baals_storage_read" (func $read (param i32 i32 i32 i32) (result i32)))
	(import "env" "baals_storage_write" (func $write (param i32 i32 i32 i32) (result i32)))
	(import "env" "baals_storage_remove" (func $remove (param i32 i32) (result i32)))
	(import "env" "baals_emit_event" (func $event (param i32 i32 i32 i32)))
	(import "env" "baals_revert" (func $revert (param i32 i32)))
	(memory (export "memory") 2)

	;; The arguments lie at 0: their number, then each behind its length, all numbers of 8 bytes.
	(func $first (result i32) (i32.const 16))
	(func $first_len (result i32) (i32.wrap_i64 (i64.load (i32.const 8))))
	(func $second (result i32) (i32.add (i32.const 24) (call $first_len)))
	(func $second_len (result i32) (i32.wrap_i64 (i64.load (i32.add (i32.const 16) (call $first_len)))))

	(func $output_i32 (param $value i32) (result i32)
		(i32.store (i32.const 0) (local.get $value))
		(i32.const 4))

	(func (export "put") (param i32 i32) (result i32)
		(call $output_i32
			(call $write (call $first) (call $first_len) (call $second) (call $second_len))))

	(func (export "del") (param i32 i32) (result i32)
		(call $output_i32 (call $remove (call $first) (call $first_len))))

	(func (export "take") (param i32 i32) (result i32)
		(call $read (call $first) (call $first_len) (i32.const 0) (i32.const 16384)))

	(func (export "emit") (param i32 i32) (result i32)
		(call $event (call $first) (call $first_len) (call $second) (call $second_len))
		(i32.const 0))

	(func (export "emit_many") (param i32 i32) (result i32)
		(loop $again
			(call $event (call $first) (call $first_len) (call $second) (call $second_len))
			(br $again))
		(unreachable))

	(func (export "stop") (param i32 i32) (result i32)
		(drop (call $write (i32.const 0) (i32.const 8) (call $first) (call $first_len)))
		(call $event (i32.const 0) (i32.const 8) (call $first) (call $first_len))
		(call $revert (call $first) (call $first_len))
		(i32.const 0))

	(func (export "spin") (param i32 i32) (result i32)
		(loop $again (br $again))
		(unreachable))

	(func $recurse (export "recurse") (param i32 i32) (result i32)
		(i32.add (i32.const 1) (call $recurse (local.get 0) (local.get 1))))

	(func (export "grow") (param i32 i32) (result i32)
		(loop $again
			(br_if $again (i32.ne (memory.grow (i32.const 1)) (i32.const -1))))
		(call $output_i32 (memory.size)))

	(func (export "beyond") (param i32 i32) (result i32)
		(i32.load (i32.const 0x7ffffff0)))

	(func (export "divide") (param i32 i32) (result i32)
		(i32.div_u (i32.const 1) (i32.load (i32.const 65536))))

	(func (export "poke") (param i32 i32) (result i32)
		(call $output_i32 (call $read (i32.const 0x7ffffff0) (i32.const 0x7fffffff) (i32.const 0) (i32.const 8)))))
