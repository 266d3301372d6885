# SPDX-License-Identifier: Apache-2.0
# The page library and the portal's pages: types, error table, unit tests, builds.
set -euo pipefail
. .ci/common.sh
for folder in extension/client portal/web; do
  npm_ready "$folder"
  (cd "$folder" && npm run --silent check && npm run --silent build && npm test --silent -- --reporter=default)
done
