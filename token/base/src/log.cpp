// SPDX-License-Identifier: Apache-2.0
#include "base/log.h"

#include <fcntl.h>
#include <unistd.h>

#include <atomic>
#include <cstdio>
#include <ctime>
#include <mutex>

#include "base/time.h"

namespace sealferry::log {
namespace {

std::mutex guard;
Level threshold = Level::info;
int target = STDERR_FILENO;  // or a file that stays open as long as the process lives
std::atomic<unsigned> errorCount{0};

constexpr const char* words[] = {"error", "warning", "info", "debug"};

void line(Level level, std::string_view text) {
  const std::lock_guard lock(guard);
  if (level > threshold) return;
  ::dprintf(target, "%s %s %.*s\n", toRfc3339(std::time(nullptr)).c_str(), words[static_cast<int>(level)],
            static_cast<int>(text.size()), text.data());
}

}  // namespace

void setLevel(Level level) {
  const std::lock_guard lock(guard);
  threshold = level;
}

bool setFile(const std::string& path) {
  const std::lock_guard lock(guard);
  const int opened = ::open(path.c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
  if (opened < 0) return false;
  if (target != STDERR_FILENO) ::close(target);
  target = opened;
  return true;
}

void write(Level level, std::string_view event, std::uint64_t number) {
  std::string text(event);
  if (number != 0) text += " " + std::to_string(number);
  line(level, text);
}

std::string writeError(const Error& error, std::string_view during) {
  char reference[32];
  std::snprintf(reference, sizeof reference, "%04x-%04u", static_cast<unsigned>(getpid()) & 0xFFFFU, ++errorCount);
  char native[32];
  std::snprintf(native, sizeof native, "0x%llx", static_cast<unsigned long long>(error.native));
  line(Level::error, std::string(reference) + " " + std::string(errorRow(error.code).name) + " in " + error.where +
                         " status " + native + " during " + std::string(during));
  return reference;
}

}  // namespace sealferry::log
