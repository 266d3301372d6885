# SPDX-License-Identifier: Apache-2.0
# The portal with its real pages in real Chromium and Firefox: the journey, every failure, kills. SEALFERRY_BROWSERS=chromium leaves
# the other out. Pictures for people: build/report/portal/.
set -euo pipefail
. .ci/common.sh
web_ready extension/client
web_ready portal/web
npm_ready tests/browser
node tests/browser/support/firefox-cache.mjs
rm -rf build/report/portal
node --test --test-concurrency=2 --test-reporter=tap tests/portal/cases/
