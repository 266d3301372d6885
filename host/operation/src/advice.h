// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <optional>
#include <vector>

#include "holding.h"
#include "wire/answers.h"

namespace sealferry::operation {

/// What the owner of the key should do next: nothing, 年检, 变更 or 补办, with the reason (docs/protocol.md).
wire::Advice adviceFor(const std::optional<HeldCertificate>& signing, const std::vector<HeldSeal>& seals,
                       const std::vector<wire::SealView>& views, Time now);

}  // namespace sealferry::operation
