# SPDX-License-Identifier: Apache-2.0
# The same tests under the address and undefined-behaviour sanitizers: any report ends the program and fails its test.
set -uo pipefail
. .ci/common.sh
build_preset asan
export ASAN_OPTIONS=detect_leaks=1:abort_on_error=1:strict_string_checks=1 UBSAN_OPTIONS=print_stacktrace=1:halt_on_error=1
export LSAN_OPTIONS=suppressions=$PWD/tests/suites/lsan.txt:print_suppressions=0
mapfile -t programs < <(units asan)
lanes=$((2 * $(nproc)))  # the contract suite waits for drivers, the host's cases for answers
at_once 'SEALFERRY_BUILD=build/asan node --test --test-reporter=tap --test-concurrency=1 tests/host/cases/' \
  'bash tests/suites/asan-contract.sh --way worker' \
  'bash tests/suites/asan-contract.sh --way direct' \
  "${programs[@]}"
