# SPDX-License-Identifier: Apache-2.0
# Ratios to a limit that is taken in the same run. The figures lie in build/report/bench.md and bench.json. Under --full also 100 MB
# through real browsers.
set -euo pipefail
. .ci/common.sh
install_missing .ci/packages-bench.txt
build_preset release
build_preset dev seal_check frame_echo make_signed stamp_bench
npm_ready tests/browser
web_ready extension/client
rm -f build/report/bench.json build/report/bench.md
printf '| benchmark | figures |\n|---|---|\n' >build/report/bench.md
node --test --test-reporter=tap --test-concurrency=1 tests/bench/start.mjs tests/bench/round_trip.mjs tests/bench/seal.mjs tests/bench/stamp.mjs tests/bench/verify.mjs \
  ${SEALFERRY_FULL:+tests/bench/document.mjs}
