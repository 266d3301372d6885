// SPDX-License-Identifier: Apache-2.0
#include "watchdog.h"

#include <poll.h>
#include <unistd.h>

#include <cerrno>
#include <chrono>
#include <csignal>
#include <thread>

namespace sealferry::token {
namespace {

constexpr std::chrono::seconds grace{10};
constexpr int exitOverdue = 3;

void endAfterHangUp(int pipe) {
  pollfd hangUp{pipe, 0, 0};  // POLLHUP comes without being asked for
  while (poll(&hangUp, 1, -1) < 0 && errno == EINTR) {
  }
  std::this_thread::sleep_for(grace);
  endGroup();
  _exit(exitOverdue);  // no destructors: one of them may be what hangs
}

}  // namespace

void endGroup() {
  if (getpgrp() == getpid()) kill(0, SIGKILL);
}

void startWatchdog(int pipe) { std::thread(endAfterHangUp, pipe).detach(); }

}  // namespace sealferry::token
