;; The forms of an address. All of the first five mean Alice, whose key is
;; d43593c715fdd31c61141abd04a99fd6822c8558854ccde39a5684e7a56da27d.
;;
;; function    output                               abi gas
;; raw         i64 balance, 32 bytes                20
;; ss58        i64 balance, text of prefix 42       20
;; hex         i64 balance, 64 digits               20
;; prefixed    i64 balance, 0x and 64 digits        20
;; upper_case  i64 balance, 0x and 64 digits        20
;; unknown     i64 0, an account that has nothing   20
;; malformed   none: the call traps                 20
;; bad_check   none: SS58 whose checksum is wrong   20
(module
  (import "env" "get_balance" (func $balance (param i32 i32) (result i64)))
  (memory (export "memory") 1)
  (data (i32.const 0)
    "\d4\35\93\c7\15\fd\d3\1c\61\14\1a\bd\04\a9\9f\d6"
    "\82\2c\85\58\85\4c\cd\e3\9a\56\84\e7\a5\6d\a2\7d")
  (data (i32.const 64) "5GrwvaEF5zXb26Fz9rcQpDWS57CtERHpNehXCPcNoHGKutQY")
  (data (i32.const 128) "0xd43593c715fdd31c61141abd04a99fd6822c8558854ccde39a5684e7a56da27d")
  (data (i32.const 256) "0xD43593C715FDD31C61141ABD04A99FD6822C8558854CCDE39A5684E7A56DA27D")
  (data (i32.const 384) "nobody has this account, surely.") ;; 32 bytes
  (data (i32.const 448) "not an address")
  (data (i32.const 512) "5GrwvaEF5zXb26Fz9rcQpDWS57CtERHpNehXCPcNoHGKutQZ")

  (func (export "raw") (result i64) (call $balance (i32.const 0) (i32.const 32)))
  (func (export "ss58") (result i64) (call $balance (i32.const 64) (i32.const 48)))
  (func (export "hex") (result i64) (call $balance (i32.const 130) (i32.const 64)))
  (func (export "prefixed") (result i64) (call $balance (i32.const 128) (i32.const 66)))
  (func (export "upper_case") (result i64) (call $balance (i32.const 256) (i32.const 66)))
  (func (export "unknown") (result i64) (call $balance (i32.const 384) (i32.const 32)))
  (func (export "malformed") (result i64) (call $balance (i32.const 448) (i32.const 14)))
  (func (export "bad_check") (result i64) (call $balance (i32.const 512) (i32.const 48))))
