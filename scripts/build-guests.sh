#!/usr/bin/env bash
# Builds the Rust guests of tests/contracts to TARGET/caisson-guests/NAME.wasm, NAME being the package, and
# by scripts/build-ink.sh the ink! contracts of tests/ink.
#
# Quiet and quick where nothing changed. Environment:
#   CARGO_TARGET_DIR          TARGET; default ~/.cache/caisson/target
#   CAISSON_GUEST_TOOLCHAIN   the toolchain that has the target wasm32v1-none; empty: the default one
set -euo pipefail

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
if [ -f "$root/scripts/env.sh" ]; then
	# shellcheck source=scripts/env.sh
	source "$root/scripts/env.sh"
fi

target=${CARGO_TARGET_DIR:-$HOME/.cache/caisson/target}
out=$target/caisson-guests
# A folder of its own: a build of the guests does not wait for one of the node, which locks `target`.
build=$target/../guests-target
mkdir -p "$out" "$build"

# Flags of the node's build would replace those of the guests' own .cargo/config.toml.
unset RUSTFLAGS CARGO_ENCODED_RUSTFLAGS CARGO_BUILD_RUSTFLAGS CARGO_BUILD_TARGET
unset CARGO_TARGET_WASM32V1_NONE_RUSTFLAGS

cd "$root/tests/contracts"
cargo ${CAISSON_GUEST_TOOLCHAIN:+"+$CAISSON_GUEST_TOOLCHAIN"} build \
	--quiet --locked --offline --release --target-dir "$build"

for manifest in */Cargo.toml; do
	name=${manifest%/Cargo.toml}
	wasm=$build/wasm32v1-none/release/${name//-/_}.wasm
	# The crate that the guests share is no guest.
	if [ "$name" = guest ] || cmp -s "$wasm" "$out/$name.wasm"; then
		continue
	fi
	# In one step, for tests that may be reading.
	cp "$wasm" "$out/$name.wasm.$$"
	mv "$out/$name.wasm.$$" "$out/$name.wasm"
	echo "$name.wasm: $(wc -c < "$wasm") bytes"
done

"$root/scripts/build-ink.sh"
