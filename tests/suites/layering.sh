# SPDX-License-Identifier: Apache-2.0
# Each wall of docs/architecture.md: a file on one side that includes a header of the other must not compile, and the same file
# without that line must.
set -uo pipefail
passed=0 failed=0
compile() {  # compile TARGET-WHOSE-FLAGS FILE: with exactly the flags and include folders of that room
  local flags
  flags=$(node -e '
    const all = JSON.parse(require("fs").readFileSync("build/dev/compile_commands.json", "utf8"));
    const entry = all.find((e) => e.file.startsWith(process.cwd() + "/" + process.argv[1]));
    if (!entry) process.exit(1);
    process.stdout.write(entry.command.split(" ").filter((w) => /^-(I|isystem|D|std)/.test(w)).join(" "));
  ' "$1") || return 2
  # shellcheck disable=SC2086
  c++ $flags -fsyntax-only -x c++ "$2"
}
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
while read -r room header; do
  case $room in '' | '#'*) continue ;; esac
  echo 'int main() {}' >"$scratch/good.cpp"
  printf '#include "%s"\nint main() {}\n' "$header" >"$scratch/bad.cpp"
  if compile "$room" "$scratch/good.cpp" && ! compile "$room" "$scratch/bad.cpp" 2>"$scratch/why" && grep -q 'No such file' "$scratch/why"; then
    passed=$((passed + 1))
  else
    failed=$((failed + 1))
    echo "not ok: $room can include $header"
  fi
done <tests/layering/walls.txt
echo "$passed passed, $failed failed"
[ "$failed" = 0 ]
