#!/usr/bin/env bash
# Brings what is missing: `setup.sh` for running Balie, `setup.sh --tests` for its tests too. Quick when nothing is.
source "$(dirname "$0")/lib.sh"
source scripts/env.sh
mkdir -p "$CACHE"
LOG="$CACHE/setup.log"
: >"$LOG"

logged() { "$@" >>"$LOG" 2>&1 </dev/null; }

# ---- apt, where there is one

as_root() {
  if [ "$(id -u)" = 0 ]; then "$@"; else sudo "$@"; fi
}

can_apt() {
  have apt-get || return 1
  [ "$(id -u)" = 0 ] && return
  have sudo || return 1
  sudo -n true 2>/dev/null && return
  # sudo may ask for a password, but only where somebody can answer.
  [ -t 0 ] && sudo -v
}

UPDATED=
apt_update() {
  [ -n "$UPDATED" ] && return
  say "  asking Debian what it has (apt-get update)"
  # One unreachable source need not matter: whether a package can be had is seen when it is installed.
  logged as_root apt-get update || true
  UPDATED=yes
}

# `apt_install what-for packages…`
apt_install() {
  can_apt || return 1
  local why=$1
  shift
  apt_update
  say "  installing with apt-get: $* ($why)"
  logged as_root env DEBIAN_FRONTEND=noninteractive apt-get -y -o DPkg::Lock::Timeout=120 install --no-install-recommends "$@"
}

# ---- Rust

# `rustup_does seconds arguments…`: where rustup can't reach its server, it is not waited for any longer.
rustup_does() {
  local limit=()
  have timeout && limit=(timeout "$1")
  shift
  RUSTUP_MAX_RETRIES=0 logged ${limit[@]+"${limit[@]}"} rustup "$@"
}

rustup_target() {
  have rustup && new_enough "$(rust_version rustc)" || return 1
  say "Rust for the browser: rustup target add $WASM (some seconds)"
  rustup_does 120 target add "$WASM"
}

# Whichever toolchain somebody chose as their own stays that; `use_rust` takes this one for Balie alone.
rustup_stable() {
  have rustup || return 1
  say "Rust: rustup toolchain install stable (1 to 3 minutes)"
  rustup_does 600 toolchain install stable --profile minimal --target "$WASM" && stable_ready
}

debian_packages() {
  local file
  for file in cargo rustc rustdoc rustfmt clippy-driver cargo-clippy cargo-fmt rust-lld; do
    [ -e "/usr/bin/$file" ] || return 1
  done
  [ -d /usr/lib/rustlib/src/rust/library/std ] && new_enough "$(rust_version /usr/bin/rustc)"
}

debian_rust() {
  is_debian || return 1
  if ! debian_packages; then
    can_apt || return 1
    say "Rust: rustup has nothing fitting, so Debian's packages (1 to 3 minutes)"
    apt_update
    local version lld
    version=$(apt-cache policy rustc-web | sed -nE 's/^ *Candidate: ([0-9.]+).*/\1/p')
    new_enough "${version:-0.0}" || { warn "  Debian has Rust ${version:-not at all}"; return 1; }
    # Its linker is a link into the lld of the LLVM it depends on.
    lld=$(apt-cache depends rust-web-llvm | sed -nE 's/.*Depends: llvm-([0-9]+).*/lld-\1/p' | head -n 1)
    apt_install "Rust" gcc libc6-dev rustc-web cargo-web rust-web-src rust-web-llvm ${lld:+"$lld"} rustfmt-web rust-web-clippy || return 1
    debian_packages || return 1
  fi
  local file
  mkdir -p "$CACHE/debian-bin"
  for file in cargo rustc rustdoc rustfmt clippy-driver cargo-clippy cargo-fmt; do
    ln -sfn "/usr/bin/$file" "$CACHE/debian-bin/$file"
  done
  debian_ready || build_wasm_std
}

# Debian ships the sources of the standard library, but not built for the browser.
build_wasm_std() {
  say "Rust for the browser: building its standard library, once (1 to 2 minutes)"
  local work sysroot
  work=$(mktemp -d "$CACHE/building.XXXXXX")
  sysroot=$(debian_sysroot)
  mkdir -p "$work/src" "$work/sysroot/lib/rustlib/$WASM/lib"
  : >"$work/src/lib.rs"
  cat >"$work/Cargo.toml" <<'TOML'
[package]
name = "empty"
version = "0.0.0"
edition = "2024"
[profile.release]
opt-level = "z"
panic = "abort"
[workspace]
TOML
  # Without the bitcode the client could not be optimised across crates.
  if ! (
    cd "$work"
    unset CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUSTFLAGS
    PATH="$CACHE/debian-bin:$PATH" CARGO_TARGET_DIR="$work/target" RUSTC_BOOTSTRAP=1 RUSTFLAGS=-Cembed-bitcode=yes \
      logged cargo build --release -Zbuild-std=std,panic_abort -Zbuild-std-features=optimize_for_size --target "$WASM"
  ); then
    rm -rf "$work"
    return 1
  fi
  rm -f "$work/target/$WASM/release/deps/"libempty*
  cp "$work/target/$WASM/release/deps/"*.rlib "$work/sysroot/lib/rustlib/$WASM/lib/"
  # In place at once or not at all: an interrupted run leaves nothing that looks complete.
  rm -rf "$sysroot"
  mv "$work/sysroot" "$sysroot"
  rm -rf "$work"
}

setup_rust() {
  # What interrupted runs left, unless one is at work right now.
  find "$CACHE" -maxdepth 1 -name 'building.*' -mmin +30 -exec rm -rf {} + 2>/dev/null || true
  use_rust && return
  if ! rustup_target && ! debian_rust && ! rustup_stable; then
    local found
    found=$(rust_version rustc)
    tail -n 15 "$LOG" >&2
    die "Missing: Rust 1.$RUST_MINOR or newer with the target $WASM (found: ${found:-no Rust})." \
      "  With rustup:     rustup update stable && rustup target add $WASM" \
      "  Without rustup:  install it as https://rustup.rs tells, then the line above" \
      "  On Debian:       run this as root or with sudo installed, and its own packages are used" \
      "  The whole log:   $LOG"
  fi
  unset BALIE_RUST
  use_rust || die "Rust was installed, but cannot be used; see $LOG"
}

setup_cc() {
  # SQLite and the cryptography are C, and linking needs it too.
  have cc && return
  say "A C compiler (under a minute)"
  apt_install "C compiler" gcc libc6-dev || true
  have cc || die "Missing: a C compiler (cc)." "  Debian, Ubuntu: apt-get install gcc libc6-dev" "  Fedora: dnf install gcc" "  macOS: xcode-select --install"
}

# ---- for the tests

MISSING=()

answers() { "$@" --version >/dev/null 2>&1; }

# rustup has them, but leaves them out where it is told to be sparing. Debian's packages bring them above.
setup_lints() {
  answers clippy-driver && answers cargo fmt && return
  if have rustup && [ "$BALIE_RUST" = path ]; then
    say "Lints and formatting: rustup component add clippy rustfmt (some seconds)"
    rustup_does 120 component add clippy rustfmt || true
  fi
  answers clippy-driver && answers cargo fmt ||
    MISSING+=("clippy and rustfmt of the Rust that builds Balie (rustup component add clippy rustfmt)")
}

setup_postgres() {
  [ -n "${BALIE_TEST_POSTGRES:-}" ] && return
  find_postgres >/dev/null && return
  say "PostgreSQL for the tests (about a minute)"
  apt_install "database tests" postgresql || true
  find_postgres >/dev/null ||
    MISSING+=("PostgreSQL 13 or newer, its server programs (Debian: apt-get install postgresql; macOS: brew install postgresql@17), or a server of yours: BALIE_TEST_POSTGRES=postgres://…")
}

setup_browser() {
  local node
  node=$(major_of node)
  if ! have npm || [ "${node:-0}" -lt 18 ]; then
    say "Node for the browser tests (about a minute)"
    apt_install "browser tests" nodejs npm || true
  fi
  node=$(major_of node)
  if ! have npm || [ "${node:-0}" -lt 18 ]; then
    MISSING+=("Node 18 or newer, with npm (found: ${node:-none}; Debian: apt-get install nodejs npm)")
    return
  fi
  [ -f end2end/package-lock.json ] || { MISSING+=("end2end/package-lock.json, which belongs to the repository"); return; }

  # The copy lies inside node_modules, so it goes when they go.
  local stamp=end2end/node_modules/.balie-installed
  if ! cmp -s end2end/package-lock.json "$stamp"; then
    say "The browser tests' packages: npm ci (under a minute)"
    # A browser of its own is fetched below where it is needed, not here.
    if PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD=1 logged npm --prefix end2end ci --no-audit --no-fund; then
      mkdir -p end2end/node_modules
      cp end2end/package-lock.json "$stamp"
    else
      MISSING+=("the packages of end2end/package-lock.json: 'npm ci' failed there, see $LOG")
      return
    fi
  fi

  # The shell without windows takes a third of the time, so it is fetched even where there is a whole Chromium.
  if [ -z "${CHROMIUM:-}" ] && is_debian && ! have chromium-headless-shell; then
    say "Chromium for the browser tests (under a minute)"
    apt_install "browser tests" chromium-headless-shell || true
  fi
  find_chromium >/dev/null && return
  say "Chromium for the browser tests (1 to 2 minutes)"
  (cd end2end && logged npx playwright install chromium) && return
  MISSING+=("Chromium (Debian: apt-get install chromium-headless-shell; elsewhere: cd end2end && npx playwright install --with-deps chromium), or the path of one: CHROMIUM=/path")
}

case "${1:-}" in '' | --tests) ;; *) die "usage: $0 [--tests]" ;; esac
setup_cc
setup_rust
if [ "${1:-}" = --tests ]; then
  setup_lints
  setup_postgres
  setup_browser
  [ ${#MISSING[@]} = 0 ] || die "Missing:" "${MISSING[@]/#/  - }" "  The whole log: $LOG"
fi
