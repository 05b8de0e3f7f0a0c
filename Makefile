# What one types here. Each recipe runs in one strict bash with the settings of scripts/env.sh, so that
# make, the scripts and a shell that sourced it share one target folder.

SHELL := bash
.SHELLFLAGS := -euo pipefail -c
.ONESHELL:
# Each step takes all cores by itself, and two at once only wait for each other's locks.
.NOTPARALLEL:
.DEFAULT_GOAL := help

.PHONY: help setup guests build dev parachain parachain-dev demo test test-rust test-e2e test-differential test-subxt
.PHONY: test-network test-parachain rehearsals test-upgrade bench bench-prices check weights

help: ## this list
	@echo "make TARGET, one of:"
	sed -n 's/^\([a-z0-9-]*\):[^#]*## \(.*\)/  \1\t\2/p' Makefile | expand -t 14

setup: ## install what is missing to build and test (asks apt, rustup and npm; quick when nothing is)
	@scripts/setup.sh

guests: setup ## build the Rust guest contracts of tests/contracts
	@source scripts/env.sh
	scripts/build-guests.sh
	echo "make: guests took $$SECONDS s"

# The whole workspace, not only the node: cargo unites features over what it builds, so another choice of
# packages would compile hundreds of crates again. But not the parachain runtime, which the node has nothing of and
# whose crates are as many again.
ALL := --workspace --exclude caisson-parachain-runtime

build: setup ## build the node and the solo runtime (release)
	@source scripts/env.sh
	cargo build --release $(ALL) --locked
	echo "make: build took $$SECONDS s"

dev: build ## run a development node; more arguments in ARGS, as ARGS="--seal 3000"
	@source scripts/env.sh
	exec "$$CARGO_TARGET_DIR/release/caisson-node" --dev $(ARGS)

parachain: setup ## build the parachain runtime's Wasm
	@source scripts/env.sh
	unset SKIP_WASM_BUILD
	cargo build --release --locked -p caisson-parachain-runtime
	echo "make: parachain took $$SECONDS s"

# By itself, for it says first whether the node is there.
parachain-dev: ## run a development chain of the parachain runtime in polkadot-omni-node; more arguments in ARGS
	@scripts/parachain-dev.sh $(ARGS)

demo: guests build ## deploy and call contracts on a throw-away node, and show what happens
	@source scripts/env.sh
	cd tests/e2e
	npm run --silent demo

test: guests build test-rust test-differential test-subxt test-e2e ## run every test

test-rust: guests build ## run the tests of the crates
	@source scripts/env.sh
	cargo test --release $(ALL) --locked --no-fail-fast
	echo "make: cargo test took $$SECONDS s"

test-e2e: guests build ## run the end-to-end tests against the built node
	@source scripts/env.sh
	cd tests/e2e
	npm test
	echo "make: npm test took $$SECONDS s"

# A workspace of its own: what pallet-contracts needs changes the features of nearly every crate of the node.
test-differential: guests ## compare step by step with pallet-contracts
	@source scripts/env.sh
	cargo test --release --locked --manifest-path tests/differential/Cargo.toml
	cargo test --release --locked --manifest-path tests/differential/Cargo.toml \
		--features runtime-benchmarks --test benchmarks
	echo "make: differential test took $$SECONDS s"

# A relay chain and XCM are many crates: no part of `test`.
test-parachain: guests parachain ## test the parachain runtime: collation, validation, XCM
	@source scripts/env.sh
	cargo test --release --locked -p caisson-parachain-runtime --no-fail-fast
	echo "make: parachain test took $$SECONDS s"

# The tests wait for final blocks, not for a processor: all at once.
test-subxt: guests build ## drive the built node by subxt
	@source scripts/env.sh
	cargo test --release --locked --manifest-path tests/subxt/Cargo.toml -- --test-threads 16
	echo "make: subxt test took $$SECONDS s"

# Beside the runtime that the node begins with, and behind it: in one folder they share what they are made of.
rehearsals: build
	@source scripts/env.sh
	unset SKIP_WASM_BUILD
	cargo build --release --locked --manifest-path tests/upgrade/Cargo.toml
	echo "make: rehearsals took $$SECONDS s"

# Minutes of waiting for blocks: no part of `test`.
test-upgrade: guests build rehearsals ## upgrade a live network with contracts on it, and repair an upgrade that fails
	@source scripts/env.sh
	cd tests/e2e
	npm run test:upgrade
	echo "make: upgrade test took $$SECONDS s"

# Minutes of waiting for blocks, of nodes that are killed, and of disks that are full: no part of `test`.
test-network: guests build ## run a network of nodes, cut it in two, kill nodes, fill their disks (as root)
	npm run test:network
	echo "make: network test took $$SECONDS s"

# A workspace of its own, for the same reason. Run on a machine that does nothing else.
bench: guests ## time this pallet and pallet-contracts side by side, and write docs/performance.md (CASES="getter growth")
	@source scripts/env.sh
	cargo run --release --locked --manifest-path tests/bench/Cargo.toml -- $(CASES)

bench-prices: guests build ## time what is charged against its price (CASES="memory upload")
	@source scripts/env.sh
	cargo bench $(ALL) --locked --bench prices -- $(CASES)

weights: setup ## measure the contracts pallet and write its weights (on an idle machine; STEPS=50 REPEAT=20 for a release)
	@STEPS="$(STEPS)" REPEAT="$(REPEAT)" scripts/benchmark-weights.sh
	echo "make: weights took $$SECONDS s"

check: ## run the checks that need no test: format, lints, docs, dependencies
	@scripts/check.sh
