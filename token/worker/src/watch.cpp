// SPDX-License-Identifier: Apache-2.0
#include "worker/watch.h"

#include <poll.h>
#include <unistd.h>

#include <cerrno>
#include <chrono>
#include <csignal>
#include <thread>

#include "protocol/message.h"
#include "watchdog.h"

namespace sealferry::token {
namespace {

using namespace std::chrono_literals;
using Clock = std::chrono::steady_clock;

constexpr int exitCannotTell = 4;

/// So many waits that came back within so short a time are no waiting: keys are not plugged in that fast.
constexpr auto shortTime = 2s;
constexpr unsigned mostInShortTime = 60;

/// There is nothing to finish: no key is open here.
void endWithPipe(int pipe) {
  std::thread([pipe] {
    pollfd hangUp{pipe, 0, 0};  // POLLHUP comes without being asked for
    while (poll(&hangUp, 1, -1) < 0 && errno == EINTR) {
    }
    endGroup();
    _exit(0);
  }).detach();
}

bool say(const Pipe& pipe, protocol::Word word) {
  const auto byte = static_cast<std::uint8_t>(word);
  return write(pipe.out, &byte, 1) == 1;
}

/// Notices a wait that does not wait.
class Restlessness {
 public:
  bool tooMuch() {
    const auto now = Clock::now();
    if (now - since_ > shortTime) {
      since_ = now;
      count_ = 0;
    }
    return ++count_ > mostInShortTime;
  }

 private:
  Clock::time_point since_{};
  unsigned count_ = 0;
};

}  // namespace

int watch(const Pipe& pipe, const MakeWait& makeWait) {
  std::signal(SIGPIPE, SIG_IGN);
  endWithPipe(pipe.in);
  const auto wait = makeWait();
  if (!wait || !say(pipe, protocol::Word::changed)) return exitCannotTell;
  Restlessness restlessness;
  while (const auto waited = (*wait)()) {
    if (restlessness.tooMuch()) return exitCannotTell;
    if (!say(pipe, *waited == Waited::lost ? protocol::Word::lost : protocol::Word::changed)) return 0;
  }
  return exitCannotTell;
}

}  // namespace sealferry::token
