# SPDX-License-Identifier: Apache-2.0
# The host program over its pipe, the command line, and what a release build leaves out.
set -uo pipefail
. .ci/common.sh
[ -n "${SEALFERRY_QUICK:-}" ] || build_preset release
# Whole soaks take their hour.
timeout "$([ -n "${SEALFERRY_FULL:-}" ] && echo 7200 || echo 900)" node --test --test-reporter=tap --test-concurrency=2 tests/host/cases/
