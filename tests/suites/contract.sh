# SPDX-License-Identifier: Apache-2.0
# What every key must do, over every backend, direct and through the worker, with libp11 and without; and the same while
# everything is being killed.
set -uo pipefail
. .ci/common.sh
build_preset plain contract
at_once build/dev/contract/contract \
  build/plain/contract/contract \
  "build/dev/contract/contract-kill ${SEALFERRY_FULL:+--full} --seed $SEALFERRY_SEED" \
  "build/dev/contract/contract-faults ${SEALFERRY_FULL:+--full} --seed $SEALFERRY_SEED" \
  build/dev/contract/contract-profiles
