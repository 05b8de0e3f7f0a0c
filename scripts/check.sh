#!/usr/bin/env bash
# Every check that runs no test. Without arguments all of them, else those named:
#
#   scripts/check.sh [fmt|scripts|ops|audit|npm|clippy|docs]...
#
# It goes on after a failure, says at the end which failed, and exits 1 if any did.
#
# RUSTFLAGS is never set: it is part of every crate's fingerprint, and a change compiles all of them again.
set -euo pipefail

cd "$(dirname "${BASH_SOURCE[0]}")/.."
scripts/setup.sh --with-check
# shellcheck source=scripts/env.sh
source scripts/env.sh

check_fmt() {
	cargo fmt --all --check
	# Workspaces of their own.
	local workspace
	for workspace in tests/bench tests/bench/guests tests/contracts tests/differential tests/subxt tests/upgrade tests/ink/{tool,v4,v5}; do
		(cd "$workspace" && cargo fmt --all --check)
	done
}

check_scripts() {
	local script
	for script in scripts/*.sh .ci/run; do
		bash -n "$script"
	done
	if command -v shellcheck >/dev/null; then
		shellcheck -x scripts/*.sh .ci/run
	else
		echo "shellcheck: skipped, it is not installed (Debian has it under that name)"
	fi
}

check_ops() {
	python3 scripts/check-ops.py
}

check_audit() {
	python3 scripts/audit.py
	echo "advisories: skipped, the advisory database comes from no package registry"
}

check_npm() {
	local report
	if report=$(cd tests/e2e && npm audit --audit=true --audit-level=high 2>&1); then
		tail -n 1 <<<"$report"
	elif grep -q 'audit endpoint returned an error\|ENOTFOUND\|ECONNREFUSED\|ETIMEDOUT\|EAI_AGAIN' <<<"$report"; then
		echo "npm audit: skipped, this npm registry answers no audit request"
	else
		echo "$report"
		return 1
	fi
}

check_clippy() {
	# Without the runtimes' Wasm, which no lint reads. That costs no later build anything: cargo keeps what
	# clippy makes of the workspace's own crates, build scripts included, apart from what a build makes.
	SKIP_WASM_BUILD=1 cargo clippy --release --workspace --all-targets --locked -- -D warnings
	(cd tests/ink/tool && cargo clippy --target-dir "$CARGO_TARGET_DIR/../guests-target/ink" --locked -- -D warnings)
}

check_docs() {
	# With the runtimes' Wasm: rustdoc shares the build scripts' output with a build, so leaving it out would
	# compile the runtimes again on the next one.
	RUSTDOCFLAGS='-D warnings' cargo doc --release --workspace --no-deps --locked
}

if [ $# = 0 ]; then
	set -- fmt scripts ops audit npm clippy docs
fi
failed=()
for name in "$@"; do
	if ! declare -F "check_$name" >/dev/null; then
		echo "check: there is no check '$name'" >&2
		exit 2
	fi
	echo "== $name"
	started=$SECONDS
	# In a shell of its own, outside of any condition: bash ignores -e inside one.
	set +e
	(set -e; "check_$name")
	code=$?
	set -e
	if [ $code != 0 ]; then
		failed+=("$name")
	fi
	echo "== $name: $([ $code = 0 ] && echo ok || echo FAILED), $((SECONDS - started)) s"
done

if [ ${#failed[@]} != 0 ]; then
	echo "check: failed: ${failed[*]}"
	exit 1
fi
echo "check: $# of $# passed"
