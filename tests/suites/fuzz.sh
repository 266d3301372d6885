# SPDX-License-Identifier: Apache-2.0
# libFuzzer over every reader of hostile bytes, with the sanitizers: 20 seconds each, ten minutes each under --full. What crashes one
# is kept in build/report/fuzz and belongs into tests/vectors/fuzz together with its mending.
set -uo pipefail
. .ci/common.sh
build_preset fuzz fuzz
export ASAN_OPTIONS=detect_leaks=1 UBSAN_OPTIONS=print_stacktrace=1
seconds=$([ -n "${SEALFERRY_FULL:-}" ] && echo 600 || echo 20)
crashes=$PWD/build/report/fuzz/
mkdir -p "$crashes"
passed=0 failed=0
for program in build/fuzz/fuzz/fuzz-*; do
  name=${program##*/fuzz-}
  found=$(mktemp -d)
  seeds=(tests/vectors/fuzz/"$name")
  [ "$name" != seal ] || seeds+=(tests/vectors/seals)
  echo "== $name"
  if "$program" -max_total_time="$seconds" -timeout=10 -rss_limit_mb=1024 -max_len=65536 -seed="$((SEALFERRY_SEED % 2147483647 + 1))" \
    -print_final_stats=1 -verbosity=0 -artifact_prefix="$crashes$name-" "$found" "${seeds[@]}"; then
    passed=$((passed + 1))
  else
    failed=$((failed + 1))
    echo "FAILED $name"
  fi
  rm -rf "$found"
done
echo "$passed passed, $failed failed"
[ "$failed" = 0 ]
