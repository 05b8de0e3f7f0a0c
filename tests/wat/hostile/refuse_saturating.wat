;; Refused at upload: a conversion from a float that saturates.
(module
  (memory (export "memory") 1)
  (func (export "main") (param i32 i32) (result i32) (i32.const 0))
  (func (result i32) (i32.trunc_sat_f32_s (f32.const 1)))
  (@custom "caisson.abi" "baals"))
