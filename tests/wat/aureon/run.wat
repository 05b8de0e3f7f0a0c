;; A module without imports, which says in a custom section what it is; an empty name calls `run`.
;;
;; function   output  abi gas
;; run        i32 7   0
(module
  (memory (export "memory") 1)
  (func (export "run") (result i32) (i32.const 7))
  (@custom "caisson.abi" "aureon"))
