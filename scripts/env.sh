# shellcheck shell=dash
# Settings that every script and make target shares. Source it from bash, or from a POSIX shell script in
# this folder; it prints nothing and exports only:
#   CARGO_TARGET_DIR         one target folder outside the checkout, so that a fresh clone builds warm
#   WASM_BUILD_TOOLCHAIN     set only where the runtime's Wasm needs another toolchain than the native part
#   WASM_BUILD_WORKSPACE_HINT  where the Wasm build finds Cargo.lock
#   CAISSON_GUEST_TOOLCHAIN  NAME for `cargo +NAME` when building guests; empty: the active toolchain
# and puts rustup's own folder on PATH where rustup is installed but not found (a non-login shell).

# Only bash tells a sourced file its own path; elsewhere it is the script's, which lies in the same folder.
# shellcheck disable=SC3028
_caisson_root=$(cd "$(dirname "${BASH_SOURCE:-$0}")/.." >/dev/null && pwd)
_caisson_cargo_bin=${CARGO_HOME:-$HOME/.cargo}/bin

if ! command -v rustup >/dev/null 2>&1 && [ -x "$_caisson_cargo_bin/rustup" ]; then
	export PATH="$_caisson_cargo_bin:$PATH"
fi

# Absolute, because make runs cargo here and npm in tests/e2e.
case ${CARGO_TARGET_DIR:-} in
	'') CARGO_TARGET_DIR=$HOME/.cache/caisson/target ;;
	/*) ;;
	*) CARGO_TARGET_DIR=$_caisson_root/$CARGO_TARGET_DIR ;;
esac
export CARGO_TARGET_DIR

# The runtime's Wasm is built in the target folder; outside the checkout its builder does not find the
# workspace, and with it Cargo.lock, by itself.
export WASM_BUILD_WORKSPACE_HINT="$_caisson_root"

# Whether the toolchain that rust-toolchain.toml names holds the Wasm target. It looks for `core` itself:
# an empty target folder satisfies substrate-wasm-builder's first check and then fails much later.
_caisson_has_wasm_target() {
	local sysroot core
	# A missing toolchain is for setup.sh to report, not for a look-up to install.
	sysroot=$(cd "$_caisson_root" && RUSTUP_AUTO_INSTALL=0 rustc --print sysroot 2>/dev/null) || return 1
	for core in "$sysroot"/lib/rustlib/wasm32v1-none/lib/libcore-*.rlib; do
		if [ -e "$core" ]; then
			return 0
		fi
	done
	return 1
}

# Whether setup.sh has linked a toolchain that it made from Debian's compiler.
_caisson_has_linked_toolchain() {
	RUSTUP_AUTO_INSTALL=0 rustup run caisson-wasm rustc --version >/dev/null 2>&1
}

# CAISSON_WASM_TOOLCHAIN=debian asks for the linked toolchain even where rustup has the target; a
# WASM_BUILD_TOOLCHAIN set by hand stays what it is, and builds the guests too.
if [ -z "${WASM_BUILD_TOOLCHAIN:-}" ]; then
	if [ "${CAISSON_WASM_TOOLCHAIN:-}" = debian ] || ! _caisson_has_wasm_target; then
		if _caisson_has_linked_toolchain; then
			export WASM_BUILD_TOOLCHAIN=caisson-wasm
		fi
	fi
fi
export CAISSON_GUEST_TOOLCHAIN="${WASM_BUILD_TOOLCHAIN:-}"

unset -f _caisson_has_wasm_target _caisson_has_linked_toolchain
unset _caisson_root _caisson_cargo_bin
