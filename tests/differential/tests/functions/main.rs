//! Every host function of the interface, under every name, with everything that it returns.

#![allow(
	clippy::unwrap_used,
	clippy::indexing_slicing,
	reason = "tests may stop at what is not so"
)]

mod bench;
mod sweep;

#[test]
fn sweep_storage() {
	sweep::subject("storage");
}
#[test]
fn sweep_transient() {
	sweep::subject("transient");
}
#[test]
fn sweep_balance() {
	sweep::subject("balance");
}
#[test]
fn sweep_call() {
	sweep::subject("call");
}
#[test]
fn sweep_code() {
	sweep::subject("code");
}
#[test]
fn sweep_context() {
	sweep::subject("context");
}
#[test]
fn sweep_event() {
	sweep::subject("event");
}
#[test]
fn sweep_crypto() {
	sweep::subject("crypto");
}
#[test]
fn sweep_runtime() {
	sweep::subject("runtime");
}
#[test]
fn sweep_legacy() {
	sweep::subject("legacy");
}
