// SPDX-License-Identifier: Apache-2.0
// sealferry-make-softkey FOLDER [--serial S] [--label L] [--kib N] [--application A]: makes a soft SKF key in an empty
// folder. The administrator's PIN and the user's are the first two lines of the standard input; the user's counts as
// chosen by the user, not as the factory's.
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <iostream>
#include <optional>
#include <span>
#include <string>

#include "base/digest.h"
#include "softkey/device.h"

namespace {

using namespace sealferry;
using namespace sealferry::softkey;

struct Options {
  std::filesystem::path folder;
  std::string application = "SealFerry";
  DeviceFacts facts{.serial = "SOFT" + toHex(randomBytes(6))};
};

std::optional<Options> parse(std::span<char* const> arguments) {
  if (arguments.size() < 2 || arguments.size() % 2 != 0) return std::nullopt;
  Options options;
  options.folder = arguments[1];
  for (std::size_t i = 2; i < arguments.size(); i += 2) {
    const std::string name = arguments[i], value = arguments[i + 1];
    if (name == "--serial")
      options.facts.serial = value;
    else if (name == "--label")
      options.facts.label = value;
    else if (name == "--application")
      options.application = value;
    else if (name == "--kib")
      options.facts.totalBytes = 1024 * std::strtoull(value.c_str(), nullptr, 10);
    else
      return std::nullopt;
  }
  return options;
}

/// A PIN that stood there from the beginning would be the factory's: so it is set in a second step.
Outcome<void> make(const Options& options, const std::string& administratorPin, const std::string& userPin) {
  const Device device(options.folder);
  if (device.formatted()) return refuse(Status::applicationExists);
  if (auto done = device.format(options.facts); !done) return done;
  const auto first = toHex(randomBytes(8));
  if (auto done = device.createApplication(options.application, {administratorPin, first}); !done) return done;
  return device.changePin(options.application, User::user, viewOf(first), viewOf(userPin));
}

}  // namespace

int main(int count, char** values) {
  const auto options = parse({values, static_cast<std::size_t>(count)});
  std::string administratorPin, userPin;
  if (!options || !std::getline(std::cin, administratorPin) || !std::getline(std::cin, userPin)) {
    std::fprintf(stderr,
                 "usage: sealferry-make-softkey FOLDER [--serial S] [--label L] [--kib N] [--application A]\n"
                 "the administrator's PIN and the user's on two lines of the standard input\n");
    return 64;
  }
  const auto made = make(*options, administratorPin, userPin);
  if (!made) std::fprintf(stderr, "sealferry-make-softkey: status %08x\n", static_cast<unsigned>(made.error()));
  if (made) std::printf("%s\n", options->facts.serial.c_str());
  return made ? 0 : 1;
}
