// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "operation/key_ring.h"

namespace sealferry::operation {

/// Puts the key among the others, unless it is one of them that another driver sees: then they become one.
void addOrMerge(std::vector<KeyRing::Found>& all, KeyRing::Found key);

}  // namespace sealferry::operation
