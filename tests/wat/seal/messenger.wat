;; Hands the XCM program that stands in its input to another chain, or executes it here.
;;
;; input: u32 length of the location, the location, the program; without a location it is executed here
;; output: i32 code, and where the program was sent the 32 bytes of its number
(module
	(import "seal0" "input" (func $input (param i32 i32)))
	(import "seal0" "seal_return" (func $return (param i32 i32 i32)))
	(import "seal0" "xcm_send" (func $send (param i32 i32 i32 i32) (result i32)))
	(import "seal0" "xcm_execute" (func $execute (param i32 i32) (result i32)))
	(import "env" "memory" (memory 2 2))
	(func (export "call")
		(local $program i32)
		(local $len i32)
		(i32.store (i32.const 0) (i32.const 0xfffc))
		(call $input (i32.const 4) (i32.const 0))
		(local.set $program (i32.add (i32.load (i32.const 4)) (i32.const 8)))
		(local.set $len
			(i32.sub (i32.add (i32.load (i32.const 0)) (i32.const 4)) (local.get $program)))
		(if (i32.load (i32.const 4))
			(then
				(i32.store
					(i32.const 0x10000)
					(call $send
						(i32.const 8)
						(local.get $program)
						(local.get $len)
						(i32.const 0x10004)))
				(call $return (i32.const 0) (i32.const 0x10000) (i32.const 36))))
		(i32.store (i32.const 0x10000) (call $execute (local.get $program) (local.get $len)))
		(call $return (i32.const 0) (i32.const 0x10000) (i32.const 4)))
	(func (export "deploy")))
