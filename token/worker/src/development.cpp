// SPDX-License-Identifier: Apache-2.0
#include "development.h"

#include <unistd.h>

#include <charconv>
#include <chrono>
#include <csignal>
#include <filesystem>
#include <fstream>
#include <optional>
#include <thread>

namespace sealferry::token {
namespace {

using namespace std::chrono_literals;

struct Plan {
  std::string callLog, pauseFile;
  unsigned killAt = 0, killAfter = 0, pauseAt = 0;
};

class Observer : public WriteObserver {
 public:
  explicit Observer(Plan plan) : plan_(std::move(plan)) {
    if (!plan_.callLog.empty()) log_.open(plan_.callLog, std::ios::app);
  }

  void before(std::string_view call) override {
    ++number_;
    if (log_.is_open()) log_ << number_ << ' ' << call << std::endl;
    if (number_ == plan_.pauseAt) pause();
    if (number_ == plan_.killAt) raise(SIGKILL);
  }

  void after(std::string_view) override {
    if (number_ == plan_.killAfter) raise(SIGKILL);
  }

 private:
  void pause() const {
    std::ofstream(plan_.pauseFile + ".paused.new") << getpid() << '\n';
    std::filesystem::rename(plan_.pauseFile + ".paused.new", plan_.pauseFile + ".paused");
    while (!std::filesystem::exists(plan_.pauseFile)) std::this_thread::sleep_for(5ms);
  }

  Plan plan_;
  std::ofstream log_;
  unsigned number_ = 0;
};

std::optional<unsigned> numberOf(std::string_view text) {
  unsigned value = 0;
  const auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (problem != std::errc{} || end != text.data() + text.size() || value == 0) return std::nullopt;
  return value;
}

/// Takes one option with its values off the front; false if it is none of ours.
bool takeOption(std::span<char* const>& arguments, Plan& plan) {
  const std::string_view option = arguments[0];
  const std::size_t values = option == "--pause-at" ? 2 : 1;
  if (arguments.size() <= values) return false;
  const auto number = numberOf(arguments[1]);
  if (option == "--call-log")
    plan.callLog = arguments[1];
  else if (option == "--kill-at" && number)
    plan.killAt = *number;
  else if (option == "--kill-after" && number)
    plan.killAfter = *number;
  else if (option == "--pause-at" && number) {
    plan.pauseAt = *number;
    plan.pauseFile = arguments[2];
  } else {
    return false;
  }
  arguments = arguments.subspan(1 + values);
  return true;
}

}  // namespace

Result<std::unique_ptr<WriteObserver>> developmentObserver(std::span<char* const> arguments) {
  Plan plan;
  while (!arguments.empty())
    if (!takeOption(arguments, plan)) return fail(ErrorCode::bad_request, "arguments");
  return std::make_unique<Observer>(std::move(plan));
}

}  // namespace sealferry::token
