// SPDX-License-Identifier: Apache-2.0
#include "files.h"

#include <cstdlib>
#include <fstream>
#include <stdexcept>

namespace sealferry::test {

namespace fs = std::filesystem;

Bytes readFile(const fs::path& path) {
  std::ifstream in(path, std::ios::binary);
  if (!in) throw std::runtime_error("cannot read " + path.string());
  // In one piece: an unoptimised build needs two seconds for the 19 MB of a drawn page, byte by byte.
  Bytes content(fs::file_size(path));
  in.read(reinterpret_cast<char*>(content.data()), static_cast<std::streamsize>(content.size()));
  content.resize(static_cast<std::size_t>(in.gcount()));
  return content;
}

void writeFile(const fs::path& path, ByteView content) {
  std::ofstream out(path, std::ios::binary);
  out << textOf(content);
  if (!out.flush()) throw std::runtime_error("cannot write " + path.string());
}

std::optional<fs::path> sharedData() {
  const char* named = std::getenv("SEALFERRY_TEST_DATA");
  const fs::path path = named != nullptr ? fs::path(named) : fs::path(SEALFERRY_SOURCE).parent_path() / "shared/data";
  if (!fs::is_directory(path)) return std::nullopt;
  return path;
}

fs::path vectors() { return fs::path(SEALFERRY_SOURCE) / "tests/vectors"; }

TemporaryFolder::TemporaryFolder() {
  std::string pattern = (fs::temp_directory_path() / "sealferry-test-XXXXXX").string();
  if (mkdtemp(pattern.data()) == nullptr) throw std::runtime_error("mkdtemp");
  path_ = pattern;
}

TemporaryFolder::~TemporaryFolder() {
  std::error_code ignored;
  fs::remove_all(path_, ignored);
}

int run(const std::string& command) { return std::system((command + " >/dev/null 2>&1").c_str()); }

}  // namespace sealferry::test
