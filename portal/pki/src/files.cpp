// SPDX-License-Identifier: Apache-2.0
#include "files.h"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <fstream>
#include <iterator>

namespace sealferry::pki {
namespace {

namespace fs = std::filesystem;

constexpr std::uintmax_t largestFile = 16'777'216;

/// Created with its final rights, so that a key is never readable for a moment.
int createFile(const fs::path& path, Access access) {
  std::error_code ignored;
  fs::remove(path, ignored);
  return open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, access == Access::owner ? 0600 : 0644);
}

bool writeAll(int descriptor, ByteView content) {
  while (!content.empty()) {
    const auto written = write(descriptor, content.data(), content.size());
    if (written < 0 && errno == EINTR) continue;
    if (written <= 0) return false;
    content = content.subspan(static_cast<std::size_t>(written));
  }
  return fsync(descriptor) == 0;
}

tl::unexpected<Error> systemError(std::string where) {
  return fail(ErrorCode::internal, std::move(where), static_cast<std::uint64_t>(errno));
}

}  // namespace

Result<Bytes> readFile(const fs::path& path) {
  std::error_code problem;
  const auto size = fs::file_size(path, problem);
  if (problem || size > largestFile)
    return fail(ErrorCode::internal, "readFile", static_cast<std::uint64_t>(problem.value()));
  std::ifstream in(path, std::ios::binary);
  Bytes content{std::istreambuf_iterator<char>(in), {}};
  if (!in || content.size() != size) return systemError("readFile");
  return content;
}

Result<void> writeFile(const fs::path& path, ByteView content, Access access) {
  auto beside = path;
  beside += ".new";
  const int descriptor = createFile(beside, access);
  if (descriptor < 0) return systemError("open");
  const bool written = writeAll(descriptor, content);
  close(descriptor);
  if (!written || rename(beside.c_str(), path.c_str()) != 0) return systemError("write");
  return {};
}

Result<void> makeFolder(const fs::path& path, Access access) {
  std::error_code problem;
  fs::create_directories(path, problem);
  const auto rights = access == Access::owner ? fs::perms::owner_all
                                              : fs::perms::owner_all | fs::perms::group_read | fs::perms::group_exec |
                                                    fs::perms::others_read | fs::perms::others_exec;
  if (!problem) fs::permissions(path, rights, problem);
  if (problem) return fail(ErrorCode::internal, "makeFolder", static_cast<std::uint64_t>(problem.value()));
  return {};
}

std::vector<fs::path> filesIn(const fs::path& folder, const std::string& extension) {
  std::vector<fs::path> out;
  std::error_code problem;
  for (const auto& entry : fs::directory_iterator(folder, problem))
    if (entry.is_regular_file() && entry.path().extension() == extension) out.push_back(entry.path());
  std::ranges::sort(out);
  return out;
}

}  // namespace sealferry::pki
