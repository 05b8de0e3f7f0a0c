;; baals_memory_grow tells the size of memory, and counts the pages that came since it was last
;; asked.
;;
;; function  output                                    abi gas
;; size      i32 65,536                                0
;; grow      i32 262,144: after 3 pages more           300
;; twice     i32 262,144: grows by 1 and by 2, asks    300
;;           after each: 100 and 200
;; again     i32 262,144: grows by 3, asks two times   300
;; unasked   i32 3: grows by 2 and does not ask; the   0
;;           number of pages
(module
  (import "env" "baals_memory_grow" (func $size (result i32)))
  (memory (export "memory") 1)

  (func $answer (param $size i32) (result i32)
    (i32.store (i32.const 0) (local.get $size))
    (i32.const 4))

  (func (export "size") (param i32 i32) (result i32)
    (call $answer (call $size)))

  (func (export "grow") (param i32 i32) (result i32)
    (drop (memory.grow (i32.const 3)))
    (call $answer (call $size)))

  (func (export "twice") (param i32 i32) (result i32)
    (drop (memory.grow (i32.const 1)))
    (drop (call $size))
    (drop (memory.grow (i32.const 2)))
    (call $answer (call $size)))

  (func (export "again") (param i32 i32) (result i32)
    (drop (memory.grow (i32.const 3)))
    (drop (call $size))
    (call $answer (call $size)))

  (func (export "unasked") (param i32 i32) (result i32)
    (drop (memory.grow (i32.const 2)))
    (call $answer (memory.size))))
