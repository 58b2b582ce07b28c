# shellcheck shell=bash
# Sourced. How many tests a run passed and failed, read from what the runner wrote: prints "passed failed".

# nextest:     Summary [   1.234s] 12 tests run: 11 passed (1 slow), 1 failed, 2 skipped
# cargo test:  test result: FAILED. 3 passed; 1 failed; 0 ignored; …
# A test program that crashed has a "Running" line and no result: one failure.
count_rust() {
  sed -E 's/\x1b\[[0-9;]*m//g' "$1" | awk '
    /^ *Summary \[.*\] .* tests? run: / {
      sub(/^ *Summary \[[^]]*\] */, ""); split($1, of, "/"); total = (2 in of) ? of[2] : of[1]
      sub(/^.* run: /, ""); passed += $1; failed += total - $1
    }
    /^ +Running .*\(.*\)$/ { running++ }
    /^test result: / { results++; passed += $4; failed += $6 }
    END { if (running > results) failed += running - results; print passed + 0, failed + 0 }'
}

# Playwright: the report of its `json` reporter. What passed only the second time counts as passed; `flaky_playwright` names it.
count_playwright() {
  node -e '
    const { stats, errors } = JSON.parse(require("fs").readFileSync(process.argv[1], "utf8"));
    console.log(stats.expected + stats.flaky, stats.unexpected + errors.length);
  ' "$1" 2>/dev/null || echo "0 0"
}

# The titles of what passed only the second time, one a line, with the project and the describes around them.
flaky_playwright() {
  node -e '
    const look = (suite, around) => {
      for (const { title, tests } of suite.specs ?? []) {
        for (const test of tests) if (test.status === "flaky") console.log([test.projectName, ...around, title].join(" › "));
      }
      for (const inner of suite.suites ?? []) look(inner, [...around, inner.title]);
    };
    for (const file of JSON.parse(require("fs").readFileSync(process.argv[1], "utf8")).suites) look(file, [file.title]);
  ' "$1" 2>/dev/null || true
}
