;; An endless loop without host calls, for the aureon ABI: ends when the call's weight is used up.
;;
;; function  output
;; spin      none: out of gas
(module
  (import "env" "log" (func (param i32 i32)))
  (memory (export "memory") 1)
  (func (export "spin")
    (loop $again (br $again))))
