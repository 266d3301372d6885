# SPDX-License-Identifier: Apache-2.0
# What every key must do, over every backend, direct and through the worker, with libp11 and without; and the same while
# everything is being killed.
set -uo pipefail
. .ci/common.sh
build_preset plain contract
# A driver's timers, a reader's polling, a key's delays: most of this is waiting.
lanes=$((2 * $(nproc)))
at_once 'build/dev/contract/contract --way worker' \
  'build/plain/contract/contract --way worker' \
  "build/dev/contract/contract-kill ${SEALFERRY_FULL:+--full} --seed $SEALFERRY_SEED" \
  "build/dev/contract/contract-faults ${SEALFERRY_FULL:+--full} --seed $SEALFERRY_SEED" \
  'build/dev/contract/contract --way direct' \
  'build/plain/contract/contract --way direct' \
  build/dev/contract/contract-profiles
