#!/usr/bin/env bash
# Builds Balie as it is shipped and starts it with the demo. Later runs start at once.
source "$(dirname "$0")/lib.sh"
source scripts/env.sh
source scripts/data.sh

check_address run
scripts/setup.sh
use_rust
[ -x "$TARGET/release/balie" ] || say "Building client and server: 10 to 20 minutes this first time, afterwards only what changed"
build_shipped app
prepare_data "$TARGET/release/balie"
export BALIE_SITE="${BALIE_SITE:-$TARGET/site}"
say "Balie: ${BALIE_PUBLIC_URL:-http://$BALIE_ADDR}  (end with Ctrl-C)"
# One arena: with one for each thread glibc keeps twice the memory (docs/bench.md).
export MALLOC_ARENA_MAX="${MALLOC_ARENA_MAX:-1}"
exec "$TARGET/release/balie" serve
