;; Balances, and money that only leaves the contract's own account.
;;
;; function       arguments                  output       abi gas
;; check_balance  address                    i64 balance  20
;; send_funds     from, to, i64 amount       i32 code     50
;; take_alice     to, i64 amount             i32 2        50
;;
;; Codes of `transfer`: 0 done, 1 the contract has too little, 2 `from` is not the contract. The ABI
;; has no way to ask for the contract's own address, so `send_funds` is told; `take_alice` names
;; somebody else's.
(module
  (import "env" "get_balance" (func $balance (param i32 i32) (result i64)))
  (import "env" "transfer" (func $transfer (param i32 i32 i32 i32 i64) (result i32)))
  (memory (export "memory") 1)
  (data (i32.const 0) "5GrwvaEF5zXb26Fz9rcQpDWS57CtERHpNehXCPcNoHGKutQY")

  (func (export "check_balance") (param $ptr i32) (param $len i32) (result i64)
    (call $balance (local.get $ptr) (local.get $len)))

  (func (export "send_funds")
    (param $from i32) (param $from_len i32) (param $to i32) (param $to_len i32) (param $amount i64)
    (result i32)
    (call $transfer
      (local.get $from) (local.get $from_len) (local.get $to) (local.get $to_len)
      (local.get $amount)))

  (func (export "take_alice")
    (param $to i32) (param $to_len i32) (param $amount i64) (result i32)
    (call $transfer
      (i32.const 0) (i32.const 48) (local.get $to) (local.get $to_len) (local.get $amount))))
