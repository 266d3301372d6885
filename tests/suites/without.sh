# SPDX-License-Identifier: Apache-2.0
# One defence at a time is taken out of a copy of the sources: its test must notice. A seeded few, all under --full;
# SEALFERRY_WITHOUT=WORD picks some.
set -euo pipefail
. .ci/common.sh
copy=$PWD/build/without
mkdir -p "$copy"
web_ready extension/client
npm_ready tests/browser
node tests/without/copy.mjs "$copy"
for folder in tests/browser/node_modules extension/client/node_modules extension/client/dist; do
  ln -sfn "$PWD/$folder" "$copy/$folder"
done
root=$PWD
(cd "$copy" && build_preset dev unit-base)
export CCACHE_DIR="${XDG_CACHE_HOME:-$HOME/.cache}/sealferry/ccache" CCACHE_BASEDIR=$copy CCACHE_NOHASHDIR=1
exec node "$root/tests/without/run.mjs" "$copy" "${SEALFERRY_WITHOUT:-}"
