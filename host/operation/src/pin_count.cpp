// SPDX-License-Identifier: Apache-2.0
#include "operation/pin_count.h"

#include <algorithm>
#include <fstream>

#include "base/bytes.h"
#include "base/digest.h"
#include "state_file.h"

namespace sealferry::operation {
namespace {

constexpr unsigned mostCounted = 99;
constexpr std::size_t mostKeys = 1000;

std::string digestOf(const std::string& serial) { return toHex(sha256(sealferry::viewOf(serial))); }

}  // namespace

PinCount::Counts PinCount::read() const {
  Counts counts;
  std::ifstream lines(file_);
  std::string digest;
  unsigned count = 0;
  while (counts.size() < mostKeys && lines >> digest >> count)
    if (digest.size() == digestLetters) counts[digest] = std::min(count, mostCounted);
  return counts;
}

unsigned PinCount::of(const std::string& serial) const {
  const auto digest = digestOf(serial);
  const auto kept = read();
  const auto in = [&](const Counts& counts) {
    const auto found = counts.find(digest);
    return found == counts.end() ? 0U : found->second;
  };
  return std::max(in(kept), in(own_));
}

void PinCount::add(const std::string& serial, unsigned least) {
  write(digestOf(serial), std::min(std::max(of(serial) + 1, least), mostCounted));
}

void PinCount::forget(const std::string& serial) {
  if (of(serial) > 0) write(digestOf(serial), 0);
}

/// What cannot be kept is still known to this process: a disk that is full must not cost a try.
void PinCount::write(const std::string& digest, unsigned count) {
  if (count > 0)
    own_[digest] = count;
  else
    own_.erase(digest);
  const StateFile state(file_);
  if (!state.held()) return;
  auto counts = read();
  counts.erase(digest);
  if (count > 0) counts[digest] = count;
  std::string content;
  for (const auto& [key, number] : counts) content += key + " " + std::to_string(number) + "\n";
  state.replace(content);
}

}  // namespace sealferry::operation
