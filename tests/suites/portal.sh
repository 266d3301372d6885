# SPDX-License-Identifier: Apache-2.0
# The portal with its real pages in real Chromium and Firefox: the journey, every failure, kills. SEALFERRY_BROWSERS=chromium leaves
# the other out. Pictures for people: build/report/portal/.
set -euo pipefail
. .ci/common.sh
npm_ready extension/client
npm_ready portal/web
npm_ready tests/browser

# What the pages are made of; they are built again only when that changed.
sources() { git ls-files -z --cached --others --exclude-standard extension/client portal/web token/base/include/base/error.def; }
stamp=$(sources | xargs -0 sha256sum 2>/dev/null | sha256sum | cut -d' ' -f1)
if [ "$(cat portal/web/dist/.sources 2>/dev/null)" != "$stamp" ]; then
  (cd extension/client && npm run --silent build)
  (cd portal/web && npm run --silent build)
  printf '%s' "$stamp" >portal/web/dist/.sources
fi
mkdir -p build/report/portal
node --test --test-concurrency=1 --test-reporter=tap tests/portal/cases/
