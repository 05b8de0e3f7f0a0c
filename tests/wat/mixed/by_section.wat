;; Modules that look like another ABI's are what their custom section says: here baals, whose method
;; happens to be named as those of dytallix.
;;
;; function         output
;; contract_answer  i32 42
(module
  (memory (export "memory") 1)
  (func (export "contract_answer") (param i32 i32) (result i32)
    (i32.store (i32.const 0) (i32.const 42))
    (i32.const 4))
  (@custom "caisson.abi" "baals"))
