// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <span>
#include <string_view>

#include "options.h"

namespace sealferry::app {

struct Command {
  std::string_view name, usage, chinese, english;
  int (*run)(const Options& options);
};

std::span<const Command> commandTable();

// Exit status: 0 done (or valid), 1 failed (or not valid), 2 words that are off or a file that cannot be read.
int stampFile(const Options& options);
int verifyFile(const Options& options);
int manageSites(const Options& options);
int registerHost(const Options& options);
int unregisterHost(const Options& options);

}  // namespace sealferry::app
