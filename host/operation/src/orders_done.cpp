// SPDX-License-Identifier: Apache-2.0
#include "operation/orders_done.h"

#include <algorithm>
#include <fstream>
#include <vector>

#include "base/digest.h"
#include "state_file.h"

namespace sealferry::operation {
namespace {

constexpr std::size_t mostOrders = 1000;

std::string nameOf(const order::WorkOrder& order) {
  return toHex(sha256(sealferry::viewOf(order.number + '\n' + order.keySerial + '\n' + toHex(order.nonce))));
}

/// Oldest first.
std::vector<std::string> linesOf(const std::filesystem::path& file) {
  std::vector<std::string> lines;
  std::ifstream stream(file);
  for (std::string line; lines.size() < mostOrders && std::getline(stream, line);)
    if (line.size() == digestLetters) lines.push_back(line);
  return lines;
}

}  // namespace

bool OrdersDone::has(const order::WorkOrder& order) const {
  const auto name = nameOf(order);
  if (own_.contains(name)) return true;
  const auto lines = linesOf(file_);
  return std::ranges::find(lines, name) != lines.end();
}

void OrdersDone::add(const order::WorkOrder& order) {
  const auto name = nameOf(order);
  own_.insert(name);
  const StateFile state(file_);
  if (!state.held()) return;
  auto lines = linesOf(file_);
  if (std::ranges::find(lines, name) != lines.end()) return;
  lines.push_back(name);
  if (lines.size() > mostOrders) lines.erase(lines.begin());
  std::string content;
  for (const auto& line : lines) content += line + "\n";
  state.replace(content);
}

}  // namespace sealferry::operation
