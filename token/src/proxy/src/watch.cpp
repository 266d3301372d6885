// SPDX-License-Identifier: Apache-2.0
#include "token/watch.h"

#include <sys/eventfd.h>
#include <unistd.h>

#include <algorithm>

#include "process.h"
#include "protocol/message.h"

namespace sealferry::token {
namespace {

News newsOf(std::uint8_t word) {
  switch (static_cast<protocol::Word>(word)) {
    case protocol::Word::changed:
      return News::changed;
    case protocol::Word::lost:
      return News::lost;
  }
  return News::ended;  // no word of ours
}

class ProcessWatch : public Watch {
 public:
  explicit ProcessWatch(proxy::Process process) : process_(std::move(process)) {}
  int descriptor() const override { return process_.descriptor(); }
  News take() override {
    auto gravest = News::none;
    while (const auto word = process_.takeByte()) gravest = std::max(gravest, newsOf(*word));
    return process_.isClosed() ? News::ended : gravest;
  }

 private:
  proxy::Process process_;
};

/// Could not be started: says so for ever.
class NoWatch : public Watch {
 public:
  NoWatch() : descriptor_(eventfd(1, EFD_CLOEXEC | EFD_NONBLOCK)) {}
  ~NoWatch() override { close(descriptor_); }
  NoWatch(const NoWatch&) = delete;
  NoWatch& operator=(const NoWatch&) = delete;
  int descriptor() const override { return descriptor_; }
  News take() override { return News::ended; }

 private:
  int descriptor_;
};

}  // namespace

std::unique_ptr<Watch> workerWatch(const ModuleSetting& source, const WorkerSetting& setting) {
  std::vector<std::string> arguments{"watch", source.kind, source.path.empty() ? "-" : source.path.string()};
  arguments.insert(arguments.end(), source.options.begin(), source.options.end());
  auto process = proxy::Process::start(setting.program, arguments);
  if (!process) return std::make_unique<NoWatch>();
  return std::make_unique<ProcessWatch>(std::move(*process));
}

}  // namespace sealferry::token
