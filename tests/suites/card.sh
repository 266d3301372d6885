# SPDX-License-Identifier: Apache-2.0
# The virtual USB-KEY behind OpenSC: whole orders through the host, what the key's own counter says of the PIN, and pulling it at
# every command of a change.
set -uo pipefail
. .ci/common.sh
lanes=$((2 * $(nproc)))  # a card's answers are waited for
at_once "build/dev/contract/contract-unplug ${SEALFERRY_FULL:+--full} --seed $SEALFERRY_SEED" \
  'timeout 600 node --test --test-reporter=tap --test-concurrency=2 tests/card/cases/' \
  "build/dev/contract/contract-soak --rounds $([ -n "${SEALFERRY_FULL:-}" ] && echo 1000 || echo 15)" \
  build/dev/contract/contract-pin \
  build/dev/contract/contract-several
