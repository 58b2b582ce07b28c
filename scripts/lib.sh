# shellcheck shell=bash
# Sourced first by every script: strict mode, the repository's root, and how to speak.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

# shellcheck disable=SC2034 # both for those who source this
CACHE="${XDG_CACHE_HOME:-$HOME/.cache}/balie"
# shellcheck disable=SC2034
TARGET="${CARGO_TARGET_DIR:-target}"

say() { printf '%s\n' "$*"; }
warn() { printf '%s\n' "$@" >&2; }
die() {
  warn "" "$@"
  exit 1
}
have() { command -v "$1" >/dev/null 2>&1; }

# The first number of what a program says its version is: `major_of node` is 20 for "v20.1.0".
major_of() { "$@" --version 2>/dev/null | grep -oE '[0-9]+' | head -n 1 || true; }

is_debian() { [ -r /etc/os-release ] && (. /etc/os-release && [ "${ID:-}" = debian ]); }

# Folder of PostgreSQL's server programs, version 13 or newer; distributions keep them off the PATH.
find_postgres() {
  local dir
  for dir in $(compgen -G '/usr/lib/postgresql/*/bin' | sort -rV) $(compgen -G '/usr/pgsql-*/bin' | sort -rV) \
    $(compgen -G '/opt/homebrew/opt/postgresql@*/bin' | sort -rV) "$(dirname "$(command -v initdb || echo /none/x)")"; do
    [ -x "$dir/initdb" ] && [ "$(major_of "$dir/postgres")" -ge 13 ] && { echo "$dir"; return; }
  done
  return 1
}

# Path of a Chromium on this machine; without one the browser tests use Playwright's own. The shell without windows runs the same pages in a
# third of the time.
find_chromium() {
  [ -n "${CHROMIUM:-}" ] && { echo "$CHROMIUM"; return; }
  # Ubuntu's `chromium` is a snap, which cannot be driven.
  local name
  for name in chromium-headless-shell chromium google-chrome google-chrome-stable; do
    have "$name" && [[ "$(readlink -f "$(command -v "$name")")" != *snap* ]] && { command -v "$name"; return; }
  done
  return 1
}
