# SPDX-License-Identifier: Apache-2.0
# Shared by ./demo and ./check: what has to be there before anything is built. Sourced, from the repository's root.
# shellcheck shell=bash

say() { printf '%s\n' "$*" >&2; }
stop() { say "$*"; exit 1; }

as_root() {
  if [ "$(id -u)" = 0 ]; then "$@"; else sudo "$@"; fi
}

is_installed() { [ "$(dpkg-query -W -f='${db:Status-Status}' "$1" 2>/dev/null)" = installed ]; }

# Node.js: Debian's, or any other from version 18 on that is there already.
node_is_there() { command -v npm >/dev/null && node -e 'process.exit(Number(process.versions.node.split(".")[0]) < 18 ? 1 : 0)' 2>/dev/null; }

# missing_packages LIST
missing_packages() {
  local package
  while read -r package; do
    case $package in '' | '#'*) continue ;; esac
    is_installed "$package" || printf '%s\n' "$package"
  done < "$1"
  node_is_there || printf 'nodejs\nnpm\n'
}

# install_missing [LIST]: .ci/packages.txt unless another one is named.
install_missing() {
  command -v apt-get >/dev/null || stop "This needs Debian 12 (or a relative of it) with apt-get."
  local missing
  missing=$(missing_packages "${1:-.ci/packages.txt}" | tr '\n' ' ')
  [ -n "$missing" ] || return 0
  say "Installing with apt: $missing"
  if [ "$(id -u)" != 0 ]; then
    command -v sudo >/dev/null || stop "Please run this as root once, or install these packages: $missing"
    say "(sudo may ask for your password: installing packages needs root.)"
  fi
  mkdir -p build/report
  as_root env DEBIAN_FRONTEND=noninteractive apt-get -o DPkg::Lock::Timeout=300 update >build/report/apt.log 2>&1 ||
    stop "apt-get update failed; see build/report/apt.log"
  # shellcheck disable=SC2086
  as_root env DEBIAN_FRONTEND=noninteractive apt-get -o DPkg::Lock::Timeout=300 install -y --no-install-recommends $missing \
    >>build/report/apt.log 2>&1 || stop "apt-get install failed; see build/report/apt.log"
}

# build_preset NAME [TARGET...]: configures once, builds what changed.
build_preset() {
  local preset=$1 log
  shift
  mkdir -p build/report
  log=build/report/build-$preset.log
  export SEALFERRY_LAUNCHER=ccache CCACHE_DIR="${XDG_CACHE_HOME:-$HOME/.cache}/sealferry/ccache"
  export CCACHE_BASEDIR=$PWD CCACHE_NOHASHDIR=1  # a second clone finds what the first one compiled
  export CCACHE_SLOPPINESS=pch_defines,time_macros CCACHE_PCH_EXTSUM=1  # for cmake/precompile.cmake
  if [ ! -f "build/$preset/build.ninja" ]; then
    cmake --preset "$preset" >"$log" 2>&1 || { tail -n 30 "$log" >&2; stop "cmake --preset $preset failed; see $log"; }
  fi
  cmake --build --preset "$preset" ${1:+--target "$@"} >>"$log" 2>&1 || { tail -n 60 "$log" >&2; stop "The build ($preset) failed; see $log"; }
}

# at_once COMMAND...: each a line of shell, begun in this order, as many at once as there are processors, or as $lanes says where they
# mostly wait. Prints what each of them said, in one piece; fails if one of them did.
at_once() {
  local reports status=0 number=0 command
  reports=$(mktemp -d)
  for command in "$@"; do printf '%s\0%s\0' "$((number++))" "$command"; done |
    xargs -0 -n 2 -P "${lanes:-$(nproc)}" bash -c 'bash -c "$3" >"$1/$2" 2>&1 || touch "$1/$2.failed"' at_once "$reports"
  number=0
  for command in "$@"; do
    echo "== $command"
    cat "$reports/$number"
    if [ -e "$reports/$number.failed" ]; then
      echo "FAILED: $command"
      status=1
    fi
    number=$((number + 1))
  done
  rm -rf "$reports"
  return "$status"
}

# units PRESET: its unit programs, the longest first.
units() {
  ls "build/$1"/unit/unit-document
  ls "build/$1"/unit/unit-* | grep -v '/unit-document$'
}

# npm_ready FOLDER: its packages as the lock file says, fetched again only when that changed.
npm_ready() {
  local folder=$1 stamp
  stamp=$(cat "$folder/package-lock.json" "$folder/package.json" | sha256sum | cut -d' ' -f1)
  [ "$(cat "$folder/node_modules/.sealferry-stamp" 2>/dev/null)" = "$stamp" ] && return 0
  mkdir -p build/report
  # Node.js carries a list of authorities of its own; behind a firm's proxy only the machine's list knows the firm's.
  export NODE_EXTRA_CA_CERTS=${NODE_EXTRA_CA_CERTS:-/etc/ssl/certs/ca-certificates.crt}
  (cd "$folder" && npm ci --no-audit --no-fund --ignore-scripts) >"build/report/npm-$(echo "$folder" | tr / -).log" 2>&1 ||
    stop "npm ci failed in $folder; see build/report/npm-$(echo "$folder" | tr / -).log"
  printf '%s' "$stamp" >"$folder/node_modules/.sealferry-stamp"
}

# web_ready FOLDER: packages there and the build newer than what it was made from.
web_ready() {
  local folder=$1 built=$1/dist/.sealferry-stamp stamp
  npm_ready "$folder"
  stamp=$(git ls-files -s -- "$folder" extension/client token/base/include/base/error.def | sha256sum | cut -d' ' -f1)$(
    git ls-files -m -o --exclude-standard -- "$folder" extension/client token/base/include/base/error.def | sort | xargs -r -d '\n' cat 2>/dev/null | sha256sum | cut -d' ' -f1)
  [ "$(cat "$built" 2>/dev/null)" = "$stamp" ] && return 0
  mkdir -p build/report
  (cd "$folder" && npm run --silent build) >"build/report/web-$(echo "$folder" | tr / -).log" 2>&1 ||
    stop "npm run build failed in $folder; see build/report/web-$(echo "$folder" | tr / -).log"
  printf '%s' "$stamp" >"$built"
}
