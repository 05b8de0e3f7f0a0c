#!/usr/bin/env bash
# Runs a development chain of the parachain runtime in the standard node, without a relay chain: builds the
# runtime, makes a chain spec of its preset, and starts polkadot-omni-node on a throw-away state.
#
#   scripts/parachain-dev.sh [ARGUMENT OF polkadot-omni-node]...
#
# A block comes every 3 seconds, unless the arguments say something else (--dev-block-time, --instant-seal).
#
# Environment, beside that of scripts/env.sh:
#   OMNI_NODE   polkadot-omni-node, if it is not to be looked for
set -euo pipefail

version=0.24.0
# The number in the runtime's presets. The relay chain is named in the spec and never asked.
para_id=2000
relay_chain=polkadot-local

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
# shellcheck source=scripts/env.sh
source "$root/scripts/env.sh"

node=${OMNI_NODE:-$(command -v polkadot-omni-node || true)}
if [ -z "$node" ]; then
	echo "parachain-dev: install the standard node first: cargo install --locked polkadot-omni-node@$version" >&2
	exit 1
fi
if ! "$node" --version | grep -qF " $version"; then
	echo "parachain-dev: $("$node" --version) is not $version, with which this is tested" >&2
fi

make -C "$root" --no-print-directory parachain
wasm=$CARGO_TARGET_DIR/release/wbuild/caisson-parachain-runtime/caisson_parachain_runtime.compact.compressed.wasm

# What the token is called is written in one place.
token() {
	sed -n "s/^pub const $1: .* = \"\{0,1\}\([A-Za-z0-9]*\)\"\{0,1\};/\1/p" "$root/runtime/common/src/token.rs"
}

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
spec=$folder/parachain.json
"$node" chain-spec-builder --chain-spec-path "$spec" create \
	--chain-name 'Caisson Parachain Development' --chain-id caisson_parachain_dev -t development \
	--relay-chain "$relay_chain" --para-id "$para_id" --runtime "$wasm" \
	--properties "tokenSymbol=$(token TOKEN_SYMBOL),tokenDecimals=$(token TOKEN_DECIMALS),ss58Format=42" \
	named-preset development

blocks=(--dev-block-time 3000)
case " $* " in
	*' --dev-block-time'* | *' --instant-seal '*) blocks=() ;;
esac
"$node" --chain "$spec" --dev --base-path "$folder/state" "${blocks[@]}" "$@"
