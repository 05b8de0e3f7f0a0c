;; An endless loop without host calls, for the baals ABI: ends when the call's weight is used up.
;;
;; function  output
;; spin      none: out of gas
(module
  (import "env" "baals_get_block_index" (func (result i64)))
  (memory (export "memory") 1)
  (func (export "spin") (param i32 i32) (result i32)
    (loop $again (br $again))
    (unreachable)))
