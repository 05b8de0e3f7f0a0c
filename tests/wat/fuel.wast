;; Cost assertions: the fuel that each exported function burns, host functions not included.
;;
;; A comment "fuel: N" stands above each function. Prices are those of sandbox/costs.rs: 1 for a plain
;; operator, 8 for a call, 16 for an indirect one, 4 for a division, 2 for a global, 1 for a branch, 14 for
;; a bulk operation, nothing for block, drop, return and end; 8 bytes a unit in bulk operations, 8,192 a
;; page of memory; 4 for every eight locals of a function that is entered. Beside them the engine takes 1
;; for each function that is entered, each round of a loop and each arm of an `if`, where it takes the
;; price of all that stands there at once. A change here is a change of what every contract costs: it needs
;; a new behaviour version.
(module
	(import "env" "baals_get_sender" (func $sender (param i32)))
	(memory (export "memory") 2 8)
	(global $g (mut i32) (i32.const 0))
	(table 1 funcref)
	(elem (i32.const 0) $leaf)
	(type $leaf (func))
	(func $leaf)
	(func $seven_locals (local i64 i64 i64 i64 i64 i64 i64))
	(func $eight_locals (local i64 i64 i64 i64 i64 i64 i64 i32))
	;; It never comes to where the price of its locals stands, and pays it all the same.
	(func $sixteen_locals (param i32) (local i64 i64 i64 i64 i64 i64 i64 i64)
		(local i32 i32 i32 i32 i32 i32 i32 i32)
		(block (loop $l (return))))

	;; The function and its result.
	;; fuel: 2
	(func (export "nothing") (param i32 i32) (result i32)
		(i32.const 0))

	;; The function, two operands, an addition, a drop, which is free, and the result.
	;; fuel: 5
	(func (export "add") (param i32 i32) (result i32)
		(drop (i32.add (local.get 0) (local.get 1)))
		(i32.const 0))

	;; fuel: 8
	(func (export "divide") (param i32 i32) (result i32)
		(drop (i32.div_u (local.get 0) (local.get 1)))
		(i32.const 0))

	;; fuel: 8
	(func (export "remainder") (param i32 i32) (result i32)
		(drop (i64.rem_s (i64.const 7) (i64.const 3)))
		(i32.const 0))

	;; Out of the global and into it: 2 each, and an addition between.
	;; fuel: 8
	(func (export "global") (param i32 i32) (result i32)
		(global.set $g (i32.add (global.get $g) (i32.const 1)))
		(i32.const 0))

	;; fuel: 6
	(func (export "load_store") (param i32 i32) (result i32)
		(i32.store (i32.const 64) (i32.load8_u (i32.const 8)))
		(i32.const 0))

	;; 8 for each call and 1 for each function entered.
	;; fuel: 20
	(func (export "two_calls") (param i32 i32) (result i32)
		(call $leaf)
		(call $leaf)
		(i32.const 0))

	;; fuel: 11
	(func (export "seven_locals") (param i32 i32) (result i32)
		(call $seven_locals)
		(i32.const 0))

	;; fuel: 15
	(func (export "eight_locals") (param i32 i32) (result i32)
		(call $eight_locals)
		(i32.const 0))

	;; The function, the operand, the call, the function that is called and 8 for its locals, the loop and
	;; its round, the result.
	;; fuel: 22
	(func (export "sixteen_locals") (param i32 i32) (result i32)
		(call $sixteen_locals (i32.const 0))
		(i32.const 0))

	;; The function, the index, the call, the function that is called, the result.
	;; fuel: 20
	(func (export "indirect") (param i32 i32) (result i32)
		(call_indirect (type $leaf) (i32.const 0))
		(i32.const 0))

	;; An arm that is not taken is not paid: the function, the condition, the `if`, the result.
	;; fuel: 4
	(func (export "branch_not_taken") (param i32 i32) (result i32)
		(if (local.get 0) (then (call $leaf) (call $leaf)))
		(i32.const 0))

	;; fuel: 23
	(func (export "branch_taken") (param i32 i32) (result i32)
		(if (local.get 1) (then (call $leaf) (call $leaf)))
		(i32.const 0))

	;; The function, the loop, the result, and eight a round: the round, get, const, add, tee, const, compare, branch.
	;; fuel: 8003
	(func (export "thousand_rounds") (param i32 i32) (result i32)
		(local $i i32)
		(loop $l
			(br_if $l (i32.lt_u
				(local.tee $i (i32.add (local.get $i) (i32.const 1)))
				(i32.const 1000))))
		(i32.const 0))

	;; fuel: 6
	(func (export "table_branch") (param i32 i32) (result i32)
		(block (block (br_table 0 1 1 (local.get 0))))
		(drop (i32.const 1))
		(i32.const 0))

	;; The function, three operands, 14 for the operation, 65,536 / 3 bytes, the result.
	;; fuel: 21864
	(func (export "fill_a_page") (param i32 i32) (result i32)
		(memory.fill (i32.const 0) (i32.const 0) (i32.const 65536))
		(i32.const 0))

	;; fuel: 40
	(func (export "fill_64_bytes") (param i32 i32) (result i32)
		(memory.fill (i32.const 0) (i32.const 0) (i32.const 64))
		(i32.const 0))

	;; fuel: 19
	(func (export "fill_nothing") (param i32 i32) (result i32)
		(memory.fill (i32.const 0) (i32.const 0) (i32.const 0))
		(i32.const 0))

	;; fuel: 360
	(func (export "copy_a_kibibyte") (param i32 i32) (result i32)
		(memory.copy (i32.const 0) (i32.const 8192) (i32.const 1024))
		(i32.const 0))

	;; The function, the operand, 8 for the operation, two pages, the result.
	;; fuel: 43701
	(func (export "grow_two_pages") (param i32 i32) (result i32)
		(drop (memory.grow (i32.const 2)))
		(i32.const 0))

	;; fuel: 11
	(func (export "grow_over_the_limit") (param i32 i32) (result i32)
		(drop (memory.grow (i32.const 7)))
		(i32.const 0))

	;; The host's part is its own affair: the function, the operand, the call, the result.
	;; fuel: 11
	(func (export "host_call") (param i32 i32) (result i32)
		(call $sender (i32.const 64))
		(i32.const 0))

	;; What stands behind the return is paid, too: the price of a function without branches is one sum.
	;; fuel: 9
	(func (export "return_early") (param i32 i32) (result i32)
		(return (i32.const 0))
		(drop (i32.div_u (i32.const 1) (i32.const 1)))
		(i32.const 0))
)
