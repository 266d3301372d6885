// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <unistd.h>

#include <cstddef>

namespace sealferry::contract {

/// What a process takes at this moment, from /proc.
struct Figures {
  long residentKib = 0;
  std::size_t descriptors = 0;
};

Figures figuresOf(pid_t process);
/// The worker among our children; -1 if there is none.
pid_t workerProcess();

}  // namespace sealferry::contract
