# SPDX-License-Identifier: Apache-2.0
# libFuzzer over every reader of hostile bytes, with the sanitizers: 20 seconds each, ten minutes each under --full, as many at once
# as there are processors. What crashes one is kept in build/report/fuzz and belongs into tests/vectors/fuzz together with its mending.
set -uo pipefail
. .ci/common.sh
build_preset fuzz fuzz
export ASAN_OPTIONS=detect_leaks=1 UBSAN_OPTIONS=print_stacktrace=1
seconds=$([ -n "${SEALFERRY_FULL:-}" ] && echo 600 || echo 20)
crashes=$PWD/build/report/fuzz
mkdir -p "$crashes"
export seconds crashes

fuzz() {  # fuzz PROGRAM: its own report, and nothing on the way
  local name=${1##*/fuzz-} found report
  found=$(mktemp -d) report=$crashes/$name.log
  local seeds=(tests/vectors/fuzz/"$name")
  [ "$name" != seal ] || seeds+=(tests/vectors/seals)
  "$1" -max_total_time="$seconds" -timeout=60 -rss_limit_mb=1024 -max_len=65536 -seed="$((SEALFERRY_SEED % 2147483647 + 1))" \
    -print_final_stats=1 -verbosity=0 -artifact_prefix="$crashes/$name-" "$found" "${seeds[@]}" >"$report" 2>&1
  echo "ended with $?" >>"$report"
  rm -rf "$found"
}
export -f fuzz
rm -f "$crashes"/*.log
programs=(build/fuzz/fuzz/fuzz-*)
printf '%s\0' "${programs[@]}" | xargs -0 -n 1 -P "$(nproc)" bash -c 'fuzz "$1"' fuzz

passed=0 failed=0
for program in "${programs[@]}"; do
  name=${program##*/fuzz-}
  echo "== $name"
  tail -n 40 "$crashes/$name.log"
  if [ "$(tail -n 1 "$crashes/$name.log")" = "ended with 0" ]; then
    passed=$((passed + 1))
  else
    failed=$((failed + 1))
    echo "FAILED $name"
  fi
done
echo "$passed passed, $failed failed"
[ "$failed" = 0 ]
