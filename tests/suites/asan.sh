# SPDX-License-Identifier: Apache-2.0
# The same tests under the address and undefined-behaviour sanitizers: any report ends the program and fails its test.
set -uo pipefail
. .ci/common.sh
build_preset asan
export ASAN_OPTIONS=detect_leaks=1:abort_on_error=1:strict_string_checks=1 UBSAN_OPTIONS=print_stacktrace=1:halt_on_error=1
export LSAN_OPTIONS=suppressions=$PWD/tests/suites/lsan.txt:print_suppressions=0
status=0
for program in build/asan/unit/unit-*; do
  echo "== $program"
  "$program" || status=1
done
echo "== contract"
reports=$(mktemp)
build/asan/contract/contract 2>"$reports" || status=1  # a plain file: the suite looks for children of its own, and a pipe's reader would be one
cat "$reports" >&2
# A report from anybody but libp11 is ours: its own crash when a key is pulled (0.4.12) is what the worker process is for.
if grep -E 'SUMMARY: |runtime error:' "$reports" | grep -v 'libp11\.so'; then
  echo "FAILED: a sanitizer report"
  status=1
fi
rm -f "$reports"
echo "== host"
SEALFERRY_BUILD=build/asan node --test --test-reporter=tap --test-concurrency=2 tests/host/cases/ || status=1
exit $status
