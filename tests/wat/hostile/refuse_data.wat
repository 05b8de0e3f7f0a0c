;; Refused at upload: a data segment that ends past the memory that the module begins with.
(module
  (memory (export "memory") 1)
  (data (i32.const 65535) "ab")
  (func (export "main") (param i32 i32) (result i32) (i32.const 0))
  (@custom "caisson.abi" "baals"))
