# SPDX-License-Identifier: Apache-2.0
# A part of asan.sh, `asan-contract.sh [ARGUMENT...]`: the contract suite, in which a report from anybody but libp11 is ours. Its own
# crash when a key is pulled (0.4.12) is what the worker process is for.
set -uo pipefail
status=0
reports=$(mktemp)
build/asan/contract/contract "$@" 2>"$reports" || status=1  # a plain file: the suite looks for children of its own, and a pipe's reader would be one
cat "$reports" >&2
if grep -E 'SUMMARY: |runtime error:' "$reports" | grep -v 'libp11\.so'; then
  echo "FAILED: a sanitizer report"
  status=1
fi
rm -f "$reports"
exit $status
