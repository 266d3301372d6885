// SPDX-License-Identifier: Apache-2.0
#include "lock.h"

#include <algorithm>
#include <chrono>
#include <thread>

#include "lock_file.h"

namespace sealferry::token {
namespace {

using namespace std::chrono_literals;

constexpr auto patience = 12s;  // a worker whose host has gone is gone itself after ten

/// All or none, in one order for everybody.
Result<std::vector<std::shared_ptr<LockFile>>> takeAll(const std::vector<std::string>& names, const Holder& holder) {
  std::vector<std::shared_ptr<LockFile>> files;
  for (const auto& name : names) {
    auto file = LockFile::take(name, holder);
    if (!file) return passOn(file);
    files.push_back(std::move(*file));
  }
  return files;
}

}  // namespace

Result<KeyLock> KeyLock::take(std::vector<std::string> names, const Holder& holder) {
  KeyLock lock;
  if (auto taken = lock.extend(std::move(names), holder); !taken) return passOn(taken);
  return lock;
}

Result<void> KeyLock::extend(std::vector<std::string> names, const Holder& holder) {
  std::ranges::sort(names);
  const auto end = std::chrono::steady_clock::now() + patience;
  auto files = takeAll(names, holder);
  while (!files && isLeaving(files.error()) && std::chrono::steady_clock::now() < end) {
    std::this_thread::sleep_for(20ms);
    files = takeAll(names, holder);
  }
  if (!files) {
    files.error().detail.erase(hostOfHolder);
    return passOn(files);
  }
  files_.insert(files_.end(), files->begin(), files->end());
  return {};
}

}  // namespace sealferry::token
