#!/usr/bin/env bash
# What a visitor downloads.
source "$(dirname "$0")/lib.sh"
source scripts/env.sh

scripts/setup.sh
use_rust
cargo xtask client --release >/dev/null

size() { wc -c <"$1" | tr -d ' '; }
printf '%-10s %10s %10s %10s   bytes\n' file raw gzip brotli
total=(0 0 0)
while IFS='=' read -r kind name; do
  file="$TARGET/site/pkg/$name"
  sizes=("$(size "$file")" "$(size "$file.gz")" "$(size "$file.br")")
  printf '%-10s %10d %10d %10d\n' "$kind" "${sizes[@]}"
  for i in 0 1 2; do total[i]=$((total[i] + sizes[i])); done
done <"$TARGET/site/pkg/manifest.txt"
printf '%-10s %10d %10d %10d\n' total "${total[@]}"
