#!/usr/bin/env bash
# Measures the contracts pallet on the Wasm of each runtime and writes what it came to: the weights of the
# runtime, and with those of the solo runtime the pallet's own, which tests and other chains begin with.
#
# Environment, beside that of scripts/env.sh:
#   STEPS, REPEAT   points of each component and measurements at each (20 and 20)
#   RUNTIME_WASM    the solo runtime's Wasm with the feature runtime-benchmarks, if it is built already
#   OMNI_BENCHER    frame-omni-bencher, if it is not to be looked for
# Nothing else should run meanwhile. It takes about four minutes behind the build. Of two ways to lay a line
# through what was measured, the dearer one is taken: on a shared machine a slope can drown in noise.
# frame-omni-bencher is built where it is missing, which needs libclang.
set -euo pipefail

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
# shellcheck source=scripts/env.sh
source "$root/scripts/env.sh"

version=0.28.0
pallet=pallet_wasm_contracts
# Folders of their own: the feature compiles nearly every crate of the runtime again.
build=$CARGO_TARGET_DIR/../weights-target
tools=$CARGO_TARGET_DIR/../tools

bencher=${OMNI_BENCHER:-}
if [ -z "$bencher" ]; then
	bencher=$(command -v frame-omni-bencher || echo "$tools/bin/frame-omni-bencher")
fi
if ! "$bencher" --version 2>/dev/null | grep -q " $version\$"; then
	cargo install --locked --version "$version" --root "$tools" frame-omni-bencher
	bencher=$tools/bin/frame-omni-bencher
fi

wasm=${RUNTIME_WASM:-}
if [ -z "$wasm" ]; then
	cd "$root"
	# Set to anything, it skips what is wanted.
	unset SKIP_WASM_BUILD
	cargo build --release --locked --target-dir "$build" \
		-p caisson-solo-runtime --features runtime-benchmarks
	name=caisson_solo_runtime
	wasm=$build/release/wbuild/caisson-solo-runtime/$name.compact.compressed.wasm
fi

pallet_weights=$root/pallets/contracts/src/weights.rs
runtime_weights=$root/runtime/solo/src/weights/$pallet.rs

"$bencher" v1 benchmark pallet --runtime "$wasm" --genesis-builder-preset development \
	--pallet "$pallet" --extrinsic '*' --steps "${STEPS:-20}" --repeat "${REPEAT:-20}" \
	--min-duration 0 --default-pov-mode measured --output-analysis max \
	--template "$root/scripts/weights.hbs" --output "$pallet_weights"

# The runtime's file is the part of that which is generic over the runtime.
awk -v pallet="$pallet" '
	/^\/\/\/ The weight functions of the pallet/ { skip = 1 }
	/^\/\/\/ Weights over the database weights/ { skip = 0 }
	/^\/\/ For tests/ { exit }
	skip { next }
	/RocksDbWeight as DbWeight/ { next }
	{
		sub(/^\/\/! Weights of the pallet.*/, "//! Weights of `" pallet "` on this runtime.")
		sub(/^\/\/\/ Weights over .*/, "/// Weight functions of `" pallet "`.")
		sub(/SubstrateWeight/, "WeightInfo")
		sub(/^impl<T: frame_system::Config> /, "&" pallet "::")
	}
	# Without the blank lines at its end.
	{ held = held $0 "\n"; if ($0 != "") { printf "%s", held; held = "" } }
' "$pallet_weights" >"$runtime_weights"
