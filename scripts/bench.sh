#!/usr/bin/env bash
# Measures Balie as it is shipped, on both databases. It fails only when it can't measure: `bench.sh`, or `bench.sh --quick`.
source "$(dirname "$0")/lib.sh"
source scripts/env.sh
source scripts/postgres.sh

case "${1:-}" in '' | --quick) ;; *) die "usage: $0 [--quick]" ;; esac
scripts/setup.sh
use_rust
[ -x "$TARGET/release/balie" ] || say "Building client and server: 10 to 20 minutes this first time, afterwards only what changed"
# Both packages at once: alone, the bench would have dependencies built again with fewer features.
build_shipped app bench

TMPDIR=$(mktemp -d "${TMPDIR:-/tmp}/balie-bench.XXXXXX")
export TMPDIR
trap 'stop_postgres || true; rm -rf "$TMPDIR"' EXIT
trap 'exit 130' INT TERM
# Durable, as a real server is: who signs in waits for a commit.
start_postgres durable || warn "PostgreSQL is not measured."
BALIE_BIN="$TARGET/release/balie" BALIE_SITE="$TARGET/site" "$TARGET/release/bench" "$@"
