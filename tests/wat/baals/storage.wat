;; Storage with codes.
;;
;; function   arguments   output                                        abi gas
;; put        key, value  i32 0, or -1 over a limit                     200
;; get        key         i32 bytes copied, 0 if absent, then they      100
;; get_short  key         as get, with a buffer of 3 bytes              100
;; remove     key         i32 0, even if there is no entry              50
;; forget                 i32 0: writes, removes, reads                 350
;; empty                  i32 0: an empty value reads like none         300
;; no_key                 i32 -1: writing at an empty key               200
;; read_no_key            i32 -1: reading at an empty key               100
;; remove_no_key          i32 -1: removing at an empty key              50
;; bad_key                i32 -1: the key ends past memory              200
;; bad_value              i32 -1: the value ends past memory            200
;; bad_place              i32 -1: what is read would end past memory    300
;; long_key   u32 length  i32 code of a write with such a key           200
;; long_value u32 length  i32 code of a write with such a value         200
(module
  (import "env" "baals_storage_read" (func $read (param i32 i32 i32 i32) (result i32)))
  (import "env" "baals_storage_write" (func $write (param i32 i32 i32 i32) (result i32)))
  (import "env" "baals_storage_remove" (func $remove (param i32 i32) (result i32)))
  (memory (export "memory") 2)
  (data (i32.const 131064) "keyvalue") ;; the last bytes of memory

  ;; Where the length of argument $n lies: a list is a count of 8 bytes, then length and bytes each.
  (func $arg (param $n i32) (result i32)
    (local $at i32)
    (local.set $at (i32.const 8))
    (block $found
      (loop $next
        (br_if $found (i32.eqz (local.get $n)))
        (local.set $at
          (i32.add (i32.add (local.get $at) (i32.const 8)) (i32.load (local.get $at))))
        (local.set $n (i32.sub (local.get $n) (i32.const 1)))
        (br $next)))
    (local.get $at))
  (func $len (param $n i32) (result i32) (i32.load (call $arg (local.get $n))))
  (func $ptr (param $n i32) (result i32) (i32.add (call $arg (local.get $n)) (i32.const 8)))

  ;; The output is one i32.
  (func $answer (param $code i32) (result i32)
    (i32.store (i32.const 0) (local.get $code))
    (i32.const 4))

  (func (export "put") (param i32 i32) (result i32)
    (call $answer
      (call $write
        (call $ptr (i32.const 0)) (call $len (i32.const 0))
        (call $ptr (i32.const 1)) (call $len (i32.const 1)))))

  ;; Reads behind the code, at 65,540, and moves both to the front: the key is there until then.
  (func $get_up_to (param $cap i32) (result i32)
    (local $copied i32)
    (local.set $copied
      (call $read
        (call $ptr (i32.const 0)) (call $len (i32.const 0))
        (i32.const 65540) (local.get $cap)))
    (if (i32.lt_s (local.get $copied) (i32.const 0))
      (then (return (call $answer (local.get $copied)))))
    (i32.store (i32.const 65536) (local.get $copied))
    (memory.copy (i32.const 0) (i32.const 65536) (i32.add (local.get $copied) (i32.const 4)))
    (i32.add (local.get $copied) (i32.const 4)))

  (func (export "get") (param i32 i32) (result i32) (call $get_up_to (i32.const 16380)))
  (func (export "get_short") (param i32 i32) (result i32) (call $get_up_to (i32.const 3)))

  (func (export "remove") (param i32 i32) (result i32)
    (call $answer (call $remove (call $ptr (i32.const 0)) (call $len (i32.const 0)))))

  (func $write_key (result i32)
    (call $write (i32.const 131064) (i32.const 3) (i32.const 131067) (i32.const 5)))

  (func $read_key (param $ptr i32) (result i32)
    (call $read (i32.const 131064) (i32.const 3) (local.get $ptr) (i32.const 5)))

  (func (export "forget") (param i32 i32) (result i32)
    (drop (call $write_key))
    (drop (call $remove (i32.const 131064) (i32.const 3)))
    (call $answer (call $read_key (i32.const 0))))

  (func (export "empty") (param i32 i32) (result i32)
    (drop (call $write (i32.const 131064) (i32.const 3) (i32.const 0) (i32.const 0)))
    (call $answer (call $read_key (i32.const 0))))

  (func (export "no_key") (param i32 i32) (result i32)
    (call $answer (call $write (i32.const 131064) (i32.const 0) (i32.const 0) (i32.const 1))))

  (func (export "read_no_key") (param i32 i32) (result i32)
    (call $answer (call $read (i32.const 131064) (i32.const 0) (i32.const 0) (i32.const 1))))

  (func (export "remove_no_key") (param i32 i32) (result i32)
    (call $answer (call $remove (i32.const 131064) (i32.const 0))))

  (func (export "bad_key") (param i32 i32) (result i32)
    (call $answer (call $write (i32.const 131070) (i32.const 3) (i32.const 0) (i32.const 1))))

  (func (export "bad_value") (param i32 i32) (result i32)
    (call $answer
      (call $write (i32.const 131064) (i32.const 3) (i32.const 131067) (i32.const 6))))

  (func (export "bad_place") (param i32 i32) (result i32)
    (drop (call $write_key))
    (call $answer (call $read_key (i32.const 131068))))

  (func (export "long_key") (param i32 i32) (result i32)
    (call $answer
      (call $write (i32.const 1024) (i32.load (i32.const 16)) (i32.const 0) (i32.const 1))))

  (func (export "long_value") (param i32 i32) (result i32)
    (call $answer
      (call $write (i32.const 131064) (i32.const 3) (i32.const 0) (i32.load (i32.const 16))))))
