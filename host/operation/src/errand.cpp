// SPDX-License-Identifier: Apache-2.0
#include "operation/errand.h"

#include <algorithm>

namespace sealferry::operation {

void Errands::begin(Errand errand) { current_ = std::move(errand); }

Errand* Errands::of(const std::string& origin, ByteView orderDigest, Time now) {
  if (!current_) return nullptr;
  endIfOver(now);
  if (!current_ || current_->origin != origin || !std::ranges::equal(current_->orderDigest, orderDigest))
    return nullptr;
  return &*current_;
}

Errand* Errands::forStamp(const std::string& origin, const std::optional<std::string>& serial, Time now) {
  if (!current_) return nullptr;
  endIfOver(now);
  if (!current_ || current_->origin != origin || current_->stamped) return nullptr;
  if (serial && *serial != current_->serial) return nullptr;
  return &*current_;
}

void Errands::end() { current_.reset(); }

void Errands::endIfOver(Time now) {
  if (current_ && now > current_->until) end();
}

void Errands::endIfOn(const std::string& serial) {
  if (current_ && current_->serial == serial) end();
}

}  // namespace sealferry::operation
