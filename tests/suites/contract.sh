# SPDX-License-Identifier: Apache-2.0
# What every key must do, over every backend, direct and through the worker; and the same while everything is being killed.
set -uo pipefail
status=0
build/dev/contract/contract || status=1
build/dev/contract/contract-profiles || status=1
build/dev/contract/contract-kill ${SEALFERRY_FULL:+--full} --seed "$SEALFERRY_SEED" || status=1
build/dev/contract/contract-faults ${SEALFERRY_FULL:+--full} --seed "$SEALFERRY_SEED" || status=1
exit $status
