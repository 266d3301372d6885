// SPDX-License-Identifier: Apache-2.0
#include "digests.h"

#include <algorithm>
#include <map>

#include "trust/digester.h"

namespace sealferry::pdf {
namespace {

/// One order on its way: up to its gap it shares the state of all with the same algorithm, behind it it has its own.
struct OrderWay {
  DigestOrder order;
  std::optional<trust::Digester> own;
};

/// The common beginning, as far as any order needs it.
struct Beginning {
  trust::Digester state;
  std::uint64_t needed = 0;
};

class Pass {
 public:
  explicit Pass(const std::vector<DigestOrder>& orders) {
    for (const auto& order : orders) {
      ways_.push_back({order, std::nullopt});
      auto& beginning =
          beginnings_.try_emplace(order.algorithm, Beginning{trust::Digester(order.algorithm)}).first->second;
      beginning.needed = std::max(beginning.needed, order.range.gapStart);
      for (const auto stop : {order.range.gapStart, order.range.gapEnd, order.range.end}) stops_.push_back(stop);
    }
    std::ranges::sort(stops_);
    stops_.erase(std::unique(stops_.begin(), stops_.end()), stops_.end());
  }

  bool over(const Source& source) {
    std::uint64_t offset = 0;
    for (const auto stop : stops_) {
      const auto take = [&](ByteView part) { update(offset, part); };
      if (isWanted(offset) && !eachPart(source, offset, stop - offset, take)) return false;
      offset = stop;
      fork(offset);
    }
    return true;
  }

  std::vector<Bytes> finish() {
    std::vector<Bytes> digests;
    for (auto& way : ways_) digests.push_back(way.own ? way.own->finish() : Bytes{});
    return digests;
  }

 private:
  static bool isBehindGap(const OrderWay& way, std::uint64_t offset) {
    return offset >= way.order.range.gapEnd && offset < way.order.range.end;
  }

  /// Between two stops, what is wanted at the first byte is wanted at all.
  bool isWanted(std::uint64_t offset) const {
    return std::ranges::any_of(beginnings_, [&](const auto& one) { return offset < one.second.needed; }) ||
           std::ranges::any_of(ways_, [&](const OrderWay& way) { return isBehindGap(way, offset); });
  }

  void update(std::uint64_t offset, ByteView part) {
    for (auto& [algorithm, beginning] : beginnings_)
      if (offset < beginning.needed) beginning.state.update(part);
    for (auto& way : ways_)
      if (way.own && isBehindGap(way, offset)) way.own->update(part);
  }

  void fork(std::uint64_t offset) {
    for (auto& way : ways_)
      if (offset == way.order.range.gapStart) way.own.emplace(beginnings_.at(way.order.algorithm).state.clone());
  }

  std::vector<OrderWay> ways_;
  std::map<trust::DigestAlgorithm, Beginning> beginnings_;
  std::vector<std::uint64_t> stops_;
};

}  // namespace

std::vector<Bytes> digestsOf(const Source& source, const std::vector<DigestOrder>& orders) {
  Pass pass(orders);
  if (!pass.over(source)) return std::vector<Bytes>(orders.size());
  return pass.finish();
}

}  // namespace sealferry::pdf
