#!/usr/bin/env bash
# Builds for development, starts, and does both again whenever a source changes.
source "$(dirname "$0")/lib.sh"
source scripts/env.sh
source scripts/data.sh

check_address dev
scripts/setup.sh
use_rust
[ -x "$TARGET/debug/balie" ] || say "Building client and server: 10 to 20 minutes this first time, afterwards only what changed"
# The demo needs the program, so it is built before the watching begins.
cargo build --package app
prepare_data "$TARGET/debug/balie"
say "Balie: ${BALIE_PUBLIC_URL:-http://$BALIE_ADDR}  (end with Ctrl-C)"
exec cargo xtask dev
