// SPDX-License-Identifier: Apache-2.0
#include <unistd.h>

#include <array>
#include <fstream>

#include "service.h"

namespace sealferry::app {
namespace {

struct Kind {
  std::string_view part, kind;
};
// The first that fits: Chromium's own name has Chrome's in it nowhere, but many call their program "chrome".
constexpr auto kinds = std::to_array<Kind>({{"chromium", "chromium"},
                                            {"msedge", "edge"},
                                            {"microsoft-edge", "edge"},
                                            {"brave", "brave"},
                                            {"opera", "opera"},
                                            {"vivaldi", "vivaldi"},
                                            {"chrome", "chrome"},
                                            {"firefox", "firefox"},
                                            {"GeckoMain", "firefox"}});

/// The path of its program; where that may not be looked at, the name of its main thread.
std::string programOf(pid_t process) {
  const auto facts = std::filesystem::path("/proc") / std::to_string(process);
  std::error_code error;
  auto path = std::filesystem::read_symlink(facts / "exe", error).string();
  if (!error) return path;
  std::string name;
  std::getline(std::ifstream(facts / "comm"), name);
  return name;
}

}  // namespace

token::Holder terminalHolder() { return {"sealferry", ::getpid()}; }

token::Holder browserHolder() {
  const auto program = programOf(::getppid());
  for (const auto& [part, kind] : kinds)
    if (program.find(part) != std::string::npos) return {std::string(kind), ::getppid()};
  return {"browser", ::getppid()};
}

}  // namespace sealferry::app
