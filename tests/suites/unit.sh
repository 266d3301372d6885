# SPDX-License-Identifier: Apache-2.0
# Every room by itself.
set -uo pipefail
. .ci/common.sh
mapfile -t programs < <(units dev)
at_once "${programs[@]}"
