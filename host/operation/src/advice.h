// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <optional>
#include <vector>

#include "holding.h"
#include "wire/answers.h"

namespace sealferry::operation {

/// What one seal is due for: nothing, 年检 (the key's signing certificate was renewed and the list does not hold it,
/// the seal ends, or its maker's certificate has), 变更 (the list holds certificates of other units alone) or 补办.
/// `view` holds verdict, days and match.
wire::Advice adviceFor(const HeldSeal& held, const wire::SealView& view, const std::optional<HeldCertificate>& signing,
                       Time now);

/// What the owner of the key should do next, with the reason (docs/protocol.md); `seals` have their own advice.
wire::Advice adviceFor(const std::optional<HeldCertificate>& signing, const std::vector<wire::SealView>& seals,
                       Time now);

}  // namespace sealferry::operation
