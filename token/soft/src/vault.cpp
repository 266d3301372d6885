// SPDX-License-Identifier: Apache-2.0
#include "vault.h"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>

#include "base/digest.h"
#include "crypt.h"

namespace sealferry::softkey {
namespace {

namespace fs = std::filesystem;

constexpr const char* secretFile = "device.key";
constexpr const char* suffix = ".rec";
constexpr std::size_t mostRecord = 8U << 20;

/// An open file, closed at the end.
class File {
 public:
  File(const fs::path& path, int flags) : handle_(open(path.c_str(), flags | O_CLOEXEC | O_NOFOLLOW, 0600)) {}
  ~File() {
    if (handle_ >= 0) close(handle_);
  }
  File(const File&) = delete;
  File& operator=(const File&) = delete;
  bool good() const { return handle_ >= 0; }
  int handle() const { return handle_; }

 private:
  int handle_;
};

bool writeAll(int file, ByteView content) {
  while (!content.empty()) {
    const auto written = write(file, content.data(), content.size());
    if (written < 0 && errno == EINTR) continue;
    if (written <= 0) return false;
    content = content.subspan(static_cast<std::size_t>(written));
  }
  return true;
}

std::optional<Bytes> readAll(const fs::path& path) {
  const File file(path, O_RDONLY);
  if (!file.good()) return std::nullopt;
  Bytes content;
  std::uint8_t block[16384];
  while (content.size() < mostRecord) {
    const auto got = read(file.handle(), block, sizeof block);
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) return std::nullopt;
    if (got == 0) return content;
    content.insert(content.end(), block, block + got);
  }
  return std::nullopt;
}

void syncFolder(const fs::path& folder) {
  const File file(folder, O_RDONLY | O_DIRECTORY);
  if (file.good()) fsync(file.handle());
}

/// Whole or not at all, also when the power goes.
bool replaceFile(const fs::path& folder, const std::string& name, ByteView content) {
  const auto fresh = folder / (name + ".new");
  {
    const File file(fresh, O_WRONLY | O_CREAT | O_TRUNC);
    if (!file.good() || !writeAll(file.handle(), content) || fsync(file.handle()) != 0) {
      unlink(fresh.c_str());
      return false;
    }
  }
  if (rename(fresh.c_str(), (folder / name).c_str()) != 0) return false;
  syncFolder(folder);
  return true;
}

Status statusOf(int problem) { return problem == ENOSPC ? Status::noRoom : Status::fileError; }

}  // namespace

Outcome<void> Vault::format(const fs::path& folder) {
  std::error_code problem;
  fs::create_directories(folder, problem);
  fs::permissions(folder, fs::perms::owner_all, problem);
  if (!replaceFile(folder, secretFile, randomBytes(keyBytes))) return refuse(Status::fileError);
  return {};
}

bool Vault::formatted() const {
  std::error_code ignored;
  return fs::exists(folder_ / secretFile, ignored);
}

Outcome<Secret> Vault::secret() const {
  auto content = readAll(folder_ / secretFile);
  if (!content || content->size() != keyBytes) return refuse(Status::fileError);
  Secret secret{ByteView(*content)};
  wipe(content->data(), content->size());
  return secret;
}

Outcome<Secret> Vault::recordKey() const {
  const auto device = secret();
  if (!device) return refuse(device.error());
  return derive(device->view(), "record");
}

bool Vault::has(const std::string& name) const {
  std::error_code ignored;
  return fs::exists(folder_ / (name + suffix), ignored);
}

Outcome<Bytes> Vault::get(const std::string& name) const {
  if (!has(name)) return refuse(Status::fileMissing);
  const auto key = recordKey();
  const auto content = readAll(folder_ / (name + suffix));
  if (!key || !content) return refuse(Status::fileError);
  auto plain = unseal(key->view(), viewOf(name), *content);
  if (!plain) return refuse(Status::fileError);
  return std::move(*plain);
}

Outcome<void> Vault::put(const std::string& name, ByteView content) const {
  const auto key = recordKey();
  if (!key) return refuse(key.error());
  const auto record = seal(key->view(), viewOf(name), content);
  if (record.empty()) return refuse(Status::fail);
  if (!replaceFile(folder_, name + suffix, record)) return refuse(statusOf(errno));
  return {};
}

Outcome<void> Vault::erase(const std::string& name) const {
  if (unlink((folder_ / (name + suffix)).c_str()) != 0) return refuse(Status::fileMissing);
  syncFolder(folder_);
  return {};
}

std::vector<std::string> Vault::list(const std::string& prefix) const {
  std::vector<std::string> names;
  std::error_code problem;
  for (const auto& entry : fs::directory_iterator(folder_, problem)) {
    const auto& path = entry.path();
    if (path.extension() == suffix && path.filename().string().starts_with(prefix))
      names.push_back(path.stem().string());
  }
  return names;
}

std::uint64_t Vault::bytesUsed() const {
  std::uint64_t used = 0;
  std::error_code problem;
  for (const auto* prefix : {"con.", "fil."})
    for (const auto& name : list(prefix)) used += fs::file_size(folder_ / (name + suffix), problem);
  return used;
}

VaultLock::VaultLock(const fs::path& folder)
    : file_(open((folder / "lock").c_str(), O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600)) {
  while (file_ >= 0 && flock(file_, LOCK_EX) != 0 && errno == EINTR) {
  }
}

VaultLock::~VaultLock() {
  if (file_ >= 0) close(file_);
}

}  // namespace sealferry::softkey
