#!/usr/bin/env bash
# The races of server/tests/it/races*.rs, many more of them, against databases that write as durably as real ones.
source "$(dirname "$0")/lib.sh"
source scripts/env.sh
source scripts/postgres.sh
trap 'stop_postgres || true' EXIT
trap 'exit 130' INT TERM

scripts/setup.sh --tests
use_rust
start_postgres durable
# The whole workspace is named so that what `make test` compiled is used again.
# A million cases of each property of addresses, domains, names and passwords, optimised, or it takes all night.
BALIE_SOAK=1 cargo test --release --package shared
BALIE_SOAK=1 cargo test --workspace --test it --no-fail-fast -- races --nocapture --test-threads=1
# And in browsers all that `make test` tries by its main ways: without JavaScript, and on PostgreSQL.
cargo build --workspace --all-targets
"$TARGET/debug/xtask" client --release
(cd end2end && BALIE_SOAK=1 npx playwright test)
