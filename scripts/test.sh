#!/usr/bin/env bash
# Everything that can be checked, on both databases. A step that fails does not keep the others from running.
# The last line is "N passed, N failed"; the logs are in target/test-logs.
source "$(dirname "$0")/lib.sh"
source scripts/env.sh
source scripts/postgres.sh
source scripts/count.sh

LOGS="$TARGET/test-logs"
rm -rf "$LOGS"
mkdir -p "$LOGS"
PASSED=0
FAILED=0
DONE=
export CARGO_TERM_COLOR=never
# An interruption may come while a step's output goes to its log.
exec 9>&1

finish() {
  local code=$?
  trap - EXIT
  stop_postgres || true
  # Also when this script itself fell over: the last line is the count.
  [ -n "$DONE" ] || FAILED=$((FAILED + 1))
  say "$PASSED passed, $FAILED failed" >&9
  [ "$FAILED" = 0 ] || exit 1
  exit "$code"
}
trap finish EXIT
trap 'say interrupted >&9; exit 130' INT TERM

# `report name status passed failed seconds`: a step that failed without saying how often failed once.
report() {
  local name=$1 status=$2 passed=$3 failed=$4 seconds=$5 word=ok
  [ "$status" != 0 ] && [ "$failed" = 0 ] && failed=1
  [ "$failed" = 0 ] || word=FAILED
  PASSED=$((PASSED + passed))
  FAILED=$((FAILED + failed))
  printf '%-6s %-16s %5d passed %4d failed %5d s\n' "$word" "$name" "$passed" "$failed" "$seconds"
  [ "$failed" = 0 ] || { tail -n "${TAIL:-60}" "$LOGS/$name.log" | sed 's/^/    | /'; }
}

# `check name command…`: passes or fails as a whole.
check() {
  local name=$1 start=$SECONDS status=0
  shift
  "$@" >"$LOGS/$name.log" 2>&1 </dev/null || status=$?
  report "$name" "$status" $((status == 0)) 0 $((SECONDS - start))
  return "$status"
}

# `begin name command…`: the same beside what follows; `finished name` waits for it.
begin() {
  local name=$1
  shift
  { local start=$SECONDS status=0; "$@" >"$LOGS/$name.log" 2>&1 </dev/null || status=$?; echo "$status $((SECONDS - start))" >"$LOGS/$name.end"; } 9>&- &
  BESIDE=$!
}
finished() {
  local name=$1 status=1 seconds=0
  wait "$BESIDE" || true
  read -r status seconds <"$LOGS/$name.end" || true
  report "$name" "$status" $((status == 0)) 0 "$seconds"
  return "$status"
}

# `count name counter command…`: the counter prints how many tests passed and failed.
count() {
  local name=$1 counter=$2 start=$SECONDS status=0 passed failed
  shift 2
  "$@" >"$LOGS/$name.log" 2>&1 </dev/null || status=$?
  read -r passed failed < <("$counter")
  # A runner that ran nothing has not succeeded.
  [ "$passed" = 0 ] && [ "$failed" = 0 ] && { echo "no test was run" >>"$LOGS/$name.log"; status=1; }
  report "$name" "$status" "$passed" "$failed" $((SECONDS - start))
}

# Clippy's driver is the compiler with more lints: our own crates are linted as they are built, and nothing is compiled twice.
with_lints() { RUSTC_WORKSPACE_WRAPPER=clippy-driver "$@"; }

# One build of everything: building packages one by one would compile dependencies again with fewer features.
build() { with_lints cargo build --workspace --all-targets; }

client() { with_lints "$TARGET/debug/xtask" client --release; }

# `no_warnings step`: cargo says every warning again, also of what it did not have to build. They don't keep the tests from running.
no_warnings() { ! grep -A12 -E '^warning' "$LOGS/$1.log"; }

rust_tests() {
  if cargo nextest --version >/dev/null 2>&1; then
    with_lints cargo nextest run --workspace --no-fail-fast
  else
    with_lints cargo test --workspace --lib --bins --tests --no-fail-fast
  fi
}
rust_counts() { count_rust "$LOGS/tests.log"; }

browser_tests() (
  cd end2end || exit
  PLAYWRIGHT_JSON_OUTPUT_FILE="$REPORT" PLAYWRIGHT_JSON_OUTPUT_NAME="$REPORT" npx playwright test --reporter=list,json
)
browser_counts() { if [ -f "$REPORT" ]; then count_playwright "$REPORT"; else echo "0 0"; fi; }

absolute() { (cd "$(dirname "$1")" && echo "$PWD/$(basename "$1")"); }

scripts/setup.sh --tests
use_rust

check fmt cargo fmt --all --check || true
if cargo deny --version >/dev/null 2>&1; then
  check deny cargo deny check bans licenses || true
else
  say "-      deny             not run: cargo-deny is not installed (cargo install cargo-deny)"
fi

BUILT=
check build build && BUILT=yes
check clippy no_warnings build || true
check postgres start_postgres || true
# Most of its time the client's compiler uses one core.
[ -n "$BUILT" ] && begin client client
count tests rust_counts rust_tests
CLIENT=
[ -n "$BUILT" ] && finished client && CLIENT=yes
[ -n "$BUILT" ] && { check clippy-client no_warnings client || true; }
if [ -n "$CLIENT" ]; then
  REPORT="$(absolute "$LOGS/browser.json")"
  BALIE_BIN=$(absolute "$TARGET/debug/balie")
  BALIE_SITE=$(absolute "$TARGET/site")
  CHROMIUM=$(find_chromium || true)
  export BALIE_BIN BALIE_SITE CHROMIUM
  [ -n "$CHROMIUM" ] || unset CHROMIUM
  count browser browser_counts browser_tests
  # A test that needed a second try may hide a defect: it is named where the result is read.
  [ ! -f "$REPORT" ] || flaky_playwright "$REPORT" | sed 's/^/    | only the second time: /'
else
  echo "not run: there is no server or no client" >"$LOGS/browser.log"
  report browser 1 0 0 0
fi
say "all steps: $SECONDS s"
DONE=yes
