# SPDX-License-Identifier: Apache-2.0
# Form: clang-format, licence lines, lock files without hosts; under --full also clang-tidy, which takes minutes.
set -uo pipefail
passed=0 failed=0
judge() {  # judge NAME STATUS
  if [ "$2" = 0 ]; then passed=$((passed + 1)); else failed=$((failed + 1)); echo "not ok: $1"; fi
}

mapfile -t sources < <(git ls-files '*.cpp' '*.h')
printf '%s\0' "${sources[@]}" | xargs -0 -n 40 -P 2 clang-format --dry-run -Werror
judge "clang-format" $?

without=$(git ls-files '*.cpp' '*.h' '*.js' '*.mjs' '*.ts' '*.vue' '*.sh' '*CMakeLists.txt' demo check .ci/run |
  xargs grep -L 'SPDX-License-Identifier: Apache-2.0')
[ -z "$without" ]
judge "licence line missing: $without" $?

git ls-files '*package-lock.json' | xargs grep -l '"resolved": "http' && hosts=1 || hosts=0
judge "a lock file names a host" $hosts

[ "$(stat -c %s extension/bridge.js)" -le 2048 ]
judge "the bridge, which is put into every page, is larger than 2 KB" $?

mapfile -t named < <(grep '^|' docs/threats.md | grep -o '"[^"]*"' | tr -d '"')
lost=$(git ls-files tests | grep -E '\.(cpp|mjs)$' | xargs cat | node -e '
  const tests = require("fs").readFileSync(0, "utf8");
  console.log(process.argv.slice(1).filter((title) => !tests.includes(title)).join("; "));' "${named[@]}")
[ "${#named[@]}" -gt 40 ] && [ -z "$lost" ]
judge "docs/threats.md names tests that are not there: $lost" $?

moved=$(node tests/without/rows.mjs)
judge "tests/without/defences.mjs does not find its lines: $moved" $?

if [ -n "${SEALFERRY_FULL:-}" ]; then
  # Unchanged files need not be looked at again: the answer is kept under the hash of what the compiler would see.
  bash tests/suites/tidy.sh
  judge "clang-tidy" $?
fi
echo "$passed passed, $failed failed"
[ "$failed" = 0 ]
