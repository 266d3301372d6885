# SPDX-License-Identifier: Apache-2.0
# Real Chromium and Firefox with the extension and the real host. SEALFERRY_BROWSERS=chromium leaves the other out.
set -euo pipefail
. .ci/common.sh
web_ready extension/client
npm_ready tests/browser
node tests/browser/support/firefox-cache.mjs
cd tests/browser
node --test --test-concurrency=2 --test-reporter=tap cases/
