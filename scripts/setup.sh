#!/usr/bin/env bash
# Brings a Debian machine with rustup to where this workspace builds and tests. Run it as often as you
# like: what is there already is left alone, and a run with nothing to do takes a second.
#
#   scripts/setup.sh               what building and testing need
#   scripts/setup.sh --with-check  and what scripts/check.sh needs
#
# CAISSON_WASM_TOOLCHAIN=debian makes the Wasm toolchain from Debian's compiler even where rustup has the
# target, which is how that path is tested.
set -euo pipefail

cd "$(dirname "${BASH_SOURCE[0]}")/.."
# shellcheck source=scripts/env.sh
source scripts/env.sh

wasm_target=wasm32v1-none
linked_name=caisson-wasm
linked_tree=$HOME/.cache/caisson/wasm-toolchain
e2e=tests/e2e
with_check=
case ${1:-} in
	'') ;;
	--with-check) with_check=1 ;;
	*) echo "usage: scripts/setup.sh [--with-check]" >&2; exit 2 ;;
esac

log=$(mktemp)
trap 'rm -f "$log"' EXIT
# rustup prints one for a server that does not answer, which helps nobody here.
export RUST_BACKTRACE=0

did=0
say() { echo "setup: $*"; }
doing() { did=1; say "$*"; }
# Runs a command without its output, which `stop` shows if nothing else could be done.
quietly() { "$@" >"$log" 2>&1 </dev/null && : >"$log"; }
# What the last failed command said, then one message: what is missing and how to get it.
stop() {
	tail -n 25 "$log" >&2
	echo >&2
	echo "setup: cannot go on: $1" >&2
	shift
	printf '  %s\n' "$@" >&2
	exit 1
}

## System packages

# protobuf-compiler: litep2p and sc-network compile .proto files. g++: Binaryen, which shrinks the
# runtime's Wasm. perl: OpenSSL, built from source for WebRTC. The rest speaks for itself.
packages=(protobuf-compiler make gcc g++ perl)
if [ -n "$with_check" ]; then
	packages+=(python3)
fi

as_root() {
	if [ "$(id -u)" = 0 ]; then
		"$@"
	elif command -v sudo >/dev/null; then
		sudo "$@"
	else
		return 127
	fi
}

# Installs those of the named packages that are missing. It never removes one (Debian's rustc and
# rustc-web exclude each other, and which to keep is the user's choice).
install_packages() {
	local package missing=()
	for package in "$@"; do
		# shellcheck disable=SC2016 # the ${...} is dpkg-query's
		if [ "$(dpkg-query -W -f '${db:Status-Status}' "$package" 2>/dev/null)" != installed ]; then
			missing+=("$package")
		fi
	done
	if [ ${#missing[@]} = 0 ]; then
		return 0
	fi
	if [ "$(id -u)" != 0 ] && ! command -v sudo >/dev/null; then
		stop "the packages ${missing[*]} are missing, and this user may not install them" \
			"as root: apt-get update && apt-get install --no-install-recommends ${missing[*]}"
	fi
	doing "installing packages: ${missing[*]}"
	local apt=(env DEBIAN_FRONTEND=noninteractive apt-get -qq -o DPkg::Lock::Timeout=300)
	quietly as_root "${apt[@]}" update || say "apt-get update failed; trying with the lists that are there"
	quietly as_root "${apt[@]}" install -y --no-install-recommends --no-remove "${missing[@]}" ||
		stop "apt-get could not install ${missing[*]}" \
			"install them by hand, then run this again"
}

if command -v apt-get >/dev/null && command -v dpkg-query >/dev/null; then
	have_apt=1
	install_packages "${packages[@]}"
else
	# Another system: its packages have other names, so look for the commands.
	have_apt=
	commands=(protoc make gcc g++ perl)
	if [ -n "$with_check" ]; then
		commands+=(python3)
	fi
	for command in "${commands[@]}"; do
		command -v "$command" >/dev/null ||
			stop "the command '$command' is missing, and this is no Debian where apt could bring it" \
				"install it with this system's package manager (protoc is the Protocol Buffers compiler)"
	done
fi

## Rust

channel=$(sed -n 's/^channel *= *"\(.*\)"/\1/p' rust-toolchain.toml)
command -v rustup >/dev/null ||
	stop "rustup is missing" \
		"install rustup (the Rust project's installer; its site and most systems' packages have it)," \
		"with any default toolchain, then run this again"

# An installed toolchain of the same version under another name ("stable", often) is the same toolchain.
# rustup does not link such a name itself, so this puts the link where rustup looks.
link_same_version() {
	local name host home
	for name in $(rustup toolchain list | cut -d' ' -f1); do
		if [[ "$(rustup run "$name" rustc --version 2>/dev/null)" == "rustc $channel "* ]]; then
			host=$(rustup run "$name" rustc -vV | sed -n 's/^host: //p')
			home=$(rustup show home)
			say "rustup could not install $channel; using the installed $name, which is the same version"
			ln -sfn "$home/toolchains/$name" "$home/toolchains/$channel-$host"
			: >"$log"
			return 0
		fi
	done
	return 1
}

# Asks for the toolchain by name: with RUSTUP_TOOLCHAIN or an override set, another one could answer.
export RUSTUP_AUTO_INSTALL=0
if ! rustup run "$channel" rustc --version >/dev/null 2>&1; then
	doing "installing the Rust toolchain $channel"
	quietly rustup toolchain install "$channel" --profile minimal || link_same_version ||
		stop "rustup could not install the Rust toolchain $channel" \
			"rustup toolchain install $channel --profile minimal --component rustfmt --component clippy" \
			"where this machine reaches no rustup server: copy the folder toolchains/$channel-HOST of rustup's" \
			"home (~/.rustup) from a machine that does"
fi
active=$(cargo --version 2>/dev/null | cut -d' ' -f2) || true
[ "$active" = "$channel" ] ||
	stop "'cargo' is version ${active:-unknown}, not $channel" \
		"put rustup's folder (${CARGO_HOME:-~/.cargo}/bin) first on PATH, and unset RUSTUP_TOOLCHAIN"

if [ -n "$with_check" ]; then
	for component in rustfmt clippy; do
		if ! rustup component list --installed 2>/dev/null | grep -q "^$component"; then
			doing "adding the Rust component $component"
			quietly rustup component add "$component" ||
				stop "rustup could not add $component" "rustup component add --toolchain $channel $component"
		fi
	done
fi

## The Wasm target, of runtimes and of guests

has_wasm_target() {
	compgen -G "$(rustc --print sysroot)/lib/rustlib/$wasm_target/lib/libcore-*.rlib" >/dev/null
}

# The made toolchain is named by what it was made from; another compiler or another recipe makes it anew.
linked_stamp() {
	echo "recipe 1"
	/usr/bin/rustc -vV
}
linked_is_current() {
	[ -x /usr/bin/rustc ] &&
		[ "$(cat "$linked_tree/made-from" 2>/dev/null)" = "$(linked_stamp)" ] &&
		[ "$(rustup run "$linked_name" rustc --print sysroot 2>/dev/null | xargs -r readlink -f)" \
			= "$(readlink -f "$linked_tree")" ]
}

# A toolchain for $wasm_target out of Debian's compiler, for a machine that reaches no rustup server: a
# folder of our own that borrows the compiler and adds core, alloc and compiler_builtins built from the
# compiler's source. Nothing is written under /usr but by apt.
make_linked_toolchain() {
	[ -n "$have_apt" ] ||
		stop "the target $wasm_target is missing" "rustup target add --toolchain $channel $wasm_target"
	# Asked before installing: where Debian's security archive is off, rustc-web is too old for the SDK.
	local offered
	offered=$(apt-cache policy rustc-web 2>/dev/null | sed -n 's/^ *Candidate: \([0-9.]*\).*/\1/p')
	if [ -z "$offered" ]; then
		quietly as_root apt-get -qq -o DPkg::Lock::Timeout=300 update || true
		offered=$(apt-cache policy rustc-web 2>/dev/null | sed -n 's/^ *Candidate: \([0-9.]*\).*/\1/p')
	fi
	if [ -z "$offered" ] || ! printf '%s\n%s\n' "$channel" "$offered" | sort -VC; then
		stop "the target $wasm_target is missing, rustup cannot add it, and Debian's rustc-web is ${offered:-not there}" \
			"either: rustup target add --toolchain $channel $wasm_target" \
			"or: a Debian with rustc-web $channel or newer (Debian 12 has it in its security archive)"
	fi
	install_packages rustc-web cargo-web rust-web-src
	# The linker of the LLVM that this compiler was built with.
	local llvm host
	llvm=$(/usr/bin/rustc -vV | sed -n 's/^LLVM version: \([0-9]*\).*/\1/p')
	host=$(/usr/bin/rustc -vV | sed -n 's/^host: //p')
	install_packages "lld-$llvm"

	doing "making the toolchain $linked_name for $wasm_target (about a minute)"
	local new=$linked_tree.new source
	source=$(readlink -f /usr/lib/rustlib/src/rust)
	rm -rf "$new"
	mkdir -p "$new/bin" "$new/lib/rustlib/$host/bin" "$new/lib/rustlib/$wasm_target/lib" "$new/build/src"
	# A script, not a link: the compiler takes its sysroot from where its library lies, which is /usr.
	cat >"$new/bin/rustc" <<-'WRAPPER'
		#!/bin/sh
		exec /usr/bin/rustc --sysroot "${0%/bin/*}" "$@"
	WRAPPER
	chmod +x "$new/bin/rustc"
	ln -s /usr/bin/cargo "$new/bin/cargo"
	# Build scripts and proc macros of a Wasm build run natively.
	ln -s "/usr/lib/rustlib/$host/lib" "$new/lib/rustlib/$host/lib"
	ln -s "/usr/bin/lld-$llvm" "$new/lib/rustlib/$host/bin/rust-lld"
	ln -s /usr/lib/rustlib/src "$new/lib/rustlib/src"

	printf '[package]\nname = "sysroot"\nversion = "0.0.0"\nedition = "2021"\n\n[workspace]\n' \
		>"$new/build/Cargo.toml"
	echo '#![no_std]' >"$new/build/src/lib.rs"
	# embed-bitcode: the runtime links with LTO, which reads it. remap-path-prefix: panic messages name
	# source files, and no file of this machine's belongs into a runtime.
	local flags commit
	commit=$(/usr/bin/rustc -vV | sed -n 's/^commit-hash: //p')
	flags=$(printf '%s\x1f' -Cembed-bitcode=yes "--remap-path-prefix=$source=/rustc/$commit" \
		"--remap-path-prefix=$new/lib/rustlib/src/rust=/rustc/$commit")
	(
		cd "$new/build" || exit
		# Nothing of the caller's settings may reach this build. -Zbuild-std is unstable, hence the
		# bootstrap flag: it lets a release compiler build its own library, as its makers do.
		unset RUSTUP_TOOLCHAIN RUSTFLAGS CARGO_BUILD_TARGET RUSTC_WRAPPER RUSTC_WORKSPACE_WRAPPER
		export RUSTC=$new/bin/rustc CARGO_TARGET_DIR=$new/build/target
		export CARGO_ENCODED_RUSTFLAGS=${flags%$'\x1f'} RUSTC_BOOTSTRAP=1
		quietly /usr/bin/cargo build --release -Zbuild-std=core,alloc --target "$wasm_target"
	) || stop "core and alloc did not build for $wasm_target with Debian's compiler" \
		"what the compiler said stands above; or: rustup target add --toolchain $channel $wasm_target"
	local crate
	for crate in core alloc compiler_builtins; do
		cp "$new/build/target/$wasm_target/release/deps/lib$crate-"*.rlib \
			"$new/lib/rustlib/$wasm_target/lib/"
	done
	# The source link goes too: with it the compiler would turn the remapped paths back.
	rm -rf "$new/build" "$new/lib/rustlib/src"
	rm -rf "$linked_tree"
	mv "$new" "$linked_tree"
	quietly rustup toolchain link "$linked_name" "$linked_tree" ||
		stop "rustup could not link $linked_tree" "rustup toolchain link $linked_name $linked_tree"
	prove_linked_toolchain
	# Last, so that one that failed its proof is made again.
	linked_stamp >"$linked_tree/made-from"
}

# Compiles and links a module, so that a broken toolchain shows here and not ten minutes into a build.
prove_linked_toolchain() {
	local work
	work=$(mktemp -d)
	cat >"$work/probe.rs" <<-'PROBE'
		#![no_std]
		#[panic_handler]
		fn panic(_: &core::panic::PanicInfo<'_>) -> ! {
			loop {}
		}
		#[no_mangle]
		pub extern "C" fn divide(a: u64, b: u64) -> u64 {
			(u128::from(a) * 3 / u128::from(b)) as u64
		}
	PROBE
	if ! quietly rustup run "$linked_name" rustc --target "$wasm_target" --crate-type cdylib \
		-C panic=abort -o "$work/probe.wasm" "$work/probe.rs"; then
		rm -rf "$work"
		stop "the toolchain $linked_name was made but cannot build a module" \
			"remove $linked_tree and run this again; or: rustup target add --toolchain $channel $wasm_target"
	fi
	rm -rf "$work"
}

if [ "${CAISSON_WASM_TOOLCHAIN:-}" = debian ]; then
	linked_is_current || make_linked_toolchain
elif ! has_wasm_target && ! linked_is_current; then
	doing "adding the target $wasm_target"
	# rustup calls a target up to date that its manifest lists, even where the files are gone: so look.
	if ! quietly rustup target add --toolchain "$channel" "$wasm_target" || ! has_wasm_target; then
		: >"$log"
		say "rustup could not add it; making it from Debian's compiler"
		make_linked_toolchain
	fi
fi

## Node.js and the packages of the end-to-end tests

# The floor is what package.json's "engines" says.
node_floor=20.19
node_help=(
	"Debian 12's own nodejs is 18, which the test runner refuses. Either way will do:"
	"a version manager such as nvm or fnm, or"
	"apt-get install nodejs npm && npm install --global node@22 && hash -r"
)
command -v node >/dev/null || stop "Node.js $node_floor or newer is missing" "${node_help[@]}"
command -v npm >/dev/null || stop "npm is missing" "${node_help[@]}"
node_version=$(node --version | tr -d v)
printf '%s\n%s\n' "$node_floor" "$node_version" | sort -VC ||
	stop "Node.js is $node_version, and $node_floor or newer is needed" "${node_help[@]}"

# npm writes the second file last, so an interrupted install is taken up again.
if [ -f "$e2e/package-lock.json" ] &&
	[ ! "$e2e/node_modules/.package-lock.json" -nt "$e2e/package-lock.json" ]; then
	doing "installing npm packages in $e2e"
	(cd "$e2e" && quietly npm ci --no-audit --no-fund) ||
		stop "npm ci failed in $e2e" "what npm said stands above; the packages come from the npm registry"
fi

if [ $did = 0 ]; then
	say "nothing to do"
else
	say "done"
fi
