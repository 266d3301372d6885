// SPDX-License-Identifier: Apache-2.0
#include "cases.h"

namespace sealferry::contract {

std::vector<Case> allCases() {
  std::vector<Case> all;
  for (const auto& group : {readingCases(), pinCases(), unblockCases(), signingCases(), blobCases(), changeCases(),
                            sm2Cases(), faultCases(), errorCases()})
    all.insert(all.end(), group.begin(), group.end());
  return all;
}

}  // namespace sealferry::contract
