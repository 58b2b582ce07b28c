# shellcheck shell=bash
# Sourced after lib.sh: puts a Rust that can build server and client first in the PATH. Changes nothing on the machine;
# what is missing is for setup.sh to bring.
#
# Either the Rust that is there has the WebAssembly target (rustup's, mostly), or it is Debian's, with a standard library
# for that target that setup.sh built, or rustup's stable beside an older one. Debian's is not linked into rustup: nobody's rustup is changed by us.

RUST_MINOR=94 # sqlx 0.9 needs Rust 1.94
WASM=wasm32-unknown-unknown

# Flags from outside would replace those of .cargo/config.toml, and then server and client no longer agree.
unset RUSTFLAGS CARGO_ENCODED_RUSTFLAGS

rust_version() { "$1" --version 2>/dev/null | grep -oE '[0-9]+\.[0-9]+\.[0-9]+' | head -n 1 || true; }

# `new_enough 1.96.0`
new_enough() {
  local major minor
  IFS=. read -r major minor _ <<<"$1"
  [ "${major:-0}" -gt 1 ] || { [ "${major:-0}" -eq 1 ] && [ "${minor:-0}" -ge "$RUST_MINOR" ]; }
}

has_wasm() { compgen -G "$("$1" --print target-libdir --target "$WASM" 2>/dev/null)/libstd-*.rlib" >/dev/null; }

debian_sysroot() { echo "$CACHE/sysroot-$(rust_version /usr/bin/rustc)"; }

debian_ready() {
  [ -x /usr/bin/rustc ] && [ -x "$CACHE/debian-bin/cargo" ] && new_enough "$(rust_version /usr/bin/rustc)" &&
    compgen -G "$(debian_sysroot)/lib/rustlib/$WASM/lib/libstd-*.rlib" >/dev/null
}

use_debian() {
  export PATH="$CACHE/debian-bin:$PATH"
  # cargo looks in its own bin folder first, and would find rustup's proxies there, unless the PATH names it.
  [[ ":$PATH:" == *":${CARGO_HOME:-$HOME/.cargo}/bin:"* ]] || PATH="$PATH:${CARGO_HOME:-$HOME/.cargo}/bin"
  # Joins the flags of .cargo/config.toml.
  CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUSTFLAGS="--sysroot=$(debian_sysroot)"
  export CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUSTFLAGS
}

# Asked for by name only where it is there: some rustups would begin to install it.
stable_ready() {
  have rustup && rustup toolchain list 2>/dev/null | grep -q '^stable-' || return 1
  (export RUSTUP_TOOLCHAIN=stable; new_enough "$(rust_version rustc)" && has_wasm rustc)
}

# Whether there is a Rust to build with; if so it is the one in the PATH now.
use_rust() {
  [ -n "${BALIE_RUST:-}" ] && return
  if have cargo && new_enough "$(rust_version rustc)" && has_wasm rustc; then
    export BALIE_RUST=path
  elif debian_ready; then
    use_debian
    export BALIE_RUST=debian
  elif stable_ready; then
    export RUSTUP_TOOLCHAIN=stable BALIE_RUST=path
  else
    return 1
  fi
}

# `build_shipped packages…`: the client, and beside it those packages as they are shipped. For most of its time either uses one core only.
build_shipped() {
  local client='' server='' status=0
  # Groups of their own, so that whoever is interrupted ends both and nobody else.
  trap 'kill -- ${client:+-$client} ${server:+-$server} 2>/dev/null; exit 130' INT TERM
  set -m
  cargo xtask client --release &
  client=$!
  cargo build --release "${@/#/--package=}" &
  server=$!
  set +m
  wait "$client" || { status=$?; kill -- "-$server" 2>/dev/null || true; warn "" "The client could not be built: see above."; }
  wait "$server" || status=${status/#0/$?}
  trap - INT TERM
  return "$status"
}
