#!/usr/bin/env bash
# Takes the pictures in docs/ anew, of a program of its own that shows the demo.
source "$(dirname "$0")/lib.sh"
source scripts/env.sh

absolute() { (cd "$(dirname "$1")" && echo "$PWD/$(basename "$1")"); }

scripts/setup.sh --tests
use_rust
# The same build as the tests': another one would compile everything again.
cargo build --workspace --all-targets
"$TARGET/debug/xtask" client --release
BALIE_BIN=$(absolute "$TARGET/debug/balie")
BALIE_SITE=$(absolute "$TARGET/site")
export BALIE_BIN BALIE_SITE
if CHROMIUM=$(find_chromium); then export CHROMIUM; else unset CHROMIUM; fi
cd end2end
npx playwright test --config screenshots/playwright.config.ts
