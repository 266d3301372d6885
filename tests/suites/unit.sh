# SPDX-License-Identifier: Apache-2.0
# Every room by itself.
set -uo pipefail
status=0
for program in build/dev/unit/unit-*; do
  echo "== $program"
  "$program" || status=1
done
exit $status
