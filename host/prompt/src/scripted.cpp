// SPDX-License-Identifier: Apache-2.0
#include "prompt/window.h"

#if SEALFERRY_DEV
#include <fcntl.h>
#include <poll.h>
#include <sys/file.h>
#include <unistd.h>

#include <fstream>
#include <iterator>

namespace sealferry::prompt {
namespace {

/// Only in development builds: what the tests type.
class Scripted : public Window {
 public:
  explicit Scripted(std::filesystem::path script) : script_(std::move(script)) {}

  Result<bool> confirm(const Question& question, Stop stop) override {
    note("confirm", question.text);
    const auto answer = next();
    if (answer == "accept") return true;
    if (answer == "refuse") return false;
    return ended(answer, stop);
  }

  Result<Secret> askPin(const PinQuestion& question, Stop stop) override {
    note("pin", question.error.empty() ? question.text : question.text + " | " + question.error);
    const auto answer = next();
    if (answer.starts_with("pin ")) return Secret(viewOf(answer).subspan(4));
    return ended(answer, stop);
  }

 private:
  static tl::unexpected<Error> ended(const std::string& answer, Stop stop) {
    if (answer == "wait") {
      pollfd wait{stop.descriptor, POLLIN, 0};
      ::poll(&wait, 1, 120'000);
    }
    return answer.empty() ? fail(ErrorCode::prompt_missing, "script is used up") : fail(ErrorCode::cancelled, "script");
  }

  void note(std::string_view kind, const std::string& text) const {
    std::string line = std::string(kind) + ": " + text;
    for (auto& letter : line)
      if (letter == '\n') letter = ' ';
    std::ofstream(script_.string() + ".log", std::ios::app) << line << '\n';
  }

  /// The first line, taken out of the file; several hosts of one test may share it.
  std::string next() const {
    const int lock = ::open((script_.string() + ".lock").c_str(), O_CREAT | O_RDWR | O_CLOEXEC, 0600);
    ::flock(lock, LOCK_EX);
    std::ifstream stream(script_);
    std::string line;
    std::getline(stream, line);
    const std::string rest{std::istreambuf_iterator<char>(stream), {}};
    stream.close();
    std::ofstream(script_, std::ios::trunc) << rest;
    ::close(lock);
    return line;
  }

  std::filesystem::path script_;
};

}  // namespace

std::unique_ptr<Window> scriptedWindow(const std::filesystem::path& script) {
  return std::make_unique<Scripted>(script);
}

}  // namespace sealferry::prompt
#endif
