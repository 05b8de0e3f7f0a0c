;; Runs the steps that stand in its input, and returns what they noted.
;;
;; A step is a byte and its fields, numbers little-endian:
;;
;;   0                             end: return what was noted
;;   1  import: u8, args: u8, i64s call a host function, note its result as an i64, 0 where it has none
;;   2  at: u32, len: u32, bytes   write to memory
;;   3  at: u32, len: u32          note bytes of memory
;;   4                             trap
;;   5                             end: revert with what was noted
;;   6  at: u32, len: u32, u8      fill memory with a byte
;;   7                             never end
;;
;; The tests put in, at the marks, the imports, and for each of them a function that takes where its
;; arguments stand, and an element of the table that names it. As it stands here it calls nothing.
;;
;; Memory: below 0x80000 it is free for steps, from there on is what was noted, at 0xc0000 the input behind
;; its length, 0x100000 is the end.
(module
	(type $arm (func (param $args i32) (result i64)))
	(import "seal0" "input" (func $plumb_input (param i32 i32)))
	(import "seal0" "seal_return" (func $plumb_return (param i32 i32 i32)))
	;; @imports
	(import "env" "memory" (memory 16 16))
	(table 256 funcref)
	;; @arms
	(global $note (mut i32) (i32.const 0x80000))

	(func $copy (param $to i32) (param $from i32) (param $len i32)
		(local $end i32)
		(local.set $end (i32.add (local.get $from) (local.get $len)))
		(block $done
			(loop $next
				(br_if $done (i32.ge_u (local.get $from) (local.get $end)))
				(i32.store8 (local.get $to) (i32.load8_u (local.get $from)))
				(local.set $to (i32.add (local.get $to) (i32.const 1)))
				(local.set $from (i32.add (local.get $from) (i32.const 1)))
				(br $next))))

	(func $fill (param $at i32) (param $len i32) (param $byte i32)
		(local $end i32)
		(local.set $end (i32.add (local.get $at) (local.get $len)))
		(block $done
			(loop $next
				(br_if $done (i32.ge_u (local.get $at) (local.get $end)))
				(i32.store8 (local.get $at) (local.get $byte))
				(local.set $at (i32.add (local.get $at) (i32.const 1)))
				(br $next))))

	(func $end (param $flags i32)
		(call $plumb_return
			(local.get $flags)
			(i32.const 0x80000)
			(i32.sub (global.get $note) (i32.const 0x80000))))

	(func $run
		(local $at i32)
		(local $step i32)
		(i32.store (i32.const 0xc0000) (i32.const 0x3fffc))
		(call $plumb_input (i32.const 0xc0004) (i32.const 0xc0000))
		;; Without input there is nothing to do.
		(if (i32.eqz (i32.load (i32.const 0xc0000))) (then (return)))
		(local.set $at (i32.const 0xc0004))
		(loop $next
			(local.set $step (i32.load8_u (local.get $at)))
			(if (i32.eqz (local.get $step))
				(then (call $end (i32.const 0))))
			(if (i32.eq (local.get $step) (i32.const 1))
				(then
					(i64.store
						(global.get $note)
						(call_indirect (type $arm)
							(i32.add (local.get $at) (i32.const 3))
							(i32.load8_u offset=1 (local.get $at))))
					(global.set $note (i32.add (global.get $note) (i32.const 8)))
					(local.set $at
						(i32.add
							(i32.add (local.get $at) (i32.const 3))
							(i32.shl (i32.load8_u offset=2 (local.get $at)) (i32.const 3))))
					(br $next)))
			(if (i32.eq (local.get $step) (i32.const 2))
				(then
					(call $copy
						(i32.load offset=1 (local.get $at))
						(i32.add (local.get $at) (i32.const 9))
						(i32.load offset=5 (local.get $at)))
					(local.set $at
						(i32.add
							(i32.add (local.get $at) (i32.const 9))
							(i32.load offset=5 (local.get $at))))
					(br $next)))
			(if (i32.eq (local.get $step) (i32.const 3))
				(then
					(call $copy
						(global.get $note)
						(i32.load offset=1 (local.get $at))
						(i32.load offset=5 (local.get $at)))
					(global.set $note
						(i32.add (global.get $note) (i32.load offset=5 (local.get $at))))
					(local.set $at (i32.add (local.get $at) (i32.const 9)))
					(br $next)))
			(if (i32.eq (local.get $step) (i32.const 5))
				(then (call $end (i32.const 1))))
			(if (i32.eq (local.get $step) (i32.const 6))
				(then
					(call $fill
						(i32.load offset=1 (local.get $at))
						(i32.load offset=5 (local.get $at))
						(i32.load8_u offset=9 (local.get $at)))
					(local.set $at (i32.add (local.get $at) (i32.const 10)))
					(br $next)))
			(if (i32.eq (local.get $step) (i32.const 7))
				(then (loop $for_ever (br $for_ever))))
			unreachable))

	(func (export "call") (call $run))
	(func (export "deploy") (call $run)))
