// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <nlohmann/json.hpp>
#include <vector>

#include "wire/answers.h"

namespace sealferry::wire {

using nlohmann::json;

/// The JSON of each answer: docs/protocol.md, line by line.
json shape(const HelloAnswer&);
json shape(const StatusAnswer&);
json shape(const SiteView&);
json shape(const LayerView&);
json shape(const ModuleView&);
json shape(const KeySummary&);
json shape(const CertificateView&);
json shape(const StepView&);
json shape(const VerdictView&);
json shape(const SealView&);
json shape(const KeyView&);
json shape(const WriteAnswer&);
json shape(const UnblockAnswer&);
json shape(const ChangeView&);
json shape(const SignatureView&);
json shape(const ReportView&);
json shape(const StampedDocument&);
json shape(const StampAnswer&);
json shape(const PlacedView&);
json shape(const StampedAnswer&);
json shape(const TimestampedAnswer&);

template <class Item>
json shapes(const std::vector<Item>& items) {
  json list = json::array();
  for (const auto& item : items) list.push_back(shape(item));
  return list;
}

}  // namespace sealferry::wire
