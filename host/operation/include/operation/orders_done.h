// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <filesystem>
#include <set>
#include <string>

#include "order/work_order.h"

namespace sealferry::operation {

/// Orders that were carried out and left no trace on the key by which that could be told: an order to unblock. So one
/// order unblocks once, and one whose receipt was lost goes on from there. Kept in a file of the user's: a digest of
/// number, nonce and key a line, nothing else. Without a usable file it still knows for as long as the process lives.
class OrdersDone {
 public:
  explicit OrdersDone(std::filesystem::path file) : file_(std::move(file)) {}
  bool has(const order::WorkOrder& order) const;
  void add(const order::WorkOrder& order);

 private:
  std::filesystem::path file_;
  std::set<std::string> own_;
};

}  // namespace sealferry::operation
