# SPDX-License-Identifier: Apache-2.0
# clang-tidy over every file of ours that is compiled. The key of the cache is the preprocessed text with the checks, so that a
# file is looked at again exactly when something it sees has changed.
set -uo pipefail
cache=${XDG_CACHE_HOME:-$HOME/.cache}/sealferry/tidy
mkdir -p "$cache"
export cache
# Without what GCC alone can read.
mkdir -p build/tidy
sed -E 's/ (-fpch-preprocess|-Winvalid-pch|-include [^ ]*cmake_pch\.hxx)\b//g' build/dev/compile_commands.json >build/tidy/compile_commands.json
one() {
  local file=$1 command key
  command=$(node -e '
    const all = JSON.parse(require("fs").readFileSync("build/tidy/compile_commands.json", "utf8"));
    const entry = all.find((e) => e.file === process.argv[1]);
    if (entry) process.stdout.write(entry.command.replace(/^\S*ccache /, "").replace(/ -o \S+/, "").replace(/ -MF \S+/, "").replace(/ -MT \S+/, "").replace(/ -MD/, "").replace(/ -c /, " -E -P "));
  ' "$file")
  [ -n "$command" ] || return 0
  key=$( (cd build/dev && eval "$command" 2>/dev/null; cat ../../.clang-tidy) | sha256sum | cut -d' ' -f1)
  [ -f "$cache/$key" ] && return 0
  if clang-tidy --quiet -p build/tidy "$file" 2>/dev/null; then touch "$cache/$key"; else return 1; fi
}
export -f one
# Left out: what includes QPDF, whose JSON.hh clang 14 cannot read as C++20 with GCC 12's library.
git ls-files 'token/*.cpp' 'host/*.cpp' 'portal/*.cpp' | grep -v -e '^host/document/pdf/' -e '^host/document/test_page/' | sed "s|^|$PWD/|" | xargs -P 2 -I{} bash -c 'one {}'
