// SPDX-License-Identifier: Apache-2.0
#include "log_watch.h"

#include <poll.h>
#include <sys/inotify.h>
#include <unistd.h>

#include <array>
#include <fstream>
#include <sstream>

namespace sealferry::desk {
namespace {

using Clock = std::chrono::steady_clock;

std::string textOf(const std::filesystem::path& file) {
  std::ifstream in(file, std::ios::binary);
  std::stringstream all;
  all << in.rdbuf();
  return all.str();
}

class Watch {
 public:
  explicit Watch(const std::filesystem::path& file) : queue_(inotify_init1(IN_CLOEXEC | IN_NONBLOCK)) {
    inotify_add_watch(queue_, file.c_str(), IN_MODIFY);
  }
  ~Watch() { close(queue_); }
  Watch(const Watch&) = delete;
  Watch& operator=(const Watch&) = delete;

  bool wait(std::chrono::milliseconds most) const {
    pollfd watched{queue_, POLLIN, 0};
    if (poll(&watched, 1, static_cast<int>(most.count())) != 1) return false;
    std::array<char, 4096> events{};
    while (read(queue_, events.data(), events.size()) > 0) {
    }
    return true;
  }

 private:
  int queue_;
};

}  // namespace

std::string awaitText(const std::filesystem::path& file, std::chrono::milliseconds most,
                      const std::function<bool(std::string_view)>& enough) {
  const auto end = Clock::now() + most;
  const Watch watch(file);  // before the first look, so that nothing falls in between
  while (true) {
    auto text = textOf(file);
    if (enough(text)) return text;
    const auto left = std::chrono::ceil<std::chrono::milliseconds>(end - Clock::now());
    if (left.count() <= 0 || !watch.wait(left)) return {};
  }
}

}  // namespace sealferry::desk
