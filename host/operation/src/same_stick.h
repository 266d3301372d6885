// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "operation/key_ring.h"

namespace sealferry::operation {

/// Puts the key among the others, unless it is one of them that another driver sees: then they become one. What was
/// found out is kept in `twins`, for a stick that is pulled between being listed and being looked into.
void addOrMerge(std::vector<KeyRing::Found>& all, KeyRing::Found key, std::vector<KeyRing::Twins>& twins);

}  // namespace sealferry::operation
