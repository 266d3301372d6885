// SPDX-License-Identifier: Apache-2.0
#include "lock_file.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <charconv>
#include <cstdlib>
#include <ctime>
#include <fstream>
#include <map>
#include <sstream>

#include "base/bytes.h"
#include "base/digest.h"
#include "base/time.h"

namespace sealferry::token {
namespace {

constexpr std::size_t mostRecord = 160;

bool isOurs(const std::string& folder) {
  struct stat facts {};
  return lstat(folder.c_str(), &facts) == 0 && S_ISDIR(facts.st_mode) && facts.st_uid == getuid() &&
         (facts.st_mode & 077) == 0;
}

/// Tests run beside each other, and beside a desk that is in use, with keys of the same names.
const char* folderOfTests() {
#ifdef SEALFERRY_DEV
  return std::getenv("SEALFERRY_LOCK_FOLDER");
#else
  return nullptr;
#endif
}

/// A folder that only this user can have made.
std::string lockFolder() {
  const auto user = std::to_string(getuid());
  const auto* tests = folderOfTests();
  return (tests != nullptr ? tests : sessionFolder("/run/user/" + user, std::getenv("XDG_RUNTIME_DIR"))) +
         "/sealferry-" + user;
}

struct flock wholeFile() {
  struct flock lock {};
  lock.l_type = F_WRLCK;
  lock.l_whence = SEEK_SET;
  return lock;
}

/// Nothing if it is ours now, else the process that has it (0 if that cannot be seen from here).
std::optional<pid_t> lock(int file) {
  for (;;) {
    auto wanted = wholeFile();
    if (fcntl(file, F_SETLK, &wanted) == 0) return std::nullopt;
    if (errno == EINTR) continue;
    auto other = wholeFile();
    if (fcntl(file, F_GETLK, &other) != 0) return 0;
    if (other.l_type != F_UNLCK) return other.l_pid;  // else it was given back between the two calls
  }
}

/// "program pid time host": who, which process, since when, and the host that the worker belongs to.
void writeRecord(int file, const Holder& holder) {
  auto text = holder.program + " " + std::to_string(holder.process) + " " + toRfc3339(std::time(nullptr)) + " " +
              std::to_string(getppid());
  text.resize(mostRecord, ' ');  // all of the last holder's goes in one write
  (void)!pwrite(file, text.data(), text.size(), 0);
}

bool isProgram(const std::string& text) {
  return !text.empty() && text.size() <= 24 && std::ranges::all_of(text, [](char letter) {
    return (letter >= 'a' && letter <= 'z') || (letter >= '0' && letter <= '9') || letter == '-';
  });
}

bool isNumber(const std::string& text) {
  return !text.empty() && text.size() <= 10 &&
         std::ranges::all_of(text, [](char letter) { return letter >= '0' && letter <= '9'; });
}

bool isTime(const std::string& text) { return text.size() == 20 && fromRfc3339(text).has_value(); }

/// What another process wrote, as far as it has the shape it should have.
void addRecord(int file, Error& error) {
  std::array<char, mostRecord> text{};
  const auto size = pread(file, text.data(), text.size(), 0);
  std::istringstream words(std::string(text.data(), size > 0 ? static_cast<std::size_t>(size) : 0));
  std::string program, process, since, host;
  words >> program >> process >> since >> host;
  error.detail["holder"] = isProgram(program) ? program : "other";
  if (isNumber(process)) error.detail["holderPid"] = process;
  if (isTime(since)) error.detail["holderSince"] = since;
  if (isNumber(host)) error.detail[hostOfHolder] = host;
}

/// The files held in this process. A second descriptor of one of them, closed, would give its lock up.
std::map<std::string, std::weak_ptr<LockFile>>& held() {
  static std::map<std::string, std::weak_ptr<LockFile>> all;
  return all;
}

}  // namespace

std::string sessionFolder(const std::string& usual, const char* variable) {
  if (isOurs(usual)) return usual;
  return variable != nullptr && variable[0] == '/' ? variable : "/tmp";
}

Result<std::shared_ptr<LockFile>> LockFile::take(const std::string& name, const Holder& holder) {
  const auto fileName = toHex(sha256(viewOf(name)));
  if (auto mine = held()[fileName].lock()) return mine;
  const auto folder = lockFolder();
  mkdir(folder.c_str(), 0700);
  if (!isOurs(folder)) return fail(ErrorCode::internal, "lock folder");
  const int file = open((folder + "/" + fileName).c_str(), O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
  if (file < 0) return fail(ErrorCode::internal, "lock", static_cast<std::uint64_t>(errno));
  const auto other = lock(file);
  if (!other) {
    const auto taken = std::shared_ptr<LockFile>(new LockFile(file));
    writeRecord(file, holder);
    held()[fileName] = taken;
    return taken;
  }
  Error busy{ErrorCode::key_busy, "lock", static_cast<std::uint64_t>(*other), {}, {}};
  addRecord(file, busy);
  close(file);
  return tl::unexpected<Error>(busy);
}

/// The record stays: it is read only while somebody holds the file, and who has just taken it is not the child of the
/// host that stands there, so that the reader looks again.
LockFile::~LockFile() { close(file_); }

bool isLeaving(const Error& error) {
  const auto host = error.detail.find(hostOfHolder);
  if (error.code != ErrorCode::key_busy || error.native == 0 || host == error.detail.end()) return false;
  std::ifstream facts("/proc/" + std::to_string(error.native) + "/status");
  for (std::string line; std::getline(facts, line);)
    if (line.starts_with("PPid:")) return line.substr(line.find_first_not_of(" \t", 5)) != host->second;
  return true;  // it has gone since
}

}  // namespace sealferry::token
