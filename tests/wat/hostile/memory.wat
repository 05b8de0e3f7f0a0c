;; Takes as much memory as it gets.
;;
;; function  output
;; single    i32 pages at the end: grows by 1 and touches each page, until that is refused
;; at_once   i32 -1: grows by 65,535 pages at once, which is refused
;; asked     i32 pages at the end: as single, and asks baals_memory_grow each time (100 gas a page)
;; zeroed    i32 0: the bytes of a page that came, or-ed together
;; fill      i32 pages at the end: as single, and fills all of memory each time
(module
  (import "env" "baals_memory_grow" (func $size (result i32)))
  (memory (export "memory") 1)

  (func $answer (param $code i32) (result i32)
    (i32.store (i32.const 0) (local.get $code))
    (i32.const 4))

  ;; Grows by a page; 1 if there is one more. Its last byte is written.
  (func $more (result i32)
    (if (i32.lt_s (memory.grow (i32.const 1)) (i32.const 0))
      (then (return (i32.const 0))))
    (i32.store8
      (i32.sub (i32.shl (memory.size) (i32.const 16)) (i32.const 1))
      (i32.const 1))
    (i32.const 1))

  (func (export "single") (param i32 i32) (result i32)
    (loop $next (br_if $next (call $more)))
    (call $answer (memory.size)))

  (func (export "at_once") (param i32 i32) (result i32)
    (call $answer (memory.grow (i32.const 65535))))

  (func (export "asked") (param i32 i32) (result i32)
    (loop $next
      (drop (call $size))
      (br_if $next (call $more)))
    (call $answer (memory.size)))

  (func (export "zeroed") (param i32 i32) (result i32)
    (local $at i32) (local $seen i64)
    (local.set $at (i32.shl (memory.grow (i32.const 1)) (i32.const 16)))
    (loop $next
      (local.set $seen (i64.or (local.get $seen) (i64.load (local.get $at))))
      (local.set $at (i32.add (local.get $at) (i32.const 8)))
      (br_if $next (i32.lt_u (local.get $at) (i32.const 131072))))
    (call $answer (i64.ne (local.get $seen) (i64.const 0))))

  (func (export "fill") (param i32 i32) (result i32)
    (loop $next
      (memory.fill (i32.const 0) (i32.const 255) (i32.shl (memory.size) (i32.const 16)))
      (br_if $next (call $more)))
    (call $answer (memory.size))))
