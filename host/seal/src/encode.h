// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "seal/seal.h"

namespace sealferry::seal {

Bytes encodeInfo(const Seal& seal);                   ///< SES_SealInfo
Bytes encodeSigned(const Seal& seal);                 ///< what the maker signs
Bytes extensions(const std::vector<Extension>& all);  ///< ExtensionDatas; empty if there are none

}  // namespace sealferry::seal
