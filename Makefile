# `make` alone lists what there is. Variables: BALIE_ADDR=host:port, DATABASE_URL=…, CARGO_TARGET_DIR=…
SHELL := bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help
.PHONY: help run dev build test bench soak screenshots fmt setup clean

RUST := source scripts/lib.sh; source scripts/env.sh; scripts/setup.sh; use_rust;

help: ## this list
	@sed -nE 's/^([a-z]+):.*## (.*)/make \1|\2/p' Makefile | awk -F'|' '{ printf "  %-12s %s\n", $$1, $$2 }'

run: ## set up, build and start Balie with a demo, on http://127.0.0.1:3000
	@scripts/run.sh

dev: ## the same for development: builds and restarts on every change
	@scripts/dev.sh

build: ## client and server as they are shipped: target/release/balie and target/site
	@$(RUST) build_shipped app

test: ## every check and test, on SQLite and PostgreSQL, and in a browser
	@scripts/test.sh

bench: ## what a browser downloads, and speed and memory against a bare program
	@scripts/bench.sh

soak: ## the race tests, long and on durable databases
	@scripts/soak.sh

screenshots: ## the README's pictures, taken anew
	@scripts/screenshots.sh

fmt: ## format the sources
	@$(RUST) cargo fmt --all

setup: ## bring what building and testing need, without building
	@scripts/setup.sh --tests

clean: ## remove what was built; the data stays
	@rm -rf "$${CARGO_TARGET_DIR:-target}" end2end/test-results end2end/playwright-report
