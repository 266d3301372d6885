# SPDX-License-Identifier: Apache-2.0
# The virtual USB-KEY behind OpenSC: whole orders through the host, what the key's own counter says of the PIN, and pulling it at
# every command of a change.
set -uo pipefail
status=0
build/dev/contract/contract-pin || status=1
build/dev/contract/contract-several || status=1
build/dev/contract/contract-unplug ${SEALFERRY_FULL:+--full} --seed "$SEALFERRY_SEED" || status=1
build/dev/contract/contract-soak --rounds "$([ -n "${SEALFERRY_FULL:-}" ] && echo 1000 || echo 15)" || status=1
timeout 600 node --test --test-reporter=tap --test-concurrency=2 tests/card/cases/ || status=1
exit $status
