// SPDX-License-Identifier: Apache-2.0
#include "service.h"

#include <poll.h>
#include <sys/inotify.h>
#include <unistd.h>

#include <array>
#include <cstdlib>
#include <filesystem>

namespace sealferry::token::pcsc {
namespace {

constexpr int longestMilliseconds = 60'000;  // for a folder that cannot be watched
constexpr int settleMilliseconds = 100;      // its socket is there a moment before it listens

/// PCSCLITE_CSOCK_NAME, or what pcsc-lite was built with (pcsc-lite, PCSCLITE_CSOCK_NAME in pcscd.h).
std::filesystem::path socketPath() {
  const char* configured = std::getenv("PCSCLITE_CSOCK_NAME");
  return configured != nullptr && configured[0] == '/' ? configured : "/run/pcscd/pcscd.comm";
}

}  // namespace

void waitForService() {
  const int notify = inotify_init1(IN_CLOEXEC | IN_NONBLOCK);
  // The folder may come with the service, so the nearest one there is is watched too.
  for (auto folder = socketPath().parent_path(); notify >= 0; folder = folder.parent_path()) {
    const bool watched =
        inotify_add_watch(notify, folder.c_str(), IN_CREATE | IN_MOVED_TO | IN_ATTRIB | IN_DELETE_SELF) >= 0;
    if (watched || folder == folder.parent_path()) break;
  }
  pollfd wait{notify, POLLIN, 0};
  (void)poll(&wait, 1, longestMilliseconds);
  if (notify >= 0) close(notify);
  (void)poll(nullptr, 0, settleMilliseconds);
}

}  // namespace sealferry::token::pcsc
