#!/usr/bin/env bash
# Builds the ink! contracts of tests/ink to TARGET/caisson-guests/ink/VERSION/NAME.{wasm,json,contract}:
# code, metadata, and the bundle of both that contract clients read.
#
# Quiet and quick where nothing changed. Environment: as scripts/build-guests.sh, which calls this.
set -euo pipefail

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
# shellcheck source=scripts/env.sh
source "$root/scripts/env.sh"

out=$CARGO_TARGET_DIR/caisson-guests/ink
# One folder for all of these workspaces, which share crates; none that a build of the node would lock.
build=$CARGO_TARGET_DIR/../guests-target/ink
wasm=wasm32v1-none

# Flags of the node's build would replace those of tests/ink/.cargo/config.toml.
unset RUSTFLAGS CARGO_ENCODED_RUSTFLAGS CARGO_BUILD_RUSTFLAGS CARGO_BUILD_TARGET
unset CARGO_TARGET_WASM32V1_NONE_RUSTFLAGS

build_native() { cargo build --quiet --locked --target-dir "$build" "$@"; }
build_wasm() {
	cargo ${CAISSON_GUEST_TOOLCHAIN:+"+$CAISSON_GUEST_TOOLCHAIN"} build \
		--quiet --locked --target-dir "$build" --target $wasm "$@"
}
# Strips, checks and bundles contracts of the workspace that this is called in.
bundle() {
	local version=$1 ink
	shift
	ink=$(sed -n '/^name = "ink"$/{n;s/.*"\(.*\)"/\1/p}' Cargo.lock)
	"$build/debug/caisson-ink-tool" "ink! $ink" "$compiler" \
		"$build/debug" "$build/$wasm/debug" "$out/$version" "$@"
}

cd "$root/tests/ink/tool"
compiler=$(rustc ${CAISSON_GUEST_TOOLCHAIN:+"+$CAISSON_GUEST_TOOLCHAIN"} --version | cut -d' ' -f1-2)
build_native

# Each version is bundled before the next is built: their contracts have the same names.
cd "$root/tests/ink/v4"
build_wasm --bins
build_native --bins --features std
bundle v4 caller flipper token upgradeable upgraded

cd "$root/tests/ink/v5"
build_wasm --bins
build_wasm --bin context --features debug
build_native --bins --features std,debug
for source in src/bin/*.rs; do
	names+=("$(basename "$source" .rs)")
done
bundle v5 "${names[@]}"

# As today's Rust compiles where nothing holds it back: with sign extension, bulk memory, and a start
# function that clears imported memory.
build_wasm --bin flipper --config "target.$wasm.rustflags = ['-Ctarget-cpu=generic']"
bundle v5 flipper=flipper-modern
