// SPDX-License-Identifier: Apache-2.0
#include "cases.h"

namespace sealferry::contract {

std::vector<Case> faultCases() { return {}; }

}  // namespace sealferry::contract
